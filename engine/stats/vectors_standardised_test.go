package stats_test

import (
	"math"
	"strings"
	"testing"

	"levelfield/engine/stats"
)

// strata reads age bands by group.
func strata(t *testing.T, rows []row, count string) map[string]stats.Strata {
	t.Helper()
	groups := map[string]stats.Strata{}
	for _, r := range rows {
		s := groups[r["grp"]]
		s.Counts = append(s.Counts, r.must(t, count))
		s.Populations = append(s.Populations, r.must(t, "pop"))
		s.Standard = append(s.Standard, r.must(t, "stdpop"))
		groups[r["grp"]] = s
	}
	return groups
}

// Oracle: calculate_dsr of PHEindicatormethods 2.1.0 in R 4.2.2. Where few events carry
// the weight its lower limit is negative; a rate cannot be, and is clipped with a warning.
func TestDSRAgreesWithReference(t *testing.T) {
	t.Parallel()
	groups := strata(t, readCSV(t, shared(t, "vectors/dsr_in.csv")), "obs")
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/dsr_out.csv")) {
		per := 100000.0
		if strings.Contains(r["statistic"], "mult 1000") {
			per = 1000
		}
		got := stats.DSR(groups[r["grp"]], stats.Dobson, per)
		limits, offered := limitsAt(got.Estimate, r.must(t, "conf_level"))
		if !offered {
			continue
		}
		what := r["grp"] + " at " + r["conf_level"]
		wantNumber(t, what+" count", got.Count, r.must(t, "total_count"))
		want, given := r.number(t, "value")
		if !given {
			if got.HasValue() || got.Reason != "total count under 10" {
				t.Errorf("%s: got %+v, want the reason that there are under 10", what, got)
			}
			compared += 2
			continue
		}
		lower := r.must(t, "lowercl")
		if lower < 0 {
			lower = 0
			if strings.Join(got.Warnings, "") != "lower limit clipped to 0" {
				t.Errorf("%s: got the warnings %q, want that the lower limit is clipped", what, got.Warnings)
			}
		}
		wantNumber(t, what+" value", got.Value, want)
		wantNumber(t, what+" lower", limits.Lower, lower)
		wantNumber(t, what+" upper", limits.Upper, r.must(t, "uppercl"))
		compared += 4
	}
	t.Logf("compared %d numbers", compared)
}

// Oracle: the formulas of Fay and Feuer, of Tiwari and of Dobson with exact Poisson limits in R 4.2.2, the first also by
// epitools::ageadjust.direct.
func TestDSRGammaIntervalsAgreeWithReference(t *testing.T) {
	t.Parallel()
	groups := strata(t, readCSV(t, shared(t, "vectors/dsr_in.csv")), "obs")
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/extra_dsr_intervals.csv")) {
		for interval, column := range map[stats.DSRInterval]string{stats.FayFeuer: "fayfeuer", stats.Tiwari: "tiwari", stats.DobsonExact: "dobson_exact"} {
			got := stats.DSR(groups[r["grp"]], interval, 100000)
			if _, given := r.number(t, column+"_l"); !given {
				if got.HasValue() || got.Reason == "" {
					t.Errorf("%s %s: got %v, want no value and a reason", r["grp"], column, got)
				}
				compared++
				continue
			}
			limits, _ := limitsAt(got.Estimate, r.must(t, "conf_level"))
			what := r["grp"] + " " + column
			wantNumber(t, what+" count", got.Count, r.must(t, "count"))
			wantNumber(t, what+" value", got.Value, r.must(t, "dsr"))
			// Where the reference goes below nought ours ends there, with a warning.
			wantNumber(t, what+" lower", limits.Lower, max(0, r.must(t, column+"_l")))
			wantNumber(t, what+" upper", limits.Upper, r.must(t, column+"_u"))
			compared += 4
			if epitools, given := r.number(t, "epitools_u"); given && interval == stats.FayFeuer {
				wantNumber(t, what+" upper by epitools", limits.Upper, epitools)
				compared++
			}
		}
	}
	t.Logf("compared %d numbers", compared)
}

// Oracle: calculate_dsr with independent_events = FALSE.
func TestDSROfDependentEventsAgreesWithReference(t *testing.T) {
	t.Parallel()
	rows := readCSV(t, shared(t, "vectors/dsr_nonindep_in.csv"))
	groups := strata(t, rows, "people")
	bands := map[string]int{"0": 0, "30": 1, "60": 2, "80": 3}
	for _, r := range rows {
		s := groups[r["grp"]]
		s.Frequency = append(s.Frequency, r.must(t, "eventfreq"))
		s.Bands = append(s.Bands, bands[r["ageband"]])
		groups[r["grp"]] = s
	}
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/dsr_nonindep_out.csv")) {
		got := stats.DSR(groups[r["grp"]], stats.Dobson, 100000)
		wantNumber(t, r["grp"]+" count", got.Count, r.must(t, "total_count"))
		compared += 1 + fourLimits(t, r, got.Estimate)
	}
	t.Logf("compared %d numbers", compared)
}

// fourLimits compares an estimate with the columns of the reference for both levels.
func fourLimits(t *testing.T, r row, got stats.Estimate) (compared int) {
	t.Helper()
	for column, number := range map[string]*float64{
		"value": got.Value, "lower95_0cl": got.Lower95, "upper95_0cl": got.Upper95,
		"lower99_8cl": got.Lower998, "upper99_8cl": got.Upper998,
	} {
		if want, given := r.number(t, column); given {
			wantNumber(t, r["grp"]+" "+r["startage"]+" "+column, number, want)
			compared++
		}
	}
	return compared
}

// Oracle: calculate_ISRatio and calculate_ISRate of PHEindicatormethods 2.1.0, which
// match reference bands by position; here they are matched by label.
func TestIndirectlyStandardisedAgreesWithReference(t *testing.T) {
	t.Parallel()
	reference := map[string][2]float64{}
	var sumCount, sumPopulation float64
	for _, r := range readCSV(t, shared(t, "vectors/isr_ref.csv")) {
		x, n := r.must(t, "ref_x"), r.must(t, "ref_n")
		reference[r["ageband"]] = [2]float64{x, n}
		sumCount, sumPopulation = sumCount+x, sumPopulation+n
	}
	observed, populations, counts, sizes := map[string]float64{}, map[string][]float64{}, map[string][]float64{}, map[string][]float64{}
	for _, r := range readCSV(t, shared(t, "vectors/isr_in.csv")) {
		group, band := r["grp"], reference[r["ageband"]]
		x, _ := r.number(t, "obs")
		if !math.IsNaN(x) { // as the reference takes it
			observed[group] += x
		}
		populations[group] = append(populations[group], r.must(t, "pop"))
		counts[group], sizes[group] = append(counts[group], band[0]), append(sizes[group], band[1])
	}
	expected := func(group string) float64 {
		e, reason := stats.Expected(populations[group], counts[group], sizes[group])
		if reason != "" {
			t.Fatalf("%s: got %q, want an expected count", group, reason)
		}
		return e
	}
	compared := 0
	check := func(file string, of func(group string) stats.Estimate) {
		for _, r := range readCSV(t, shared(t, file)) {
			got := of(r["grp"])
			limits, _ := limitsAt(got, r.must(t, "conf_level"))
			e := expected(r["grp"])
			wantNumber(t, r["grp"]+" expected", &e, r.must(t, "expected"))
			wantNumber(t, r["grp"]+" value", got.Value, r.must(t, "value"))
			wantNumber(t, r["grp"]+" lower", limits.Lower, r.must(t, "lowercl"))
			wantNumber(t, r["grp"]+" upper", limits.Upper, r.must(t, "uppercl"))
			compared += 4
		}
	}
	check("vectors/isratio_out.csv", func(group string) stats.Estimate { return stats.ISRatio(observed[group], expected(group), 100) })
	check("vectors/israte_out.csv", func(group string) stats.Estimate {
		return stats.ISRate(observed[group], expected(group), sumCount, sumPopulation, 100000)
	})
	totals := map[string]float64{}
	for _, r := range readCSV(t, shared(t, "vectors/isr_observed_totals_in.csv")) {
		totals[r["grp"]] = r.must(t, "observed")
	}
	for _, r := range readCSV(t, shared(t, "vectors/isratio_totals_out.csv")) {
		// The populations of one of the groups stand in no file: its expected count does.
		compared += fourLimits(t, r, stats.ISRatio(totals[r["grp"]], r.must(t, "expected"), 1))
	}
	t.Logf("compared %d numbers", compared)
}

// Oracle: phe_life_expectancy of PHEindicatormethods 2.1.0. Where nobody is left after a
// band it gives later ages 0 years without limits, and the band's own age limits of no
// width; here the first have a status and the second has no limits.
func TestLifeExpectancyAgreesWithReference(t *testing.T) {
	t.Parallel()
	starts, deaths, people := map[string][]float64{}, map[string][]float64{}, map[string][]float64{}
	for _, r := range readCSV(t, shared(t, "vectors/le_in.csv")) {
		d, _ := r.number(t, "deaths")
		n, _ := r.number(t, "pops")
		group := r["grp"]
		starts[group], deaths[group], people[group] = append(starts[group], r.must(t, "startage")), append(deaths[group], d), append(people[group], n)
	}
	values := map[string]map[float64]stats.Estimate{}
	for group := range starts {
		values[group] = map[float64]stats.Estimate{}
		for i, e := range stats.LifeExpectancy(starts[group], deaths[group], people[group]) {
			values[group][starts[group][i]] = e
		}
	}
	compared, parted := 0, 0
	for _, r := range readCSV(t, shared(t, "vectors/le_out.csv")) {
		age := r.must(t, "startage")
		got := values[r["grp"]][age]
		_, given := r.number(t, "value")
		_, limits := r.number(t, "lower95_0cl")
		switch {
		case given && limits && r["lower95_0cl"] != r["upper95_0cl"]:
			compared += fourLimits(t, r, got)
		case given && limits:
			wantNumber(t, r["grp"]+" at 80", got.Value, r.must(t, "value"))
			if got.HasInterval() || len(got.Warnings) != 1 {
				t.Errorf("%s at %v: got %+v, want no limits and why", r["grp"], age, got)
			}
			parted++
		default:
			if got.HasValue() || got.Reason == "" {
				t.Errorf("%s at %v: got %+v, want a status with a reason", r["grp"], age, got)
			}
			parted++
		}
	}
	t.Logf("compared %d numbers; %d ages have a status or no limits", compared, parted)
}
