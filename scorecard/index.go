package scorecard

import (
	"slices"

	"levelfield/engine/results"
)

// Index finds the results of a run by indicator and area. A run makes it once, for all its boards and the handbook: there
// are hundreds of thousands of values, and every board asks for a few. It refers to the values of the set it was made of,
// which must stay as they are, and may be read by several boards at once.
type Index struct {
	values   *results.Index
	verdicts map[comparisonKey]results.Comparison
	trends   map[seriesKey]results.Trend
	changes  map[seriesKey]results.Change
	targets  map[string][]results.Target
	// without are the indicators that no area has a figure of, with the reason that the focus area's row gives.
	without map[string]string
}

type seriesKey struct{ indicator, area, breakdown, category string }

type comparisonKey struct {
	results.Key
	comparator string
}

// NewIndex makes the index of a set of results for a focus area.
func NewIndex(set results.Set, focus string) *Index {
	index := &Index{
		values: set.Index, verdicts: map[comparisonKey]results.Comparison{}, trends: map[seriesKey]results.Trend{},
		changes: map[seriesKey]results.Change{}, targets: map[string][]results.Target{},
	}
	if index.values == nil {
		index.values = results.NewIndex(set.Values)
	}
	index.without = withoutFigures(index.values, focus)
	for _, c := range set.Comparisons {
		index.verdicts[comparisonKey{c.Key, c.Comparator}] = c
	}
	for _, t := range set.Trends {
		index.trends[seriesKey{t.Indicator, t.Area, t.Breakdown, t.Category}] = t
	}
	for _, c := range set.Changes {
		index.changes[seriesKey{indicator: c.Indicator, area: c.Area}] = c
	}
	for _, t := range set.Targets {
		index.targets[t.Indicator] = append(index.targets[t.Indicator], t)
	}
	return index
}

// Without says whether no area has a figure of an indicator.
func (i *Index) Without(indicator string) bool {
	_, is := i.without[indicator]
	return is
}

// all are the values of an indicator; none where it has no figure.
func (i *Index) all(indicator string) []results.Value {
	if i.Without(indicator) {
		return nil
	}
	return i.values.Of(indicator)
}

// series are the values of a series, the earliest first; none where the indicator has no figure.
func (i *Index) series(key seriesKey) []results.Value {
	if i.Without(key.indicator) {
		return nil
	}
	return i.values.Series(results.SeriesKey{Indicator: key.indicator, Area: key.area, Breakdown: key.breakdown, Category: key.category})
}

// parts are the categories of an indicator in an area, in order.
func (i *Index) parts(indicator, area string) []part {
	var parts []part
	if !i.Without(indicator) {
		for _, key := range i.values.Keys(indicator, area) {
			if key.Breakdown != "" {
				parts = append(parts, part{key.Breakdown, key.Category})
			}
		}
	}
	return parts
}

// value is the value of a key, or one without a figure.
func (i *Index) value(key results.Key) results.Value {
	if i.Without(key.Indicator) {
		return results.Value{}
	}
	value, _ := i.values.Value(key)
	return value
}

// withoutFigures are the indicators of which no value exists, with the reason as the row of the focus area has it.
func withoutFigures(values *results.Index, focus string) map[string]string {
	reasons := map[string]string{}
	for _, indicator := range values.Indicators() {
		of := values.Of(indicator)
		if slices.ContainsFunc(of, results.Value.HasValue) {
			continue
		}
		for i := range of {
			if of[i].Area == focus {
				reasons[indicator] = of[i].Reason
			}
		}
	}
	return reasons
}
