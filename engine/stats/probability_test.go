package stats_test

import (
	"math"
	"strconv"
	"testing"

	"levelfield/engine/stats"
	"pgregory.net/rapid"
)

// Oracle: pnorm for normal limits, exactly; prop.test for Wilson's, of which p is near.
func TestProbabilityOracle(t *testing.T) {
	t.Parallel()
	const within, withinSmall = 0.05, 0.002 // of any p, and of one under 0.1
	compared := 0
	for _, r := range readCSV(t, "testdata/probability.csv") {
		x, n, reference, want := r.must(t, "x"), r.must(t, "n"), r.must(t, "reference"), r.must(t, "p")
		var area stats.Estimate
		allowed := within
		switch r["kind"] {
		case "normal": // a value and its standard error
			area = stats.Published(x, pointer(x-1.959963984540054*n), pointer(x+1.959963984540054*n), stats.Linear)
			allowed = tolerance
		case "wilson":
			area = stats.Proportion(x, n, 1)
			if want < 0.1 {
				allowed = withinSmall
			}
		}
		got := stats.Probability(area, &reference, &reference)
		if got == nil || math.Abs(*got-want) > allowed {
			t.Errorf("%s %v, %v against %v: got %v, want %v to %v", r["kind"], x, n, reference, shownNumber(got), want, allowed)
		}
		compared++
	}
	t.Logf("compared %d numbers", compared)
	if compared < 40 {
		t.Errorf("numbers compared: got %d, want at least 40", compared)
	}
}

// The p value says what the verdict says: under 0.05 outside the 95% limits, under 0.002 outside those at 99.8%; it falls with the
// distance, and of a reference within bounds it is that of the nearer one.
func TestPropertyProbabilityAgreesWithTheVerdict(t *testing.T) {
	t.Parallel()
	const rounding = 1e-9
	rapid.Check(t, func(t *rapid.T) {
		x, n := counts(t, "count")
		area := stats.Proportion(x, n, 100)
		if rapid.Bool().Draw(t, "rate") {
			area = stats.Rate(x, n, 100)
		}
		reference := rapid.Float64Range(0, 100).Draw(t, "reference")
		p := stats.Probability(area, &reference, &reference)
		outcome := stats.Compare(area, &reference, stats.High).Outcome
		switch outcome {
		case stats.Similar:
			if *p < 0.05-rounding {
				t.Fatalf("similar: got p %v, want at least 0.05", *p)
			}
		case stats.Better, stats.Worse:
			if *p > 0.05+rounding || *p < 0.002-rounding {
				t.Fatalf("%s: got p %v, want one from 0.002 to 0.05", outcome, *p)
			}
		case stats.Best, stats.Worst:
			if *p > 0.002+rounding {
				t.Fatalf("%s: got p %v, want 0.002 at most", outcome, *p)
			}
		}
		further := reference + math.Copysign(rapid.Float64Range(0, 50).Draw(t, "further"), reference-*area.Value)
		q := stats.Probability(area, &further, &further)
		if *q > *p+rounding {
			t.Fatalf("at %v and %v from %v: got p %v and %v, want it to fall", reference, further, *area.Value, *p, *q)
		}
		low, high := min(reference, further), max(reference, further)
		if bounded := stats.Probability(area, &low, &high); *bounded != max(*p, *q) && !(low <= *area.Value && *area.Value <= high && *bounded == 1) {
			t.Fatalf("between %v and %v: got p %v, want that of the nearer bound, %v or %v", low, high, *bounded, *p, *q)
		}
	})
}

func TestProbabilityCannot(t *testing.T) {
	t.Parallel()
	area, one, two := stats.Proportion(3, 10, 1), 1.0, 2.0
	nan := math.NaN()
	for what, got := range map[string]*float64{
		"no interval": stats.Probability(stats.PublishedOnly(3, "modelled"), &one, &one), "no value": stats.Probability(stats.Missing("c", "suppressed"), &one, &one),
		"no reference": stats.Probability(area, nil, &one), "not a number": stats.Probability(area, &nan, &nan), "turned over": stats.Probability(area, &two, &one),
	} {
		if got != nil {
			t.Errorf("%s: got %v, want none", what, *got)
		}
	}
	// All of a population was counted: what differs, differs.
	counted := stats.ProportionWith(3, 10, stats.ProportionOptions{Multiplier: 1, Population: pointer(10)})
	if same, other := stats.Probability(counted, pointer(0.3), pointer(0.3)), stats.Probability(counted, pointer(0.4), pointer(0.4)); *same != 1 || *other != 0 {
		t.Errorf("whole population: got %v and %v, want 1 and 0", *same, *other)
	}
	// A lower limit that ends at 0 on both levels, and a reference below what is possible.
	if p := stats.Probability(stats.PublishedHalfWidth(1, 5, pointer(0), nil), pointer(-1), pointer(-1)); *p > 0.002 {
		t.Errorf("beyond the range: got %v, want 0.002 at most", *p)
	}
	for _, v := range extremes {
		for _, w := range extremes {
			for _, e := range []stats.Estimate{stats.Proportion(v, w, 100), stats.Rate(v, w, 1), stats.PublishedCV(v, w)} {
				if p := stats.Probability(e, &v, &w); p != nil && !(*p >= 0 && *p <= 1) {
					t.Errorf("%v and %v: got %v, want a number from 0 to 1", v, w, *p)
				}
			}
		}
	}
}

func shownNumber(v *float64) string {
	if v == nil {
		return "none"
	}
	return strconv.FormatFloat(*v, 'g', -1, 64)
}
