package stats_test

import (
	"math"
	"slices"
	"testing"

	"levelfield/engine/stats"
	"pgregory.net/rapid"
)

// smallCounts draws counts small enough for every limit to be far from its neighbours.
func smallCounts(t *rapid.T, label string) (x, n float64) {
	size := rapid.IntRange(2, 5000).Draw(t, label+" denominator")
	return float64(rapid.IntRange(0, size).Draw(t, label+" numerator")), float64(size)
}

func TestPropertyPairLimitsNest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := smallCounts(t, "first")
		y, m := smallCounts(t, "second")
		first, second := stats.Proportion(x, n, 100), stats.Proportion(y, m, 100)
		checkNested(t, stats.DifferenceMiettinenNurminen(x, n, y, m, 100))
		checkNested(t, stats.DifferenceMoverCorrelated(first, second, rapid.Float64Range(-1, 1).Draw(t, "correlation")))
		checkNested(t, stats.FunnelRate(rapid.Float64Range(1e-6, 2).Draw(t, "rate"), n, 100000))
		checkNested(t, stats.FunnelProportion(x/n, m, 100))
		if y > 0 {
			checkNested(t, stats.RatioRatesExact(x, n, y, m))
			checkNested(t, stats.Representation(x, n, y, m))
		}
		if x > 0 && y > 0 {
			checkNested(t, stats.RatioRatesLog(x, n, y, m))
			checkNested(t, stats.RatioMoverLog(first, second))
		}
	})
}

// mirrored fails unless one interval is the negative of the other.
func mirrored(t *rapid.T, there, back stats.Estimate) {
	const rounding = 1e-9
	for _, pair := range [][2]*float64{
		{there.Value, back.Value}, {there.Lower95, back.Upper95}, {there.Upper95, back.Lower95}, {there.Lower998, back.Upper998},
	} {
		if math.Abs(*pair[0]+*pair[1]) > rounding {
			t.Fatalf("got %v and %v, want one the negative of the other", *pair[0], *pair[1])
		}
	}
}

func TestPropertyScoreDifferenceTurnsOver(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := smallCounts(t, "first")
		y, m := smallCounts(t, "second")
		there := stats.DifferenceMiettinenNurminen(x, n, y, m, 1)
		mirrored(t, there, stats.DifferenceMiettinenNurminen(y, m, x, n, 1))
		mirrored(t, there, stats.DifferenceMiettinenNurminen(n-x, n, m-y, m, 1))
		r := rapid.Float64Range(-1, 1).Draw(t, "correlation")
		first, second := stats.Proportion(x, n, 1), stats.Proportion(y, m, 1)
		mirrored(t, stats.DifferenceMoverCorrelated(first, second, r), stats.DifferenceMoverCorrelated(second, first, r))
	})
}

func TestPropertyCorrelationNarrows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := smallCounts(t, "first")
		y, m := smallCounts(t, "second")
		first, second := stats.Proportion(x, n, 1), stats.Proportion(y, m, 1)
		less := rapid.Float64Range(-1, 1).Draw(t, "correlation")
		more := rapid.Float64Range(less, 1).Draw(t, "more")
		wide, narrow := stats.DifferenceMoverCorrelated(first, second, less), stats.DifferenceMoverCorrelated(first, second, more)
		const rounding = 1e-12
		if *narrow.Lower95 < *wide.Lower95-rounding || *narrow.Upper998 > *wide.Upper998+rounding {
			t.Fatalf("correlation %v and %v: got %v to %v and %v to %v, want the second within the first",
				less, more, *wide.Lower95, *wide.Upper998, *narrow.Lower95, *narrow.Upper998)
		}
	})
}

func TestPropertyRatiosTurnOver(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := float64(rapid.IntRange(1, 2000).Draw(t, "first")), float64(rapid.IntRange(1, 1e6).Draw(t, "of"))
		y, m := float64(rapid.IntRange(1, 2000).Draw(t, "second")), float64(rapid.IntRange(1, 1e6).Draw(t, "of the second"))
		scale := rapid.Float64Range(1e-3, 1e3).Draw(t, "scale")
		for _, ratio := range []func(x1, n1, x2, n2 float64) stats.Estimate{stats.RatioRatesExact, stats.RatioRatesLog} {
			there, back, scaled := ratio(x, n, y, m), ratio(y, m, x, n), ratio(x, n*scale, y, m)
			if !near(*there.Lower95**back.Upper95, 1) || !near(*there.Lower998**back.Upper998, 1) {
				t.Fatalf("got %v and %v, want reciprocals", *there.Lower95, *back.Upper95)
			}
			if !near(*there.Upper95, *scaled.Upper95*scale) {
				t.Fatalf("got %v and, of %v times the people, %v, want them in proportion", *there.Upper95, scale, *scaled.Upper95)
			}
		}
		first, second := stats.Rate(x, n, 1), stats.Rate(y, m, 1)
		there, back := stats.RatioMoverLog(first, second), stats.RatioMoverLog(second, first)
		if there.HasInterval() && back.HasInterval() && !near(*there.Lower95**back.Upper95, 1) {
			t.Fatalf("got %v and %v, want reciprocals", *there.Lower95, *back.Upper95)
		}
	})
}

// A funnel narrows as areas grow, and holds its reference at every size.
func TestPropertyFunnelNarrows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		reference := rapid.Float64Range(0.001, 0.999).Draw(t, "reference")
		small := float64(rapid.IntRange(1, 100000).Draw(t, "small"))
		large := small + float64(rapid.IntRange(1, 100000).Draw(t, "more"))
		for _, funnel := range []func(reference, n, multiplier float64) stats.Estimate{stats.FunnelProportion, stats.FunnelRate} {
			wide, narrow := funnel(reference, small, 100), funnel(reference, large, 100)
			const rounding = 1e-9
			if *narrow.Lower95 < *wide.Lower95-rounding || *narrow.Upper95 > *wide.Upper95+rounding || *narrow.Upper998 > *wide.Upper998+rounding {
				t.Fatalf("at %v and %v: got %v to %v and %v to %v, want the second within the first",
					small, large, *wide.Lower95, *wide.Upper95, *narrow.Lower95, *narrow.Upper95)
			}
			if !near(*wide.Value, reference*100) {
				t.Fatalf("got the centre %v, want %v", *wide.Value, reference*100)
			}
		}
	})
}

// An area lies outside the exact funnel exactly where the exact limits of its own count do not hold what is expected.
func TestPropertyFunnelAgreesWithTheIntervalOfTheCount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		count := float64(rapid.IntRange(0, 9).Draw(t, "count"))
		expected := rapid.Float64Range(0.05, 40).Draw(t, "expected")
		own := stats.Rate(count, 1, 1)
		inside := *own.Lower95 <= expected && expected <= *own.Upper95
		got := stats.CompareFunnel(count/expected, stats.FunnelRatio(expected, 1), stats.Neutral)
		if inside != (got.Outcome == stats.Similar) {
			t.Fatalf("%v of %v expected: got %s, want the verdict of %v to %v", count, expected, got.Outcome, *own.Lower95, *own.Upper95)
		}
	})
}

// Values are quarters, shifts whole and scales powers of two, so that nothing is rounded and equal stays equal.
func TestPropertyControlIsFreeOfPlaceAndScale(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		// Of sixteen or thirty-two values the mean is exact too.
		count := rapid.SampledFrom([]int{16, 32}).Draw(t, "count")
		drawn := rapid.SliceOfN(rapid.IntRange(-40, 40), count, count).Draw(t, "quarters")
		shift := float64(rapid.IntRange(-1000, 1000).Draw(t, "shift"))
		scale := math.Ldexp(1, rapid.IntRange(-8, 8).Draw(t, "scale"))
		var plain, moved, turned []float64
		for _, v := range drawn {
			plain = append(plain, float64(v)/4)
			moved = append(moved, (float64(v)/4+shift)*scale)
			turned = append(turned, -float64(v)/4)
		}
		options := stats.ControlOptions{Polarity: stats.High, Screen: rapid.Bool().Draw(t, "screen")}
		chartOf := func(values []float64) stats.ControlChart { return stats.Control(chart(values...), options) }
		one, other, back := chartOf(plain), chartOf(moved), chartOf(turned)
		mirror := map[string]string{stats.Improvement: stats.Concern, stats.Concern: stats.Improvement, stats.CommonCause: stats.CommonCause, "": ""}
		for i, p := range one.Points {
			q, r := other.Points[i], back.Points[i]
			if p.Rule != q.Rule || mirror[p.Variation] != r.Variation {
				t.Fatalf("point %d: got %q, moved %q, turned over %q, want the same and its mirror", i, p.Rule, q.Rule, r.Variation)
			}
			if p.Mean == nil || p.LowerLimit == nil {
				continue
			}
			if *p.LowerLimit > *p.Mean || *p.Mean > *p.UpperLimit {
				t.Fatalf("got %v, %v, %v, want the mean between its limits", *p.LowerLimit, *p.Mean, *p.UpperLimit)
			}
			const rounding = 1e-9
			if math.Abs((*p.UpperLimit+shift)*scale-*q.UpperLimit) > rounding*scale*(1+math.Abs(shift)) {
				t.Fatalf("got %v, moved %v, want them moved alike", *p.UpperLimit, *q.UpperLimit)
			}
		}
	})
}

func TestPropertyForecastMovesWithItsSeries(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-50, 50), 5, 15).Draw(t, "values")
		shift, target := rapid.Float64Range(-100, 100).Draw(t, "shift"), rapid.Float64Range(-60, 60).Draw(t, "target")
		year := 2018 + float64(len(values)) + rapid.Float64Range(0, 5).Draw(t, "ahead")
		moved := slices.Clone(values)
		for i := range moved {
			moved[i] += shift
		}
		here, there := stats.ForecastTarget(valued(values...), year, stats.AtLeast(target)), stats.ForecastTarget(valued(moved...), year, stats.AtLeast(target+shift))
		other := stats.ForecastTarget(valued(values...), year, stats.AtMost(target))
		checkNested(t, here.Estimate)
		const rounding = 1e-6
		if math.Abs(*here.Value+shift-*there.Value) > rounding || math.Abs(*here.Upper95+shift-*there.Upper95) > rounding {
			t.Fatalf("got %v and, moved by %v, %v", *here.Value, shift, *there.Value)
		}
		// With no scatter at all a rounding decides between certainly and never.
		if *here.Upper95-*here.Lower95 > rounding && math.Abs(*here.Probability+*other.Probability-1) > rounding {
			t.Fatalf("got %v and %v, want two probabilities that add to 1", *here.Probability, *other.Probability)
		}
	})
}

func TestPropertyTargetProbabilityFalls(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := smallCounts(t, "count")
		m := float64(rapid.IntRange(1, 3000).Draw(t, "next"))
		least := rapid.Float64Range(0, 1).Draw(t, "least")
		more := rapid.Float64Range(least, 1).Draw(t, "more")
		easy, _ := stats.TargetProbability(x, n, m, stats.AtLeast(least))
		hard, _ := stats.TargetProbability(x, n, m, stats.AtLeast(more))
		const rounding = 1e-12
		if *easy < 0 || *easy > 1 || *hard > *easy+rounding {
			t.Fatalf("at least %v and %v: got %v and %v, want the second no likelier", least, more, *easy, *hard)
		}
	})
}
