package stats_test

import (
	"testing"

	"levelfield/engine/stats"
)

// Oracle: PHEindicatormethods 2.1.0 phe_proportion in R 4.2.2.
func TestProportionAgreesWithReference(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/prop.csv")) {
		x, n, multiplier := r.must(t, "x"), r.must(t, "n"), r.must(t, "multiplier")
		got := stats.Proportion(x, n, multiplier)
		limits, offered := limitsAt(got, r.must(t, "conf_level"))
		if !offered {
			continue
		}
		what := r["x"] + "/" + r["n"] + " at " + r["conf_level"]
		wantNumber(t, what+" value", got.Value, r.must(t, "value"))
		wantNumber(t, what+" lower", limits.Lower, r.must(t, "lowercl"))
		wantNumber(t, what+" upper", limits.Upper, r.must(t, "uppercl"))
		if x == n && *limits.Upper != multiplier {
			t.Errorf("%s upper: got %v, want exactly %v", what, *limits.Upper, multiplier)
		}
		if x == 0 && *limits.Lower != 0 {
			t.Errorf("%s lower: got %v, want exactly 0", what, *limits.Lower)
		}
		compared += 3
	}
	t.Logf("compared %d numbers", compared)
	if compared < 180 {
		t.Errorf("numbers compared: got %d, want at least 180", compared)
	}
}

// Oracle: PHEindicatormethods 2.1.0 phe_rate in R 4.2.2.
func TestRateAgreesWithReference(t *testing.T) {
	t.Parallel()
	methods := map[string]string{"Exact": "Exact Poisson", "Byars": "Byar"}
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/rate.csv")) {
		got := stats.Rate(r.must(t, "x"), r.must(t, "n"), r.must(t, "multiplier"))
		limits, offered := limitsAt(got, r.must(t, "conf_level"))
		if !offered {
			continue
		}
		what := r["x"] + "/" + r["n"] + " at " + r["conf_level"]
		wantNumber(t, what+" value", got.Value, r.must(t, "value"))
		wantNumber(t, what+" lower", limits.Lower, r.must(t, "lowercl"))
		wantNumber(t, what+" upper", limits.Upper, r.must(t, "uppercl"))
		if want := methods[r["method"]]; got.Method != want {
			t.Errorf("%s method: got %q, want %q", what, got.Method, want)
		}
		compared += 3
	}
	t.Logf("compared %d numbers", compared)
	if compared < 200 {
		t.Errorf("numbers compared: got %d, want at least 200", compared)
	}
}

// Oracle: the same package on sums of groups, both levels at once.
func TestGroupedSumsAgreeWithReference(t *testing.T) {
	t.Parallel()
	compared := 0
	check := func(r row, got stats.Estimate) {
		for name, number := range map[string]*float64{
			"value": got.Value, "lower95_0cl": got.Lower95, "upper95_0cl": got.Upper95,
			"lower99_8cl": got.Lower998, "upper99_8cl": got.Upper998,
		} {
			want, present := r.number(t, name)
			if !present {
				if number != nil {
					t.Errorf("%s %s: got %v, want none", r["area"], name, *number)
				}
				continue
			}
			wantNumber(t, r["area"]+" "+name, number, want)
			compared++
		}
	}
	// The rows of an area are added up here too; a missing count makes its sum missing.
	sums := func(file string) map[string][2]float64 {
		areas := map[string][2]float64{}
		for _, r := range readCSV(t, shared(t, file)) {
			x, _ := r.number(t, "x")
			n, _ := r.number(t, "n")
			areas[r["area"]] = [2]float64{areas[r["area"]][0] + x, areas[r["area"]][1] + n}
		}
		return areas
	}
	areas := sums("vectors/prop_grouped_in.csv")
	for _, r := range readCSV(t, shared(t, "vectors/prop_grouped_out.csv")) {
		check(r, stats.Proportion(areas[r["area"]][0], areas[r["area"]][1], 100))
	}
	areas = sums("vectors/rate_grouped_in.csv")
	for _, r := range readCSV(t, shared(t, "vectors/rate_grouped_out.csv")) {
		check(r, stats.Rate(areas[r["area"]][0], areas[r["area"]][1], 100000))
	}
	t.Logf("compared %d numbers", compared)
}

// Oracle: MOVER-D, MOVER-R and log-MOVER formulas of the two papers, evaluated in R 4.2.2.
func TestMoverAgreesWithReference(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/extra_mover.csv")) {
		first := stats.Published(r.must(t, "t1"), r.pointer(t, "l1"), r.pointer(t, "u1"), stats.Linear)
		second := stats.Published(r.must(t, "t2"), r.pointer(t, "l2"), r.pointer(t, "u2"), stats.Linear)
		difference, ratio := stats.DifferenceMover(first, second), stats.RatioMover(first, second)
		logs := stats.RatioMoverLog(first, second)
		for _, c := range []struct {
			column string
			got    *float64
		}{
			{"diff", difference.Value}, {"moverD_l", difference.Lower95}, {"moverD_u", difference.Upper95},
			{"ratio", ratio.Value}, {"moverR_l", ratio.Lower95}, {"moverR_u", ratio.Upper95},
			{"log_mover_l", logs.Lower95}, {"log_mover_u", logs.Upper95},
		} {
			wantNumber(t, r["label"]+" "+c.column, c.got, r.must(t, c.column))
			compared++
		}
	}
	t.Logf("compared %d numbers", compared)
}

// trendWords are the outcomes of a neutral measure in the words of the reference.
var trendWords = map[string]string{
	"Increasing":            stats.Increasing,
	"Decreasing":            stats.Decreasing,
	"No significant change": stats.NoSignificantChange,
}

// bySeries reads points of each series in file order, and the order of the series.
func bySeries(t *testing.T, path string, point func(row) stats.Point) ([]string, map[string][]stats.Point) {
	t.Helper()
	var order []string
	points := map[string][]stats.Point{}
	for _, r := range readCSV(t, path) {
		if _, seen := points[r["series"]]; !seen {
			order = append(order, r["series"])
		}
		points[r["series"]] = append(points[r["series"]], point(r))
	}
	return order, points
}

func countPoint(t *testing.T, r row) stats.Point {
	t.Helper()
	return stats.Point{Period: r["year"], Year: r.must(t, "year"), Numerator: r.pointer(t, "x"), Denominator: r.pointer(t, "n")}
}

// Oracle: trend, gradient and R 4.2.2 prop.trend.test.
func TestTrendOfProportionsAgreesWithReference(t *testing.T) {
	t.Parallel()
	_, points := bySeries(t, shared(t, "vectors/trend_prop_in.csv"), func(r row) stats.Point { return countPoint(t, r) })
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/trend_prop_out.csv")) {
		series := r["series"]
		got := stats.RecentTrend(points[series], stats.Neutral, true)
		wantNumber(t, series+" chi-square", got.Statistic, r.must(t, "prop.trend.test_chi2"))
		if beta, present := r.number(t, "beta"); present {
			wantNumber(t, series+" gradient", got.Slope, beta)
			compared++
		}
		want, given := trendWords[r["trend"]]
		if !given {
			// The reference throws on a count that is all of its denominator.
			want = stats.Increasing
		}
		if got.Outcome != want {
			t.Errorf("%s outcome: got %q (%s), want %q", series, got.Outcome, got.Reason, want)
		}
		compared += 2
	}
	t.Logf("compared %d values", compared)
}

// Oracle: trend of the reference and R 4.2.2 lm(weights=).
func TestTrendOfValuesAgreesWithReference(t *testing.T) {
	t.Parallel()
	_, points := bySeries(t, shared(t, "vectors/trend_other_in.csv"), func(r row) stats.Point {
		e := stats.Published(r.must(t, "value"), r.pointer(t, "lo"), r.pointer(t, "hi"), stats.Linear)
		return stats.Point{Period: r["year"], Year: r.must(t, "year"), Estimate: e}
	})
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/trend_other_out.csv")) {
		series := r["series"]
		got := stats.RecentTrend(points[series], stats.Neutral, false)
		slope, calculated := r.number(t, "lm_weighted_slope")
		if !calculated {
			if got.Outcome != stats.CannotCalculate || got.Statistic != nil || got.Slope != nil {
				t.Errorf("%s: got %+v, want %q without numbers", series, got, stats.CannotCalculate)
			}
			compared++
			continue
		}
		wantNumber(t, series+" chi-square", got.Statistic, r.must(t, "chi2"))
		wantNumber(t, series+" slope", got.Slope, slope)
		if got.Outcome != trendWords[r["trend"]] {
			t.Errorf("%s outcome: got %q, want %q", series, got.Outcome, trendWords[r["trend"]])
		}
		compared += 3
	}
	t.Logf("compared %d values", compared)
}
