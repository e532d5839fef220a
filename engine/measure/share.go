package measure

import (
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// share makes the representation of a group in every area and period in which the other indicator has a row for it.
func (m *measurer) share(definition indicators.Definition) []results.Value {
	spec := definition.Measure.Share
	type place struct{ area, period string }
	everyone := map[place]results.Value{}
	for _, v := range m.made[spec.Of] {
		if v.Headline() {
			everyone[place{v.Area, v.Period.Label}] = v
		}
	}
	var values []results.Value
	for _, group := range m.made[spec.Of] {
		if group.Breakdown != spec.Breakdown || group.Category != spec.Group {
			continue
		}
		all := everyone[place{group.Area, group.Period.Label}]
		value := m.value(definition, group.Area, group.Period)
		value.Dataset, value.Snapshot = group.Dataset, group.Snapshot
		if value.Estimate = represented(group, all).Times(multiplier(definition.Unit)); value.HasValue() {
			value.Status = orderLetters(group.Status + " " + all.Status)
			value.Method += " (derived)"
		}
		values = append(values, value)
	}
	return values
}

// represented holds a group's share of those counted against its share of the population.
func represented(group, all results.Value) stats.Estimate {
	for _, side := range []results.Value{group, all} {
		switch {
		case side.Status != "" && !side.HasValue():
			return stats.Missing(side.Status, side.Reason)
		case side.Numerator == nil || side.Denominator == nil:
			return stats.Missing(stats.StatusUnavailable, "the counts of the group or of everyone are not held")
		}
	}
	return stats.Representation(*group.Numerator, *all.Numerator, *group.Denominator, *all.Denominator)
}
