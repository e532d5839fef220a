package measure

import (
	"fmt"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// tested holds a value against one further reference of its definition, by the difference of the two. The reference is an
// estimate of its own with the value's own area left out, so that the two are independent.
func (m *measurer) tested(definition indicators.Definition, reference indicators.Reference, ix *results.Index, of results.Value) results.Comparison {
	comparison := results.Comparison{Key: of.Key()}
	var held stats.Estimate
	var said string
	switch {
	case reference.RestOf != "":
		code := m.scope.England
		if reference.RestOf == "region" {
			code = m.scope.Region
		}
		comparison.Comparator = "rest of " + code
		held, said = restOf(m.base(definition), at(ix, of, of.Indicator, code), of), "the area taken out of what it is a part of"
	case reference.Period != "":
		comparison.Comparator = "own " + string(reference.Period)
		held, said = earlier(definition, ix, of, string(reference.Period)), "the area itself, at an earlier period"
	default:
		members := reference.Areas
		if comparison.Comparator = reference.Name; reference.Set != "" {
			comparison.Comparator, members = reference.Set+" together", m.scope.Neighbours[reference.Set]
		}
		var among int
		held, comparison.Of, among = together(m.base(definition), ix, of, members)
		said = fmt.Sprintf("the counts of %d of %d areas added up", comparison.Of, among)
	}
	verdict := stats.CompareDifference(of.Estimate, held, stats.Polarity(definition.Polarity))
	comparison.ComparatorValue, comparison.Outcome, comparison.Rule = held.Value, verdict.Outcome, verdict.Rule
	if comparison.Reason = said; verdict.Reason != "" {
		comparison.Reason = verdict.Reason
	}
	if of.HasValue() && !held.HasValue() {
		comparison.Reason = held.Reason
	}
	return comparison
}

// fromCounts is a measure's value from a numerator and denominator that were added up.
func fromCounts(definition indicators.Definition, numerator, denominator float64) stats.Estimate {
	switch {
	case definition.Measure.Proportion != nil:
		return stats.Proportion(numerator, denominator, multiplier(definition.Unit))
	case definition.Measure.Rate != nil:
		return stats.Rate(numerator, denominator, definition.Measure.Rate.Per)
	}
	return stats.Missing(stats.StatusUnavailable, "a measure without counts cannot be added up")
}

// hasCounts reports whether a value stands on counts that are data.
func hasCounts(v results.Value) bool {
	return v.HasValue() && v.Numerator != nil && v.Denominator != nil
}

// noQuantileOfOthers is why a group made here has no quantile.
const noQuantileOfOthers = "the quantile of a group cannot be made of the quantiles of areas: only that of single values can"

// restOf is a whole without the part that the value is of.
func restOf(definition indicators.Definition, whole, part results.Value) stats.Estimate {
	switch {
	case definition.Measure.Quantile != nil:
		return stats.Missing(stats.StatusUnavailable, noQuantileOfOthers)
	case !hasCounts(whole):
		return stats.Missing(stats.StatusUnavailable, "counts of the whole are not published")
	case !hasCounts(part):
		return stats.Missing(stats.StatusUnavailable, "counts of the area are not published")
	}
	return fromCounts(definition, *whole.Numerator-*part.Numerator, *whole.Denominator-*part.Denominator)
}

// together is the value of a group of areas from their counts: not the mean of their values, in which a small area would
// weigh as much as a large one. The area that the value is of is not one of them.
func together(definition indicators.Definition, ix *results.Index, of results.Value, members []string) (value stats.Estimate, with, among int) {
	var numerator, denominator float64
	for _, code := range members {
		if code == of.Area {
			continue
		}
		among++
		if v := at(ix, of, of.Indicator, code); hasCounts(v) {
			numerator, denominator, with = numerator+*v.Numerator, denominator+*v.Denominator, with+1
		}
	}
	if definition.Measure.Quantile != nil {
		return stats.Missing(stats.StatusUnavailable, noQuantileOfOthers), 0, among
	}
	if with == 0 {
		return stats.Missing(stats.StatusUnavailable, "no area of the group has counts"), 0, among
	}
	return fromCounts(definition, numerator, denominator), with, among
}

// earlier is the value of the same area and category at an earlier period, if nothing separates the two.
func earlier(definition indicators.Definition, ix *results.Index, of results.Value, label string) stats.Estimate {
	key := of.Key()
	key.Period = label
	then, held := ix.Value(key)
	if !held || !then.Period.Before(of.Period) {
		return stats.Missing(stats.StatusUnavailable, "no earlier period "+label)
	}
	if then.Period.Overlaps(of.Period) {
		return stats.Missing(stats.StatusUnavailable, "periods overlap")
	}
	series := ix.Series(of.Series())
	if why := separated(definition, series, then.Period, of.Period); why != "" {
		return stats.Missing(stats.StatusUnavailable, why)
	}
	return then.Estimate
}
