package measure_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/measure"
	"levelfield/engine/results"
	"levelfield/indicators"
)

// find is the value of an indicator in A and a period.
func find(t *testing.T, set results.Set, indicator, period string) results.Value {
	t.Helper()
	for v := range set.Values.All() {
		if v.Indicator == indicator && v.Area == "A" && v.Period.Label == period {
			return *v
		}
	}
	t.Fatalf("got no value of %s in %s", indicator, period)
	return results.Value{}
}

func TestStatusLettersOfAValue(t *testing.T) {
	t.Parallel()
	table := tableOf(t, "calendar", nil, shareItems,
		given{"A", "2019", nil, []any{flagged{10, "r"}, flagged{100, "p"}}},
		given{"A", "2020", nil, []any{"x c", 100.0}},
		given{"A", "2021", nil, []any{"x", flagged{100, "p"}}},
		given{"A", "2022", nil, []any{10.0, "u"}},
		given{"A", "2023", nil, []any{nil, 100.0}},
		given{"A", "2024", nil, []any{10.0, 0.0}},
		given{"A", "2025", nil, []any{20.0, 10.0}},
	)
	table.Warnings = []string{"Figures do not add up."}
	set := measured(t, table, share())
	for _, test := range []struct {
		period, status, reason    string
		numerator, denominator, v bool
	}{
		{"2019", "p r", "", true, true, true},
		{"2020", "c x", "suppressed by the publisher to protect confidentiality", false, false, false},
		{"2021", "x", "not available", false, true, false},
		{"2022", "u", "too unreliable to publish", false, false, false},
		{"2023", "x", "not available", false, true, false},
		{"2024", "x", "denominator is zero", false, true, false},
		{"2025", "x", "numerator greater than denominator", false, true, false},
	} {
		v := find(t, set, "share", test.period)
		if v.Status != test.status || v.Reason != test.reason {
			t.Errorf("%s: got status %q, %q, want %q, %q", test.period, v.Status, v.Reason, test.status, test.reason)
		}
		if (v.Numerator != nil) != test.numerator || (v.Denominator != nil) != test.denominator || v.HasValue() != test.v {
			t.Errorf("%s: got numerator %v, denominator %v, value %v, want %v, %v, %v", test.period, v.Numerator != nil, v.Denominator != nil, v.HasValue(), test.numerator, test.denominator, test.v)
		}
		if !v.HasValue() && (v.Lower95 != nil || v.WorkedBack != nil) {
			t.Errorf("%s: got numbers without a value: %+v", test.period, v)
		}
		if got := strings.Join(v.Warnings, "; "); !strings.Contains(got, "Figures do not add up.") {
			t.Errorf("%s: got the warnings %q, want those of the dataset's checks", test.period, got)
		}
	}
	if v := find(t, set, "share", "2019"); v.Dataset != "figures" || v.Snapshot != "abcdef123456" || v.Row != 2 || v.AreaName != "Ayton" || v.AreaType != "unitary" {
		t.Errorf("got %q, %q, row %d, %q, %q, want where the value comes from and its place", v.Dataset, v.Snapshot, v.Row, v.AreaName, v.AreaType)
	}
}

func TestWorkedBackCountIsNoData(t *testing.T) {
	t.Parallel()
	definition := share()
	definition.Measure.Proportion = &indicators.Proportion{Share: "p", Denominator: "d", Step: 0.001}
	items := []string{"share/proportion.share", "share/proportion.denominator"}
	table := tableOf(t, "calendar", nil, items,
		given{"A", "2022", nil, []any{0.038, 5150.0}}, given{"A", "2023", nil, []any{1.002, 5150.0}}, given{"A", "2024", nil, []any{"c", 5150.0}})
	set := measured(t, table, definition)
	// FIGURES.md section 5: about 196 of 5,150.
	if v := find(t, set, "share", "2022"); v.Numerator != nil || v.WorkedBack == nil || *v.WorkedBack != 196 {
		t.Errorf("got numerator %v and worked back %v, want none and 196", v.Numerator, v.WorkedBack)
	}
	if v := find(t, set, "share", "2023"); v.HasValue() || v.Reason != "share greater than one" || v.WorkedBack != nil {
		t.Errorf("a share of 100.2%%: got %+v, want no value and the reason", v.Estimate)
	}
	if v := find(t, set, "share", "2024"); v.Denominator != nil || v.Status != "c" {
		t.Errorf("a suppressed share: got denominator %v, status %q, want none and c", v.Denominator, v.Status)
	}
}

func TestPublishedLimitsOfAPercentageStayInside(t *testing.T) {
	t.Parallel()
	definition := printed("values", "")
	definition.Measure.Published = &indicators.Published{Value: "v", Lower: "l", Upper: "u"}
	items := []string{"values/published.value", "values/published.lower", "values/published.upper"}
	table := tableOf(t, "calendar", nil, items,
		given{"A", "2022", nil, []any{1.0, -2.0, 4.0}}, given{"A", "2023", nil, []any{50.0, 60.0, 40.0}}, given{"A", "2024", nil, []any{50.0, 45.0, nil}})
	set := measured(t, table, definition)
	if v := find(t, set, "values", "2022"); *v.Lower95 != 0 || *v.Lower998 != 0 || *v.Upper95 != 4 {
		t.Errorf("got %v to %v, want 0 to 4", *v.Lower95, *v.Upper95)
	}
	if v := find(t, set, "values", "2023"); v.HasInterval() || !strings.Contains(strings.Join(v.Warnings, ";"), "wrong order") {
		t.Errorf("limits in the wrong order: got %+v, want none and a warning", v.Estimate)
	}
	if v := find(t, set, "values", "2024"); v.HasInterval() || !strings.Contains(strings.Join(v.Warnings, ";"), "only one limit") {
		t.Errorf("one limit: got %+v, want no interval and a warning", v.Estimate)
	}
}

func TestDifferencesOfDifferences(t *testing.T) {
	t.Parallel()
	minus := func(id, first, second string) indicators.Definition {
		return indicators.Definition{ID: id, Unit: "points", Polarity: "low", Measure: indicators.Measure{Difference: &indicators.Difference{First: first, Second: second}}}
	}
	items := []string{"p/published.value", "q/published.value", "r/published.value"}
	table := tableOf(t, "calendar", nil, items, given{"A", "2023", nil, []any{50.0, 20.0, 5.0}}, given{"A", "2022", nil, []any{50.0, "c", 5.0}})
	// a is made of z, which its name puts last: the order of making is by need, not by name.
	set := measured(t, table, minus("a", "z", "r"), printed("p", "modelled"), printed("q", "modelled"), printed("r", "modelled"), minus("z", "p", "q"))
	if v := find(t, set, "a", "2023"); *v.Value != 25 || v.Dataset != "figures" || v.HasInterval() {
		t.Errorf("got %v from %q, want (50 - 20) - 5 = 25 from figures, without an interval", *v.Value, v.Dataset)
	}
	if v := find(t, set, "a", "2022"); v.HasValue() || v.Status != "c" {
		t.Errorf("with a suppressed part: got status %q, want c and no value", v.Status)
	}
	got := minus("a", "z", "r").Operands()
	if diff := cmp.Diff([]string{"z", "r"}, got); diff != "" {
		t.Errorf("operands (-want +got):\n%s", diff)
	}
	of := indicators.Definition{Measure: indicators.Measure{Difference: &indicators.Difference{Of: "share", Breakdown: "sex", First: "boys", Second: "girls"}}}
	if diff := cmp.Diff([]string{"share"}, of.Operands()); diff != "" {
		t.Errorf("operands of a gap between groups (-want +got):\n%s", diff)
	}
	if got := share().Operands(); got != nil {
		t.Errorf("operands of a proportion: got %v, want none", got)
	}
}

func TestTablesThatBreakThePromise(t *testing.T) {
	t.Parallel()
	row := given{"A", "2023", nil, []any{10.0, 100.0}}
	whole := tableOf(t, "calendar", nil, shareItems, row)
	unnamed := whole
	unnamed.Items = append(unnamed.Items, "share/proportion.share")
	unknown := share()
	unknown.Measure = indicators.Measure{}
	elsewhere := share()
	elsewhere.Dataset = "others"
	for _, test := range []struct {
		name, says string
		table      measure.Table
		definition indicators.Definition
	}{
		{"a period of another kind", `measure share: "2023" is not a financial period`, tableOf(t, "financial", nil, shareItems, row), share()},
		{"an item without a column", "no column v_2", unnamed, share()},
		{"a measure of no kind", "no way to compute", whole, unknown},
		{"a dataset that was not aggregated", "others was not aggregated", whole, elsewhere},
	} {
		_, err := measure.Measure(scope(), map[string]measure.Table{"figures": test.table}, []measure.Indicator{{Definition: test.definition, Table: test.definition.Dataset}})
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: got %v, want an error that says %q", test.name, err, test.says)
		}
	}
}
