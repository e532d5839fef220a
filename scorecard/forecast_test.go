package scorecard_test

import (
	"strings"
	"testing"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/scorecard"
	"levelfield/seeds"
)

// TestForecastsSayWhatALineWouldLeadTo and never that something will be: by hand from the numbers that are given.
func TestForecastsSayWhatALineWouldLeadTo(t *testing.T) {
	t.Parallel()
	number := func(v float64) *float64 { return &v }
	line := func(probability, change float64) *stats.Forecast {
		return &stats.Forecast{
			Estimate: stats.Estimate{Value: number(4.61), Lower95: number(4.02), Upper95: number(5.18)}, Points: 6,
			Probability: &probability, RequiredChange: &change,
		}
	}
	const head = "A straight line through the six comparable figures would lead to 4.6% by then (95% limits of a new figure 4.0% to 5.2%). "
	for _, c := range []struct {
		what     string
		forecast *stats.Forecast
		want     string
	}{
		{"none asked", nil, "No figure is held for that period yet."},
		{"likely", line(0.912, -0.14), head + "If nothing changes its course, the probability that the target is met is about 91%. " +
			"The target asks for a change of −0.1 points a year from the latest figure on."},
		{"hardly", line(0.004, 2), head + "If nothing changes its course, the probability that the target is met is under 1%. " +
			"The target asks for a change of +2.0 points a year from the latest figure on."},
		{"a small change", line(0.5, -0.02), "The target asks for a change of −0.02 points a year from the latest figure on."},
		{"there", line(0.9999, 0), "is over 99%. The latest figure is there already."},
		{"refused", &stats.Forecast{Estimate: stats.Missing("x", "fewer than five periods")}, "No forecast is made: fewer than five periods."},
	} {
		in := withTarget()
		in.Results.Targets[0] = results.Target{
			Indicator: "births", Area: ayton, Period: year("2028"), Kind: seeds.AtMost, Basis: seeds.FromValue, Upper: number(5), Source: "A plan",
			Status: stats.TargetStanding{Outcome: results.TargetNotDue}, Forecast: c.forecast,
		}
		said := strings.Join(scorecard.Build(in).Targets[0].Sentences, " ")
		if !strings.Contains(said, c.want) || c.forecast == nil && strings.Contains(said, "line") {
			t.Errorf("%s: got %q, want %q in it", c.what, said, c.want)
		}
		// Beside a target that is due, the next one says the same.
		both := withTarget()
		both.Results.Targets = append(both.Results.Targets, in.Results.Targets...)
		want := "It is not met. The target for 2028 is at most 5%." + strings.TrimPrefix(c.want, "No figure is held for that period yet.")
		if said := strings.Join(scorecard.Build(both).Targets[0].Sentences, " "); strings.HasPrefix(c.want, "A straight") && !strings.Contains(said, strings.Replace(want, "5%.A", "5%. A", 1)) {
			t.Errorf("%s, beside one that is due: got %q, want %q in it", c.what, said, want)
		}
	}
}
