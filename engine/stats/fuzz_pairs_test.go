package stats_test

import (
	"math"
	"testing"

	"levelfield/engine/stats"
)

// ordinary fails on a number that is NaN or infinite.
func ordinary(t *testing.T, what string, numbers ...*float64) {
	t.Helper()
	for _, v := range numbers {
		if v != nil && (math.IsNaN(*v) || math.IsInf(*v, 0)) {
			t.Errorf("%s: got %v, want an ordinary number or none", what, *v)
		}
	}
}

func FuzzPairs(f *testing.F) {
	for _, seed := range [][4]float64{
		{56, 70, 48, 80}, {0, 10, 0, 20}, {10, 10, 0, 10}, {1, 0, 1, 2}, {math.NaN(), 1, 1, 1}, {1, math.Inf(1), 1, 1},
		{1e-300, 1e300, 1e300, 1e300}, {5e-324, 5e-324, 1, 1}, {math.MaxFloat64, math.MaxFloat64, 1, 2}, {-1, 5, 1, 5}, {0.5, 0.7, 0.1, 0.2},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3])
	}
	f.Fuzz(func(t *testing.T, x, n, y, m float64) {
		first, second := stats.Proportion(x, n, 1), stats.Rate(y, m, 1)
		for _, e := range []stats.Estimate{
			stats.DifferenceMiettinenNurminen(x, n, y, m, 100), stats.RatioRatesLog(x, n, y, m), stats.Representation(x, n, y, m),
			stats.RatioMoverLog(first, second), stats.DifferenceMoverCorrelated(first, second, y), stats.FunnelProportion(x, n, 100),
		} {
			checkSound(t, e)
		}
		// The incomplete gamma and beta functions take long far outside any count of people.
		const counted = 1e9
		if x < counted && n < counted && y < counted && m < counted {
			checkSound(t, stats.RatioRatesExact(x, n, y, m))
			checkSound(t, stats.FunnelRate(x, n, 1e5))
		}
		_, limits := stats.CompareWithLimits(x, n, y, 100, stats.High)
		checkSound(t, limits)
		stats.CompareRemainder(x, n, y, m, stats.Low)
		ordinary(t, "funnel", stats.FunnelReference([]float64{x, y}, []float64{n, m}), stats.FunnelDenominator(x, n, m))
		test := stats.CochranArmitage([]float64{x, y}, []float64{n, m}, []float64{1, 2})
		ordinary(t, "trend", test.Statistic, test.Probability)
		if n < 1e6 {
			p, _ := stats.TargetProbability(x, n, 1000, stats.AtLeast(y))
			ordinary(t, "probability", p)
		}
	})
}

func FuzzSeries(f *testing.F) {
	f.Add(1.0, 2.0, 3.0, 4.0, 5.0, true)
	f.Add(5.0, 5.0, 5.0, 5.0, 5.0, true)
	f.Add(math.MaxFloat64, -math.MaxFloat64, 0.0, 1.0, math.NaN(), false)
	f.Add(1e-308, 2e-308, 5e-324, 0.0, 1e-300, true)
	f.Fuzz(func(t *testing.T, a, b, c, d, e float64, screen bool) {
		values := []float64{a, b, c, d, e, a, d, b, c, e, b, a, c}
		got := stats.Control(chart(values...), stats.ControlOptions{Polarity: stats.Low, Target: &a, Screen: screen})
		ordinary(t, "probability", got.Probability)
		for _, p := range got.Points {
			ordinary(t, "control", p.Mean, p.LowerLimit, p.UpperLimit)
			if p.LowerLimit != nil && !(*p.LowerLimit < *p.Mean && *p.Mean < *p.UpperLimit) {
				t.Errorf("got %v, %v, %v, want ascending limits", *p.LowerLimit, *p.Mean, *p.UpperLimit)
			}
		}
		forecast := stats.ForecastTarget(valued(a, b, c, d, e), 2020+a, stats.AtMost(b))
		checkSound(t, forecast.Estimate)
		ordinary(t, "forecast", forecast.Slope, forecast.Probability, forecast.RequiredChange)
		trend := stats.LongTrend(valued(a, b, c, d, e, a, b), stats.High, false)
		ordinary(t, "trend", trend.Slope, trend.Statistic)
		bounds, _ := stats.QuintileBounds([]*float64{&a, &b, &c, &d, &e})
		for i := range bounds {
			ordinary(t, "quintile", &bounds[i])
		}
	})
}
