package engine_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// z95 is the 97.5% quantile of the normal distribution (R 4.2.2: qnorm(0.975)).
const z95 = 1.959963984540054

// limitTolerance is for limits worked out twice, by two arrangements of one formula.
const limitTolerance = 1e-9

// counts are a numerator and a denominator as a publisher printed them.
type counts struct{ numerator, denominator float64 }

// wilson is Wilson's interval in per cent by the textbook's formula (Wilson 1927): the oracle of the limits below.
func wilson(p, n float64) (lower, upper float64) {
	middle := (p + z95*z95/(2*n)) / (1 + z95*z95/n)
	half := z95 / (1 + z95*z95/n) * math.Sqrt(p*(1-p)/n+z95*z95/(4*n*n))
	return 100 * (middle - half), 100 * (middle + half)
}

// holdCounts holds a row of results.csv against counts out of a publisher's file.
func holdCounts(t *testing.T, b built, indicator, area, period string, want counts) {
	t.Helper()
	row := b.value(t, valueKey{indicator: indicator, area: area, period: period})
	lower, upper := wilson(want.numerator/want.denominator, want.denominator)
	for column, number := range map[string]float64{
		"numerator": want.numerator, "denominator": want.denominator, "value": 100 * want.numerator / want.denominator,
		"lower95": lower, "upper95": upper,
	} {
		got, held := row.number(column)
		if !held || math.Abs(got-number) > limitTolerance {
			t.Errorf("%s %s %s %s: got %q, want %v", indicator, area, period, column, row.text(column), number)
		}
	}
}

func TestNEETAgainstTheYearlyFiles(t *testing.T) {
	t.Parallel()
	columns := map[string]string{"neet": "NEET_percent", "not-known": "Notknown_percent", "neet-or-not-known": "NEET_not_known_percent"}
	for year := 2021; year <= 2025; year++ {
		file, err := readTable(shared(t, fmt.Sprintf("data/dfe-neet-nccis/neet_%d.csv", year)))
		if err != nil {
			t.Fatal(err)
		}
		b := builtIn(t)
		period := fmt.Sprintf("Dec %d to Feb %d", year-1, year)
		for area, rows := range map[string][]record{
			thurrock: file.where("new_la_code", thurrock, "Age", "16-17"),
			england:  file.where("geographic_level", "National", "Age", "16-17"),
		} {
			if len(rows) != 1 {
				t.Fatalf("%d: got %d rows of %s, want 1", year, len(rows), area)
			}
			for indicator, column := range columns {
				holdShare(t, b.value(t, valueKey{indicator: indicator, area: area, period: period}), rows[0], column)
			}
		}
	}
}

// holdShare holds a published share of a cohort: the value as printed, no numerator, and Wilson's limits at the two
// ends of the rounding, half of a tenth of a per cent either way.
func holdShare(t *testing.T, got, file record, column string) {
	t.Helper()
	name := got.text("indicator") + " " + got.text("area") + " " + got.text("period")
	percent, _ := file.number(column)
	cohort, _ := file.number("Cohort_DJFavg")
	if value, _ := got.number("value"); math.Abs(value-percent) > limitTolerance {
		t.Errorf("%s: got %v, want %v", name, value, percent)
	}
	if denominator, _ := got.number("denominator"); denominator != cohort {
		t.Errorf("%s: got the denominator %v, want the cohort %v", name, denominator, cohort)
	}
	if got.text("numerator") != "" {
		t.Errorf("%s: got the numerator %s, want none: the publisher prints no count", name, got.text("numerator"))
	}
	lower, _ := wilson(math.Max(0, percent/100-0.0005), cohort)
	_, upper := wilson(math.Min(1, percent/100+0.0005), cohort)
	for limit, want := range map[string]float64{"lower95": lower, "upper95": upper} {
		if value, held := got.number(limit); !held || math.Abs(value-want) > 1e-6 {
			t.Errorf("%s %s: got %q, want %v", name, limit, got.text(limit), want)
		}
	}
}

func TestGoodLevelOfDevelopmentFromCounts(t *testing.T) {
	t.Parallel()
	file, err := readTable(shared(t, "data/dfe-ees-school-la/EYFSP_APS_GLD_ELG_underlying_data_2013_2018.csv"))
	if err != nil {
		t.Fatal(err)
	}
	b := builtIn(t)
	compared := 0
	for _, row := range file.where("characteristic", "Total") {
		area := row.text("new_la_code")
		if row.text("geographic_level") == "National" {
			area = england
		}
		if area != thurrock && area != england {
			continue
		}
		year := row.text("time_period")
		good, _ := row.number("gld_number")
		children, _ := row.number("number_of_children")
		holdCounts(t, b, "good-level-of-development-2013-2018", area, year[:4]+"/"+year[4:], counts{good, children})
		compared++
	}
	if compared != 12 {
		t.Errorf("got %d rows compared, want six years of Thurrock and of England", compared)
	}
}

func TestCareLeaversFromCounts(t *testing.T) {
	t.Parallel()
	file, err := readTable(shared(t, "data/dfe-ees-children-social-care/la_care_leavers_activity.csv"))
	if err != nil {
		t.Fatal(err)
	}
	b := builtIn(t)
	lines := map[string]string{
		"care-leavers-19-21":     "Total in education, employment or training",
		"care-leavers-neet":      "Total not in education, employment or training",
		"care-leavers-not-known": "Total information not known",
	}
	for year := 2021; year <= 2025; year++ {
		for area, columns := range map[string][]string{
			thurrock: {"new_la_code", thurrock}, england: {"geographic_level", "National"},
		} {
			count := func(breakdown string) float64 {
				rows := file.where(append(columns, "time_period", strconv.Itoa(year), "care_leaver_age", "19 to 21 years", "breakdown", breakdown)...)
				if len(rows) != 1 {
					t.Fatalf("%d %s %s: got %d rows, want 1", year, area, breakdown, len(rows))
				}
				number, _ := rows[0].number("care_leaver_count")
				return number
			}
			for indicator, breakdown := range lines {
				period := fmt.Sprintf("%d/%02d", year-1, year%100)
				holdCounts(t, b, indicator, area, period, counts{count(breakdown), count("Total")})
			}
		}
	}
}

func TestBusinessBirthsFromCounts(t *testing.T) {
	t.Parallel()
	path := shared(t, "data/ons-business-demography/businessdemographyexceltables2024.xlsx")
	b := builtIn(t)
	births, active := workbookCounts(t, path, "Table 1.1"), workbookCounts(t, path, "Table 3.1")
	for year := 2019; year <= 2024; year++ {
		for _, area := range []string{thurrock, england} {
			key := area + " " + strconv.Itoa(year)
			if births[key] == 0 || active[key] == 0 {
				t.Fatalf("%s: the workbook has births %v and active businesses %v, want both", key, births[key], active[key])
			}
			holdCounts(t, b, "business-births", area, strconv.Itoa(year), counts{births[key], active[key]})
		}
	}
}

// workbookCounts are the counts of one table of the workbook, whose years stand on four sheets, by area and year.
func workbookCounts(t *testing.T, path, table string) map[string]float64 {
	t.Helper()
	file, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	found := map[string]float64{}
	for _, sheet := range []string{"a", "b", "c", "d"} {
		rows, err := file.GetRows(table + sheet)
		if err != nil {
			t.Fatal(err)
		}
		var years []string
		for _, row := range rows {
			if len(row) > 2 && strings.TrimSpace(row[0]+row[1]) == "" {
				years = row
				continue
			}
			for i := 2; i < len(row) && i < len(years); i++ {
				if count, err := strconv.ParseFloat(strings.ReplaceAll(row[i], ",", ""), 64); err == nil {
					found[strings.TrimSpace(row[0])+" "+strings.TrimSpace(years[i])] = count
				}
			}
		}
	}
	return found
}

// TestTheOracleOfTheseTests holds the formula above against R's limits, so that it is not our own arithmetic twice.
func TestTheOracleOfTheseTests(t *testing.T) {
	t.Parallel()
	vectors, err := readTable("stats/testdata/wilson.csv")
	if err != nil {
		t.Fatal(err)
	}
	for i := range vectors.rows {
		row := vectors.at(i)
		if confidence, _ := row.number("confidence"); confidence != 0.95 {
			continue
		}
		x, _ := row.number("x")
		n, _ := row.number("n")
		lower, upper := wilson(x/n, n)
		for limit, got := range map[string]float64{"lower": lower, "upper": upper} {
			if want, _ := row.number(limit); math.Abs(got-100*want) > limitTolerance {
				t.Errorf("%v of %v %s: got %v, want %v (%s)", x, n, limit, got, 100*want, row.text("oracle"))
			}
		}
	}
}
