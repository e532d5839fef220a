package quality_test

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"levelfield/datasets"
	"levelfield/engine/fault"
	"levelfield/engine/quality"
	"levelfield/engine/warehouse"
)

// dataset is what the tables of testdata have in common; a case sets the checks.
func dataset() datasets.Dataset {
	zero, hundred := 0.0, 100.0
	return datasets.Dataset{
		ID: "example", Aggregates: "published", Key: []string{"area", "period", "sex"},
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
		"range":           {Rule: "range", Column: "percent", Minimum: &zero, Maximum: &hundred, Level: "error"},
		"unique":          {Rule: "unique", Level: "error"},
		"inside-interval": {Rule: "inside-interval", Column: "percent", Level: "warn"},
		"completeness":    {Rule: "completeness", Column: "percent", Areas: []string{"E92000001", "E06000034"}, Level: "error"},
		"of-england":      {Rule: "completeness", Areas: []string{"E06000034"}, Of: "E92000001", Level: "error"},
		"parts-sum":       {Rule: "parts-sum", Parts: []string{"low", "high"}, Whole: "percent", Tolerance: 0.1, Level: "warn"},
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

// run loads the rows and gives the faults, one a line.
func run(t *testing.T, d datasets.Dataset, text string) string {
	t.Helper()
	session, err := warehouse.Open(t.Context(), warehouse.Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = session.Close() }()
	var columns []warehouse.Column
	position := map[string]int{}
	for i, column := range d.Columns {
		position[column.Name] = i + 1
		columns = append(columns, warehouse.Column{Name: column.Name, Type: warehouse.Type(column.Type)})
	}
	place := func(row int, column string) fault.Place { return fault.At("figures.csv", row, position[column]) }
	rows := &lines{reader: csv.NewReader(strings.NewReader(text))}
	if _, _, err := rows.Next(); err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	if _, faults, err := session.Load(t.Context(), "example", columns, rows, place); err != nil || len(faults) > 0 {
		t.Fatalf("got %v, %v, want a clean load", faults, err)
	}
	faults, err := quality.Check(t.Context(), session, d, "example", place)
	if err != nil {
		t.Fatal(err)
	}
	if len(faults) == 0 {
		return ""
	}
	return faults.Error() + "\n"
}

// TestRules runs testdata/*.txtar: the name of a file is a check and a word, it holds rows and the faults they have.
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
		name, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(path), ".txtar"), "_")
		d := dataset()
		if check, known := checks()[name]; known {
			d.Checks = []datasets.Check{check}
		}
		if strings.HasPrefix(name, "sum") {
			d.Aggregates = "sum"
		}
		rows, want := string(archive.Files[0].Data), string(archive.Files[1].Data)
		got := run(t, d, rows)
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

func TestFindingsBeyondTheFirstHundredAreCounted(t *testing.T) {
	t.Parallel()
	d := dataset()
	d.Checks = []datasets.Check{checks()["range"]}
	got := run(t, d, "area,period,sex,n,percent,low,high,percent_status\n"+strings.Repeat("A,1,All,1,101,,,\n", 130))
	if !strings.HasSuffix(got, "figures.csv: percent: 30 further findings of this kind\n") || strings.Count(got, "\n") != 101 {
		t.Errorf("got %d lines, want 100 findings and a count of 30 more:\n%.200s", strings.Count(got, "\n"), got)
	}
}

func TestCheckSaysWhatItCannotDo(t *testing.T) {
	t.Parallel()
	session, err := warehouse.Open(t.Context(), warehouse.Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = session.Close() }()
	if err := session.Exec(t.Context(), "CREATE TABLE example (_row BIGINT, n BIGINT)"); err != nil {
		t.Fatal(err)
	}
	place := func(int, string) fault.Place { return fault.Place{} }
	for _, check := range []datasets.Check{
		{Rule: "vs-previous-release"}, {Rule: "inside-interval", Column: "n"}, {Rule: "parts-sum"}, {Rule: "unique"},
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
