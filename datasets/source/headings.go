package source

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// openDelimited decodes delimited text; file is the name that faults give it.
func openDelimited(dataset datasets.Dataset, file string, content Content) (*Table, fault.List) {
	text, faults := textRecords(dataset, file, content)
	switch {
	case len(faults) > 0:
		return nil, faults
	case dataset.Source.Layout == nil:
		return bindRecords(dataset, text)
	}
	rows, faults := openSections(dataset, text, origin{text: true})
	if len(faults) > 0 {
		return nil, faults
	}
	return openRecords(dataset, rows)
}

// textRecords reads delimited text in the encoding and with the delimiter that the dataset says, or else those that fit.
func textRecords(dataset datasets.Dataset, file string, content Content) (*delimited, fault.List) {
	if text := dataset.Source.Delimiter; text != "" {
		comma, _ := utf8.DecodeRuneInString(text)
		if utf8.RuneCountInString(text) != 1 || strings.ContainsRune("\"\r\n\x00\uFFFD", comma) {
			f := fault.At(dataset.File, 0, 0).Errorf("source.delimiter", "%q cannot part cells", text)
			return nil, fault.List{f.Hint(`use one character, such as ";" or "\t"`)}
		}
	}
	content, faults := decodeText(dataset, file, content)
	if len(faults) > 0 {
		return nil, faults
	}
	wanted, faults := needsOf(dataset)
	if len(faults) > 0 {
		return nil, faults
	}
	start, err := startOf(content, blockBytes)
	if err != nil {
		return nil, fault.List{unreadable(file, 1, err)}
	}
	if f, foreign := foreignFormat(file, start); foreign {
		return nil, fault.List{f}
	}
	text, err := newDelimited(file, content, delimiterOf(dataset, start, wanted))
	if err != nil {
		return nil, fault.List{unreadable(file, 1, err)}
	}
	return text, nil
}

// openRecords changes records as the layout of the dataset says, and binds them.
func openRecords(dataset datasets.Dataset, rows records) (*Table, fault.List) {
	if dataset.Source.Layout == nil {
		return bindRecords(dataset, rows)
	}
	changed, faults := openShaped(dataset, rows, false)
	if len(faults.Errors()) > 0 {
		return nil, faults
	}
	table, found := bindRecords(dataset, changed)
	faults.Add(found...)
	return table, faults
}

// bindRecords binds the first record, the row of headings, to the columns of the dataset.
func bindRecords(dataset datasets.Dataset, rows records) (*Table, fault.List) {
	record, row, broken, err := rows.read()
	switch {
	case err != nil:
		return nil, fault.List{fault.At(rows.name(), 1, 1).Errorf("", "is empty").Hint("the first row must name the columns")}
	case broken != nil:
		return nil, fault.List{*broken}
	}
	// A template with nothing filled in is sound: there is nothing to tell at its end.
	table := &Table{records: rows, top: row, ended: dataset.Template}
	faults := table.bind(record, dataset.Columns)
	if len(faults.Errors()) > 0 {
		return nil, faults
	}
	return table, faults
}

// foreignFormats are what is often received in place of delimited text, by the bytes it begins with.
var foreignFormats = []struct {
	start, name, hint string
	anyCase           bool
}{
	{start: "\xFF\xFE", name: "is UTF-16 text", hint: "say encoding: utf-16 in source.layout"},
	{start: "\xFE\xFF", name: "is UTF-16 text", hint: "say encoding: utf-16 in source.layout"},
	{start: "PK\x03\x04", name: "is a workbook or another zip archive, not delimited text", hint: "save the sheet as CSV in UTF-8"},
	{start: "\xD0\xCF\x11\xE0", name: "is an old workbook, not delimited text", hint: "save the sheet as CSV in UTF-8"},
	{start: "PAR1", name: "is Parquet, not delimited text", hint: "write the table as CSV in UTF-8"},
	{start: "<!doctype", name: "is a web page, not delimited text", hint: "give the address of the file itself", anyCase: true},
	{start: "<html", name: "is a web page, not delimited text", hint: "give the address of the file itself", anyCase: true},
	{start: "<?xml", name: "is XML, not delimited text", hint: "give the address of a CSV file", anyCase: true},
}

// foreignFormat says what a file is that is no delimited text.
func foreignFormat(file string, data []byte) (fault.Fault, bool) {
	text := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 512)], []byte(byteOrderMark)), " \t\r\n")
	for _, format := range foreignFormats {
		start := text[:min(len(text), len(format.start))]
		if string(start) == format.start || format.anyCase && strings.EqualFold(string(start), format.start) {
			return fault.At(file, 1, 1).Errorf("", "%s", format.name).Hint("%s", format.hint), true
		}
	}
	return fault.Fault{}, false
}

// bind finds each column of the dataset among the headings, by name; a dataset without columns has one of each heading.
func (t *Table) bind(record []string, columns []datasets.Column) fault.List {
	var faults fault.List
	wanted, picked := map[string]string{}, map[string]bool{}
	for _, column := range columns {
		wanted[heading(column)] = column.Name
		if mark := strings.LastIndexByte(heading(column), '#'); mark > 0 {
			picked[heading(column)[:mark]] = true
		}
	}
	first := map[string]int{}
	for i, cell := range record {
		text := strings.TrimSpace(cell)
		t.headings = append(t.headings, text)
		at, twice := first[text]
		switch {
		case text == "" || twice && picked[text]:
		case twice:
			// Once is enough to say it.
			picked[text] = true
			faults.Add(t.twice(text, at, i, len(record), wanted[text]))
		default:
			first[text] = i
		}
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			message, hint := undecodable(text)
			faults.Add(t.records.cell(i, len(record)).Errorf("", "%s", message).Hint("%s", hint))
		}
	}
	if t.every = len(columns) == 0; t.every {
		faults = nil
		for position, text := range t.headings {
			t.names, t.positions = append(t.names, text), append(t.positions, position)
		}
	}
	for _, column := range columns {
		position, _ := locate(t.headings, heading(column))
		if position < 0 {
			faults.Add(t.missing(column))
		}
		t.names = append(t.names, column.Name)
		t.positions = append(t.positions, position)
	}
	t.cells = make([]string, len(t.positions))
	return faults
}

// heading is what a column is called in the file.
func heading(column datasets.Column) string {
	if column.From != "" {
		return strings.TrimSpace(column.From)
	}
	return column.Name
}

// twice is the fault of a heading that stands twice: only a warning when the dataset does not use it.
func (t *Table) twice(text string, first, again, width int, column string) fault.Fault {
	place := t.records.cell(again, width)
	if column == "" {
		return place.Warnf("", "the heading %q stands twice, first as column %d", text, first+1)
	}
	return place.Errorf(column, "the heading %q stands twice, first as column %d", text, first+1).Hint("say from: %q or from: %q", text+"#1", text+"#2")
}

// missing is the fault of a column whose heading the file does not have.
func (t *Table) missing(column datasets.Column) fault.Fault {
	f := fault.At(t.records.name(), max(t.top, 1), 1).Errorf(column.Name, "no column has the heading %q", heading(column))
	var present []string
	for _, text := range t.headings {
		if strings.EqualFold(squeezed(text), squeezed(heading(column))) && utf8.ValidString(text) {
			return f.Hint("the file has %q: say from: %q", text, text)
		}
		if text != "" {
			present = append(present, text)
		}
	}
	return f.Hint("the headings are: %s", listed(present))
}

// squeezed is a heading without what authors leave out or mistype: spaces, underscores and hyphens.
func squeezed(text string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "").Replace(text)
}
