package stats_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"levelfield/engine/stats"
)

func TestReasonsOfPairs(t *testing.T) {
	t.Parallel()
	five, zero := stats.PublishedHalfWidth(5, 1, nil, nil), stats.PublishedOnly(0, "")
	missing := stats.Missing("c", "suppressed by the publisher")
	for _, c := range []struct {
		what   string
		got    stats.Estimate
		reason string
	}{
		{"score of no pair", stats.DifferenceMiettinenNurminen(1, 0, 1, 2, 1), "first value: denominator is zero"},
		{"score of a second that is none", stats.DifferenceMiettinenNurminen(1, 2, 3, 2, 1), "second value: numerator greater than denominator"},
		{"score times nothing", stats.DifferenceMiettinenNurminen(1, 2, 1, 2, 0), "multiplier is not a positive number"},
		{"score of parts of people", stats.DifferenceMiettinenNurminen(0.1, 0.5, 0.1, 0.5, 1), "the two denominators together are not above one"},
		{"correlation over 1", stats.DifferenceMoverCorrelated(five, five, 1.1), "correlation is not between -1 and 1"},
		{"correlation unknown", stats.DifferenceMoverCorrelated(five, five, math.NaN()), "correlation is not between -1 and 1"},
		{"correlated with a missing one", stats.DifferenceMoverCorrelated(five, missing, 0.5), "second value missing: suppressed by the publisher"},
		{"log ratio to zero", stats.RatioMoverLog(five, zero), "divisor is not above zero"},
		{"log ratio of zero", stats.RatioMoverLog(zero, five), "dividend is not above zero"},
		{"log ratio of a missing one", stats.RatioMoverLog(missing, five), "first value missing: suppressed by the publisher"},
		{"ratio of no first rate", stats.RatioRatesLog(math.NaN(), 1, 1, 1), "first value: numerator missing"},
		{"ratio to no second rate", stats.RatioRatesExact(1, 1, 1, 0), "second value: denominator is zero"},
		{"ratio to no events", stats.RatioRatesExact(1, 1, 0, 5), "divisor is not above zero"},
		{"log ratio to no events", stats.RatioRatesLog(1, 1, 0, 5), "divisor is not above zero"},
		{"negative events", stats.RatioRatesExact(-1, 1, 2, 5), "first value: negative"},
		{"ratio too large", stats.RatioRatesLog(1e300, 1e-300, 1, 1), "result is too large to hold"},
		{"share of nobody", stats.Representation(3, 10, 0, 100), "the group is no part of the population"},
		{"share of no count", stats.Representation(3, 0, 5, 100), "first value: denominator is zero"},
		{"share over all", stats.Representation(3, 10, 500, 100), "second value: numerator greater than denominator"},
		{"funnel without a reference", stats.FunnelProportion(math.NaN(), 10, 1), "reference value missing"},
		{"funnel about more than all", stats.FunnelProportion(1.2, 10, 1), "reference is greater than one"},
		{"funnel at no size", stats.FunnelProportion(0.5, 0, 1), "denominator is zero"},
		{"funnel at an unknown size", stats.FunnelRate(0.5, math.Inf(1), 1), "denominator missing"},
		{"funnel about less than none", stats.FunnelRate(-0.5, 10, 1), "negative"},
		{"funnel times nothing", stats.FunnelRate(0.5, 10, 0), "multiplier is not a positive number"},
		{"funnel about nothing", stats.FunnelRate(0, 10, 1), "no events are expected"},
		{"ratio funnel with none expected", stats.FunnelRatio(0, 100), "denominator is zero"},
	} {
		want := stats.Missing(stats.StatusUnavailable, c.reason)
		if diff := cmp.Diff(want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
}

func TestExactEndsOfPairs(t *testing.T) {
	t.Parallel()
	for n := 1.0; n <= 300; n++ {
		all := stats.DifferenceMiettinenNurminen(n, n, 0, n, 100)
		if *all.Value != 100 || *all.Upper95 != 100 || *all.Upper998 != 100 {
			t.Fatalf("all of %v less none: got %v to %v, want an upper limit of exactly 100", n, *all.Value, *all.Upper95)
		}
		none := stats.DifferenceMiettinenNurminen(0, n, n, n, 100)
		if *none.Lower95 != -100 || *none.Lower998 != -100 {
			t.Fatalf("none of %v less all: got %v, want a lower limit of exactly -100", n, *none.Lower95)
		}
		if e := stats.RatioRatesExact(0, n, 3, 10); *e.Value != 0 || *e.Lower95 != 0 || *e.Upper95 <= 0 {
			t.Fatalf("no events in %v: got %+v, want 0 from exactly 0", n, e)
		}
		if e := stats.Representation(0, n, 1, 3); *e.Lower95 != 0 {
			t.Fatalf("none of %v: got %v, want a lower limit of exactly 0", n, *e.Lower95)
		}
	}
	if e := stats.FunnelProportion(0.12, 1, 1000); *e.Upper998 != 1000 || *e.Lower95 != 0 {
		// The reference clips at 100 whatever the multiplier, which puts every limit at 100.
		t.Errorf("per 1,000: got %v to %v, want 0 to 1000", *e.Lower95, *e.Upper998)
	}
	if e := stats.FunnelProportion(0.12, 30, 1); len(e.Warnings) != 1 {
		t.Errorf("few expected: got the warnings %q, want one", e.Warnings)
	}
	if e := stats.FunnelRate(0.01, 368, 1); *e.Lower95 != 0 {
		t.Errorf("3.68 expected: got a lower limit of %v, want exactly 0", *e.Lower95)
	}
}

func TestLimitsThatRatiosLack(t *testing.T) {
	t.Parallel()
	above, fromZero := stats.PublishedHalfWidth(10, 2, nil, nil), stats.Published(4, pointer(0), pointer(9), stats.Linear)
	divisor := stats.RatioMoverLog(above, fromZero)
	if divisor.Upper95 != nil || divisor.Lower95 == nil || len(divisor.Warnings) != 1 {
		t.Errorf("divisor from zero: got %+v, want a lower limit only and one warning", divisor)
	}
	dividend := stats.RatioMoverLog(fromZero, above)
	if dividend.Lower95 != nil || dividend.Upper95 == nil || len(dividend.Warnings) != 1 {
		t.Errorf("dividend from zero: got %+v, want an upper limit only and one warning", dividend)
	}
	if bare := stats.RatioMoverLog(above, stats.PublishedOnly(4, "")); bare.HasInterval() || len(bare.Warnings) != 1 {
		t.Errorf("no interval: got %+v, want a value with a warning", bare)
	}
	if none := stats.RatioRatesLog(0, 10, 3, 10); !none.HasValue() || *none.Value != 0 || none.Lower95 != nil || len(none.Warnings) != 1 {
		t.Errorf("no events: got %+v, want 0 without limits and a warning", none)
	}
}

// By hand: starts of 30 of 200 are 15%, of a population of 24,000 of 120,000, 20%; 15 over 20 is 0.75, and the Wilson
// limits of 30/200 (10.7 to 20.6, R 4.2.2 prop.test(30, 200, correct = FALSE)) over 20%.
func TestRepresentation(t *testing.T) {
	t.Parallel()
	got := stats.Representation(30, 200, 24000, 120000)
	wantNumber(t, "value", got.Value, 0.75)
	wantNumber(t, "lower", got.Lower95, 0.10713593562241996/0.2)
	wantNumber(t, "upper", got.Upper95, 0.20605579284166661/0.2)
}

func TestCochranArmitageCannot(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what                 string
		cases, sizes, scores []float64
		reason               string
	}{
		{"ragged", []float64{1, 2}, []float64{5, 5}, []float64{1}, "cases, sizes and scores differ in number"},
		{"one group", []float64{1}, []float64{5}, []float64{1}, "fewer than two groups"},
		{"no proportion", []float64{1, 6}, []float64{5, 5}, []float64{1, 2}, "numerator greater than denominator"},
		{"no score", []float64{1, 2}, []float64{5, 5}, []float64{1, math.NaN()}, "score missing"},
		{"no cases", []float64{0, 0}, []float64{5, 5}, []float64{1, 2}, "every numerator is zero"},
		{"all cases", []float64{5, 5}, []float64{5, 5}, []float64{1, 2}, "every numerator equals its denominator"},
		{"one score", []float64{1, 2}, []float64{5, 5}, []float64{3, 3}, "every score is the same"},
	} {
		want := stats.Test{Status: stats.StatusUnavailable, Reason: c.reason}
		if diff := cmp.Diff(want, stats.CochranArmitage(c.cases, c.sizes, c.scores)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
}

// By hand: limits at 90% stand 1.959964 / 1.644854 times as far away at 95%, 3.090232 / 1.644854 at 99.8%.
func TestPublishedAt(t *testing.T) {
	t.Parallel()
	const z90, z95, z998 = 1.6448536269514722, 1.959963984540054, 3.090232306167813
	got := stats.PublishedAt(10, pointer(8), pointer(13), 0.9, stats.Linear)
	wantNumber(t, "lower 95%", got.Lower95, 10-2*z95/z90)
	wantNumber(t, "upper 95%", got.Upper95, 10+3*z95/z90)
	wantNumber(t, "lower 99.8%", got.Lower998, 10-2*z998/z90)
	wantNumber(t, "upper 99.8%", got.Upper998, 10+3*z998/z90)
	logged := stats.PublishedAt(10, pointer(8), pointer(13), 0.9, stats.Log)
	wantNumber(t, "log lower 95%", logged.Lower95, 10*math.Pow(0.8, z95/z90))
	same := stats.PublishedAt(10, pointer(8), pointer(13), 0.95, stats.Linear)
	if diff := cmp.Diff(stats.Published(10, pointer(8), pointer(13), stats.Linear), same); diff != "" {
		t.Errorf("at 95%% (-want +got):\n%s", diff)
	}
	kept := stats.PublishedAt(10, pointer(8), pointer(13), 0.998, stats.Linear)
	if *kept.Lower998 != 8 || *kept.Upper998 != 13 || *kept.Lower95 <= 8 {
		t.Errorf("at 99.8%%: got %v to %v, want the published limits and narrower ones at 95%%", *kept.Lower998, *kept.Upper998)
	}
	for _, c := range []struct {
		what, reason, warning string
		got                   stats.Estimate
	}{
		{"no confidence", "confidence is not between 0 and 1", "", stats.PublishedAt(10, pointer(8), pointer(13), 1, stats.Linear)},
		{"no value", "value missing", "", stats.PublishedAt(math.NaN(), pointer(8), pointer(13), 0.9, stats.Linear)},
		{"no limits", "", "no limits published", stats.PublishedAt(10, nil, nil, 0.9, stats.Linear)},
		{"no place on the scale", "", "99.8% limits cannot be derived on the log scale", stats.PublishedAt(-1, pointer(-2), pointer(3), 0.9, stats.Log)},
	} {
		warning := ""
		if len(c.got.Warnings) == 1 {
			warning = c.got.Warnings[0]
		}
		if c.got.Reason != c.reason || warning != c.warning || c.got.HasInterval() {
			t.Errorf("%s: got %+v, want no interval and %q", c.what, c.got, c.reason+c.warning)
		}
	}
}
