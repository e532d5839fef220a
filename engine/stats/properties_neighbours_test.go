package stats_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"levelfield/engine/stats"
)

// placed draws areas with neighbours: a ring of areas, each with the next on either side and some others.
func placed(t *rapid.T) (counts, sizes []float64, neighbours stats.Neighbours) {
	n := rapid.IntRange(4, 30).Draw(t, "areas")
	for i := range n {
		size := rapid.IntRange(1, 5000).Draw(t, "size")
		counts = append(counts, float64(rapid.IntRange(0, size).Draw(t, "count")))
		sizes = append(sizes, float64(size))
		neighbours = append(neighbours, []int{(i + 1) % n, (i + n - 1) % n, rapid.IntRange(0, n-1).Draw(t, "other")})
	}
	return counts, sizes, neighbours
}

// TestPropertyClusters: neither another scale nor another nought changes what is found, the other way up changes the sign of Gi*
// alone, and an area or a neighbour named twice changes nothing.
func TestPropertyClusters(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values, _, neighbours := placed(t)
		twice := make(stats.Neighbours, len(neighbours))
		for i, near := range neighbours {
			twice[i] = append(slices.Clone(near), near[0], i, -1, len(values))
		}
		factor := float64(rapid.SampledFrom([]int{-4, 8}).Draw(t, "factor"))
		sign := math.Copysign(1, factor)
		plain, other := stats.Clusters(values, neighbours), stats.Clusters(moved(values, factor, 3), twice)
		for i, c := range plain {
			if (c.Z == nil) != (c.Probability == nil) || c.Z == nil && c.Reason == "" {
				t.Fatalf("area %d: got %+v, want both or a reason", i, c)
			}
			if c.Z != nil && (math.Abs(*c.Z-sign**other[i].Z) > 1e-9*(1+math.Abs(*c.Z)) || *c.Probability < 0 || *c.Probability > 1) {
				t.Fatalf("area %d: got Gi* %v and %v, times %v", i, *c.Z, *other[i].Z, factor)
			}
			if c.Moran != nil && math.Abs(*c.Moran-*other[i].Moran) > 1e-9*(1+math.Abs(*c.Moran)) {
				t.Fatalf("area %d: got I %v and %v", i, *c.Moran, *other[i].Moran)
			}
		}
	})
}

// TestPropertyShrinkLocal: a value lies between the area's own and its neighbourhood's, and with everybody for a neighbour it is
// the global one.
func TestPropertyShrinkLocal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		counts, sizes, neighbours := placed(t)
		everybody := make(stats.Neighbours, len(counts))
		for i := range counts {
			for j := range counts {
				everybody[i] = append(everybody[i], j)
			}
		}
		global := stats.Shrink(counts, sizes)
		for i, e := range stats.ShrinkLocal(counts, sizes, everybody) {
			if global[i].HasValue() && math.Abs(*e.Value-*global[i].Value) > 1e-9 {
				t.Fatalf("area %d with everybody for a neighbour: got %v, want %v", i, *e.Value, *global[i].Value)
			}
		}
		for i, e := range stats.ShrinkLocal(counts, sizes, neighbours) {
			events, people := counts[i], sizes[i]
			near := slices.DeleteFunc(slices.Clone(neighbours[i]), func(j int) bool { return j == i })
			slices.Sort(near)
			for _, j := range slices.Compact(near) {
				events, people = events+counts[j], people+sizes[j]
			}
			own, around := counts[i]/sizes[i], events/people
			if *e.Value < min(own, around)-1e-12 || *e.Value > max(own, around)+1e-12 {
				t.Fatalf("area %d: got %v, want it between %v and %v", i, *e.Value, own, around)
			}
		}
	})
}

// TestNeighboursThatAreNone: an area alone, one with everybody for a neighbour, and one without a value are told apart.
func TestNeighboursThatAreNone(t *testing.T) {
	t.Parallel()
	values := []float64{1, 2, 3, 5, math.NaN()}
	neighbours := stats.Neighbours{{1, 2, 3}, {0}, {4}, {2, 0}, {0}}
	want := []string{"all other areas are its neighbours", "", "no neighbour has a value", "", "value missing"}
	for i, c := range stats.Clusters(values, neighbours) {
		if c.Reason != want[i] || (c.Z != nil) != (want[i] == "") {
			t.Errorf("area %d: got %+v, want the reason %q", i, c, want[i])
		}
	}
	for what, c := range map[string]stats.Cluster{
		"the values are all alike":            stats.Clusters([]float64{2, 2, 2}, make(stats.Neighbours, 3))[0],
		"fewer than three areas have a value": stats.Clusters([]float64{2, 3, math.Inf(1)}, make(stats.Neighbours, 3))[0],
		"columns of unequal length":           stats.Clusters([]float64{2, 3, 4}, nil)[0],
	} {
		if c.Status != stats.StatusUnavailable || c.Reason != what {
			t.Errorf("got %+v, want %q", c, what)
		}
	}
	if e := stats.ShrinkLocal([]float64{1, 2}, []float64{10, 20}, stats.Neighbours{{}, {0}})[0]; e.Reason != "no neighbour has a value" {
		t.Errorf("got %+v of an area alone", e)
	}
}

// TestPropertyRateRatioProbability: no p is above 1, the order of the rates does not matter, and it is under the level where the
// exact limits leave 1 out by one tail of that size.
func TestPropertyRateRatioProbability(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.IntRange(0, 200)
		x1, x2 := float64(draw.Draw(t, "x1")), float64(draw.Draw(t, "x2"))
		n1, n2 := float64(rapid.IntRange(1, 9).Draw(t, "n1"))*1000, float64(rapid.IntRange(1, 9).Draw(t, "n2"))*1000
		p, other := *stats.RatioRatesProbability(x1, n1, x2, n2), *stats.RatioRatesProbability(x2, n2, x1, n1)
		if p < 0 || p > 1 || math.Abs(p-other) > 1e-9 {
			t.Fatalf("got %v and, the other way round, %v", p, other)
		}
		if e := stats.RatioRatesExact(x1, n1, x2, n2); e.HasValue() && p > 0.05 && (*e.Lower998 > 1 || *e.Upper998 < 1) {
			t.Fatalf("got %v, and the 99.8%% limits %v to %v leave 1 out", p, *e.Lower998, *e.Upper998)
		}
	})
	if p := stats.RatioRatesProbability(1, 0, 1, 5); p != nil {
		t.Errorf("got %v of a rate without people, want none", *p)
	}
}
