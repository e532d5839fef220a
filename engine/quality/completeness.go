package quality

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/period"
	"levelfield/engine/warehouse"
)

// mostPeriods is how many periods are listed that an area lacks.
const mostPeriods = 6

// complete finds periods for which an area has no row, or no figure and no status that says why. The areas are those
// of the check, or all; the periods those of the area that the check names with of, or all, and none before from. Where a
// category has a total, the row of the total is wanted. The periods without a row are told of each area together.
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
	held := fmt.Sprintf("SELECT %s AS area, %s AS period, min(_row) AS _row, %s AS _says FROM %s AS t WHERE true%s GROUP BY 1, 2", area, when, c.says(), table, c.totals())
	lacking := fmt.Sprintf("SELECT coalesce(held._row, 0) AS _row, wanted.area AS area, wanted.period AS period FROM (SELECT * FROM (%s) AS a, (%s) AS p) AS wanted "+
		"LEFT JOIN (%s) AS held ON held.area = wanted.area AND held.period = wanted.period WHERE coalesce(held._says, 0) = 0", areas, periods, held)
	query := fmt.Sprintf("SELECT _row, area, string_agg(period, chr(10) ORDER BY period), count(*), (SELECT count(*) FROM (%s) AS p) FROM (%s) AS lacking "+
		"GROUP BY _row, area, CASE WHEN _row > 0 THEN period END", periods, lacking)
	return c.find(ctx, c.Column, query, func(found []string) string {
		what := "no row"
		if c.Column != "" {
			what = "no figure and no status"
		}
		return fmt.Sprintf("%s for %s in %s", what, c.areaNamed(found[0]), periodsNamed(strings.Split(found[1], "\n"), found[3]))
	})
}

// periodsNamed lists periods, of which there are so many in all.
func periodsNamed(labels []string, all string) string {
	n := len(labels)
	switch {
	case n == 1:
		return labels[0]
	case strconv.Itoa(n) == all:
		return "any of the " + all + " periods"
	case n > mostPeriods+1:
		return fmt.Sprintf("%s and %d more periods", strings.Join(labels[:mostPeriods], ", "), n-mostPeriods)
	}
	return strings.Join(labels[:n-1], ", ") + " and " + labels[n-1]
}

// areaNamed is a code with the name of its area, where that is known.
func (c check) areaNamed(code string) string {
	if area, known := c.known.Areas.Lookup(code); known {
		return code + " (" + area.Name + ")"
	}
	return code
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

// totals is the condition that the row is the total over every category that has one. Rows that are added up have none.
func (c check) totals() string {
	if c.dataset.Aggregates == "sum" {
		return ""
	}
	var b strings.Builder
	for _, category := range c.dataset.Role("category") {
		if category.Total != "" {
			b.WriteString(" AND t." + warehouse.Identifier(category.Name) + " = " + warehouse.Literal(category.Total))
		}
	}
	return b.String()
}

// says is the number of rows of an area and period that say something.
func (c check) says() string {
	if c.Column == "" {
		return "count(*)"
	}
	says := "t." + warehouse.Identifier(c.Column) + " IS NOT NULL"
	if status := c.dataset.StatusOf(c.Column); status != "" {
		says += " OR t." + warehouse.Identifier(status) + " IS NOT NULL"
	}
	return "count(*) FILTER (WHERE " + says + ")"
}
