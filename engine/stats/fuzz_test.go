package stats_test

import (
	"math"
	"testing"

	"levelfield/engine/stats"
)

// checkSound fails unless an estimate is either whole or absent with a reason, and
// holds no NaN and no infinity.
func checkSound(t *testing.T, e stats.Estimate) {
	t.Helper()
	numbers := []*float64{e.Lower998, e.Lower95, e.Value, e.Upper95, e.Upper998}
	if e.Value == nil {
		for _, v := range numbers {
			if v != nil {
				t.Errorf("limits without a value: got %v, want none", *v)
			}
		}
		if e.Status == "" || e.Reason == "" {
			t.Errorf("got %+v, want a status and a reason", e)
		}
		return
	}
	last := math.Inf(-1)
	for _, v := range numbers {
		if v == nil {
			continue
		}
		if math.IsNaN(*v) || math.IsInf(*v, 0) || *v < last {
			t.Errorf("got %v after %v, want ordinary numbers in ascending order", *v, last)
		}
		last = *v
	}
}

func FuzzProportion(f *testing.F) {
	for _, seed := range [][3]float64{
		{79, 167, 100}, {0, 1, 1}, {7, 7, 100}, {1, 0, 1}, {-1, 5, 1}, {8, 7, 1}, {math.NaN(), 1, 1}, {1, math.Inf(1), 1},
		{1e-300, 1e300, 1e300}, {5e-324, 5e-324, 1}, {math.MaxFloat64, math.MaxFloat64, math.MaxFloat64}, {1, 2, -100},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, x, n, multiplier float64) {
		e := stats.Proportion(x, n, multiplier)
		checkSound(t, e)
		checkSound(t, stats.ProportionFromShare(x, n, 0.0005, multiplier))
		checkSound(t, stats.DifferenceNewcombe(x, n, 1, 3, multiplier))
		if e.Value == nil {
			return
		}
		if x == 0 && *e.Lower95 != 0 {
			t.Errorf("lower limit of 0/%v: got %v, want 0", n, *e.Lower95)
		}
		if x == n && *e.Upper998 != multiplier {
			t.Errorf("upper limit of %v/%v: got %v, want %v", x, n, *e.Upper998, multiplier)
		}
	})
}

func FuzzRate(f *testing.F) {
	for _, seed := range [][3]float64{
		{0, 812, 1e5}, {9.5, 100, 1e5}, {10, 100, 1}, {1e-300, 1, 1}, {5e-324, 1, 1}, {1e300, 1, 1}, {1e300, 1e-300, 1},
		{-1, 1, 1}, {1, 0, 1}, {math.NaN(), 1, 1}, {1, 1, 0},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, x, n, per float64) { checkSound(t, stats.Rate(x, n, per)) })
}

func FuzzCombinations(f *testing.F) {
	f.Add(76.3, 1.4, 65.1, 3.1)
	f.Add(0.0, 0.0, 1e-300, 1.0)
	f.Add(-5.0, 1.0, 2.0, math.Inf(1))
	f.Add(math.MaxFloat64, math.MaxFloat64, math.MaxFloat64, 1.0)
	f.Fuzz(func(t *testing.T, first, half, second, cv float64) {
		a, b := stats.PublishedHalfWidth(first, half, pointer(0), nil), stats.PublishedCV(second, cv)
		lower, upper := first-half, first+half
		for _, e := range []stats.Estimate{
			a, b, stats.DifferenceMover(a, b), stats.RatioMover(a, b), stats.Change(a, b),
			stats.PublishedOnly(first, "modelled"),
		} {
			checkSound(t, e)
		}
		for _, scale := range []stats.Scale{stats.Linear, stats.Logit, stats.LogitPercent, stats.Log, "none"} {
			if half >= 0 {
				checkSound(t, stats.Published(first, &lower, &upper, scale))
			}
		}
	})
}

func BenchmarkProportion(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		stats.Proportion(196, 5150, 100)
	}
}

func BenchmarkRate(b *testing.B) {
	for _, c := range []struct {
		name  string
		count float64
	}{{"exact", 4}, {"byar", 400}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				stats.Rate(c.count, 5150, 100000)
			}
		})
	}
}
