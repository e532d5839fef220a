package stats_test

import (
	"math"
	"testing"

	"levelfield/engine/stats"
	"pgregory.net/rapid"
)

// counts draws a numerator and its denominator.
func counts(t *rapid.T, label string) (x, n float64) {
	size := rapid.IntRange(1, 10_000_000).Draw(t, label+" denominator")
	return float64(rapid.IntRange(0, size).Draw(t, label+" numerator")), float64(size)
}

// checkNested fails unless the limits enclose the value and each other.
func checkNested(t *rapid.T, e stats.Estimate) {
	if !e.HasInterval() || !e.At998().Complete() {
		t.Fatalf("got %+v, want a value with all its limits", e)
	}
	if !(*e.Lower998 <= *e.Lower95 && *e.Lower95 <= *e.Value && *e.Value <= *e.Upper95 && *e.Upper95 <= *e.Upper998) {
		t.Fatalf("got %v, %v, %v, %v, %v, want ascending order",
			*e.Lower998, *e.Lower95, *e.Value, *e.Upper95, *e.Upper998)
	}
}

func TestPropertyLimitsNest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := counts(t, "first")
		y, m := counts(t, "second")
		first, second := stats.Proportion(x, n, 100), stats.Proportion(y, m, 100)
		checkNested(t, first)
		checkNested(t, stats.Rate(x, n, 100000))
		checkNested(t, stats.Rate(rapid.Float64Range(0, 12).Draw(t, "count"), n, 100000))
		checkNested(t, stats.DifferenceNewcombe(x, n, y, m, 100))
		checkNested(t, stats.DifferenceMover(first, second))
		checkNested(t, stats.Change(first, second))
		if x > 0 && x < n {
			checkNested(t, stats.Published(*first.Value, first.Lower95, first.Upper95, stats.LogitPercent))
			checkNested(t, stats.Published(*first.Value, first.Lower95, first.Upper95, stats.Log))
		}
		checkNested(t, stats.Published(*first.Value, first.Lower95, first.Upper95, stats.Linear))
		half := rapid.Float64Range(0, 50).Draw(t, "half-width")
		checkNested(t, stats.PublishedHalfWidth(*first.Value, half, pointer(0), pointer(100)))
		checkNested(t, stats.PublishedCV(*first.Value, half/100))
		if y > 0 {
			ratio := stats.RatioMover(first, second)
			if ratio.HasInterval() && ratio.At998().Complete() {
				checkNested(t, ratio)
			}
		}
	})
}

func TestPropertyWilsonIsWiderAtHigherConfidence(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := counts(t, "count")
		e := stats.Proportion(x, n, 1)
		if *e.Upper998-*e.Lower998 <= *e.Upper95-*e.Lower95 {
			t.Fatalf("width at 99.8%%: got %v, want more than %v", *e.Upper998-*e.Lower998, *e.Upper95-*e.Lower95)
		}
	})
}

func TestPropertyComplement(t *testing.T) {
	t.Parallel()
	const rounding = 1e-12
	rapid.Check(t, func(t *rapid.T) {
		x, n := counts(t, "count")
		with, without := stats.Proportion(x, n, 1), stats.Proportion(n-x, n, 1)
		if math.Abs(*with.Lower95-(1-*without.Upper95)) > rounding || math.Abs(*with.Upper998-(1-*without.Lower998)) > rounding {
			t.Fatalf("%v of %v: got %v and %v, want mirrored limits", x, n, *with.Lower95, *without.Upper95)
		}
	})
}

func TestPropertyMonotone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := counts(t, "count")
		if x == n {
			x--
		}
		for _, pair := range [][2]stats.Estimate{
			{stats.Proportion(x, n, 1), stats.Proportion(x+1, n, 1)},
			{stats.Rate(x, n, 1), stats.Rate(x+1, n, 1)},
		} {
			less, more := pair[0], pair[1]
			if *less.Lower95 >= *more.Lower95 || *less.Upper998 >= *more.Upper998 || *less.Value >= *more.Value {
				t.Fatalf("%v and %v of %v: got %v and %v, want rising limits", x, x+1, n, *less.Lower95, *more.Lower95)
			}
		}
	})
}

func TestPropertyScaleFree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := counts(t, "count")
		scale := rapid.Float64Range(1e-3, 1e6).Draw(t, "multiplier")
		for _, pair := range [][2]stats.Estimate{
			{stats.Proportion(x, n, 1), stats.Proportion(x, n, scale)},
			{stats.Rate(x, n, 1), stats.Rate(x, n, scale)},
			{stats.DifferenceNewcombe(x, n, 3, 7, 1), stats.DifferenceNewcombe(x, n, 3, 7, scale)},
		} {
			one, scaled := pair[0], pair[1]
			if !near(*one.Lower95*scale, *scaled.Lower95) || !near(*one.Upper998*scale, *scaled.Upper998) {
				t.Fatalf("%v of %v times %v: got %v, want %v", x, n, scale, *scaled.Lower95, *one.Lower95*scale)
			}
		}
	})
}

func TestPropertyDifferenceTurnsOver(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := counts(t, "first")
		y, m := counts(t, "second")
		there, back := stats.DifferenceNewcombe(x, n, y, m, 1), stats.DifferenceNewcombe(y, m, x, n, 1)
		if !near(*there.Lower95, -*back.Upper95) || !near(*there.Upper998, -*back.Lower998) {
			t.Fatalf("got %v to %v, want the negative of %v to %v", *there.Lower95, *there.Upper998, *back.Upper95, *back.Lower998)
		}
	})
}

func TestPropertyRoundedShareHoldsItsCounts(t *testing.T) {
	t.Parallel()
	const step = 0.001
	rapid.Check(t, func(t *rapid.T) {
		x, n := counts(t, "count")
		share := math.Round(x/n/step) * step
		if math.Abs(share-x/n) > step/2 {
			t.Skip("binary remainder at a rounding boundary")
		}
		exact, rounded := stats.Proportion(x, n, 1), stats.ProportionFromShare(share, n, step/2, 1)
		const rounding = 1e-12
		if *rounded.Lower95 > *exact.Lower95+rounding || *rounded.Upper998 < *exact.Upper998-rounding {
			t.Fatalf("%v of %v: got %v to %v, want it to hold %v to %v",
				x, n, *rounded.Lower95, *rounded.Upper998, *exact.Lower95, *exact.Upper998)
		}
	})
}

func TestPropertyTrendMirrors(t *testing.T) {
	t.Parallel()
	mirror := map[string]string{
		stats.GettingBetter: stats.GettingWorse, stats.GettingWorse: stats.GettingBetter,
		stats.NoSignificantChange: stats.NoSignificantChange, stats.CannotCalculate: stats.CannotCalculate,
	}
	rapid.Check(t, func(t *rapid.T) {
		var points, moved []stats.Point
		for year := range 5 {
			size := rapid.IntRange(50, 5000).Draw(t, "denominator")
			x, n := float64(rapid.IntRange(0, size).Draw(t, "numerator")), float64(size)
			p := stats.Point{Year: float64(2020 + year), Numerator: &x, Denominator: &n}
			points = append(points, p)
			p.Year -= 2000
			moved = append(moved, p)
		}
		high, low := stats.RecentTrend(points, stats.High, true), stats.RecentTrend(points, stats.Low, true)
		if low.Outcome != mirror[high.Outcome] {
			t.Fatalf("got %s when low is good, want the mirror of %s", low.Outcome, high.Outcome)
		}
		shifted := stats.RecentTrend(moved, stats.High, true)
		if high.Statistic != nil && math.Abs(*high.Statistic-*shifted.Statistic) > 1e-9*(1+*high.Statistic) {
			t.Fatalf("got chi-square %v on a moved axis, want %v", *shifted.Statistic, *high.Statistic)
		}
	})
}

func TestPropertyBoundedNeverExceedsEitherBound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := counts(t, "count")
		area := stats.Proportion(x, n, 100)
		low := rapid.Float64Range(0, 100).Draw(t, "low")
		high := rapid.Float64Range(low, 100).Draw(t, "high")
		got := stats.CompareBounded(area, &low, &high, stats.High)
		between := rapid.Float64Range(low, high).Draw(t, "between")
		inside := stats.Compare(area, &between, stats.High)
		milder := map[string]string{stats.Best: stats.Better, stats.Worst: stats.Worse}
		if got.Outcome != stats.CannotCompare && got.Outcome != inside.Outcome && got.Outcome != milder[inside.Outcome] {
			t.Fatalf("got %s between the bounds, want it to hold at %v (%s)", got.Outcome, between, inside.Outcome)
		}
	})
}

func TestPropertyRankCountsTheBetter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		drawn := rapid.SliceOfN(rapid.IntRange(-3, 6), 0, 40).Draw(t, "values")
		values := make([]*float64, len(drawn))
		for i, v := range drawn {
			if v >= 0 {
				values[i] = pointer(float64(v))
			}
		}
		high, of := stats.Rank(values, stats.High)
		low, _ := stats.Rank(values, stats.Low)
		for i, value := range values {
			wantHigh, wantLow, present := 1, 1, 0
			for _, other := range values {
				if other == nil {
					continue
				}
				present++
				if value != nil && *other > *value {
					wantHigh++
				}
				if value != nil && *other < *value {
					wantLow++
				}
			}
			if value == nil {
				wantHigh, wantLow = 0, 0
			}
			if high[i] != wantHigh || low[i] != wantLow || of != present {
				t.Fatalf("got %d and %d of %d, want %d and %d of %d", high[i], low[i], of, wantHigh, wantLow, present)
			}
		}
	})
}
