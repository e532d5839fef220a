package stats_test

import (
	"math"
	"testing"

	"levelfield/engine/stats"
)

// extremes are numbers that break arithmetic.
var extremes = []float64{0, math.Copysign(0, -1), 5e-324, 1e-300, 1e-9, 0.5, 1, 3, 9.99, 10, 5150, 1e9, 1e15, 1e300, math.MaxFloat64, -1, math.NaN(), math.Inf(1), math.Inf(-1)}

// Every pair of extremes goes through every interval: none may hang, and none give what is no number.
func TestExtremesOfCounts(t *testing.T) {
	t.Parallel()
	for _, x := range extremes {
		for _, n := range extremes {
			for _, kind := range stats.ProportionIntervals() {
				checkSound(t, stats.ProportionWith(x, n, stats.ProportionOptions{Interval: kind, Multiplier: 100}))
				checkSound(t, stats.ProportionWith(1, 4, stats.ProportionOptions{Interval: kind, Multiplier: 100, DesignEffect: &x, Population: &n}))
			}
			checkSound(t, stats.RateExact(x, n, 1))
			checkSound(t, stats.ISRatio(x, n, 1))
			checkSound(t, stats.ISRate(x, 10, n, 1e6, 1))
			checkSound(t, stats.Mean([]float64{x, n, 1}).Estimate)
			checkSound(t, stats.QuantileInterval([]float64{x, n, 1}, 0.5))
			for _, kind := range stats.DSRIntervals() {
				checkSound(t, stats.DSR(stats.Strata{Counts: []float64{x, 20}, Populations: []float64{n, 30}, Standard: []float64{1, 2}}, kind, 1).Estimate)
				checkSound(t, stats.DSR(stats.Strata{Counts: []float64{2, 20}, Populations: []float64{10, n}, Standard: []float64{x, 2}}, kind, 1).Estimate)
			}
			for _, e := range stats.Shrink([]float64{x, 3, 9}, []float64{n, 40, 50}) {
				checkSound(t, e)
			}
			for _, e := range stats.LifeExpectancy([]float64{0, 1, 85}, []float64{5, x, 9}, []float64{9000, n, 100}) {
				checkSound(t, e)
			}
		}
	}
}

func FuzzSlopeIndex(f *testing.F) {
	f.Add(7100.0, 31.2, 1.1, 15.2, 1.5, 1.0)
	f.Add(1.0, 0.01, 0.5, 0.99, 2.0, -100.0)
	f.Add(1e300, 1e-300, 1e300, -1.0, 0.0, 1e-300)
	f.Fuzz(func(t *testing.T, population, first, firstError, last, lastError, multiplier float64) {
		g := stats.Gradient{
			Populations: []float64{population, 10, 20, population, 10},
			Values:      []float64{first, (first + last) / 2, first, last, last},
			Errors:      []float64{firstError, lastError, firstError, lastError, lastError},
		}
		limits := g
		limits.Errors = nil
		for i, v := range g.Values {
			limits.Lower95, limits.Upper95 = append(limits.Lower95, v-g.Errors[i]), append(limits.Upper95, v+2*g.Errors[i])
		}
		for _, scale := range []stats.Scale{stats.Linear, stats.Log, stats.Logit, stats.LogitPercent} {
			for _, transform := range []bool{false, true} {
				for _, group := range []stats.Gradient{g, limits} {
					s := stats.SlopeIndex(group, stats.SlopeOptions{Scale: scale, Transform: transform, Multiplier: multiplier})
					checkSound(t, s.SII)
					checkSound(t, s.RII)
					if s.Intercept != nil && (math.IsNaN(*s.Intercept) || math.IsInf(*s.Intercept, 0)) {
						t.Errorf("intercept: got %v, want an ordinary number", *s.Intercept)
					}
				}
			}
		}
	})
}

func FuzzAdjust(f *testing.F) {
	f.Add(0.04, 0.01, 1.0)
	f.Add(math.NaN(), -1.0, 5e-324)
	f.Fuzz(func(t *testing.T, a, b, c float64) {
		for _, by := range stats.Adjustments() {
			adjusted, reasons := stats.Adjust([]float64{a, b, c}, by)
			for i, v := range adjusted {
				if (v == nil) != (reasons[i] != "") || v != nil && !(*v >= 0 && *v <= 1) {
					t.Errorf("got %v and %q, want a number from 0 to 1 or a reason", v, reasons[i])
				}
			}
		}
	})
}
