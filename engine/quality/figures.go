package quality

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

// someFigure finds columns of values or counts in which no row has a figure: a wrong column, or a release of which nothing
// may be shown. Of a few rows all may be suppressed; of as many as the crowd that tells a unit, that is no accident. A
// column that applies to none of the rows is the publisher's word about them, and no fault; nor is, of an earlier release, a
// column beside others that have figures.
func someFigure(ctx context.Context, c check) (fault.List, error) {
	if c.known.Partial {
		return nil, nil
	}
	figures := append(c.dataset.Role("value"), c.dataset.Role("count")...)
	counts := []string{"count(*)"}
	for _, column := range figures {
		counts = append(counts, "count("+warehouse.Identifier(column.Name)+")")
	}
	read, err := c.session.Strings(ctx, "SELECT "+strings.Join(counts, ", ")+" FROM "+warehouse.Identifier(c.table))
	if err != nil {
		return nil, err
	}
	rows, err := strconv.Atoi(read[0][0])
	if err != nil {
		return nil, fmt.Errorf("number of rows %q: %w", read[0][0], err)
	}
	if c.known.Earlier && slices.ContainsFunc(read[0][1:], func(count string) bool { return count != "0" }) {
		return nil, nil
	}
	var faults fault.List
	for i, column := range figures {
		if rows < crowd || read[0][i+1] != "0" {
			continue
		}
		message := fmt.Sprintf("none of the %d rows has a figure", rows)
		letters, err := c.lettersOf(ctx, column.Name)
		if err != nil {
			return nil, err
		}
		if letters == "z" {
			continue
		}
		if letters != "" {
			message += "; their status is " + letters
		}
		f := c.fault(0, column.Name, message)
		faults.Add(f.Hint("look whether it is the right column and the right file, or take the column out of dataset.yaml"))
	}
	return faults, nil
}

// lettersOf lists the letters of a column's status.
func (c check) lettersOf(ctx context.Context, column string) (string, error) {
	status := c.dataset.StatusOf(column)
	if status == "" {
		return "", nil
	}
	read, err := c.session.Strings(ctx, "SELECT array_to_string(list_sort(list(DISTINCT "+warehouse.Identifier(status)+")), ', ') FROM "+warehouse.Identifier(c.table))
	if err != nil {
		return "", err
	}
	return read[0][0], nil
}
