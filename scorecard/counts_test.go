package scorecard_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/stats"
	"levelfield/scorecard"
	"levelfield/seeds"
)

// TestCountsAreByStatusAndByPart has two goals, one line in both, one that is closed and one without a figure.
func TestCountsAreByStatusAndByPart(t *testing.T) {
	t.Parallel()
	older := lineOf("older", stats.Worse, stats.GettingWorse)
	older.definition.Series = "discontinued"
	in := input(nil,
		lineOf("good", stats.Better, stats.GettingWorse), lineOf("alike", stats.Similar, stats.NoSignificantChange), lineOf("bad", stats.Worst, stats.GettingBetter),
		lineOf("placed", stats.Position, stats.CannotCalculate), older, lineOf("blank", stats.NotCompared, stats.CannotCalculate))
	for value := range in.Results.Values.All() {
		if value.Indicator == "blank" {
			value.Estimate = stats.Missing(stats.StatusUnavailable, "not held")
		}
	}
	in.Board.Goals = []string{"G", "H"}
	in.Strategy.Goals = append(in.Strategy.Goals, seeds.Goal{ID: "H", Title: "Another", Short: "Another"})
	in.Board.Sections = append(in.Board.Sections, scorecard.Section{Goal: "H", Title: "Other", Indicators: []string{"bad"}})
	in.Board.Missing = []scorecard.Gap{{Section: "Other", What: "What nobody counts", Why: "nobody does"}}
	model := scorecard.Build(in)
	want := []scorecard.Count{
		{Code: "G", Label: "Goal G", Title: "A goal", Lines: 4, Better: 1, Similar: 1, Worse: 1, Untested: 1, GettingBetter: 1, GettingWorse: 1, WithoutFigure: 1},
		{Code: "H", Label: "Goal H", Title: "Another", Lines: 1, Worse: 1, GettingBetter: 1, WithoutFigure: 1},
		{Lines: 4, Better: 1, Similar: 1, Worse: 1, Untested: 1, GettingBetter: 1, GettingWorse: 1, WithoutFigure: 2},
	}
	if diff := cmp.Diff(want, model.Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	whole := want[len(want)-1]
	for i, number := range []int{whole.Better, whole.Similar, whole.Worse} {
		if model.Tiles[i].Number != fmt.Sprint(number) {
			t.Errorf("the tile %q says %s, the counts say %d", model.Tiles[i].Label, model.Tiles[i].Number, number)
		}
	}
}
