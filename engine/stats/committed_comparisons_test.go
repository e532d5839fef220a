package stats_test

import (
	"testing"

	"levelfield/engine/stats"
)

// The oracles of this file are written by testdata/comparisons.R, by base R alone.

func TestMiettinenNurminenOracle(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, "testdata/miettinen_nurminen.csv") {
		got := stats.DifferenceMiettinenNurminen(r.must(t, "x1"), r.must(t, "n1"), r.must(t, "x2"), r.must(t, "n2"), 1)
		limits, _ := limitsAt(got, r.must(t, "confidence"))
		what := r["x1"] + "/" + r["n1"] + " less " + r["x2"] + "/" + r["n2"]
		wantNumber(t, what+" lower", limits.Lower, r.must(t, "lower"))
		wantNumber(t, what+" upper", limits.Upper, r.must(t, "upper"))
		compared += 2
	}
	t.Logf("compared %d numbers", compared)
}

func TestMoverCorrelatedOracle(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, "testdata/mover_correlated.csv") {
		first := stats.Published(r.must(t, "t1"), r.pointer(t, "l1"), r.pointer(t, "u1"), stats.Linear)
		second := stats.Published(r.must(t, "t2"), r.pointer(t, "l2"), r.pointer(t, "u2"), stats.Linear)
		got := stats.DifferenceMoverCorrelated(first, second, r.must(t, "correlation"))
		what := r["t1"] + " less " + r["t2"] + " at " + r["correlation"]
		wantNumber(t, what+" lower", got.Lower95, r.must(t, "lower"))
		wantNumber(t, what+" upper", got.Upper95, r.must(t, "upper"))
		compared += 2
	}
	t.Logf("compared %d numbers", compared)
}

func TestRateRatiosOracle(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, "testdata/rate_ratios.csv") {
		x1, n1, x2, n2 := r.must(t, "x1"), r.must(t, "n1"), r.must(t, "x2"), r.must(t, "n2")
		for prefix, got := range map[string]stats.Estimate{
			"exact": stats.RatioRatesExact(x1, n1, x2, n2), "log": stats.RatioRatesLog(x1, n1, x2, n2),
		} {
			limits, _ := limitsAt(got, r.must(t, "confidence"))
			what := prefix + " of " + r["x1"] + " and " + r["x2"]
			wantNumber(t, what+" value", got.Value, r.must(t, "ratio"))
			wantNumber(t, what+" lower", limits.Lower, r.must(t, prefix+"_lower"))
			wantNumber(t, what+" upper", limits.Upper, r.must(t, prefix+"_upper"))
			compared += 3
		}
	}
	t.Logf("compared %d numbers", compared)
}

func TestLongTrendOracle(t *testing.T) {
	t.Parallel()
	type series struct {
		points                []stats.Point
		cases, sizes, periods []float64
		want                  row
	}
	byName := map[string]*series{}
	for _, r := range readCSV(t, "testdata/long_trends.csv") {
		s := byName[r["series"]]
		if s == nil {
			s = &series{want: r}
			byName[r["series"]] = s
		}
		p := countPoint(t, r)
		p.Estimate = stats.Published(r.must(t, "value"), r.pointer(t, "lower"), r.pointer(t, "upper"), stats.Linear)
		s.points = append(s.points, p)
		s.cases, s.sizes, s.periods = append(s.cases, *p.Numerator), append(s.sizes, *p.Denominator), append(s.periods, p.Year)
	}
	compared := 0
	for name, s := range byName {
		counts, values := stats.LongTrend(s.points, stats.High, true), stats.LongTrend(s.points, stats.High, false)
		test := stats.CochranArmitage(s.cases, s.sizes, s.periods)
		if counts.Points != len(s.points) || counts.Rule != stats.RuleAll {
			t.Errorf("series %s: got %d points by %s, want %d by %s", name, counts.Points, counts.Rule, len(s.points), stats.RuleAll)
		}
		wantNumber(t, name+" chi-square", counts.Statistic, s.want.must(t, "chi2"))
		wantNumber(t, name+" chi-square by itself", test.Statistic, s.want.must(t, "chi2"))
		wantNumber(t, name+" p", test.Probability, s.want.must(t, "p"))
		wantNumber(t, name+" slope of the logit", counts.Slope, s.want.must(t, "logit_slope"))
		wantNumber(t, name+" weighted slope", values.Slope, s.want.must(t, "weighted_slope"))
		wantNumber(t, name+" weighted chi-square", values.Statistic, s.want.must(t, "weighted_chi2"))
		compared += 6
	}
	t.Logf("compared %d numbers", compared)
}

func TestPoissonFunnelOracle(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, "testdata/poisson_funnel.csv") {
		expected := r.must(t, "expected")
		got := stats.FunnelRatio(expected, 1)
		for column, limit := range map[string]*float64{
			"lower95": got.Lower95, "upper95": got.Upper95, "lower998": got.Lower998, "upper998": got.Upper998,
		} {
			wantNumber(t, r["expected"]+" expected, "+column, limit, r.must(t, column)/expected)
			compared++
		}
	}
	t.Logf("compared %d numbers", compared)
}

func TestForecastOracle(t *testing.T) {
	t.Parallel()
	rows := map[string]row{}
	for _, r := range readCSV(t, "testdata/forecasts.csv") {
		rows[r["series"]] = r
	}
	_, points := bySeries(t, "testdata/forecasts.csv", func(r row) stats.Point {
		return stats.Point{Period: r["year"], Year: r.must(t, "year"), Estimate: stats.PublishedOnly(r.must(t, "value"), "")}
	})
	compared := 0
	for series, r := range rows {
		got := stats.ForecastTarget(points[series], r.must(t, "to"), stats.AtMost(r.must(t, "target")))
		above := stats.ForecastTarget(points[series], r.must(t, "to"), stats.AtLeast(r.must(t, "target")))
		atLeast := 1 - r.must(t, "at_most")
		for column, number := range map[string]*float64{
			"forecast": got.Value, "slope": got.Slope, "lower95": got.Lower95, "upper95": got.Upper95,
			"lower998": got.Lower998, "upper998": got.Upper998, "at_most": got.Probability,
		} {
			wantNumber(t, series+" "+column, number, r.must(t, column))
			compared++
		}
		wantNumber(t, series+" at least", above.Probability, atLeast)
		// A target that is met already asks for no change.
		if required := r.must(t, "required"); required < 0 {
			wantNumber(t, series+" required change", got.RequiredChange, required)
		} else {
			wantNumber(t, series+" required change", got.RequiredChange, 0)
			wantNumber(t, series+" required change upwards", above.RequiredChange, required)
		}
		compared += 2
	}
	t.Logf("compared %d numbers", compared)
}

func TestTargetProbabilityOracle(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, "testdata/beta_binomial.csv") {
		for column, target := range map[string]stats.Target{
			"at_least": stats.AtLeast(r.must(t, "target")), "at_most": stats.AtMost(r.must(t, "target")),
		} {
			got, reason := stats.TargetProbability(r.must(t, "x"), r.must(t, "n"), r.must(t, "m"), target)
			if reason != "" {
				t.Errorf("%s of %s: got the reason %q, want a probability", r["x"], r["n"], reason)
			}
			wantNumber(t, r["x"]+" of "+r["n"]+" "+column, got, r.must(t, column))
			compared++
		}
	}
	t.Logf("compared %d numbers", compared)
}

func TestQuintileBoundsOracle(t *testing.T) {
	t.Parallel()
	lists, rows := map[string][]*float64{}, map[string]row{}
	for _, r := range readCSV(t, "testdata/quintiles.csv") {
		lists[r["list"]], rows[r["list"]] = append(lists[r["list"]], r.pointer(t, "value")), r
	}
	compared := 0
	for list, values := range lists {
		bounds, reason := stats.QuintileBounds(values)
		if reason != "" {
			t.Fatalf("list %s: got the reason %q, want bounds", list, reason)
		}
		for i, bound := range bounds {
			wantNumber(t, "list "+list, &bound, rows[list].must(t, "b"+string(rune('0'+i))))
			compared++
		}
	}
	t.Logf("compared %d numbers", compared)
}

func TestControlOracle(t *testing.T) {
	t.Parallel()
	type run struct{ series, screen, baseline string }
	rows := map[run][]row{}
	for _, r := range readCSV(t, "testdata/control_charts.csv") {
		key := run{r["series"], r["screen"], r["baseline"]}
		rows[key] = append(rows[key], r)
	}
	compared := 0
	for key, of := range rows {
		points := make([]stats.ControlPoint, len(of))
		for i, r := range of {
			points[i] = stats.ControlPoint{Period: r["t"], Value: r.pointer(t, "value")}
		}
		options := stats.ControlOptions{Polarity: stats.High, Screen: key.screen == "TRUE", Baseline: int(of[0].must(t, "baseline"))}
		chart := stats.Control(points, options)
		for i, r := range of {
			what := "series " + key.series + " at " + r["t"]
			wantNumber(t, what+" mean", chart.Points[i].Mean, r.must(t, "mean"))
			wantNumber(t, what+" lower limit", chart.Points[i].LowerLimit, r.must(t, "lower"))
			wantNumber(t, what+" upper limit", chart.Points[i].UpperLimit, r.must(t, "upper"))
			if chart.Points[i].Rule != r["rule"] {
				t.Errorf("%s rule: got %q, want %q", what, chart.Points[i].Rule, r["rule"])
			}
			compared += 4
		}
	}
	t.Logf("compared %d values", compared)
}
