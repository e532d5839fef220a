package measure

import (
	"fmt"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// The rules of comparisons.csv beside those of engine/stats.
const (
	ruleMedian  = "median"
	ruleContext = "context"
)

// comparisons judges the latest headline of the focus area, and the latest value of each of its categories, against
// England, and sets them beside the region and the median of the neighbours.
func (m *measurer) comparisons(definition indicators.Definition, ix *results.Index) []results.Comparison {
	var comparisons []results.Comparison
	for _, key := range ix.Keys(definition.ID, m.scope.Focus) {
		latest, found := ix.Latest(key)
		if !found {
			continue
		}
		comparisons = append(comparisons, m.againstEngland(definition, ix, latest))
		if m.scope.Region != "" {
			comparisons = append(comparisons, m.besideRegion(ix, latest))
		}
		if set := m.neighbourSet(definition); set != "" {
			comparisons = append(comparisons, m.besideNeighbours(ix, latest, set))
		}
		for _, reference := range definition.Compare.Tested {
			comparisons = append(comparisons, m.tested(definition, reference, ix, latest))
		}
	}
	return comparisons
}

func (m *measurer) againstEngland(definition indicators.Definition, ix *results.Index, of results.Value) results.Comparison {
	reference := at(ix, of, of.Indicator, m.scope.England)
	comparison := results.Comparison{Key: of.Key(), Comparator: m.scope.England, ComparatorValue: reference.Value}
	polarity := stats.Polarity(definition.Polarity)
	how := definition.Compare.England
	lost := definition.Measure.Published != nil && definition.Measure.Published.Interval == "lost"
	if !lost && of.HasValue() {
		comparison.Rank, comparison.Of, comparison.Ties = m.rank(ix, of, polarity)
	}
	var verdict stats.Comparison
	switch {
	case lost:
		verdict = stats.Comparison{Outcome: stats.NotCompared, Rule: "none", Reason: "a survey estimate whose interval is not held is not compared"}
	case how != nil && how.None != "":
		verdict = stats.Comparison{Outcome: stats.NotCompared, Rule: "none", Reason: how.None}
	case how != nil && how.Bounded():
		comparison.ComparatorLow, comparison.ComparatorHigh = m.bounds(how, ix, of)
		verdict = stats.CompareBounded(of.Estimate, comparison.ComparatorLow, comparison.ComparatorHigh, polarity)
	default:
		verdict = stats.Compare(of.Estimate, reference.Value, polarity)
	}
	comparison.Outcome, comparison.Rule, comparison.Reason = verdict.Outcome, verdict.Rule, verdict.Reason
	return comparison
}

// bounds are the two values between which the reference lies: those of the two indicators that the definition names,
// or the reference's own value and that value with the part that is not known added.
func (m *measurer) bounds(how *indicators.Comparator, ix *results.Index, of results.Value) (low, high *float64) {
	if len(how.Bounds) == 2 {
		return at(ix, of, how.Bounds[0], m.scope.England).Value, at(ix, of, how.Bounds[1], m.scope.England).Value
	}
	own, open := at(ix, of, of.Indicator, m.scope.England), at(ix, of, how.Unknown, m.scope.England)
	if own.Value == nil || open.Value == nil {
		return own.Value, nil
	}
	sum := *own.Value + *open.Value
	return own.Value, &sum
}

// at is the value of an indicator in another area at the period and category of a value.
func at(ix *results.Index, of results.Value, indicator, area string) results.Value {
	key := of.Key()
	key.Indicator, key.Area = indicator, area
	value, _ := ix.Value(key)
	return value
}

// rank is the position of a value among the ranked areas that have one, and how many others share it.
func (m *measurer) rank(ix *results.Index, of results.Value, polarity stats.Polarity) (rank, among, ties int) {
	if !m.scope.Ranked[of.Area] {
		return 0, 0, 0
	}
	values := make([]*float64, len(m.ranked))
	own := 0
	for i, code := range m.ranked {
		values[i] = at(ix, of, of.Indicator, code).Value
		if code == of.Area {
			own = i
		}
	}
	ranks, among := stats.Rank(values, polarity)
	for i, shared := range ranks {
		if i != own && shared == ranks[own] {
			ties++
		}
	}
	return ranks[own], among, ties
}

func (m *measurer) besideRegion(ix *results.Index, of results.Value) results.Comparison {
	return results.Comparison{
		Key: of.Key(), Comparator: m.scope.Region, ComparatorValue: at(ix, of, of.Indicator, m.scope.Region).Value,
		Outcome: stats.NotCompared, Rule: ruleContext, Reason: "shown for context: the area is a part of its region",
	}
}

func (m *measurer) neighbourSet(definition indicators.Definition) string {
	if chosen := definition.Compare.Neighbours; chosen != nil {
		return chosen.Set
	}
	return m.scope.DefaultSet
}

func (m *measurer) besideNeighbours(ix *results.Index, of results.Value, set string) results.Comparison {
	members := m.scope.Neighbours[set]
	values := make([]*float64, len(members))
	for i, code := range members {
		values[i] = at(ix, of, of.Indicator, code).Value
	}
	median, n := stats.Median(values)
	return results.Comparison{
		Key: of.Key(), Comparator: set, ComparatorValue: median, Of: n,
		Outcome: stats.Position, Rule: ruleMedian,
		Reason: fmt.Sprintf("median of %d of %d neighbours: a description, not a test", n, len(members)),
	}
}
