package stats_test

import (
	"math"
	"testing"

	"levelfield/engine/stats"
)

func TestTargetStatus(t *testing.T) {
	t.Parallel()
	area := stats.Published(10, pointer(8), pointer(12), stats.Linear)
	between := func(least, most float64) stats.Target { return stats.Target{Least: &least, Most: &most} }
	const within = "values that meet the target and values that do not lie within 8 to 12"
	for _, c := range []struct {
		what            string
		area            stats.Estimate
		target          stats.Target
		outcome, reason string
	}{
		{"above the least", area, stats.AtLeast(7), stats.TargetMet, ""},
		{"from the least", area, stats.AtLeast(8), stats.TargetMet, ""},
		{"around the least", area, stats.AtLeast(9), stats.TargetCannotTell, within},
		{"up to the least", area, stats.AtLeast(12), stats.TargetCannotTell, within},
		{"below the least", area, stats.AtLeast(12.5), stats.TargetNotMet, ""},
		{"below the most", area, stats.AtMost(12), stats.TargetMet, ""},
		{"above the most", area, stats.AtMost(7.9), stats.TargetNotMet, ""},
		{"within the range", area, between(8, 12), stats.TargetMet, ""},
		{"across the range", area, between(9, 11), stats.TargetCannotTell, within},
		{"beyond the range", area, between(1, 2), stats.TargetNotMet, ""},
		{"no interval", stats.PublishedOnly(10, "modelled"), stats.AtLeast(1), stats.TargetCannotTell, "no interval: modelled"},
		{"no value", stats.Missing("c", "suppressed"), stats.AtLeast(1), stats.NotCompared, "value missing: suppressed"},
		{"no target", area, stats.Target{}, stats.NotCompared, "target missing"},
		{"a target that is no number", area, stats.AtLeast(math.NaN()), stats.NotCompared, "target missing"},
		{"a range turned over", area, between(12, 8), stats.NotCompared, "the least of the target is greater than its most"},
	} {
		wantVerdict(t, c.what, stats.TargetStatus(c.area, c.target), stats.RuleTarget, c.outcome, c.reason)
	}
	wantVerdict(t, "count that meets", stats.TargetStatusOfCount(24500, stats.AtLeast(24500)), stats.RuleTarget, stats.TargetMet, "")
	wantVerdict(t, "count that does not", stats.TargetStatusOfCount(24499, stats.AtLeast(24500)), stats.RuleTarget, stats.TargetNotMet, "")
	wantVerdict(t, "no count", stats.TargetStatusOfCount(math.NaN(), stats.AtLeast(1)), stats.RuleTarget, stats.NotCompared, "value missing")
	wantVerdict(t, "count without a target", stats.TargetStatusOfCount(1, stats.Target{}), stats.RuleTarget, stats.NotCompared, "target missing")
}

// valued makes a series of values a year apart from 2018.
func valued(values ...float64) []stats.Point {
	points := make([]stats.Point, len(values))
	for i, v := range values {
		year := 2018 + float64(i)
		points[i] = stats.Point{Period: "period " + string(rune('1'+i)), Year: year, Estimate: stats.PublishedOnly(v, "")}
	}
	return points
}

func TestForecastTargetCannot(t *testing.T) {
	t.Parallel()
	hole := valued(7, 6, 5, 4, 3)
	hole[2].Estimate = stats.Missing("c", "suppressed")
	rolling := valued(7, 6, 5, 4, 3)
	for i := range rolling {
		rolling[i].Span = 3
	}
	for _, c := range []struct {
		what   string
		points []stats.Point
		year   float64
		target stats.Target
		reason string
	}{
		{"four", valued(7, 6, 5, 4), 2024, stats.AtMost(1), "fewer than five periods"},
		{"a hole leaves four", hole, 2024, stats.AtMost(1), "fewer than five periods"},
		{"none", nil, 2024, stats.AtMost(1), "fewer than five periods"},
		{"rolling", rolling, 2024, stats.AtMost(1), "periods overlap"},
		{"the past", valued(7, 6, 5, 4, 3), 2022, stats.AtMost(1), "the target period is not after the latest"},
		{"no period", valued(7, 6, 5, 4, 3), math.NaN(), stats.AtMost(1), "target period missing"},
		{"no target", valued(7, 6, 5, 4, 3), 2024, stats.Target{}, "target missing"},
		{"too large", valued(0, math.MaxFloat64, 0, math.MaxFloat64, 0), 2300, stats.AtMost(1), "result is too large to hold"},
	} {
		got := stats.ForecastTarget(c.points, c.year, c.target)
		if got.Reason != c.reason || got.Status != stats.StatusUnavailable || got.HasValue() || got.Probability != nil || got.Slope != nil || got.RequiredChange != nil {
			t.Errorf("%s: got %+v, want no numbers and the reason %q", c.what, got, c.reason)
		}
	}
}

func TestForecastTargetOnALine(t *testing.T) {
	t.Parallel()
	got := stats.ForecastTarget(valued(8, 7, 6, 5, 4), 2024, stats.AtMost(2))
	if *got.Value != 2 || *got.Lower998 != 2 || *got.Probability != 1 || *got.RequiredChange != -1 || len(got.Warnings) != 1 {
		t.Errorf("got %+v, want exactly 2 with certainty, a change of -1 a year and one warning", got)
	}
	if missed := stats.ForecastTarget(valued(8, 7, 6, 5, 4), 2023, stats.AtMost(2)); *missed.Probability != 0 {
		t.Errorf("a year early: got a probability of %v, want 0", *missed.Probability)
	}
	far := stats.ForecastTarget(valued(8, 7, 6, 5, 4.5), 2027, stats.Target{Least: pointer(0), Most: pointer(2)})
	if want := "the target lies further ahead than the series is long"; len(far.Warnings) != 1 || far.Warnings[0] != want {
		t.Errorf("five years after four: got the warnings %q, want %q", far.Warnings, want)
	}
	if *far.Probability <= 0 || *far.Probability >= 1 {
		t.Errorf("within a range: got a probability of %v, want one between 0 and 1", *far.Probability)
	}
}

func TestTargetProbabilityCannot(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		x, n, m float64
		target  stats.Target
		reason  string
	}{
		{3, 0, 10, stats.AtLeast(0.5), "denominator is zero"},
		{3, 10, 0, stats.AtLeast(0.5), "the next cohort is not a whole number from 1 to ten million"},
		{3, 10, 2.5, stats.AtLeast(0.5), "the next cohort is not a whole number from 1 to ten million"},
		{3, 10, math.NaN(), stats.AtLeast(0.5), "the next cohort is not a whole number from 1 to ten million"},
		{3, 10, 10, stats.Target{}, "target missing"},
	} {
		if got, reason := stats.TargetProbability(c.x, c.n, c.m, c.target); got != nil || reason != c.reason {
			t.Errorf("%v of %v, next %v: got %v (%s), want none (%s)", c.x, c.n, c.m, got, reason, c.reason)
		}
	}
	if got, _ := stats.TargetProbability(3, 10, 10, stats.AtLeast(0)); *got != 1 {
		t.Errorf("at least none: got %v, want 1", *got)
	}
	if got, _ := stats.TargetProbability(3, 10, 10, stats.AtLeast(1.1)); *got != 0 {
		t.Errorf("more than all: got %v, want 0", *got)
	}
}
