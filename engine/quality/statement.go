package quality

import (
	"strconv"
	"strings"

	"levelfield/engine/warehouse"
)

// from is the table with a condition.
func (c check) from(condition string) string {
	return " FROM " + warehouse.Identifier(c.table) + " WHERE " + condition
}

// number writes a number for a statement and for people.
func number(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }

// role is the first column of a role, "" for none.
func (c check) role(role string) string {
	columns := c.dataset.Role(role)
	if len(columns) == 0 {
		return ""
	}
	return columns[0].Name
}

// identifiers quotes names and joins them.
func identifiers(names []string, between string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = warehouse.Identifier(name)
	}
	return strings.Join(quoted, between)
}

// values writes rows of texts as a table with a name and named columns.
func values(rows [][]string, as string) string {
	written := make([]string, len(rows))
	for i, row := range rows {
		cells := make([]string, len(row))
		for j, cell := range row {
			cells[j] = warehouse.Literal(cell)
		}
		written[i] = "(" + strings.Join(cells, ", ") + ")"
	}
	return "(VALUES " + strings.Join(written, ", ") + ") AS " + as
}

// beside lists the columns of the key but the area's: rows that agree in them speak of the same period and group.
func (c check) beside() []string {
	var names []string
	for _, name := range c.dataset.Key {
		if name != c.role("area") {
			names = append(names, name)
		}
	}
	return names
}

// agree is the condition that two rows are equal in the columns, with nothing equal to nothing.
func agree(one, other string, columns []string) string {
	conditions := []string{"true"}
	for _, name := range columns {
		column := warehouse.Identifier(name)
		conditions = append(conditions, one+"."+column+" IS NOT DISTINCT FROM "+other+"."+column)
	}
	return strings.Join(conditions, " AND ")
}

// figures lists the columns that the check is about: its own, or all values and counts.
func (c check) figures() []string {
	if c.Column != "" {
		return []string{c.Column}
	}
	var names []string
	for _, column := range c.dataset.Columns {
		if column.Role == "value" || column.Role == "count" {
			names = append(names, column.Name)
		}
	}
	return names
}

// says is the condition that a row has a figure in one of the columns.
func says(row string, columns []string) string {
	conditions := []string{"false"}
	for _, name := range columns {
		conditions = append(conditions, row+"."+warehouse.Identifier(name)+" IS NOT NULL")
	}
	return "(" + strings.Join(conditions, " OR ") + ")"
}
