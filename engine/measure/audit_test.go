package measure_test

import (
	"testing"

	"levelfield/datasets"
	"levelfield/engine/disclosure"
	"levelfield/engine/measure"
	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// published is a value as it stands in results.csv; the count −1 is a hidden one.
func published(indicator, area, category string, n, d float64) results.Value {
	v := results.Value{Indicator: indicator, Area: area, Period: period.Period{Label: "2024"}, Dataset: "figures", Unit: "%", Category: category}
	if category != "" {
		v.Breakdown = "sex"
	}
	if n < 0 {
		v.Estimate = stats.Missing("c", measure.ReasonSuppressed)
		return v
	}
	v.Numerator, v.Denominator, v.Estimate = &n, &d, stats.Proportion(n, d, 100)
	return v
}

// guard is a dataset with a policy of below 5 and an indicator over it that is broken down by sex.
func guard() *measure.Protection {
	dataset := datasets.Dataset{ID: "figures", Columns: []datasets.Column{
		{Name: "area", Role: "area"}, {Name: "period", Role: "period"}, {Name: "sex", Role: "category", Total: "all"},
		{Name: "n", Role: "count"}, {Name: "d", Role: "count"},
	}}
	share := indicators.Definition{
		ID: "share", Dataset: "figures", Unit: "%", Breakdowns: map[string]string{"sex": "sex"},
		Measure: indicators.Measure{Proportion: &indicators.Proportion{Numerator: "n", Denominator: "d"}},
	}
	return &measure.Protection{
		Policies:    map[string]measure.Policy{"figures": {Policy: disclosure.Policy{Below: 5}}},
		Definitions: map[string]indicators.Definition{"share": share}, Datasets: map[string]datasets.Dataset{"figures": dataset},
		Forms:   map[string]map[string]float64{"share/proportion.numerator": {"n": 1}, "share/proportion.denominator": {"d": 1}},
		Parents: map[string]string{"W1": "A", "W2": "A", "W3": "A"},
		Kinds:   map[string]string{"W1": "ward", "W2": "ward", "W3": "ward"},
	}
}

// TestAuditReadsWhatIsPublished works back what it can from published rows alone. Expected by hand.
func TestAuditReadsWhatIsPublished(t *testing.T) {
	t.Parallel()
	row := func(area, category string, n, d float64) results.Value {
		return published("share", area, category, n, d)
	}
	for name, c := range map[string]struct {
		values []results.Value
		want   []string // the hidden rows that can be worked back
	}{
		"nothing hidden":           {[]results.Value{row("A", "", 53, 232), row("A", "women", 21, 110), row("A", "men", 32, 122)}, nil},
		"one of two groups":        {[]results.Value{row("A", "", 24, 132), row("A", "women", 21, 110), row("A", "men", -1, 0)}, []string{"A men"}},
		"both groups":              {[]results.Value{row("A", "", 24, 132), row("A", "women", -1, 0), row("A", "men", -1, 0)}, nil},
		"both groups of 4":         {[]results.Value{row("A", "", 4, 132), row("A", "women", -1, 0), row("A", "men", -1, 0)}, []string{"A men", "A women"}},
		"one of three wards":       {[]results.Value{row("A", "", 34, 210), row("W1", "", 9, 70), row("W2", "", -1, 0), row("W3", "", 22, 80)}, []string{"W2"}},
		"two of three wards":       {[]results.Value{row("A", "", 34, 210), row("W1", "", -1, 0), row("W2", "", -1, 0), row("W3", "", 22, 80)}, nil},
		"a ward that is not there": {[]results.Value{row("A", "", 34, 210), row("W2", "", -1, 0), row("W3", "", 22, 80)}, nil},
		"the whole hidden":         {[]results.Value{row("A", "", -1, 0), row("W1", "", 9, 70), row("W2", "", -1, 0), row("W3", "", 22, 80)}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := map[string]bool{}
			for _, recovered := range guard().Audit(c.values) {
				if recovered.Indicator != "" {
					key := recovered.Area
					if recovered.Category != "" {
						key += " " + recovered.Category
					}
					found[key] = true
				}
			}
			for _, want := range c.want {
				if !found[want] {
					t.Errorf("got %v, want %s worked back", found, want)
				}
			}
			if len(found) != len(c.want) {
				t.Errorf("got %v, want %v", found, c.want)
			}
		})
	}
}

// TestUnfitFindsWhatIsTold finds small counts that are printed, and nothing else.
func TestUnfitFindsWhatIsTold(t *testing.T) {
	t.Parallel()
	p := guard()
	values := []results.Value{published("share", "A", "", 53, 232), published("share", "A", "men", 3, 122), published("share", "W1", "", 0, 70), published("share", "W2", "", -1, 0)}
	found := p.Unfit(values)
	if len(found) != 1 || found[0].Category != "men" {
		t.Errorf("got %+v, want the 3 of 122 men", found)
	}
	p.Policies["figures"] = measure.Policy{InternalOnly: true}
	if found = p.Unfit(values); len(found) != 3 {
		t.Errorf("for internal use: got %d, want all three rows that hold a number", len(found))
	}
}
