package warehouse

import (
	"context"
	"fmt"
	"iter"
	"strings"

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

// Place is the place of a cell in the file: that of a column, by its name, in the row with a number.
type Place func(row int, column string) fault.Place

// Load makes a table of the rows, with the row numbers in _row, and reports every cell that does not fit its column's
// type as a fault at the place that place gives for it. An empty cell is null, a marker is null with its letters in
// the status column, and "29,199" is a number. A cell at fault is null in the table: the caller stops on the faults.
//
// The rows come in parts, which are typed side by side, a thread each; they stand in the table in the order of the parts.
// The place is asked for when all rows have been read.
func (s *Session) Load(ctx context.Context, table string, columns []Column, parts iter.Seq[Rows], place Place) (count int, faults fault.List, err error) {
	count, faults, err = s.pour(ctx, columns, parts, place, func(stream string) string {
		return "CREATE TABLE " + Identifier(table) + " AS SELECT * FROM " + Identifier(stream)
	})
	if err != nil {
		return count, nil, fmt.Errorf("load %s: %w", table, err)
	}
	return count, faults, nil
}

// LoadLarge is [Session.Load] for a table that would fill the memory: it is written to a new Parquet file, of which the
// table is a view. Behind [Session.Lock] it can no longer be read.
func (s *Session) LoadLarge(ctx context.Context, table, path string, columns []Column, parts iter.Seq[Rows], place Place) (count int, faults fault.List, err error) {
	count, faults, err = s.pour(ctx, columns, parts, place, func(stream string) string { return copyTo(Identifier(stream), path) })
	if err == nil {
		err = s.Exec(ctx, "CREATE VIEW "+Identifier(table)+" AS "+readFrom(path))
		s.views[table] = true
	}
	if err != nil {
		return count, nil, fmt.Errorf("load %s: %w", table, err)
	}
	return count, faults, nil
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

// merge puts the faults of all parts together, in their order, with the places of their cells.
func merge(parts []loaded, columns []Column, place Place) (count int, faults fault.List) {
	misshapen, narrow := []refusal{}, 0
	for _, part := range parts {
		count += part.count
		narrow += part.narrow
		misshapen = append(misshapen, part.misshapen...)
	}
	for _, row := range misshapen[:min(len(misshapen), mostFaults)] {
		at := place(row.row, "")
		faults.Add(at.Errorf("", "row %d has %d cells, the dataset has %d columns", at.Line, row.cells, len(columns)))
	}
	if narrow > mostFaults {
		faults.Add(place(0, "").Errorf("", "%d further rows have a wrong number of cells", narrow-mostFaults))
	}
	for i, column := range columns {
		told, beyond := 0, 0
		for _, part := range parts {
			beyond += part.beyond[i]
			for _, cell := range part.refused[i] {
				if told == mostFaults {
					beyond++
					continue
				}
				told++
				faults.Add(refused(column, cell, place))
			}
		}
		if beyond > 0 {
			faults.Add(place(0, column.Name).Errorf(column.Name, "%d further cells are not %s", beyond, article(column.Type)))
		}
	}
	return count, faults
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
