package results_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
)

// someValues are values of a few indicators, areas, categories and years, each once, in any order and parted anyhow.
func someValues(t *rapid.T) results.Values {
	var all []results.Value
	for _, indicator := range []string{"births", "neet", "pay"} {
		for _, area := range []string{"A", "B", "E"} {
			for _, category := range [][2]string{{}, {"sex", "men"}, {"sex", "women"}, {"age", "old"}} {
				for _, year := range []string{"2021", "2022", "2023"} {
					if !rapid.Bool().Draw(t, "held") {
						continue
					}
					v := results.Value{
						Indicator: indicator, Area: area, Breakdown: category[0], Category: category[1],
						Period: period.Period{Label: year, Start: year + "-01-01", End: year + "-12-31", Kind: period.Calendar},
					}
					if rapid.Bool().Draw(t, "told") {
						number := float64(len(all))
						v.Estimate = stats.Estimate{Value: &number}
					}
					all = append(all, v)
				}
			}
		}
	}
	all = rapid.Permutation(all).Draw(t, "order")
	var values results.Values
	for len(all) > 0 {
		n := rapid.IntRange(1, len(all)).Draw(t, "part")
		values, all = append(values, all[:n:n]), all[n:]
	}
	return values
}

// TestIndexFindsWhatAScanFinds: every series, its latest value and each single value are what looking through all of them finds.
func TestIndexFindsWhatAScanFinds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := someValues(t)
		sorted := slices.Concat(values...)
		results.SortValues(sorted)
		series := map[results.SeriesKey][]results.Value{}
		keys := map[[2]string][]results.SeriesKey{}
		for _, v := range sorted {
			key := v.Series()
			if series[key] == nil {
				at := [2]string{v.Indicator, v.Area}
				keys[at] = append(keys[at], key)
			}
			series[key] = append(series[key], v)
		}
		index := results.NewIndex(values)
		for key, want := range series {
			if diff := cmp.Diff(want, index.Series(key)); diff != "" {
				t.Fatalf("%v (-scan +index):\n%s", key, diff)
			}
			told := slices.DeleteFunc(slices.Clone(want), func(v results.Value) bool { return !v.HasValue() })
			if len(told) == 0 {
				told = want
			}
			if got, held := index.Latest(key); !held || !cmp.Equal(got, told[len(told)-1]) {
				t.Fatalf("%v: got %v as the latest, want %v", key, got, told[len(told)-1])
			}
			for _, v := range want {
				if got, held := index.Value(v.Key()); !held || !cmp.Equal(got, v) {
					t.Fatalf("%v: got %v", v.Key(), got)
				}
			}
		}
		for at, want := range keys {
			if diff := cmp.Diff(want, index.Keys(at[0], at[1])); diff != "" {
				t.Fatalf("the series of %v (-scan +index):\n%s", at, diff)
			}
		}
		if got := index.Series(results.SeriesKey{Indicator: "neet", Area: "Z"}); len(got) > 0 {
			t.Fatalf("got %v of an area that has none", got)
		}
		if _, held := index.Value(results.Key{Indicator: "none"}); held {
			t.Fatal("got a value of an indicator that has none")
		}
	})
}

// TestSortedKeepsWhatIsInOrder: values in order are not copied, whatever their parts are, and others are.
func TestSortedKeepsWhatIsInOrder(t *testing.T) {
	t.Parallel()
	a, b := results.Value{Indicator: "a"}, results.Value{Indicator: "b"}
	values := results.Values{{a}, {}, {b}}
	if got := values.Sorted(); &got[0][0] != &values[0][0] || got.Len() != 2 {
		t.Errorf("got %v, want the same values", got)
	}
	if got := (results.Values{{b}, {a}}).Sorted(); !cmp.Equal(got, results.Values{{a, b}}) {
		t.Errorf("got %v, want them in order", got)
	}
}
