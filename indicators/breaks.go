package indicators

import (
	"slices"

	"levelfield/engine/period"
)

// Separates is the reason why two neighbouring periods of the indicator's series are not comparable, or "". A break
// by date separates the last period that starts before it from the first that does not; a break by cohort separates
// the periods of those cohorts from all others.
func (d Definition) Separates(before, after period.Period) string {
	for _, b := range d.Breaks {
		if b.From != "" {
			starts, err := period.Parse(after.Kind, b.From)
			if err == nil && before.Start < starts.Start && starts.Start <= after.Start {
				return b.Why
			}
		}
		if slices.Contains(b.Cohorts, before.Label) != slices.Contains(b.Cohorts, after.Label) {
			return b.Why
		}
	}
	return ""
}
