package render

import (
	"strings"
	"testing"

	"levelfield/scorecard"
)

const strategyEvidence = "Health Strategy 2022-26, year-one deliverables"

func milestoneModel() scorecard.Model {
	return scorecard.Model{ID: "board", AsOf: "2026-11-23", Kicker: "Health Strategy 2022–26 · Domain 4"}
}

// TestMilestoneSaysItsWordsOnce holds that quoted words stand beside the record they come from, and nowhere else.
func TestMilestoneSaysItsWordsOnce(t *testing.T) {
	t.Parallel()
	strategy := strategyName(milestoneModel())
	for name, test := range map[string]struct {
		row            scorecard.Milestone
		quoted, origin string
	}{
		"strategy":          {scorecard.Milestone{AsOf: "2022-07", Quoted: "begun", Evidence: strategyEvidence + ": “begun”"}, "begun", "Strategy, July 2022"},
		"strategy, nothing": {scorecard.Milestone{AsOf: "2022-07", Evidence: strategyEvidence}, "", "Strategy, July 2022"},
		"later report":      {scorecard.Milestone{AsOf: "2024-03", Quoted: "begun", Evidence: "Annual report"}, "", "Annual report, March 2024"},
		"later, quoted":     {scorecard.Milestone{AsOf: "2024-03", Quoted: "open", Evidence: "Annual report: “open”"}, "open", "Annual report, March 2024"},
		"no evidence":       {scorecard.Milestone{AsOf: "2024-03", Quoted: "begun"}, "", "March 2024"},
		"not recorded":      {scorecard.Milestone{Status: "Not recorded"}, "", ""},
	} {
		got := newMilestoneRow(test.row, strategy)
		if got.Quoted != test.quoted || got.Origin != test.origin {
			t.Errorf("%s: got %q and %q, want %q and %q", name, got.Quoted, got.Origin, test.quoted, test.origin)
		}
	}
}

func TestPromisedSayTellsWhetherAnythingCameLater(t *testing.T) {
	t.Parallel()
	first := scorecard.Milestone{AsOf: "2022-07", Evidence: strategyEvidence}
	later := scorecard.Milestone{AsOf: "2024-03", Evidence: "Annual report"}
	const none = "none has been recorded since"
	if got := promisedSay(milestoneModel(), []scorecard.Milestone{first, first}); !strings.Contains(got, none) {
		t.Errorf("strategy alone: got %q, want %q in it", got, none)
	}
	if got := promisedSay(milestoneModel(), []scorecard.Milestone{first, later}); strings.Contains(got, none) {
		t.Errorf("with a later report: got %q, want it without %q", got, none)
	}
}

func TestCommitmentsWithAStatusAreATable(t *testing.T) {
	t.Parallel()
	rows := []scorecard.Milestone{{Status: "Not recorded"}, {Status: "Not recorded"}}
	if got, want := unrecorded(rows), "The strategy makes 2 commitments here. No status has been recorded for any of them."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	rows[1].AsOf = "2024-03"
	if got := unrecorded(rows); got != "" {
		t.Errorf("with one status: got %q, want nothing", got)
	}
}
