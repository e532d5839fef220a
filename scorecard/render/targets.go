package render

import (
	"fmt"

	"levelfield/engine/results"
)

// targetsTable is published where the project has targets.
var targetsTable = csvTable{
	name:  "targets.csv",
	title: "What was set for indicators, and how their figures stand against it",
	key:   []string{"indicator", "area", "period"},
	columns: []csvColumn{
		{"indicator", "Indicator", asString, "The indicator's id."},
		{"area", "Area code", asString, "The area's code."},
		{"period", "Period", asString, "The period that the target is for, in its one written form."},
		{"kind", "Kind", asString, "What is asked for: at-least, at-most or range."},
		{"basis", "Basis", asString, "What the limits were taken from: value, percentile or england-last-year."},
		{"lower", "Lower limit", asNumber, "The least that is asked for, in the unit of the indicator; empty where the target has none."},
		{"upper", "Upper limit", asNumber, "The most that is asked for, in the unit of the indicator; empty where the target has none."},
		{"tolerance", "Tolerance", asNumber, "How far off the target a figure is still told as near, in the unit of the indicator; empty where the target has none."},
		{"test", "Test", asString, "What is held against the target: interval, the 95% interval, or as-counted, the figure alone."},
		{"value", "Value", asNumber, "The figure of the period, where one is held."},
		{"outcome", "Outcome", asString, "Met, not-met, cannot-tell, not-due or no-figure, as the test has it."},
		{"tolerance_outcome", "Against the tolerance", asString, "Within, beyond or cannot-tell, for a figure that has not met a target with a tolerance."},
		{"reason", "Reason", asString, "Why it cannot be told."},
		{"source", "Source", asString, "Who set the target, and where it stands."},
	},
}

func targetRecord(t *results.Target) ([]string, error) {
	cells := []string{t.Indicator, t.Area, t.Period.Label, t.Kind, t.Basis}
	tolerance, test := &t.Tolerance, "interval"
	if t.Tolerance == 0 {
		tolerance = nil
	}
	if t.AsCounted {
		test = "as-counted"
	}
	var texts [4]string
	for i, number := range []*float64{t.Lower, t.Upper, tolerance, t.Value} {
		text, finite := plainNumber(number)
		if !finite {
			return nil, fmt.Errorf("the target of %s for %s: not a finite number", t.Indicator, t.Period.Label)
		}
		texts[i] = text
	}
	return append(cells, texts[0], texts[1], texts[2], test, texts[3], t.Status.Outcome, t.Status.Tolerance, t.Status.Reason, t.Source), nil
}
