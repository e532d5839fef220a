package stats_test

import (
	"math"
	"testing"

	"levelfield/engine/stats"
)

// wantVerdict checks an outcome and, where one is expected, its reason.
func wantVerdict(t *testing.T, what string, got stats.Comparison, rule, outcome, reason string) {
	t.Helper()
	if got.Rule != rule || got.Outcome != outcome || got.Reason != reason {
		t.Errorf("%s: got %s by %s (%s), want %s by %s (%s)", what, got.Outcome, got.Rule, got.Reason, outcome, rule, reason)
	}
}

func TestCompareAt998(t *testing.T) {
	t.Parallel()
	// 10 (8 to 12), 99.8% about 6.8 to 13.2.
	area := stats.Published(10, pointer(8), pointer(12), stats.Linear)
	wantVerdict(t, "inside", stats.CompareAt998(area, pointer(11), stats.Low), stats.RuleInterval998, stats.Similar, "")
	wantVerdict(t, "between the levels", stats.CompareAt998(area, pointer(13), stats.Low), stats.RuleInterval998, stats.Better, "")
	wantVerdict(t, "outside both", stats.CompareAt998(area, pointer(14), stats.Low), stats.RuleInterval998, stats.Best, "")
	area.Lower998 = nil
	wantVerdict(t, "one level", stats.CompareAt998(area, pointer(14), stats.Low), stats.RuleInterval998, stats.Position, "no 99.8% limits")
	wantVerdict(t, "no reference", stats.CompareAt998(area, nil, stats.Low), stats.RuleInterval998, stats.NotCompared, "reference value missing")
}

func TestCompareDouble(t *testing.T) {
	t.Parallel()
	area := stats.Published(10, pointer(8), pointer(12), stats.Linear)
	for _, c := range []struct {
		what            string
		reference       stats.Estimate
		polarity        stats.Polarity
		outcome, reason string
	}{
		{"overlap", stats.Published(14, pointer(11.9), pointer(16), stats.Linear), stats.High, stats.Similar, ""},
		{"touch", stats.Published(14, pointer(12), pointer(16), stats.Linear), stats.High, stats.Similar, ""},
		// 99.8% limits of 14: 14 - 1.9 x 1.577 = 11.0, which is below 13.2.
		{"apart at 95%", stats.Published(14, pointer(12.1), pointer(16), stats.Linear), stats.High, stats.Worse, ""},
		{"apart at both", stats.Published(20, pointer(18), pointer(22), stats.Linear), stats.High, stats.Worst, ""},
		{"below, neutral", stats.Published(4, pointer(3), pointer(5), stats.Linear), stats.Neutral, stats.Higher, ""},
		{"no interval there", stats.PublishedOnly(14, ""), stats.High, stats.NotCompared, "the reference has no interval"},
		{"no value there", stats.Missing("x", "none"), stats.High, stats.NotCompared, "reference value missing"},
	} {
		wantVerdict(t, c.what, stats.CompareDouble(area, c.reference, c.polarity), stats.RuleDouble, c.outcome, c.reason)
	}
	wantVerdict(t, "no interval here", stats.CompareDouble(stats.PublishedOnly(1, ""), area, stats.High), stats.RuleDouble, stats.Position, "no interval")
}

// Half-widths of 2 and 2 square and add to 2.83 at 95% and 4.46 at 99.8%: a difference of 2.8 is not established, one of 3
// is at 95%, one of 5 at both. Two intervals lie apart from a difference of 4 only.
func TestCompareDifference(t *testing.T) {
	t.Parallel()
	at := func(value float64) stats.Estimate { return stats.PublishedHalfWidth(value, 2, nil, nil) }
	for _, c := range []struct {
		what            string
		area, reference stats.Estimate
		polarity        stats.Polarity
		outcome, reason string
	}{
		{"close", at(10), at(12.8), stats.High, stats.Similar, ""},
		{"established at 95%", at(10), at(13), stats.High, stats.Worse, ""},
		{"established at both", at(10), at(15), stats.Low, stats.Best, ""},
		{"neutral", at(10), at(15), stats.Neutral, stats.Lower, ""},
		{"no interval there", at(10), stats.PublishedOnly(15, ""), stats.Low, stats.NotCompared, "the reference has no interval"},
		{"no interval here", stats.PublishedOnly(10, "a complete count"), at(15), stats.Low, stats.Position, "no interval: a complete count"},
		{"no value here", stats.Missing("c", "suppressed"), at(15), stats.Low, stats.NotCompared, "value missing: suppressed"},
		{"no polarity", at(10), at(15), "", stats.NotCompared, "polarity is not high, low or neutral"},
	} {
		wantVerdict(t, c.what, stats.CompareDifference(c.area, c.reference, c.polarity), stats.RuleDifference, c.outcome, c.reason)
	}
}

// An area that is half of its parent: 230 of 1,000 in a parent of 420 of 2,000. Against the parent's 21% its interval (20.5
// to 25.7) holds; against the rest, 190 of 1,000, the difference is 4.0 points (0.4 to 7.6 by R 4.2.2 prop.test).
func TestCompareRemainder(t *testing.T) {
	t.Parallel()
	parent := 21.0
	if got := stats.Compare(stats.Proportion(230, 1000, 100), &parent, stats.Low); got.Outcome != stats.Similar {
		t.Errorf("against the parent: got %s, want %s", got.Outcome, stats.Similar)
	}
	for _, c := range []struct {
		what             string
		x, n, allX, allN float64
		polarity         stats.Polarity
		outcome, reason  string
	}{
		{"the rest is lower", 230, 1000, 420, 2000, stats.Low, stats.Worse, ""},
		{"the rest is the same", 210, 1000, 420, 2000, stats.Low, stats.Similar, ""},
		{"the whole parent", 420, 2000, 420, 2000, stats.Low, stats.NotCompared, "the area is all of its parent"},
		{"more than the parent", 430, 1000, 420, 2000, stats.Low, stats.NotCompared, "the area's counts exceed its parent's"},
		{"more cases than people are left", 0, 1900, 420, 2000, stats.Low, stats.NotCompared, "value missing: second value: numerator greater than denominator"},
		{"no count", math.NaN(), 1000, 420, 2000, stats.Low, stats.NotCompared, "value missing: first value: numerator missing"},
		{"no polarity", 230, 1000, 420, 2000, "", stats.NotCompared, "polarity is not high, low or neutral"},
	} {
		got := stats.CompareRemainder(c.x, c.n, c.allX, c.allN, c.polarity)
		wantVerdict(t, c.what, got, stats.RuleDifference, c.outcome, c.reason)
	}
}

func TestCompareFunnelAndLimits(t *testing.T) {
	t.Parallel()
	limits := stats.FunnelProportion(0.5, 100, 100) // 40.2 to 59.8, 34.5 to 65.5
	wantVerdict(t, "on the funnel", stats.CompareFunnel(*limits.Upper95, limits, stats.High), stats.RuleFunnel, stats.Similar, "")
	wantVerdict(t, "outside at 95%", stats.CompareFunnel(62, limits, stats.High), stats.RuleFunnel, stats.Better, "")
	wantVerdict(t, "outside at both", stats.CompareFunnel(30, limits, stats.High), stats.RuleFunnel, stats.Worst, "")
	wantVerdict(t, "no value", stats.CompareFunnel(math.NaN(), limits, stats.High), stats.RuleFunnel, stats.NotCompared, "value missing")
	wantVerdict(t, "no funnel", stats.CompareFunnel(3, stats.FunnelRate(1, 0, 1), stats.High), stats.RuleFunnel, stats.NotCompared, "no limits: denominator is zero")
	wantVerdict(t, "no polarity", stats.CompareFunnel(3, limits, ""), stats.RuleFunnel, stats.NotCompared, "polarity is not high, low or neutral")
	for _, c := range []struct {
		what                   string
		value, size, reference float64
		polarity               stats.Polarity
		reason                 string
	}{
		{"no value", math.NaN(), 10, 15, stats.Low, "value missing"},
		{"no size", 10, 0, 15, stats.Low, "reference: denominator is zero"},
		{"no reference", 10, 10, math.NaN(), stats.Low, "reference: numerator missing"},
		{"reference over all", 10, 10, 101, stats.Low, "reference: numerator greater than denominator"},
		{"no polarity", 10, 10, 15, "", "polarity is not high, low or neutral"},
	} {
		got, _ := stats.CompareWithLimits(c.value, c.size, c.reference, 100, c.polarity)
		wantVerdict(t, c.what, got, stats.RuleLimits, stats.NotCompared, c.reason)
	}
}

func TestFunnelReference(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	// Only 3 of 10 and 25 of 20 count: 28 of 30.
	got := stats.FunnelReference([]float64{3, nan, 4, -1, 25, 7}, []float64{10, 10, 0, 5, 20})
	wantNumber(t, "reference", got, 28.0/30)
	if none := stats.FunnelReference([]float64{nan}, []float64{1}); none != nil {
		t.Errorf("of nothing: got %v, want none", *none)
	}
	for _, bad := range [][3]float64{{-1, 5, 1}, {nan, 5, 1}, {1, 0, 1}, {1, 5, 0}, {1e300, 1e-300, 1}} {
		if n := stats.FunnelDenominator(bad[0], bad[1], bad[2]); n != nil {
			t.Errorf("denominator of %v: got %v, want none", bad, *n)
		}
	}
}

func TestQuintiles(t *testing.T) {
	t.Parallel()
	if bounds, reason := stats.QuintileBounds([]*float64{pointer(1), nil, pointer(2), pointer(3), pointer(4)}); bounds != nil || reason != "fewer than five areas" {
		t.Errorf("four areas: got %v (%s), want none", bounds, reason)
	}
	if _, reason := stats.QuintileBounds([]*float64{
		pointer(-math.MaxFloat64), pointer(-math.MaxFloat64), pointer(-math.MaxFloat64), pointer(-math.MaxFloat64),
		pointer(math.MaxFloat64), pointer(math.MaxFloat64), pointer(math.MaxFloat64)}); reason == "" {
		t.Error("values too far apart: got no reason, want one")
	}
	bounds := []float64{1, 2, 3, 4, 5, 6}
	for _, c := range []struct {
		value    float64
		polarity stats.Polarity
		want     int
	}{
		{1, stats.Low, 1}, {2, stats.Low, 1}, {2.1, stats.Low, 2}, {6, stats.Low, 5}, {6, stats.High, 1}, {3, stats.Neutral, 2},
		{0.9, stats.Low, 0}, {6.1, stats.Low, 0}, {math.NaN(), stats.Low, 0},
	} {
		if got := stats.Quintile(c.value, bounds, c.polarity); got != c.want {
			t.Errorf("%v with %s good: got %d, want %d", c.value, c.polarity, got, c.want)
		}
	}
	if got := stats.Quintile(1, bounds[:3], stats.Low); got != 0 {
		t.Errorf("three bounds: got %d, want 0", got)
	}
}
