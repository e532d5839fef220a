package measure_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"levelfield/engine/measure"
	"levelfield/engine/results"
	"levelfield/indicators"
	"levelfield/seeds"
)

// withoutIndex leaves out what only finds values.
var withoutIndex = cmpopts.IgnoreFields(results.Set{}, "Index")

// workshop is a project on which somebody works: two indicators that read tables, and one that is made of both.
type workshop struct {
	scope  measure.Scope
	tables map[string]measure.Table
	wanted map[string]measure.Indicator
}

func newWorkshop(t testing.TB) *workshop {
	other := share()
	other.ID = "other"
	w := &workshop{scope: scope(), tables: map[string]measure.Table{}, wanted: map[string]measure.Indicator{
		"share": {Definition: share(), Table: "figures"},
		"other": {Definition: other, Table: "others"},
		"gap": {Definition: indicators.Definition{
			ID: "gap", Unit: "percentage points", Polarity: "low",
			Measure: indicators.Measure{Difference: &indicators.Difference{First: "share", Second: "other"}},
		}},
	}}
	w.table(t, "figures", 1)
	w.table(t, "others", 2)
	return w
}

// table puts a release into the place of a table.
func (w *workshop) table(t testing.TB, id string, n float64) {
	items := map[string][]string{"figures": shareItems, "others": {"other/proportion.numerator", "other/proportion.denominator"}}
	table := tableOf(t, "calendar", nil, items[id],
		given{"A", "2023", nil, []any{10 + n, 200.0}}, given{"A", "2022", nil, []any{11 + n, 210.0}},
		given{"B", "2023", nil, []any{20 + n, 200.0}}, given{"E", "2023", nil, []any{"c", 9000.0}},
	)
	table.Dataset.ID = id
	w.tables[id] = table
}

// works are what somebody changes.
func works(t testing.TB) map[string]func(w *workshop, n int) {
	edit := func(w *workshop, id string, change func(*indicators.Definition)) {
		indicator, held := w.wanted[id]
		if held {
			change(&indicator.Definition)
			w.wanted[id] = indicator
		}
	}
	return map[string]func(w *workshop, n int){
		"nothing": func(*workshop, int) {},
		"words": func(w *workshop, n int) {
			edit(w, "share", func(d *indicators.Definition) { d.Short = string(rune('a' + n)) })
		},
		"polarity": func(w *workshop, n int) {
			edit(w, "other", func(d *indicators.Definition) { d.Polarity = []string{"low", "high", "neutral"}[n%3] })
		},
		"unit": func(w *workshop, n int) {
			edit(w, "share", func(d *indicators.Definition) { d.Unit = []string{"%", "per 1,000"}[n%2] })
		},
		"release": func(w *workshop, n int) { w.table(t, []string{"figures", "others"}[n%2], float64(n)) },
		"warning": func(w *workshop, n int) {
			table := w.tables["figures"]
			table.Warnings = []string{"a figure moved", "no figure moved"}[n%2 : n%2+1]
			w.tables["figures"] = table
		},
		"focus":    func(w *workshop, n int) { w.scope.Focus = []string{"A", "B"}[n%2] },
		"withheld": func(w *workshop, n int) { w.scope.Withheld = []map[string]string{nil, {"others": "faulty"}}[n%2] },
		"target": func(w *workshop, n int) {
			limit := float64(n)
			w.scope.Targets = map[string][]seeds.Target{"share": {{Indicator: "share", Period: "2023", Kind: "at-most", Basis: "value", Upper: &limit}}}
		},
		"dropped": func(w *workshop, n int) { delete(w.wanted, []string{"gap", "none"}[n%2]) },
	}
}

// TestKeeperMeasuresAsIfAnew: whatever somebody changes one after the other, what was kept and what was measured again come to
// the results of a measuring that begins from nothing.
func TestKeeperMeasuresAsIfAnew(t *testing.T) {
	t.Parallel()
	changes := works(t)
	names := slices.Sorted(maps.Keys(changes))
	rapid.Check(t, func(r *rapid.T) {
		w, keeper := newWorkshop(t), new(measure.Keeper)
		for range rapid.IntRange(1, 8).Draw(r, "changes") {
			name := rapid.SampledFrom(names).Draw(r, "change")
			changes[name](w, rapid.IntRange(0, 5).Draw(r, "n"))
			wanted := slices.Collect(maps.Values(w.wanted))
			want, err := measure.Measure(w.scope, w.tables, wanted)
			if err != nil {
				r.Fatal(err)
			}
			got, err := keeper.Measure(w.scope, w.tables, wanted)
			if err != nil {
				r.Fatal(err)
			}
			if diff := cmp.Diff(want, got, withoutIndex); diff != "" {
				r.Fatalf("after a change of %s (-anew +kept):\n%s", name, diff)
			}
		}
	})
}

// TestKeeperKeepsWhatDidNotChange: the values of an indicator whose table is the same are those of the call before, not equal ones.
func TestKeeperKeepsWhatDidNotChange(t *testing.T) {
	t.Parallel()
	w, keeper := newWorkshop(t), new(measure.Keeper)
	first := func() map[string]*float64 {
		set, err := keeper.Measure(w.scope, w.tables, slices.Collect(maps.Values(w.wanted)))
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]*float64{}
		for v := range set.Values.All() {
			if v.Area == "A" && v.Period.Label == "2023" {
				found[v.Indicator] = v.Value
			}
		}
		return found
	}
	before := first()
	w.table(t, "figures", 3)
	after := first()
	if before["other"] != after["other"] || before["share"] == after["share"] || *before["share"] == *after["share"] {
		t.Errorf("got %v and then %v, want only the share measured again", before, after)
	}
}

// TestWordsHaveNoPartInFigures: a definition without its words is measured like the one with them.
func TestWordsHaveNoPartInFigures(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	var told, bare []measure.Indicator
	for _, indicator := range w.wanted {
		d := &indicator.Definition
		d.Title, d.Short, d.Definition, d.Rationale, d.Caveats, d.Notes, d.PolarityReason = "A", "B", "C", "D", "E", "F", "G"
		d.Goals, d.EvidenceFor, d.Expects, d.Population, d.Label = []string{"1A"}, []string{"1A/aim"}, []string{"sex"}, "residents", "official"
		told = append(told, indicator)
		indicator.Definition = indicator.Definition.Figures()
		bare = append(bare, indicator)
	}
	want, err := measure.Measure(w.scope, w.tables, told)
	if err != nil {
		t.Fatal(err)
	}
	got, err := measure.Measure(w.scope, w.tables, bare)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, withoutIndex); diff != "" {
		t.Errorf("without words (-with +without):\n%s", diff)
	}
}
