package quality

import (
	"context"
	"fmt"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

// england is the code of England.
const england = "E92000001"

// englandRow finds a file without England, or with periods that lack it. A dataset that says under missing that
// England is not published has been thought about, and passes.
func englandRow(ctx context.Context, c check) (fault.List, error) {
	for _, missing := range c.dataset.Missing {
		if missing.Area == england {
			return nil, nil
		}
	}
	area := warehouse.Identifier(c.role("area"))
	read, err := c.session.Strings(ctx, fmt.Sprintf("SELECT count(*), count(*) FILTER (%s = %s), coalesce(string_agg(DISTINCT %[1]s, ', ' ORDER BY %[1]s) FILTER (%[1]s LIKE 'K%%'), '') FROM %[3]s",
		area, warehouse.Literal(england), warehouse.Identifier(c.table)))
	if err != nil {
		return nil, err
	}
	if read[0][0] == "0" {
		return nil, nil
	}
	if read[0][1] == "0" {
		message := "no row for England (" + england + ")"
		if wider := read[0][2]; wider != "" {
			message += ", read rows for " + strings.ReplaceAll(wider, ", ", " and ") + " only"
		}
		return fault.List{c.fault(0, c.role("area"), message).Hint("take England from another file, or say under missing why there is none: a mean of the areas is not England's figure")}, nil
	}
	c.Areas, c.Of = []string{england}, ""
	return complete(ctx, c)
}
