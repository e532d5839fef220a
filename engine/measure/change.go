package measure

import (
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// changes are latest minus baseline for the focus area and for England, where the definition names a baseline. Two
// periods on either side of a break give no change, but the reason. Amounts of money change as ratios to England's: the
// latest ratio less that of the baseline, both by MOVER-R.
func (m *measurer) changes(definition indicators.Definition, ix *results.Index) []results.Change {
	if definition.Baseline == "" {
		return nil
	}
	var changes []results.Change
	focus := results.SeriesKey{Indicator: definition.ID, Area: m.scope.Focus}
	latest, found := ix.Latest(focus)
	if !found {
		return nil
	}
	for _, area := range []string{m.scope.Focus, m.scope.England} {
		key := latest.Key()
		key.Area = area
		last, _ := ix.Value(key)
		key.Period = string(definition.Baseline)
		first, held := ix.Value(key)
		if !held || first.Period.Label == last.Period.Label || last.Indicator == "" {
			continue
		}
		change := results.Change{Indicator: definition.ID, Area: area, From: first.Period, To: last.Period, First: first.Value, Last: last.Value}
		series := ix.Series(results.SeriesKey{Indicator: definition.ID, Area: area})
		switch why := separated(definition, series, first.Period, last.Period); {
		case why != "":
			change.Change = stats.Missing(stats.StatusUnavailable, why)
		case definition.Money && area == m.scope.England:
			change.Change = stats.Missing(stats.StatusUnavailable, "amounts in cash terms: other areas are shown as a ratio to England")
		case definition.Money:
			change.Change = stats.Change(m.ratioToEngland(ix, first), m.ratioToEngland(ix, last))
		default:
			change.Change = stats.Change(first.Estimate, last.Estimate)
		}
		changes = append(changes, change)
	}
	return changes
}
