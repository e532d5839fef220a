package engine

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"levelfield/datasets"
	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
	"levelfield/seeds"
)

// typing stands between a source and the warehouse: it rewrites the cells of area and period from their publisher's
// codes and labels, and adds the letters of a label to the row's status. Rows come in parts that are typed side by side;
// a part reads each code and each label once, and adds them to the whole when it ends.
type typing struct {
	dataset datasets.Dataset
	areas   seeds.Areas
	place   warehouse.Place

	area, when int
	identifier int // -1 where the label is whole
	status     []int

	// mutex guards what the parts put together when they end: codes, labels and kept.
	mutex sync.Mutex
	// codes and labels are by their texts, unknown and unread those that could not be read, in the order of their first
	// rows.
	codes, labels   map[string]*reading
	unknown, unread []*reading
	failed          int
	kept            bool
	lost            *reading // the first label with letters that no column takes
}

// reading is what became of one code or label.
type reading struct {
	// text is what stands in the file, written what goes to the warehouse.
	text, written string
	letters       string
	// problem is why it could not be read.
	problem string
	dropped bool
	// row is the first that has the text, times how many have it.
	row, times int
}

// typedRows are the rows of one part.
type typedRows struct {
	*typing
	rows          warehouse.Rows
	cells         []string
	codes, labels map[string]*reading
	// keeps says that a row had a known area, failed counts what could not be read.
	keeps  bool
	failed int
}

// mostFailed is how many codes and labels that cannot be read are remembered: a wrong column has one a row.
const mostFailed = 10_000

// newTyping reads rows of the dataset; place is the place of a cell.
func newTyping(dataset datasets.Dataset, areas seeds.Areas, place warehouse.Place) *typing {
	t := &typing{dataset: dataset, areas: areas, place: place, identifier: -1, codes: map[string]*reading{}, labels: map[string]*reading{}}
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

// part types the rows of a part.
func (t *typing) part(rows warehouse.Rows) *typedRows {
	return &typedRows{typing: t, rows: rows, cells: make([]string, len(t.dataset.Columns)), codes: map[string]*reading{}, labels: map[string]*reading{}}
}

// Next is the next row whose area is kept.
func (t *typedRows) Next() (row int, cells []string, err error) {
	for {
		row, cells, err = t.rows.Next()
		if err != nil {
			t.gather()
			return row, cells, err
		}
		if len(cells) != len(t.cells) {
			return row, cells, nil
		}
		area := t.areaOf(row, cells[t.area])
		if area.dropped {
			continue
		}
		t.keeps = true
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
func (t *typedRows) mark(when *reading) {
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

func (t *typedRows) periodOf(row int, label string) *reading {
	return t.remember(t.labels, label, row, func(read *reading) {
		found, err := t.dataset.Periods.Read(read.text)
		switch {
		case strings.TrimSpace(read.text) == "":
			read.problem = emptyCell
			return
		case err != nil:
			read.problem = err.Error() + spreadsheetDay(read.text)
			return
		}
		read.written, read.letters = found.Period.Label, found.Letters
	})
}

// emptyCell is the problem of a row without an area or a period.
const emptyCell = "the cell is empty"

// spreadsheetDay says which day a number is that stands in the place of a label: spreadsheets store a date as the number of
// days since 30 December 1899. Five digits are days of the years 1954 to 2064.
func spreadsheetDay(text string) string {
	days, err := strconv.Atoi(text)
	if err != nil || days < 20_000 || days > 60_000 {
		return ""
	}
	return "; as the number of a spreadsheet's day it is " + time.Date(1899, time.December, 30+days, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// longestLabel is how long a text may be to be read: longer than any code, and than any label with its marks.
const longestLabel = 200

// remember is the reading of a text, made when it is met first.
func (t *typedRows) remember(known map[string]*reading, text string, row int, read func(*reading)) *reading {
	if len(text) > longestLabel {
		text = fault.Short(text)
	}
	if one, found := known[text]; found {
		one.times++
		return one
	}
	// The source's cells last for a row only.
	text = strings.Clone(text)
	one := &reading{text: text, written: text, row: row, times: 1}
	if read(one); one.problem == "" || t.failed < mostFailed {
		known[text] = one
	}
	if one.problem != "" {
		t.failed++
	}
	return one
}

// gather adds what the part has read to the whole.
func (t *typedRows) gather() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.add(t.typing.codes, t.codes)
	t.add(t.typing.labels, t.labels)
	t.kept = t.kept || t.keeps
	t.codes, t.labels = nil, nil
}

func (t *typing) add(whole, part map[string]*reading) {
	for text, read := range part {
		if known, found := whole[text]; found {
			known.times += read.times
			known.row = min(known.row, read.row)
			continue
		}
		if read.problem != "" {
			if t.failed++; t.failed > mostFailed {
				continue
			}
		}
		whole[text] = read
	}
}

// settle finds what could not be read, when all rows have been.
func (t *typing) settle() {
	t.unknown, t.unread = problems(t.codes), problems(t.labels)
	if len(t.status) > 0 {
		return
	}
	for _, read := range t.labels {
		if read.letters != "" && (t.lost == nil || read.row < t.lost.row) {
			t.lost = read
		}
	}
}

// inWarehouse are the texts that went to the warehouse, sorted and each once.
func inWarehouse(known map[string]*reading) []string {
	var texts []string
	for _, read := range known {
		if read.problem == "" && !read.dropped && read.written != "" {
			texts = append(texts, read.written)
		}
	}
	slices.Sort(texts)
	return slices.Compact(texts)
}

// problems are the readings that failed, in the order of their first rows.
func problems(known map[string]*reading) []*reading {
	var failed []*reading
	for _, read := range known {
		if read.problem != "" {
			failed = append(failed, read)
		}
	}
	slices.SortFunc(failed, func(a, b *reading) int { return cmp.Compare(a.row, b.row) })
	return failed
}

// mostUnread is the number of codes and of labels that are told one by one: a wrong column holds thousands.
const mostUnread = 100

// faults is what was wrong with the rows, which have been read and settled.
func (t *typing) faults() fault.List {
	var faults fault.List
	faults.Add(t.areaFaults()...)
	name := t.dataset.Columns[t.when].Name
	faults.Add(told(t.unread, "labels of periods", func(read *reading) fault.Fault {
		f := t.place(read.row, name).Errorf(name, "%s", read.problem)
		if read.problem == emptyCell {
			return f.Hint("%s", fillDown)
		}
		return f
	})...)
	if t.lost != nil {
		f := t.place(t.lost.row, name).Warnf(name, "%q carries the letters %q, which no column of the dataset keeps", t.lost.text, t.lost.letters)
		faults.Add(f.Hint("add a column with the role status for each column of figures"))
	}
	return faults
}

// told is the fault of each of the first readings, with the number of rows that have it.
func told(unread []*reading, what string, say func(*reading) fault.Fault) fault.List {
	var faults fault.List
	for i, read := range unread {
		f := say(read)
		if i == mostUnread {
			f.Message, f.Next = fmt.Sprintf("%d further %s could not be read", len(unread)-i, what), ""
			faults.Add(f)
			break
		}
		if read.times > 1 {
			f.Message += fmt.Sprintf(", here and in %s", rowCount(read.times-1, " more"))
		}
		faults.Add(f)
	}
	return faults
}

func rowCount(n int, more string) string {
	if n == 1 {
		return "1" + more + " row"
	}
	return fmt.Sprintf("%d%s rows", n, more)
}
