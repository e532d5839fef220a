// Package schedule knows when publishers said that their next figures would come, and which of those days have passed.
//
// [Overdue] compares the releases that datasets announce with a date that the caller gives. The package reads no clock,
// fetches nothing and plans no jobs: the system's scheduler starts the program.
package schedule

import (
	"cmp"
	"slices"
	"time"
)

// Release is a dataset's next release as its publisher announced it.
type Release struct {
	Dataset string `json:"dataset"`
	Title   string `json:"title"`
	// Announced is the day or month in one of the forms 2026-06-25, 2026-06, "25 June 2026" and "June 2026".
	Announced string `json:"announced"`
}

// Late is a release whose announced day has passed.
type Late struct {
	Release
	// By is the last day that the announcement allows (2006-01-02), Days how long ago that was.
	By   string `json:"by"`
	Days int    `json:"days"`
}

// forms are how announcements are written; the second group names a month, whose last day counts.
var (
	dayForms   = []string{"2006-01-02", "2 January 2006"}
	monthForms = []string{"2006-01", "January 2006"}
)

// Deadline is the last day that an announcement allows; false for an announcement that names no day or month, such as
// "suspended by the publisher".
func Deadline(announced string) (time.Time, bool) {
	for _, form := range dayForms {
		if day, err := time.Parse(form, announced); err == nil {
			return day, true
		}
	}
	for _, form := range monthForms {
		if month, err := time.Parse(form, announced); err == nil {
			return month.AddDate(0, 1, -1), true
		}
	}
	return time.Time{}, false
}

// Overdue lists the releases whose deadline lies before today, the longest overdue first. What was announced without a
// date is never overdue.
func Overdue(releases []Release, today time.Time) []Late {
	var late []Late
	for _, release := range releases {
		deadline, dated := Deadline(release.Announced)
		if !dated || !deadline.Before(today.Truncate(24*time.Hour)) {
			continue
		}
		late = append(late, Late{Release: release, By: deadline.Format("2006-01-02"), Days: int(today.Sub(deadline).Hours() / 24)})
	}
	slices.SortStableFunc(late, func(a, b Late) int {
		return cmp.Or(cmp.Compare(b.Days, a.Days), cmp.Compare(a.Dataset, b.Dataset))
	})
	return late
}
