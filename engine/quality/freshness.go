package quality

import (
	"context"
	"errors"
	"fmt"
	"time"

	"levelfield/engine/fault"
)

// grace is how many days a release may be late when the check does not say. Publishers move releases by weeks, and tell
// so on a page that nobody here reads; after a month the figures are stale, or next_release is.
const grace = 31

// freshness finds a dataset whose next release should have come long ago. A series that its publisher has ended or
// suspended cannot be late.
func freshness(_ context.Context, c check) (fault.List, error) {
	if c.known.Today.IsZero() || c.known.Deadline == nil {
		return nil, errors.New("needs a date to judge by")
	}
	if c.dataset.Series != "current" {
		return nil, nil
	}
	days := grace
	if c.Days > 0 {
		days = c.Days
	}
	announced := c.dataset.NextRelease
	deadline, dated := c.known.Deadline(announced)
	late := int(c.known.Today.Truncate(24*time.Hour).Sub(deadline) / (24 * time.Hour))
	switch {
	case announced == "":
		return c.stale("no next_release: nobody will notice that the figures grow old", "write when the publisher's next figures are due, such as November 2026"), nil
	case !dated:
		return c.stale(fmt.Sprintf("read %q, which is no date", announced), "write it as November 2026 or 2026-11-26, or say series: suspended"), nil
	case late > days:
		return c.stale(fmt.Sprintf("read %s, which is %d days ago", announced, late), "fetch the new release, or correct next_release"), nil
	}
	return nil, nil
}

// stale is the finding, at the dataset.yaml: no row of the figures is wrong.
func (c check) stale(message, next string) fault.List {
	at := fault.At(c.dataset.File, 0, 0)
	found := at.Errorf("next_release", "%s", message)
	if c.Level == "warn" {
		found = at.Warnf("next_release", "%s", message)
	}
	return fault.List{found.Hint("%s", next)}
}
