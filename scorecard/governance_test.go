package scorecard_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/scorecard"
	"levelfield/seeds"
)

// withTarget is a board of one line with a target for 2023, at most 3%, which is not met.
func withTarget() scorecard.Input {
	in := input([]string{"births"}, lineOf("births", stats.Similar, stats.NoSignificantChange))
	most := 3.0
	in.Results.Targets = []results.Target{{
		Indicator: "births", Area: ayton, Period: year("2023"), Kind: seeds.AtMost, Basis: seeds.FromValue, Upper: &most, Source: "A plan",
		Status: stats.TargetStanding{Outcome: stats.TargetNotMet},
	}}
	return in
}

func terms(model scorecard.Model) []string {
	var names []string
	for _, term := range model.Glossary {
		names = append(names, term.Term)
	}
	return names
}

func TestTheGlossaryExplainsWhatStandsOnTheBoard(t *testing.T) {
	t.Parallel()
	plain := input([]string{"births"}, lineOf("births", stats.Similar, stats.NoSignificantChange))
	plain.Project.StrategyBegan = "2021-04"
	without, with := scorecard.Build(plain), scorecard.Build(withTarget())
	for _, term := range []string{"Target", "Route to green"} {
		if slices.Contains(terms(without), term) || !slices.Contains(terms(with), term) {
			t.Errorf("%q: got %v without and %v with a target, want it where there is one", term, slices.Contains(terms(without), term), slices.Contains(terms(with), term))
		}
	}
	at := slices.Index(terms(without), "Since the strategy began")
	if at < 0 || !strings.Contains(without.Glossary[at].Text, "before April 2021") {
		t.Errorf("got the glossary %v, want the baseline before April 2021", without.Glossary)
	}
}

func TestATargetNotMetNeedsFocusAndARoute(t *testing.T) {
	t.Parallel()
	in := withTarget()
	model := scorecard.Build(in)
	if len(model.NeedsFocus) != 1 || !strings.HasSuffix(model.NeedsFocus[0].Sentence, "The target for 2023 is at most 3%. It is not met.") {
		t.Errorf("got %+v under needs focus, want the line with its target", model.NeedsFocus)
	}
	if card := model.Front[0]; card.Target == nil || card.Target.Status.Tone != scorecard.Worse || card.Target.Asked != "at most 3%" {
		t.Errorf("got the target %+v, want one that is not met", card.Target)
	}
	if model.Pages[0].Route == "" || len(model.Targets) != 1 || model.Facts[len(model.Facts)-1] != "1 line with a target: 1 not met" {
		t.Errorf("got the route %q, %d targets and the facts %v", model.Pages[0].Route, len(model.Targets), model.Facts)
	}
	in.Commentary = []seeds.Comment{{Folder: "2023", Indicator: "births", Author: "An office", Date: "2024-06-30", Text: "Words.", Route: true}}
	if again := scorecard.Build(in); again.Pages[0].Route != "" || len(again.Commentary) != 1 || again.Commentary[0].Older != "" {
		t.Errorf("got %+v, want a commentary that answers the question", again.Pages[0])
	}
}

// TestTheTrendChartHoldsTheTargets: each at its period, with what is asked for, not joined to the next.
func TestTheTrendChartHoldsTheTargets(t *testing.T) {
	t.Parallel()
	in := withTarget()
	least, most := 2.0, 4.0
	in.Results.Targets = append(in.Results.Targets, results.Target{
		Indicator: "births", Area: ayton, Period: year("2025"), Kind: seeds.InRange, Basis: seeds.FromValue, Lower: &least, Upper: &most, Source: "A plan",
		Status: stats.TargetStanding{Outcome: results.TargetNotDue},
	})
	for _, chart := range scorecard.Build(in).Pages[0].Charts {
		if chart.Kind != scorecard.TrendChart {
			continue
		}
		at := slices.IndexFunc(chart.Series, func(s scorecard.Series) bool { return s.Role == scorecard.TargetRole })
		if at < 0 || len(chart.Series[at].Points) != 2 {
			t.Fatalf("got the series %+v, want one of two targets", chart.Series)
		}
		first, second := chart.Series[at].Points[0], chart.Series[at].Points[1]
		if *first.Y != 3 || first.Label != "2023" || second.Y != nil || *second.Lower != 2 || *second.Upper != 4 || !second.GapBefore {
			t.Errorf("got %+v and %+v, want 3 for 2023 and 2 to 4 for 2025", first, second)
		}
		return
	}
	t.Fatal("got no trend chart")
}

func approvals(hash string) seeds.Approvals {
	list := seeds.Approvals{Asked: true}
	if hash != "" {
		list.List = []seeds.Approval{{Board: "board", By: "An office", Date: "2024-07-01", Hash: hash}}
	}
	return list
}

func sign(t *testing.T, model scorecard.Model, with seeds.Approvals) scorecard.Model {
	t.Helper()
	signed, err := model.Sign(with)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func TestASignOffIsBoundToWhatTheBoardShows(t *testing.T) {
	t.Parallel()
	model := scorecard.Build(withTarget())
	if unasked := sign(t, model, seeds.Approvals{}); unasked.SignOff != nil {
		t.Errorf("got %+v, want no mark where no sign-off is asked for", unasked.SignOff)
	}
	draft := sign(t, model, approvals(""))
	if draft.SignOff.State != scorecard.Draft || draft.SignOff.Mark != "Draft" || len(draft.SignOff.Hash) != 64 {
		t.Fatalf("got %+v, want a draft with its hash", draft.SignOff)
	}
	signed := sign(t, model, approvals(draft.SignOff.Hash))
	if signed.SignOff.State != scorecard.Signed || signed.SignOff.Mark != "" || signed.SignOff.Words != "Signed off by An office on 1 July 2024." {
		t.Errorf("got %+v, want it signed", signed.SignOff)
	}
	// Links to other boards are not what was signed, and the sign-off does not sign itself.
	linked := model
	linked.Siblings = []scorecard.Link{{ID: "other", Title: "Another"}}
	if again := sign(t, sign(t, linked, approvals("")), approvals(draft.SignOff.Hash)); again.SignOff.State != scorecard.Signed {
		t.Errorf("got %+v beside another board, want it signed still", again.SignOff)
	}
	in := withTarget()
	for v := range in.Results.Values.All() {
		if v.Area == country {
			changed := *v.Value + 0.1
			v.Value = &changed
		}
	}
	void := sign(t, scorecard.Build(in), approvals(draft.SignOff.Hash))
	if void.SignOff.State != scorecard.Void || void.SignOff.Mark != "Draft" || !strings.Contains(void.SignOff.Words, "is void") {
		t.Errorf("got %+v after England's figure changed, want it void", void.SignOff)
	}
}

// TestASavedModelThatWasChangedIsVoid: a replayed model shows no sign-off that it does not have.
func TestASavedModelThatWasChangedIsVoid(t *testing.T) {
	t.Parallel()
	model := scorecard.Build(withTarget())
	hash, err := model.Hash()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(sign(t, model, approvals(hash)))
	if err != nil {
		t.Fatal(err)
	}
	for change, want := range map[string]string{"": scorecard.Signed, "Births": scorecard.Void} {
		saved := string(text)
		if change != "" {
			saved = strings.Replace(saved, change, "Deaths", 1)
		}
		var again scorecard.Model
		if err := json.Unmarshal([]byte(saved), &again); err != nil {
			t.Fatal(err)
		}
		verified, err := again.Verified()
		if err != nil || verified.SignOff.State != want {
			t.Errorf("with %q changed: got %+v (%v), want %s", change, verified.SignOff, err, want)
		}
	}
}

// TestAJudgementChangesNoOtherBoard: the boards of a run share what they are made of, and each shows the test's own word.
func TestAJudgementChangesNoOtherBoard(t *testing.T) {
	t.Parallel()
	in := input([]string{"births"}, lineOf("births", stats.Worse, stats.NoSignificantChange))
	in.Index = scorecard.NewIndex(in.Results, ayton)
	plain := scorecard.Build(in)
	in.Overrides = []seeds.Override{{Indicator: "births", Period: "2023", Status: seeds.OfEngland, Shown: seeds.UnderReview, Reason: "A reason.", By: "An office", Until: "2030-12-31"}}
	for range 2 {
		chip := scorecard.Build(in).Front[0].Verdict
		if chip.Word != "Under review" || chip.Override == nil || chip.Override.Tested != "Worse" {
			t.Errorf("got %+v, want it under review with the test's own word", chip)
		}
	}
	in.Overrides = nil
	if again := scorecard.Build(in).Front[0].Verdict; again != plain.Front[0].Verdict {
		t.Errorf("got %+v without the judgement, want %+v as before", again, plain.Front[0].Verdict)
	}
}
