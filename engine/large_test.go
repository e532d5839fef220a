package engine_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"levelfield/engine"
)

// TestLargeFile builds from a file that is not read into memory: every third person of an area works in 2023, and every
// second in 2024, which makes the numbers; and the persons of an area and a year are numbered in fours, so that the one in the
// middle is known.
func TestLargeFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	project := filepath.Join(folder, "project")
	writeTxtar(t, project, "testdata/large.txtar")
	const people = 240_000 // at 150 bytes each, more than the 32 MiB that are kept in memory
	var text bytes.Buffer
	text.WriteString("area,period,works,person,\"a long, long remark\"\n")
	remark := strings.Repeat("-", 120)
	for i := range people {
		area, year, works := []string{"E06000034", "E92000001"}[i%2], 2023+i/2%2, 0
		if n := i / 4; year == 2023 && n%3 == 0 || year == 2024 && n%2 == 0 {
			works = 1
		}
		fmt.Fprintf(&text, "%s,%d,%d,%d,%s\n", area, year, works, i, remark)
	}
	file := filepath.Join(project, "datasets", "people", "figures.csv")
	if err := os.WriteFile(file, text.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	options := engine.Options{
		Project: os.DirFS(project), Out: filepath.Join(folder, "out"), State: filepath.Join(folder, "state"), Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	report, err := engine.Build(t.Context(), options)
	if err != nil || len(report.Warnings) > 0 {
		t.Fatalf("build: got %v and %v, want no fault", err, report.Warnings)
	}
	results, err := readTable(filepath.Join(options.Out, "data", "results.csv"))
	if err != nil {
		t.Fatal(err)
	}
	b := built{results: results}
	const each = people / 4
	holdCounts(t, b, "works", "E06000034", "2023", counts{each / 3, each})
	holdCounts(t, b, "works", "E06000034", "2024", counts{each / 2, each})
	middle := results.where("indicator", "number", "area", "E06000034", "period", "2023")
	if want := strconv.Itoa((each - 1) * 4 / 2); len(middle) != 1 || middle[0].text("value") != want || middle[0].text("denominator") != strconv.Itoa(each) {
		t.Errorf("number: got %v, want the median %s of %d", middle, want, each)
	}
	explained, err := engine.Explain(t.Context(), options, engine.Wanted{Indicator: "works", Period: "2023"})
	if err != nil || len(explained.Rows) != each || explained.Rows[0].Row != 2 {
		t.Errorf("explain: got %d rows and %v, want %d", len(explained.Rows), err, each)
	}
	kept, err := filepath.Glob(filepath.Join(options.State, "snapshots", "people", "*", "*"))
	if err != nil || len(kept) != 4 {
		t.Errorf("archive: got %v and %v, want the file, its typed rows, its description and the manifest", kept, err)
	}

	// A fault deep in the file has its place, and the publication stays.
	broken := bytes.Replace(text.Bytes(), []byte(",1,123456,"), []byte(",many,123456,"), 1)
	broken = append(broken, "E06000034,2023,1,0,twice,and one more\n"...)
	if err := os.WriteFile(file, broken, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = engine.Build(t.Context(), options)
	want := "datasets/people/figures.csv:123458:16: works: row 123458: read \"many\": not an integer"
	if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "figures.csv:240002:") {
		t.Errorf("broken: got %v, want %q and the last row", err, want)
	}
}

// writeTxtar writes the files of a txtar, and those of pipeline-base.txtar that it does not have, into a folder.
func writeTxtar(t *testing.T, folder, archive string) {
	t.Helper()
	base, err := txtar.ParseFile("testdata/pipeline-base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	own, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	project, _ := projectOf(base, own)
	for name, file := range project {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, file.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
