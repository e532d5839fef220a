package quality

import (
	"context"
	"fmt"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

// inRange finds figures below the minimum or above the maximum.
func inRange(ctx context.Context, c check) (fault.List, error) {
	column := warehouse.Identifier(c.Column)
	var conditions, limits []string
	if c.Minimum != nil {
		conditions = append(conditions, column+" < "+number(*c.Minimum))
		limits = append(limits, "at least "+number(*c.Minimum))
	}
	if c.Maximum != nil {
		conditions = append(conditions, column+" > "+number(*c.Maximum))
		limits = append(limits, "at most "+number(*c.Maximum))
	}
	if len(conditions) == 0 {
		return nil, nil
	}
	query := "SELECT _row, " + column + c.from(strings.Join(conditions, " OR "))
	return c.find(ctx, c.Column, query, func(found []string) string {
		return fmt.Sprintf("read %s, expected %s", found[0], strings.Join(limits, " and "))
	})
}

// bounds holds every column that has a minimum or maximum to it, where no check of its own does. A count has the minimum
// nought unless its dataset says otherwise.
func bounds(ctx context.Context, c check) (fault.List, error) {
	checked := map[string]bool{}
	for _, other := range c.dataset.Checks {
		checked[other.Column] = checked[other.Column] || other.Rule == "range"
	}
	var faults fault.List
	for _, column := range c.dataset.Columns {
		if checked[column.Name] {
			continue
		}
		c.Check = datasets.Check{Column: column.Name, Minimum: column.Minimum, Maximum: column.Maximum}
		counted := column.Role == "count" && column.Minimum == nil
		if nought := 0.0; counted {
			c.Minimum = &nought
		}
		found, err := inRange(ctx, c)
		if err != nil {
			return nil, err
		}
		if counted && column.Maximum == nil {
			found = hinted(found, "a count is not negative: say role: value for a balance, or give the column a minimum")
		}
		faults.Add(found...)
	}
	return faults, nil
}
