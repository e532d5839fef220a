package quality

import (
	"context"
	"fmt"
	"time"

	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

// furthest is how many years after its release a period may begin: a publisher counts cohorts some years before they reach
// the age that they are labelled by, and only projections reach further.
const furthest = 5

// ahead finds figures of periods that begin long after their release: a wrong digit in a label, unless the dataset says
// that it holds projections. A release whose day is not known, as of a file that nobody has described yet, is not judged.
func ahead(ctx context.Context, c check) (fault.List, error) {
	released, err := time.Parse(time.DateOnly, c.dataset.Released)
	if err != nil || c.dataset.Periods.Projected {
		return nil, nil
	}
	starts, err := c.starts(ctx)
	if err != nil {
		return nil, err
	}
	last := released.AddDate(furthest, 0, 0).Format(time.DateOnly)
	var late [][]string
	for _, start := range starts {
		if start[1] > last {
			late = append(late, start)
		}
	}
	if len(late) == 0 {
		return nil, nil
	}
	name := c.role("period")
	query := fmt.Sprintf("SELECT min(_row), late.label, late.day, count(*) FROM %s AS t JOIN %s ON late.label = t.%s GROUP BY late.label, late.day",
		warehouse.Identifier(c.table), values(late, "late(label, day)"), warehouse.Identifier(name))
	found, err := c.find(ctx, name, query, func(found []string) string {
		message := fmt.Sprintf("read %s, which begins on %s, and the figures were released on %s", found[0], found[1], c.dataset.Released)
		if found[2] != "1" {
			message += fmt.Sprintf("; %s like this", counted(found[2], "row"))
		}
		return message
	})
	return hinted(found, "correct the label, or the day of the release; of projections, say projected: true in periods"), err
}
