package scorecard_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/scorecard"
)

// oracle reads a table of reference numbers of engine/stats.
func oracle(t *testing.T, name string) []map[string]string {
	t.Helper()
	file, err := os.Open("../engine/stats/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, head := range records[0] {
			row[head] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func read(t *testing.T, text string) float64 {
	t.Helper()
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return number
}

// near says whether a limit is the number that its oracle gives.
func near(got *float64, want float64) bool {
	return got != nil && math.Abs(*got-want) <= 1e-9*math.Max(1, math.Abs(want))
}

// undrawn is why the model's only board chart, of a kind over indicators, is not drawn.
func undrawn(t *testing.T, in scorecard.Input, kind scorecard.ChartKind, ids ...string) string {
	t.Helper()
	in.Board.Charts = []scorecard.BoardChart{{Kind: string(kind), Title: "A chart", Indicators: ids}}
	model := scorecard.Build(in)
	if len(model.Charts) != 0 || len(model.Undrawn) != 1 || model.Undrawn[0].Term != "A chart" {
		t.Fatalf("got %d charts and %+v, want none and one reason", len(model.Charts), model.Undrawn)
	}
	return model.Undrawn[0].Text
}

// counted is an input whose only indicator has values with counts in 2023, the focus area among the authorities.
func counted(measure indicators.Measure, unit string, england float64, sizes map[string]float64, values map[string]float64) scorecard.Input {
	l := lineOf("neet", stats.Similar, stats.CannotCalculate)
	l.definition.Measure, l.definition.Unit, l.england = measure, unit, england
	in := input(nil, l)
	in.Results.Values, in.Results.Comparisons = nil, nil
	add := func(area string, size, value float64) {
		in.Results.Values = append(in.Results.Values, []results.Value{{
			Indicator: "neet", Area: area, Period: year("2023"), Estimate: estimate(value), Denominator: &size, Unit: unit, Dataset: "figures",
		}})
	}
	add(country, 1e6, england)
	for _, code := range append([]string{ayton}, codes(19)...) {
		size, value := 2100.0, england
		if own, is := sizes[code]; is {
			size = own
		}
		if own, is := values[code]; is {
			value = own
		}
		in.Authorities, in.Areas[code] = append(in.Authorities, code), "Area "+code
		add(code, size, value)
	}
	return in
}

func codes(n int) []string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("U%02d", i))
	}
	return list
}

// TestFunnelOfProportionsByHand: about 30% an area of 2,100 has limits z × sqrt(0.3 × 0.7 / 2100) = 1 point × z away, that is
// 28.04 and 31.96, 26.91 and 33.09; marks follow these limits and low is better.
func TestFunnelOfProportionsByHand(t *testing.T) {
	t.Parallel()
	measure := indicators.Measure{Proportion: &indicators.Proportion{Numerator: "n", Denominator: "d"}}
	in := counted(measure, "%", 30, nil, map[string]float64{
		ayton: 31.9, "U00": 32.0, "U01": 28.1, "U02": 28.0, "U03": 33.05, "U04": 33.1, "U05": 26.9,
	})
	chart := asked(t, in, scorecard.FunnelChart, "neet")
	tones := map[string]scorecard.Tone{}
	for _, dot := range chart.Dots {
		tones[strings.TrimPrefix(dot.Label, "Area ")] = dot.Tone
		if (dot.Role == scorecard.FocusRole) != (dot.Label == "Area A") {
			t.Errorf("got the role %s of %s", dot.Role, dot.Label)
		}
		if outside := dot.Tone == scorecard.Better || dot.Tone == scorecard.Worse; dot.Named != outside {
			t.Errorf("got named %v of %s, want the two outside the farther limits", dot.Named, dot.Label)
		}
	}
	want := map[string]scorecard.Tone{
		"A": scorecard.None, "U00": scorecard.Similar, "U01": scorecard.None, "U02": scorecard.Similar, "U03": scorecard.Similar,
		"U04": scorecard.Worse, "U05": scorecard.Better, "U06": scorecard.None,
	}
	for code, tone := range want {
		if tones[code] != tone {
			t.Errorf("got %s of %s, want %s", tones[code], code, tone)
		}
	}
	cut := chart.Funnel[0]
	for _, limit := range []struct {
		got  *float64
		want float64
	}{{cut.Lower95, 30 - 1.959963984540054}, {cut.Upper95, 30 + 1.959963984540054}, {cut.Lower998, 30 - 3.090232306167813}, {cut.Upper998, 30 + 3.090232306167813}} {
		if !near(limit.got, limit.want) {
			t.Errorf("got a limit of %v, want %v", *limit.got, limit.want)
		}
	}
	if *chart.Reference.Value != 30 || !strings.Contains(chart.Note, "Of 20 authorities 5 lie outside the 95% limits, 2 of them outside the 99.8% limits") {
		t.Errorf("got the reference %v and %q", *chart.Reference.Value, chart.Note)
	}
}

// TestFunnelOfRatesHoldsToTheOracle: the limits at the smallest and the largest size are those of R's gamma distribution.
func TestFunnelOfRatesHoldsToTheOracle(t *testing.T) {
	t.Parallel()
	rows := oracle(t, "poisson_funnel.csv")
	least, most := rows[3], rows[len(rows)-1]
	measure := indicators.Measure{Rate: &indicators.Rate{Numerator: "n", Denominator: "d", Per: 1000}}
	small, large := read(t, least["expected"])*100, read(t, most["expected"])*100 // ten events in 1,000 people
	in := counted(measure, "per 1,000", 10, map[string]float64{"U00": small, "U01": large}, nil)
	chart := asked(t, in, scorecard.FunnelChart, "neet")
	for i, end := range []map[string]string{least, most} {
		cut, size := chart.Funnel[0], small
		if i == 1 {
			cut, size = chart.Funnel[len(chart.Funnel)-1], large
		}
		for limit, got := range map[string]*float64{"lower95": cut.Lower95, "upper95": cut.Upper95, "lower998": cut.Lower998, "upper998": cut.Upper998} {
			if want := read(t, end[limit]) / size * 1000; !near(got, want) {
				t.Errorf("got %v as %s at %v people, want %v", *got, limit, size, want)
			}
		}
	}
}

// TestFunnelLeavesOutWhatItCannotPlace: a suppressed value is counted and not drawn, a small area is not judged by limits that
// do not hold, and without counts, or where most areas lie outside, there is no funnel.
func TestFunnelLeavesOutWhatItCannotPlace(t *testing.T) {
	t.Parallel()
	measure := indicators.Measure{Proportion: &indicators.Proportion{Numerator: "n", Denominator: "d"}}
	in := counted(measure, "%", 30, map[string]float64{"U01": 20}, nil)
	for _, code := range codes(22)[19:] {
		in.Authorities = append(in.Authorities, code)
		size := 2100.0
		v := results.Value{Indicator: "neet", Area: code, Period: year("2023"), Denominator: &size, Estimate: estimate(30)}
		if code == "U19" {
			v.Estimate = stats.Missing("c", "suppressed")
		}
		in.Results.Values = append(in.Results.Values, []results.Value{v})
	}
	chart := asked(t, in, scorecard.FunnelChart, "neet")
	if len(chart.Dots) != 21 || !strings.Contains(chart.Note, "suppressed [c]: 1.") || !strings.Contains(chart.Note, "too small for these limits: 1.") {
		t.Errorf("got %d dots and %q, want 21, one suppressed and one too small", len(chart.Dots), chart.Note)
	}
	spread := map[string]float64{}
	for i, code := range codes(19)[:11] {
		spread[code] = 20 + 20*float64(i%2)
	}
	if got := undrawn(t, counted(measure, "%", 30, nil, spread), scorecard.FunnelChart, "neet"); !strings.Contains(got, "11 of 20 authorities lie outside") {
		t.Errorf("got %q where most areas lie outside", got)
	}
	bare := counted(measure, "%", 30, nil, nil)
	for v := range bare.Results.Values.All() {
		v.Denominator = nil
	}
	if got := undrawn(t, bare, scorecard.FunnelChart, "neet"); !strings.Contains(got, "No count is held") {
		t.Errorf("got %q without counts", got)
	}
}

// series puts a series of calendar years into an input that holds nothing else of the focus area.
func series(values []float64, breaks ...indicators.Break) scorecard.Input {
	l := lineOf("neet", stats.Similar, stats.CannotCalculate)
	l.definition.Breaks = breaks
	in := input(nil, l)
	in.Results.Values = nil
	for i, value := range values {
		in.Results.Values = append(in.Results.Values, []results.Value{{
			Indicator: "neet", Area: ayton, Period: year(strconv.Itoa(1980 + i)), Estimate: estimate(value), Unit: "%", Dataset: "figures",
		}})
	}
	return in
}

// TestControlHoldsToTheOracle: mean, limits and marked points are those of R's mean and diff.
func TestControlHoldsToTheOracle(t *testing.T) {
	t.Parallel()
	var values []float64
	var first map[string]string
	var rules []string
	for _, row := range oracle(t, "control_charts.csv") {
		if row["series"] == "1" && row["screen"] == "FALSE" && row["baseline"] == "0" {
			values, rules = append(values, read(t, row["value"])), append(rules, row["rule"])
			if first == nil {
				first = row
			}
		}
	}
	chart := asked(t, series(values), scorecard.ControlChart, "neet")
	limit := chart.Limits[0]
	if !near(limit.Centre, read(t, first["mean"])) || !near(limit.Lower, read(t, first["lower"])) || !near(limit.Upper, read(t, first["upper"])) {
		t.Errorf("got %v, %v and %v, want those of %v", *limit.Lower, *limit.Centre, *limit.Upper, first)
	}
	for i, point := range chart.Series[0].Points {
		if (point.Signal != "") != (rules[i] != "") {
			t.Errorf("%s: got the mark %q for the rule %q", point.Label, point.Signal, rules[i])
		}
	}
}

// twelve are values that alternate about 10 by 1: moving ranges of 2, limits at 10 ± 5.32.
var twelve = []float64{9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11}

// TestControlSaysWhatTheLimitsSay: variation and assurance by hand, for a measure of which low is better.
func TestControlSaysWhatTheLimitsSay(t *testing.T) {
	t.Parallel()
	aim := func(in *scorecard.Input, most float64) {
		in.Results.Targets = []results.Target{{Indicator: "neet", Area: ayton, Period: year("1991"), Kind: "at-most", Basis: "value", Upper: &most}}
	}
	for _, test := range []struct {
		target    float64
		assurance string
	}{{4.6, scorecard.TargetMissed}, {4.7, scorecard.TargetByChance}, {15.4, scorecard.TargetMet}} {
		in := series(twelve)
		aim(&in, test.target)
		chart := asked(t, in, scorecard.ControlChart, "neet")
		if !near(chart.Limits[0].Lower, 4.68) || !near(chart.Limits[0].Upper, 15.32) {
			t.Fatalf("got limits %v and %v, want 4.68 and 15.32", *chart.Limits[0].Lower, *chart.Limits[0].Upper)
		}
		if chart.Process.Variation != scorecard.CommonVariation || chart.Process.Assurance != test.assurance || *chart.Reference.Value != test.target {
			t.Errorf("got %+v for a target of %v, want common variation and %s", chart.Process, test.target, test.assurance)
		}
	}
	for last, want := range map[float64]string{25: scorecard.ConcerningVariation, -5: scorecard.ImprovingVariation} {
		chart := asked(t, series(append(append([]float64{}, twelve...), last)), scorecard.ControlChart, "neet")
		if chart.Process.Variation != want || chart.Process.Upwards != (last > 10) || chart.Process.Assurance != "" {
			t.Errorf("got %+v for %v after steady values, want %s", chart.Process, last, want)
		}
	}
}

// TestControlIsRefusedWithItsReason: too few figures since the break, or each much like the one before.
func TestControlIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	broken := series(append([]float64{1}, twelve...), indicators.Break{From: "1982", Why: "a new method"})
	if got := undrawn(t, broken, scorecard.ControlChart, "neet"); got != "Fewer than 12 points (11 comparable since 1982)." {
		t.Errorf("got %q after a break", got)
	}
	whole := series(append([]float64{1}, twelve...), indicators.Break{From: "1981", Why: "a new method"})
	chart := asked(t, whole, scorecard.ControlChart, "neet")
	if len(chart.Series[0].Points) != 12 || *chart.Limits[0].Centre != 10 {
		t.Errorf("got %d points about %v, want the twelve since the break about 10", len(chart.Series[0].Points), *chart.Limits[0].Centre)
	}
	var rising []float64
	for i := range 15 {
		rising = append(rising, float64(i))
	}
	if got := undrawn(t, series(rising), scorecard.ControlChart, "neet"); !strings.Contains(got, "each year is much like the one before") && !strings.Contains(got, "Each year is much like the one before") {
		t.Errorf("got %q of a series that only rises", got)
	}
}

// TestGradientHoldsToTheOracle: the line begins at the intercept of R's weighted regression and rises by its index.
func TestGradientHoldsToTheOracle(t *testing.T) {
	t.Parallel()
	l := lineOf("gap", stats.Similar, stats.CannotCalculate)
	of := lineOf("neet", stats.Similar, stats.CannotCalculate)
	of.definition.Unit, of.definition.Measure = "per 100,000", indicators.Measure{Mean: &indicators.Mean{}}
	spec := &indicators.Slope{Of: "neet", Breakdown: "deprivation"}
	l.definition.Measure, l.definition.Unit = indicators.Measure{Slope: spec}, "points"
	var groups []results.Value
	for _, row := range oracle(t, "slope_in.csv") {
		if row["group"] != "linear" {
			continue
		}
		size, category := read(t, row["n"]), strconv.Itoa(len(groups)+1)
		spec.Order = append(spec.Order, category)
		groups = append(groups, results.Value{
			Indicator: "neet", Area: ayton, Period: year("2023"), Breakdown: "deprivation", Category: category, Denominator: &size, Estimate: estimate(read(t, row["v"])),
		})
	}
	in := input(nil, l, of)
	in.Results.Values = results.Values{groups}
	want := oracle(t, "slope.csv")[0]
	sii, low, high := read(t, want["sii"]), read(t, want["sii_lower"]), read(t, want["sii_upper"])
	rii, riiLow, riiHigh := read(t, want["rii"]), read(t, want["rii_lower"]), read(t, want["rii_upper"])
	for _, index := range []results.Value{
		{Estimate: stats.Estimate{Value: &sii, Lower95: &low, Upper95: &high}},
		{Breakdown: "deprivation", Category: results.RelativeIndex, Estimate: stats.Estimate{Value: &rii, Lower95: &riiLow, Upper95: &riiHigh}},
	} {
		index.Indicator, index.Area, index.Period = "gap", ayton, year("2023")
		in.Results.Values = append(in.Results.Values, []results.Value{index})
	}
	chart := asked(t, in, scorecard.GradientChart, "gap")
	if !near(chart.Slope.Start, read(t, want["intercept"])) || !near(chart.Slope.End, read(t, want["intercept"])+sii) {
		t.Errorf("got a line from %v to %v, want that of %v", *chart.Slope.Start, *chart.Slope.End, want)
	}
	if words := "Slope index −7.9 points (−11.7 to −4.1); relative index 0.75 (0.65 to 0.86)"; !strings.HasSuffix(chart.Subtitle, words) {
		t.Errorf("got %q, want %q at its end", chart.Subtitle, words)
	}
	share := 0.0
	for _, bar := range chart.Bars {
		share += bar.Share
	}
	if len(chart.Bars) != len(groups) || math.Abs(share-1) > 1e-12 || chart.Bars[0].Lower == nil {
		t.Errorf("got %d bars over %v of the people, want %d over all of them with intervals", len(chart.Bars), share, len(groups))
	}
	groups[1].Estimate = stats.Missing("c", "suppressed")
	if got := undrawn(t, in, scorecard.GradientChart, "gap"); !strings.Contains(got, "no figure with its counts is held for the group") && !strings.Contains(got, "No figure with its counts is held for the group") {
		t.Errorf("got %q with a suppressed group", got)
	}
}

// TestBulletsStandAgainstTheirTargets: value, limit, tolerance and England's figure of one period; an indicator without a
// target has no row, and without any there is no chart.
func TestBulletsStandAgainstTheirTargets(t *testing.T) {
	t.Parallel()
	in := input(nil, lineOf("neet", stats.Worse, stats.CannotCalculate), lineOf("births", stats.Similar, stats.CannotCalculate))
	if got := undrawn(t, in, scorecard.BulletChart, "neet", "births"); !strings.HasPrefix(got, "No target is set for Ayton") {
		t.Errorf("got %q without targets", got)
	}
	most := 3.0
	in.Results.Targets = []results.Target{{
		Indicator: "neet", Area: ayton, Period: year("2023"), Kind: "at-most", Basis: "value", Upper: &most, Tolerance: 1,
		Status: stats.TargetStanding{Outcome: stats.TargetNotMet, Tolerance: stats.WithinTolerance},
	}}
	chart := asked(t, in, scorecard.BulletChart, "neet", "births")
	if len(chart.Bullets) != 1 {
		t.Fatalf("got %d rows, want that of the indicator with a target", len(chart.Bullets))
	}
	row := chart.Bullets[0]
	if *row.Value != 3.8 || *row.England != 3.4 || row.Low != nil || *row.High != 3 || row.Words != "at most 3%, tolerance 1 point" {
		t.Errorf("got %+v", row)
	}
	if row.Verdict != "Not met, within tolerance" || row.Tone != scorecard.Similar {
		t.Errorf("got %q in %s, want a miss within tolerance", row.Verdict, row.Tone)
	}
}

// TestIndicatorsThatCannotHaveAChart: what is wrong whatever the figures are is told when the board is loaded.
func TestIndicatorsThatCannotHaveAChart(t *testing.T) {
	t.Parallel()
	proportion := indicators.Definition{Polarity: "low", Measure: indicators.Measure{Proportion: &indicators.Proportion{}}}
	with := func(change func(*indicators.Definition)) indicators.Definition {
		changed := proportion
		change(&changed)
		return changed
	}
	tests := []struct {
		kind       scorecard.ChartKind
		definition indicators.Definition
		want       string
	}{
		{scorecard.FunnelChart, proportion, ""},
		{scorecard.FunnelChart, with(func(d *indicators.Definition) { d.Measure = indicators.Measure{Published: &indicators.Published{}} }), "has no counts"},
		{scorecard.FunnelChart, with(func(d *indicators.Definition) { d.Polarity = "neutral" }), "has no direction"},
		{scorecard.FunnelChart, with(func(d *indicators.Definition) { d.Compare.England = &indicators.Comparator{Unknown: "not-known"} }), "may not be compared"},
		{scorecard.FunnelChart, with(func(d *indicators.Definition) { d.Series = "superseded" }), "is an older series"},
		{scorecard.ControlChart, proportion, ""},
		{scorecard.ControlChart, with(func(d *indicators.Definition) { d.Trend = &indicators.Trend{None: "The publisher warns."} }), "has no trend: The publisher warns"},
		{scorecard.ControlChart, with(func(d *indicators.Definition) { d.Money = true }), "is an amount of money"},
		{scorecard.GradientChart, proportion, "is no slope index"},
		{scorecard.GradientChart, with(func(d *indicators.Definition) { d.Measure = indicators.Measure{Slope: &indicators.Slope{}} }), ""},
		{scorecard.BulletChart, proportion, ""},
		{scorecard.SpineChart, proportion, ""},
	}
	for _, test := range tests {
		reason, hint := scorecard.CannotChart(test.kind, test.definition, test.definition)
		if (test.want == "") != (reason == "") || !strings.HasPrefix(reason, test.want) || (reason == "") != (hint == "") {
			t.Errorf("%s: got %q with %q, want %q", test.kind, reason, hint, test.want)
		}
	}
}
