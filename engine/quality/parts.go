package quality

import (
	"context"
	"fmt"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

// partsSum finds rows whose parts do not add up to their whole, where all of them have figures.
func partsSum(ctx context.Context, c check) (fault.List, error) {
	if len(c.Parts) == 0 || c.Whole == "" {
		return nil, fmt.Errorf("wants parts and a whole")
	}
	sum, whole := identifiers(c.Parts, " + "), warehouse.Identifier(c.Whole)
	columns := identifiers(append(append([]string{}, c.Parts...), c.Whole), ", ")
	query := "SELECT _row, " + columns + c.from(fmt.Sprintf("abs(%s - %s) > %s", sum, whole, number(c.Tolerance+slack)))
	return c.find(ctx, c.Whole, query, func(found []string) string {
		last := len(found) - 1
		said := fmt.Sprintf("read %s = %s, but %s = %s", c.Whole, found[last], strings.Join(c.Parts, " + "), strings.Join(found[:last], " + "))
		if c.Tolerance > 0 {
			said += fmt.Sprintf(", more than %s apart", number(c.Tolerance))
		}
		return said
	})
}
