package scorecard_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/scorecard"
	"levelfield/seeds"
)

// covered is a board of one measured line, one without figures and a closed one, over statements of several kinds.
func covered() scorecard.Input {
	births := lineOf("births", stats.Similar, stats.NoSignificantChange)
	births.definition.EvidenceFor = []string{"G/ambition/more"}
	births.definition.Dataset = "figures"
	births.definition.Breakdowns = map[string]string{"sex": "sex"}
	births.definition.Expects = []string{"sex", "age-band"}
	births.definition.Breaks = []indicators.Break{{From: "2021", Why: "The register changed."}}
	old := lineOf("deaths", stats.Similar, stats.NoSignificantChange)
	old.definition.Series = "discontinued"
	old.trend.Outcome = stats.CannotCalculate
	in := input([]string{"births"}, births, old)
	in.Definitions["grants"] = indicators.Definition{
		ID: "grants", Title: "Grants", Short: "Grants", Goals: []string{"G"}, EvidenceFor: []string{"G/challenge/money", "G/ambition/more"}, Series: "current",
		Fetch: &indicators.Fetch{Kind: "local", What: "Grants by quarter."},
	}
	in.Strategy.Statements = []seeds.Statement{
		{ID: "G/ambition/more", Kind: seeds.Ambition, Goal: "G", Title: "More"},
		{ID: "G/challenge/money", Kind: seeds.Challenge, Goal: "G", Title: "Money"},
		{ID: "G/commitment/talk", Kind: seeds.Commitment, Goal: "G", Title: "Talk", Gap: "Nobody counts talks; minutes would show them."},
		{ID: "G/commitment/walk", Kind: seeds.Commitment, Goal: "G", Title: "Walk"},
		{ID: "G/deliverable/hub", Kind: seeds.Deliverable, Goal: "G", Title: "A hub"},
	}
	in.Results.Progress = []results.Progress{{ID: "G/deliverable/hub", Goal: "G", Kind: seeds.Deliverable, Title: "A hub", Status: seeds.UnderWay}}
	minimum := 0.0
	in.Datasets = map[string]datasets.Dataset{"figures": {
		ID: "figures", Title: "Figures", Publisher: "An office", Release: "2024", Released: "2024-05-01", Label: "official",
		Checks: []datasets.Check{{Rule: "unique", Level: "error"}, {Rule: "range", Column: "births", Minimum: &minimum, Level: "warn"}},
	}}
	in.Quality = map[string]scorecard.DatasetQuality{"figures": {Rows: 1200, Warnings: []string{"one row is late"}}}
	return in
}

// TestCoverageCountsStatementsAndIndicators: what is measured, what is followed, what is a gap and why.
func TestCoverageCountsStatementsAndIndicators(t *testing.T) {
	t.Parallel()
	coverage := scorecard.Cover(covered())
	gaps := map[string]string{}
	for _, statement := range coverage.Statements {
		gaps[statement.ID] = statement.Gap
	}
	if diff := cmp.Diff(map[string]string{
		"G/ambition/more": "", "G/deliverable/hub": "",
		"G/challenge/money": "an indicator is defined, but its figures are not held yet",
		"G/commitment/talk": "Nobody counts talks; minutes would show them.",
		"G/commitment/walk": "no indicator; followed as a commitment",
	}, gaps); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
	if got := coverage.Statements[0]; len(got.WithFigure) != 1 || len(got.Without) != 1 {
		t.Errorf("got %+v, want births with a figure and grants without", got)
	}
	want := scorecard.CoverageGoal{Goal: "G", Indicators: 3, WithFigure: 2, WithEngland: 2, Current: 1, WithInterval: 2, WithTrend: 1}
	all := want
	all.Goal = "all"
	if diff := cmp.Diff([]scorecard.CoverageGoal{want, all}, coverage.Goals); diff != "" {
		t.Errorf("goals (-want +got):\n%s", diff)
	}
	missing := []scorecard.MissingBreakdowns{{Indicator: "births", Title: "The whole title of births", Held: []string{"sex"}, Missing: []string{"age-band"}}}
	if diff := cmp.Diff(missing, coverage.Breakdowns); diff != "" {
		t.Errorf("groupings (-want +got):\n%s", diff)
	}
}

// TestHandbookRecordsMethodsAndChecks: of each indicator its source, age, breaks and hidden figures, of each dataset what it
// was held against.
func TestHandbookRecordsMethodsAndChecks(t *testing.T) {
	t.Parallel()
	in := covered()
	suppressed := results.Value{Indicator: "births", Area: "B", Period: year("2023"), Estimate: stats.Missing("c", "suppressed by the publisher"), Dataset: "figures"}
	in.Results.Values = append(in.Results.Values, []results.Value{suppressed})
	book := scorecard.NewHandbook(in, []scorecard.Model{scorecard.Build(in)})
	if got := book.Pages["births"]; got != "board/births.html" {
		t.Errorf("page of births: got %q", got)
	}
	births := book.Methods[0].Entries[0]
	if births.Source != "An office: Figures, released 1 May 2024" || births.Latest != "2023, 6 months old" {
		t.Errorf("got source %q, latest %q", births.Source, births.Latest)
	}
	if births.Hidden != "Suppressed by the publisher [c]: 1 of 4 figures. Nothing is worked back." {
		t.Errorf("got %q", births.Hidden)
	}
	if diff := cmp.Diff([]string{"From 2021: The register changed."}, births.Breaks); diff != "" {
		t.Errorf("breaks (-want +got):\n%s", diff)
	}
	if got := book.Methods[0].Entries[2]; got.Latest != "none held" || got.Hidden != "No figure is held, so none is hidden." {
		t.Errorf("grants: got %+v", got)
	}
	record := book.Datasets[0]
	checks := []string{"every figure has the type and the bounds of its column", "no key stands twice", "births lies at or above 0 (a warning)"}
	if diff := cmp.Diff(checks, record.Checks); diff != "" {
		t.Errorf("checks (-want +got):\n%s", diff)
	}
	if record.Rows != "1,200 rows" || len(record.Warnings) != 1 || len(record.Indicators) != 1 {
		t.Errorf("got %+v", record)
	}
}
