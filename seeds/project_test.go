package seeds

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBuiltinProject(t *testing.T) {
	t.Parallel()
	want := Project{
		Title:         "Opportunity for All",
		StrategyLine:  "Thurrock Health and Wellbeing Strategy 2022–26 · Domain 4",
		StrategyBegan: "2022-07",
		Focus:         "E06000034",
		Comparators:   Comparators{England: "E92000001", Region: "E12000006", Neighbours: "dfe-2025"},
		Licence: Licence{
			Name:        "Open Government Licence v3.0",
			Attribution: "Contains public sector information licensed under the Open Government Licence v3.0.",
		},
		Boards: []string{"domain-4", "skills", "goal-4a", "goal-4b", "goal-4c", "goal-4d", "playing-field"},
	}
	if diff := cmp.Diff(want, load(t).project); diff != "" {
		t.Errorf("project (-want +got):\n%s", diff)
	}
}

// TestBuiltinProgress: the built-in reports say what the strategy says and no more.
func TestBuiltinProgress(t *testing.T) {
	t.Parallel()
	b := load(t)
	if got := len(b.progress); got != 37+19 {
		t.Errorf("got %d reports, want one for each of 37 commitments and 19 deliverables", got)
	}
	for _, report := range b.progress {
		statement, _ := b.strategy.Statement(report.ID)
		if report.Status != statement.Status || report.AsOf != statement.StatusAsOf || report.Owner != "" {
			t.Errorf("got %+v, want status %q as of %q and no owner", report, statement.Status, statement.StatusAsOf)
		}
	}
}

func TestLatest(t *testing.T) {
	t.Parallel()
	reports := []Progress{
		{ID: "a", Status: ""},
		{ID: "a", Status: UnderWay, AsOf: "2023-01"},
		{ID: "b", Status: Listed, AsOf: "2022-07"},
		{ID: "a", Status: Listed, AsOf: "2022-07"},
		{ID: "a", Status: "", AsOf: "2023-04"},
		{ID: "c"},
	}
	for id, want := range map[string]Progress{
		"a": {ID: "a", Status: UnderWay, AsOf: "2023-01"},
		"b": {ID: "b", Status: Listed, AsOf: "2022-07"},
		"c": {ID: "c"},
	} {
		if got, found := Latest(reports, id); !found || got != want {
			t.Errorf("%s: got %+v, want %+v", id, got, want)
		}
	}
	if _, found := Latest(reports, "d"); found {
		t.Error("found a report on what nobody reported on")
	}
}
