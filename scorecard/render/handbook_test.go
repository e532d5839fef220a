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
		Version: scorecard.ModelVersion, Strategy: "A strategy", Area: "Ayton", AsOf: "2026-11-23", Attribution: "Contains public sector information licensed under the Open Government Licence v3.0.",
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
		Datasets:     []scorecard.DatasetRecord{{Source: scorecard.Source{ID: "figures", Title: "Figures"}, Rows: "12 rows", Checks: []string{"no key stands twice"}}},
		Inequalities: inequalities(), Promised: promises(), Changed: *changed(),
		Definitions: []scorecard.DefinitionRecord{
			{Indicator: "neet", Title: "NEET & more", Short: "NEET", Goals: []string{"4A"}, Basis: "Residents", Unit: "%", What: "People who are neither.", Held: true},
			{Indicator: "grants", Title: "Grants", Short: "Grants", Goals: []string{"4A"}, Basis: "Businesses", Unit: "grants", What: "Grants given."},
		},
		Glossary: []scorecard.Term{{Term: "[c]", Text: "Suppressed."}, {Term: "Position", Text: "A place without a verdict."}},
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
			"More &lt;for&gt; all", `<a href="domain-4/neet.html">NEET, 16 and 17</a>`, "Grants</small>", "nobody counts it", "Done",
			"ethnicity, special needs", "Contains public sector information licensed",
		},
		"methods.html":        {`<details class="method entry" id="indicator-neet">`, `<a href="domain-4/neet.html">`, "An office: figures", "2025, 9 months old", "From 2021: new rules.", "12 rows", "no key stands twice"},
		"index.html":          {`href="coverage.html"`, `href="methods.html"`},
		"domain-4/index.html": {`href="../coverage.html"`, `href="../methods.html"`, `href="compare-areas.html"`, `href="../changes.html">See what changed</a>`},
		"domain-4/neet.html":  {`href="../methods.html#indicator-neet"`},
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

// inequalities are a gap with both ends, a grouping of three groups, and two lines of places.
func inequalities() scorecard.Inequalities {
	low, high, englandLow, englandHigh := 40.0, 61.2, 35.5, 60.0
	return scorecard.Inequalities{
		Groups: []scorecard.InequalityGroup{{
			Title: "By free school meals",
			Gaps: []scorecard.Inequality{{
				Indicator: "neet", Short: "NEET, gap", Period: "2025", Names: [2]string{"Eligible", "Not eligible"}, Focus: [2]string{"40.0%", "61.2%"},
				England: [2]string{"35.5%", "60.0%"}, Gap: scorecard.Figure{Text: "21.2 points", Interval: "19.0 to 23.4"}, EnglandGap: "24.5 points",
				Trend: scorecard.Chip{Outcome: "getting-worse", Word: "Rising, getting worse", Shape: "↑", Tone: scorecard.Worse},
			}},
			Charts: []scorecard.Chart{{
				Kind: scorecard.DumbbellChart, ID: "gaps-free-school-meals", Title: "Both ends", Unit: scorecard.Unit{Suffix: "%", Decimals: 1}, PartNames: [2]string{"Eligible", "Not eligible"},
				Pairs: []scorecard.Pair{{Label: "NEET, gap", Period: "2025", Focus: [2]*float64{&low, &high}, England: [2]*float64{&englandLow, &englandHigh}, Unit: scorecard.Unit{Suffix: "%", Decimals: 1}}},
			}},
			Tables: []scorecard.DataTable{{Caption: "NEET, by group", Heads: []string{"Group", "Period", "Ayton"}, Rows: [][]string{{"Asian", "2025", "3.1%"}, {"White", "2025", "[c]"}}, Numeric: []bool{false, false, true}}},
		}},
		Within:  []scorecard.WithinLine{{Indicator: "neet", Short: "NEET", Period: "2025", Areas: "2 wards", Low: "2.0% South", High: "5.0% North", Whole: "3.8%"}},
		Missing: []scorecard.Highlight{{Indicator: "grants", Short: "Grants, gap", Sentence: "no figure is held"}},
	}
}

// promises are a deliverable of the strategy and a commitment with a figure beside it.
func promises() []scorecard.PromisedGoal {
	return []scorecard.PromisedGoal{{
		Code: "4A", Title: "Children",
		Deliverables: []scorecard.Promise{{Milestone: scorecard.Milestone{ID: "4A/deliverable/hub", Goal: "4A", Title: "A hub", Due: "30 June 2023", Status: "Done", Shape: "●", AsOf: "July 2022", Quoted: "set up…", Owner: "The council", Evidence: "A strategy, year one: “set up…”"}, Gap: "nothing counts it"}},
		Commitments: []scorecard.Promise{{
			Milestone: scorecard.Milestone{ID: "4A/commitment/plan", Goal: "4A", Title: "A plan", Status: "Not recorded", Shape: "–"}, Text: "Write it.",
			Metrics: []scorecard.Metric{{Indicator: "neet", Short: "NEET", Period: "2025", Text: "3.8", Unit: "per 100", Verdict: scorecard.Chip{Outcome: "worse", Word: "Worse", Shape: "!", Tone: scorecard.Worse}}},
			Without: []scorecard.Highlight{{Indicator: "grants", Short: "Grants"}}, Gap: "not held yet",
		}},
	}}
}

// changed is one of each kind of change.
func changed() *scorecard.Changed {
	chip := func(outcome, word, shape string, tone scorecard.Tone) scorecard.Chip {
		return scorecard.Chip{Outcome: outcome, Word: word, Shape: shape, Tone: tone}
	}
	return &scorecard.Changed{
		Before: "2026-02-11", Say: "Since the release before, with figures to 11 February 2026: one new figure.",
		New:      []scorecard.ChangedFigure{{Indicator: "neet", Short: "NEET", Area: "Ayton", Period: "2025", Then: "3.6%", Now: "3.8%"}},
		Revised:  []scorecard.ChangedFigure{{Indicator: "neet", Short: "NEET", Area: "England", Period: "2024", Now: "[c]", Why: "the data behind it changed"}},
		Verdicts: []scorecard.ChangedVerdict{{Indicator: "neet", Short: "NEET", What: "Against England", Then: chip("similar", "Similar", "=", scorecard.Similar), Now: chip("worse", "Worse", "!", scorecard.Worse)}},
		Added:    []scorecard.Highlight{{Indicator: "grants", Short: "Grants", Sentence: "no figure is held"}},
		Gone:     []scorecard.Highlight{{Indicator: "old", Short: "An old line"}},
	}
}
