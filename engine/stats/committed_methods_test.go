package stats_test

import (
	"math"
	"testing"

	"levelfield/engine/stats"
)

// The tests of this file run on oracles that testdata/oracle.R writes by other routes than the package's; each row names
// its own.

// wantRow compares a value and the limits of the row's level with the row's columns; an empty cell is a limit that must
// be absent.
func wantRow(t *testing.T, r row, what string, got stats.Estimate) (compared int) {
	t.Helper()
	limits, offered := limitsAt(got, r.must(t, "confidence"))
	if !offered {
		t.Fatalf("%s: got the confidence %s, want one that is offered", what, r["confidence"])
	}
	for column, number := range map[string]*float64{"value": got.Value, "lower": limits.Lower, "upper": limits.Upper} {
		if _, has := r[column]; !has {
			continue
		}
		compared++
		if want, given := r.number(t, column); given {
			wantNumber(t, what+" "+column, number, want)
		} else if number != nil {
			t.Errorf("%s %s: got %v, want none", what, column, *number)
		}
	}
	return compared
}

// wantCompared fails a test that compared less than its oracle holds.
func wantCompared(t *testing.T, compared, least int) {
	t.Helper()
	t.Logf("compared %d numbers", compared)
	if compared < least {
		t.Errorf("compared %d numbers, want at least %d", compared, least)
	}
}

func TestProportionIntervalsOracle(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, "testdata/proportion_intervals.csv") {
		x, n := r.must(t, "x"), r.must(t, "n")
		got := stats.ProportionWith(x, n, stats.ProportionOptions{Interval: stats.ProportionInterval(r["interval"]), Multiplier: 1})
		what := r["x"] + "/" + r["n"] + " " + r["interval"]
		compared += wantRow(t, r, what, got)
		if x == 0 && *got.Lower998 != 0 || x == n && *got.Upper998 != 1 {
			t.Errorf("%s: got %v to %v, want the end exactly", what, *got.Lower998, *got.Upper998)
		}
	}
	wantCompared(t, compared, 230)
}

func TestProportionWorthOracle(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, "testdata/proportion_worth.csv") {
		got := stats.ProportionWith(r.must(t, "x"), r.must(t, "n"), stats.ProportionOptions{
			Multiplier: 1, DesignEffect: r.pointer(t, "deff"), Population: r.pointer(t, "population"),
		})
		compared += wantRow(t, r, r["x"]+"/"+r["n"]+" of "+r["population"], got)
	}
	wantCompared(t, compared, 24)
}

func TestRateExactOracle(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, "testdata/poisson_exact.csv") {
		compared += wantRow(t, r, r["x"], stats.RateExact(r.must(t, "x"), 1, 1))
	}
	wantCompared(t, compared, 44)
}

func TestMeanOracle(t *testing.T) {
	t.Parallel()
	values := map[string][]float64{}
	for _, r := range readCSV(t, "testdata/mean_in.csv") {
		values[r["group"]] = append(values[r["group"]], r.must(t, "v"))
	}
	compared := 0
	for _, r := range readCSV(t, "testdata/mean.csv") {
		got := stats.Mean(values[r["group"]])
		wantNumber(t, r["group"]+" sd", got.SD, r.must(t, "sd"))
		compared += 1 + wantRow(t, r, r["group"], got.Estimate)
	}
	wantCompared(t, compared, 32)
}

func TestQuantileIntervalOracle(t *testing.T) {
	t.Parallel()
	var values []float64
	for _, r := range readCSV(t, "testdata/quantile_interval_in.csv") {
		values = append(values, r.must(t, "v"))
	}
	compared := 0
	for _, r := range readCSV(t, "testdata/quantile_interval.csv") {
		got := stats.QuantileInterval(values[:int(r.must(t, "n"))], r.must(t, "p"))
		compared += wantRow(t, r, "quantile "+r["p"]+" of "+r["n"], got)
	}
	wantCompared(t, compared, 108)
}

func TestRanksOfQuantileOracle(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, "testdata/quantile_ranks.csv") {
		got := stats.RanksOfQuantile(int(r.must(t, "n")), r.must(t, "p"))
		for column, rank := range map[string]int{"lower95": got.Lower95, "upper95": got.Upper95, "lower998": got.Lower998, "upper998": got.Upper998} {
			compared++
			if float64(rank) != r.must(t, column) {
				t.Errorf("quantile %s of %s: got %s at rank %d, want %s", r["p"], r["n"], column, rank, r[column])
			}
		}
	}
	wantCompared(t, compared, 420)
}

func TestDSROracle(t *testing.T) {
	t.Parallel()
	groups := map[string]stats.Strata{}
	for _, r := range readCSV(t, "testdata/dsr_in.csv") {
		s := groups[r["group"]]
		s.Counts = append(s.Counts, r.must(t, "x"))
		s.Populations = append(s.Populations, r.must(t, "n"))
		s.Standard = append(s.Standard, r.must(t, "standard"))
		s.Frequency = append(s.Frequency, r.must(t, "freq"))
		s.Bands = append(s.Bands, int(r.must(t, "band")))
		groups[r["group"]] = s
	}
	compared := 0
	for _, r := range readCSV(t, "testdata/dsr.csv") {
		s := groups[r["group"]]
		got := stats.DSR(s, stats.DSRInterval(r["interval"]), 100000)
		wantNumber(t, r["group"]+" count", got.Count, r.must(t, "count"))
		compared += 1 + wantRow(t, r, r["group"]+" "+r["interval"], got.Estimate)
		if r["group"] != "repeated" {
			// Frequencies of one are events that are independent.
			s.Frequency, s.Bands = nil, nil
			compared += wantRow(t, r, r["group"]+" "+r["interval"], stats.DSR(s, stats.DSRInterval(r["interval"]), 100000).Estimate)
		}
	}
	wantCompared(t, compared, 160)
}

func TestISRatioOracle(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, "testdata/isr.csv") {
		compared += wantRow(t, r, r["observed"]+" of "+r["expected"], stats.ISRatio(r.must(t, "observed"), r.must(t, "expected"), 1))
	}
	wantCompared(t, compared, 30)
}

func TestAreaQuantilesOracle(t *testing.T) {
	t.Parallel()
	type question struct{ areas, into string }
	var order []question
	values, wanted := map[question][]float64{}, map[question][]int{}
	for _, r := range readCSV(t, "testdata/area_quantiles.csv") {
		q := question{r["areas"], r["into"]}
		if values[q] == nil {
			order = append(order, q)
		}
		values[q], wanted[q] = append(values[q], r.must(t, "v")), append(wanted[q], int(r.must(t, "quantile")))
	}
	compared := 0
	for _, q := range order {
		low := row{"into": q.into}
		into := int(low.must(t, "into"))
		got, reason := stats.AreaQuantiles(values[q], into, false)
		// The highest first is the lowest first of the negatives.
		negatives := make([]float64, len(values[q]))
		for i, v := range values[q] {
			negatives[i] = -v
		}
		mirrored, _ := stats.AreaQuantiles(negatives, into, true)
		for i, want := range wanted[q] {
			if got[i] != want || mirrored[i] != want || reason != "" {
				t.Errorf("area %d of %s into %s: got %d and %d (%s), want %d", i, q.areas, q.into, got[i], mirrored[i], reason, want)
			}
			compared += 2
		}
	}
	wantCompared(t, compared, 900)
}

func TestSlopeIndexOracle(t *testing.T) {
	t.Parallel()
	groups := map[string]stats.Gradient{}
	for _, r := range readCSV(t, "testdata/slope_in.csv") {
		g := groups[r["group"]]
		g.Populations = append(g.Populations, r.must(t, "n"))
		g.Values = append(g.Values, r.must(t, "v"))
		g.Errors = append(g.Errors, r.must(t, "s"))
		groups[r["group"]] = g
	}
	compared := 0
	for _, r := range readCSV(t, "testdata/slope.csv") {
		got := stats.SlopeIndex(groups[r["group"]], stats.SlopeOptions{Scale: stats.Scale(r["group"]), Transform: r["transform"] == "TRUE", Multiplier: 1})
		sii, _ := limitsAt(got.SII, r.must(t, "confidence"))
		rii, _ := limitsAt(got.RII, r.must(t, "confidence"))
		for column, number := range map[string]*float64{
			"intercept": got.Intercept, "sii": got.SII.Value, "sii_lower": sii.Lower, "sii_upper": sii.Upper,
			"rii": got.RII.Value, "rii_lower": rii.Lower, "rii_upper": rii.Upper,
		} {
			wantNumber(t, r["group"]+" "+r["transform"]+" "+column, number, r.must(t, column))
			compared++
		}
	}
	wantCompared(t, compared, 70)
}

func TestLifeExpectancyOracle(t *testing.T) {
	t.Parallel()
	rows := map[string][]row{}
	for _, r := range readCSV(t, "testdata/life_expectancy.csv") {
		key := r["group"] + " at " + r["confidence"]
		rows[key] = append(rows[key], r)
	}
	compared := 0
	for _, group := range rows {
		var starts, deaths, people []float64
		for _, r := range group {
			// In any order: the oldest first.
			starts = append([]float64{r.must(t, "start")}, starts...)
			deaths = append([]float64{r.must(t, "deaths")}, deaths...)
			people = append([]float64{r.must(t, "n")}, people...)
		}
		got := stats.LifeExpectancy(starts, deaths, people)
		for i, r := range group {
			compared += wantRow(t, r, r["group"]+" at "+r["start"], got[len(got)-1-i])
		}
	}
	wantCompared(t, compared, 230)
}

func TestShrinkOracle(t *testing.T) {
	t.Parallel()
	rows := readCSV(t, "testdata/shrink.csv")
	var counts, sizes []float64
	for _, r := range rows {
		counts, sizes = append(counts, r.must(t, "x")), append(sizes, r.must(t, "n"))
	}
	for i, got := range stats.Shrink(counts, sizes) {
		wantNumber(t, "area "+rows[i]["x"], got.Value, rows[i].must(t, "value"))
	}
	wantCompared(t, len(rows), 8)
}

func TestAdjustOracle(t *testing.T) {
	t.Parallel()
	rows := readCSV(t, "testdata/adjust.csv")
	var p []float64
	for _, r := range rows {
		v, given := r.number(t, "p")
		if !given {
			v = math.NaN()
		}
		p = append(p, v)
	}
	compared := 0
	for by, column := range map[stats.Adjustment]string{
		stats.BenjaminiHochberg: "bh", stats.Holm: "holm", stats.BenjaminiYekutieli: "by", stats.Bonferroni: "bonferroni",
	} {
		adjusted, _ := stats.Adjust(p, by)
		for i, r := range rows {
			if want, given := r.number(t, column); given {
				wantNumber(t, column+" "+r["p"], adjusted[i], want)
				compared++
			} else if adjusted[i] != nil {
				t.Errorf("%s of a missing p: got %v, want none", column, *adjusted[i])
			}
		}
	}
	wantCompared(t, compared, 36)
}
