package scorecard_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"levelfield/engine/stats"
	"levelfield/scorecard"
	"levelfield/seeds"
)

// TestBoardsAnswerStatements: sections may answer statements of the strategy in the place of goals. The statement heads
// them, and the pages of their indicators lead back to it.
func TestBoardsAnswerStatements(t *testing.T) {
	t.Parallel()
	in := input(nil, lineOf("births", stats.Similar, stats.NoSignificantChange), lineOf("deaths", stats.Similar, stats.NoSignificantChange))
	in.Strategy.Statements = []seeds.Statement{
		{ID: "domain/aim/fair", Kind: seeds.Aim, Goal: seeds.Domain, Title: "A fair start", Text: "Everyone starts alike."},
		{ID: "domain/aim/rich", Kind: seeds.Aim, Goal: seeds.Domain, Title: "A rich place"},
	}
	in.Board.Sections = []scorecard.Section{
		{Statement: "domain/aim/rich", Title: "Money", Indicators: []string{"deaths"}},
		{Statement: "domain/aim/fair", Title: "Starts", Indicators: []string{"births"}},
		{Statement: "domain/aim/rich", Title: "More money"},
	}
	model := scorecard.Build(in)
	var got []string
	for _, goal := range model.Goals {
		got = append(got, goal.Label+": "+goal.Title)
		for _, table := range goal.Tables {
			got = append(got, table.Title)
		}
	}
	want := "Aim 1: A rich place, Money, More money, Aim 2: A fair start, Starts"
	if text := strings.Join(got, ", "); text != want {
		t.Errorf("got %s, want %s", text, want)
	}
	for _, page := range model.Pages {
		want := map[string]string{"births": "Aim 2", "deaths": "Aim 1"}[page.Card.Indicator]
		if page.GoalLabel != want {
			t.Errorf("%s leads back to %q, want %q", page.Card.Indicator, page.GoalLabel, want)
		}
	}
}

func TestSectionsBelongToAGoalOrAStatement(t *testing.T) {
	t.Parallel()
	files := boardFile("title: A board\nkicker: A test\ngoals: [G]\nsections:\n  - {title: Neither}\n  - {goal: G, statement: G/aim/a, title: Both}\n")
	_, faults := scorecard.LoadBoards(files, "boards")
	var got []string
	for _, f := range faults {
		got = append(got, f.String())
	}
	if len(got) != 2 || !strings.HasPrefix(got[0], "boards/board.yaml:5:5: sections[0]: needs either") || !strings.HasPrefix(got[1], "boards/board.yaml:6:5: sections[1]: needs either") {
		t.Errorf("got %q, want a fault at each section", got)
	}
}

// boardFile is a project that holds one board.
func boardFile(text string) fstest.MapFS {
	return fstest.MapFS{"boards/board.yaml": {Data: []byte(text)}}
}
