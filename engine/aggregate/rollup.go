package aggregate

import (
	"fmt"
	"strings"
)

// Rollup says how areas are added up to the areas that they are parts of.
type Rollup struct {
	// Members is the table of the parts: period, area, whole, level, and "of", the number of areas that make up the whole in that
	// period.
	Members string
	// Levels are those that are added up, in their order: the wholes of one may be parts of those of the next.
	Levels []int
}

// The columns that a statement with a [Rollup] has beside the others: the number of areas that a row is the sum of, null where
// it rests on rows of its own; and for an item the number of those that have a figure.
const membersColumn = "_members"

func figuresColumn(item int) string { return fmt.Sprintf("_n_%d", item) }

// rolledUp adds to the rows of a query with the parts and the values of all items those of the wholes of one level that have no
// row of their own in the period, with the same columns in the same order; at the last level, whose wholes are parts of nothing,
// those that have none in the period and the categories. The parts are merged as those of categories are, so
// that a missing cell of one area makes the whole missing; an item is missing too where an area has no row or no figure.
func (l *ledger) rolledUp(input Input, figures []figure, query string, level int) string {
	held := fmt.Sprintf("held_%d", level)
	sums, groups := []string{"m.whole AS _area", "h._period"}, []string{"m.whole", "h._period"}
	for i := range input.Categories {
		name := fmt.Sprintf("h._c%d", i)
		sums, groups = append(sums, name), append(groups, name)
	}
	own := "own._area = m.whole AND own._period = h._period"
	if last := input.Rollup.Levels[len(input.Rollup.Levels)-1]; level == last {
		for i := range input.Categories {
			own += fmt.Sprintf(" AND own._c%d IS NOT DISTINCT FROM h._c%d", i, i)
		}
	}
	sums = append(sums, `sum(h."rows") AS "rows"`)
	if l.each != "" {
		sums, groups = append(sums, "h."+valueColumn), append(groups, "h."+valueColumn)
	} else {
		sums = append(sums, "min(h.first_row) AS first_row")
	}
	for _, p := range l.parts {
		sums = append(sums, fmt.Sprintf(p.merge, "h."+p.name)+" AS "+p.name)
	}
	sums, groups = append(sums, `m."of" AS `+membersColumn), append(groups, `m."of"`)
	values := []string{"*"}
	for i, f := range figures {
		sums = append(sums, fmt.Sprintf("count(h.v_%d) AS %s", i, figuresColumn(i)))
		values = append(values, fmt.Sprintf("CASE WHEN %s = %s THEN %s END AS v_%d", figuresColumn(i), membersColumn, f.value, i))
	}
	sum := "SELECT " + strings.Join(sums, ",\n  ") + "\nFROM " + held + " AS h\nJOIN " + quote(input.Rollup.Members) +
		fmt.Sprintf(" AS m ON m.area = h._area AND m.period = h._period AND m.level = %d", level) +
		"\nWHERE NOT EXISTS (SELECT 1 FROM " + held + " AS own WHERE " + own + ")" +
		"\nGROUP BY " + strings.Join(groups, ", ")
	return "WITH " + held + " AS MATERIALIZED (\n  " + strings.ReplaceAll(query, "\n", "\n  ") + "\n)\n" +
		"SELECT * FROM " + held + "\nUNION ALL\n" + selection(values, sum, "sums")
}

// unrolled are the columns that a query of rows of their own has for a [Rollup].
func unrolled(figures []figure) []string {
	columns := []string{"CAST(NULL AS BIGINT) AS " + membersColumn}
	for i := range figures {
		columns = append(columns, "CAST(NULL AS BIGINT) AS "+figuresColumn(i))
	}
	return columns
}

// told are the columns of a [Rollup] as the statement gives them.
func told(figures []figure) []string {
	columns := []string{"CAST(" + membersColumn + " AS BIGINT) AS " + membersColumn}
	for i := range figures {
		columns = append(columns, fmt.Sprintf("CAST(%s AS BIGINT) AS %s", figuresColumn(i), figuresColumn(i)))
	}
	return columns
}
