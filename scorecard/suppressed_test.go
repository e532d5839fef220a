package scorecard_test

import (
	"encoding/json"
	"strings"
	"testing"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/scorecard"
)

// hide takes the number out of the values that a test names.
func hide(in *scorecard.Input, which func(results.Value) bool) {
	for v := range in.Results.Values.All() {
		if which(*v) {
			v.Estimate = stats.Missing("c", "suppressed to protect confidentiality")
		}
	}
}

// TestSuppressedFiguresAreFootnoted: what is hidden is absent from charts and named beside them, the small areas that are left
// are not called all of them, and a figure that is not shown is not called one that is not held.
func TestSuppressedFiguresAreFootnoted(t *testing.T) {
	t.Parallel()
	in := input(nil, lineOf("births", stats.Similar, stats.NoSignificantChange))
	put := func(area, kind, when, breakdown, category string, value float64) {
		in.Results.Values = append(in.Results.Values, []results.Value{{
			Indicator: "births", Area: area, AreaName: area, AreaType: kind, Period: year(when), Breakdown: breakdown, Category: category,
			Estimate: estimate(value), Unit: "%", Dataset: "figures",
		}})
	}
	in.Within = []string{"W1", "W2", "W3", "W4"}
	for i, ward := range in.Within {
		put(ward, "ward", "2023", "", "", float64(10*i+7))
	}
	put(ayton, "", "2021", "", "", 3)
	for _, when := range []string{"2022", "2023"} {
		put(ayton, "", when, "sex", "women", 3)
		put(ayton, "", when, "sex", "men", 4)
	}
	in.Results.Values = in.Results.Values.Sorted()
	hide(&in, func(v results.Value) bool {
		return v.Area == "W2" || v.Area == ayton && v.Headline() && v.Period.Label == "2021" || v.Category == "men" && v.Period.Label == "2023"
	})
	page := scorecard.Build(in).Pages[0]
	notes := map[string]string{}
	for _, chart := range page.Charts {
		notes[chart.ID] = chart.Title + " | " + chart.Note
		for _, bar := range chart.Bars {
			if bar.Label == "W2" {
				t.Errorf("%s draws a hidden ward", chart.ID)
			}
		}
	}
	if got, want := notes["births-ward"], "Between the three wards that are shown it lies from 7.0% in W1 to 37.0% in W4 | "; !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "One of four is suppressed [c].") {
		t.Errorf("chart of wards: got %q, want it to begin with %q and to end in how many are suppressed", got, want)
	}
	if got := notes["births-trend"]; !strings.HasSuffix(got, "Suppressed [c]: 2021.") {
		t.Errorf("trend: got %q, want the suppressed period in the note", got)
	}
	if got := page.Others[0].Note; got != "Suppressed [c]: Men in 2023." {
		t.Errorf("groups: got the note %q, want the newer figure that is hidden", got)
	}
	hide(&in, func(v results.Value) bool { return v.Area == ayton })
	page = scorecard.Build(in).Pages[0]
	if got := strings.Join(page.Lead, " "); !strings.HasPrefix(got, "The Ayton figure for births is not shown [c].") || !strings.Contains(got, "Suppressed to protect confidentiality.") {
		t.Errorf("lead: got %q, want that the figure is not shown, and why", got)
	}
	if page.Card.Value.Text != "[c]" {
		t.Errorf("card: got %q, want [c]", page.Card.Value.Text)
	}
}

// TestTinyCohortIsShownWithItsSize: 18.6% of about 15 people is not printed without the 15; of 50 people it may be.
func TestTinyCohortIsShownWithItsSize(t *testing.T) {
	t.Parallel()
	for people, want := range map[float64]string{15: "3.8% of 15", 49: "3.8% of 49", 50: "3.8%", 4851: "3.8%"} {
		in := input(nil, lineOf("neet", stats.Similar, stats.NoSignificantChange))
		for v := range in.Results.Values.All() {
			v.Denominator = &people
		}
		page := scorecard.Build(in).Pages[0]
		if got := page.Card.Value.Text; got != want {
			t.Errorf("of %v: got %q, want %q", people, got, want)
		}
		if got := page.History.Rows[0][1]; got != want {
			t.Errorf("history, of %v: got %q, want %q", people, got, want)
		}
	}
}

// TestInternalEditionIsMarked: the notice stands on the model and the handbook, the word on each chart of a page, and neither
// in the public edition.
func TestInternalEditionIsMarked(t *testing.T) {
	t.Parallel()
	in := input(nil, lineOf("births", stats.Similar, stats.NoSignificantChange))
	public, err := json.Marshal(scorecard.Build(in))
	if err != nil || strings.Contains(string(public), "INTERNAL") {
		t.Errorf("the public edition: %v, want no word of an internal one", err)
	}
	in.Internal = true
	model := scorecard.Build(in)
	if model.Internal != scorecard.InternalNotice || scorecard.NewHandbook(in, nil).Internal != scorecard.InternalNotice {
		t.Error("got no notice on the model and the handbook")
	}
	if len(model.Pages[0].Charts) == 0 {
		t.Fatal("got no chart, want one")
	}
	for _, chart := range model.Pages[0].Charts {
		if !strings.HasPrefix(chart.Source, "INTERNAL.") {
			t.Errorf("%s: got the source line %q, want INTERNAL before it", chart.ID, chart.Source)
		}
	}
}
