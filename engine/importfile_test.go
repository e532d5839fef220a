package engine_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/engine"
)

// words are those that a person says of a file in these tests.
var words = engine.ImportWords{Title: "A title", Release: "As downloaded", Released: "2025-11-20", Label: "official"}

// TestImportKnowsPublishersFiles imports files as downloaded. The numbers are counts over the files made with Python's
// csv module.
func TestImportKnowsPublishersFiles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file    string
		where   map[string][]string
		layout  string
		rows    int
		focus   int
		periods engine.ImportedPeriods
		markers []engine.MarkerCount
	}{
		{
			"data/ons-explore-local-statistics/employment-rate.csv", map[string][]string{"indicator": {"Employment rate"}}, "Explore Local Statistics",
			8040, 20, engine.ImportedPeriods{Count: 20, First: "2004", Last: "2023"},
			[]engine.MarkerCount{{Column: "value", Letter: "u", Rows: 3}, {Column: "value", Letter: "x", Rows: 25}},
		},
		{
			"data/dfe-ees-children-social-care/la_care_leavers_activity.csv", nil, "Explore Education Statistics",
			20040, 120, engine.ImportedPeriods{Count: 5, First: "2020/21", Last: "2024/25"},
			[]engine.MarkerCount{
				{Column: "care_leaver_count", Letter: "c", Rows: 4117}, {Column: "care_leaver_count", Letter: "z", Rows: 2304},
				{Column: "care_leaver_percent", Letter: "c", Rows: 4117}, {Column: "care_leaver_percent", Letter: "low", Rows: 14},
				{Column: "care_leaver_percent", Letter: "z", Rows: 2412},
			},
		},
		{
			"data/ohid-fingertips/indicators-CountyUA.data.csv", nil, "Fingertips",
			792, 5, engine.ImportedPeriods{Count: 3, First: "2015", Last: "2017"}, []engine.MarkerCount{},
		},
	} {
		t.Run(c.layout, func(t *testing.T) {
			t.Parallel()
			file, folder := shared(t, c.file), filepath.Join(t.TempDir(), "made")
			report, err := engine.Import(t.Context(), engine.Options{}, engine.ImportOptions{
				Files: os.DirFS(filepath.Dir(file)), File: filepath.Base(file), Where: c.where, Words: words, Write: folder,
			})
			if err != nil || len(report.Faults) > 0 {
				t.Fatalf("import: got %v and %v, want no fault", err, report.Faults)
			}
			if report.Layout != c.layout || report.Rows != c.rows || report.Areas.Focus != c.focus || len(report.Areas.Unknown) > 0 {
				t.Errorf("got %s, %d rows, areas %+v, want %s, %d rows, %d of the focus area", report.Layout, report.Rows, report.Areas, c.layout, c.rows, c.focus)
			}
			if diff := cmp.Diff(c.periods, report.Periods); diff != "" {
				t.Errorf("periods (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.markers, report.Markers); diff != "" {
				t.Errorf("markers (-want +got):\n%s", diff)
			}
			if _, faults := datasets.Load(os.DirFS(filepath.Dir(folder)), "."); len(faults) > 0 {
				t.Errorf("the dataset.yaml written has faults: %v", faults)
			}
		})
	}
}

// TestImportComparesWithTheFiguresHeld: figures of the built-in project against themselves without one row.
func TestImportComparesWithTheFiguresHeld(t *testing.T) {
	t.Parallel()
	const id = "dfe-care-leavers"
	text, err := os.ReadFile(filepath.Join(repository(t), "datasets", id, "figures.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	without := strings.Join(append([]string{lines[0]}, lines[2:]...), "")
	report, err := engine.Import(t.Context(), engine.Options{}, engine.ImportOptions{
		Files: fstest.MapFS{"next.csv": {Data: []byte(without)}}, File: "next.csv", Dataset: id,
	})
	if err != nil || len(report.Faults.Errors()) > 0 {
		t.Fatalf("import: got %v and %v, want no error", err, report.Faults)
	}
	if report.Rows != len(lines)-3 { // headings, the line left out, and nothing behind the last line feed
		t.Errorf("rows: got %d, want %d", report.Rows, len(lines)-3)
	}
	changed := 0
	for _, column := range report.Compared {
		changed += column.Withdrawn
		if column.New+column.Revised > 0 {
			t.Errorf("%s: got %d new and %d revised, want none", column.Column, column.New, column.Revised)
		}
	}
	if changed == 0 {
		t.Error("got no withdrawn cell, want those of the line left out")
	}
}

// TestImportWritesAFileThatStaysOnDisk: what is too long for the memory is written whole.
func TestImportWritesAFileThatStaysOnDisk(t *testing.T) {
	t.Parallel()
	folder, wide := t.TempDir(), strings.Repeat(" ", 1<<19)
	text := "area,period,value\n"
	for year := 1940; year < 2020; year++ {
		text += fmt.Sprintf("E06000034,%d%s,1\n", year, wide)
	}
	if err := os.WriteFile(filepath.Join(folder, "long.csv"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	said := words
	said.Publisher = "A publisher"
	report, err := engine.Import(t.Context(), engine.Options{}, engine.ImportOptions{
		Files: os.DirFS(folder), File: "long.csv", Words: said, Write: filepath.Join(folder, "made"),
	})
	if err != nil || len(report.Faults) > 0 || report.Rows != 80 {
		t.Fatalf("import: got %d rows, %v and %v, want 80 and no fault", report.Rows, err, report.Faults)
	}
	written, err := os.ReadFile(filepath.Join(folder, "made", "long.csv"))
	if err != nil || string(written) != text {
		t.Errorf("got %d bytes and %v, want the %d of the file", len(written), err, len(text))
	}
}
