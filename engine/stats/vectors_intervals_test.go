package stats_test

import (
	"math"
	"testing"

	"levelfield/engine/stats"
)

// intervalColumns are the columns of the reference for each interval of a proportion.
var intervalColumns = map[stats.ProportionInterval]string{
	stats.WilsonScore: "wilson", stats.WilsonContinuity: "wilson_cc", stats.ClopperPearson: "cp",
	stats.Jeffreys: "jeffreys", stats.MidP: "midp",
}

// Oracle: binom.test, qbeta, uniroot (mid-p) and prop.test in R 4.2.2.
func TestProportionIntervalsAgreeWithReference(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/extra_binomial.csv")) {
		for interval, column := range intervalColumns {
			got := stats.ProportionWith(r.must(t, "x"), r.must(t, "n"), stats.ProportionOptions{Interval: interval, Multiplier: 1})
			limits, _ := limitsAt(got, r.must(t, "conf_level"))
			what := r["x"] + "/" + r["n"] + " at " + r["conf_level"] + " " + string(interval)
			wantNumber(t, what+" lower", limits.Lower, r.must(t, column+"_l"))
			wantNumber(t, what+" upper", limits.Upper, r.must(t, column+"_u"))
			compared += 2
		}
	}
	t.Logf("compared %d numbers", compared)
}

// Oracle: qgamma in R 4.2.2, which agrees with its poisson.test.
func TestRateExactAgreesWithReference(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/extra_poisson.csv")) {
		limits, _ := limitsAt(stats.RateExact(r.must(t, "x"), 1, 1), r.must(t, "conf_level"))
		for _, column := range []string{"exact", "poisson.test"} {
			wantNumber(t, r["x"]+" lower "+column, limits.Lower, r.must(t, column+"_l"))
			wantNumber(t, r["x"]+" upper "+column, limits.Upper, r.must(t, column+"_u"))
			compared += 2
		}
		// Byar's limits stand from a count of 10 on.
		if x := r.must(t, "x"); x >= 10 {
			byar, _ := limitsAt(stats.Rate(x, 1, 1), r.must(t, "conf_level"))
			wantNumber(t, r["x"]+" lower byar", byar.Lower, r.must(t, "byar_l"))
			wantNumber(t, r["x"]+" upper byar", byar.Upper, r.must(t, "byar_u"))
			compared += 2
		}
	}
	t.Logf("compared %d numbers", compared)
}

// Oracle: phe_mean of PHEindicatormethods 2.1.0 in R 4.2.2. It gives limits of NaN to one
// value and blanks a group with a missing one; here both have a status.
func TestMeanAgreesWithReference(t *testing.T) {
	t.Parallel()
	groups := map[string][]float64{}
	for _, r := range readCSV(t, shared(t, "vectors/mean_in.csv")) {
		v, _ := r.number(t, "v")
		groups[r["grp"]] = append(groups[r["grp"]], v)
	}
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/mean_out.csv")) {
		got := stats.Mean(groups[r["grp"]])
		want, given := r.number(t, "lowercl")
		if !given {
			if got.HasValue() || got.Reason == "" {
				t.Errorf("%s: got %+v, want a status with a reason", r["grp"], got)
			}
			compared++
			continue
		}
		limits, _ := limitsAt(got.Estimate, r.must(t, "conf_level"))
		wantNumber(t, r["grp"]+" value", got.Value, r.must(t, "value"))
		wantNumber(t, r["grp"]+" sd", got.SD, r.must(t, "stdev"))
		wantNumber(t, r["grp"]+" lower", limits.Lower, want)
		wantNumber(t, r["grp"]+" upper", limits.Upper, r.must(t, "uppercl"))
		if float64(got.N) != r.must(t, "value_count") {
			t.Errorf("%s: got %d values, want %s", r["grp"], got.N, r["value_count"])
		}
		compared += 5
	}
	t.Logf("compared %d numbers", compared)
}

// Oracle: phe_quantile of PHEindicatormethods 2.1.0, and whole-number arithmetic where
// the package divides first and puts the eighth of 28 areas into the wrong twentieth.
func TestAreaQuantilesAgreeWithReference(t *testing.T) {
	t.Parallel()
	type question struct {
		group, into, invert string
	}
	values, wanted := map[question][]float64{}, map[question][]float64{}
	for _, r := range readCSV(t, shared(t, "vectors/quantile.csv")) {
		q := question{r["grp"], r["nquantiles"], r["invert"]}
		v, _ := r.number(t, "v")
		want, given := r.number(t, "quantile")
		if !given {
			want = 0
		}
		values[q], wanted[q] = append(values[q], v), append(wanted[q], want)
	}
	compared := 0
	for q, group := range values {
		into := 5
		if q.into == "10" {
			into = 10
		}
		got, _ := stats.AreaQuantiles(group, into, q.invert == "TRUE")
		for i, want := range wanted[q] {
			if float64(got[i]) != want {
				t.Errorf("%v, area %d with %v: got quantile %d, want %v", q, i, group[i], got[i], want)
			}
			compared++
		}
	}
	var all, exact []float64
	for _, r := range readCSV(t, shared(t, "vectors/quantile_ventile_fp_defect.csv")) {
		all, exact = append(all, r.must(t, "v")), append(exact, r.must(t, "exact_integer_arithmetic"))
	}
	got, _ := stats.AreaQuantiles(all, 20, false)
	for i, want := range exact {
		if float64(got[i]) != want {
			t.Errorf("value %v of 28: got twentieth %d, want %v", all[i], got[i], want)
		}
		compared++
	}
	t.Logf("compared %d quantiles", compared)
}

// Oracle: spdep::EBest, EBlocal, localG and localmoran in R 4.2.2, of a grid of 5 by 5 areas of which those are neighbours that
// touch, by a corner too.
func TestAreasAmongNeighboursAgreeWithReference(t *testing.T) {
	t.Parallel()
	var counts, sizes, shares []float64
	rows := readCSV(t, shared(t, "vectors/extra_eb_spatial.csv"))
	neighbours := make(stats.Neighbours, len(rows))
	for i, r := range rows {
		counts, sizes, shares = append(counts, r.must(t, "x")), append(sizes, r.must(t, "n")), append(shares, r.must(t, "x")/r.must(t, "n"))
		for j, other := range rows {
			down, across := r.must(t, "row")-other.must(t, "row"), r.must(t, "col")-other.must(t, "col")
			if i != j && math.Abs(down) <= 1 && math.Abs(across) <= 1 {
				neighbours[i] = append(neighbours[i], j)
			}
		}
	}
	global, local, clusters := stats.Shrink(counts, sizes), stats.ShrinkLocal(counts, sizes, neighbours), stats.Clusters(shares, neighbours)
	for i, r := range rows {
		area := "area " + r["cell"]
		wantNumber(t, area+" global", global[i].Value, r.must(t, "eb_global"))
		wantNumber(t, area+" local", local[i].Value, r.must(t, "eb_local"))
		wantNumber(t, area+" Gi*", clusters[i].Z, r.must(t, "gstar"))
		wantNumber(t, area+" Moran", clusters[i].Moran, r.must(t, "local_moran_I"))
	}
	t.Logf("compared %d numbers", 4*len(rows))
}

// Oracle: p.adjust in R 4.2.2, with a missing value and a 0 among the tests.
func TestAdjustAgreesWithReference(t *testing.T) {
	t.Parallel()
	var p []float64
	rows := readCSV(t, shared(t, "vectors/extra_padjust.csv"))
	for _, r := range rows {
		v, _ := r.number(t, "p")
		p = append(p, v)
	}
	compared := 0
	for by, column := range map[stats.Adjustment]string{
		stats.BenjaminiHochberg: "bh", stats.Holm: "holm", stats.BenjaminiYekutieli: "by", stats.Bonferroni: "bonferroni",
	} {
		adjusted, reasons := stats.Adjust(p, by)
		for i, r := range rows {
			want, given := r.number(t, column)
			if !given {
				if adjusted[i] != nil || reasons[i] == "" {
					t.Errorf("%s %s: got %v and %q, want nothing and a reason", column, r["i"], adjusted[i], reasons[i])
				}
				continue
			}
			wantNumber(t, column+" "+r["i"], adjusted[i], want)
			compared++
		}
	}
	t.Logf("compared %d numbers", compared)
}
