package aggregate

import (
	"fmt"
	"slices"
	"strings"
)

// Statement is the one query that finds all items of the input in one scan of its table. Its columns are area and
// period, then the categories by their names, all as text; rows, the number of rows in the group; first_row, the first
// of them by its number in the file; and for the item at place i of the list
//
//	v_i  its value, null where it is missing
//	m_i  where it is missing, the status letters of the cells it would have needed, sorted and each once
//	f_i  where it is not, the letters on the cells that it was made of
//
// With [Published] there is a row for each area, period and combination of categories in the table, and totals are
// those of them that have the total categories. With [Sum] the totals over every subset of the categories are added
// up from the finest grain, without a second scan. With a [Rollup] it also holds the areas that have no row of their own, added
// up from their parts, and the columns _members, the number of the parts of such a row and null elsewhere, and
// _n_i, how many of them have a value of the item. The rows are in order.
func Statement(input Input, dialect Dialect) string {
	l := newLedger(dialect)
	figures := make([]figure, len(input.Items))
	for i, item := range input.Items {
		figures[i] = l.figure(i, item)
	}
	query := l.groups(input)
	columns := []string{"*"}
	if input.Rollup != nil {
		columns = append(columns, unrolled(figures)...)
	}
	for i, f := range figures {
		columns = append(columns, fmt.Sprintf("%s AS v_%d", f.value, i))
	}
	query = selection(columns, query, "parts")
	if input.Rollup != nil {
		for _, level := range input.Rollup.Levels {
			query = l.rolledUp(input, figures, query, level)
		}
	}
	columns = []string{"CAST(_area AS VARCHAR) AS area", "CAST(_period AS VARCHAR) AS period"}
	order := []string{"area", "period"}
	for i, category := range input.Categories {
		columns = append(columns, fmt.Sprintf("CAST(_c%d AS VARCHAR) AS %s", i, quote(category.Name)))
		order = append(order, quote(category.Name))
	}
	columns = append(columns, `CAST("rows" AS BIGINT) AS "rows"`, "first_row")
	for i, f := range figures {
		columns = append(columns, fmt.Sprintf("v_%d", i),
			fmt.Sprintf("CASE WHEN v_%d IS NULL THEN %s END AS m_%d", i, f.missing, i),
			fmt.Sprintf("%s AS f_%d", f.flags, i))
	}
	if input.Rollup != nil {
		columns = append(columns, told(figures)...)
	}
	return selection(columns, query, "figures") + "\nORDER BY " + strings.Join(order, " NULLS FIRST, ") + " NULLS FIRST"
}

// groups are the parts of every group that rests on rows of its own, the totals over the categories with them where they are added
// up.
func (l *ledger) groups(input Input) string {
	if input.Aggregates == Sum && len(input.Categories) > 0 {
		return l.totals(input, l.finest(input, "_g"))
	}
	return l.finest(input, "_c")
}

// figure is an item in terms of parts.
type figure struct {
	value, missing, flags string
}

// figure adds the parts of an item. Its value is null where the value cannot be known, and where a part of it is
// missing the letters say why; a value that is null for another reason is x, not available.
func (l *ledger) figure(i int, item Item) figure {
	root := item.Expression.root
	if root == nil {
		return figure{"CAST(NULL AS " + l.rows.dialect.double + ")", "'x'", "CAST(NULL AS VARCHAR)"}
	}
	switch {
	case item.Spread:
		root = &node{kind: aggregateNode, name: "count", children: []*node{root}, result: integerResult}
	case !item.Expression.HasAggregate():
		root = &node{kind: aggregateNode, name: "sum", children: []*node{root}, result: root.result}
	}
	above := printer{dialect: l.rows.dialect, doubles: true}
	above.leaf = func(n *node) (value, missing string) {
		found := l.aggregate(n, item.Single)
		if found.missing != "" {
			missing = found.missing + " IS NOT NULL"
		}
		missing = anyOf(missing, found.several)
		switch {
		case missing == "":
			return found.value, ""
		case found.several == "":
			return "CASE WHEN " + found.missing + " IS NULL THEN " + found.value + " END", missing
		}
		return "CASE WHEN " + missing + " THEN NULL ELSE " + found.value + " END", missing
	}
	value := above.value(root)
	if root.kind != aggregateNode {
		value = "CAST(" + value + " AS " + l.rows.dialect.double + ")"
	}
	var missing, flags []string
	root.walk(func(n *node) {
		if n.kind == aggregateNode {
			found := l.aggregate(n, item.Single)
			missing, flags = once(missing, found.missing), once(flags, found.flags)
		}
	})
	f := figure{value: value, missing: "'x'", flags: "CAST(NULL AS VARCHAR)"}
	if len(flags) > 0 {
		f.flags = fmt.Sprintf("CASE WHEN v_%d IS NOT NULL THEN %s END", i, l.words(flags))
	}
	if slices.ContainsFunc(missing, func(name string) bool { return !l.plain[name] }) {
		f.missing = "COALESCE(" + l.words(missing) + ", 'x')"
	}
	return f
}

// once adds a part that there is, if it is not there yet.
func once(parts []string, name string) []string {
	if name == "" || slices.Contains(parts, name) {
		return parts
	}
	return append(parts, name)
}

// words is the letters of several parts, sorted and each once.
func (l *ledger) words(parts []string) string {
	if len(parts) == 1 {
		return l.rows.dialect.letters(parts[0])
	}
	return l.rows.dialect.letters("NULLIF(concat_ws(' ', " + strings.Join(parts, ", ") + "), '')")
}

// finest is the scan: every part for each area, period and combination of categories. The i-th category is
// called prefix and i, since a name of the dataset's own could mean two things to a query over this one.
func (l *ledger) finest(input Input, prefix string) string {
	columns := []string{quote(input.Area) + " AS _area", quote(input.Period) + " AS _period"}
	groups := []string{quote(input.Area), quote(input.Period)}
	for i, category := range input.Categories {
		columns = append(columns, fmt.Sprintf("%s AS %s%d", quote(category.Name), prefix, i))
		groups = append(groups, quote(category.Name))
	}
	if l.each != "" {
		return l.counts(input, prefix, columns, groups)
	}
	columns = append(columns, `count(*) AS "rows"`, "min(_row) AS first_row")
	for _, p := range l.parts {
		columns = append(columns, p.sql+" AS "+p.name)
	}
	query := "SELECT " + strings.Join(columns, ",\n  ") + "\nFROM " + quote(input.Table)
	if len(l.filters) > 0 {
		filters := []string{"*"}
		for i, condition := range l.filters {
			filters = append(filters, fmt.Sprintf("(%s) AS _w%d", condition, i))
		}
		query = selection(columns, "SELECT "+strings.Join(filters, ",\n  ")+"\nFROM "+quote(input.Table), "filtered")
	}
	return query + "\nGROUP BY " + strings.Join(groups, ", ")
}

// totals adds the finest parts up over every subset of the categories, the empty one included, which leaves the finest
// parts as they are.
func (l *ledger) totals(input Input, query string) string {
	columns, groups := []string{"_area", "_period"}, []string{"_area", "_period"}
	names := make([]string, len(input.Categories))
	for i, category := range input.Categories {
		name := fmt.Sprintf("_g%d", i)
		names[i] = name
		columns = append(columns, fmt.Sprintf("CASE WHEN GROUPING(%s) = 1 THEN %s ELSE CAST(%s AS VARCHAR) END AS _c%d", name, text(category.Total), name, i))
	}
	columns = append(columns, `sum("rows") AS "rows"`)
	if l.each != "" {
		columns, groups = append(columns, valueColumn), append(groups, valueColumn)
	} else {
		columns = append(columns, "min(first_row) AS first_row")
	}
	for _, p := range l.parts {
		columns = append(columns, fmt.Sprintf(p.merge, p.name)+" AS "+p.name)
	}
	return selection(columns, query, "finest") + "\nGROUP BY " + strings.Join(groups, ", ") + ", CUBE (" + strings.Join(names, ", ") + ")"
}

// selection is a query over a query.
func selection(columns []string, from, alias string) string {
	return "SELECT " + strings.Join(columns, ",\n  ") + "\nFROM (\n  " + strings.ReplaceAll(from, "\n", "\n  ") + "\n) AS " + alias
}
