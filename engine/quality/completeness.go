package quality

import (
	"context"
	"fmt"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/period"
	"levelfield/engine/warehouse"
)

// complete finds periods for which an area has no row, or no figure and no status that says why. The areas are those
// of the check, or all; the periods those of the area that the check names with of, or all, and none before from. Where a category has a
// total, the total's row is wanted.
func complete(ctx context.Context, c check) (fault.List, error) {
	area, when, table := warehouse.Identifier(c.role("area")), warehouse.Identifier(c.role("period")), warehouse.Identifier(c.table)
	areas := "SELECT DISTINCT " + area + " AS area FROM " + table
	if len(c.Areas) > 0 {
		quoted := make([]string, len(c.Areas))
		for i, code := range c.Areas {
			quoted[i] = "(" + warehouse.Literal(code) + ")"
		}
		areas = "SELECT area FROM (VALUES " + strings.Join(quoted, ", ") + ") AS named(area)"
	}
	periods := "SELECT DISTINCT " + when + " AS period FROM " + table
	if c.Of != "" {
		periods += " WHERE " + area + " = " + warehouse.Literal(c.Of)
	}
	if c.From != "" {
		since, err := c.since(ctx, periods)
		if err != nil {
			return nil, err
		}
		periods = "SELECT period FROM (" + periods + ") WHERE period IN (" + since + ")"
	}
	query := fmt.Sprintf("SELECT coalesce(min(t._row), 0), wanted.area, wanted.period FROM (SELECT * FROM (%s) AS a, (%s) AS p) AS wanted "+
		"LEFT JOIN %s AS t ON t.%s = wanted.area AND t.%s = wanted.period%s GROUP BY ALL HAVING %s",
		areas, periods, table, area, when, c.totals(), c.nothing())
	return c.find(ctx, c.Column, query, func(found []string) string {
		what := "no row"
		if c.Column != "" {
			what = "no figure and no status"
		}
		return fmt.Sprintf("%s for %s in %s", what, found[0], found[1])
	})
}

// since are the literals of those periods of a query that do not come before the check's first.
func (c check) since(ctx context.Context, query string) (string, error) {
	kind := period.Kind(c.dataset.Periods.Kind)
	first, err := period.Parse(kind, c.From)
	if err != nil {
		return "", err
	}
	labels, err := c.session.Strings(ctx, query)
	if err != nil {
		return "", err
	}
	list := []string{"NULL"}
	for _, label := range labels {
		if read, err := period.Parse(kind, label[0]); err == nil && !read.Before(first) {
			list = append(list, warehouse.Literal(label[0]))
		}
	}
	return strings.Join(list, ", "), nil
}

// totals is the condition that the row is the total over every category that has one.
func (c check) totals() string {
	var b strings.Builder
	for _, category := range c.dataset.Role("category") {
		if category.Total != "" {
			b.WriteString(" AND t." + warehouse.Identifier(category.Name) + " = " + warehouse.Literal(category.Total))
		}
	}
	return b.String()
}

// nothing is the condition that no row of the area and period says anything.
func (c check) nothing() string {
	if c.Column == "" {
		return "count(t._row) = 0"
	}
	says := "t." + warehouse.Identifier(c.Column) + " IS NOT NULL"
	if status := c.dataset.StatusOf(c.Column); status != "" {
		says += " OR t." + warehouse.Identifier(status) + " IS NOT NULL"
	}
	return "count(*) FILTER (WHERE " + says + ") = 0"
}
