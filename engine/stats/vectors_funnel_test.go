package stats_test

import (
	"math"
	"strings"
	"testing"

	"levelfield/engine/stats"
)

// bisected is the relative error of limits that the reference finds by halving.
const bisected = 1e-4

// wantBisected checks a limit against the reference's.
func wantBisected(t *testing.T, what string, got *float64, want float64) {
	t.Helper()
	if got == nil || math.Abs(*got-want) > bisected*math.Abs(want) {
		t.Errorf("%s: got %v, want %v to %v", what, got, want, bisected)
	}
}

// significance are the words of the reference for an outcome and the level it holds at.
func significance(value float64, limits stats.Estimate) string {
	level := " (0.025)"
	if value < *limits.Lower998 || value > *limits.Upper998 {
		level = " (0.001)"
	}
	switch stats.CompareFunnel(value, limits, stats.Neutral).Outcome {
	case stats.Higher:
		return "High" + level
	case stats.Lower:
		return "Low" + level
	}
	return "Not significant"
}

// Oracle: PHEindicatormethods 2.1.0 calculate_funnel_limits and assign_funnel_significance.
func TestFunnelOfProportionsAgreesWithReference(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/funnel_prop_limits_out.csv")) {
		got := stats.FunnelProportion(r.must(t, "baseline")/100, r.must(t, "Population"), 100)
		for column, limit := range map[string]*float64{
			"lower_2s_limit": got.Lower95, "upper_2s_limit": got.Upper95, "lower_3s_limit": got.Lower998, "upper_3s_limit": got.Upper998,
		} {
			wantNumber(t, r["Population"]+" "+column, limit, r.must(t, column))
			compared++
		}
	}
	rows := readCSV(t, shared(t, "vectors/funnel_prop_in_and_significance.csv"))
	var cases, sizes []float64
	for _, r := range rows {
		cases, sizes = append(cases, r.must(t, "x")), append(sizes, r.must(t, "n"))
	}
	reference := stats.FunnelReference(cases, sizes)
	for i, r := range rows {
		limits := stats.FunnelProportion(*reference, sizes[i], 1)
		if got := significance(cases[i]/sizes[i], limits); got != r["significance"] {
			t.Errorf("%s: got %q, want %q", r["area"], got, r["significance"])
		}
		compared++
	}
	t.Logf("compared %d values", compared)
}

// Oracle: the same, where the reference finds the population at which a count lies on a
// limit, and this package the limit at a population.
func TestFunnelOfRatesAgreesWithReference(t *testing.T) {
	t.Parallel()
	const per, years = 100000, 3
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/funnel_rate_crude_limits_out.csv")) {
		for _, side := range []string{"lower_2s", "upper_2s", "lower_3s", "upper_3s"} {
			population := r.must(t, side+"_population_1_year") * years
			got := stats.FunnelRate(r.must(t, "baseline")/per, population, per)
			limit := map[string]*float64{
				"lower_2s": got.Lower95, "upper_2s": got.Upper95, "lower_3s": got.Lower998, "upper_3s": got.Upper998,
			}[side]
			wantBisected(t, r["Events"]+" events, "+side, limit, r.must(t, side+"_limit"))
			compared++
		}
	}
	rows := readCSV(t, shared(t, "vectors/funnel_rate_in_and_significance.csv"))
	var events, people []float64
	for _, r := range rows {
		events, people = append(events, r.must(t, "events")), append(people, r.must(t, "pop3"))
	}
	reference := stats.FunnelReference(events, people)
	for i, r := range rows {
		limits := stats.FunnelRate(*reference, people[i], per)
		if got := significance(r.must(t, "rate"), limits); got != r["significance"] {
			t.Errorf("%s: got %q, want %q", r["area"], got, r["significance"])
		}
		if rate := r.must(t, "rate"); rate > 0 {
			wantNumber(t, r["area"]+" denominator", stats.FunnelDenominator(events[i], rate, per), people[i])
			compared++
		}
		compared++
	}
	t.Logf("compared %d values", compared)
}

// Oracle: the Fingertips rule of control limits (method 5), re-expressed from
// fingertips-open (2020).
func TestCompareWithLimitsAgreesWithReference(t *testing.T) {
	t.Parallel()
	polarities := map[string]stats.Polarity{"1": stats.High, "0": stats.Low, "99": stats.Neutral}
	milder := strings.NewReplacer("best", "better", "worst", "worse")
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/comparator_spc_proportion_expected.csv")) {
		verdict, limits := stats.CompareWithLimits(
			r.must(t, "value_pct"), r.must(t, "denominator"), r.must(t, "comparator_pct"), 100, polarities[r["polarity"]])
		what := r["value_pct"] + " of " + r["denominator"]
		wantNumber(t, what+" lower limit", limits.Lower95, r.must(t, "limit_l"))
		wantNumber(t, what+" upper limit", limits.Upper95, r.must(t, "limit_u"))
		// The reference judges at 95% only.
		if got := milder.Replace(verdict.Outcome); got != strings.ToLower(r["label"]) {
			t.Errorf("%s polarity %s: got %s, want %s", what, r["polarity"], verdict.Outcome, r["label"])
		}
		compared += 3
	}
	t.Logf("compared %d values", compared)
}
