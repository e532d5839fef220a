package stats_test

import (
	"testing"

	"levelfield/engine/stats"
)

// causes are the words of the reference for the rules.
var causes = map[string]string{
	"Above UCL": stats.RuleAboveLimit, "Below LCL": stats.RuleBelowLimit,
	"7 Point Trend (Increasing)": stats.RuleRising, "7 Point Trend (Decreasing)": stats.RuleFalling,
	"2 in 3 Above CL": stats.RuleNearUpper, "2 in 3 Below CL": stats.RuleNearLower,
	"7 Points Above CL": stats.RuleAboveMean, "7 Points Below CL": stats.RuleBelowMean,
	"Common Cause": "",
}

// variations and assurances are the words of the reference.
var (
	variations = map[string]string{
		"special_cause_improvement": stats.Improvement, "special_cause_concern": stats.Concern,
		"special_cause_neutral_high": stats.NeutralHigh, "special_cause_neutral_low": stats.NeutralLow,
		"common_cause": stats.CommonCause,
	}
	assurances = map[string]string{
		"consistent_pass": stats.ConsistentPass, "consistent_fail": stats.ConsistentFail,
		"inconsistent": stats.Inconsistent, "NA": "",
	}
	directions = map[string]stats.Polarity{"increase": stats.High, "decrease": stats.Low, "neutral": stats.Neutral}
)

// controlled checks one point against its row of the reference and counts the values.
func controlled(t *testing.T, what string, r row, got stats.ControlledPoint) (compared int) {
	t.Helper()
	wantNumber(t, what+" mean", got.Mean, r.must(t, "mean"))
	lower, _ := r.number(t, "lpl")
	if mean, _ := r.number(t, "mean"); r["series"] == "constant" && mean == 5 {
		// Limits without width flag the first point that differs by a rounding: the
		// reference has them as 5 to 5 or, screened, as NaN; here there are none.
		if got.LowerLimit != nil || got.UpperLimit != nil {
			t.Errorf("%s: got limits %v and %v, want none", what, *got.LowerLimit, *got.UpperLimit)
		}
		return 1
	}
	wantNumber(t, what+" lower limit", got.LowerLimit, lower)
	wantNumber(t, what+" upper limit", got.UpperLimit, r.must(t, "upl"))
	if want := causes[r["special_cause_type"]]; got.Rule != want {
		t.Errorf("%s rule: got %q, want %q", what, got.Rule, want)
	}
	want := variations[r["point_type"]]
	if got.Value == nil {
		// The reference calls a missing point common cause; here it has no variation.
		want = ""
	}
	if got.Variation != want {
		t.Errorf("%s variation: got %q, want %q", what, got.Variation, want)
	}
	return 5
}

// Oracle: NHSRplotthedots 0.2.2 ptd_spc in R 4.2.2, nine series under four sets of options.
func TestControlAgreesWithReference(t *testing.T) {
	t.Parallel()
	type run struct{ series, screen, baseline, direction string }
	var order []run
	rows := map[run][]row{}
	for _, r := range readCSV(t, shared(t, "vectors/spc_out.csv")) {
		key := run{r["series"], r["screen_outliers"], r["fix_after"], r["direction"]}
		if _, seen := rows[key]; !seen {
			order = append(order, key)
		}
		rows[key] = append(rows[key], r)
	}
	measured := map[string]string{} // by series and point
	for _, r := range readCSV(t, shared(t, "vectors/spc_in.csv")) {
		measured[r["series"]+" "+r["t"]] = r["y"]
	}
	compared := 0
	for _, key := range order {
		// The reference draws limits from two points; asked for, so does Control.
		options := stats.ControlOptions{Polarity: directions[key.direction], Screen: key.screen == "TRUE", Minimum: 2}
		if key.baseline != "NA" {
			options.Baseline = 12
		}
		var points []stats.ControlPoint
		for _, r := range rows[key] {
			r["y"] = measured[key.series+" "+r["t"]]
			points = append(points, stats.ControlPoint{Period: r["t"], Value: r.pointer(t, "y")})
			options.Target = r.pointer(t, "target")
		}
		chart := stats.Control(points, options)
		for i, r := range rows[key] {
			compared += controlled(t, key.series+" "+key.screen+" "+key.baseline+" "+key.direction+" at "+r["t"], r, chart.Points[i])
		}
		last := rows[key][len(points)-1]
		if want := assurances[last["assurance_type"]]; chart.Assurance != want && key.series != "constant" {
			t.Errorf("%v assurance: got %q, want %q", key, chart.Assurance, want)
		}
		if key.series == "constant" && chart.Assurance != "" {
			t.Errorf("%v assurance: got %q, want none without limits", key, chart.Assurance)
		}
		compared++
	}
	t.Logf("compared %d values", compared)
	if compared < 2500 {
		t.Errorf("values compared: got %d, want at least 2500", compared)
	}
}

// Oracle: the same package with a rebase and five targets.
func TestControlRebasedAgreesWithReference(t *testing.T) {
	t.Parallel()
	byTarget := map[string][]row{}
	for _, r := range readCSV(t, shared(t, "vectors/spc_rebase_target_out.csv")) {
		byTarget[r["target"]] = append(byTarget[r["target"]], r)
	}
	compared := 0
	for target, rows := range byTarget {
		var points []stats.ControlPoint
		for _, r := range rows {
			points = append(points, stats.ControlPoint{Period: r["t"], Value: r.pointer(t, "y"), Rebase: r["t"] == r["rebase_at_t"]})
		}
		chart := stats.Control(points, stats.ControlOptions{Polarity: stats.High, Target: rows[0].pointer(t, "target"), Screen: true})
		for i, r := range rows {
			compared += controlled(t, "target "+target+" at "+r["t"], r, chart.Points[i])
		}
		if want := assurances[rows[0]["assurance_type"]]; chart.Assurance != want {
			t.Errorf("target %s assurance: got %q, want %q", target, chart.Assurance, want)
		}
		compared++
	}
	t.Logf("compared %d values", compared)
}
