package engine_test

import (
	"strconv"
	"testing"
)

// childhoodLines are lines of FIGURES.md sections 1.1 and 1.3 on children and young people that no other test of
// published values holds: the latest figures of Thurrock and England as that file prints them.
var childhoodLines = []struct{ line, indicator, thurrock, interval, england string }{
	{"A05", "september-guarantee", "99.98%", "", "94.08%"},
	{"A07", "good-level-of-development", "70.1%", "", "68.3%"},
	{"A10", "early-communication", "79.0%", "", "79.5%"},
	{"A10", "early-literacy", "71.6%", "", "70.5%"},
	{"A10", "early-mathematics", "78.9%", "", "77.6%"},
	{"A11", "phonics", "82%", "", "80%"},
	{"A11", "phonics-free-school-meals", "74%", "", "67%"},
	{"A15", "english-maths-grade-5", "45.3%", "", "45.4%"},
	{"A18", "attainment-8-education-plan", "15.9", "", "14.8"},
	{"A18", "attainment-8-special-support", "30.2", "", "33.8"},
	{"A20", "looked-after-attainment-8", "18.5", "", "17.3"},
	{"A20", "looked-after-english-maths", "32% of 19", "15 to 54", "17%"},
	{"A20", "children-in-need-attainment-8", "19.1", "", "17.3"},
	{"A20", "children-in-need-english-maths", "24% of 38", "13 to 39", "18%"},
	{"A20", "children-in-need-key-stage-2", "28%", "", "30%"},
	{"A20", "looked-after-key-stage-2", "50%", "", "37%"},
	{"A22", "persistent-absence-free-school-meals", "29.4%", "", "32.0%"},
	{"A24", "suspensions", "9.4", "", "11.3"},
	{"A24", "permanent-exclusions", "0.07", "", "0.13"},
	{"A25", "education-plans-20-weeks", "48.3%", "", "45.9%"},
	{"A25", "education-plan-pupils", "5.9%", "", "5.3%"},
	{"A25", "special-support-pupils", "12.1%", "", "14.2%"},
	{"A26", "key-stage-4-destinations", "90.9%", "", "91.6%"},
	{"A27", "destinations-16-18", "90.3%", "87.2 to 92.7", "[x]"},
	{"A36", "first-time-entrants", "168", "", "[x]"},
	{"A36", "cautioned-or-sentenced", "26.5", "", "[x]"},
	{"A40", "free-school-meals-primary", "21.9%", "", "24.7%"},
	{"A40", "free-school-meals-secondary", "24.0%", "", "25.8%"},
	{"1.3", "severe-absence", "2.00%", "", "2.39%"},
	{"1.3", "participation-special-needs", "87.5%", "", "87.4%"},
	{"1.3", "education-plan-requests-refused", "38.1%", "34.4 to 41.9", "25.2%"},
}

func TestChildrenAndYoungPeopleAreAsPublished(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	for _, want := range childhoodLines {
		card := b.page(t, "goal-4a", want.indicator).Card
		if card.Value.Text != want.thurrock || card.Value.Interval != want.interval || card.England.Text != want.england {
			t.Errorf("%s %s: got %s (%s) against %s, want %s (%s) against %s", want.line, want.indicator,
				card.Value.Text, card.Value.Interval, card.England.Text, want.thurrock, want.interval, want.england)
		}
	}
}

// childhoodGroups are the groups that FIGURES.md names: A19 (by ethnic group, in place of the closed line) and section 1.3.
var childhoodGroups = []struct{ indicator, category, thurrock, england string }{
	{"attainment-8", "white", "43.2", "44.8"},
	{"attainment-8", "black", "48.6", "46.2"},
	{"key-stage-2-expected-standard", "white", "65", "61"},
	{"key-stage-2-expected-standard", "black", "74", "63"},
	{"key-stage-2-expected-standard", "asian", "80", "71"},
	{"key-stage-2-expected-standard", "mixed", "79", "64"},
}

// childhoodYears are figures of groups and of years that FIGURES.md and the files print, by period: by sex, by special
// need, of children looked after, and of the years before the counts begin.
var childhoodYears = []struct{ indicator, breakdown, category, period, thurrock, england string }{
	{"level-3-by-19-2022", "sex", "female", "2021/22", "62.3", "66.8"},
	{"level-3-by-19-2022", "sex", "male", "2021/22", "50.1", "54.8"},
	{"good-level-of-development", "special-educational-needs", "support", "2024/25", "19.0", "26.4"},
	{"good-level-of-development", "special-educational-needs", "plan", "2024/25", "6.3", "4.0"},
	{"looked-after-key-stage-2", "", "", "2022/23", "50.0", "37.0"},
	{"neet-or-not-known", "special-educational-needs", "none-identified", "Dec 2024 to Feb 2025", "3.4", "4.9"},
	{"neet-or-not-known", "special-educational-needs", "plan", "Dec 2024 to Feb 2025", "9.9", "10.1"},
	{"neet-or-not-known", "special-educational-needs", "support", "Dec 2024 to Feb 2025", "6.1", "9.6"},
	{"neet", "", "", "Dec 2017 to Feb 2018", "1.9", "2.7"},
	{"neet", "", "", "Dec 2018 to Feb 2019", "1.6", "2.6"},
	{"neet", "", "", "Dec 2019 to Feb 2020", "1.6", "2.7"},
	{"not-known", "", "", "Dec 2018 to Feb 2019", "0.0", "2.9"},
	{"neet-or-not-known", "", "", "Dec 2019 to Feb 2020", "1.6", "5.5"},
	{"participation-16-17", "", "", "2017-03", "93.6", "92.1"},
	{"participation-16-17", "", "", "2020-03", "95.2", "92.6"},
	{"care-leavers-19-21", "", "", "2015/16", "58.0", "49.0"},
	{"care-leavers-19-21", "", "", "2019/20", "69.0", "53.0"},
	{"care-leavers-19-21", "", "", "2020/21", "49.2", "52.0"},
}

func TestGroupsAndEarlierYearsAreAsPublished(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	for _, want := range childhoodYears {
		for area, figure := range map[string]string{thurrock: want.thurrock, england: want.england} {
			key := valueKey{indicator: want.indicator, area: area, period: want.period, breakdown: want.breakdown, category: want.category}
			got, held := b.value(t, key).number("value")
			if printed := strconv.FormatFloat(got, 'f', 1, 64); !held || printed != figure {
				t.Errorf("%+v: got %s, want %s", key, printed, figure)
			}
		}
	}
}

func TestEthnicGroupsAreAsPublished(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	for _, want := range childhoodGroups {
		for area, figure := range map[string]string{thurrock: want.thurrock, england: want.england} {
			key := valueKey{indicator: want.indicator, area: area, period: "2024/25", breakdown: "ethnicity", category: want.category}
			if got := b.value(t, key).text("value"); got != figure {
				t.Errorf("%+v: got %s, want %s", key, got, figure)
			}
		}
	}
}

// TestWhatMustNotBeShownOfChildrenIsNot holds a trap of FIGURES.md section 6, the row of England that cannot be a rate, and
// that groups of a handful of pupils are left out.
func TestWhatMustNotBeShownOfChildrenIsNot(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	for _, row := range b.results.where("indicator", "first-time-entrants", "area", england) {
		if row.text("value") != "" {
			t.Errorf("first-time entrants: got %s for England in %s, want no figure", row.text("value"), row.text("period"))
		}
	}
	for _, indicator := range []string{"attainment-8", "key-stage-2-expected-standard", "progress-8", "good-level-of-development"} {
		for _, row := range b.results.where("indicator", indicator, "category", "chinese") {
			t.Errorf("%s: got a figure of a handful of pupils in %s, want none", indicator, row.text("period"))
		}
	}
}
