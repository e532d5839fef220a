package scorecard_test

import (
	"slices"
	"testing"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/scorecard"
)

// TestAPictureOfAGapSaysItsEnds, which are figures and no finding.
func TestAPictureOfAGapSaysItsEnds(t *testing.T) {
	t.Parallel()
	in := withGroups(input(nil, lineOf("births", stats.Similar, stats.CannotCalculate)), "", [2]results.Comparison{{Outcome: stats.Position}, {Outcome: stats.Position}})
	charts := scorecard.Build(in).Pages[0].Charts
	at := slices.IndexFunc(charts, func(c scorecard.Chart) bool { return c.Kind == scorecard.DumbbellChart })
	if at < 0 {
		t.Fatalf("got %d charts, want one of both ends", len(charts))
	}
	if got, want := charts[at].Title, "Births: boys 12.0%, girls 12.0% in 2023"; got != want {
		t.Errorf("got the title %q, want %q", got, want)
	}
	if got, want := charts[at].PartNames, [2]string{"boys", "girls"}; got != want {
		t.Errorf("got the groups %q, want %q as they stand in a sentence", got, want)
	}
}

// TestASmallLineIsNotHeldAgainstABound: over England's lower bound a line would say that the area lies above England.
func TestASmallLineIsNotHeldAgainstABound(t *testing.T) {
	t.Parallel()
	for unknown, want := range map[string]int{"": 2, "other": 1} {
		l := lineOf("births", stats.Similar, stats.CannotCalculate)
		if unknown != "" {
			l.definition.Compare.England = &indicators.Comparator{Unknown: unknown}
		}
		in := input([]string{"births"}, l)
		for _, label := range []string{"2020", "2021", "2022"} {
			in.Results.Values = append(in.Results.Values, []results.Value{{Indicator: "births", Area: ayton, Period: year(label), Estimate: estimate(3)}})
		}
		if got := scorecard.Build(in).Front[0].Spark.Series; len(got) != want {
			t.Errorf("England's value with %q not known: got %d lines, want %d", unknown, len(got), want)
		}
	}
}
