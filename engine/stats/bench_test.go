package stats_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"levelfield/engine/stats"
)

// secondsInR are what testdata/speed.R measures, once in each run of the benchmarks; the reason is why it says nothing.
var secondsInR = sync.OnceValues(func() (seconds [5]float64, reason string) {
	script, err := exec.LookPath("Rscript")
	if err != nil {
		return seconds, "R is not here to compare with"
	}
	printed, err := exec.Command(script, "testdata/speed.R").Output()
	if err != nil {
		return seconds, "R: " + err.Error()
	}
	if _, err := fmt.Sscan(string(printed), &seconds[0], &seconds[1], &seconds[2], &seconds[3], &seconds[4]); err != nil {
		return seconds, "R printed " + strings.TrimSpace(string(printed))
	}
	return seconds, ""
})

// against reports how many times as long R takes, and skips if it cannot.
func against(b *testing.B, names map[string]int) {
	seconds, reason := secondsInR()
	if reason != "" {
		b.Log(reason)
		return
	}
	for name, at := range names {
		if seconds[at] == 0 {
			continue // the package is not installed
		}
		b.ReportMetric(seconds[at]/(b.Elapsed().Seconds()/float64(b.N)), "x-"+name)
	}
}

func BenchmarkProportionIntervals(b *testing.B) {
	for _, kind := range stats.ProportionIntervals() {
		b.Run(string(kind), func(b *testing.B) {
			asked := stats.ProportionOptions{Interval: kind, Multiplier: 100}
			b.ReportAllocs()
			for b.Loop() {
				stats.ProportionWith(196, 5150, asked)
			}
		})
	}
}

// BenchmarkDSR is 10,000 groups of 19 bands.
func BenchmarkDSR(b *testing.B) {
	const groups, bands = 10_000, 19
	draw := rand.New(rand.NewPCG(1, 2))
	all := make([]stats.Strata, groups)
	standard := make([]float64, bands)
	for i := range standard {
		standard[i] = 4000 + 1000*float64(i%4)
	}
	for i := range all {
		s := stats.Strata{Standard: standard}
		for range bands {
			s.Counts = append(s.Counts, float64(1+draw.IntN(15)))
			s.Populations = append(s.Populations, float64(1000+draw.IntN(977)))
		}
		all[i] = s
	}
	for _, kind := range stats.DSRIntervals() {
		b.Run(string(kind), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, s := range all {
					stats.DSR(s, kind, 100000)
				}
			}
			if kind == stats.Dobson {
				against(b, map[string]int{"R-by-group": 0, "R-by-rowsum": 1, "R-package": 3})
			}
		})
	}
}

// BenchmarkSlopeIndex is 1,000 areas of 10 deciles.
func BenchmarkSlopeIndex(b *testing.B) {
	const areas, deciles = 1000, 10
	draw := rand.New(rand.NewPCG(3, 4))
	all := make([]stats.Gradient, areas)
	for i := range all {
		for decile := range deciles {
			all[i].Populations = append(all[i].Populations, float64(5000+draw.IntN(5000)))
			all[i].Values = append(all[i].Values, 0.4-float64(decile)*0.01+draw.Float64()*0.01)
			all[i].Errors = append(all[i].Errors, 0.01)
		}
	}
	for _, scale := range []stats.Scale{stats.Linear, stats.Log, stats.Logit} {
		b.Run(string(scale), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, g := range all {
					stats.SlopeIndex(g, stats.SlopeOptions{Scale: scale, Multiplier: 1})
				}
			}
			if scale == stats.Linear {
				against(b, map[string]int{"R-simulation": 2, "R-package": 4})
			}
		})
	}
}

func BenchmarkLifeExpectancy(b *testing.B) {
	starts := []float64{0, 1}
	for age := 5.0; age <= 90; age += 5 {
		starts = append(starts, age)
	}
	deaths, people := make([]float64, len(starts)), make([]float64, len(starts))
	for i := range starts {
		deaths[i], people[i] = float64(2+i*i), 4000-100*float64(i)
	}
	b.ReportAllocs()
	for b.Loop() {
		stats.LifeExpectancy(starts, deaths, people)
	}
}

func BenchmarkMean(b *testing.B) {
	values := make([]float64, 1000)
	for i := range values {
		values[i] = float64(i * i % 997)
	}
	b.ReportAllocs()
	for b.Loop() {
		stats.Mean(values)
	}
}

// BenchmarkCoverage is no race: it prints how often each interval of a proportion holds the true share, exactly, by
// adding the probabilities of the counts whose interval does, over a grid of n and p. The nominal levels are 95% and
// 99.8%; the mean and the least of each n tell an interval that is too short from one that is too long.
//
//	go test ./engine/stats -run XXX -bench Coverage -benchtime 1x
func BenchmarkCoverage(b *testing.B) {
	for b.Loop() {
		var table strings.Builder
		fmt.Fprintf(&table, "\n%-16s %6s  %10s %10s %10s  %10s %10s\n", "interval", "n", "95% mean", "95% least", "width", "99.8% mean", "99.8% least")
		for _, kind := range stats.ProportionIntervals() {
			for _, n := range []int{10, 30, 100, 500} {
				c := coverageOf(kind, n)
				fmt.Fprintf(&table, "%-16s %6d  %9.2f%% %9.2f%% %10.4f  %9.2f%% %9.2f%%\n", kind, n,
					100*c.mean95, 100*c.least95, c.width, 100*c.mean998, 100*c.least998)
			}
		}
		fmt.Fprint(os.Stdout, table.String()) // a log of a benchmark is cut off after ten lines
	}
}

// coverage is over shares from 1% to 99%; the width is of the 95% interval.
type coverage struct{ mean95, least95, mean998, least998, width float64 }

func coverageOf(kind stats.ProportionInterval, n int) coverage {
	estimates := make([]stats.Estimate, n+1)
	for x := range estimates {
		estimates[x] = stats.ProportionWith(float64(x), float64(n), stats.ProportionOptions{Interval: kind, Multiplier: 1})
	}
	c := coverage{least95: 1, least998: 1}
	const shares = 99
	for hundredth := 1; hundredth <= shares; hundredth++ {
		// A share that is no simple fraction, so that no limit falls on it.
		p := (float64(hundredth) + 0.01*math.Sqrt2) / 100
		var at95, at998, width float64
		for x, e := range estimates {
			probability := binomial(x, n, p)
			if *e.Lower95 <= p && p <= *e.Upper95 {
				at95 += probability
			}
			if *e.Lower998 <= p && p <= *e.Upper998 {
				at998 += probability
			}
			width += probability * (*e.Upper95 - *e.Lower95)
		}
		c.mean95, c.mean998, c.width = c.mean95+at95/shares, c.mean998+at998/shares, c.width+width/shares
		c.least95, c.least998 = math.Min(c.least95, at95), math.Min(c.least998, at998)
	}
	return c
}

// binomial is the probability of x cases of n.
func binomial(x, n int, p float64) float64 {
	all, _ := math.Lgamma(float64(n + 1))
	with, _ := math.Lgamma(float64(x + 1))
	without, _ := math.Lgamma(float64(n - x + 1))
	return math.Exp(all - with - without + float64(x)*math.Log(p) + float64(n-x)*math.Log1p(-p))
}
