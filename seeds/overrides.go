package seeds

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"levelfield/engine/fault"
)

// The statuses that may be overridden, and what may be shown in their place.
const (
	// OfTarget, OfEngland and OfTrend are the status against the target, the verdict against England and the recent trend.
	OfTarget  = "target"
	OfEngland = "england"
	OfTrend   = "trend"

	// UnderReview takes a status back without putting another in its place.
	UnderReview = "under-review"
)

var (
	overrideColumns  = []string{"indicator", "period", "status", "shown", "reason", "by", "until"}
	overrideStatuses = []string{OfTarget, OfEngland, OfTrend}
	// shownOfTarget are what may be shown of a target, which those who set it may judge. Of a test nothing else may be
	// shown than what it found: it can only be taken back.
	shownOfTarget = []string{"met", "not-met", "cannot-tell", UnderReview}
)

// Override puts a judgement in the place of one status of one figure, until a day. What the test found stays beside it.
type Override struct {
	Indicator string
	Period    string // of the figure, in its written form: a later figure is not overridden
	Status    string // target, england or trend
	Shown     string // met, not-met, cannot-tell or under-review
	Reason    string
	By        string
	Until     string // the last day on which it holds, 2006-01-02

	read row
}

// At is the place of one of the override's cells.
func (o Override) At(column string) fault.Place { return o.read.place(column) }

// Expired says whether the override no longer holds on a day (2006-01-02).
func (o Override) Expired(day string) bool { return day > o.Until }

// LoadOverrides reads overrides.csv: indicator, period, status, shown, reason, by and until. A project without the file
// overrides nothing.
func LoadOverrides(fsys fs.FS, path string) ([]Override, fault.List) {
	if _, err := fs.Stat(fsys, path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	rows, faults := readTable(fsys, path, overrideColumns)
	var overrides []Override
	seen := map[[3]string]bool{}
	for _, read := range rows {
		o := Override{
			read.get("indicator"), read.get("period"), read.get("status"), read.get("shown"), read.get("reason"), read.get("by"), read.get("until"), read,
		}
		wrong := o.faults()
		key := [3]string{o.Indicator, o.Period, o.Status}
		if seen[key] {
			wrong.Add(read.faultf("status", "%q has a second override for %s of %s", o.Indicator, o.Status, o.Period).Hint("keep one of the two"))
		}
		seen[key] = true
		if faults.Add(wrong...); len(wrong) == 0 {
			overrides = append(overrides, o)
		}
	}
	return overrides, faults
}

func (o Override) faults() fault.List {
	var faults fault.List
	for _, needed := range []struct{ column, hint string }{
		{"indicator", "name the indicator"}, {"period", "name the period of the figure that is judged"},
		{"reason", "say why: the reason is printed beside the status"}, {"by", "say who answers for it, by office"},
	} {
		if o.read.get(needed.column) == "" {
			faults.Add(o.read.faultf(needed.column, "is empty").Hint("%s", needed.hint))
		}
	}
	switch {
	case !slices.Contains(overrideStatuses, o.Status):
		faults.Add(o.read.faultf("status", "is %q", fault.Short(o.Status)).Hint("use one of: %s", strings.Join(overrideStatuses, ", ")))
	case o.Status == OfTarget && !slices.Contains(shownOfTarget, o.Shown):
		faults.Add(o.read.faultf("shown", "is %q", fault.Short(o.Shown)).Hint("use one of: %s", strings.Join(shownOfTarget, ", ")))
	case o.Status != OfTarget && o.Shown != UnderReview:
		faults.Add(o.read.faultf("shown", "is %q", fault.Short(o.Shown)).Hint("use %s: what a test found can be taken back, and nothing else put in its place", UnderReview))
	}
	if !isDay(o.Until) {
		faults.Add(o.read.faultf("until", "is %q", fault.Short(o.Until)).Hint("write the last day on which it holds as 2026-06-30"))
	}
	return faults
}

// isDay says whether a text is a day of the calendar, 2006-01-02.
func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}
