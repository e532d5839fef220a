package engine

import (
	"fmt"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
	"levelfield/seeds"
)

// typing stands between a source and the warehouse: it rewrites the cells of area and period from their publisher's
// codes and labels, and adds the letters of a label to the row's status. Each code and each label is read once.
type typing struct {
	rows    warehouse.Rows
	place   func(row int, column string) fault.Place
	dataset datasets.Dataset
	areas   seeds.Areas

	area, when int
	identifier int // -1 where the label is whole
	status     []int

	cells  []string
	codes  map[string]*reading
	labels map[string]*reading
	// inOrder are the distinct codes, then labels, that could not be read, in the order of their first rows.
	unknown, unread []*reading
	kept            bool
	lost            *reading // the first label with letters that no column takes
}

// reading is what became of one code or label.
type reading struct {
	// text is what stands in the file, written what goes to the warehouse.
	text, written string
	letters       string
	problem       fault.Fault
	dropped       bool
	// row is the first that has the text, times how many have it.
	row, times int
}

// newTyping reads rows of the dataset; place is the place of a cell.
func newTyping(dataset datasets.Dataset, areas seeds.Areas, rows warehouse.Rows, place func(int, string) fault.Place) *typing {
	t := &typing{
		rows: rows, place: place, dataset: dataset, areas: areas, identifier: -1,
		codes: map[string]*reading{}, labels: map[string]*reading{}, cells: make([]string, len(dataset.Columns)),
	}
	for i, column := range dataset.Columns {
		switch column.Role {
		case "area":
			t.area = i
		case "period":
			t.when = i
		case "status":
			t.status = append(t.status, i)
		case "time-identifier":
			t.identifier = i
		}
	}
	return t
}

// Next is the next row whose area is kept.
func (t *typing) Next() (row int, cells []string, err error) {
	for {
		row, cells, err = t.rows.Next()
		if err != nil || len(cells) != len(t.cells) {
			return row, cells, err
		}
		area := t.areaOf(row, cells[t.area])
		if area.dropped {
			continue
		}
		t.kept = true
		copy(t.cells, cells)
		when := t.periodOf(row, t.label(cells))
		t.cells[t.area], t.cells[t.when] = area.written, when.written
		if when.letters != "" {
			t.mark(when)
		}
		return row, t.cells, nil
	}
}

// label is the whole label of a row's period: the time identifier, where it stands apart, goes between the years and
// their marks.
func (t *typing) label(cells []string) string {
	years := cells[t.when]
	if t.identifier < 0 {
		return years
	}
	marks := ""
	if i := strings.IndexAny(years, "(["); i >= 0 {
		years, marks = strings.TrimSpace(years[:i]), " "+years[i:]
	}
	return years + " " + cells[t.identifier] + marks
}

// mark adds the letters of a label to the row's status cells.
func (t *typing) mark(when *reading) {
	if len(t.status) == 0 && t.lost == nil {
		t.lost = when
	}
	for _, i := range t.status {
		letters := strings.Fields(t.cells[i])
		for _, letter := range strings.Fields(when.letters) {
			if !slices.Contains(letters, letter) {
				letters = append(letters, letter)
			}
		}
		t.cells[i] = strings.Join(letters, " ")
	}
}

func (t *typing) periodOf(row int, label string) *reading {
	if known, found := t.labels[label]; found {
		known.times++
		return known
	}
	label = strings.Clone(label)
	read := &reading{text: label, written: label, row: row, times: 1}
	t.labels[label] = read
	found, err := t.dataset.Periods.Read(label)
	if err != nil {
		name := t.dataset.Columns[t.when].Name
		read.problem = t.place(row, name).Errorf(name, "%v", err)
		t.unread = append(t.unread, read)
		return read
	}
	read.written, read.letters = found.Period.Label, found.Letters
	return read
}

// mostUnread is the number of codes and of labels that are told one by one: a wrong column holds thousands.
const mostUnread = 100

// faults is what was wrong with the rows read so far.
func (t *typing) faults() fault.List {
	var faults fault.List
	faults.Add(t.areaFaults()...)
	faults.Add(told(t.unread, "labels of periods", t.place, t.dataset.Columns[t.when].Name)...)
	if t.lost != nil {
		name := t.dataset.Columns[t.when].Name
		f := t.place(t.lost.row, name).Warnf(name, "%q carries the letters %q, which no column of the dataset keeps", t.lost.text, t.lost.letters)
		faults.Add(f.Hint("add a column with the role status for each column of figures"))
	}
	return faults
}

// told is the problem of the first readings, with the number of rows that have it.
func told(unread []*reading, what string, place func(int, string) fault.Place, column string) fault.List {
	var faults fault.List
	for i, read := range unread {
		if i == mostUnread {
			rest := place(read.row, column).Errorf(column, "%d further %s could not be read", len(unread)-i, what)
			rest.Severity = read.problem.Severity
			faults.Add(rest)
			break
		}
		problem := read.problem
		if read.times > 1 {
			problem.Message += fmt.Sprintf(", here and in %s", rowCount(read.times-1, " more"))
		}
		faults.Add(problem)
	}
	return faults
}

func rowCount(n int, more string) string {
	if n == 1 {
		return "1" + more + " row"
	}
	return fmt.Sprintf("%d%s rows", n, more)
}
