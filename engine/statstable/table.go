package statstable

import (
	"math"

	"levelfield/engine/fault"
)

// Table is a table that was read.
type Table struct {
	// File is what its faults call it.
	File string
	// Header are the names of its columns in their order.
	Header []string
	cells  [][]string
	lines  []int
	// at is the place of a column in the header, and numbers the columns of numbers, in which an empty cell is NaN.
	at      map[string]int
	numbers map[string][]float64
}

// Has reports whether the table has a column.
func (t *Table) Has(column string) bool {
	_, has := t.at[column]
	return has
}

// Rows are all rows in their order.
func (t *Table) Rows() []Row {
	rows := make([]Row, len(t.cells))
	for i := range rows {
		rows[i] = Row{t, i}
	}
	return rows
}

// Row is one row of a table.
type Row struct {
	table *Table
	index int
}

// Has reports whether the table of the row has a column.
func (r Row) Has(column string) bool { return r.table.Has(column) }

// Float is the number in a column, and NaN where the cell is empty or the column is not there.
func (r Row) Float(column string) float64 {
	numbers, is := r.table.numbers[column]
	if !is {
		return math.NaN()
	}
	return numbers[r.index]
}

// Number is the number in a column, and nil where the cell is empty or the column is not there.
func (r Row) Number(column string) *float64 {
	v := r.Float(column)
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

// Text is the cell in a column as it stands, and empty where the column is not there.
func (r Row) Text(column string) string {
	at, is := r.table.at[column]
	if !is {
		return ""
	}
	return r.table.cells[r.index][at]
}

// Floats are the numbers of several rows in a column.
func Floats(rows []Row, column string) []float64 {
	numbers := make([]float64, len(rows))
	for i, r := range rows {
		numbers[i] = r.Float(column)
	}
	return numbers
}

// Finding is what a method's own check found: the row that it is about, or none, the column, and what is wrong.
type Finding struct {
	Row           *Row
	Column        string
	Message, Next string
}

// fault is the finding with its place.
func (f Finding) fault(file string) fault.Fault {
	place := fault.At(file, 0, 0)
	if f.Row != nil {
		place = fault.At(f.Row.table.File, f.Row.table.lines[f.Row.index], 0)
	}
	found := place.Errorf(f.Column, "%s", f.Message)
	if f.Next != "" {
		found = found.Hint("%s", f.Next)
	}
	return found
}
