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
		var shifted []bool
		found, err := c.find(ctx, column.Name, "SELECT _row, "+name+c.from(condition), func(found []string) string {
			shifted = append(shifted, strings.Trim(found[0], "0123456789.,") == "")
			return fmt.Sprintf("read status %q, expected letters among %s", fault.Short(found[0]), strings.Join(letters, " "))
		})
		if err != nil {
			return nil, err
		}
		for i, f := range found {
			hint := "say in source.layout.replace what other letters mean"
			if i < len(shifted) && shifted[i] {
				hint = "the cells of the row may be shifted: look for a comma inside a number that is not in quotation marks"
			}
			faults.Add(f.Hint("%s", hint))
		}
	}
	return faults, nil
}
