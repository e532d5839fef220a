package stats_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"levelfield/engine/stats"
)

func TestCompareWithoutVerdict(t *testing.T) {
	t.Parallel()
	known := stats.Published(10, pointer(8), pointer(12), stats.Linear)
	for _, c := range []struct {
		what      string
		area      stats.Estimate
		reference *float64
		polarity  stats.Polarity
		outcome   string
		reason    string
	}{
		{"missing", stats.Missing("c", "suppressed"), pointer(5), stats.High, stats.NotCompared, "value missing: suppressed"},
		{"no reference", known, nil, stats.High, stats.NotCompared, "reference value missing"},
		{"reference no number", known, pointer(math.NaN()), stats.High, stats.NotCompared, "reference value missing"},
		{"no polarity", known, pointer(5), "", stats.NotCompared, "polarity is not high, low or neutral"},
		{"no interval", stats.PublishedOnly(10, "a complete count"), pointer(5), stats.High, stats.Position, "no interval: a complete count"},
		{"no interval, no word", stats.PublishedOnly(10, ""), pointer(5), stats.High, stats.Position, "no interval"},
		{"half an interval", stats.Published(10, pointer(8), nil, stats.Linear), pointer(5), stats.High, stats.Position,
			"only one limit is known: only one limit is published"},
		{"limits beside the value", stats.Published(10, pointer(11), pointer(12), stats.Linear), pointer(5), stats.High, stats.Position,
			"the limits do not hold the value: published limits do not hold the value; 99.8% limits not derived"},
	} {
		want := stats.Comparison{Outcome: c.outcome, Rule: stats.RuleInterval, Reason: c.reason}
		if diff := cmp.Diff(want, stats.Compare(c.area, c.reference, c.polarity)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
}

func TestCompareBounded(t *testing.T) {
	t.Parallel()
	// 10 (8 to 12), 99.8% about 6.8 to 13.2.
	area := stats.Published(10, pointer(8), pointer(12), stats.Linear)
	for _, c := range []struct {
		what      string
		area      stats.Estimate
		low, high *float64
		polarity  stats.Polarity
		want      string
	}{
		{"both inside", area, pointer(9), pointer(11), stats.Low, stats.Similar},
		{"both above, one at 95% only", area, pointer(13), pointer(15), stats.Low, stats.Better},
		{"both above at 99.8%", area, pointer(14), pointer(15), stats.Low, stats.Best},
		{"both below", area, pointer(5), pointer(7.5), stats.Low, stats.Worse},
		{"both below, neutral", area, pointer(5), pointer(7.5), stats.Neutral, stats.Higher},
		{"across one limit", area, pointer(11), pointer(15), stats.Low, stats.CannotCompare},
		{"across both limits", area, pointer(5), pointer(15), stats.Low, stats.CannotCompare},
		{"a bound missing", area, pointer(5), nil, stats.Low, stats.NotCompared},
		{"bounds swapped", area, pointer(15), pointer(14), stats.Low, stats.NotCompared},
		{"no value", stats.Missing("x", "none"), pointer(5), pointer(6), stats.Low, stats.NotCompared},
		{"no value, no bounds", stats.Missing("x", "none"), nil, nil, stats.Low, stats.NotCompared},
		{"no interval", stats.PublishedOnly(10, ""), pointer(5), pointer(6), stats.Low, stats.Position},
	} {
		got := stats.CompareBounded(c.area, c.low, c.high, c.polarity)
		if got.Outcome != c.want || got.Rule != stats.RuleBounded {
			t.Errorf("%s: got %+v, want %s by %s", c.what, got, c.want, stats.RuleBounded)
		}
		verdict := c.want != stats.CannotCompare && c.want != stats.NotCompared && c.want != stats.Position
		if verdict != (got.Reason == "") {
			t.Errorf("%s: got reason %q, want one only without a verdict", c.what, got.Reason)
		}
	}
}

// series makes points of one year each from counts of 1,000.
func series(numerators ...float64) []stats.Point {
	points := make([]stats.Point, len(numerators))
	for i, x := range numerators {
		year := 2018 + float64(i)
		points[i] = stats.Point{Period: "period " + string(rune('1'+i)), Year: year, Numerator: pointer(x), Denominator: pointer(1000)}
	}
	return points
}

// The statistics are worked by hand. For 100, 130, 160, 190, 220 of 1,000 each: the sum
// of c(t - 2) is 300, that of d(t - 2)^2 is 10,000 and the share of all is 0.16, so
// 300^2 / (0.16 x 0.84 x 10,000) = 66.96.
func TestRecentTrend(t *testing.T) {
	t.Parallel()
	rising := series(100, 130, 160, 190, 220)
	hole := series(90, 100, 130, 160, 190, 220)
	hole[3].Numerator = nil
	twice := series(100, 130, 160, 190, 220)
	twice[4].Year = twice[3].Year
	overlapping, separate := series(100, 130, 160, 190, 220), series(100, 130, 160, 190, 220)
	for i := range overlapping {
		overlapping[i].Span, separate[i].Span = 3, 1
	}
	backwards := series(100, 130, 160, 190, 220)
	backwards[0], backwards[4] = backwards[4], backwards[0]
	const exceeds = "chi-square 66.96 exceeds 9.55"
	const corrected = "; direction by the logit with a continuity correction, because a count is 0 or all"
	for _, c := range []struct {
		what     string
		points   []stats.Point
		polarity stats.Polarity
		outcome  string
		reason   string
	}{
		{"rising, high is good", rising, stats.High, stats.GettingBetter, exceeds},
		{"rising, low is good", rising, stats.Low, stats.GettingWorse, exceeds},
		{"rising, neutral", rising, stats.Neutral, stats.Increasing, exceeds},
		{"falling, neutral", series(220, 190, 160, 130, 100), stats.Neutral, stats.Decreasing, exceeds},
		{"falling, low is good", series(220, 190, 160, 130, 100), stats.Low, stats.GettingBetter, exceeds},
		{"out of order", backwards, stats.High, stats.GettingBetter, exceeds},
		{"separate periods", separate, stats.High, stats.GettingBetter, exceeds},
		{"flat", series(100, 100, 100, 100, 100), stats.High, stats.NoSignificantChange, "chi-square 0.00 does not exceed 9.55"},
		{"one odd year", series(300, 100, 102, 104, 106), stats.High, stats.NoSignificantChange,
			"the direction depends on one period (period 1)"},
		{"a hole", hole, stats.High, stats.GettingBetter, "chi-square 102.13 exceeds 9.55; periods are not consecutive"},
		{"starts at none", series(0, 30, 60, 90, 120), stats.High, stats.GettingBetter, "chi-square 159.57 exceeds 9.55" + corrected},
		{"ends at all", series(880, 910, 940, 970, 1000), stats.High, stats.GettingBetter, "chi-square 159.57 exceeds 9.55" + corrected},
		{"all none", series(0, 0, 0, 0, 0), stats.Low, stats.CannotCalculate, "every numerator is zero"},
		{"all all", series(1000, 1000, 1000, 1000, 1000), stats.Low, stats.CannotCalculate, "every numerator equals its denominator"},
		{"four", series(1, 2, 3, 4), stats.Low, stats.CannotCalculate, "fewer than five periods"},
		{"none", nil, stats.Low, stats.CannotCalculate, "fewer than five periods"},
		{"one period twice", twice, stats.Low, stats.CannotCalculate, "two values for one period (period 5)"},
		{"rolling periods", overlapping, stats.Low, stats.CannotCalculate, "periods overlap"},
	} {
		got := stats.RecentTrend(c.points, c.polarity, true)
		if got.Outcome != c.outcome || got.Reason != c.reason {
			t.Errorf("%s: got %s (%s), want %s (%s)", c.what, got.Outcome, got.Reason, c.outcome, c.reason)
		}
		if calculated := c.outcome != stats.CannotCalculate; calculated != (got.Statistic != nil) || calculated != (got.Slope != nil) {
			t.Errorf("%s: got %+v, want numbers only when calculated", c.what, got)
		}
	}
}

func TestRecentTrendTakesTheLastFive(t *testing.T) {
	t.Parallel()
	got := stats.RecentTrend(series(900, 800, 100, 130, 160, 190, 220), stats.High, true)
	if got.From != "period 3" || got.To != "period 7" || got.Points != 5 || got.Outcome != stats.GettingBetter {
		t.Errorf("got %+v, want getting-better from period 3 to period 7", got)
	}
}

// Two large early years fall, three small late ones rise: the weighted test and the
// unweighted gradient point different ways, and no word is given for either.
func TestRecentTrendRefusesOpposedDirections(t *testing.T) {
	t.Parallel()
	points := series(20000, 15000, 30, 40, 50)
	for i, size := range []float64{100000, 100000, 100, 100, 100} {
		points[i].Denominator = pointer(size)
	}
	got := stats.RecentTrend(points, stats.High, true)
	if got.Outcome != stats.NoSignificantChange || got.Reason != "the test and the gradient differ in direction" {
		t.Errorf("got %s (%s), want %s because the directions differ", got.Outcome, got.Reason, stats.NoSignificantChange)
	}
}

func TestRecentTrendNeedsIntervals(t *testing.T) {
	t.Parallel()
	var points []stats.Point
	for i := range 5 {
		points = append(points, stats.Point{Year: float64(i), Estimate: stats.PublishedOnly(float64(i), "modelled")})
	}
	got := stats.RecentTrend(points, stats.High, false)
	if got.Outcome != stats.CannotCalculate || got.Points != 0 {
		t.Errorf("values without intervals: got %+v, want %s", got, stats.CannotCalculate)
	}
}

func TestRank(t *testing.T) {
	t.Parallel()
	values := []*float64{pointer(5), nil, pointer(9), pointer(5), pointer(math.NaN()), pointer(1)}
	for _, c := range []struct {
		polarity stats.Polarity
		want     []int
	}{
		{stats.High, []int{2, 0, 1, 2, 0, 4}},
		{stats.Neutral, []int{2, 0, 1, 2, 0, 4}},
		{stats.Low, []int{2, 0, 4, 2, 0, 1}},
	} {
		got, of := stats.Rank(values, c.polarity)
		if diff := cmp.Diff(c.want, got); diff != "" || of != 4 {
			t.Errorf("%s, of %d, want 4 (-want +got):\n%s", c.polarity, of, diff)
		}
	}
	if got, of := stats.Rank(nil, stats.High); len(got) != 0 || of != 0 {
		t.Errorf("no values: got %v of %d, want none of 0", got, of)
	}
}

func TestMedian(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		values []*float64
		want   *float64
		n      int
	}{
		{nil, nil, 0},
		{[]*float64{nil, pointer(math.NaN())}, nil, 0},
		{[]*float64{pointer(3), nil, pointer(1), pointer(2)}, pointer(2), 3},
		{[]*float64{pointer(4), pointer(1), pointer(3), pointer(2)}, pointer(2.5), 4},
		{[]*float64{pointer(math.MaxFloat64), pointer(math.MaxFloat64)}, pointer(math.MaxFloat64), 2},
	} {
		got, n := stats.Median(c.values)
		if diff := cmp.Diff(c.want, got); diff != "" || n != c.n {
			t.Errorf("n %d, want %d (-want +got):\n%s", n, c.n, diff)
		}
	}
}

func TestInputsStayUntouched(t *testing.T) {
	t.Parallel()
	values := []*float64{pointer(3), pointer(1), pointer(2)}
	points := series(220, 190, 160, 130, 100)
	points[0], points[1] = points[1], points[0]
	first := points[0].Period
	warned := stats.PublishedHalfWidth(2, 3, nil, nil)
	stats.Median(values)
	stats.RecentTrend(points, stats.High, true)
	warned.Clip(pointer(0), pointer(3))
	if *values[0] != 3 || points[0].Period != first || len(warned.Warnings) != 0 || *warned.Lower95 != -1 {
		t.Errorf("got %v, %s, %+v, want the inputs as they were", *values[0], points[0].Period, warned)
	}
}
