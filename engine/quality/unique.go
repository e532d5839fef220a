package quality

import (
	"context"
	"fmt"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

// unique finds rows whose key stands in an earlier row.
func unique(ctx context.Context, c check) (fault.List, error) {
	key := identifiers(c.dataset.Key, ", ")
	query := "SELECT _row, first, " + key + " FROM (SELECT *, min(_row) OVER (PARTITION BY " + key + ") AS first FROM " +
		warehouse.Identifier(c.table) + ") AS numbered WHERE _row > first"
	return c.find(ctx, "", query, func(found []string) string {
		return fmt.Sprintf("read %s = %s, which stands in row %s already", strings.Join(c.dataset.Key, ", "), strings.Join(found[1:], ", "), found[0])
	})
}
