package scorecard_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/scorecard"
	"levelfield/seeds"
)

// The areas of the tests.
const (
	ayton   = "A"
	country = "E"
)

// year is a calendar year.
func year(label string) period.Period {
	return period.Period{Label: label, Kind: period.Calendar, Start: label + "-01-01", End: label + "-12-31"}
}

// estimate is a value with limits one unit either way.
func estimate(value float64) stats.Estimate {
	lower, upper := value-1, value+1
	return stats.Estimate{Value: &value, Lower95: &lower, Upper95: &upper, Method: "Wilson score"}
}

// line is one indicator of a test: its definition with what a run found for 2019 to 2023.
type line struct {
	definition indicators.Definition
	first      float64 // in 2019
	last       float64 // in 2023
	england    float64 // in 2023
	verdict    results.Comparison
	trend      stats.Trend
}

// lineOf is a current share with a verdict and a trend.
func lineOf(id, verdict, trend string) line {
	return line{
		definition: indicators.Definition{
			ID: id, Title: "The whole title of " + id, Short: capitalised(id), Unit: "%", Decimals: 1, Polarity: "low", Population: "residents",
			Label: "official", Series: "current", Goals: []string{"G"}, Says: indicators.Says{Noun: capitalised(id), Of: "of people were " + id},
		},
		first: 2.2, last: 3.8, england: 3.4,
		verdict: results.Comparison{Outcome: verdict, Rule: "interval"}, trend: stats.Trend{Outcome: trend, Rule: stats.RuleRecent, Points: 5, From: "2019", To: "2023"},
	}
}

func capitalised(id string) string { return strings.ToUpper(id[:1]) + id[1:] }

// input is a board over lines, with the named ones on its front page.
func input(front []string, lines ...line) scorecard.Input {
	in := scorecard.Input{
		Board:       scorecard.Board{ID: "board", Title: "A board", Kicker: "A test", Goals: []string{"G"}, Front: front},
		Strategy:    seeds.Strategy{Goals: []seeds.Goal{{ID: "G", Title: "A goal", Short: "A goal"}}},
		Project:     seeds.Project{Focus: ayton, Comparators: seeds.Comparators{England: country}},
		Definitions: map[string]indicators.Definition{},
		Areas:       map[string]string{ayton: "Ayton", country: "England"},
		AsOf:        "2024-06-30",
	}
	section := scorecard.Section{Goal: "G", Title: "A table"}
	for _, l := range lines {
		id := l.definition.ID
		in.Definitions[id] = l.definition
		section.Indicators = append(section.Indicators, id)
		value := func(area, label string, number float64) results.Value {
			return results.Value{Indicator: id, Area: area, Period: year(label), Estimate: estimate(number), Unit: "%", Dataset: "figures"}
		}
		latest := value(ayton, "2023", l.last)
		in.Results.Values = append(in.Results.Values, []results.Value{value(ayton, "2019", l.first), latest, value(country, "2023", l.england)})
		l.verdict.Key, l.verdict.Comparator, l.verdict.ComparatorValue = latest.Key(), country, &l.england
		in.Results.Comparisons = append(in.Results.Comparisons, l.verdict)
		slope := l.last - l.first
		l.trend.Slope = &slope
		in.Results.Trends = append(in.Results.Trends, results.Trend{Indicator: id, Area: ayton, Trend: l.trend})
	}
	in.Board.Sections = []scorecard.Section{section}
	return in
}

// title is the message of the trend chart of a board's only indicator.
func title(t *testing.T, model scorecard.Model) string {
	t.Helper()
	for _, chart := range model.Pages[0].Charts {
		if chart.Kind == scorecard.TrendChart {
			return chart.Title
		}
	}
	t.Fatal("got no trend chart, want one")
	return ""
}

// significant are the outcomes of a trend that let a title say risen or fallen.
var significant = []string{stats.GettingBetter, stats.GettingWorse, stats.Increasing, stats.Decreasing}

// endings are what a verdict may add to a title: 3.8% is above England's 3.4% and below 5.6%.
var endings = map[string]struct {
	england float64
	words   string
}{
	stats.Similar:       {3.4, "similar to England"},
	stats.Better:        {5.6, "lower than England"},
	stats.Best:          {5.6, "lower than England"},
	stats.Worse:         {3.4, "higher than England"},
	stats.Worst:         {3.4, "higher than England"},
	stats.Higher:        {3.4, "higher than England"},
	stats.Lower:         {5.6, "lower than England"},
	stats.Position:      {3.4, ""},
	stats.NotCompared:   {3.4, ""},
	stats.CannotCompare: {3.4, ""},
}

// TestTitlesSayWhatTheTestsShow goes through every outcome of a trend and of a comparison, in the singular and in the
// plural.
func TestTitlesSayWhatTheTestsShow(t *testing.T) {
	t.Parallel()
	patterns := 0
	hold := func(l line, plural bool, want string) {
		t.Helper()
		patterns++
		l.definition.Says.Plural = plural
		if got := title(t, scorecard.Build(input(nil, l))); got != want {
			t.Errorf("%s, %s, plural %v: got %q, want %q", l.trend.Outcome, l.verdict.Outcome, plural, got, want)
		}
	}
	for _, plural := range []bool{false, true} {
		have, are, were := "has", "is", "was"
		if plural {
			have, are, were = "have", "are", "were"
		}
		for _, outcome := range significant {
			up := lineOf("births", stats.Similar, outcome)
			hold(up, plural, "Births "+have+" risen since 2019, from 2.2% to 3.8%")
			down := lineOf("births", stats.Worse, outcome)
			down.first = 6.1
			hold(down, plural, "Births "+have+" fallen since 2019, from 6.1% to 3.8%")
		}
		for verdict, ending := range endings {
			unchanged, unknown := lineOf("births", verdict, stats.NoSignificantChange), lineOf("births", verdict, stats.CannotCalculate)
			unchanged.england, unknown.england = ending.england, ending.england
			changed, compared := "Births "+have+" not changed significantly since 2019", fmt.Sprintf("Births: 3.8%% in 2023, England %.1f%%", ending.england)
			if ending.words != "" {
				changed += ", and " + are + " " + ending.words
				compared = fmt.Sprintf("Births %s %s in 2023: 3.8%%, England %.1f%%", were, ending.words, ending.england)
			}
			hold(unchanged, plural, changed)
			hold(unknown, plural, compared)
		}
	}
	if patterns < 40 {
		t.Errorf("got %d patterns, want at least 40", patterns)
	}
}

// TestSentencesSayRoseOnlyOfASignificantTrend holds every text of the model, not the title alone.
func TestSentencesSayRoseOnlyOfASignificantTrend(t *testing.T) {
	t.Parallel()
	for _, outcome := range append(slices.Clone(significant), stats.NoSignificantChange, stats.CannotCalculate) {
		for verdict := range endings {
			text, err := json.Marshal(scorecard.Build(input([]string{"births"}, lineOf("births", verdict, outcome))))
			if err != nil {
				t.Fatal(err)
			}
			said := strings.Contains(string(text), "risen") || strings.Contains(string(text), "fallen")
			if want := slices.Contains(significant, outcome); said != want {
				t.Errorf("%s, %s: got a text that says risen or fallen: %v, want %v", outcome, verdict, said, want)
			}
		}
	}
}

// TestChipsCarryWordAndShape holds that no verdict is told by a colour alone, and that only a test's verdict has one.
func TestChipsCarryWordAndShape(t *testing.T) {
	t.Parallel()
	tones := map[string]scorecard.Tone{
		stats.Better: scorecard.Better, stats.Best: scorecard.Better, stats.Similar: scorecard.Similar,
		stats.Worse: scorecard.Worse, stats.Worst: scorecard.Worse,
	}
	words := map[string]string{}
	for verdict := range endings {
		chip := scorecard.Build(input([]string{"births"}, lineOf("births", verdict, stats.CannotCalculate))).Front[0].Verdict
		want, judged := tones[verdict]
		if !judged {
			want = scorecard.None
		}
		if chip.Tone != want || chip.Word == "" || chip.Shape == "" || chip.Outcome != verdict {
			t.Errorf("%s: got %+v, want the tone %s with a word and a shape", verdict, chip, want)
		}
		if other, taken := words[chip.Word]; taken {
			t.Errorf("%s and %s share the word %q", verdict, other, chip.Word)
		}
		words[chip.Word] = verdict
	}
}

func TestPositionInTablesAndInWords(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		polarity       string
		rank, of, ties int
		cell, sentence string
	}{
		{"low", 1, 151, 0, "1st of 151", "lowest of 151 authorities"},
		{"high", 1, 151, 0, "1st of 151", "highest of 151 authorities"},
		{"low", 1, 151, 2, "joint 1st of 151", "joint lowest of 151 authorities"},
		{"low", 2, 151, 0, "2nd of 151", "2nd lowest of 151 authorities"},
		{"high", 19, 151, 1, "joint 19th of 151", "joint 19th highest of 151 authorities"},
		{"neutral", 3, 150, 0, "3rd of 150", "3rd highest of 150 authorities"},
		// In the lower half the end that 1st stands at is named apart: 110th highest would read as high.
		{"high", 110, 153, 0, "110th of 153", "110th of 153 authorities, where 1st is highest"},
		{"low", 141, 151, 0, "141st of 151", "141st of 151 authorities, where 1st is lowest"},
		// Too few areas, or none ranked: no place at all.
		{"high", 1, 2, 0, "", ""},
		{"high", 0, 0, 0, "", ""},
	} {
		l := lineOf("births", stats.Position, stats.CannotCalculate)
		l.definition.Polarity = test.polarity
		l.verdict.Rank, l.verdict.Of, l.verdict.Ties = test.rank, test.of, test.ties
		model := scorecard.Build(input([]string{"births"}, l))
		if got := model.Front[0].Position; got != test.cell {
			t.Errorf("%+v: the table says %q", test, got)
		}
		lead := strings.Join(model.Pages[0].Lead, " ")
		if says := strings.Contains(lead, " authorities"); says != (test.sentence != "") || !strings.Contains(lead, test.sentence) {
			t.Errorf("%+v: the page says %q", test, lead)
		}
	}
}

func TestHighlightsLeaveClosedSeriesOut(t *testing.T) {
	t.Parallel()
	for _, series := range []string{"superseded", "discontinued"} {
		live, closed := lineOf("live", stats.Worse, stats.CannotCalculate), lineOf("closed", stats.Worst, stats.GettingWorse)
		better, old := lineOf("better", stats.Better, stats.CannotCalculate), lineOf("old", stats.Best, stats.GettingBetter)
		closed.definition.Series, old.definition.Series = series, series
		model := scorecard.Build(input(nil, closed, old, live, better))
		if diff := cmp.Diff([]string{"live"}, named(model.NeedsFocus)); diff != "" {
			t.Errorf("%s, needs focus (-want +got):\n%s", series, diff)
		}
		if diff := cmp.Diff([]string{"better"}, named(model.DoingWell)); diff != "" {
			t.Errorf("%s, doing well (-want +got):\n%s", series, diff)
		}
		if model.Tiles[0].Number != "1" || model.Tiles[2].Number != "1" {
			t.Errorf("%s: got %+v, want one better and one worse: closed series are not counted", series, model.Tiles)
		}
	}
}

func named(highlights []scorecard.Highlight) []string {
	var ids []string
	for _, h := range highlights {
		ids = append(ids, h.Indicator)
	}
	return ids
}

// TestPartnersAreAlwaysShown holds that an indicator brings those without which it is never shown, and theirs, into
// every table, once each and marked.
func TestPartnersAreAlwaysShown(t *testing.T) {
	t.Parallel()
	first, second, third := lineOf("first", stats.Similar, ""), lineOf("second", stats.Similar, ""), lineOf("third", stats.Similar, "")
	first.definition.Beside = []string{"second"}
	second.definition.Beside = []string{"third", "first"}
	in := input([]string{"first"}, first, second, third)
	in.Board.Sections[0].Indicators = []string{"first"}
	model := scorecard.Build(in)
	for name, cards := range map[string][]scorecard.Card{"front": model.Front, "section": model.Goals[0].Tables[0].Cards} {
		var got []string
		for _, card := range cards {
			got = append(got, fmt.Sprintf("%s %v", card.Indicator, card.Follows))
		}
		if diff := cmp.Diff([]string{"first false", "second true", "third true"}, got); diff != "" {
			t.Errorf("%s: indicators and whether each only follows (-want +got):\n%s", name, diff)
		}
	}
	var pages []string
	for _, page := range model.Pages {
		pages = append(pages, page.Card.Indicator)
	}
	if diff := cmp.Diff([]string{"first", "second", "third"}, pages); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	if beside := model.Pages[0].Beside; len(beside) != 1 || beside[0].Indicator != "second" {
		t.Errorf("got %+v beside the first, want the second", beside)
	}
}

// TestModelReplaysFromJSON holds that a saved model is the model.
func TestModelReplaysFromJSON(t *testing.T) {
	t.Parallel()
	missing := lineOf("missing", stats.NotCompared, stats.CannotCalculate)
	in := input([]string{"births", "missing"}, lineOf("births", stats.Better, stats.GettingWorse), missing)
	slices.Collect(in.Results.Values.All())[4].Estimate = stats.Missing(stats.StatusUnavailable, "not held")
	model := scorecard.Build(in)
	text, err := json.Marshal(model)
	if err != nil {
		t.Fatal(err)
	}
	var again scorecard.Model
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&again); err != nil {
		t.Fatal(err)
	}
	second, err := json.Marshal(again)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(text), string(second)); diff != "" {
		t.Errorf("saved twice (-first +second):\n%s", diff)
	}
	if again.Version != scorecard.ModelVersion {
		t.Errorf("got the version %q, want %q", again.Version, scorecard.ModelVersion)
	}
}
