package quality_test

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"levelfield/datasets"
	"levelfield/engine/fault"
	"levelfield/engine/quality"
	"levelfield/engine/schedule"
	"levelfield/engine/warehouse"
	"levelfield/seeds"
)

// dataset is what the tables of testdata have in common; a case sets the checks.
func dataset() datasets.Dataset {
	zero, hundred := 0.0, 100.0
	return datasets.Dataset{
		ID: "example", File: "dataset.yaml", Aggregates: "published", Series: "current", Periods: datasets.Periods{Kind: "calendar"},
		Key: []string{"area", "period", "sex"},
		Columns: []datasets.Column{
			{Name: "area", Role: "area", Type: "text"}, {Name: "period", Role: "period", Type: "text"},
			{Name: "sex", Role: "category", Type: "text", Total: "All"},
			{Name: "n", Role: "count", Type: "integer", Minimum: &zero},
			{Name: "percent", Role: "value", Type: "number"},
			{Name: "low", Role: "lower", Type: "number", Of: "percent"},
			{Name: "high", Role: "upper", Type: "number", Of: "percent", Maximum: &hundred},
			{Name: "percent_status", Role: "status", Type: "text", Of: "percent"},
		},
	}
}

// checks are the checks that the files of testdata name in their first word.
func checks() map[string]datasets.Check {
	zero, hundred := 0.0, 100.0
	return map[string]datasets.Check{
		"range":            {Rule: "range", Column: "percent", Minimum: &zero, Maximum: &hundred, Level: "error"},
		"unique":           {Rule: "unique", Level: "error"},
		"inside-interval":  {Rule: "inside-interval", Column: "percent", Level: "warn"},
		"completeness":     {Rule: "completeness", Column: "percent", Areas: []string{"E92000001", "E06000034"}, Level: "error"},
		"sum-completeness": {Rule: "completeness", Column: "percent", Areas: []string{"E92000001", "E06000034"}, Level: "error"},
		"of-england":       {Rule: "completeness", Areas: []string{"E06000034"}, Of: "E92000001", Level: "error"},
		"from":             {Rule: "completeness", Areas: []string{"E06000034"}, From: "2024", Level: "error"},
		"parts-sum":        {Rule: "parts-sum", Parts: []string{"low", "high"}, Whole: "percent", Tolerance: 0.1, Level: "warn"},

		"england-row":      {Rule: "england-row", Column: "percent", Level: "error"},
		"parent-range":     {Rule: "parent-range", Column: "percent", Tolerance: 0.05, Level: "warn"},
		"duplicate-place":  {Rule: "duplicate-place", Level: "warn"},
		"unit":             {Rule: "unit", Column: "percent", Level: "error"},
		"unit-ratio":       {Rule: "unit", Column: "percent", Unit: "ratio", Level: "error"},
		"obsolete-area":    {Rule: "obsolete-area", Level: "warn"},
		"freshness":        {Rule: "freshness", Level: "warn"},
		"previous-release": {Rule: "previous-release", Column: "percent", Level: "warn"},
		"previous-of":      {Rule: "previous-release", Column: "percent", Areas: []string{"E06000034"}, Level: "warn"},
		"agreement":        {Rule: "agreement", Column: "percent", With: "other/percent", Why: "these stand, with their counts", Tolerance: 0.1, Level: "warn"},
		"agreement-of":     {Rule: "agreement", Column: "percent", With: "other/percent", Why: "these stand", Areas: []string{"E06000034"}, Level: "error"},
	}
}

type lines struct {
	reader *csv.Reader
	row    int
}

func (l *lines) Next() (int, []string, error) {
	cells, err := l.reader.Read()
	l.row++
	return l.row, cells, err
}

// load makes a table of CSV text.
func load(t *testing.T, session *warehouse.Session, d datasets.Dataset, table, text string) {
	t.Helper()
	var columns []warehouse.Column
	for _, column := range d.Columns {
		columns = append(columns, warehouse.Column{Name: column.Name, Type: warehouse.Type(column.Type)})
	}
	rows := &lines{reader: csv.NewReader(strings.NewReader(text))}
	if _, _, err := rows.Next(); err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	if _, faults, err := session.Load(t.Context(), table, columns, slices.Values([]warehouse.Rows{rows}), placeOf(d)); err != nil || len(faults) > 0 {
		t.Fatalf("got %v, %v, want a clean load", faults, err)
	}
}

func placeOf(d datasets.Dataset) func(row int, column string) fault.Place {
	position := map[string]int{}
	for i, column := range d.Columns {
		position[column.Name] = i + 1
	}
	return func(row int, column string) fault.Place { return fault.At("figures.csv", row, position[column]) }
}

// open is an empty database for one test.
func open(t *testing.T) *warehouse.Session {
	t.Helper()
	session, err := warehouse.Open(t.Context(), warehouse.Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session
}

// known is what is known beside the tables of testdata: the areas of testdata/areas.csv, and 25 June 2026.
func known(t *testing.T) quality.Context {
	t.Helper()
	areas, faults := seeds.LoadAreas(os.DirFS("testdata"), "areas.csv")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return quality.Context{Areas: areas, Today: time.Date(2026, 6, 25, 9, 30, 0, 0, time.UTC), Deadline: schedule.Deadline}
}

// run loads the rows, and the release before or the other dataset where there is one, and gives the faults, one a line.
func run(t *testing.T, d datasets.Dataset, text, previous string) string {
	t.Helper()
	session, beside := open(t), known(t)
	load(t, session, d, "example", text)
	if previous != "" {
		beside.Previous = "before"
		load(t, session, d, beside.Previous, previous)
	}
	faults, err := beside.Check(t.Context(), session, d, "example", placeOf(d))
	if err != nil {
		t.Fatal(err)
	}
	other := d
	other.ID, other.Publisher, other.Release = "other", "Another publisher", "May 2026"
	beside.Others = map[string]quality.Other{"other": {Dataset: other, Table: beside.Previous}}
	found, err := beside.Agree(t.Context(), session, d, "example", placeOf(d))
	if err != nil {
		t.Fatal(err)
	}
	faults.Add(found...)
	if len(faults) == 0 {
		return ""
	}
	return faults.Error() + "\n"
}

// TestRules runs testdata/*.txtar: the name of a file is a check and a word, it holds rows and the faults they have. A
// third file is the release before, or the other dataset; "next release", "missing" and the like in the comment set these of
// the dataset.
func TestRules(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	passed, failed := map[string]bool{}, map[string]bool{}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		d := described(path, string(archive.Comment))
		rows, want, previous := string(archive.Files[0].Data), string(archive.Files[1].Data), ""
		if len(archive.Files) > 2 {
			previous = string(archive.Files[2].Data)
		}
		got := run(t, d, rows, previous)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: faults (-want +got):\n%s", path, diff)
		}
		for _, check := range d.Checks {
			passed[check.Rule] = passed[check.Rule] || got == ""
			failed[check.Rule] = failed[check.Rule] || got != ""
		}
	}
	for _, rule := range quality.Rules() {
		if !passed[rule] || !failed[rule] {
			t.Errorf("rule %s: got passing %v and failing %v, want a table for each", rule, passed[rule], failed[rule])
		}
	}
}

// described is the dataset of a file of testdata.
func described(path, comment string) datasets.Dataset {
	name, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(path), ".txtar"), "_")
	d := dataset()
	if check, known := checks()[name]; known {
		d.Checks = []datasets.Check{check}
	}
	if strings.HasPrefix(name, "sum") {
		d.Aggregates = "sum"
	}
	for line := range strings.Lines(comment) {
		setting, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch setting {
		case "next release":
			d.NextRelease = value
		case "series":
			d.Series = value
		case "released":
			d.Released = value
		case "projected":
			d.Periods.Projected = true
		case "minimum":
			d.Columns[3].Minimum = nil
		case "missing":
			d.Missing = []datasets.Missing{{What: "England", Why: "Not in the file.", Area: value}}
		}
	}
	return d
}

// TestPartialTables holds a table that lacks what could not be read to the rules for what is there, and to no other.
func TestPartialTables(t *testing.T) {
	t.Parallel()
	session, d, beside := open(t), dataset(), known(t)
	beside.Partial = true
	d.Checks = []datasets.Check{checks()["completeness"], checks()["england-row"], checks()["range"]}
	load(t, session, d, "example", "area,period,sex,n,percent,low,high,percent_status\nE06000034,2023,All,1,101,,,\n")
	faults, err := beside.Check(t.Context(), session, d, "example", placeOf(d))
	if want := "figures.csv:2:5: percent: row 2: read 101, expected at least 0 and at most 100"; err != nil || faults.Error() != want {
		t.Errorf("got %q and %v, want %q", faults.Error(), err, want)
	}
}

// TestEarlierReleases lets a measure be without figures in a release of before it began, and no release without any.
func TestEarlierReleases(t *testing.T) {
	t.Parallel()
	const heading = "area,period,sex,n,percent,low,high,percent_status\n"
	session, d, earlier := open(t), dataset(), known(t)
	d.Checks = nil
	earlier.Earlier = true
	load(t, session, d, "begun", heading+strings.Repeat("E06000034,2023,All,1,,,,x\n", 40))
	load(t, session, d, "blank", heading+strings.Repeat("E06000034,2023,All,,,,,x\n", 40))
	for _, test := range []struct {
		table string
		known quality.Context
		want  int
	}{{"begun", known(t), 1}, {"begun", earlier, 0}, {"blank", earlier, 2}} {
		faults, err := test.known.Check(t.Context(), session, d, test.table, placeOf(d))
		if err != nil || len(faults) != test.want {
			t.Errorf("%s, earlier %v: got %v and %v, want %d faults", test.table, test.known.Earlier, faults, err, test.want)
		}
	}
}

// TestTheSchemaNamesTheRules holds the rules that a dataset.yaml may name against those that there are.
func TestTheSchemaNamesTheRules(t *testing.T) {
	t.Parallel()
	field, _ := reflect.TypeFor[datasets.Check]().FieldByName("Rule")
	var named []string
	for part := range strings.SplitSeq(field.Tag.Get("jsonschema"), ",") {
		named = append(named, strings.TrimPrefix(part, "enum="))
	}
	slices.Sort(named)
	if diff := cmp.Diff(quality.Rules(), named); diff != "" {
		t.Errorf("rules (-got +named in datasets.Check):\n%s", diff)
	}
}

func TestFindingsBeyondTheFirstHundredAreCounted(t *testing.T) {
	t.Parallel()
	d := dataset()
	d.Checks = []datasets.Check{checks()["range"]}
	got := run(t, d, "area,period,sex,n,percent,low,high,percent_status\n"+strings.Repeat("A,1,All,1,101,,,\n", 130), "")
	if !strings.HasSuffix(got, "figures.csv: percent: 30 further findings of this kind\n") || strings.Count(got, "\n") != 101 {
		t.Errorf("got %d lines, want 100 findings and a count of 30 more:\n%.200s", strings.Count(got, "\n"), got)
	}
}

func TestCheckSaysWhatItCannotDo(t *testing.T) {
	t.Parallel()
	session := open(t)
	if err := session.Exec(t.Context(), "CREATE TABLE example (_row BIGINT, n BIGINT)"); err != nil {
		t.Fatal(err)
	}
	place := func(int, string) fault.Place { return fault.Place{} }
	for _, check := range []datasets.Check{
		{Rule: "vs-previous-release"}, {Rule: "inside-interval", Column: "n"}, {Rule: "parts-sum"}, {Rule: "unique"},
		{Rule: "parent-range", Column: "n"}, {Rule: "duplicate-place"}, {Rule: "obsolete-area"}, {Rule: "freshness"}, {Rule: "unit"},
	} {
		d := datasets.Dataset{ID: "example", Key: []string{"absent"}, Checks: []datasets.Check{check}}
		if _, err := quality.Check(t.Context(), session, d, "example", place); err == nil {
			t.Errorf("%s: got no error, want one", check.Rule)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	d := datasets.Dataset{ID: "example", Key: []string{"n"}, Checks: []datasets.Check{{Rule: "unique"}}}
	if _, err := quality.Check(ctx, session, d, "example", place); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want cancelled", err)
	}
}
