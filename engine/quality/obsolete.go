package quality

import (
	"context"
	"fmt"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/period"
	"levelfield/engine/warehouse"
)

// obsoleteArea finds figures under the code of an area that was no longer there when their period began. A figure of
// an earlier period under a former code is in order: that is what the code is for.
func obsoleteArea(ctx context.Context, c check) (fault.List, error) {
	areas, err := c.known.areas()
	if err != nil {
		return nil, err
	}
	var former [][]string
	for _, area := range areas {
		if !area.Current() {
			former = append(former, []string{area.Code, area.Name, area.ValidTo, strings.Join(c.known.Areas.Successors(area.Code), " and ")})
		}
	}
	starts, err := c.starts(ctx)
	if err != nil || len(former) == 0 || len(starts) == 0 {
		return nil, err
	}
	query := fmt.Sprintf("SELECT min(t._row), former.code, former.name, former.ends, former.successors, arg_min(t.%[1]s, t._row), count(*) FROM %[2]s AS t "+
		"JOIN %[3]s ON former.code = t.%[4]s JOIN %[5]s ON starts.label = t.%[1]s WHERE starts.day > former.ends AND %[6]s GROUP BY ALL",
		warehouse.Identifier(c.role("period")), warehouse.Identifier(c.table), values(former, "former(code, name, ends, successors)"),
		warehouse.Identifier(c.role("area")), values(starts, "starts(label, day)"), says("t", c.figures()))
	return c.obsolete(ctx, query)
}

func (c check) obsolete(ctx context.Context, query string) (fault.List, error) {
	return c.find(ctx, c.role("area"), query, func(found []string) string {
		message := fmt.Sprintf("read %s (%s) in %s, but the code ended on %s", found[0], found[1], found[4], found[2])
		if found[3] != "" {
			message += " and " + found[3] + " replaced it"
		}
		if found[5] != "1" {
			message += fmt.Sprintf("; %s like this", counted(found[5], "row"))
		}
		return message
	})
}

// starts lists the labels of the periods in the table with their first days. A label that cannot be read is left to
// the engine, which has said so already.
func (c check) starts(ctx context.Context) ([][]string, error) {
	name := warehouse.Identifier(c.role("period"))
	labels, err := c.session.Strings(ctx, "SELECT DISTINCT "+name+" FROM "+warehouse.Identifier(c.table)+" WHERE "+name+" IS NOT NULL ORDER BY 1")
	if err != nil {
		return nil, err
	}
	var starts [][]string
	for _, label := range labels {
		if read, err := period.Parse(period.Kind(c.dataset.Periods.Kind), label[0]); err == nil {
			starts = append(starts, []string{label[0], read.Start})
		}
	}
	return starts, nil
}
