package warehouse

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/marcboeker/go-duckdb"

	"levelfield/engine/fault"
)

// Type is the type of a column.
type Type string

// The types. An Integer has 64 bits; a Number is a finite floating point number.
const (
	Text    Type = "text"
	Integer Type = "integer"
	Number  Type = "number"
)

// Column is one column of the rows to load.
type Column struct {
	Name string
	Type Type
	// Markers gives the status letters for cell texts that stand in the place of a figure, such as [c] or "-".
	Markers map[string]string
	// Status is the column that the letters of Markers go to, "" for none. It may be a column of the rows, whose own
	// letters are kept, or a new one, which is added behind them.
	Status string
}

// Rows is a source of rows.
type Rows interface {
	// Next gives the next row's number in its file, where the heading is row 1, and its cells in the order of the
	// columns, or [io.EOF] behind the last row.
	Next() (row int, cells []string, err error)
}

// Load makes a table of the rows, with the row numbers in _row, and reports every cell that does not fit its column's
// type as a fault at the place that place gives for it. An empty cell is null, a marker is null with its letters in
// the status column, and "29,199" is a number. A cell at fault is null in the table: the caller stops on the faults.
func (s *Session) Load(ctx context.Context, table string, columns []Column, rows Rows, place func(row int, column string) fault.Place) (count int, faults fault.List, err error) {
	if err := s.Exec(ctx, createTable(table, columns)); err != nil {
		return 0, nil, fmt.Errorf("load %s: %w", table, err)
	}
	s.turn.Lock()
	defer s.turn.Unlock()
	loading := newLoader(columns, place)
	err = s.connection.Raw(func(connection any) error {
		appender, err := duckdb.NewAppenderFromConn(connection.(driver.Conn), "", table)
		if err != nil {
			return err
		}
		return errors.Join(loading.run(ctx, rows, appender), appender.Close())
	})
	if err != nil {
		return loading.count, nil, fmt.Errorf("load %s: %w", table, err)
	}
	return loading.count, loading.faults(), nil
}

// added lists the status columns that are not columns of the rows, in the order in which they are first named.
func added(columns []Column) []string {
	known := map[string]bool{}
	for _, column := range columns {
		known[column.Name] = true
	}
	var names []string
	for _, column := range columns {
		if column.Status != "" && !known[column.Status] {
			known[column.Status] = true
			names = append(names, column.Status)
		}
	}
	return names
}

func createTable(table string, columns []Column) string {
	parts := []string{"_row BIGINT"}
	for _, column := range columns {
		sqlType := "VARCHAR"
		switch column.Type {
		case Integer:
			sqlType = "BIGINT"
		case Number:
			sqlType = "DOUBLE"
		}
		parts = append(parts, Identifier(column.Name)+" "+sqlType)
	}
	for _, name := range added(columns) {
		parts = append(parts, Identifier(name)+" VARCHAR")
	}
	return "CREATE TABLE " + Identifier(table) + " (" + strings.Join(parts, ", ") + ")"
}

// loader types rows and remembers what did not fit.
type loader struct {
	columns []Column
	status  []int // for each column the position of its status in values, -1 for none
	values  []driver.Value
	place   func(row int, column string) fault.Place
	found   []fault.List // for each column
	beyond  []int        // for each column, faults that are only counted
	shape   fault.List
	count   int
}

// mostFaults is the number of faults of one column that are reported one by one: a column read with the wrong type
// would otherwise bury the faults of all others.
const mostFaults = 100

// checkEvery is the number of rows after which a cancelled context stops the loading: a few milliseconds of work.
const checkEvery = 4096

func newLoader(columns []Column, place func(row int, column string) fault.Place) *loader {
	position := map[string]int{}
	for i, column := range columns {
		position[column.Name] = i + 1
	}
	extra := added(columns)
	for i, name := range extra {
		position[name] = len(columns) + i + 1
	}
	l := &loader{
		columns: columns,
		status:  make([]int, len(columns)),
		values:  make([]driver.Value, 1+len(columns)+len(extra)),
		place:   place,
		found:   make([]fault.List, len(columns)),
		beyond:  make([]int, len(columns)),
	}
	for i, column := range columns {
		l.status[i] = -1
		if column.Status != "" {
			l.status[i] = position[column.Status]
		}
	}
	return l
}

func (l *loader) run(ctx context.Context, rows Rows, appender *duckdb.Appender) error {
	for {
		if l.count%checkEvery == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		row, cells, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		l.count++
		if len(cells) != len(l.columns) {
			l.shape.Add(l.place(row, "").Errorf("", "row %d has %d cells, the dataset has %d columns", row, len(cells), len(l.columns)))
			continue
		}
		l.fill(row, cells)
		if err := appender.AppendRow(l.values...); err != nil {
			return fmt.Errorf("row %d: %w", row, err)
		}
	}
}

// fill types one row into values.
func (l *loader) fill(row int, cells []string) {
	for i := range l.values {
		l.values[i] = nil
	}
	l.values[0] = int64(row)
	var letters map[int]string // few rows have a marker
	for i, column := range l.columns {
		cell := cells[i]
		if marker, marked := column.Markers[strings.TrimSpace(cell)]; marked {
			if l.status[i] >= 0 {
				if letters == nil {
					letters = map[int]string{}
				}
				letters[l.status[i]] = marker
			}
			continue
		}
		value, problem := typed(cell, column.Type)
		if problem != "" {
			l.refuse(i, row, cell, problem)
			continue
		}
		l.values[i+1] = value
	}
	for position, marker := range letters {
		own, _ := l.values[position].(string)
		l.values[position] = joinLetters(own, marker)
	}
}

// joinLetters adds letters to a status, each once.
func joinLetters(own, marker string) string {
	kept := strings.Fields(own)
	for _, letter := range strings.Fields(marker) {
		known := false
		for _, k := range kept {
			known = known || k == letter
		}
		if !known {
			kept = append(kept, letter)
		}
	}
	return strings.Join(kept, " ")
}

func (l *loader) refuse(i, row int, cell, problem string) {
	if len(l.found[i]) == mostFaults {
		l.beyond[i]++
		return
	}
	column := l.columns[i]
	found := l.place(row, column.Name).Errorf(column.Name, "row %d: read %q: %s", row, cell, problem)
	switch {
	case column.Type == Text:
		found = found.Hint("save the file as UTF-8")
	case strings.ContainsAny(cell, "0123456789"):
		found = found.Hint("correct the cell, or give the column another type in dataset.yaml")
	case column.Status == "":
		found = found.Hint("if it is a marker, add it to source.markers and give %s a status column in dataset.yaml", column.Name)
	default:
		found = found.Hint("if it is a marker, add it to source.markers in dataset.yaml")
	}
	l.found[i].Add(found)
}

func (l *loader) faults() fault.List {
	list := l.shape
	if len(list) > mostFaults {
		rest := len(list) - mostFaults
		list = list[:mostFaults]
		list.Add(l.place(0, "").Errorf("", "%d further rows have a wrong number of cells", rest))
	}
	for i, found := range l.found {
		list.Add(found...)
		if l.beyond[i] > 0 {
			list.Add(l.place(0, l.columns[i].Name).Errorf(l.columns[i].Name, "%d further cells are not %s", l.beyond[i], article(l.columns[i].Type)))
		}
	}
	return list
}

func article(t Type) string {
	switch t {
	case Integer:
		return "an integer"
	case Number:
		return "a number"
	}
	return "UTF-8 text"
}
