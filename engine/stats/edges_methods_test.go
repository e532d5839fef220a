package stats_test

import (
	"math"
	"strings"
	"testing"

	"levelfield/engine/stats"
)

var missing = math.NaN()

// wantReason fails unless an estimate has no number and the reason.
func wantReason(t *testing.T, what string, e stats.Estimate, reason string) {
	t.Helper()
	checkSound(t, e)
	if e.HasValue() || e.Status != stats.StatusUnavailable || e.Reason != reason {
		t.Errorf("%s: got %+v, want status x and the reason %q", what, e, reason)
	}
}

func TestReasonsOfProportionsAndMeans(t *testing.T) {
	t.Parallel()
	asked := func(interval stats.ProportionInterval, effect, population *float64) stats.Estimate {
		return stats.ProportionWith(3, 10, stats.ProportionOptions{Interval: interval, Multiplier: 1, DesignEffect: effect, Population: population})
	}
	for _, c := range []struct {
		reason string
		got    stats.Estimate
	}{
		{"no interval is called wald", asked("wald", nil, nil)},
		{"design effect missing", asked(stats.MidP, &missing, nil)},
		{"design effect is not above zero", asked("", pointer(0), nil)},
		{"population missing", asked("", nil, &missing)},
		{"denominator greater than population", asked("", nil, pointer(9))},
		{"numerator greater than denominator", stats.ProportionWith(3, 2, stats.ProportionOptions{Multiplier: 1})},
		{"multiplier is not a positive number", stats.ProportionWith(1, 2, stats.ProportionOptions{})},
		{"numerator missing", stats.RateExact(missing, 2, 1)},
		{"denominator is zero", stats.RateExact(2, 0, 1)},
		{"value missing", stats.Mean(nil).Estimate},
		{"fewer than two values", stats.Mean([]float64{4}).Estimate},
		{"value missing: 2 of 5", stats.Mean([]float64{4, missing, 5, missing, 6}).Estimate},
		{"result is too large to hold", stats.Mean([]float64{1e200, -1e200}).Estimate},
		{"value missing", stats.MeanOf(missing, 1, 9)},
		{"standard deviation missing", stats.MeanOf(4, missing, 9)},
		{"size of the sample missing", stats.MeanOf(4, 1, missing)},
		{"negative", stats.MeanOf(4, -1, 9)},
		{"fewer than two values", stats.MeanOf(4, 1, 1)},
		{"value missing", stats.QuantileInterval([]float64{missing}, 0.5)},
		{"the quantile is not between 0 and 1", stats.QuantileInterval([]float64{1, 2}, 1)},
	} {
		wantReason(t, c.reason, c.got, c.reason)
	}
	if all := asked("", nil, pointer(10)); *all.Lower998 != 0.3 || *all.Upper95 != 0.3 || len(all.Warnings) != 1 {
		t.Errorf("a whole population: got %+v, want limits at the value and a warning", all)
	}
	if one := stats.Mean([]float64{7.5, 7.5, 7.5}); *one.Lower998 != 7.5 || *one.SD != 0 {
		t.Errorf("equal values: got %+v, want limits at the value", one)
	}
	single := stats.QuantileInterval([]float64{5}, 0.5)
	if *single.Value != 5 || single.Lower95 != nil || strings.Join(single.Warnings, "; ") != "no 95% limits: too few values; no 99.8% limits: too few values" {
		t.Errorf("one value: got %+v, want it without limits", single)
	}
}

func TestReasonsOfStandardisedRates(t *testing.T) {
	t.Parallel()
	dsr := func(change func(s *stats.Strata)) stats.Estimate {
		s := stats.Strata{Counts: []float64{9, 20}, Populations: []float64{900, 800}, Standard: []float64{6, 4}}
		change(&s)
		return stats.DSR(s, stats.Dobson, 1000).Estimate
	}
	for reason, change := range map[string]func(s *stats.Strata){
		"numerator missing in a band":                                func(s *stats.Strata) { s.Counts[1] = missing },
		"denominator missing in a band":                              func(s *stats.Strata) { s.Populations[0] = missing },
		"denominator is zero in a band":                              func(s *stats.Strata) { s.Populations[0] = 0 },
		"standard population missing in a band":                      func(s *stats.Strata) { s.Standard[0] = missing },
		"standard population is zero":                                func(s *stats.Strata) { s.Standard = []float64{0, 0} },
		"negative in a band":                                         func(s *stats.Strata) { s.Counts[0] = -1 },
		"frequency missing in a band":                                func(s *stats.Strata) { s.Frequency = []float64{1, missing} },
		"total count under 10":                                       func(s *stats.Strata) { s.Counts = []float64{1, 8} },
		"no rows, or columns of unequal length":                      func(s *stats.Strata) { s.Counts = nil },
		"rows of a band differ in population or standard population": func(s *stats.Strata) { s.Bands = []int{1, 1} },
	} {
		wantReason(t, reason, dsr(change), reason)
	}
	none := stats.Strata{Counts: []float64{0, 0}, Populations: []float64{900, 800}, Standard: []float64{6, 4}}
	if e := stats.DSR(none, stats.FayFeuer, 1000); *e.Value != 0 || *e.Lower998 != 0 || *e.Upper95 <= 0 {
		t.Errorf("no events: got %+v, want 0 from exactly 0", e)
	}
	wantReason(t, "interval", stats.DSR(none, "gamma", 1).Estimate, "no interval is called gamma")
	wantReason(t, "per", stats.DSR(none, stats.Tiwari, 0).Estimate, "multiplier is not a positive number")

	wantReason(t, "observed", stats.ISRatio(missing, 4, 1), "observed count missing")
	wantReason(t, "expected", stats.ISRatio(4, missing, 1), "expected count missing")
	wantReason(t, "expected zero", stats.ISRatio(4, 0, 1), "expected count is zero")
	wantReason(t, "negative", stats.ISRatio(-4, 4, 1), "negative")
	wantReason(t, "reference", stats.ISRate(4, 4, 1, 0, 1), "reference: denominator is zero")
	for reason, c := range map[string][3]float64{
		"denominator missing in a band":          {missing, 1, 1},
		"reference missing in a band":            {1, missing, 1},
		"negative in a band":                     {1, -1, 1},
		"reference population is zero in a band": {1, 1, 0},
		"result is too large to hold":            {1e300, 1e300, 1},
	} {
		if _, got := stats.Expected(c[:1], c[1:2], c[2:]); got != reason {
			t.Errorf("expected of %v: got %q, want %q", c, got, reason)
		}
	}
	if _, got := stats.Expected(nil, nil, nil); got == "" {
		t.Error("expected of nothing: got no reason, want one")
	}
}

func TestReasonsOfAreasAndTests(t *testing.T) {
	t.Parallel()
	for reason, c := range map[string]struct {
		values []float64
		into   int
	}{
		"fewer than five areas":      {[]float64{1, 2, 3, 4, missing}, 4},
		"fewer areas than quantiles": {[]float64{1, 2, 3, 4, 5, 6}, 10},
		"fewer than two quantiles":   {[]float64{1, 2, 3, 4, 5, 6}, 1},
	} {
		of, got := stats.AreaQuantiles(c.values, c.into, true)
		if got != reason || of[0] != 0 {
			t.Errorf("%v into %d: got %v and %q, want none and %q", c.values, c.into, of, got, reason)
		}
	}
	if of, reason := stats.AreaQuantiles([]float64{2, 2, 2, 2, 2, missing}, 5, true); reason != "" || of[0] != 1 || of[4] != 1 || of[5] != 0 {
		t.Errorf("all alike: got %v and %q, want all in the first and the missing one in none", of, reason)
	}
	wantReason(t, "one area", stats.Shrink([]float64{1, missing}, []float64{9, 9})[0], "fewer than two areas")
	wantReason(t, "no events", stats.Shrink([]float64{0, 0}, []float64{9, 9})[1], "no events in any area")
	wantReason(t, "one missing", stats.Shrink([]float64{1, 2, missing}, []float64{9, 9, 9})[2], "numerator missing")
	wantReason(t, "lengths", stats.Shrink([]float64{1}, nil)[0], "columns of unequal length")
	alike := stats.Shrink([]float64{5, 6, 5}, []float64{100, 120, 100})
	wantNumber(t, "areas that vary no more than chance", alike[0].Value, 0.05)
}

func TestReasonsOfSlopes(t *testing.T) {
	t.Parallel()
	slope := func(scale stats.Scale, change func(g *stats.Gradient)) stats.Slope {
		g := stats.Gradient{
			Populations: []float64{10, 10, 10, 10, 10}, Values: []float64{0.5, 0.4, 0.4, 0.3, 0.2},
			Errors: []float64{0.01, 0.01, 0.01, 0.01, 0.01},
		}
		change(&g)
		return stats.SlopeIndex(g, stats.SlopeOptions{Scale: scale, Multiplier: 1})
	}
	limits := func(g *stats.Gradient, lower float64) {
		g.Errors, g.Lower95, g.Upper95 = nil, []float64{lower, 0.3, 0.3, 0.2, 0.1}, []float64{0.6, 0.5, 0.5, 0.4, 0.3}
	}
	for _, c := range []struct {
		scale  stats.Scale
		reason string
		change func(g *stats.Gradient)
	}{
		{stats.Linear, "fewer than five groups", func(g *stats.Gradient) {
			g.Populations, g.Values, g.Errors = g.Populations[1:], g.Values[1:], g.Errors[1:]
		}},
		{stats.Linear, "columns of unequal length", func(g *stats.Gradient) { g.Populations = g.Populations[1:] }},
		{stats.Linear, "population missing in a group", func(g *stats.Gradient) { g.Populations[2] = missing }},
		{stats.Linear, "population is not above zero in a group", func(g *stats.Gradient) { g.Populations[2] = 0 }},
		{stats.Linear, "value missing in a group", func(g *stats.Gradient) { g.Values[2] = missing }},
		{stats.Linear, "standard error missing in a group", func(g *stats.Gradient) { g.Errors[2] = missing }},
		{stats.Linear, "standard error negative in a group", func(g *stats.Gradient) { g.Errors[2] = -1 }},
		{stats.Linear, "limits in the wrong order in a group", func(g *stats.Gradient) { limits(g, 0.7) }},
		{stats.Log, "limits missing in a group, or without a place on the log scale", func(g *stats.Gradient) { limits(g, 0) }},
		{stats.Log, "a value has no place on the log scale", func(g *stats.Gradient) { g.Values[0] = 0 }},
		{stats.Logit, "a value has no place on the logit scale", func(g *stats.Gradient) { g.Values[0] = 1 }},
		{stats.LogitPercent, "no scale is called logit-percent", func(*stats.Gradient) {}},
	} {
		got := slope(c.scale, c.change)
		wantReason(t, c.reason, got.SII, c.reason)
		wantReason(t, c.reason, got.RII, c.reason)
		if got.Intercept != nil {
			t.Errorf("%s: got an intercept of %v, want none", c.reason, *got.Intercept)
		}
	}
	below := slope(stats.Linear, func(g *stats.Gradient) { g.Values = []float64{-2, -1, 0, 1, 2} })
	if !below.SII.HasInterval() {
		t.Errorf("a line through 0: got %+v, want a slope", below.SII)
	}
	wantReason(t, "a line through 0", below.RII, "the line is not above zero at both ends")
	unsure := slope(stats.Linear, func(g *stats.Gradient) { g.Errors = []float64{0.5, 0.5, 0.5, 0.5, 0.5} })
	if !unsure.RII.HasValue() || unsure.RII.Lower95 != nil || unsure.RII.Upper998 != nil || len(unsure.RII.Warnings) != 2 {
		t.Errorf("an intercept near 0: got %+v, want a ratio without limits and why", unsure.RII)
	}
	exact := slope(stats.Log, func(g *stats.Gradient) { g.Errors = []float64{0, 0, 0, 0, 0} })
	if !near(*exact.SII.Lower998, *exact.SII.Value) || exact.RII.Lower95 == nil || !near(*exact.RII.Lower95, *exact.RII.Value) {
		t.Errorf("no error at all: got %+v, want limits at the value", exact)
	}
}

func TestReasonsOfLifeTables(t *testing.T) {
	t.Parallel()
	life := func(change func(starts, deaths, people []float64)) stats.Estimate {
		starts, deaths, people := []float64{0, 1, 65, 85}, []float64{5, 90, 300, 200}, []float64{900, 60000, 9000, 1500}
		change(starts, deaths, people)
		return stats.LifeExpectancy(starts, deaths, people)[0]
	}
	for reason, change := range map[string]func(starts, deaths, people []float64){
		"starting age missing":                     func(s, _, _ []float64) { s[1] = missing },
		"deaths missing in a band":                 func(_, d, _ []float64) { d[1] = missing },
		"population missing in a band":             func(_, _, p []float64) { p[1] = missing },
		"negative":                                 func(_, d, _ []float64) { d[1] = -1 },
		"population is zero in a band":             func(_, _, p []float64) { p[1] = 0 },
		"deaths greater than population in a band": func(_, d, _ []float64) { d[3] = 1501 },
		"no age band begins at 0":                  func(s, _, _ []float64) { s[0] = 100 },
		"an age band stands twice":                 func(s, _, _ []float64) { s[2] = 1 },
		"no deaths in the last band":               func(_, d, _ []float64) { d[3] = 0 },
		"population of 5,000 or fewer":             func(_, _, p []float64) { p[1], p[2] = 600, 2000 },
		"95% limits wider than 20 years":           func(_, d, _ []float64) { d[0], d[1], d[2], d[3] = 1, 1, 1, 1 },
	} {
		wantReason(t, reason, life(change), reason)
	}
	wantReason(t, "one band", stats.LifeExpectancy([]float64{0}, []float64{5}, []float64{9000})[0], "fewer than two age bands")
	wantReason(t, "lengths", stats.LifeExpectancy([]float64{0}, nil, []float64{9000})[0], "columns of unequal length")
}
