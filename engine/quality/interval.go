package quality

import (
	"context"
	"fmt"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

// insideInterval finds values that lie outside their own published limits.
func insideInterval(ctx context.Context, c check) (fault.List, error) {
	value := warehouse.Identifier(c.Column)
	lower, upper := "NULL", "NULL"
	var conditions []string
	for _, column := range c.dataset.Columns {
		if column.Of != c.Column {
			continue
		}
		switch column.Role {
		case "lower":
			lower = warehouse.Identifier(column.Name)
			conditions = append(conditions, value+" < "+lower)
		case "upper":
			upper = warehouse.Identifier(column.Name)
			conditions = append(conditions, value+" > "+upper)
		}
	}
	if len(conditions) == 0 {
		return nil, fmt.Errorf("column %s has no lower or upper column", c.Column)
	}
	query := fmt.Sprintf("SELECT _row, %s, %s, %s", value, lower, upper) + c.from(strings.Join(conditions, " OR "))
	return c.find(ctx, c.Column, query, func(found []string) string {
		switch {
		case found[1] == "":
			return fmt.Sprintf("read %s above its upper limit %s", found[0], found[2])
		case found[2] == "":
			return fmt.Sprintf("read %s below its lower limit %s", found[0], found[1])
		}
		return fmt.Sprintf("read %s outside its limits %s to %s", found[0], found[1], found[2])
	})
}

// crossed finds lower limits above the upper ones of the same value.
func crossed(ctx context.Context, c check) (fault.List, error) {
	var faults fault.List
	for _, lower := range c.dataset.Role("lower") {
		for _, upper := range c.dataset.Role("upper") {
			if lower.Of != upper.Of {
				continue
			}
			low, high := warehouse.Identifier(lower.Name), warehouse.Identifier(upper.Name)
			found, err := c.find(ctx, lower.Name, "SELECT _row, "+low+", "+high+c.from(low+" > "+high), func(found []string) string {
				return fmt.Sprintf("read the lower limit %s above the upper limit %s", found[0], found[1])
			})
			if err != nil {
				return nil, err
			}
			faults.Add(hinted(found, "look whether the two columns, or their headings, were exchanged")...)
		}
	}
	return faults, nil
}
