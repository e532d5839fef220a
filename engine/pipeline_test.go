package engine_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"levelfield/engine"
	"levelfield/engine/fault"
)

// pipelineTolerance is relative: expected numbers are printed with at least twelve digits by their oracles.
const pipelineTolerance = 1e-11

// TestPipeline runs every project of testdata/pipeline, one a file: its comment says where the expected numbers come
// from, testdata/pipeline-base.txtar what every project shares. A file under want/ is what must come out:
// results.csv, comparisons.csv, trends.csv and targets.csv hold rows by their key columns, absent.csv keys that no row may have,
// and faults.txt all the faults of a project that must publish nothing.
func TestPipeline(t *testing.T) {
	t.Parallel()
	base, err := txtar.ParseFile("testdata/pipeline-base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	cases, err := filepath.Glob("testdata/pipeline/*.txtar")
	if err != nil || len(cases) < 12 {
		t.Fatalf("got %d cases (%v), want those of testdata/pipeline", len(cases), err)
	}
	for _, file := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(archive.Comment) == 0 {
				t.Error("got no comment, want one that names the oracle of the expected numbers")
			}
			project, want := projectOf(base, archive)
			runPipeline(t, project, want)
		})
	}
}

// projectOf is the project of a case, and what it wants. The heads of the base stand before the definitions of the
// case.
func projectOf(base, archive *txtar.Archive) (project fstest.MapFS, want map[string]string) {
	project, want = fstest.MapFS{}, map[string]string{}
	heads := map[string][]byte{}
	for _, file := range base.Files {
		if kind, head := strings.CutPrefix(file.Name, "heads/"); head {
			heads[kind] = file.Data
			continue
		}
		project[file.Name] = &fstest.MapFile{Data: file.Data}
	}
	for _, file := range archive.Files {
		name, wanted := strings.CutPrefix(file.Name, "want/")
		switch {
		case wanted:
			want[name] = string(file.Data)
			continue
		case path.Base(name) == "dataset.yaml":
			head := heads["dataset.yaml"]
			if bytes.HasPrefix(file.Data, []byte("source:")) { // a case that says itself how its file is laid out
				head = bytes.Replace(head, []byte("source: {kind: csv, file: figures.csv}\n"), nil, 1)
			}
			file.Data = slices.Concat(head, file.Data)
		case path.Dir(name) == "indicators":
			file.Data = slices.Concat(heads["indicator.yaml"], file.Data)
		}
		project[name] = &fstest.MapFile{Data: file.Data}
	}
	return project, want
}

func runPipeline(t *testing.T, project fs.FS, want map[string]string) {
	t.Helper()
	folder := t.TempDir()
	out := filepath.Join(folder, "out")
	_, err := engine.Build(context.Background(), engine.Options{
		Project: project, Out: out, State: filepath.Join(folder, "state"), Now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), Version: "test",
	})
	if expected, faulty := want["faults.txt"]; faulty {
		holdFaults(t, err, expected, out)
		return
	}
	if err != nil {
		t.Fatalf("build: %v", err)
	}
	held := 0
	for _, name := range []string{"results.csv", "comparisons.csv", "trends.csv", "targets.csv"} {
		if want[name] == "" {
			continue
		}
		got, err := readTable(filepath.Join(out, "data", name))
		if err != nil {
			t.Fatal(err)
		}
		held += holdRows(t, name, got, want[name])
	}
	if want["absent.csv"] != "" {
		got, err := readTable(filepath.Join(out, "data", "results.csv"))
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range wantedRows(t, want["absent.csv"]) {
			held++
			if found := matching(got, row); len(found) != 0 {
				t.Errorf("results.csv: got the row %v, want none with %v", found[0].cells, row.cells)
			}
		}
	}
	if held == 0 {
		t.Error("the case wants nothing: add rows under want/")
	}
}

// holdFaults holds that the build was refused with exactly the faults, and that nothing was published.
func holdFaults(t *testing.T, err error, expected, out string) {
	t.Helper()
	var faults fault.List
	if !errors.As(err, &faults) {
		t.Fatalf("build: got %v, want faults", err)
	}
	if diff := cmp.Diff(strings.TrimSpace(expected), strings.TrimSpace(faults.Sorted().Error())); diff != "" {
		t.Errorf("faults (-want +got):\n%s\n%s", diff, faults.Sorted().Error())
	}
	if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got a publication (%v), want none of a faulty project", err)
	}
}

// keyColumns name a row in the published tables; breakdown and category are empty where a case does not give them.
var keyColumns = []string{"indicator", "area", "period", "breakdown", "category", "comparator"}

func wantedRows(t *testing.T, text string) []record {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	wanted := &table{columns: map[string]int{}, rows: rows[1:]}
	for i, column := range rows[0] {
		wanted.columns[column] = i
	}
	var records []record
	for i := range wanted.rows {
		records = append(records, wanted.at(i))
	}
	return records
}

// matching are the rows with the key of a wanted row.
func matching(got *table, want record) []record {
	var pairs []string
	for _, column := range keyColumns {
		_, given := want.table.columns[column]
		_, known := got.columns[column]
		if known && (given || column == "breakdown" || column == "category") {
			pairs = append(pairs, column, want.text(column))
		}
	}
	return got.where(pairs...)
}

func holdRows(t *testing.T, name string, got *table, text string) int {
	t.Helper()
	wanted := wantedRows(t, text)
	for _, want := range wanted {
		found := matching(got, want)
		if len(found) != 1 {
			t.Errorf("%s: got %d rows for %v, want 1", name, len(found), want.cells)
			continue
		}
		for column := range want.table.columns {
			if _, known := got.columns[column]; !known {
				t.Errorf("%s has no column %s", name, column)
			} else if !equal(want.text(column), found[0].text(column)) {
				t.Errorf("%s, %v: got the %s %q, want %q", name, want.cells[:3], column, found[0].text(column), want.text(column))
			}
		}
	}
	return len(wanted)
}

// equal holds texts exactly and numbers to the tolerance.
func equal(want, got string) bool {
	if want == got {
		return true
	}
	a, errA := strconv.ParseFloat(want, 64)
	b, errB := strconv.ParseFloat(got, 64)
	return errA == nil && errB == nil && math.Abs(a-b) <= pipelineTolerance*math.Max(1, math.Abs(a))
}
