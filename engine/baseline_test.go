package engine_test

import (
	"testing"

	"levelfield/engine"
	"levelfield/scorecard"
)

// withoutBaseline are the current indicators with figures on both sides of the strategy's beginning that name no baseline,
// each with the reason.
var withoutBaseline = map[string]string{
	"looked-after-key-stage-2": "Thurrock's figure of 2021/22 is suppressed, and those before it lie on the other side of a break",
	"destinations-16-18":       "of providers in the area, not of residents: the cohort fell to a third, so that no change is one of young people here",
}

// TestIndicatorsCountFromTheirBaseline holds that every current indicator with a figure of the strategy's first summer or
// before, and a later one, tells the change since: with its interval where both figures have one, with England's beside it
// where both of England's are held, and with the reason where it tells none.
func TestIndicatorsCountFromTheirBaseline(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	project, faults := engine.Load(engine.BuiltIn())
	if len(faults.Errors()) > 0 {
		t.Fatal(faults)
	}
	pages := map[string]scorecard.Page{}
	for _, model := range b.boards {
		for _, page := range model.Pages {
			pages[page.Card.Indicator] = page
		}
	}
	told := 0
	for _, definition := range project.Indicators.Definitions {
		if definition.Series != "current" && definition.Series != "suspended" {
			continue
		}
		before, after := false, false
		for _, row := range b.results.where("indicator", definition.ID, "area", thurrock, "breakdown", "") {
			if row.text("value") != "" {
				before = before || row.text("period_end") <= "2022-08-31"
				after = after || row.text("period_end") > "2022-08-31"
			}
		}
		if !before || !after || withoutBaseline[definition.ID] != "" {
			continue
		}
		if definition.Baseline == "" {
			t.Errorf("%s has figures before and after the strategy began, and no baseline", definition.ID)
			continue
		}
		told++
		holdChange(t, b, definition.ID, string(definition.Baseline), definition.Money, pages[definition.ID].Card.Change)
	}
	if told < 60 {
		t.Errorf("got %d indicators with a baseline, want at least 60", told)
	}
	for id, why := range withoutBaseline {
		if page, known := pages[id]; !known || page.Card.Change.Change != "" {
			t.Errorf("%s: got the change %q; it has none because %s", id, page.Card.Change.Change, why)
		}
	}
}

// holdChange holds a row of "since the strategy began" to the figures behind it.
func holdChange(t *testing.T, b built, id, baseline string, money bool, change scorecard.Since) {
	t.Helper()
	first, found := b.results.value(valueKey{indicator: id, area: thurrock, period: baseline})
	if !found || first.text("value") == "" {
		t.Errorf("%s: its baseline %s has no figure for Thurrock", id, baseline)
		return
	}
	if change.Change == "" {
		if change.Reason == "" {
			t.Errorf("%s: got neither a change nor a reason", id)
		}
		return
	}
	if change.Interval == "" && change.Reason == "" {
		t.Errorf("%s: the change %s has neither an interval nor a reason", id, change.Change)
	}
	tested := first.text("lower95") != ""
	for _, row := range b.results.where("indicator", id, "area", thurrock, "breakdown", "") {
		if row.text("period_end") > first.text("period_end") && row.text("value") != "" {
			tested = tested && row.text("lower95") != ""
		}
	}
	if tested && change.Interval == "" {
		t.Errorf("%s: both figures have an interval, and the change %s has none", id, change.Change)
	}
	england, held := b.results.value(valueKey{indicator: id, area: england, period: baseline})
	if held && england.text("value") != "" && change.England == "" {
		t.Errorf("%s: England's figure of the baseline is held, and no change of England's is shown", id)
	}
	if money && change.Interval == "" && change.Reason != "cash terms" {
		t.Errorf("%s: got the reason %q of an amount of money, want that it is in cash terms", id, change.Reason)
	}
}
