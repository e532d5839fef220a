package engine_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"levelfield/engine"
	"levelfield/scorecard"
)

// sharedRun is the folder of the built-in project's one run, for all tests of the package; TestMain removes it.
var sharedRun string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	folder, err := os.MkdirTemp("", "levelfield-engine-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(folder) }()
	sharedRun = folder
	return m.Run()
}

// built is what the built-in project's run published.
type built struct {
	out                          string
	report                       engine.Report
	results, comparisons, trends *table
	boards                       map[string]scorecard.Model
}

var buildOnce = sync.OnceValues(func() (built, error) {
	b := built{out: filepath.Join(sharedRun, "out"), boards: map[string]scorecard.Model{}}
	var err error
	if b.report, err = engine.Build(context.Background(), engine.Options{
		Out: b.out, State: filepath.Join(sharedRun, "state"), Now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), Version: "test",
	}); err != nil {
		return built{}, err
	}
	for name, into := range map[string]**table{"results": &b.results, "comparisons": &b.comparisons, "trends": &b.trends} {
		if *into, err = readTable(filepath.Join(b.out, "data", name+".csv")); err != nil {
			return built{}, err
		}
	}
	for _, id := range b.report.Boards {
		text, err := os.ReadFile(filepath.Join(b.out, "data", "model", id+".json"))
		if err != nil {
			return built{}, err
		}
		var model scorecard.Model
		if err := json.Unmarshal(text, &model); err != nil {
			return built{}, fmt.Errorf("model %s: %w", id, err)
		}
		b.boards[id] = model
	}
	return b, nil
})

// builtIn is the built-in project's run, made once for the whole package.
func builtIn(t *testing.T) built {
	t.Helper()
	b, err := buildOnce()
	if err != nil {
		t.Fatalf("build the built-in project: %v", err)
	}
	return b
}

// page is the page of an indicator of a board.
func (b built) page(t *testing.T, board, indicator string) scorecard.Page {
	t.Helper()
	for _, page := range b.boards[board].Pages {
		if page.Card.Indicator == indicator {
			return page
		}
	}
	t.Fatalf("the board %s has no page of %s", board, indicator)
	return scorecard.Page{}
}

// value is a row of results.csv.
func (b built) value(t *testing.T, key valueKey) record {
	t.Helper()
	row, found := b.results.value(key)
	if !found {
		t.Fatalf("results.csv has no row %+v", key)
	}
	return row
}

// The areas of the tests.
const (
	thurrock = "E06000034"
	england  = "E92000001"
)

// valueKey names one row of results.csv.
type valueKey struct{ indicator, area, period, breakdown, category string }

// table is a CSV file with its columns by name.
type table struct {
	columns map[string]int
	rows    [][]string
	byKey   map[valueKey]int
}

// record is one row of a table.
type record struct {
	table *table
	cells []string
}

func readTable(path string) (*table, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	reader := csv.NewReader(file)
	reader.FieldsPerRecord = -1
	rows, err := reader.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s is empty", path)
	}
	t := &table{columns: map[string]int{}, rows: rows[1:], byKey: map[valueKey]int{}}
	for i, name := range rows[0] {
		t.columns[strings.TrimPrefix(name, "\ufeff")] = i
	}
	if _, keyed := t.columns["indicator"]; !keyed {
		return t, nil
	}
	for i := range t.rows {
		r := t.at(i)
		t.byKey[valueKey{r.text("indicator"), r.text("area"), r.text("period"), r.text("breakdown"), r.text("category")}] = i
	}
	return t, nil
}

func (t *table) at(i int) record { return record{t, t.rows[i]} }

func (t *table) value(key valueKey) (record, bool) {
	i, found := t.byKey[key]
	if !found {
		return record{}, false
	}
	return t.at(i), true
}

// where are the rows in which every named column holds the value beside it.
func (t *table) where(columnsAndValues ...string) []record {
	var found []record
	for i := range t.rows {
		r, fits := t.at(i), true
		for c := 0; c < len(columnsAndValues); c += 2 {
			fits = fits && r.text(columnsAndValues[c]) == columnsAndValues[c+1]
		}
		if fits {
			found = append(found, r)
		}
	}
	return found
}

// text is a cell; a column that the table does not have is empty.
func (r record) text(column string) string {
	i, known := r.table.columns[column]
	if !known || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}

// number is a cell as a number; ok is false where it is empty or no number.
func (r record) number(column string) (value float64, ok bool) {
	value, err := strconv.ParseFloat(r.text(column), 64)
	return value, err == nil
}

// shared is the folder of the publishers' files beside the repository; the test is skipped where it is absent.
func shared(t *testing.T, inside string) string {
	t.Helper()
	path := filepath.Join(repository(t), "..", "shared", filepath.FromSlash(inside))
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.Skip("shared data not present: " + inside)
	}
	return path
}

// repository is the folder that holds go.mod.
func repository(t *testing.T) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		if filepath.Dir(folder) == folder {
			t.Fatal("no go.mod above the tests")
		}
		folder = filepath.Dir(folder)
	}
}
