package render

import (
	"encoding/json"
	"strings"
	"testing"

	"levelfield/scorecard"
)

// book is a handbook with a measured statement, a gap and a milestone.
func book() *scorecard.Handbook {
	covered := scorecard.Covered{ID: "4A/ambition/more", Goal: "4A", Kind: "ambition", Title: "More <for> all", WithFigure: []string{"neet"}, Without: []string{"grants"}}
	gap := scorecard.Covered{ID: "4A/challenge/money", Goal: "4A", Kind: "challenge", Title: "Money", Gap: "nobody counts it"}
	milestone := scorecard.Covered{ID: "4A/deliverable/hub", Goal: "4A", Kind: "deliverable", Title: "A hub", Status: "done"}
	return &scorecard.Handbook{
		Version: scorecard.ModelVersion, Strategy: "A strategy", Area: "Ayton", AsOf: "2026-05-13", Attribution: "Contains public sector information.",
		Coverage: scorecard.Coverage{
			Statements: []scorecard.Covered{covered, gap, milestone},
			Counts:     []scorecard.CoverageCount{{Kind: "ambition", Statements: 1, WithFigure: 1}, {Kind: "challenge", Statements: 1, Gaps: 1}, {Kind: "deliverable", Statements: 1, Milestones: 1}},
			Goals:      []scorecard.CoverageGoal{{Goal: "4A", Indicators: 2, WithFigure: 1}, {Goal: "all", Indicators: 2, WithFigure: 1}},
			Breakdowns: []scorecard.MissingBreakdowns{{Indicator: "neet", Missing: []string{"ethnicity", "special-needs"}}},
		},
		Parts: []scorecard.CoveredPart{{Code: "4A", Title: "Children", Kinds: []scorecard.CoveredKind{
			{Kind: "ambition", Statements: []scorecard.CoveredStatement{{Covered: covered}}},
			{Kind: "challenge", Statements: []scorecard.CoveredStatement{{Covered: gap}}},
			{Kind: "deliverable", Statements: []scorecard.CoveredStatement{{Covered: milestone, Word: "Done", Shape: "●"}}},
		}}},
		Methods: []scorecard.MethodGroup{{Code: "4A", Title: "Children", Entries: []scorecard.MethodRecord{
			{Indicator: "neet", Title: "NEET", Source: "An office: figures", Latest: "2025, 9 months old", Breaks: []string{"From 2021: new rules."}, Hidden: "Nothing is suppressed."},
		}}},
		Datasets: []scorecard.DatasetRecord{{Source: scorecard.Source{ID: "figures", Title: "Figures"}, Rows: "12 rows", Checks: []string{"no key stands twice"}}},
		Pages:    map[string]string{"neet": "domain-4/neet.html"}, Shorts: map[string]string{"neet": "NEET, 16 and 17", "grants": "Grants"},
	}
}

// TestTheHandbookHasItsPages: what is measured, methods, and the same as data, with links from every board.
func TestTheHandbookHasItsPages(t *testing.T) {
	t.Parallel()
	files, err := Site([]scorecard.Model{sample(t)}, book())
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	for _, file := range files {
		pages[file.Path] = string(file.Data)
	}
	for path, wanted := range map[string][]string{
		"coverage.html": {
			"Of the strategy’s 3 statements, 1 have an indicator with a figure, 1 are followed as milestones, and 1 are gaps.",
			"More &lt;for&gt; all", `<a href="domain-4/neet.html">NEET, 16 and 17</a>`, `Grants <span class="mark">[x]</span>`, "nobody counts it", "Done",
			"ethnicity, special needs", "Contains public sector information.",
		},
		"methods.html":        {`<a href="domain-4/neet.html">NEET</a>`, "An office: figures", "2025, 9 months old", "From 2021: new rules.", "12 rows", "no key stands twice"},
		"index.html":          {`href="coverage.html"`, `href="methods.html"`},
		"domain-4/index.html": {`href="../coverage.html"`, `href="../methods.html"`},
		"domain-4/neet.html":  {`href="../methods.html"`},
	} {
		for _, text := range wanted {
			if !strings.Contains(pages[path], text) {
				t.Errorf("%s: got nothing like %q", path, text)
			}
		}
	}
	if strings.Contains(pages["domain-4/scorecard.html"], "../") {
		t.Error("the single file leads out of itself")
	}
	var again scorecard.Handbook
	if err := json.Unmarshal([]byte(pages["data/handbook.json"]), &again); err != nil || again.Coverage.Goals[0].Goal != "4A" {
		t.Errorf("data/handbook.json: got %v and %+v", err, again.Coverage.Goals)
	}
}

func TestTheHandbookLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	wrong := book()
	wrong.Pages["neet"] = "../../etc/passwd"
	if _, err := Site([]scorecard.Model{sample(t)}, wrong); err == nil {
		t.Error("got no error, want a page outside of the publication refused")
	}
	files, err := Site([]scorecard.Model{sample(t)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.Contains(string(file.Data), "methods.html") {
			t.Errorf("%s: leads to a page that is not there", file.Path)
		}
	}
}
