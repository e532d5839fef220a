package scorecard_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/scorecard"
)

// TestAreasStandSideBySide: each line of the board for every area, with markers as they are, and a place only where a
// place means something.
func TestAreasStandSideBySide(t *testing.T) {
	t.Parallel()
	births, gap := lineOf("births", stats.Similar, stats.NoSignificantChange), lineOf("gap", stats.Similar, stats.NoSignificantChange)
	gap.definition.Measure.Difference = &indicators.Difference{First: "births", Second: "births"}
	gap.definition.Unit = "percentage points"
	in := input(nil, births, gap)
	in.Project.Comparators.Neighbours = "set"
	in.Neighbours = map[string][]string{"set": {"B", "C", "D"}}
	in.SetNames = map[string]string{"set": "three neighbours"}
	in.Areas["B"], in.Areas["C"], in.Areas["D"] = "Beeton", "Ceeton", "Deeton"
	near := func(area string, value float64, status string) {
		v := results.Value{Indicator: "births", Area: area, Period: year("2023"), Estimate: estimate(value)}
		if status == "c" {
			v.Estimate = stats.Estimate{Reason: "suppressed"}
		}
		v.Status = status
		in.Results.Values = append(in.Results.Values, []results.Value{v})
	}
	near("B", 3.2, "")
	near("C", 4.5, "p")
	near("D", 0, "c")
	got := scorecard.Build(in).Compared
	want := &scorecard.Compared{
		Set: "three neighbours",
		Areas: []scorecard.ComparedArea{
			{Code: "A", Name: "Ayton", Role: scorecard.FocusRole}, {Code: "E", Name: "England", Role: scorecard.EnglandRole}, {Code: "B", Name: "Beeton", Role: scorecard.NeighbourRole},
			{Code: "C", Name: "Ceeton", Role: scorecard.NeighbourRole}, {Code: "D", Name: "Deeton", Role: scorecard.NeighbourRole},
		},
		Parts: []scorecard.ComparedPart{{Code: "G", Title: "A goal", Lines: []scorecard.ComparedLine{
			{Indicator: "births", Short: "Births", Unit: "%", Period: "2023", Figures: []string{"3.8%", "3.4%", "3.2%", "4.5% [p]", "[c]"}, Place: "2nd of 3"},
			{Indicator: "gap", Short: "Gap", Unit: "percentage points", Period: "2023", Figures: []string{"3.8", "3.4", "[x]", "[x]", "[x]"}},
		}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("areas side by side (-want +got):\n%s", diff)
	}
	if got := scorecard.Build(input(nil)).Compared; got != nil {
		t.Errorf("a board without a figure: got %+v, want nothing to compare", got)
	}
}
