package measure

import (
	"cmp"
	"slices"
	"strconv"

	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/seeds"
)

// targets holds the headline figures of the focus area against the targets that were set for their periods, in the order of
// the periods. A target of a period without a figure is not due yet, or has none to be held against.
func (m *measurer) targets(definition indicators.Definition, ix *results.Index) []results.Target {
	focus := results.SeriesKey{Indicator: definition.ID, Area: m.scope.Focus}
	latest, found := ix.Latest(focus)
	if !found {
		return nil
	}
	var targets []results.Target
	for _, set := range m.scope.Targets[definition.ID] {
		when, err := period.Parse(latest.Period.Kind, set.Period)
		if err != nil {
			continue // told by the engine, which knows the place
		}
		target := results.Target{
			Indicator: definition.ID, Area: m.scope.Focus, Period: when, Kind: set.Kind, Basis: set.Basis,
			Tolerance: set.Tolerance, AsCounted: set.AsCounted, Source: set.Source,
		}
		value, held := ix.Value(results.Key{Indicator: definition.ID, Area: m.scope.Focus, Period: set.Period})
		why := m.limits(&target, definition, set, ix)
		switch {
		case held && value.HasValue() && why != "":
			target.Value, target.Status = value.Value, stats.TargetStanding{Outcome: stats.TargetCannotTell, Reason: why}
		case held:
			target.Value = value.Value
			target.Status = stats.StatusAgainstTarget(value.Estimate, stats.TargetRule{
				Target: stats.Target{Least: target.Lower, Most: target.Upper}, Tolerance: set.Tolerance, AsCounted: set.AsCounted,
			})
		case when.End > latest.Period.End || !latest.HasValue():
			target.Status = stats.TargetStanding{Outcome: results.TargetNotDue}
			target.Forecast = m.forecast(definition, target, when, ix)
		default:
			target.Status = stats.TargetStanding{Outcome: results.TargetNoFigure, Reason: "no figure is held for the period"}
		}
		targets = append(targets, target)
	}
	slices.SortStableFunc(targets, func(a, b results.Target) int { return cmp.Compare(a.Period.End, b.Period.End) })
	return targets
}

// limits finds the limits of a target in the unit of the indicator, or says why there are none.
func (m *measurer) limits(target *results.Target, definition indicators.Definition, set seeds.Target, ix *results.Index) (why string) {
	switch set.Basis {
	case seeds.FromPercentile:
		target.LowerPercentile, target.UpperPercentile = set.Lower, set.Upper
		for _, limit := range []struct{ asked, into **float64 }{{&target.LowerPercentile, &target.Lower}, {&target.UpperPercentile, &target.Upper}} {
			if *limit.asked == nil {
				continue
			}
			if *limit.into = m.percentile(definition.ID, set.Period, **limit.asked, ix); *limit.into == nil {
				return "the target is a percentile of authorities, of which fewer than five have a figure for the period"
			}
		}
	case seeds.FromEnglandLastYear:
		value, why := m.yearBefore(target.Period, definition, ix)
		if why != "" {
			return why
		}
		if target.Kind == seeds.AtMost {
			target.Upper = value
		} else {
			target.Lower = value
		}
	default:
		target.Lower, target.Upper = set.Lower, set.Upper
	}
	return ""
}

// percentile is a percentile of the ranked authorities in a period, or nil where too few have a figure.
func (m *measurer) percentile(indicator, label string, p float64, ix *results.Index) *float64 {
	var values []*float64
	for code := range m.scope.Ranked {
		value, _ := ix.Value(results.Key{Indicator: indicator, Area: code, Period: label})
		values = append(values, value.Value)
	}
	found, _ := stats.Percentile(values, p)
	return found
}

// yearBefore is England's value in the period that ends one year before another, unless the series breaks between the two.
func (m *measurer) yearBefore(when period.Period, definition indicators.Definition, ix *results.Index) (value *float64, why string) {
	const none = "the target is England's value of the year before, which is not held"
	year, err := strconv.Atoi(when.End[:len("2006")])
	if err != nil {
		return nil, none
	}
	month := strconv.Itoa(year-1) + when.End[len("2006"):len("2006-01")]
	series := ix.Series(results.SeriesKey{Indicator: definition.ID, Area: m.scope.England})
	for i, v := range series {
		if v.Period.End[:len("2006-01")] != month || v.Period.Kind != when.Kind || !v.HasValue() {
			continue
		}
		before := v.Period
		for _, later := range append(slices.Clone(series[i+1:]), results.Value{Period: when}) {
			if later.Period.End > when.End {
				continue
			}
			if broken := definition.Separates(before, later.Period); broken != "" {
				return nil, "the series breaks after England's value of the year before: " + broken
			}
			before = later.Period
		}
		return v.Value, ""
	}
	return nil, none
}
