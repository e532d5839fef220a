package stats_test

import (
	"testing"

	"levelfield/engine/stats"
)

// The methods that run once for each value, area or series of a build. Those of one value are timed in fuzz_test.go.
func BenchmarkPairs(b *testing.B) {
	first, second := stats.Proportion(196, 5150, 100), stats.Proportion(412, 8800, 100)
	reference := 4.7
	for _, c := range []struct {
		name string
		run  func()
	}{
		{"difference/newcombe", func() { stats.DifferenceNewcombe(196, 5150, 412, 8800, 100) }},
		{"difference/miettinen-nurminen", func() { stats.DifferenceMiettinenNurminen(196, 5150, 412, 8800, 100) }},
		{"difference/mover", func() { stats.DifferenceMover(first, second) }},
		{"ratio/mover", func() { stats.RatioMover(first, second) }},
		{"ratio/log", func() { stats.RatioRatesLog(196, 5150, 412, 8800) }},
		{"ratio/exact", func() { stats.RatioRatesExact(196, 5150, 412, 8800) }},
		{"compare/interval", func() { stats.Compare(first, &reference, stats.Low) }},
		{"compare/remainder", func() { stats.CompareRemainder(196, 5150, 412, 8800, stats.Low) }},
		{"funnel/proportion", func() { stats.FunnelProportion(0.047, 5150, 100) }},
		{"funnel/rate", func() { stats.FunnelRate(0.047, 5150, 100000) }},
		{"target/probability", func() { stats.TargetProbability(196, 5150, 5200, stats.AtMost(0.035)) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.run()
			}
		})
	}
}

func BenchmarkSeries(b *testing.B) {
	counted := series(100, 130, 120, 160, 190, 170, 220)
	values := valued(7.4, 7.1, 7.2, 6.6, 6.5, 6.1, 6.2, 5.7)
	var drawn []float64
	for i := range 24 {
		drawn = append(drawn, float64(50+i*37%11))
	}
	points := chart(drawn...)
	for _, c := range []struct {
		name string
		run  func()
	}{
		{"trend/recent", func() { stats.RecentTrend(counted, stats.Low, true) }},
		{"trend/all", func() { stats.LongTrend(counted, stats.Low, true) }},
		{"spc/24 points", func() { stats.Control(points, stats.ControlOptions{Polarity: stats.High, Screen: true}) }},
		{"target/forecast", func() { stats.ForecastTarget(values, 2028, stats.AtMost(5)) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.run()
			}
		})
	}
}
