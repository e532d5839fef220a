package stats_test

import (
	"math"
	"slices"
	"testing"

	"levelfield/engine/stats"
	"pgregory.net/rapid"
)

// interval draws a kind of interval of a proportion.
func interval(t *rapid.T) stats.ProportionOptions {
	return stats.ProportionOptions{Interval: rapid.SampledFrom(stats.ProportionIntervals()).Draw(t, "interval"), Multiplier: 1}
}

// someCounts are counts up to a size at which exact limits are still quick.
func someCounts(t *rapid.T) (x, n float64) {
	size := rapid.IntRange(1, 200_000).Draw(t, "denominator")
	return float64(rapid.IntRange(0, size).Draw(t, "numerator")), float64(size)
}

func TestPropertyProportionIntervals(t *testing.T) {
	t.Parallel()
	const rounding = 1e-11
	rapid.Check(t, func(t *rapid.T) {
		x, n := someCounts(t)
		asked := interval(t)
		e := stats.ProportionWith(x, n, asked)
		checkNested(t, e)
		if *e.Upper998-*e.Lower998 <= *e.Upper95-*e.Lower95 {
			t.Fatalf("%v/%v: got 99.8%% limits no wider than 95%% limits", x, n)
		}
		mirrored := stats.ProportionWith(n-x, n, asked)
		if math.Abs(*e.Lower95-(1-*mirrored.Upper95)) > rounding || math.Abs(*e.Upper998-(1-*mirrored.Lower998)) > rounding {
			t.Fatalf("%v/%v %s: got %v and %v, want mirrored limits", x, n, asked.Interval, *e.Lower95, *mirrored.Upper95)
		}
		if x < n {
			more := stats.ProportionWith(x+1, n, asked)
			if *more.Lower95 <= *e.Lower95 || *more.Upper95 <= *e.Upper95 && *more.Upper95 < 1 {
				t.Fatalf("%v and %v of %v %s: got %v to %v and %v to %v, want rising limits", x, x+1, n, asked.Interval,
					*e.Lower95, *e.Upper95, *more.Lower95, *more.Upper95)
			}
		}
		asked.Multiplier = rapid.Float64Range(1e-3, 1e5).Draw(t, "multiplier")
		if scaled := stats.ProportionWith(x, n, asked); !near(*scaled.Lower95, *e.Lower95*asked.Multiplier) {
			t.Fatalf("%v/%v times %v: got %v, want %v", x, n, asked.Multiplier, *scaled.Lower95, *e.Lower95*asked.Multiplier)
		}
	})
}

// The exact interval holds the shorter ones, as their definitions have it.
func TestPropertyClopperPearsonHoldsMidP(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := someCounts(t)
		exact := stats.ProportionWith(x, n, stats.ProportionOptions{Interval: stats.ClopperPearson, Multiplier: 1})
		middle := stats.ProportionWith(x, n, stats.ProportionOptions{Interval: stats.MidP, Multiplier: 1})
		if *middle.Lower95 < *exact.Lower95 || *middle.Upper998 > *exact.Upper998 {
			t.Fatalf("%v/%v: got mid-P %v to %v, want it inside %v to %v", x, n, *middle.Lower95, *middle.Upper998, *exact.Lower95, *exact.Upper998)
		}
	})
}

// A design effect widens the interval, and sampling much of a population narrows it.
func TestPropertyWorthOfASample(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := someCounts(t)
		asked := interval(t)
		asked.Interval = rapid.SampledFrom([]stats.ProportionInterval{stats.WilsonScore, stats.ClopperPearson, stats.Jeffreys}).Draw(t, "kind")
		plain := stats.ProportionWith(x, n, asked)
		width := func(e stats.Estimate) float64 { return *e.Upper95 - *e.Lower95 }
		clustered, finite := asked, asked
		clustered.DesignEffect = pointer(rapid.Float64Range(1.01, 5).Draw(t, "design effect"))
		finite.Population = pointer(n + float64(rapid.IntRange(0, 1_000_000).Draw(t, "others")))
		wide, narrow := stats.ProportionWith(x, n, clustered), stats.ProportionWith(x, n, finite)
		if width(wide) < width(plain) || width(narrow) > width(plain)*(1+1e-9) {
			t.Fatalf("%v/%v: got widths %v clustered, %v plain, %v of a finite population, want them falling", x, n, width(wide), width(plain), width(narrow))
		}
	})
}

func TestPropertyRateExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.Float64Range(0, 5000).Draw(t, "count")
		less, more := stats.RateExact(count, 1, 1), stats.RateExact(count+1, 1, 1)
		checkNested(t, less)
		if *less.Lower95 >= *more.Lower95 || *less.Upper998 >= *more.Upper998 {
			t.Fatalf("%v and one more: got %v and %v, want rising limits", count, *less.Lower95, *more.Lower95)
		}
	})
}

// sample draws values that are not all alike.
func sample(t *rapid.T, fewest int) []float64 {
	drawn := rapid.SliceOfN(rapid.IntRange(-5000, 5000), fewest, 60).Draw(t, "values")
	values := make([]float64, len(drawn))
	for i, v := range drawn {
		values[i] = float64(v) / 8
	}
	return values
}

// moved are values times a factor plus a shift, which numbers hold exactly.
func moved(values []float64, factor, shift float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = v*factor + shift
	}
	return out
}

func TestPropertyMeanMovesWithItsValues(t *testing.T) {
	t.Parallel()
	const rounding = 1e-7
	rapid.Check(t, func(t *rapid.T) {
		values := sample(t, 2)
		e := stats.Mean(values)
		checkNested(t, e.Estimate)
		shift := float64(rapid.IntRange(-1_000_000, 1_000_000).Draw(t, "shift"))
		there := stats.Mean(moved(values, -4, shift))
		for _, pair := range [][2]float64{{*there.Value, -4**e.Value + shift}, {*there.Lower95, -4**e.Upper95 + shift}, {*there.SD, 4 * *e.SD}} {
			if math.Abs(pair[0]-pair[1]) > rounding*(1+math.Abs(*e.Upper998)) {
				t.Fatalf("got %v, want %v", pair[0], pair[1])
			}
		}
	})
}

func TestPropertyQuantileIntervalIsOfTheSample(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := sample(t, 1)
		p := rapid.Float64Range(0.01, 0.99).Draw(t, "p")
		e := stats.QuantileInterval(values, p)
		numbers := []*float64{e.Lower998, e.Lower95, e.Value, e.Upper95, e.Upper998}
		last := math.Inf(-1)
		for i, v := range numbers {
			if v == nil {
				continue
			}
			if *v < last || i != 2 && !slices.Contains(values, *v) && *v != *e.Value {
				t.Fatalf("got %v after %v, want values of the sample in order", *v, last)
			}
			last = *v
		}
		if (e.Lower95 == nil || e.Upper95 == nil || e.Lower998 == nil || e.Upper998 == nil) != (len(e.Warnings) > 0) {
			t.Fatalf("got the warnings %q for %+v, want one for each limit that is absent", e.Warnings, e)
		}
	})
}

// bandsOf draws age bands.
func bandsOf(t *rapid.T) stats.Strata {
	var s stats.Strata
	for range rapid.IntRange(1, 20).Draw(t, "bands") {
		s.Counts = append(s.Counts, float64(rapid.IntRange(0, 300).Draw(t, "count")))
		s.Populations = append(s.Populations, float64(rapid.IntRange(1, 100_000).Draw(t, "population")))
		s.Standard = append(s.Standard, float64(rapid.IntRange(1, 100_000).Draw(t, "standard")))
	}
	return s
}

func TestPropertyDSR(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := bandsOf(t)
		interval := rapid.SampledFrom(stats.DSRIntervals()).Draw(t, "interval")
		e := stats.DSR(s, interval, 1)
		if !e.HasValue() {
			fewest := map[stats.DSRInterval]float64{stats.Dobson: 10, stats.DobsonExact: 1}[interval]
			if *e.Count >= fewest {
				t.Fatalf("got %+v, want a rate", e)
			}
			return
		}
		checkNested(t, e.Estimate)
		if *e.Lower998 < 0 {
			t.Fatalf("got a lower limit of %v, want none below 0", *e.Lower998)
		}
		// The size of the standard population and the order of the bands do not matter.
		other := stats.Strata{Counts: slices.Clone(s.Counts), Populations: slices.Clone(s.Populations), Standard: moved(s.Standard, 7, 0)}
		slices.Reverse(other.Counts)
		slices.Reverse(other.Populations)
		slices.Reverse(other.Standard)
		again := stats.DSR(other, interval, 1000)
		for _, pair := range [][2]float64{{*again.Value, *e.Value * 1000}, {*again.Lower95, *e.Lower95 * 1000}, {*again.Upper998, *e.Upper998 * 1000}} {
			if math.Abs(pair[0]-pair[1]) > 1e-9*(math.Abs(pair[1])+1000**e.Value) {
				t.Fatalf("%s: got %v, want %v", interval, pair[0], pair[1])
			}
		}
		// With one rate in all bands, that is the standardised rate.
		even := stats.Strata{Counts: moved(s.Populations, 0.125, 0), Populations: s.Populations, Standard: s.Standard}
		if level := stats.DSR(even, stats.FayFeuer, 1); !near(*level.Value, 0.125) {
			t.Fatalf("an eighth in all bands: got %v, want 0.125", *level.Value)
		}
	})
}

func TestPropertyISRatio(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := bandsOf(t)
		expected, reason := stats.Expected(s.Populations, s.Counts, s.Standard)
		if reason != "" || expected == 0 {
			return
		}
		observed := float64(rapid.IntRange(0, 400).Draw(t, "observed"))
		ratio := stats.ISRatio(observed, expected, 100)
		checkNested(t, ratio)
		if double := stats.ISRatio(observed, 2*expected, 100); !near(*double.Upper95*2, *ratio.Upper95) {
			t.Fatalf("twice as many expected: got %v, want half of %v", *double.Upper95, *ratio.Upper95)
		}
	})
}

func TestPropertyAreaQuantilesKeepOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := sample(t, 5)
		into := rapid.IntRange(2, len(values)).Draw(t, "quantiles")
		of, reason := stats.AreaQuantiles(values, into, false)
		if reason != "" {
			t.Fatalf("got %q, want quantiles", reason)
		}
		for i, v := range values {
			if of[i] < 1 || of[i] > into {
				t.Fatalf("got quantile %d, want one of %d", of[i], into)
			}
			for j, other := range values {
				if v < other && of[i] > of[j] || v == other && of[i] != of[j] {
					t.Fatalf("%v and %v: got quantiles %d and %d, want them in order and ties together", v, other, of[i], of[j])
				}
			}
		}
	})
}

// groupsOf draws ordered groups with values between 0 and 1.
func groupsOf(t *rapid.T) stats.Gradient {
	var g stats.Gradient
	for range rapid.IntRange(5, 12).Draw(t, "groups") {
		g.Populations = append(g.Populations, float64(rapid.IntRange(100, 10_000).Draw(t, "population")))
		g.Values = append(g.Values, float64(rapid.IntRange(200, 800).Draw(t, "value"))/1024)
		g.Errors = append(g.Errors, float64(rapid.IntRange(1, 20).Draw(t, "error"))/1024)
	}
	return g
}

func TestPropertySlopeMovesWithItsValues(t *testing.T) {
	t.Parallel()
	const rounding = 1e-9
	rapid.Check(t, func(t *rapid.T) {
		g := groupsOf(t)
		s := stats.SlopeIndex(g, stats.SlopeOptions{Multiplier: 1})
		checkNested(t, s.SII)
		if s.RII.HasInterval() && s.RII.At998().Complete() {
			checkNested(t, s.RII)
		}
		factor := float64(rapid.IntRange(1, 64).Draw(t, "factor"))
		shift := float64(rapid.IntRange(-100, 100).Draw(t, "shift"))
		there := g
		there.Values, there.Errors = moved(g.Values, factor, shift), moved(g.Errors, factor, 0)
		other := stats.SlopeIndex(there, stats.SlopeOptions{Multiplier: 1})
		back := g
		back.Populations, back.Values, back.Errors = slices.Clone(g.Populations), slices.Clone(g.Values), slices.Clone(g.Errors)
		slices.Reverse(back.Populations)
		slices.Reverse(back.Values)
		slices.Reverse(back.Errors)
		reversed := stats.SlopeIndex(back, stats.SlopeOptions{Multiplier: 1})
		turned := stats.SlopeIndex(g, stats.SlopeOptions{Multiplier: -1})
		for _, pair := range [][2]float64{
			{*other.SII.Value, *s.SII.Value * factor}, {*other.SII.Lower95, *s.SII.Lower95 * factor}, {*other.Intercept, *s.Intercept*factor + shift},
			{*reversed.SII.Value, -*s.SII.Value}, {*reversed.SII.Lower998, -*s.SII.Upper998},
			{*turned.SII.Value, -*s.SII.Value}, {*turned.SII.Upper95, -*s.SII.Lower95}, {*turned.Intercept, *s.Intercept},
		} {
			if math.Abs(pair[0]-pair[1]) > rounding*(1+math.Abs(shift)+factor) {
				t.Fatalf("got %v, want %v", pair[0], pair[1])
			}
		}
		if s.RII.HasValue() && (!near(*turned.RII.Value, 1 / *s.RII.Value) || !near(*reversed.RII.Value, 1 / *s.RII.Value)) {
			t.Fatalf("turned over: got %v and %v, want %v", *turned.RII.Value, *reversed.RII.Value, 1 / *s.RII.Value)
		}
	})
}

// With small errors every scale gives nearly the linear limits: the delta method is their limit.
func TestPropertySlopeScalesAgreeForSmallErrors(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := groupsOf(t)
		onLog, onLogit := g, g
		onLog.Errors, onLogit.Errors = nil, nil
		linear := g
		linear.Errors = moved(g.Errors, 1e-4, 0)
		for i, v := range g.Values {
			onLog.Errors = append(onLog.Errors, linear.Errors[i]/v)
			onLogit.Errors = append(onLogit.Errors, linear.Errors[i]/(v*(1-v)))
		}
		want := stats.SlopeIndex(linear, stats.SlopeOptions{Multiplier: 1})
		half := *want.SII.Upper95 - *want.SII.Value
		for scale, group := range map[stats.Scale]stats.Gradient{stats.Log: onLog, stats.Logit: onLogit} {
			got := stats.SlopeIndex(group, stats.SlopeOptions{Scale: scale, Multiplier: 1})
			if math.Abs(*got.SII.Upper95-*want.SII.Upper95) > 0.001*half || !near(*got.SII.Value, *want.SII.Value) && math.Abs(*want.SII.Value) > 1e-9 {
				t.Fatalf("%s: got %v to %v, want near %v to %v", scale, *got.SII.Value, *got.SII.Upper95, *want.SII.Value, *want.SII.Upper95)
			}
		}
	})
}

func TestPropertyLifeExpectancy(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		starts := []float64{0, 1, 5, 15, 25, 35, 45, 55, 65, 75, 85}
		var deaths, more, people []float64
		for range starts {
			n := rapid.IntRange(2000, 40_000).Draw(t, "population")
			d := rapid.IntRange(1, n/40).Draw(t, "deaths")
			people, deaths, more = append(people, float64(n)), append(deaths, float64(d)), append(more, float64(2*d))
		}
		few, many := stats.LifeExpectancy(starts, deaths, people), stats.LifeExpectancy(starts, more, people)
		for i, e := range few {
			if !e.HasValue() || !many[i].HasValue() {
				continue
			}
			checkNested(t, e)
			if *many[i].Value >= *e.Value {
				t.Fatalf("at %v with twice the deaths: got %v years, want less than %v", starts[i], *many[i].Value, *e.Value)
			}
			if i > 0 && few[i-1].HasValue() && *few[i-1].Value > *e.Value+starts[i]-starts[i-1] {
				t.Fatalf("at %v: got %v years and %v years at %v, want nobody to lose more than has passed", starts[i-1], *few[i-1].Value, *e.Value, starts[i])
			}
		}
	})
}

func TestPropertyShrinkLiesBetween(t *testing.T) {
	t.Parallel()
	const rounding = 1e-12
	rapid.Check(t, func(t *rapid.T) {
		var counts, sizes []float64
		var sum, size float64
		for range rapid.IntRange(2, 30).Draw(t, "areas") {
			n := float64(rapid.IntRange(1, 10_000).Draw(t, "population"))
			x := float64(rapid.IntRange(0, 50).Draw(t, "count"))
			counts, sizes = append(counts, x), append(sizes, n)
			sum, size = sum+x, size+n
		}
		for i, e := range stats.Shrink(counts, sizes) {
			if sum == 0 {
				continue
			}
			crude, mean := counts[i]/sizes[i], sum/size
			if *e.Value < math.Min(crude, mean)-rounding || *e.Value > math.Max(crude, mean)+rounding {
				t.Fatalf("got %v, want it between the area's %v and the mean %v", *e.Value, crude, mean)
			}
		}
	})
}

func TestPropertyAdjustKeepsOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 60).Draw(t, "p")
		hochberg, _ := stats.Adjust(p, stats.BenjaminiHochberg)
		holm, _ := stats.Adjust(p, stats.Holm)
		yekutieli, _ := stats.Adjust(p, stats.BenjaminiYekutieli)
		bonferroni, _ := stats.Adjust(p, stats.Bonferroni)
		for i := range p {
			if *yekutieli[i] < *hochberg[i] || *bonferroni[i] < *holm[i]-1e-12 || *bonferroni[i] > 1 || *yekutieli[i] > 1 {
				t.Fatalf("p %v: got %v and %v, want no less than %v and %v", p[i], *yekutieli[i], *bonferroni[i], *hochberg[i], *holm[i])
			}
			if *hochberg[i] < p[i] || *holm[i] < *hochberg[i]-1e-12 || *holm[i] > 1 {
				t.Fatalf("p %v: got %v and %v, want them rising from it", p[i], *hochberg[i], *holm[i])
			}
			for j := range p {
				if p[i] < p[j] && (*hochberg[i] > *hochberg[j] || *holm[i] > *holm[j]) {
					t.Fatalf("p %v and %v: got %v and %v, want the order kept", p[i], p[j], *hochberg[i], *hochberg[j])
				}
			}
		}
	})
}
