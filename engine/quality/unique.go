package quality

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

// unique finds rows whose key stands in an earlier row. Whether there are any is asked first, by a query that needs no
// more memory than the keys.
func unique(ctx context.Context, c check) (fault.List, error) {
	key := identifiers(c.dataset.Key, ", ")
	twice, err := c.session.Strings(ctx, "SELECT 1 FROM "+warehouse.Identifier(c.table)+" GROUP BY "+key+" HAVING count(*) > 1 LIMIT 1")
	if err != nil || len(twice) == 0 {
		return nil, err
	}
	query := "SELECT _row, first, " + key + " FROM (SELECT *, min(_row) OVER (PARTITION BY " + key + ") AS first FROM " +
		warehouse.Identifier(c.table) + ") AS numbered WHERE _row > first"
	faults, err := c.find(ctx, "", query, func(found []string) string {
		first, _ := strconv.Atoi(found[0]) // the number of a row, which the database has from us
		return fmt.Sprintf("read %s = %s, which stands in %s already", strings.Join(c.dataset.Key, ", "), strings.Join(found[1:], ", "), c.named(first))
	})
	return hinted(faults, "leave one of the two out, or name in key what tells them apart"), err
}
