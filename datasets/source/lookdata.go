package source

import (
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// lookBook reads the first rows of every sheet of a workbook. Where only one of several holds anything, it is named.
func lookBook(sample datasets.Sample, format, file string, data []byte) (datasets.Sample, fault.List) {
	sample.Source.Kind = format
	heads := headsXLSX
	if format == "ods" {
		heads = headsODS
	}
	all, err := heads(data)
	if err != nil {
		return sample, fault.List{brokenSheet(file, err)}
	}
	for _, one := range all {
		if len(one.Head) > 0 {
			sample.Sheets = append(sample.Sheets, one)
		}
	}
	if len(sample.Sheets) == 1 && len(all) > 1 {
		layout := layoutOf(datasets.Dataset{Source: sample.Source})
		layout.Sheets = []string{sample.Sheets[0].Name}
		sample.Source.Layout = &layout
	}
	if len(sample.Sheets) == 0 {
		f := fault.At(file, 0, 0).Errorf("", "is a workbook without a sheet that holds anything")
		return sample, fault.List{f.Hint("look whether it is the right file")}
	}
	return sample, nil
}

// headsXLSX are the sheets with their first rows.
func headsXLSX(data []byte) ([]datasets.Sheet, error) {
	book, err := openParts(data)
	if err != nil {
		return nil, err
	}
	var sheets []datasets.Sheet
	for _, name := range book.names {
		loaded, err := book.load(name, mostHeadRows)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, headOfSheet(loaded))
	}
	return sheets, nil
}

// headOfSheet are the first rows of a sheet.
func headOfSheet(loaded sheet) datasets.Sheet {
	one := datasets.Sheet{Name: loaded.name}
	for _, row := range loaded.rows {
		one.Head = append(one.Head, datasets.Row{Number: row.number, Cells: row.cells})
	}
	return one
}

// headsODS are the sheets with their first rows.
func headsODS(data []byte) ([]datasets.Sheet, error) {
	content, err := odsContent(data)
	if err != nil {
		return nil, err
	}
	var sheets []datasets.Sheet
	for _, table := range odsTables(content) {
		loaded, err := loadODS(table.name, content[table.start:], mostHeadRows)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, headOfSheet(loaded))
	}
	return sheets, nil
}

// lookParquet reads the names of the columns and the first rows.
func lookParquet(sample datasets.Sample, file string, data []byte) (datasets.Sample, fault.List) {
	sample.Source.Kind = "parquet"
	table, faults := openParquet(datasets.Dataset{File: "dataset.yaml", Source: sample.Source}, file, data)
	if table == nil {
		return sample, faults
	}
	rows := append([]datasets.Row{{Cells: table.headings}}, headOf(table.records)...)
	sample.Sheets = []datasets.Sheet{{Head: rows}}
	return sample, nil
}

// lookJSON finds the records of a document: those of the longest list of objects, or the cells of a cube. A document
// without any is told by its names.
func lookJSON(sample datasets.Sample, file string, data []byte) (datasets.Sample, fault.List) {
	sample.Source.Kind = "json"
	text, broken := newJSONText(file, data)
	if broken != nil {
		return sample, fault.List{*broken}
	}
	root := text.skip(0)
	if cube := text.find(root, "fields") >= 0 && text.find(root, "cubes") >= 0; !cube {
		way, length := text.longestList(root, nil, mostWay)
		if length == 0 {
			for _, one := range text.namesOf(root) {
				sample.Names = append(sample.Names, one.name)
			}
			return sample, nil
		}
		sample.Source.Path = strings.Join(way, ".")
	}
	table, faults := openJSON(datasets.Dataset{File: "dataset.yaml", Source: sample.Source}, file, data)
	if table == nil {
		return sample, faults
	}
	rows := append([]datasets.Row{{Cells: table.headings}}, headOf(table.records)...)
	sample.Sheets = []datasets.Sheet{{Head: rows}}
	return sample, nil
}

// mostWay is how many names the way to the records may have.
const mostWay = 4

// longestList is the way to the longest list of objects.
func (t *jsonText) longestList(at int, way []string, depth int) (best []string, length int) {
	if t.data[at] == '[' {
		elements := t.elements(at, maximumRecords)
		if len(elements) == 0 || t.data[elements[0]] != '{' {
			return nil, 0
		}
		return way, len(elements)
	}
	if depth == 0 {
		return nil, 0
	}
	for _, one := range t.namesOf(at) {
		// A point in a name would be read as two names.
		if strings.Contains(one.name, ".") {
			continue
		}
		found, many := t.longestList(one.start, append(way[:len(way):len(way)], one.name), depth-1)
		if many > length {
			best, length = found, many
		}
	}
	return best, length
}

// namesOf are the members of an object, none of anything else.
func (t *jsonText) namesOf(at int) []member {
	if t.data[at] != '{' {
		return nil
	}
	return t.members(at)
}
