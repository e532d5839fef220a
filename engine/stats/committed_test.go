package stats_test

import (
	"strings"
	"testing"

	"levelfield/engine/stats"
)

// The tests of this file run on oracles kept in testdata, each row of which names its
// own; they hold on a clone that has nothing beside it.

func TestProportionOracle(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, "testdata/wilson.csv") {
		got := stats.Proportion(r.must(t, "x"), r.must(t, "n"), 1)
		limits, offered := limitsAt(got, r.must(t, "confidence"))
		if !offered {
			continue
		}
		what := r["x"] + "/" + r["n"] + " (" + r["oracle"] + ")"
		wantNumber(t, what+" lower", limits.Lower, r.must(t, "lower"))
		wantNumber(t, what+" upper", limits.Upper, r.must(t, "upper"))
		compared += 2
	}
	t.Logf("compared %d numbers", compared)
}

func TestRateOracle(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, "testdata/poisson.csv") {
		count := r.must(t, "x")
		got := stats.Rate(count, 1, 1)
		limits, offered := limitsAt(got, r.must(t, "confidence"))
		if !offered || count >= 10 {
			continue
		}
		what := r["x"] + " (" + r["oracle"] + ")"
		wantNumber(t, what+" lower", limits.Lower, r.must(t, "lower"))
		wantNumber(t, what+" upper", limits.Upper, r.must(t, "upper"))
		compared += 2
	}
	t.Logf("compared %d numbers", compared)
}

func TestDifferenceNewcombeOracle(t *testing.T) {
	t.Parallel()
	compared := 0
	for _, r := range readCSV(t, "testdata/newcombe.csv") {
		x1, n1, x2, n2 := r.must(t, "x1"), r.must(t, "n1"), r.must(t, "x2"), r.must(t, "n2")
		got := stats.DifferenceNewcombe(x1, n1, x2, n2, 1)
		limits, _ := limitsAt(got, r.must(t, "confidence"))
		what := strings.Join([]string{r["x1"], r["n1"], r["x2"], r["n2"]}, " ")
		wantNumber(t, what+" lower", limits.Lower, r.must(t, "lower"))
		wantNumber(t, what+" upper", limits.Upper, r.must(t, "upper"))

		mover := stats.DifferenceMover(stats.Proportion(x1, n1, 1), stats.Proportion(x2, n2, 1))
		limits, _ = limitsAt(mover, r.must(t, "confidence"))
		wantNumber(t, what+" lower by MOVER", limits.Lower, r.must(t, "lower"))
		wantNumber(t, what+" upper by MOVER", limits.Upper, r.must(t, "upper"))
		compared += 4
	}
	t.Logf("compared %d numbers", compared)
}

func TestRecentTrendOracle(t *testing.T) {
	t.Parallel()
	statistics := map[string]float64{}
	for _, r := range readCSV(t, "testdata/cochran_armitage.csv") {
		statistics[r["series"]] = r.must(t, "statistic")
	}
	order, points := bySeries(t, "testdata/cochran_armitage.csv", func(r row) stats.Point { return countPoint(t, r) })
	for _, series := range order {
		got := stats.RecentTrend(points[series], stats.Low, true)
		wantNumber(t, series+" chi-square", got.Statistic, statistics[series])
	}
	t.Logf("compared %d numbers", len(order))
}
