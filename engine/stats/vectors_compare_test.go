package stats_test

import (
	"strconv"
	"strings"
	"testing"

	"levelfield/engine/stats"
)

// Oracle: Newcombe's method 10 and Miettinen-Nurminen in R 4.2.2; the first rows are
// Newcombe's published examples.
func TestDifferencesAgreeWithReference(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/extra_newcombe_mn_difference.csv")) {
		x1, n1, x2, n2 := r.must(t, "x1"), r.must(t, "n1"), r.must(t, "x2"), r.must(t, "n2")
		for prefix, got := range map[string]stats.Estimate{
			"newcombe": stats.DifferenceNewcombe(x1, n1, x2, n2, 1), "mn": stats.DifferenceMiettinenNurminen(x1, n1, x2, n2, 1),
		} {
			limits, _ := limitsAt(got, r.must(t, "conf_level"))
			what := strings.Join([]string{prefix, r["x1"], r["n1"], r["x2"], r["n2"], r["conf_level"]}, " ")
			wantNumber(t, what+" value", got.Value, r.must(t, "diff"))
			wantNumber(t, what+" lower", limits.Lower, r.must(t, prefix+"_l"))
			wantNumber(t, what+" upper", limits.Upper, r.must(t, prefix+"_u"))
			compared += 3
		}
	}
	t.Logf("compared %d numbers", compared)
}

// Oracle: R 4.2.2 poisson.test and the log-normal formula.
func TestRatiosOfRatesAgreeWithReference(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/extra_rate_ratio.csv")) {
		x1, t1, x2, t2 := r.must(t, "x1"), r.must(t, "t1"), r.must(t, "x2"), r.must(t, "t2")
		for prefix, got := range map[string]stats.Estimate{
			"exact": stats.RatioRatesExact(x1, t1, x2, t2), "log": stats.RatioRatesLog(x1, t1, x2, t2),
		} {
			wantNumber(t, prefix+" value", got.Value, r.must(t, "ratio"))
			wantNumber(t, prefix+" lower", got.Lower95, r.must(t, prefix+"_l"))
			wantNumber(t, prefix+" upper", got.Upper95, r.must(t, prefix+"_u"))
			compared += 3
		}
		wantNumber(t, "p", stats.RatioRatesProbability(x1, t1, x2, t2), r.must(t, "p_value"))
		compared++
	}
	t.Logf("compared %d numbers", compared)
}

// Oracle: R 4.2.2 prop.trend.test.
func TestCochranArmitageAgreesWithReference(t *testing.T) {
	t.Parallel()
	cases, sizes, scores := map[string][]float64{}, map[string][]float64{}, map[string][]float64{}
	for _, r := range readCSV(t, shared(t, "vectors/extra_cochran_armitage_in.csv")) {
		s := r["series"]
		cases[s], sizes[s], scores[s] = append(cases[s], r.must(t, "x")), append(sizes[s], r.must(t, "n")), append(scores[s], r.must(t, "score"))
	}
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/extra_cochran_armitage_out.csv")) {
		got := stats.CochranArmitage(cases[r["series"]], sizes[r["series"]], scores[r["series"]])
		wantNumber(t, r["series"]+" chi-square", got.Statistic, r.must(t, "chi2"))
		wantNumber(t, r["series"]+" p", got.Probability, r.must(t, "p"))
		compared += 2
	}
	t.Logf("compared %d numbers", compared)
}

// Oracle: the Fingertips rule of two intervals (method 12), re-expressed from
// fingertips-open (2020), and method 17 at both levels.
func TestCompareWithIntervalAgreesWithReference(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/comparator_expected.csv")) {
		area := stats.Estimate{Value: r.pointer(t, "value"), Lower95: r.pointer(t, "l95"), Upper95: r.pointer(t, "u95"),
			Lower998: r.pointer(t, "l998"), Upper998: r.pointer(t, "u998")}
		reference := stats.Estimate{Value: r.pointer(t, "comp"), Lower95: r.pointer(t, "comp_l95"), Upper95: r.pointer(t, "comp_u95")}
		polarity := stats.High
		if r["polarity"] == "99" {
			polarity = stats.Neutral
		}
		for column, verdict := range map[string]stats.Comparison{
			"double95": stats.CompareDouble(area, reference, polarity), "single95_998": stats.CompareAt998(area, reference.Value, polarity),
		} {
			want := strings.ToLower(strings.Fields(r[column])[0])
			switch {
			case want == "lowest" || want == "highest":
				// The reference has a colour for these and no word; lower and higher hold.
				want = strings.TrimSuffix(want, "st") + "r"
			case want == "not" && area.Value != nil:
				want = stats.Position
			case want == "not":
				want = stats.NotCompared
			}
			if verdict.Outcome != want {
				t.Errorf("case %s polarity %s %s: got %s, want %s", r["case"], r["polarity"], column, verdict.Outcome, want)
			}
			compared++
		}
	}
	t.Logf("compared %d outcomes", compared)
}

// Oracle: the Fingertips quintile categories (method 15), re-expressed from
// fingertips-open (2020).
func TestQuintileAgreesWithReference(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/comparator_quintiles_expected.csv")) {
		var bounds []float64
		for _, bound := range strings.Fields(r["bounds"]) {
			v, err := strconv.ParseFloat(bound, 64)
			if err != nil {
				t.Fatal(err)
			}
			bounds = append(bounds, v)
		}
		value := r.must(t, "value")
		for column, polarity := range map[string]stats.Polarity{
			"quintile_low_is_good_or_bob": stats.Low, "quintile_high_is_good": stats.High,
		} {
			if got := stats.Quintile(value, bounds, polarity); float64(got) != r.must(t, column) {
				t.Errorf("%v %s: got %d, want %s", value, column, got, r[column])
			}
			compared++
		}
	}
	t.Logf("compared %d quintiles", compared)
}

// Oracle: the Fingertips rules as read in fingertips-open (2020), methods 1 and 17.
func TestCompareAgreesWithReference(t *testing.T) {
	t.Parallel()
	at95 := map[string]string{"Worse": stats.Worse, "Better": stats.Better, "Similar": stats.Similar,
		"Lower": stats.Lower, "Higher": stats.Higher}
	at998 := map[string]string{"Worst": stats.Worst, "Worse": stats.Worse, "Similar": stats.Similar,
		"Better": stats.Better, "Best": stats.Best}
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/comparator_expected.csv")) {
		area := stats.Estimate{Value: r.pointer(t, "value"), Lower95: r.pointer(t, "l95"), Upper95: r.pointer(t, "u95"),
			Lower998: r.pointer(t, "l998"), Upper998: r.pointer(t, "u998")}
		polarity, words, column := stats.High, at998, "single95_998"
		if r["polarity"] == "99" {
			polarity, words, column = stats.Neutral, at95, "single95"
		}
		want := words[r[column]]
		if want == "" {
			// One word there, two here: a value without an interval keeps its position.
			want = stats.NotCompared
			if area.Value != nil {
				want = stats.Position
			}
		}
		got := stats.Compare(area, r.pointer(t, "comp"), polarity)
		if got.Outcome != want {
			t.Errorf("case %s polarity %s: got %q, want %q", r["case"], r["polarity"], got.Outcome, want)
		}
		// Without 99.8% limits the same area is judged at 95% alone.
		area.Lower998, area.Upper998 = nil, nil
		if want95, given := at95[r["single95"]]; given {
			if got := stats.Compare(area, r.pointer(t, "comp"), polarity); got.Outcome != want95 {
				t.Errorf("case %s polarity %s at 95%%: got %q, want %q", r["case"], r["polarity"], got.Outcome, want95)
			}
			compared++
		}
		compared++
	}
	t.Logf("compared %d outcomes", compared)
}
