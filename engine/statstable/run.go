package statstable

import (
	"slices"

	"levelfield/engine/fault"
)

// Output is a table with its columns added.
type Output struct {
	Header []string
	// Rows hold a cell for each name of the header.
	Rows [][]Cell
	// Replaced are the columns of the table that were there under the name of an added one, and are no more.
	Replaced []string
}

// Run computes the method for every row or group. A row that was read is never lost; of the columns of the table that
// stand under the name of an added one, the added one stays. Where groups become rows, a column that the method does not
// read keeps its text if all rows of the group agree in it, and is empty where they do not. What the method's own check
// finds is a fault.List.
func (m Method) Run(t *Table, o Options) (Output, error) {
	if m.Check != nil {
		var faults fault.List
		for _, finding := range m.Check(t, o) {
			faults.Add(finding.fault(t.File))
		}
		if err := faults.Err(); err != nil {
			return Output{}, err
		}
	}
	if m.Group != nil {
		return m.runGroups(t, o), nil
	}
	added := make([][]Cell, len(t.cells))
	switch {
	case m.Row != nil:
		for i, row := range t.Rows() {
			added[i] = m.Row(row, o)
		}
	case m.Each != nil:
		for _, rows := range m.groups(t) {
			for i, cells := range m.Each(rows, o) {
				added[rows[i].index] = cells
			}
		}
	}
	kept, replaced := m.kept(t, func(string) bool { return true })
	out := Output{Header: append(names(t, kept), m.Adds...), Replaced: replaced, Rows: make([][]Cell, len(added))}
	for i, cells := range added {
		row := make([]Cell, 0, len(out.Header))
		for _, at := range kept {
			row = append(row, Text(t.cells[i][at]))
		}
		out.Rows[i] = append(row, cells...)
	}
	return out, nil
}

// runGroups makes a row of each group.
func (m Method) runGroups(t *Table, o Options) Output {
	kept, replaced := m.kept(t, func(name string) bool {
		_, reads := m.column(name)
		return !reads || name == m.By
	})
	out := Output{Header: append(names(t, kept), m.Adds...), Replaced: replaced}
	for _, rows := range m.groups(t) {
		row := make([]Cell, 0, len(out.Header))
		for _, at := range kept {
			row = append(row, Text(agreed(rows, at)))
		}
		out.Rows = append(out.Rows, append(row, m.Group(rows, o)...))
	}
	return out
}

// kept are the places of the columns that stay, and the names of those that an added one replaces.
func (m Method) kept(t *Table, stays func(name string) bool) (places []int, replaced []string) {
	for at, name := range t.Header {
		switch {
		case !stays(name):
		case slices.Contains(m.Adds, name):
			replaced = append(replaced, name)
		default:
			places = append(places, at)
		}
	}
	return places, replaced
}

func names(t *Table, places []int) []string {
	found := make([]string, len(places))
	for i, at := range places {
		found[i] = t.Header[at]
	}
	return found
}

// groups are the rows that agree in the column By, in the order in which they first stand.
func (m Method) groups(t *Table) [][]Row {
	if m.By == "" {
		return [][]Row{t.Rows()}
	}
	var groups [][]Row
	places := map[string]int{}
	for _, row := range t.Rows() {
		group := row.Text(m.By)
		at, known := places[group]
		if !known {
			at = len(groups)
			places[group] = at
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], row)
	}
	return groups
}

// agreed is the text in which all rows agree, and empty where they do not.
func agreed(rows []Row, at int) string {
	text := rows[0].table.cells[rows[0].index][at]
	for _, row := range rows[1:] {
		if row.table.cells[row.index][at] != text {
			return ""
		}
	}
	return text
}
