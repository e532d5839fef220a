package source_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// yearly are two files of one publisher, a year each, which differ as such files do: the order of the columns, the
// delimiter, the line ends, and a column that came later.
var yearly = map[string]string{
	"2023.csv": "year,code,share\n2023,E06000034,2.8\n2023,E92000001,2.8\n",
	"2024.csv": "\xEF\xBB\xBFcode;year;share;flag;new code\r\nE06000034;2024;3.6;p;E06000034\r\n;2024;4.1;;E92000001\r\n",
}

var yearlyRows = []string{
	`2023.csv:2:6 ["2023.csv" "E06000034" "2023" "2.8" "" "E06000034"]`,
	`2023.csv:3:6 ["2023.csv" "E92000001" "2023" "2.8" "" "E92000001"]`,
	`2024.csv:2:1 ["2024.csv" "E06000034" "2024" "3.6" "p" "E06000034"]`,
	`2024.csv:3:1 ["2024.csv" "E92000001" "2024" "4.1" "" ""]`,
}

func yearlyDataset(layout datasets.Layout) datasets.Dataset {
	layout.FirstOf = map[string][]string{"_area": {"code", "new code"}}
	return datasets.Dataset{
		ID: "yearly", File: "datasets/yearly/dataset.yaml", Folder: "datasets/yearly", Key: []string{"area", "year"},
		Columns: []datasets.Column{
			{Name: "file", From: "_file"}, {Name: "area", From: "_area"}, {Name: "year"}, {Name: "share"}, {Name: "flag"}, {Name: "code"},
		},
		Source: datasets.Source{Kind: "csv", Layout: &layout},
	}
}

// TestSeveralFiles reads the files of a folder that make one release, and the same files out of an archive.
func TestSeveralFiles(t *testing.T) {
	t.Parallel()
	dataset := yearlyDataset(datasets.Layout{})
	dataset.Source.Files = []string{"2023.csv", "2024.csv"}
	files := fstest.MapFS{}
	for name, text := range yearly {
		files["datasets/yearly/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	received, err := source.Receive(t.Context(), dataset, source.Options{Files: files})
	must(t, err)
	again, err := source.Receive(t.Context(), dataset, source.Options{Files: files, Previous: &received})
	if err != nil || !again.NotModified {
		t.Errorf("received again: got %v and NotModified %v, want the same files", err, again.NotModified)
	}
	rows, faults := outcomeOf(t, dataset, received.Data)
	holdYearly(t, strings.ReplaceAll(rows, "datasets/yearly/", ""), strings.ReplaceAll(faults, "datasets/yearly/", ""))

	dataset.Source.Files = append(dataset.Source.Files, "2025.csv", "2026.csv")
	_, err = source.Receive(t.Context(), dataset, source.Options{Files: files})
	if err == nil || strings.Count(err.Error(), "is not there") != 2 || !strings.Contains(err.Error(), "source.files[3]") {
		t.Errorf("without two of the files: got %v, want both named", err)
	}

	dataset = yearlyDataset(datasets.Layout{Members: []string{"2023.csv", `/^2024\.csv$/`}})
	dataset.Source.File = "all.zip"
	archive := writeZip(t, "in/2024.csv", yearly["2024.csv"], "readme.txt", "not these", "in/2023.csv", yearly["2023.csv"])
	rows, faults = outcomeOf(t, dataset, archive)
	const inside = "datasets/yearly/all.zip!in/"
	holdYearly(t, strings.ReplaceAll(strings.ReplaceAll(rows, inside, ""), "in/", ""), strings.ReplaceAll(faults, inside, ""))

	dataset.Source.Layout.Members = []string{"2023.csv", "2025.csv"}
	_, faults = outcomeOf(t, dataset, archive)
	want := "datasets/yearly/dataset.yaml: source.layout.members: the archive has no file 2025.csv (the archive holds: in/2024.csv, readme.txt, in/2023.csv)\n"
	if faults != want {
		t.Errorf("a member that is not there: got %q, want %q", faults, want)
	}
}

func holdYearly(t *testing.T, rows, faults string) {
	t.Helper()
	if diff := cmp.Diff(yearlyRows, strings.Split(strings.TrimSpace(rows), "\n")); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	want := []string{
		`2023.csv:1: warning: no column here has the heading "flag": its cells are empty`,
	}
	if diff := cmp.Diff(want, strings.Split(strings.TrimSpace(faults), "\n")); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}
