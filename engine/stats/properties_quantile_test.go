package stats_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"levelfield/engine/stats"
)

// TestPropertyQuantileOfRanksIsThatOfTheSample: of the values it is enough to hold those at its ranks, the order of the sample
// does not matter, and quantile and limits move with the scale of the values.
func TestPropertyQuantileOfRanksIsThatOfTheSample(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := sample(t, 1)
		p := rapid.Float64Range(0.01, 0.99).Draw(t, "p")
		whole := stats.QuantileInterval(values, p)
		ordered := slices.Sorted(slices.Values(values))
		held := map[int]float64{}
		for _, rank := range stats.RanksOfQuantile(len(values), p).All() {
			held[rank] = ordered[rank-1]
		}
		got := stats.QuantileAtRanks(len(values), p, func(rank int) float64 {
			value, is := held[rank]
			if !is {
				t.Fatalf("asked for rank %d, which is not one of the quantile's", rank)
			}
			return value
		})
		if diff := cmp.Diff(whole, got); diff != "" {
			t.Fatalf("from the ranks (-sample +ranks):\n%s", diff)
		}
		slices.Reverse(values)
		if diff := cmp.Diff(whole, stats.QuantileInterval(values, p)); diff != "" {
			t.Fatalf("in another order (-want +got):\n%s", diff)
		}
		scaled := slices.Clone(values)
		for i := range scaled {
			scaled[i] *= 4 // a power of two, so that nothing is rounded
		}
		four := stats.QuantileInterval(scaled, p)
		for _, pair := range [][2]*float64{{whole.Value, four.Value}, {whole.Lower95, four.Lower95}, {whole.Upper95, four.Upper95}, {whole.Lower998, four.Lower998}, {whole.Upper998, four.Upper998}} {
			if (pair[0] == nil) != (pair[1] == nil) || pair[0] != nil && *pair[0]*4 != *pair[1] {
				t.Fatalf("of four times the values: got %v, want %v", four, whole)
			}
		}
	})
}
