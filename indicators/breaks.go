package indicators

import (
	"slices"

	"levelfield/engine/period"
)

// Separates is the reason why two neighbouring periods of the indicator's series are not comparable, or "". A break
// by date separates the last period that starts before it from the first that does not; a break by cohort separates
// the periods of those cohorts from all others. Where a period leaves one cohort and enters another, or a new basis,
// the reason is the one for what it enters.
func (d Definition) Separates(before, after period.Period) string {
	leaving := ""
	for _, b := range d.Breaks {
		if b.From != "" {
			starts, err := period.Parse(after.Kind, string(b.From))
			if err == nil && before.Start < starts.Start && starts.Start <= after.Start {
				return b.Why
			}
		}
		switch was, is := slices.Contains(b.Cohorts, before.Label), slices.Contains(b.Cohorts, after.Label); {
		case is && !was:
			return b.Why
		case was && !is:
			leaving = b.Why
		}
	}
	return leaving
}
