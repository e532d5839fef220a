package scorecard_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/scorecard"
)

// group gives a line figures of one group in 2023.
func group(in *scorecard.Input, indicator, breakdown, category string, own, england float64) {
	for area, value := range map[string]float64{ayton: own, country: england} {
		in.Results.Values = append(in.Results.Values, []results.Value{{
			Indicator: indicator, Area: area, Period: year("2023"), Breakdown: breakdown, Category: category, Estimate: estimate(value), Unit: "%",
		}})
	}
}

// unequal is a line of two groups, one of three, one of types, and a gap between two lines.
func unequal() scorecard.Input {
	pass, read := lineOf("pass", stats.Similar, stats.NoSignificantChange), lineOf("read", stats.Similar, stats.NoSignificantChange)
	pass.definition.Says.Names = map[string]string{"eligible": "Eligible", "others": "Others"}
	apart := lineOf("apart", stats.Similar, stats.GettingWorse)
	apart.definition.Measure.Difference = &indicators.Difference{First: "read", Second: "pass"}
	apart.definition.Unit = "percentage points"
	none := lineOf("none", stats.Similar, stats.NoSignificantChange)
	none.definition.Measure.Difference = &indicators.Difference{First: "read", Second: "nothing"}
	in := input(nil, pass, read, apart)
	in.Definitions["none"] = none.definition
	group(&in, "pass", "free-school-meals", "eligible", 40, 35.5)
	group(&in, "pass", "free-school-meals", "others", 61.25, 60)
	for category, value := range map[string]float64{"asian": 70, "black": 65, "white": 60} {
		group(&in, "read", "ethnicity", category, value, value+1)
	}
	group(&in, "read", "type", "a", 1, 1)
	group(&in, "read", "type", "b", 2, 2)
	return in
}

// TestInequalitiesShowBothEnds: a gap between the groups of one line, groups of more than two, and a gap of two lines,
// each with both ends and with England's; what is no group of people is no inequality.
func TestInequalitiesShowBothEnds(t *testing.T) {
	t.Parallel()
	got := scorecard.NewHandbook(unequal(), nil).Inequalities
	var titles []string
	for _, one := range got.Groups {
		titles = append(titles, one.Title)
	}
	if diff := cmp.Diff([]string{"By free school meals", "By ethnic group", "Between two groups measured apart"}, titles); diff != "" {
		t.Fatalf("groupings (-want +got):\n%s", diff)
	}
	meals := got.Groups[0].Gaps[0]
	want := scorecard.Inequality{
		Indicator: "pass", Short: "Pass", Basis: meals.Basis, Period: "2023", Names: [2]string{"Eligible", "Others"}, Focus: [2]string{"40.0%", "61.3%"}, England: [2]string{"35.5%", "60.0%"},
		Gap: scorecard.Figure{Text: "21.3 points", Reason: "not tested"}, EnglandGap: "24.5 points",
	}
	if diff := cmp.Diff(want, meals); diff != "" {
		t.Errorf("by free school meals (-want +got):\n%s", diff)
	}
	if chart := got.Groups[0].Charts[0]; chart.Kind != scorecard.DumbbellChart || chart.PartNames != [2]string{"eligible", "others"} || *chart.Pairs[0].Focus[0] != 40 || *chart.Pairs[0].England[1] != 60 {
		t.Errorf("got the chart %+v, want both ends", chart)
	}
	ethnic := got.Groups[1].Tables[0]
	if diff := cmp.Diff([]string{"Asian", "2023", "70.0%", "69.0 to 71.0", "71.0%"}, ethnic.Rows[0]); diff != "" || len(ethnic.Rows) != 3 {
		t.Errorf("by ethnic group, %d rows (-want +got):\n%s", len(ethnic.Rows), diff)
	}
	apart := got.Groups[2].Gaps[0]
	if apart.Names != [2]string{"Pass", "Read"} || apart.Focus != [2]string{"3.8%", "3.8%"} || apart.Gap.Text != "3.8 points" || apart.Gap.Interval != "2.8 to 4.8" || apart.Trend.Word != "Rising, getting worse" {
		t.Errorf("of two lines: got %+v", apart)
	}
	if diff := cmp.Diff([]scorecard.Highlight{{Indicator: "none", Short: "None", Sentence: "no figure is held for Ayton"}}, got.Missing); diff != "" {
		t.Errorf("gaps without a figure (-want +got):\n%s", diff)
	}
}

// TestPlacesInsideTheAreaAreNamedWhereFew: the lowest and highest of a few wards by name; of many neighbourhoods only how
// many.
func TestPlacesInsideTheAreaAreNamedWhereFew(t *testing.T) {
	t.Parallel()
	in := input(nil, lineOf("births", stats.Similar, stats.NoSignificantChange))
	inside := func(kind, code, name string, value float64) {
		in.Within = append(in.Within, code)
		in.Results.Values = append(in.Results.Values, []results.Value{{
			Indicator: "births", Area: code, AreaName: name, AreaType: kind, Period: year("2023"), Estimate: estimate(value), Unit: "%",
		}})
	}
	inside("ward", "W1", "North", 5)
	inside("ward", "W2", "South", 2)
	for i := range 31 {
		inside("lsoa", string(rune('a'+i)), "Neighbourhood", float64(i))
	}
	want := []scorecard.WithinLine{
		{Indicator: "births", Short: "Births", Period: "2023", Areas: "2 wards", Low: "2.0% South", High: "5.0% North", Whole: "3.8%"},
		{Indicator: "births", Short: "Births", Period: "2023", Areas: "31 neighbourhoods (LSOAs)", Whole: "3.8%"},
	}
	if diff := cmp.Diff(want, scorecard.NewHandbook(in, nil).Inequalities.Within); diff != "" {
		t.Errorf("inside the area (-want +got):\n%s", diff)
	}
}

// TestPromisesStandBesideTheirFigures: metrics with a figure, indicators without one, and the reason where there is
// neither.
func TestPromisesStandBesideTheirFigures(t *testing.T) {
	t.Parallel()
	in := covered()
	births := in.Definitions["births"]
	births.EvidenceFor = append(births.EvidenceFor, "G/commitment/walk")
	in.Definitions["births"] = births
	in.Results.Progress = append(in.Results.Progress,
		results.Progress{ID: "G/commitment/talk", Goal: "G", Kind: "commitment", Title: "Talk", Owner: "The board"},
		results.Progress{ID: "G/commitment/walk", Goal: "G", Kind: "commitment", Title: "Walk"})
	book := scorecard.NewHandbook(in, nil)
	if len(book.Promised) != 1 || len(book.Promised[0].Deliverables) != 1 || len(book.Promised[0].Commitments) != 2 {
		t.Fatalf("got %+v, want one deliverable and two commitments of one goal", book.Promised)
	}
	if hub := book.Promised[0].Deliverables[0]; hub.Status != "Under way" || hub.Shape != "◐" {
		t.Errorf("got the status %s %s, want it under way", hub.Shape, hub.Status)
	}
	talk, walk := book.Promised[0].Commitments[0], book.Promised[0].Commitments[1]
	if talk.Owner != "The board" || talk.Gap != "Nobody counts talks; minutes would show them." || talk.Metrics != nil {
		t.Errorf("got %+v, want its owner and its gap", talk)
	}
	if len(walk.Metrics) != 1 || walk.Metrics[0].Text != "3.8%" || walk.Metrics[0].Period != "2023" || walk.Metrics[0].Verdict.Word != "Similar" || walk.Gap != "" {
		t.Errorf("got %+v, want the figure of births", walk)
	}
	var titles []string
	for _, record := range book.Definitions {
		titles = append(titles, record.Title)
	}
	if diff := cmp.Diff([]string{"Grants", "The whole title of births", "The whole title of deaths"}, titles); diff != "" {
		t.Errorf("definitions (-want +got):\n%s", diff)
	}
}
