package quality

import (
	"context"
	"fmt"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

// letters are the status letters of the Government Statistical Service.
var letters = []string{"c", "x", "z", "u", "low", "p", "r", "e", "b"}

// knownStatus finds status cells that hold anything else.
func knownStatus(ctx context.Context, c check) (fault.List, error) {
	var faults fault.List
	for _, column := range c.dataset.Role("status") {
		name := warehouse.Identifier(column.Name)
		condition := fmt.Sprintf("NOT regexp_full_match(%s, '(%s)( (%[2]s))*')", name, strings.Join(letters, "|"))
		found, err := c.find(ctx, column.Name, "SELECT _row, "+name+c.from(condition), func(found []string) string {
			return fmt.Sprintf("read status %q, expected letters among %s", found[0], strings.Join(letters, " "))
		})
		if err != nil {
			return nil, err
		}
		faults.Add(found...)
	}
	return faults, nil
}
