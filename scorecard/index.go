package scorecard

import (
	"maps"

	"levelfield/engine/results"
)

// Index finds the results of a run by indicator and area. A run makes it once, for all its boards and the handbook: there
// are hundreds of thousands of values, and every board asks for a few. It refers to the values of the set it was made of,
// which must stay as they are, and may be read by several boards at once.
type Index struct {
	// all are the values of each indicator.
	all    map[string][]results.Value
	series map[seriesKey][]results.Value
	// parts are the categories of each indicator and area, in the order of their values.
	parts    map[seriesKey][]part
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

// NewIndex makes the index of a set of results for a focus area. Values in the order of [results.SortValues] are not
// copied; any other order is taken too.
func NewIndex(set results.Set, focus string) *Index {
	index := &Index{
		all: map[string][]results.Value{}, series: map[seriesKey][]results.Value{}, parts: map[seriesKey][]part{},
		verdicts: map[comparisonKey]results.Comparison{}, trends: map[seriesKey]results.Trend{}, changes: map[seriesKey]results.Change{},
		targets: map[string][]results.Target{},
		without: withoutFigures(set.Values, focus),
	}
	for _, part := range set.Values {
		eachRun(part, indicatorOf, func(indicator string, values []results.Value) {
			if _, none := index.without[indicator]; !none {
				join(index.all, indicator, values)
			}
		})
	}
	for _, values := range index.all {
		eachRun(values, seriesOf, index.addSeries)
	}
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

func indicatorOf(v *results.Value) string { return v.Indicator }

func seriesOf(v *results.Value) seriesKey {
	return seriesKey{v.Indicator, v.Area, v.Breakdown, v.Category}
}

func (i *Index) addSeries(key seriesKey, values []results.Value) {
	if _, known := i.series[key]; !known && key.breakdown != "" {
		of := seriesKey{indicator: key.indicator, area: key.area}
		i.parts[of] = append(i.parts[of], part{key.breakdown, key.category})
	}
	join(i.series, key, values)
}

// value is the value of a key, or one without a figure.
func (i *Index) value(key results.Key) results.Value {
	series := i.series[seriesKey{key.Indicator, key.Area, key.Breakdown, key.Category}]
	for n := len(series) - 1; n >= 0; n-- {
		if series[n].Period.Label == key.Period {
			return series[n]
		}
	}
	return results.Value{}
}

// eachRun visits the runs of neighbouring values that have the same key.
func eachRun[K comparable](values []results.Value, keyOf func(*results.Value) K, visit func(K, []results.Value)) {
	for from := 0; from < len(values); {
		key, to := keyOf(&values[from]), from+1
		for to < len(values) && keyOf(&values[to]) == key {
			to++
		}
		// A slice that can grow would grow over its neighbour.
		visit(key, values[from:to:to])
		from = to
	}
}

func join[K comparable](into map[K][]results.Value, key K, values []results.Value) {
	if held, known := into[key]; known {
		values = append(held, values...)
	}
	into[key] = values
}

// withoutFigures are the indicators of which no value exists, with the reason as the row of the focus area has it.
func withoutFigures(values results.Values, focus string) map[string]string {
	reasons, held := map[string]string{}, map[string]bool{}
	look := func(indicator string, values []results.Value) {
		for i := range values {
			switch v := &values[i]; {
			case held[indicator]:
				return
			case v.HasValue():
				held[indicator] = true
			case v.Area == focus:
				reasons[indicator] = v.Reason
			}
		}
	}
	for _, part := range values {
		eachRun(part, indicatorOf, look)
	}
	maps.DeleteFunc(reasons, func(indicator, _ string) bool { return held[indicator] })
	return reasons
}
