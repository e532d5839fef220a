package stats_test

import (
	"testing"

	"levelfield/engine/stats"
)

// Oracle: R 4.2.2 lm, predict and pt.
func TestForecastTargetAgreesWithReference(t *testing.T) {
	t.Parallel()
	_, points := bySeries(t, shared(t, "vectors/extra_target_in.csv"), func(r row) stats.Point {
		return stats.Point{Period: r["year"], Year: r.must(t, "year"), Estimate: stats.PublishedOnly(r.must(t, "value"), "")}
	})
	compared := 0
	for _, r := range readCSV(t, shared(t, "vectors/extra_target_out.csv")) {
		got := stats.ForecastTarget(points[r["series"]], r.must(t, "year"), stats.AtMost(r.must(t, "target")))
		what := r["series"] + " to " + r["year"]
		for column, number := range map[string]*float64{
			"forecast": got.Value, "slope": got.Slope, "prob_at_or_below": got.Probability, "pi95_l": got.Lower95, "pi95_u": got.Upper95,
		} {
			wantNumber(t, what+" "+column, number, r.must(t, column))
			compared++
		}
	}
	t.Logf("compared %d numbers", compared)
}
