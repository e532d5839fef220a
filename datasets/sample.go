package datasets

import (
	"iter"
	"slices"
	"strings"
)

// Sample is what is known of a file that nobody has described yet.
type Sample struct {
	// File is the file's own name.
	File string
	// Source is what the bytes of the file say: its kind, and the encoding, archive member and path without which it
	// cannot be read.
	Source Source
	// Sheets are those of a workbook; any other file has one, without a name.
	Sheets []Sheet
	// Members are the files of an archive of which one has to be chosen.
	Members []string
	// Names are the names at the top of a JSON document that holds no records.
	Names []string

	// Rows reads the file by a description: the headings, and every row with its number. A description without columns
	// takes every heading for one.
	Rows func(Dataset) ([]string, iter.Seq2[int, []string])
	// Area is the code of the Office for National Statistics of an area that has a code of a scheme of [Areas], and Named
	// are those of the areas in force with a name.
	Area  func(scheme, code string) (string, bool)
	Named func(name string) []string
	// Kind is the kind of area, such as ward, that a code of no known area has the pattern of.
	Kind func(code string) (string, bool)
	// Where chooses rows by the texts of columns, and Sheet a sheet by its name; both come from a person.
	Where map[string][]string
	Sheet string
	// Released is the day of the release, where a person has said it.
	Released string
}

// Sheet is one sheet with its first rows that hold something.
type Sheet struct {
	Name string
	Head []Row
}

// Row is a row of a sheet, by its number from 1.
type Row struct {
	Number int
	Cells  []string
}

// filled are the places of the cells that hold something.
func (r Row) filled() []int {
	var at []int
	for i, cell := range r.Cells {
		if strings.TrimSpace(cell) != "" {
			at = append(at, i)
		}
	}
	return at
}

// first is the row's first filled cell.
func (r Row) first() string {
	for _, cell := range r.Cells {
		if text := strings.TrimSpace(cell); text != "" {
			return text
		}
	}
	return ""
}

// texts are the cells without the spaces around them and without those after the last that is filled.
func (r Row) texts() []string {
	var texts []string
	for _, cell := range r.Cells {
		texts = append(texts, squeezed(cell))
	}
	for len(texts) > 0 && texts[len(texts)-1] == "" {
		texts = texts[:len(texts)-1]
	}
	return texts
}

// has says whether one of the cells says each of the texts, whatever the case of its letters.
func (r Row) has(texts ...string) bool {
	for _, text := range texts {
		if !slices.ContainsFunc(r.Cells, func(cell string) bool { return strings.EqualFold(squeezed(cell), text) }) {
			return false
		}
	}
	return true
}

// squeezed is a text with every run of white space as one space.
func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }

// tableOf reads every row under the layout of a dataset, whatever its columns.
func (s Sample) tableOf(dataset Dataset) table {
	return s.tableWhere(dataset, "", func(string) bool { return true })
}

// tableWhere reads the rows whose cell in a column is one of those that are kept.
func (s Sample) tableWhere(dataset Dataset, column string, kept func(cell string) bool) table {
	if s.Rows == nil {
		return table{}
	}
	headings, rows := s.Rows(s.reading(dataset))
	t := newTable(headings)
	at := t.at(column)
	before := 0
	for number, row := range rows {
		if at >= 0 && !kept(strings.TrimSpace(row[at])) {
			continue
		}
		t.rows++
		if before > 0 && number > before+1 && t.gap == 0 {
			t.gap = number
		}
		before = number
		for i, cell := range row[:min(len(row), len(t.cells))] {
			t.cells[i].add(number, cell)
		}
	}
	return t
}

// reading is a dataset as the file can be read by it before its columns are known.
func (s Sample) reading(dataset Dataset) Dataset {
	dataset.Columns = nil
	if dataset.Source.Kind == "csv" {
		dataset.Source.Delimiter = s.Source.Delimiter
	}
	return dataset
}

// told are the texts of one column with the first of another that stands beside each and the number of rows.
func (s Sample) told(dataset Dataset, heading, told string) map[string]string {
	headings, rows := s.Rows(s.reading(dataset))
	t := newTable(headings)
	at, beside := t.at(heading), t.at(told)
	held, times := map[string]string{}, map[string]int{}
	for _, row := range rows {
		text := strings.TrimSpace(row[at])
		if times[text]++; times[text] == 1 && beside >= 0 && beside != at {
			held[strings.Clone(text)] = squeezed(row[beside])
		}
	}
	for text, n := range times {
		rows := plural(n, "row", "rows")
		if held[text] != "" {
			rows += ": " + held[text]
		}
		held[text] = rows
	}
	return held
}

// headed knows a file by its headings: the first row of text, one of the first rows of a sheet, below its titles.
func headed(headings ...string) func(Sample) bool {
	return func(s Sample) bool {
		if len(s.Sheets) != 1 {
			return false
		}
		enough := 1
		if s.isBook() {
			enough = 20
		}
		head := s.Sheets[0].Head
		return slices.ContainsFunc(head[:min(len(head), enough)], func(r Row) bool { return r.has(headings...) })
	}
}

// isBook says whether the file is a workbook.
func (s Sample) isBook() bool { return s.Source.Kind == "xlsx" || s.Source.Kind == "ods" }
