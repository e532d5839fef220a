package stats_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"levelfield/engine/stats"
)

// chart makes points of numbered periods; a NaN is a missing value.
func chart(values ...float64) []stats.ControlPoint {
	points := make([]stats.ControlPoint, len(values))
	for i, v := range values {
		points[i] = stats.ControlPoint{Period: "t" + string(rune('A'+i)), Value: &v}
		if math.IsNaN(v) {
			points[i].Value = nil
		}
	}
	return points
}

// repeated is a number of equal values.
func repeated(v float64, count int) []float64 {
	values := make([]float64, count)
	for i := range values {
		values[i] = v
	}
	return values
}

// rulesOf are the rules of the points, with a dash for none.
func rulesOf(c stats.ControlChart) string {
	words := make([]string, len(c.Points))
	for i, p := range c.Points {
		if words[i] = p.Rule; p.Rule == "" {
			words[i] = "-"
		}
	}
	return strings.Join(words, " ")
}

func TestControlCannot(t *testing.T) {
	t.Parallel()
	twice := chart(1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2)
	twice[3].Period = twice[2].Period
	for _, c := range []struct {
		what    string
		points  []stats.ControlPoint
		options stats.ControlOptions
		reason  string
	}{
		{"eleven", chart(1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1), stats.ControlOptions{}, "fewer than 12 points"},
		{"eleven with a hole", chart(1, 2, 1, 2, 1, 2, math.NaN(), 1, 2, 1, 2, 1), stats.ControlOptions{}, "fewer than 12 points"},
		{"none", nil, stats.ControlOptions{}, "fewer than 12 points"},
		{"a short baseline", chart(1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2), stats.ControlOptions{Baseline: 11}, "a baseline of fewer than 12 points"},
		{"one period twice", twice, stats.ControlOptions{}, "two values for one period (tC)"},
		// About the mean 6.5 the products of neighbours add to 107.25 and the squares to 143 (R 4.2.2).
		{"years that follow each other", chart(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), stats.ControlOptions{Annual: true},
			"each year is much like the one before (autocorrelation 0.75): limits would be too narrow"},
	} {
		got := stats.Control(c.points, c.options)
		if got.Status != stats.StatusUnavailable || got.Reason != c.reason || got.Assurance != "" || got.Variation != "" {
			t.Errorf("%s: got %q (%s), want %q", c.what, got.Reason, got.Status, c.reason)
		}
		for _, p := range got.Points {
			if p.Mean != nil || p.LowerLimit != nil || p.UpperLimit != nil || p.Rule != "" || p.Variation != "" {
				t.Errorf("%s: got %+v, want a value and nothing else", c.what, p)
			}
		}
	}
	monthly := stats.Control(chart(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), stats.ControlOptions{})
	if monthly.Status != "" {
		t.Errorf("the same by the month: got %s, want limits", monthly.Reason)
	}
	step := chart(append(repeated(5, 6), 4, 6, 5, 4, 6, 5, 15, 16, 14, 15, 16, 14, 15, 16, 14, 15, 16, 14)...)
	if got := stats.Control(step, stats.ControlOptions{Annual: true}); got.Status == "" {
		t.Error("a step in yearly values: got limits, want none: it looks like autocorrelation")
	}
	step[12].Rebase = true
	if got := stats.Control(step, stats.ControlOptions{Annual: true}); got.Status != "" {
		t.Errorf("a step that is known: got %s, want limits on either side", got.Reason)
	}
}

// The reference screens away every moving range that is not zero, puts the limits on the mean and flags all points.
func TestControlDoesNotCollapse(t *testing.T) {
	t.Parallel()
	spike := chart(append(repeated(5, 10), 9, 5, 5, 5, 5)...)
	screened := stats.Control(spike, stats.ControlOptions{Screen: true})
	if diff := cmp.Diff([]string{"not screened: every moving range would have been left out"}, screened.Warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	// By hand: two ranges of 4 in fourteen, 2.66 x 8/14 = 1.52 about the mean 79/15 = 5.27: only the spike lies outside,
	// and the ten fives before it are a run below the mean.
	if got, want := rulesOf(screened), strings.Repeat("below-mean ", 10)+"above-limit - - - -"; got != want {
		t.Errorf("rules: got %s, want %s", got, want)
	}
	wantNumber(t, "upper limit", screened.Points[0].UpperLimit, 79.0/15+2.66*8/14)
	constant := stats.Control(chart(repeated(0.1, 13)...), stats.ControlOptions{Polarity: stats.High, Target: pointer(0)})
	if constant.Status != "" || constant.Variation != stats.CommonCause || constant.Assurance != "" || constant.Reason != "no limits from tA: no variation" {
		t.Errorf("constant: got %+v, want common cause, no assurance and the reason", constant)
	}
	for _, p := range constant.Points {
		if p.Mean == nil || *p.Mean != 0.1 || p.LowerLimit != nil || p.Rule != "" {
			t.Fatalf("constant: got %+v, want a mean of exactly 0.1 and no limits", p)
		}
	}
	after := stats.Control(chart(append(repeated(5, 12), 7)...), stats.ControlOptions{Baseline: 12})
	if last := after.Points[12]; last.Mean == nil || last.UpperLimit != nil || last.Variation != "" || after.Variation != "" {
		t.Errorf("a change after a baseline without variation: got %+v, want no word on it", last)
	}
	huge := stats.Control(chart(append(repeated(0, 11), math.MaxFloat64, -math.MaxFloat64)...), stats.ControlOptions{})
	if huge.Reason != "no limits from tA: result is too large to hold" {
		t.Errorf("too large: got %q", huge.Reason)
	}
}

func TestControlRules(t *testing.T) {
	t.Parallel()
	// The baseline of twelve swings by 2 about 10: limits at 10 -/+ 5.32, near limits at 10 -/+ 3.546.
	base := []float64{9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11}
	const quiet = "- - - - - - - - - - - - "
	nan := math.NaN()
	for _, c := range []struct {
		what string
		then []float64
		want string
	}{
		{"outside", []float64{15.4, 4.6}, "above-limit below-limit"},
		{"on the limit", []float64{10 + 2.66*2, 9}, "- -"},
		{"two of three near", []float64{9, 14, 11, 14}, "- near-upper-limit - near-upper-limit"},
		{"two of three, one below the mean", []float64{9, 14, 9.9, 14}, "- - - -"},
		{"two near the lower limit", []float64{6, 6, 9}, "near-lower-limit near-lower-limit -"},
		{"outside is not near", []float64{9, 15.4, 14, 11}, "- above-limit - -"},
		{"a hole between", []float64{9, 14, nan, 14}, "- - - -"},
		{"seven above", []float64{9, 11, 10.1, 11, 10.1, 11, 10.1, 11}, "- above-mean above-mean above-mean above-mean above-mean above-mean above-mean"},
		{"six and a hole and six", []float64{9, 11, 10.1, 11, 10.1, 11, 10.1, nan, 11, 10.1, 11, 10.1, 11, 10.1}, "- - - - - - - - - - - - - -"},
		{"on the mean ends a run", []float64{9, 11, 10.1, 11, 10, 11, 10.1, 11}, "- - - - - - - -"},
		{"seven rising", []float64{7, 8, 9, 9.5, 10.5, 11, 12}, "rising rising rising rising rising rising rising"},
		{"a tie ends a trend", []float64{7, 8, 9, 9, 10.5, 11, 12}, "- - - - - - -"},
		{"up and down: the turn is of the later", []float64{7, 8, 9, 9.5, 10.5, 11, 12, 11.5, 10.5, 9.5, 9, 8, 7},
			"rising rising rising rising rising rising falling falling falling falling falling falling falling"},
		{"a trend before near limits", []float64{7, 8, 9, 9.5, 10.5, 13.7, 13.8}, "rising rising rising rising rising rising rising"},
	} {
		got := stats.Control(chart(append(append([]float64{}, base...), c.then...)...), stats.ControlOptions{Baseline: 12})
		if want := quiet + c.want; rulesOf(got) != want {
			t.Errorf("%s: got %s, want %s", c.what, rulesOf(got), want)
		}
	}
}

func TestControlRebaseTooShort(t *testing.T) {
	t.Parallel()
	points := chart(9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 20, 21, 20)
	points[12].Rebase = true
	got := stats.Control(points, stats.ControlOptions{Polarity: stats.High, Target: pointer(15)})
	if got.Points[11].LowerLimit == nil || got.Points[12].Mean != nil || got.Points[14].Variation != "" {
		t.Errorf("got %+v, want limits before the rebase and none after", got.Points)
	}
	if got.Reason != "no limits from tM: fewer than 12 points" || got.Assurance != "" || got.Variation != "" {
		t.Errorf("got %q, %q, %q, want the reason and no verdict on the latest", got.Reason, got.Assurance, got.Variation)
	}
}

func TestControlAssurance(t *testing.T) {
	t.Parallel()
	base := chart(9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11)
	for _, c := range []struct {
		target   *float64
		polarity stats.Polarity
		want     string
	}{
		{pointer(16), stats.High, stats.ConsistentFail}, {pointer(4), stats.High, stats.ConsistentPass},
		{pointer(16), stats.Low, stats.ConsistentPass}, {pointer(4), stats.Low, stats.ConsistentFail},
		{pointer(10), stats.High, stats.Inconsistent}, {pointer(10 + 2.66*2), stats.High, stats.Inconsistent},
		{nil, stats.High, ""}, {pointer(16), stats.Neutral, ""}, {pointer(math.NaN()), stats.High, ""},
	} {
		got := stats.Control(base, stats.ControlOptions{Polarity: c.polarity, Target: c.target})
		if got.Assurance != c.want || (got.Probability != nil) != (c.want != "") {
			t.Errorf("target %v, %s is good: got %q, want %q with a probability", c.target, c.polarity, got.Assurance, c.want)
		}
	}
	// The deviation is 2 / 1.128. Oracle: R 4.2.2 pnorm((12 - 10) / (2 / 1.128), lower.tail = FALSE).
	got := stats.Control(base, stats.ControlOptions{Polarity: stats.High, Target: pointer(12)})
	wantNumber(t, "probability", got.Probability, 0.12965995957034823)
}

func TestLongTrendThins(t *testing.T) {
	t.Parallel()
	// Three-year periods, a year apart: of fifteen, five do not overlap.
	var rolling []stats.Point
	for i := range 15 {
		x := float64(100 + 20*i)
		rolling = append(rolling, stats.Point{Period: "p" + string(rune('A'+i)), Year: float64(2005 + i), Span: 3, Numerator: &x, Denominator: pointer(1000)})
	}
	got := stats.LongTrend(rolling, stats.High, true)
	if got.Points != 5 || got.From != "pC" || got.To != "pO" || got.Outcome != stats.GettingBetter {
		t.Errorf("got %+v, want five points from pC to pO, getting better", got)
	}
	if want := "10 of 15 periods left out because they overlap"; !strings.HasSuffix(got.Reason, want) {
		t.Errorf("reason: got %q, want it to end with %q", got.Reason, want)
	}
	short := stats.LongTrend(rolling[3:], stats.High, true)
	if want := "fewer than five periods; 8 of 12 periods left out because they overlap"; short.Outcome != stats.CannotCalculate || short.Reason != want {
		t.Errorf("twelve: got %s (%s), want %s (%s)", short.Outcome, short.Reason, stats.CannotCalculate, want)
	}
	twice := append(rolling[:0:0], rolling...)
	twice[13].Year = twice[14].Year
	if double := stats.LongTrend(twice, stats.High, true); double.Reason != "two values for one period (pO); 9 of 15 periods left out because they overlap" {
		t.Errorf("one period twice: got %q", double.Reason)
	}
	rising := series(100, 100, 130, 160, 190, 220, 250)
	if all := stats.LongTrend(rising, stats.Low, true); all.Points != 7 || all.Outcome != stats.GettingWorse || all.From != "period 1" {
		t.Errorf("seven years: got %+v, want all of them, getting worse", all)
	}
}
