package engine_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"levelfield/engine/stats"
)

// trendThreshold is the 99.8% quantile of chi-square with one degree of freedom (R 4.2.2: qchisq(0.998, 1)).
const trendThreshold = 9.54953570608324

// TestEveryTrendRestsOnItsPeriods holds trends.csv: a significant trend has five periods and a statistic above the
// threshold, and both ends are rows of results.csv.
func TestEveryTrendRestsOnItsPeriods(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	significant := 0
	for i := range b.trends.rows {
		row := b.trends.at(i)
		name := row.text("indicator") + " " + row.text("area") + " " + row.text("category")
		for _, end := range []string{"from", "to"} {
			key := valueKey{row.text("indicator"), row.text("area"), row.text(end), row.text("breakdown"), row.text("category")}
			if value, held := b.results.value(key); row.text(end) != "" && (!held || value.text("value") == "") {
				t.Errorf("%s: the period %s has no value", name, row.text(end))
			}
		}
		statistic, known := row.number("statistic")
		points, _ := row.number("points")
		switch outcome := row.text("outcome"); outcome {
		case stats.CannotCalculate:
			if known {
				t.Errorf("%s: got a statistic of a trend that cannot be calculated", name)
			}
		case stats.NoSignificantChange:
			if !known || points != 5 {
				t.Errorf("%s: got %s from %v points, want five and a statistic", name, outcome, points)
			}
		default:
			significant++
			if statistic <= trendThreshold || points != 5 {
				t.Errorf("%s: got %s with chi-square %v from %v points, want five and more than %v", name, outcome, statistic, points, trendThreshold)
			}
		}
	}
	if significant == 0 {
		t.Error("got no significant trend, want that of NEET at least")
	}
}

// TestWhatIsNotPublishedIsTold holds that wherever Thurrock has a headline figure England has a row, with a figure or
// with the reason for none, and the other way round.
func TestWhatIsNotPublishedIsTold(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	other := map[string]string{thurrock: england, england: thurrock}
	for i := range b.results.rows {
		row := b.results.at(i)
		beside, watched := other[row.text("area")]
		if !watched || row.text("breakdown") != "" {
			continue
		}
		key := valueKey{indicator: row.text("indicator"), area: beside, period: row.text("period")}
		if found, held := b.results.value(key); !held || found.text("value") == "" && found.text("reason") == "" {
			t.Errorf("%+v: got no row or no reason beside that of %s", key, row.text("area"))
		}
	}
}

// TestNoSeriesReachesBeyondItsBasis holds the series that FIGURES section 5 forbids to join: each stays on its side.
func TestNoSeriesReachesBeyondItsBasis(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	for _, want := range []struct{ indicator, from, to, why string }{
		{"children-low-income", "2021/22", "", "the series was rebased in 2026"},
		{"level-3-or-above", "2022", "", "the regulated framework begins with 2022"},
		{"level-3-nvq", "", "2021", "vocational levels end with 2021"},
		{"good-level-of-development-2013-2018", "", "2017/18", "the old framework's counts"},
		{"no-qualifications", "2022", "", "the regulated framework begins with 2022"},
		{"children-low-income-2021", "", "2020/21", "withdrawn, and calibrated otherwise than the series that begins with 2021/22"},
		{"children-absolute-low-income", "", "2020/21", "withdrawn with the relative series of the same release"},
		{"children-low-income-2016", "", "2016", "it ended with the benefits that it counted"},
		{"fuel-poverty", "2022", "", "low income and low energy efficiency"},
		{"fuel-poverty-2018", "", "2018", "low income and high costs"},
		{"income-deprivation", "2025", "", "the edition of 2025 counts otherwise"},
		{"income-deprivation-2019", "", "2019", "the edition of 2019"},
		{"employment-deprivation", "2025", "", "the edition of 2025 counts otherwise"},
		{"learning-achievements", "", "2020/21", "of 2021/22 a part of the year is held, which may not stand beside whole ones"},
		{"key-stage-4-destinations-2022", "", "2021/22", "the older method, and the pupils' year instead of the year after"},
		{"neet-or-not-known-2017-2019", "", "Dec 2018 to Feb 2019", "an earlier publication"},
	} {
		held := 0
		for _, row := range b.results.where("indicator", want.indicator) {
			period := row.text("period")
			if want.from != "" && period < want.from || want.to != "" && period > want.to {
				t.Errorf("%s has the period %s: %s", want.indicator, period, want.why)
			}
			held++
		}
		if held == 0 {
			t.Errorf("%s has no row: the test would hold nothing", want.indicator)
		}
	}
}

// TestNoPercentageOfAFewPeopleIsHeld holds that of NEET by special educational need no percentage of a few people is
// published, that of about fifteen in Thurrock least of all, and none of the sister groups from which it would follow.
func TestNoPercentageOfAFewPeopleIsHeld(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	for _, indicator := range []string{"neet", "not-known"} {
		for _, row := range b.results.where("indicator", indicator) {
			if row.text("breakdown") != "" {
				t.Errorf("%s is broken down by %s", indicator, row.text("breakdown"))
			}
		}
	}
	shown, hidden := 0, 0
	for _, row := range b.results.where("indicator", "neet-or-not-known", "breakdown", "special-educational-needs") {
		name := row.text("area") + " " + row.text("period") + " " + row.text("category")
		share, held := row.number("value")
		people, known := row.number("denominator")
		if row.text("area") == thurrock && row.text("period") == "Dec 2023 to Feb 2024" {
			hidden++
			if held || known || row.text("numerator") != "" || row.text("status") != "c" {
				t.Errorf("%s: got %q of %q with status %q, want nothing but c", name, row.text("value"), row.text("denominator"), row.text("status"))
			}
		}
		if !held {
			continue
		}
		shown++
		if counted := math.Round(people * share / 100); !known || people < 50 || counted >= 1 && counted < 5 {
			t.Errorf("%s: got %v%% of %v people, which tells of a few of them", name, share, people)
		}
	}
	if shown < 1000 || hidden != 3 {
		t.Errorf("got %d figures and %d hidden ones of Thurrock, want a thousand and 3", shown, hidden)
	}
}

// TestTheFiguresHoldNoPercentageOfAFewPeople holds the file that the repository carries to the same: where one group of an
// authority and year is withheld, all are, so that none follows from the total.
func TestTheFiguresHoldNoPercentageOfAFewPeople(t *testing.T) {
	t.Parallel()
	figures, err := readTable("../datasets/dfe-neet/figures.csv")
	if err != nil {
		t.Fatal(err)
	}
	withheld := map[string]int{}
	for _, category := range []string{"none-identified", "support", "plan"} {
		for _, row := range figures.where("special_educational_needs", category) {
			if row.text("neet_not_known_percent_status") != "c" {
				continue
			}
			withheld[row.text("area")+" "+row.text("period")]++
			for _, column := range []string{"cohort", "group_percent", "neet_percent", "not_known_percent", "neet_not_known_percent"} {
				if row.text(column) != "" {
					t.Errorf("%s %s %s: got %s = %s in a row that is withheld", row.text("area"), row.text("period"), category, column, row.text(column))
				}
			}
		}
	}
	if withheld[thurrock+" Dec 2023 to Feb 2024"] != 3 {
		t.Errorf("got %d groups of Thurrock withheld in the winter of 2023/24, want 3", withheld[thurrock+" Dec 2023 to Feb 2024"])
	}
	for place, groups := range withheld {
		if groups != 3 {
			t.Errorf("%s: got %d groups withheld, want all 3", place, groups)
		}
	}
}

// TestRowsAreInOrder holds the order of results.csv, which makes two publications comparable line by line.
func TestRowsAreInOrder(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	last := ""
	for i := range b.results.rows {
		row := b.results.at(i)
		key := strings.Join([]string{row.text("indicator"), row.text("breakdown"), row.text("category"), row.text("area"), row.text("period_end"), row.text("period")}, "\x00")
		if key <= last {
			t.Fatalf("results.csv:%d stands before its predecessor: %q", i+2, strings.Split(key, "\x00"))
		}
		last = key
	}
}

// TestFrontAndSectionsShowPartners holds that an indicator never stands in a table of a board without those that it is
// never shown without.
func TestFrontAndSectionsShowPartners(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	partners := map[string][]string{"neet": {"not-known", "neet-or-not-known"}, "not-known": {"neet"}, "level-3-by-19-gap": {"level-3-by-19"}}
	for id, model := range b.boards {
		tables := map[string][]string{}
		for _, card := range model.Front {
			tables["front"] = append(tables["front"], card.Indicator)
		}
		for _, goal := range model.Goals {
			for _, table := range goal.Tables {
				for _, card := range table.Cards {
					tables[goal.Code+" "+table.Title] = append(tables[goal.Code+" "+table.Title], card.Indicator)
				}
			}
		}
		for table, shown := range tables {
			for indicator, needed := range partners {
				for _, partner := range needed {
					if slices.Contains(shown, indicator) && !slices.Contains(shown, partner) {
						t.Errorf("%s, %s: %s is shown without %s", id, table, indicator, partner)
					}
				}
			}
		}
	}
}
