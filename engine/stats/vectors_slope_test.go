package stats_test

import (
	"math"
	"testing"

	"levelfield/engine/stats"
)

// slopeCases are the configurations of the reference.
var slopeCases = map[string]struct {
	group   string
	options stats.SlopeOptions
}{
	"A0":     {"A_mean_se", stats.SlopeOptions{Scale: stats.Linear, Multiplier: 1}},
	"C2":     {"C_prop", stats.SlopeOptions{Scale: stats.Logit, Multiplier: 100}},
	"C2Tneg": {"C_prop", stats.SlopeOptions{Scale: stats.Logit, Transform: true, Multiplier: -100}},
	"E1":     {"E_rate", stats.SlopeOptions{Scale: stats.Log, Multiplier: 1}},
	"E1Tneg": {"E_rate", stats.SlopeOptions{Scale: stats.Log, Transform: true, Multiplier: -1}},
}

// gradients are the groups of the reference.
func gradients(t *testing.T) map[string]stats.Gradient {
	t.Helper()
	groups := map[string]stats.Gradient{}
	for _, r := range readCSV(t, shared(t, "vectors/sii_in.csv")) {
		g := groups[r["grp"]]
		g.Populations = append(g.Populations, r.must(t, "pop"))
		g.Values = append(g.Values, r.must(t, "v"))
		if se, given := r.number(t, "se"); given {
			g.Errors = append(g.Errors, se)
		} else {
			g.Lower95, g.Upper95 = append(g.Lower95, r.must(t, "lo")), append(g.Upper95, r.must(t, "hi"))
		}
		groups[r["grp"]] = g
	}
	return groups
}

// Oracle: closed forms in R 4.2.2, exact for the linear scale and for transformed lines,
// by Cornish and Fisher's expansion otherwise.
func TestSlopeIndexAgreesWithClosedForm(t *testing.T) {
	t.Parallel()
	groups := gradients(t)
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/sii_closed_form.csv")) {
		c := slopeCases[r["config"]]
		got := stats.SlopeIndex(groups[c.group], c.options)
		intercept := r.must(t, "intercept")
		if r["config"] == "C2" {
			// The reference multiplies the slope of untransformed values and not their
			// intercept, of which the two are then in different units.
			intercept *= 100
		}
		what := r["config"] + " at " + r["conf_level"]
		sii, _ := limitsAt(got.SII, r.must(t, "conf_level"))
		rii, _ := limitsAt(got.RII, r.must(t, "conf_level"))
		for _, pair := range []struct {
			name string
			got  *float64
			want float64
		}{
			{"sii", got.SII.Value, r.must(t, "sii")}, {"sii lower", sii.Lower, r.must(t, "sii_l")}, {"sii upper", sii.Upper, r.must(t, "sii_u")},
			{"rii", got.RII.Value, r.must(t, "rii")}, {"rii lower", rii.Lower, r.must(t, "rii_l")}, {"rii upper", rii.Upper, r.must(t, "rii_u")},
			{"intercept", got.Intercept, intercept},
		} {
			wantNumber(t, what+" "+pair.name, pair.got, pair.want)
			compared++
		}
	}
	t.Logf("compared %d numbers", compared)
}

// Oracle: phe_sii of PHEindicatormethods 2.1.0, which draws 100,000 values: one run, and
// the mean of 30 others. The noise is that of one run, as the 30 show it.
func TestSlopeIndexAgreesWithSimulation(t *testing.T) {
	t.Parallel()
	const runs, standardErrors = 30, 5
	groups := gradients(t)
	oneRun := map[string]row{}
	for _, r := range readCSV(t, shared(t, "vectors/sii_sim_seed20260101.csv")) {
		oneRun[r["config"]] = r
	}
	compared := 0
	for config, r := range oneRun {
		c := slopeCases[config]
		s := stats.SlopeIndex(groups[c.group], c.options)
		intercept := r.must(t, "intercept")
		if config == "C2" {
			intercept *= 100 // in the unit of its slope, as above
		}
		wantNumber(t, config+" sii", s.SII.Value, r.must(t, "sii"))
		wantNumber(t, config+" rii", s.RII.Value, r.must(t, "rii"))
		wantNumber(t, config+" intercept", s.Intercept, intercept)
		compared += 3
	}
	for _, r := range readCSV(t, shared(t, "vectors/sii_sim_30runs_mean_sd.csv")) {
		c := slopeCases[r["config"]]
		s := stats.SlopeIndex(groups[c.group], c.options)
		got := map[string]*float64{
			"sii_lower95_0": s.SII.Lower95, "sii_upper95_0": s.SII.Upper95, "sii_lower99_8": s.SII.Lower998, "sii_upper99_8": s.SII.Upper998,
			"rii_lower95_0": s.RII.Lower95, "rii_upper95_0": s.RII.Upper95, "rii_lower99_8": s.RII.Lower998, "rii_upper99_8": s.RII.Upper998,
		}[r["stat"]]
		if got == nil {
			t.Errorf("%s %s: got none, want a limit", r["config"], r["stat"])
			continue
		}
		noise := r.must(t, "sd_of_one_run")
		if mean := r.must(t, "mean_of_30"); math.Abs(*got-mean) > standardErrors*noise/math.Sqrt(runs) {
			t.Errorf("%s %s: got %v, want %v of 30 runs, within their noise of %v", r["config"], r["stat"], *got, mean, noise)
		}
		if one := oneRun[r["config"]].must(t, r["stat"]); math.Abs(*got-one) > standardErrors*noise {
			t.Errorf("%s %s: got %v, want %v of one run, within its noise of %v", r["config"], r["stat"], *got, one, noise)
		}
		compared += 2
	}
	t.Logf("compared %d limits", compared)
}

// Quintiles of life expectancy come with limits in the place of standard errors. Oracle:
// the weighted regression by hand, c = a (b - 1/2) / S.
func TestSlopeIndexFromLimits(t *testing.T) {
	t.Parallel()
	g := gradients(t)["B_le_ci_quintile"]
	got := stats.SlopeIndex(g, stats.SlopeOptions{Multiplier: 1})
	total, before := 0.0, 0.0
	for _, n := range g.Populations {
		total += n
	}
	var x, w []float64
	var meanX, meanY float64
	for i, n := range g.Populations {
		x, w = append(x, before+n/total/2), append(w, n/total)
		before += n / total
		meanX, meanY = meanX+w[i]*x[i], meanY+w[i]*g.Values[i]
	}
	var xy, xx, variance float64
	for i := range x {
		xy += w[i] * (x[i] - meanX) * (g.Values[i] - meanY)
		xx += w[i] * (x[i] - meanX) * (x[i] - meanX)
	}
	for i := range x {
		se := (g.Upper95[i] - g.Lower95[i]) / 2 / 1.959963984540054
		variance += math.Pow(w[i]*(x[i]-meanX)/xx*se, 2)
	}
	wantNumber(t, "slope", got.SII.Value, xy/xx)
	wantNumber(t, "upper", got.SII.Upper95, xy/xx+1.959963984540054*math.Sqrt(variance))
}
