package engine_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"levelfield/engine/stats"
)

// doubleTolerance is for values that their publisher prints as sixteen-digit doubles; the last of those digits are
// noise of binary fractions.
const doubleTolerance = 1e-9

// coarser names keys whose published figure and the figure that the indicator rests on come from two files that print
// differently, and how many decimals both share.
var coarser = map[string]struct {
	decimals int
	why      string
}{
	"lait_neet":     {1, "the interactive tool prints two decimals, the yearly files of local authorities one; the indicator rests on the files"},
	"lait_clif_rel": {1, "one decimal, printed as a double such as 18.399999999999999; the department's own file, on which areas rest, has eight decimals"},
}

// otherQuantile names keys whose publisher made the printed limits with another quantile of the normal distribution than
// the method does, and that quantile: our limits, brought to it, must be the printed ones.
var otherQuantile = map[string]struct {
	quantile float64
	why      string
}{
	"weekly_pay": {1.96, "the survey publishes a coefficient of variation, the file limits made from it with 1.96; the method takes 1.959964"},
}

// unheld are published gaps for which the indicator has no row at all, because its dataset has none for that year.
var unheld = map[string]string{
	"lait_pa 2020": "the absence statistics print no row for 2019/20, when schools closed",
}

// withheld are published percentages that give away what a few people do: ours must be suppressed, and say so.
var withheld = map[string]string{
	"neet_nk_sensup E06000034 2024": "18.6% of 0.3% of 4,851 people: about three of fifteen",
	"neet_nk_ehcp E06000034 2024":   "with the total and the third group it would give that of the fifteen away",
}

// placeholder marks, in the notes of the published values, a zero that stands for nothing.
const placeholder = "PLACEHOLDER"

// manyDigits is from how many decimals on a value is a double printed to its last digit, not a rounded number.
const manyDigits = 12

// comparedRows counts what the test of published values has compared.
type comparedRows struct{ rows, computed, missing, limits, counts, withheld, uncovered int }

func TestPublishedValuesAreReproduced(t *testing.T) {
	t.Parallel()
	published, err := readTable(shared(t, "data/published_values.csv"))
	if err != nil {
		t.Fatal(err)
	}
	mapped, err := readTable("testdata/published_map.csv")
	if err != nil {
		t.Fatal(err)
	}
	b := builtIn(t)
	finest := decimalsOfKeys(published)
	var count comparedRows
	for i := range published.rows {
		row := published.at(i)
		found := mapped.where("key", row.text("indicator_key"))
		if len(found) != 1 {
			t.Errorf("the key %q stands %d times in testdata/published_map.csv, want once", row.text("indicator_key"), len(found))
			continue
		}
		if found[0].text("field") == "byar" {
			count.method(t, row)
			continue
		}
		if found[0].text("indicator") == "" {
			if found[0].text("why_excluded") == "" {
				t.Errorf("the key %q has neither an indicator nor a reason", row.text("indicator_key"))
			}
			continue
		}
		count.compare(t, b, row, found[0], finest[row.text("indicator_key")])
	}
	t.Logf("%d published rows compared: %d of them computed from counts or differences, %d missing on both sides; %d limits and %d counts beside them; %d withheld; %d of a period that is left out",
		count.rows, count.computed, count.missing, count.limits, count.counts, count.withheld, count.uncovered)
	if count.rows < 840 || count.computed < 40 {
		t.Errorf("got %d rows compared and %d computed, want at least 840 and 40", count.rows, count.computed)
	}
	if count.withheld != len(withheld) {
		t.Errorf("got %d published rows withheld, want the %d that disclose", count.withheld, len(withheld))
	}
}

// compare holds one published row against results.csv. A key's finest precision is that of its rows as printed.
func (c *comparedRows) compare(t *testing.T, b built, row, mapped record, finest int) {
	t.Helper()
	period, covered := writtenPeriod(t, mapped.text("period_rule"), row.text("period"))
	if !covered {
		c.uncovered++
		return
	}
	key := valueKey{mapped.text("indicator"), row.text("area_code"), period, mapped.text("breakdown"), mapped.text("category")}
	name := fmt.Sprintf("%s %s %s", row.text("indicator_key"), row.text("area_code"), row.text("period"))
	ours, held := b.results.value(key)
	if why := withheld[name]; why != "" {
		c.withheld++
		if ours.text("value") != "" || ours.text("denominator") != "" || !slices.Contains(strings.Fields(ours.text("status")), "c") {
			t.Errorf("%s: got value %q, denominator %q, status %q, want none and c: %s", name, ours.text("value"), ours.text("denominator"), ours.text("status"), why)
		}
		return
	}
	if missing(row) {
		c.rows++
		c.missing++
		if held && (ours.text("value") != "" || !slices.Contains(strings.Fields(ours.text("status")), "x")) {
			t.Errorf("%s is not available: got value %q, status %q, want no value and status x", name, ours.text("value"), ours.text("status"))
		}
		if !held && unheld[row.text("indicator_key")+" "+row.text("period")] == "" && !strings.Contains(row.text("note"), placeholder) {
			t.Errorf("%s is not available: got no row %+v, want one with status x", name, key)
		}
		return
	}
	if !held {
		t.Errorf("%s: results.csv has no row %+v", name, key)
		return
	}
	c.rows++
	if ours.text("numerator") != "" && ours.text("denominator") != "" || strings.Contains(ours.text("method"), "Newcombe") {
		c.computed++
	}
	field := mapped.text("field")
	if field == "whole" {
		c.counts++
		same(t, name, "denominator", row.text("numerator"), ours, "denominator", 0)
		return
	}
	if places := decimals(row.text("value")); places >= manyDigits {
		finest = places
	}
	same(t, name, field, row.text("value"), ours, field, finest)
	if field != "value" {
		return
	}
	for _, pair := range [][2]string{{"lower_ci95", "lower95"}, {"upper_ci95", "upper95"}} {
		if row.text(pair[0]) != "" {
			c.limits++
			same(t, name, pair[0], row.text(pair[0]), ours, pair[1], decimals(row.text(pair[0])))
		}
	}
	for _, count := range []string{"numerator", "denominator"} {
		if row.text(count) != "" && ours.text(count) != "" {
			c.counts++
			same(t, name, count, row.text(count), ours, count, 0)
		}
	}
}

// method holds the rate of a published count, and its limits, against the method of rates: the row is of no indicator.
func (c *comparedRows) method(t *testing.T, row record) {
	t.Helper()
	events, counted := row.number("numerator")
	people, known := row.number("denominator")
	got := stats.Rate(events, people, 100000)
	if !counted || !known || got.Value == nil || got.Lower95 == nil || got.Upper95 == nil {
		t.Errorf("%s %s: got no rate of %q in %q", row.text("indicator_key"), row.text("period"), row.text("numerator"), row.text("denominator"))
		return
	}
	c.rows++
	c.computed++
	c.limits += 2
	// The publisher's limits are made with 1.96, ours with 1.959964.
	tolerance := map[string]float64{"value": doubleTolerance, "lower_ci95": 1e-4, "upper_ci95": 1e-4}
	for column, ours := range map[string]float64{"value": *got.Value, "lower_ci95": *got.Lower95, "upper_ci95": *got.Upper95} {
		if want, _ := row.number(column); math.Abs(ours-want) > tolerance[column]*want {
			t.Errorf("%s %s %s: got %v, want %s", row.text("indicator_key"), row.text("period"), column, ours, row.text(column))
		}
	}
}

// same holds one of our numbers against the printed one, to the precision at which it is printed.
func same(t *testing.T, name, what, printed string, ours record, column string, places int) {
	t.Helper()
	want, err := strconv.ParseFloat(printed, 64)
	got, held := ours.number(column)
	if err != nil || !held {
		t.Errorf("%s %s: got %q, want %q", name, what, ours.text(column), printed)
		return
	}
	if fewer, found := coarser[strings.Fields(name)[0]]; found && column == "value" {
		places = fewer.decimals
		want = math.Round(want*math.Pow10(places)) / math.Pow10(places)
	}
	if other, found := otherQuantile[strings.Fields(name)[0]]; found && strings.HasSuffix(column, "95") {
		value, _ := ours.number("value")
		got = value + (got-value)*other.quantile/z95
	}
	tolerance := math.Max(0.5*math.Pow10(-places)*(1+doubleTolerance), doubleTolerance)
	if math.Abs(got-want) > tolerance {
		t.Errorf("%s %s: got %v, want %s to %d decimals", name, what, got, printed, places)
	}
}

// missing says whether the publisher printed no number: a hyphen, nothing, or a zero that stands for nothing.
func missing(row record) bool {
	switch row.text("value") {
	case "", "-":
		return true
	}
	value, _ := row.number("value")
	return value == 0 && strings.Contains(row.text("note"), placeholder)
}

// decimals is how many decimals a number is printed with.
func decimals(printed string) int {
	_, fraction, _ := strings.Cut(printed, ".")
	return len(fraction)
}

// decimalsOfKeys is the finest precision at which each key is printed: the publishers drop trailing zeros.
func decimalsOfKeys(published *table) map[string]int {
	finest := map[string]int{}
	for i := range published.rows {
		row := published.at(i)
		if places := decimals(row.text("value")); places < manyDigits {
			finest[row.text("indicator_key")] = max(finest[row.text("indicator_key")], places)
		}
	}
	return finest
}

// periodRules turn a publisher's label of a period into the written form of results.csv, as testdata/README.md says.
var periodRules = map[string]func(published string) string{
	"same":                   func(published string) string { return published },
	"months-djf":             func(year string) string { return "Dec " + yearBefore(year) + " to Feb " + year },
	"months-djf-begun":       func(year string) string { return "Dec " + year + " to Feb " + yearAfter(year) },
	"month-march":            func(year string) string { return year + "-03" },
	"month-september-before": func(year string) string { return yearBefore(year) + "-09" },
	"destination-academic":   func(years string) string { return endingIn(years[:4]) },
	"lait-academic":          endingIn,
	"lait-financial":         endingIn,
	"cohort-academic":        endingIn,
	"split-year":             func(years string) string { return strings.Replace(years, "-", "/", 1) },
	"joined-year":            func(years string) string { return years[:4] + "/" + years[4:] },
	"els-start-calendar":     func(start string) string { return start[:4] },
	"els-start-academic":     beginningIn,
	"els-start-financial":    beginningIn,
	"instant-month":          func(date string) string { return date[:7] },
	"els-start-pooled":       pooledFrom,
	"survey-year":            func(months string) string { return months[len(months)-4:] },
	"year-ending":            func(label string) string { return endingIn(strings.Fields(label)[1]) },
}

func yearBefore(year string) string { return strconv.Itoa(number(year) - 1) }

func yearAfter(year string) string { return strconv.Itoa(number(year) + 1) }

func endingIn(year string) string { return yearBefore(year) + "/" + year[2:] }

func beginningIn(start string) string {
	return start[:4] + "/" + fmt.Sprintf("%02d", (number(start[:4])+1)%100)
}

// pooledFrom is several calendar years taken together: 2022-01-01/P3Y as 2022 to 2024.
func pooledFrom(start string) string {
	_, years, _ := strings.Cut(start, "/P")
	return fmt.Sprintf("%s to %d", start[:4], number(start[:4])+number(strings.TrimSuffix(years, "Y"))-1)
}

func number(digits string) int {
	value, _ := strconv.Atoi(digits)
	return value
}

// writtenPeriod is the period of results.csv; covered is false for periods before the dataset begins or after it ends.
func writtenPeriod(t *testing.T, rule, published string) (written string, covered bool) {
	t.Helper()
	rule, from, limited := strings.Cut(rule, " from ")
	rule, to, ended := strings.Cut(rule, " to ")
	write, known := periodRules[rule]
	if !known {
		t.Fatalf("testdata/published_map.csv names the rule %q, which testdata/README.md does not", rule)
	}
	written = write(published)
	return written, (!limited || endYear(written) >= endYear(from)) && (!ended || endYear(written) <= endYear(to))
}

// endYear is the year in which a written period ends.
func endYear(written string) int {
	if first, second, split := strings.Cut(written, "/"); split {
		return number(first[:2] + second)
	}
	return number(written[len(written)-4:])
}
