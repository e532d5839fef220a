package stats_test

import (
	"strconv"
	"testing"

	"levelfield/engine/stats"
)

// The numbers of this file are published figures for Thurrock and England, and what
// the front page may say of them.

// printed rounds for print, half away from zero as published tables do.
func printed(v *float64, decimals int) string {
	if v == nil {
		return "none"
	}
	half := 5e-9
	if *v < 0 {
		half = -half
	}
	return strconv.FormatFloat(*v+half, 'f', decimals, 64)
}

func wantPrinted(t *testing.T, what string, e stats.Estimate, decimals int, value, lower, upper string) {
	t.Helper()
	got := [3]string{printed(e.Value, decimals), printed(e.Lower95, decimals), printed(e.Upper95, decimals)}
	if want := [3]string{value, lower, upper}; got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// neet is the share of 16 and 17 year olds not in education, employment or training in
// Thurrock, published to one decimal with its cohort. Source: DfE, NEET and
// participation by local authority, 2021 to 2025.
var neet = []struct {
	period        string
	percent, size float64
}{
	{"2021", 2.2, 4170}, {"2022", 2.0, 4452.3}, {"2023", 2.8, 4594}, {"2024", 3.6, 4851}, {"2025", 3.8, 5150},
}

func neetEstimate(i int) stats.Estimate {
	return stats.ProportionFromShare(neet[i].percent/100, neet[i].size, 0.0005, 100)
}

func TestFiguresIntervals(t *testing.T) {
	t.Parallel()
	wantPrinted(t, "NEET 2025", neetEstimate(4), 1, "3.8", "3.3", "4.4")
	wantPrinted(t, "care leavers 2025", stats.Proportion(79, 167, 100), 1, "47.3", "39.9", "54.9")
	wantPrinted(t, "care leavers 17 and 18", stats.Proportion(57, 72, 100), 1, "79.2", "68.4", "86.9")
	wantPrinted(t, "business births 2024", stats.Proportion(1000, 7855, 100), 1, "12.7", "12.0", "13.5")
	wantPrinted(t, "one-year survival", stats.Proportion(985, 1055, 100), 1, "93.4", "91.7", "94.7")
	wantPrinted(t, "learning disability", stats.Proportion(20, 357, 100), 1, "5.6", "3.7", "8.5")
	wantPrinted(t, "employment", stats.PublishedHalfWidth(78.1, 4.0, pointer(0), pointer(100)), 1, "78.1", "74.1", "82.1")
}

func TestFiguresChanges(t *testing.T) {
	t.Parallel()
	wantPrinted(t, "NEET since 2022", stats.Change(neetEstimate(1), neetEstimate(4)), 1, "1.8", "1.1", "2.5")
	participation := func(percent, cohort float64) stats.Estimate {
		return stats.ProportionFromShare(percent/100, cohort, 0.0005, 100)
	}
	wantPrinted(t, "participation since 2022", stats.Change(participation(94.5, 4453), participation(93.2, 5144)),
		1, "-1.3", "-2.3", "-0.3")
}

// The publisher's first file of 2021 is not rounded; the front page's chi-square of
// 36.8 comes with it, and 38.2 with the rounded 2.2%. Both say the same.
func TestFiguresNEETIsRising(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		first, cohort float64
		want          string
	}{
		{2.246383, 4169.667, "36.8"},
		{neet[0].percent, neet[0].size, "38.2"},
	} {
		var points []stats.Point
		for i, year := range neet {
			percent, size := year.percent, year.size
			if i == 0 {
				percent, size = c.first, c.cohort
			}
			points = append(points, stats.Point{
				Period: year.period, Year: 2021 + float64(i),
				Numerator: pointer(percent / 100 * size), Denominator: pointer(size),
			})
		}
		got := stats.RecentTrend(points, stats.Low, true)
		if got.Outcome != stats.GettingWorse || got.From != "2021" || got.To != "2025" || got.Points != 5 {
			t.Errorf("trend: got %+v, want %s from 2021 to 2025 on 5 points", got, stats.GettingWorse)
		}
		if statistic := printed(got.Statistic, 1); statistic != c.want {
			t.Errorf("chi-square from %v%%: got %s, want %s", c.first, statistic, c.want)
		}
	}
}

func TestFiguresVerdicts(t *testing.T) {
	t.Parallel()
	levelThree := stats.Published(58.1, pointer(53.2), pointer(63.0), stats.Linear)
	noQualifications := stats.Published(7.0, pointer(4.5), pointer(9.5), stats.Linear)
	births := stats.Proportion(1000, 7855, 100)
	pay := stats.Published(724, pointer(650), pointer(798), stats.Linear)
	gigabit := stats.PublishedOnly(91.2, "a complete count")
	for _, c := range []struct {
		what     string
		area     stats.Estimate
		england  float64
		polarity stats.Polarity
		want     string
	}{
		{"level 3 or above", levelThree, 67.4, stats.High, stats.Worst},
		{"no qualifications", noQualifications, 6.2, stats.Low, stats.Similar},
		{"care leavers", stats.Proportion(79, 167, 100), 54, stats.High, stats.Similar},
		{"business births", births, 11.2, stats.Neutral, stats.Higher},
		{"one-year survival", stats.Proportion(985, 1055, 100), 93.4, stats.High, stats.Similar},
		{"employment", stats.PublishedHalfWidth(78.1, 4.0, pointer(0), pointer(100)), 76, stats.High, stats.Similar},
		{"pay: at 95%, not at 99.8%", pay, 648, stats.High, stats.Better},
		{"gigabit", gigabit, 85, stats.High, stats.Position},
	} {
		if got := stats.Compare(c.area, &c.england, c.polarity); got.Outcome != c.want {
			t.Errorf("%s: got %s, want %s", c.what, got.Outcome, c.want)
		}
	}
	got := stats.CompareBounded(neetEstimate(4), pointer(3.4), pointer(5.6), stats.Low)
	want := stats.Comparison{Outcome: stats.CannotCompare, Rule: stats.RuleBounded,
		Reason: "the reference lies between 3.4 and 5.6: similar against the first, best against the second"}
	if got != want {
		t.Errorf("NEET: got %+v, want %+v", got, want)
	}
}

// Care leavers from the publisher's counts: similar to England, no significant change.
func TestFiguresCareLeavers(t *testing.T) {
	t.Parallel()
	path := shared(t, "data/dfe-ees-children-social-care/la_care_leavers_activity.csv")
	inActivity, all := map[string]*float64{}, map[string]*float64{}
	for _, r := range readCSV(t, path) {
		if r["new_la_code"] != "E06000034" || r["care_leaver_age"] != "19 to 21 years" {
			continue
		}
		switch r["breakdown"] {
		case "Total in education, employment or training":
			inActivity[r["time_period"]] = r.pointer(t, "care_leaver_count")
		case "Total":
			all[r["time_period"]] = r.pointer(t, "care_leaver_count")
		}
	}
	var points []stats.Point
	for year := 2021; year <= 2025; year++ {
		period := strconv.Itoa(year)
		points = append(points, stats.Point{Period: period, Year: float64(year),
			Numerator: inActivity[period], Denominator: all[period]})
	}
	got := stats.RecentTrend(points, stats.High, true)
	if got.Outcome != stats.NoSignificantChange || got.Points != 5 {
		t.Errorf("trend: got %+v, want %s on 5 points", got, stats.NoSignificantChange)
	}
	change := stats.DifferenceNewcombe(*inActivity["2025"], *all["2025"], *inActivity["2022"], *all["2022"], 100)
	wantPrinted(t, "change since 2022", change, 1, "-4.8", "-15.4", "5.9")
}
