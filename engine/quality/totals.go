package quality

import (
	"context"
	"fmt"

	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

// noTotals finds rows for a total in a dataset whose rows are added up: they would count everybody twice.
func noTotals(ctx context.Context, c check) (fault.List, error) {
	if c.dataset.Aggregates != "sum" {
		return nil, nil
	}
	var faults fault.List
	for _, category := range c.dataset.Role("category") {
		if category.Total == "" {
			continue
		}
		name := warehouse.Identifier(category.Name)
		found, err := c.find(ctx, category.Name, "SELECT _row, "+name+c.from(name+" = "+warehouse.Literal(category.Total)), func(found []string) string {
			return fmt.Sprintf("read the total %q in a dataset that is added up", found[0])
		})
		if err != nil {
			return nil, err
		}
		for i := range found {
			found[i] = found[i].Hint("leave the totals out of the file, or say aggregates: published")
		}
		faults.Add(found...)
	}
	return faults, nil
}
