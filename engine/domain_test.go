package engine_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"levelfield/engine"
	"levelfield/scorecard"
	"levelfield/seeds"
)

// coverage is what the build says of the strategy's statements.
func coverage(t *testing.T) scorecard.Coverage {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(builtIn(t).out, "data", "handbook.json"))
	if err != nil {
		t.Fatal(err)
	}
	var book struct {
		Coverage scorecard.Coverage `json:"coverage"`
	}
	if err := json.Unmarshal(text, &book); err != nil {
		t.Fatal(err)
	}
	return book.Coverage
}

// statementKinds are how many statements of each kind STRATEGY.md lists, and how many of them must have an indicator with a
// figure for Thurrock.
var statementKinds = []struct {
	kind                 string
	statements, measured int
}{
	{seeds.Aim, 7, 7}, {seeds.Ambition, 18, 17}, {seeds.Means, 7, 0}, {seeds.Challenge, 19, 14}, {seeds.Commitment, 37, 0}, {seeds.Deliverable, 19, 0},
}

// TestEveryStatementIsAnswered holds that every statement of the strategy has an indicator, is followed as a milestone, or
// says why nothing measures it.
func TestEveryStatementIsAnswered(t *testing.T) {
	t.Parallel()
	all, measured := map[string]int{}, map[string]int{}
	for _, statement := range coverage(t).Statements {
		all[statement.Kind]++
		if len(statement.WithFigure) > 0 {
			measured[statement.Kind]++
		} else if statement.Status == "" && statement.Gap == "" {
			t.Errorf("%s has neither an indicator with a figure, nor a status, nor a stated gap", statement.ID)
		}
		if strings.HasPrefix(statement.ID, "domain/") && len(statement.WithFigure) == 0 {
			t.Errorf("%s has no indicator with a figure for Thurrock", statement.ID)
		}
	}
	for _, want := range statementKinds {
		if all[want.kind] != want.statements || measured[want.kind] < want.measured {
			t.Errorf("%s: got %d statements, %d of them measured; want %d and at least %d", want.kind, all[want.kind], measured[want.kind], want.statements, want.measured)
		}
	}
}

// linesWithFigures are the counts of FIGURES.md section 1: catalogue lines by goal with a figure for Thurrock, with
// England's, both and current, with an interval at the latest period, with a recent trend possible.
var linesWithFigures = []scorecard.CoverageGoal{
	{Goal: "4A", WithFigure: 35, WithEngland: 31, Current: 31, WithInterval: 7, WithTrend: 4},
	{Goal: "4B", WithFigure: 6, WithEngland: 6, Current: 4, WithInterval: 3, WithTrend: 1},
	{Goal: "4C", WithFigure: 12, WithEngland: 9, Current: 8, WithInterval: 2, WithTrend: 2},
	{Goal: "4D", WithFigure: 13, WithEngland: 12, Current: 12, WithInterval: 8, WithTrend: 7},
	{Goal: "all", WithFigure: 66, WithEngland: 58, Current: 55, WithInterval: 20, WithTrend: 14},
}

func TestGoalsHaveAtLeastTheLinesThatHaveFigures(t *testing.T) {
	t.Parallel()
	counted := map[string]scorecard.CoverageGoal{}
	for _, goal := range coverage(t).Goals {
		counted[goal.Goal] = goal
	}
	for _, want := range linesWithFigures {
		got := counted[want.Goal]
		if got.WithFigure < want.WithFigure || got.WithEngland < want.WithEngland || got.Current < want.Current || got.WithInterval < want.WithInterval || got.WithTrend < want.WithTrend {
			t.Errorf("goal %s: got %+v, want at least %+v", want.Goal, got, want)
		}
	}
}

// keptWarnings are the warnings that the built-in project keeps, each with the reason why it stays.
var keptWarnings = []struct{ place, says, why string }{
	{"datasets/dfe-september-guarantee/figures.csv:337:19", "read 100.02, expected at least 0 and at most 100",
		"offers are counted over an estimate of the cohort, which can be smaller than the number of offers"},
	{"datasets/dfe-september-guarantee/figures.csv:338:19", "read 100.21, expected at least 0 and at most 100",
		"the same, a year later: Thurrock's 100.2% is as published"},
}

func TestWarningsOfTheBuiltInProjectAreThoseThatAreKept(t *testing.T) {
	t.Parallel()
	faults, err := engine.Check(context.Background(), engine.Options{Now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), State: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if errors := faults.Errors(); len(errors) > 0 {
		t.Fatalf("got faults of the built-in project:\n%v", errors)
	}
	met := make([]bool, len(keptWarnings))
	for _, warning := range faults {
		at := slices.IndexFunc(keptWarnings, func(kept struct{ place, says, why string }) bool {
			return strings.HasPrefix(warning.String(), kept.place) && strings.Contains(warning.Message, kept.says)
		})
		if at < 0 {
			t.Errorf("got a warning without a reason to keep it: %v", warning)
			continue
		}
		met[at] = true
	}
	for i, kept := range keptWarnings {
		if !met[i] {
			t.Errorf("%s no longer warns: take it out of the table", kept.place)
		}
	}
}

// TestNoNumberStandsWithoutItsSource holds that every figure names a dataset with publisher, release, date and licence, or
// is made of indicators that do.
func TestNoNumberStandsWithoutItsSource(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	project, faults := engine.Load(engine.BuiltIn())
	if len(faults.Errors()) > 0 {
		t.Fatal(faults)
	}
	sound := map[string]bool{}
	for _, d := range project.Datasets.Datasets {
		sound[d.ID] = d.Publisher != "" && d.Release != "" && d.Released != "" && d.Licence.Name != "" && d.Licence.Attribution != "" && d.Label != ""
	}
	checked := map[string]bool{}
	for i := range b.results.rows {
		row := b.results.at(i)
		id := row.text("indicator")
		if checked[id] || row.text("value") == "" {
			continue
		}
		checked[id] = true
		sources := strings.FieldsFunc(row.text("dataset"), func(r rune) bool { return r == ';' || r == ' ' || r == '+' || r == ',' })
		if len(sources) == 0 {
			t.Errorf("%s: the figure of %s in %s names no dataset", id, row.text("area"), row.text("period"))
		}
		for _, source := range sources {
			if !sound[source] {
				t.Errorf("%s: the dataset %s lacks publisher, release, date, label or licence", id, source)
			}
		}
	}
	if len(checked) < 143 {
		t.Errorf("got %d indicators with figures, want those of coverage", len(checked))
	}
}
