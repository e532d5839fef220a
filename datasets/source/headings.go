package source

import (
	"strings"
	"unicode/utf8"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// openDelimited decodes delimited text; file is the name that faults give it.
func openDelimited(dataset datasets.Dataset, file string, content Content) (*Table, fault.List) {
	table, faults := openPlain(dataset, file, content)
	if table != nil {
		table.large = content.Size() > keptInMemory
	}
	return table, faults
}

func openPlain(dataset datasets.Dataset, file string, content Content) (*Table, fault.List) {
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
	if faults := wrongDelimiter(dataset, start, wanted); len(faults) > 0 {
		return nil, faults
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

// bind finds each column of the dataset among the headings, by name. Headings that are no text are told in the place of
// columns that are missing for it, and a row without any heading of the dataset is one fault. A dataset without columns has
// one of each heading.
func (t *Table) bind(record []string, columns []datasets.Column) fault.List {
	faults, undecoded := t.readHeadings(record, columns)
	if t.every = len(columns) == 0; t.every {
		for position, text := range t.headings {
			t.names, t.positions = append(t.names, text), append(t.positions, position)
		}
		t.cells = make([]string, len(t.positions))
		return nil
	}
	var missing fault.List
	for _, column := range columns {
		position, _ := locate(t.headings, heading(column))
		if position < 0 {
			missing.Add(t.missing(column))
		}
		t.names = append(t.names, column.Name)
		t.positions = append(t.positions, position)
	}
	t.cells = make([]string, len(columns))
	switch {
	case len(missing) <= undecoded:
	case len(missing) == len(columns) && len(columns) > 1 && !strings.HasPrefix(missing[0].Next, spelt):
		faults.Add(t.noneOf(columns))
	default:
		faults.Add(missing...)
	}
	return faults
}

// readHeadings takes the headings in and tells those that stand twice, and those that are no text, of which there are so
// many: the first of them stands for all.
func (t *Table) readHeadings(record []string, columns []datasets.Column) (faults fault.List, undecoded int) {
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
		if utf8.ValidString(text) && !strings.ContainsRune(text, 0) {
			continue
		}
		if undecoded++; undecoded == 1 {
			message, hint := undecodable(text)
			faults.Add(t.records.cell(i, len(record)).Errorf("", "%s", message).Hint("%s", hint))
		}
	}
	return faults, undecoded
}

// noneOf is the fault of a first row in which no heading of the dataset stands. Where it stands further down, the hint
// says so.
func (t *Table) noneOf(columns []datasets.Column) fault.Fault {
	var names []string
	for _, column := range columns {
		names = append(names, heading(column))
	}
	f := fault.At(t.records.name(), max(t.top, 1), 1).Errorf("", "holds none of the headings %s, but: %s", listed(names), listed(nonEmpty(t.headings)))
	if row := t.furtherDown(names); row > 0 {
		return f.Hint("row %d has them: say layout: {skip_rows: %d} in source", row, row-1)
	}
	if len(t.headings) == 1 {
		return f.Hint("look whether it is the right file; cells that another character than comma, semicolon, tab or bar parts need source.delimiter")
	}
	return f.Hint("look whether it is the right file, and whether its row of headings was left off")
}

// furtherDown is the row below the first that has all headings, 0 when none of the next has.
func (t *Table) furtherDown(names []string) int {
	for range titleRows {
		record, row, broken, err := t.records.read()
		if err != nil {
			break
		}
		if broken == nil && (needs{names: names}).missing(trimmed(record)) == 0 {
			return row
		}
	}
	return 0
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
			return f.Hint(spelt+"%q: say from: %q", text, text)
		}
		if text != "" {
			present = append(present, text)
		}
	}
	return f.Hint("the headings are: %s", listed(present))
}

// spelt begins the hint to a heading that is only spelt otherwise.
const spelt = "the file has "

// squeezed is a heading without what authors leave out or mistype: spaces, underscores and hyphens.
func squeezed(text string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "").Replace(text)
}
