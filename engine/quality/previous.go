package quality

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"levelfield/engine/fault"
)

// largest is how many changed cells of a column are told one by one when the check names no areas: enough to see what
// kind of revision it is.
const largest = 10

// previousRelease finds figures that the publisher changed or took back since the release before. New figures alone are
// what a release is for, and no finding.
func previousRelease(ctx context.Context, c check) (fault.List, error) {
	if c.known.Previous == "" {
		return nil, nil
	}
	asked := Comparison{Dataset: c.dataset, Table: c.table, Previous: c.known.Previous, Areas: c.Areas, Tolerance: c.Tolerance, Most: largest}
	if len(c.Areas) > 0 {
		asked.Most = most
	}
	var faults fault.List
	for _, asked.Column = range c.figures() {
		changes, err := Compare(ctx, c.session, asked)
		if err != nil {
			return nil, err
		}
		if len(changes.Missing) > 0 {
			message := fmt.Sprintf("the previous release has no column %s, so its cells cannot be told apart", strings.Join(changes.Missing, ", "))
			return append(faults, c.fault(0, "", message).Hint("compare the two releases by hand once")), nil
		}
		faults.Add(c.changed(asked.Column, changes)...)
	}
	return faults, nil
}

// changed words the changes of a column: how many there are, then the cells.
func (c check) changed(column string, changes Changes) fault.List {
	if changes.Revised+changes.Withdrawn == 0 {
		return nil
	}
	summary := fmt.Sprintf("against the previous release %d revised, %d withdrawn, %d new", changes.Revised, changes.Withdrawn, changes.New)
	faults := fault.List{c.fault(0, column, summary).Hint("read the publisher's note on revisions; both releases are kept")}
	for _, cell := range changes.Cells {
		key, message := strings.Join(cell.Key, ", "), ""
		switch cell.Kind {
		case "withdrawn":
			message = fmt.Sprintf("read no figure for %s, the previous release had %s", key, cell.Before)
		case "revised":
			message = fmt.Sprintf("read %s for %s, the previous release had %s: moved by %s", cell.After, key, cell.Before, signed(cell.Move))
			if cell.StandardErrors > 0 {
				message += fmt.Sprintf(", %s standard errors", strconv.FormatFloat(cell.StandardErrors, 'f', 1, 64))
			}
		default:
			continue
		}
		faults.Add(c.fault(cell.Row, column, c.rowOf(cell.Row)+message))
	}
	return faults
}

// signed is a move as people write it, to six digits: more would be the noise of binary fractions.
func signed(move float64) string {
	text := strconv.FormatFloat(move, 'g', 6, 64)
	if rounded, err := strconv.ParseFloat(text, 64); err == nil {
		text = number(rounded)
	}
	if move > 0 {
		return "+" + text
	}
	return text
}
