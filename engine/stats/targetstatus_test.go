package stats_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"levelfield/engine/stats"
	"pgregory.net/rapid"
)

// TestStatusAgainstTargetOracle holds the status of proportions against the one-sided tests of another program: the
// interval lies beyond a limit exactly where the test at 2.5% rejects that limit.
func TestStatusAgainstTargetOracle(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	for _, r := range readCSV(t, "testdata/target_status.csv") {
		target := stats.TargetRule{Target: stats.Target{Least: r.pointer(t, "lower"), Most: r.pointer(t, "upper")}}
		got := stats.StatusAgainstTarget(stats.Proportion(r.must(t, "x"), r.must(t, "n"), 1), target)
		if got.Outcome != r["outcome"] {
			t.Errorf("%s of %s against %s to %s: got %+v, want %s (%s)", r["x"], r["n"], r["lower"], r["upper"], got, r["outcome"], r["oracle"])
		}
		seen[r["outcome"]]++
	}
	if len(seen) != 3 {
		t.Errorf("got the outcomes %v, want each of the three", seen)
	}
}

// TestStatusAgainstTarget goes through every place that an interval can have to a target and its tolerance, by hand.
func TestStatusAgainstTarget(t *testing.T) {
	t.Parallel()
	half := func(value float64) stats.Estimate {
		return stats.Published(value, pointer(value-2), pointer(value+2), stats.Linear)
	}
	bare := stats.PublishedOnly(58, "a complete count, of which only the result is published")
	for _, test := range []struct {
		name               string
		area               stats.Estimate
		target             stats.TargetRule
		outcome, tolerance string
		reason             string
	}{
		{"above", half(63), stats.TargetRule{Target: stats.Target{Least: pointer(60)}}, "met", "", ""},
		{"touching is inside", half(62), stats.TargetRule{Target: stats.Target{Least: pointer(60)}}, "met", "", ""},
		{"below", half(57), stats.TargetRule{Target: stats.Target{Least: pointer(60)}}, "not-met", "", ""},
		{"across", half(60), stats.TargetRule{Target: stats.Target{Least: pointer(60)}}, "cannot-tell", "", "values that meet the target and values that do not lie within 58 to 62"},
		{"at most, below", half(57), stats.TargetRule{Target: stats.Target{Most: pointer(60)}}, "met", "", ""},
		{"at most, above", half(63), stats.TargetRule{Target: stats.Target{Most: pointer(60)}}, "not-met", "", ""},
		{"in a range", half(60), stats.TargetRule{Target: stats.Target{Least: pointer(55), Most: pointer(65)}}, "met", "", ""},
		{"wider than a range", half(60), stats.TargetRule{Target: stats.Target{Least: pointer(59), Most: pointer(61)}}, "cannot-tell", "", "values that meet the target and values that do not lie within 58 to 62"},
		{"above a range", half(70), stats.TargetRule{Target: stats.Target{Least: pointer(59), Most: pointer(61)}}, "not-met", "", ""},
		{"within the tolerance", half(57), stats.TargetRule{Target: stats.Target{Least: pointer(60)}, Tolerance: 5}, "not-met", "within", ""},
		{"beyond the tolerance", half(50), stats.TargetRule{Target: stats.Target{Least: pointer(60)}, Tolerance: 5}, "not-met", "beyond", ""},
		{"across the tolerance", half(56), stats.TargetRule{Target: stats.Target{Least: pointer(60)}, Tolerance: 5}, "not-met", "cannot-tell", ""},
		{"across, within the tolerance", half(60), stats.TargetRule{Target: stats.Target{Least: pointer(60)}, Tolerance: 5}, "cannot-tell", "within", "values that meet the target and values that do not lie within 58 to 62"},
		{"met, so no tolerance", half(63), stats.TargetRule{Target: stats.Target{Least: pointer(60)}, Tolerance: 5}, "met", "", ""},
		{"without an interval", bare, stats.TargetRule{Target: stats.Target{Least: pointer(55)}}, "cannot-tell", "", "no interval: a complete count, of which only the result is published"},
		{"as counted", bare, stats.TargetRule{Target: stats.Target{Least: pointer(58)}, AsCounted: true}, "met", "", ""},
		{"as counted, not met", bare, stats.TargetRule{Target: stats.Target{Least: pointer(59)}, Tolerance: 1, AsCounted: true}, "not-met", "within", ""},
		{"as counted has its interval put aside", half(60), stats.TargetRule{Target: stats.Target{Least: pointer(60)}, AsCounted: true}, "met", "", ""},
		{"missing", stats.Missing("c", "suppressed"), stats.TargetRule{Target: stats.Target{Least: pointer(60)}}, "cannot-tell", "", "value missing: suppressed"},
		{"no limit", half(60), stats.TargetRule{}, "cannot-tell", "", "target missing"},
		{"limits that are no number", half(60), stats.TargetRule{Target: stats.Target{Least: pointer(math.NaN())}}, "cannot-tell", "", "target missing"},
		{"limits the wrong way", half(60), stats.TargetRule{Target: stats.Target{Least: pointer(2), Most: pointer(1)}}, "cannot-tell", "", "the least of the target is greater than its most"},
		{"a tolerance below nought", half(60), stats.TargetRule{Target: stats.Target{Least: pointer(2)}, Tolerance: -1}, "cannot-tell", "", "the tolerance is not a number of nought or more"},
	} {
		want := stats.TargetStanding{Outcome: test.outcome, Tolerance: test.tolerance, Reason: test.reason}
		if got := stats.StatusAgainstTarget(test.area, test.target); got != want {
			t.Errorf("%s: got %+v, want %+v", test.name, got, want)
		}
	}
}

// TestPropertyStatusAgainstTarget: met and not met exclude each other whichever way a target is turned, scale does not
// matter, and what meets a target meets every easier one.
func TestPropertyStatusAgainstTarget(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := counts(t, "count")
		limit, easier := rapid.Float64Range(0, 100).Draw(t, "limit"), rapid.Float64Range(0, 50).Draw(t, "easier")
		area := stats.Proportion(x, n, 100)
		least := stats.StatusAgainstTarget(area, stats.TargetRule{Target: stats.Target{Least: &limit}})
		most := stats.StatusAgainstTarget(area, stats.TargetRule{Target: stats.Target{Most: &limit}})
		if (least.Outcome == stats.TargetMet && most.Outcome == stats.TargetMet) != (*area.Lower95 == limit && *area.Upper95 == limit) {
			t.Fatalf("%v of %v: got %+v at least and %+v at most %v, want not both met", x, n, least, most, limit)
		}
		lower := limit - easier
		if got := stats.StatusAgainstTarget(area, stats.TargetRule{Target: stats.Target{Least: &lower}}); least.Outcome == stats.TargetMet && got.Outcome != stats.TargetMet {
			t.Fatalf("%v of %v: meets at least %v, and got %+v at least %v", x, n, limit, got, lower)
		}
		widened := stats.StatusAgainstTarget(area, stats.TargetRule{Target: stats.Target{Least: &limit}, Tolerance: easier})
		if widened.Outcome != least.Outcome {
			t.Fatalf("%v of %v at least %v: got %+v with a tolerance and %+v without, want one outcome", x, n, limit, widened, least)
		}
	})
}

func TestPercentileOracle(t *testing.T) {
	t.Parallel()
	for _, r := range readCSV(t, "testdata/percentile.csv") {
		var values []*float64
		for _, text := range strings.Fields(r["values"]) {
			value, err := strconv.ParseFloat(text, 64)
			if err != nil {
				t.Fatal(err)
			}
			values = append(values, &value, nil)
		}
		got, n := stats.Percentile(values, r.must(t, "p"))
		if n != len(values)/2 {
			t.Errorf("%s: got %d values, want %d", r["values"], n, len(values)/2)
		}
		wantNumber(t, r["values"]+" at "+r["p"]+" ("+r["oracle"]+")", got, r.must(t, "percentile"))
	}
}

func TestPercentileNeedsFiveAreasAndAPercentage(t *testing.T) {
	t.Parallel()
	four := []*float64{pointer(1), pointer(2), pointer(3), pointer(4), nil, pointer(math.Inf(1))}
	if got, n := stats.Percentile(four, 50); got != nil || n != 4 {
		t.Errorf("got %v of %d values, want none of four", got, n)
	}
	five := append(four, pointer(5))
	for _, p := range []float64{-1, 100.5, math.NaN()} {
		if got, _ := stats.Percentile(five, p); got != nil {
			t.Errorf("at %v: got %v, want none", p, *got)
		}
	}
	if got, _ := stats.Percentile(five, 50); got == nil || *got != 3 {
		t.Errorf("got %v, want the middle of five, 3", got)
	}
}
