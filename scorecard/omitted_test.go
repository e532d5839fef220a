package scorecard_test

import (
	"fmt"
	"strings"
	"testing"

	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/scorecard"
)

// withGroups gives the only line of an input two groups that stand to England as their outcomes say, for their reasons.
func withGroups(in scorecard.Input, reason string, groups [2]results.Comparison) scorecard.Input {
	for id, definition := range in.Definitions {
		definition.Says.Categories = map[string]string{"boys": "of boys were " + id, "girls": "of girls were " + id}
		in.Definitions[id] = definition
		in.Results.Comparisons[0].Reason = reason
		for i, name := range []string{"boys", "girls"} {
			back, all := 12.0, 100.0
			v := results.Value{Indicator: id, Area: ayton, Period: year("2023"), Breakdown: "sex", Category: name, Estimate: estimate(12), Unit: "%", Dataset: "figures"}
			v.WorkedBack, v.Denominator = &back, &all
			england := 15.0
			groups[i].Key, groups[i].Comparator, groups[i].ComparatorValue = v.Key(), country, &england
			in.Results.Values = append(in.Results.Values, []results.Value{v})
			in.Results.Comparisons = append(in.Results.Comparisons, groups[i])
		}
	}
	return in
}

// TestWhatIsTheSameForEveryGroupIsSaidOnce: a page that gives a figure and its groups gives the reason that they have in
// common once, behind them; reasons that differ stand with their figures.
func TestWhatIsTheSameForEveryGroupIsSaidOnce(t *testing.T) {
	t.Parallel()
	const why = "Areas differ in how much is not known."
	apart := results.Comparison{Outcome: stats.NotCompared, Reason: why}
	for name, test := range map[string]struct {
		latest string
		reason string
		groups [2]results.Comparison
		want   map[string]int
	}{
		"one reason": {stats.NotCompared, why, [2]results.Comparison{apart, apart}, map[string]int{
			"None of these is compared with England's: areas differ in how much is not known.": 1, "areas differ": 1, "The two are not compared": 0,
			"The count is worked back": 0, "worked back from a published percentage": 0,
		}},
		"a test among them": {stats.NotCompared, why, [2]results.Comparison{{Outcome: stats.Similar}, apart}, map[string]int{
			"The two are not compared: areas differ in how much is not known.": 2, "None of these": 0, "similar to England, 15.0%": 1,
		}},
		"positions": {stats.Position, "", [2]results.Comparison{{Outcome: stats.Position}, {Outcome: stats.Position}}, map[string]int{
			"None of these differences is tested, because no interval is published.": 1, "The difference is not tested": 0,
		}},
		"a tested figure, groups that are not": {stats.Similar, "", [2]results.Comparison{{Outcome: stats.Position}, {Outcome: stats.Position}}, map[string]int{
			"The difference is not tested, because no interval is published.": 2, "None of these": 0,
		}},
	} {
		model := scorecard.Build(withGroups(input(nil, lineOf("births", test.latest, stats.CannotCalculate)), test.reason, test.groups))
		lead := strings.Join(model.Pages[0].Lead, " ")
		for text, want := range test.want {
			if got := strings.Count(lead, text); got != want {
				t.Errorf("%s: got %q %d times, want %d times: %s", name, text, got, want, lead)
			}
		}
	}
	both := withGroups(input(nil, lineOf("births", stats.Similar, stats.CannotCalculate)), "", [2]results.Comparison{{Outcome: stats.Similar}, {Outcome: stats.Similar}})
	for _, values := range both.Results.Values {
		for i := range values {
			back, all := 38.0, 1000.0
			values[i].WorkedBack, values[i].Denominator = &back, &all
		}
	}
	if lead := strings.Join(scorecard.Build(both).Pages[0].Lead, " "); strings.Count(lead, "worked back") != 1 || !strings.Contains(lead, "The counts are worked back from published percentages.") {
		t.Errorf("got %q, want it said once that counts are worked back", lead)
	}
}

// TestNoFigureSaysWhatToFetch, and names it as it is written.
func TestNoFigureSaysWhatToFetch(t *testing.T) {
	t.Parallel()
	l := lineOf("births", stats.NotCompared, stats.CannotCalculate)
	l.definition.Short = "Universal Credit"
	l.definition.Fetch = &indicators.Fetch{Kind: "statxplore", What: "People on Universal Credit, by authority."}
	in := input(nil, l)
	in.Results.Values, in.Results.Comparisons, in.Results.Trends = nil, nil, nil
	lead := scorecard.Build(in).Pages[0].Lead
	if got, want := strings.Join(lead, " "), "No figure is held for Universal Credit [x]. Not fetched yet: people on Universal Credit, by authority."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for text, want := range map[string]string{
		"T Level passes": "T Level passes", "Employment and Support Allowance, two years": "Employment and Support Allowance, two years",
		"Carer's Allowance": "Carer's Allowance", "NEET, 16 and 17": "NEET, 16 and 17", "Attainment 8": "Attainment 8", "Claimant Count": "Claimant Count",
		"No qualifications, Census 2021": "no qualifications, Census 2021", "Grants in Tilbury": "grants in Tilbury", "Employment, 16 to 24": "employment, 16 to 24",
		"The College has closed": "the College has closed", "In 2022 the basis changed": "in 2022 the basis changed", "England's is modelled": "England's is modelled",
		"A levels": "a levels", "Refused EHC requests": "refused EHC requests", "Pay": "pay", "": "", "X": "x",
	} {
		if got := scorecard.LowerFirst(text); got != want {
			t.Errorf("%q in the middle of a sentence: got %q, want %q", text, got, want)
		}
	}
}

// TestNoPlaceForAFigureKnownElsewhereWithinBounds: a rank of NEET among neighbours would say who has fewer NEET where much is
// not known.
func TestNoPlaceForAFigureKnownElsewhereWithinBounds(t *testing.T) {
	t.Parallel()
	bounded := lineOf("neet", stats.CannotCompare, stats.CannotCalculate)
	bounded.definition.Compare.England = &indicators.Comparator{Unknown: "births"}
	total := lineOf("people", stats.NotCompared, stats.CannotCalculate)
	total.definition.Unit = "people"
	total.definition.Polarity, total.definition.Compare.England = "neutral", &indicators.Comparator{None: "A number depends on the size of the place."}
	older := lineOf("older", stats.Similar, stats.CannotCalculate)
	older.definition.Series = "superseded"
	in := input(nil, lineOf("births", stats.Similar, stats.CannotCalculate), bounded, total, older)
	in.Project.Comparators.Neighbours, in.Neighbours = "set", map[string][]string{"set": {"B", "C"}}
	for i, id := range []string{"births", "neet", "people", "older"} {
		for _, area := range []string{"B", "C"} {
			in.Results.Values = append(in.Results.Values, []results.Value{{Indicator: id, Area: area, Period: year("2023"), Estimate: estimate(float64(i) + 1)}})
		}
		in.Results.Comparisons[i].Rank, in.Results.Comparisons[i].Of = 5, 151
	}
	model := scorecard.Build(in)
	for i, want := range map[int]string{0: "Ayton is 3rd of 3 among its statistical neighbours", 2: "Ayton beside its statistical neighbours", 3: "Ayton was 1st of 3 among its statistical neighbours"} {
		charts := model.Pages[i].Charts
		if got := charts[len(charts)-1].Title; got != want {
			t.Errorf("%s: got the title %q, want %q", model.Pages[i].Card.Indicator, got, want)
		}
	}
	for i, want := range []string{"3rd of 3", "", "", ""} {
		line := model.Compared.Parts[0].Lines[i]
		if line.Place != want {
			t.Errorf("%s among its neighbours: got the place %q, want %q", line.Indicator, line.Place, want)
		}
		lead := strings.Join(model.Pages[i].Lead, " ")
		if got := strings.Contains(lead, " authorities"); got && want == "" {
			t.Errorf("%s: got a place in %q, want none", line.Indicator, lead)
		}
	}
}

// TestOneCountOfLines: the facts, the sentence on chance, the table of parts and the words of a part count the same lines, and
// a test whose measure carries no judgement is a test.
func TestOneCountOfLines(t *testing.T) {
	t.Parallel()
	blank := lineOf("blank", stats.NotCompared, stats.CannotCalculate)
	in := input(nil, lineOf("good", stats.Better, stats.CannotCalculate), lineOf("more", stats.Higher, stats.CannotCalculate), lineOf("placed", stats.Position, stats.CannotCalculate), blank)
	for value := range in.Results.Values.All() {
		if value.Indicator == "blank" && value.Area == ayton {
			value.Estimate = stats.Missing(stats.StatusUnavailable, "not held")
		}
	}
	model := scorecard.Build(in)
	const begins = "Two of three current lines have an interval and were tested. One of them is higher or lower than England and carries no judgement. At 95% confidence, fewer than one of them would look different by chance alone. "
	if !strings.HasPrefix(model.Chance, begins) || !strings.HasSuffix(model.Chance, " The others show a position or the reason for none.") {
		t.Errorf("chance: got %q, want %q at its beginning and the others at its end", model.Chance, begins)
	}
	if want := "Better than England: good. Higher than England, without judgement: more. One of the three current lines could not be tested: it shows a position, or why there is none."; model.Goals[0].Say != want {
		t.Errorf("the part: got %q, want %q", model.Goals[0].Say, want)
	}
	whole := model.Counts[len(model.Counts)-1]
	if model.Facts[0] != fmt.Sprintf("%d current lines with a figure", whole.Lines) || whole.Lines != 3 || whole.Better+whole.Similar+whole.Worse+whole.Untested != whole.Lines {
		t.Errorf("got the facts %q and the counts %+v, want three lines in both", model.Facts, whole)
	}
	untested := scorecard.Build(input(nil, lineOf("placed", stats.Position, stats.CannotCalculate))).Chance
	if want := "None of one current line could be tested. Each shows a position or the reason for none."; untested != want {
		t.Errorf("nothing tested: got %q, want %q", untested, want)
	}
	if got, want := scorecard.Build(input(nil)).Chance, "No current line holds a figure."; got != want {
		t.Errorf("nothing held: got %q, want %q", got, want)
	}
}

// TestOlderSeriesAreToldInThePast: a series that goes on no more cannot say how anything is now.
func TestOlderSeriesAreToldInThePast(t *testing.T) {
	t.Parallel()
	for outcome, want := range map[string][2]string{
		stats.GettingWorse:        {"Births rose from 2.2% in 2019 to 3.8% in 2023", "The share rose from 2.2% in 2019 to 3.8% in 2023."},
		stats.NoSignificantChange: {"Births did not change significantly from 2019 to 2023, and was higher than England in 2023", "There is no significant change from 2019 to 2023."},
	} {
		older := lineOf("births", stats.Worse, outcome)
		older.definition.Series = "discontinued"
		model := scorecard.Build(input(nil, older))
		if got := title(t, model); got != want[0] {
			t.Errorf("%s: got the title %q, want %q", outcome, got, want[0])
		}
		if lead := strings.Join(model.Pages[0].Lead, " "); !strings.Contains(lead, want[1]) {
			t.Errorf("%s: got %q, want it to say %q", outcome, lead, want[1])
		}
	}
}

// TestSubtitlesNameWhoIsDrawn, and over which time.
func TestSubtitlesNameWhoIsDrawn(t *testing.T) {
	t.Parallel()
	subtitle := func(model scorecard.Model) string { return model.Pages[0].Charts[0].Subtitle }
	in := input(nil, lineOf("births", stats.Similar, stats.CannotCalculate))
	if got, want := subtitle(scorecard.Build(in)), "Births, %, Ayton and England, 2019 to 2023"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for value := range in.Results.Values.All() {
		if value.Area == country {
			value.Estimate = stats.Missing(stats.StatusUnavailable, "not held")
		}
	}
	if got, want := subtitle(scorecard.Build(in)), "Births, %, Ayton, 2019 to 2023"; got != want {
		t.Errorf("without a figure for England: got %q, want %q", got, want)
	}
	pooled := func(label, from, to string) period.Period {
		return period.Period{Label: label, Kind: period.Pooled, Start: from + "-01-01", End: to + "-12-31"}
	}
	first, last := pooled("2011 to 2013", "2011", "2013"), pooled("2022 to 2024", "2022", "2024")
	if got, want := scorecard.Span(first, last), "2011–13 to 2022–24"; got != want {
		t.Errorf("pooled years: got %q, want %q", got, want)
	}
	for words, want := range map[string]string{"2023": "in 2023", "2022/23": "in 2022/23", "March 2025": "in March 2025", "1 January 2026": "on 1 January 2026", "December 2024 to February 2025": "in December 2024 to February 2025"} {
		if got := scorecard.Dated(words); got != want {
			t.Errorf("%s: got %q, want %q", words, got, want)
		}
	}
	if got := scorecard.Span(year("2023"), year("2023")); got != "2023" {
		t.Errorf("one year: got %q", got)
	}
}
