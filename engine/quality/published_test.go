package quality_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"levelfield/datasets"
	"levelfield/engine/quality"
	"levelfield/engine/warehouse"
)

// shared is the path of a publisher's file beside the project.
func shared(t *testing.T, file string) string {
	t.Helper()
	root, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(root) == root {
			t.Fatal("found no go.mod above the test")
		}
		root = filepath.Dir(root)
	}
	path := filepath.Join(filepath.Dir(root), "shared", "data", filepath.FromSlash(file))
	if _, err := os.Stat(path); err != nil {
		t.Skip("shared data not present: " + file)
	}
	return path
}

// table makes a table out of a query over a publisher's file.
func table(t *testing.T, session *warehouse.Session, name, query string) {
	t.Helper()
	if err := session.Create(t.Context(), name, query); err != nil {
		t.Fatal(err)
	}
}

// published is a dataset of one value by area and period, with one check.
func published(check datasets.Check) datasets.Dataset {
	return datasets.Dataset{
		ID: "published", Aggregates: "published", Key: []string{"area", "period"}, Series: "current", Periods: datasets.Periods{Kind: "calendar"},
		Columns: []datasets.Column{
			{Name: "area", Role: "area", Type: "text"}, {Name: "period", Role: "period", Type: "text"},
			{Name: "figure", Role: "value", Type: "number"},
			{Name: "low", Role: "lower", Type: "number", Of: "figure"}, {Name: "high", Role: "upper", Type: "number", Of: "figure"},
		},
		Checks: []datasets.Check{check},
	}
}

// messages are the findings of the check on a table, without their row numbers.
func messages(t *testing.T, session *warehouse.Session, d datasets.Dataset, beside quality.Context, name string) []string {
	t.Helper()
	found, err := beside.Check(t.Context(), session, d, name, placeOf(d))
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, f := range found {
		message := f.Message
		if _, after, numbered := strings.Cut(message, ": "); numbered && strings.HasPrefix(message, "row ") {
			message = after
		}
		said = append(said, message)
	}
	return said
}

// TestFirstTimeEntrants: the Department's table has a rate of 1,258 first-time entrants for England in 2024, among
// regions of 98 to 181: their sum. Every year since 2016 is like this, and no region is.
func TestFirstTimeEntrants(t *testing.T) {
	t.Parallel()
	file, session, areas := shared(t, "dfe-lait/bds_long_0.parquet"), open(t), builtInAreas(t)
	var codes []string
	for _, area := range areas.All() {
		if current, found := areas.Resolve(area.DfeCode); found && current.Code == area.Code {
			codes = append(codes, fmt.Sprintf("(%s, %s)", warehouse.Literal(area.DfeCode), warehouse.Literal(area.Code)))
		}
	}
	table(t, session, "entrants", fmt.Sprintf(`SELECT row_number() OVER () AS _row, codes.code AS area, "Years" AS period, try_cast("Values" AS DOUBLE) AS figure, NULL::DOUBLE AS low, NULL::DOUBLE AS high `+
		`FROM read_parquet(%s) JOIN (VALUES %s) AS codes(dfe, code) ON codes.dfe = "LA Number"::INTEGER::VARCHAR WHERE "Short Desc" = 'FirstYJS'`,
		warehouse.Literal(file), strings.Join(codes, ", ")))
	d := published(datasets.Check{Rule: "parent-range", Column: "figure", Level: "warn"})
	got := messages(t, session, d, quality.Context{Areas: areas}, "entrants")
	if len(got) != 9 || !strings.HasPrefix(got[0], "read 3071 for E92000001 (England) in 2016") {
		t.Errorf("got %q, want England in the nine years from 2016 to 2024", got)
	}
	want := "read 1258 for E92000001 (England) in 2024, but the 9 areas in it read 98 to 181 and add up to about as much"
	if !slices.Contains(got, want) {
		t.Errorf("got %q, want %q among them", got, want)
	}
}

// TestIncomeUnderTwoCodes: the income file holds Thurrock under the council's code and under that of the statistical
// territory.
func TestIncomeUnderTwoCodes(t *testing.T) {
	t.Parallel()
	session := open(t)
	table(t, session, "income", "SELECT row_number() OVER () AS _row, areacd AS area, left(period, 4) AS period, observation::DOUBLE AS figure, NULL::DOUBLE AS low, NULL::DOUBLE AS high "+
		"FROM read_csv("+warehouse.Literal(shared(t, "ons-explore-local-statistics/gross-disposable-household-income-per-head.csv"))+", all_varchar = true, normalize_names = false)")
	d := published(datasets.Check{Rule: "duplicate-place", Level: "warn"})
	got := messages(t, session, d, quality.Context{Areas: builtInAreas(t)}, "income")
	if want := "read the same 27 figures under E06000034 and TLH32"; !slices.Contains(got, want) {
		t.Errorf("got %d findings, want %q among them: %.300v", len(got), want, got)
	}
}

// TestWeeklyPayRevised: Thurrock's pay of 2023 was 627 in the file of December 2023 and is 634.5 in the later one.
func TestWeeklyPayRevised(t *testing.T) {
	t.Parallel()
	before, after, session := shared(t, "ons-explore-local-statistics-older/weekly-pay_IDS_2023-12.csv"), shared(t, "ons-explore-local-statistics/gross-median-weekly-pay.csv"), open(t)
	table(t, session, "before", `SELECT row_number() OVER () AS _row, "AREACD" AS area, "Period" AS period, try_cast("Observation" AS DOUBLE) AS figure, `+
		`try_cast("Lower Confidence Interval (95%)" AS DOUBLE) AS low, try_cast("Upper Confidence Interval (95%)" AS DOUBLE) AS high FROM read_csv(`+warehouse.Literal(before)+", all_varchar = true)")
	table(t, session, "after", "SELECT row_number() OVER () AS _row, areacd AS area, left(period, 4) AS period, try_cast(observation AS DOUBLE) AS figure, "+
		"try_cast(lci_95 AS DOUBLE) AS low, try_cast(uci_95 AS DOUBLE) AS high FROM read_csv("+warehouse.Literal(after)+", all_varchar = true)")
	d := published(datasets.Check{Rule: "previous-release", Column: "figure", Areas: []string{"E06000034"}, Level: "warn"})
	got := messages(t, session, d, quality.Context{Previous: "before"}, "after")
	if want := "read 634.5 for E06000034, 2023, the previous release had 627: moved by +7.5, 0.2 standard errors"; !slices.Contains(got, want) {
		t.Errorf("got %q, want %q among them", got, want)
	}
}
