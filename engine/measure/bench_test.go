package measure_test

import (
	"fmt"
	"testing"

	"levelfield/engine/measure"
)

// BenchmarkMeasure is the whole step from an aggregated table to values, comparisons and trends: a proportion with its two
// limits for every area and year, the verdicts and the position of the one in focus.
func BenchmarkMeasure(b *testing.B) {
	const years = 10
	for _, rows := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			given := make([]given, 0, rows)
			for i := range rows {
				area := []string{"A", "B", "C", "D", "E", "R"}[min(i/years, 5)]
				if i/years > 5 {
					area = fmt.Sprintf("S%06d", i/years)
				}
				cases, size := float64(i*37%900), float64(900+i*101%5000)
				given = append(given, row(area, fmt.Sprint(2014+i%years), cases, size))
			}
			table := tableOf(b, "calendar", nil, shareItems, given...)
			wanted := []measure.Indicator{{Definition: share(), Table: "figures"}}
			b.ReportAllocs()
			for b.Loop() {
				set, err := measure.Measure(scope(), map[string]measure.Table{"figures": table}, wanted)
				if err != nil || set.Values.Len() != rows {
					b.Fatalf("got %d values and %v, want %d", set.Values.Len(), err, rows)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
		})
	}
}

// row is a group without categories.
func row(area, period string, cells ...any) given { return given{area, period, nil, cells} }
