package quality_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/engine/quality"
)

const heading = "area,period,sex,n,percent,low,high,percent_status\n"

func TestCompareCountsAllAndListsTheLargest(t *testing.T) {
	t.Parallel()
	session, d := open(t), dataset()
	load(t, session, d, "before", heading+"A,1,All,,10,9,11,\nB,1,All,,20,19,21,\nC,1,,,30,,,\nD,1,All,,40,,,\n")
	load(t, session, d, "after", heading+"A,1,All,,10.5,,,\nB,1,All,,22,21,23,\nC,1,,,30,,,\nE,1,All,,50,,,\n")
	asked := quality.Comparison{Dataset: d, Column: "percent", Table: "after", Previous: "before"}
	got, err := quality.Compare(t.Context(), session, asked)
	want := quality.Changes{New: 1, Revised: 2, Withdrawn: 1}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("got %v (-want +got):\n%s", err, diff)
	}
	asked.Most, asked.Tolerance = 2, 0.5
	if got, err = quality.Compare(t.Context(), session, asked); err != nil || len(got.Cells) != 2 {
		t.Fatalf("got %v and %v, want two cells", got, err)
	}
	// The standard error is that of the later release, 2 / (2 x 1.959964) = 0.510213, and 2 / 0.510213 = 3.919928.
	if errors := got.Cells[1].StandardErrors; math.Abs(errors-3.919928) > 1e-6 {
		t.Errorf("got a move of %v standard errors, want 3.919928", errors)
	}
	got.Cells[1].StandardErrors = 0
	want = quality.Changes{New: 1, Revised: 1, Withdrawn: 1, Cells: []quality.Change{
		{Kind: "withdrawn", Key: []string{"D", "1", "All"}, Before: "40"},
		{Kind: "revised", Key: []string{"B", "1", "All"}, Row: 3, Before: "20", After: "22", Move: 2},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}

func TestCompareSaysWhatTheEarlierTableLacks(t *testing.T) {
	t.Parallel()
	session, d := open(t), dataset()
	load(t, session, d, "after", heading+"A,1,All,7,10,9,11,\n")
	for name, columns := range map[string]string{
		"keyless": "_row BIGINT, area VARCHAR, period VARCHAR, percent DOUBLE",
		"shorter": "_row BIGINT, area VARCHAR, period VARCHAR, sex VARCHAR",
	} {
		if err := session.Exec(t.Context(), "CREATE TABLE "+name+" ("+columns+")"); err != nil {
			t.Fatal(err)
		}
	}
	for previous, want := range map[string]quality.Changes{"keyless": {Missing: []string{"sex"}}, "shorter": {New: 1}} {
		got, err := quality.Compare(t.Context(), session, quality.Comparison{Dataset: d, Column: "percent", Table: "after", Previous: previous})
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: got %v (-want +got):\n%s", previous, err, diff)
		}
	}
	d.Checks = []datasets.Check{{Rule: "previous-release", Level: "warn"}}
	got := messages(t, session, d, quality.Context{Previous: "keyless"}, "after")
	if diff := cmp.Diff([]string{"the previous release has no column sex, so its cells cannot be told apart"}, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if _, err := quality.Compare(t.Context(), session, quality.Comparison{Dataset: d, Column: "percent", Table: "after", Previous: "absent"}); err == nil {
		t.Error("got no error for a table that is not there, want one")
	}
}
