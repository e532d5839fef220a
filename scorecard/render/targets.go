package render

import (
	"fmt"
	"strings"

	"levelfield/engine/results"
	"levelfield/engine/stats"
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
		{"forecast", "Forecast", asNumber, "Where a straight line through the figures since the last break leads by the period of a target that is not due."},
		{"forecast_lower95", "Lower forecast", asNumber, "The lower 95% limit of one new figure on that line."},
		{"forecast_upper95", "Upper forecast", asNumber, "The upper 95% limit of one new figure on that line."},
		{"probability", "Probability", asNumber, "The probability that the figure meets the target if the line holds, from 0 to 1."},
		{"required_change", "Required change", asNumber, "The change a year that leads from the latest figure to the target; 0 where it is there."},
		{"forecast_reason", "Why no forecast", asString, "Why there is no forecast, or what has to be known of it."},
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
	var forecast stats.Forecast
	if t.Forecast != nil {
		forecast = *t.Forecast
	}
	var texts [9]string
	for i, number := range []*float64{
		t.Lower, t.Upper, tolerance, t.Value, forecast.Value, forecast.Lower95, forecast.Upper95, forecast.Probability, forecast.RequiredChange,
	} {
		text, finite := plainNumber(number)
		if !finite {
			return nil, fmt.Errorf("the target of %s for %s: not a finite number", t.Indicator, t.Period.Label)
		}
		texts[i] = text
	}
	why := forecast.Reason
	if why == "" {
		why = strings.Join(forecast.Warnings, "; ")
	}
	cells = append(cells, texts[0], texts[1], texts[2], test, texts[3], t.Status.Outcome, t.Status.Tolerance, t.Status.Reason, t.Source)
	return append(append(cells, texts[4:]...), why), nil
}
