package results

import (
	"cmp"
	"maps"
	"slices"
	"sort"
)

// SeriesKey names the values of one indicator, area and category over time.
type SeriesKey struct{ Indicator, Area, Breakdown, Category string }

// Series is the key of the series that a value belongs to.
func (v *Value) Series() SeriesKey { return SeriesKey{v.Indicator, v.Area, v.Breakdown, v.Category} }

// Index finds values by series. Values in the order of [SortValues] need no table of series: those of an indicator stand together,
// in them those of a category, and in these those of an area, so that a series is found by halving and is a part of the values
// themselves. It may be read by several at once, and refers to the values, which must stay as they are.
type Index struct {
	indicators map[string]indexed
}

// indexed are the values of one indicator with the groups in which they stand.
type indexed struct {
	values []Value
	groups []group
}

// group are the values of one category, from one place to another.
type group struct {
	breakdown, category string
	from, to            int
}

// NewIndex makes the index of values. Where they are not in order, it is of a copy that is.
func NewIndex(values Values) *Index {
	ix := &Index{indicators: map[string]indexed{}}
	for _, part := range values.Sorted() {
		for from := 0; from < len(part); {
			indicator := part[from].Indicator
			to := from + sort.Search(len(part)-from, func(i int) bool { return part[from+i].Indicator != indicator })
			own := part[from:to:to]
			if before, split := ix.indicators[indicator]; split {
				own = slices.Concat(before.values, own)
			}
			ix.indicators[indicator] = indexed{values: own, groups: groupsOf(own)}
			from = to
		}
	}
	return ix
}

func groupsOf(values []Value) []group {
	var groups []group
	for from := 0; from < len(values); {
		g := group{breakdown: values[from].Breakdown, category: values[from].Category, from: from}
		g.to = from + sort.Search(len(values)-from, func(i int) bool {
			return values[from+i].Breakdown != g.breakdown || values[from+i].Category != g.category
		})
		groups, from = append(groups, g), g.to
	}
	return groups
}

// Indicators are the ids of the indicators that have a row, sorted.
func (ix *Index) Indicators() []string { return slices.Sorted(maps.Keys(ix.indicators)) }

// Of are the values of an indicator.
func (ix *Index) Of(indicator string) []Value { return ix.indicators[indicator].values }

// Series are the values of a series, the earliest period first.
func (ix *Index) Series(key SeriesKey) []Value {
	of := ix.indicators[key.Indicator]
	at, found := slices.BinarySearchFunc(of.groups, key, func(g group, key SeriesKey) int {
		return cmp.Or(cmp.Compare(g.breakdown, key.Breakdown), cmp.Compare(g.category, key.Category))
	})
	if !found {
		return nil
	}
	return inArea(of.values[of.groups[at].from:of.groups[at].to], key.Area)
}

// inArea are the values of one area among those of a group.
func inArea(values []Value, area string) []Value {
	from := sort.Search(len(values), func(i int) bool { return values[i].Area >= area })
	to := from
	for to < len(values) && values[to].Area == area {
		to++
	}
	return values[from:to:to]
}

// Keys are the series of an indicator in an area: the headline, then the categories in order.
func (ix *Index) Keys(indicator, area string) []SeriesKey {
	of := ix.indicators[indicator]
	var keys []SeriesKey
	for _, g := range of.groups {
		if len(inArea(of.values[g.from:g.to], area)) > 0 {
			keys = append(keys, SeriesKey{indicator, area, g.breakdown, g.category})
		}
	}
	return keys
}

// Value is the value of a key; of several of one label, the last.
func (ix *Index) Value(key Key) (value Value, held bool) {
	series := ix.Series(SeriesKey{key.Indicator, key.Area, key.Breakdown, key.Category})
	for i := len(series) - 1; i >= 0; i-- {
		if series[i].Period.Label == key.Period {
			return series[i], true
		}
	}
	return Value{}, false
}

// Latest is the newest value of a series that is one, else its newest row, which says why there is none.
func (ix *Index) Latest(key SeriesKey) (value Value, held bool) {
	series := ix.Series(key)
	for i := len(series) - 1; i >= 0; i-- {
		if series[i].HasValue() {
			return series[i], true
		}
	}
	if len(series) == 0 {
		return Value{}, false
	}
	return series[len(series)-1], true
}
