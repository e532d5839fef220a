package aggregate

import (
	"fmt"
	"slices"
	"strings"
)

// The columns of the values of single rows, of their ranks, and of the table of ranks.
const (
	valueColumn = "_value"
	rankColumn  = "_rank"
)

// Ranked is a query for the single values of an item at certain ranks, counted from 1 for the lowest, in every group of
// [Statement]: the columns area and period, then the categories by their names, all as text; _rank and _value, in this order. The
// table ranks says which are wanted: its columns are "of", the number of values of a group, and "rank". A group with another
// number of values has no row, and a group with a missing cell must not be asked for, since its values are not all there.
//
// It reads the table once more. The rows of each group are counted by value, so that what is sorted and added up to totals and to
// areas is as long as there are different values, not as there are rows.
func Ranked(input Input, item Item, ranks string, dialect Dialect) string {
	l := newLedger(dialect)
	l.each = "CAST(" + l.rows.value(item.Expression.root) + " AS " + dialect.double + ")"
	query := l.groups(input)
	if input.Rollup != nil {
		query = selection(append([]string{"*"}, unrolled(nil)...), query, "counts")
		for _, level := range input.Rollup.Levels {
			query = l.rolledUp(input, nil, query, level)
		}
	}
	group := []string{"_area", "_period"}
	columns := []string{"CAST(_area AS VARCHAR) AS area", "CAST(_period AS VARCHAR) AS period"}
	order := []string{"area", "period"}
	for i, category := range input.Categories {
		name := fmt.Sprintf("_c%d", i)
		group = append(group, name)
		columns = append(columns, "CAST("+name+" AS VARCHAR) AS "+quote(category.Name))
		order = append(order, quote(category.Name))
	}
	columns = append(columns, `CAST(k."rank" AS BIGINT) AS `+rankColumn, valueColumn)
	// Both windows have one order, so that the rows are sorted once.
	window := "sum(\"rows\") OVER (PARTITION BY " + strings.Join(group, ", ") + " ORDER BY " + valueColumn + " ROWS BETWEEN UNBOUNDED PRECEDING AND "
	query = selection([]string{
		strings.Join(group, ", "), valueColumn, `"rows" AS _n`,
		window + "UNBOUNDED FOLLOWING) AS _of",
		window + "CURRENT ROW) AS _upto",
	}, query, "spread") + "\nWHERE " + valueColumn + " IS NOT NULL"
	return selection(columns, query, "ranked") + "\nJOIN " + quote(ranks) + ` AS k ON k."of" = _of AND k."rank" > _upto - _n AND k."rank" <= _upto` +
		"\nORDER BY " + strings.Join(order, " NULLS FIRST, ") + " NULLS FIRST, " + rankColumn
}

// counts are the values of each area, period and combination of categories with the number of rows that each has, null among them, so
// that no group is lost. They are gathered in a list and taken out again before they are counted: a value is then looked for among
// those of its own group, which are near each other, and not among all that there are.
func (l *ledger) counts(input Input, prefix string, columns, groups []string) string {
	lists := "SELECT " + strings.Join(append(columns, "array_agg("+l.each+") AS _values"), ",\n  ") + "\nFROM " + quote(input.Table) + "\nGROUP BY " + strings.Join(groups, ", ")
	names := []string{"_area", "_period"}
	for i := range input.Categories {
		names = append(names, fmt.Sprintf("%s%d", prefix, i))
	}
	names = append(names, valueColumn)
	singles := slices.Clone(names)
	singles[len(singles)-1] = "unnest(_values) AS " + valueColumn
	return selection(append(slices.Clone(names), `count(*) AS "rows"`), selection(singles, lists, "lists"), "singles") + "\nGROUP BY " + strings.Join(names, ", ")
}
