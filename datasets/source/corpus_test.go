package source_test

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// expected is what a file of the corpus comes to. Cells are rows by the columns that single them out and those that are
// held against what was published.
type expected struct {
	// Oracle says where the numbers come from.
	Oracle string              `json:"oracle"`
	Rows   int                 `json:"rows"`
	Cells  []map[string]string `json:"cells"`
	// Places are the rows of the file, by the index of the cell's map, where they are known.
	Places []string `json:"places"`
	// Warnings is how many there are.
	Warnings int `json:"warnings"`
}

// corpusTolerance is for figures that published_values.csv gives as a spreadsheet shows them.
const corpusTolerance = 1e-6

// TestCorpus reads the publishers' files as they were shipped, each described by a dataset.yaml of testdata/corpus: a new
// case is a new folder there.
func TestCorpus(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..", "..", "shared", "data")
	if _, err := os.Stat(root); err != nil {
		t.Skip("shared data not present: ../shared/data")
	}
	collection, faults := datasets.Load(os.DirFS("testdata"), "corpus")
	if len(faults) > 0 {
		t.Errorf("the descriptions have faults:\n%v", faults.Sorted())
	}
	if len(collection.Datasets) == 0 {
		t.Fatal("no file is described")
	}
	for _, dataset := range collection.Datasets {
		text, err := os.ReadFile(filepath.Join("testdata", filepath.FromSlash(dataset.Folder), "expected.json"))
		if err != nil {
			t.Error(err)
			continue
		}
		var want expected
		if err := json.Unmarshal(text, &want); err != nil {
			t.Errorf("%s: %v", dataset.ID, err)
			continue
		}
		// The file lies under the folder of the shared data, and not beside its description.
		dataset.Folder = "."
		t.Run(dataset.ID, func(t *testing.T) {
			t.Parallel()
			testCorpusFile(t, dataset, source.Options{Files: os.DirFS(root)}, want)
		})
	}
}

func testCorpusFile(t *testing.T, dataset datasets.Dataset, options source.Options, want expected) {
	t.Helper()
	received, err := source.Receive(t.Context(), dataset, options)
	if err != nil {
		t.Fatal(err)
	}
	table, faults := source.Open(dataset, received)
	if table == nil {
		t.Fatalf("got no table: %v", faults)
	}
	rows := 0
	fits := make([]int, len(want.Cells))
	for {
		row, cells, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		rows++
		for i, known := range want.Cells {
			if !holds(dataset, cells, known) {
				continue
			}
			fits[i]++
			if i >= len(want.Places) || want.Places[i] == "" {
				continue
			}
			if got := table.Place(row, lastColumn(dataset)).String(); got != want.Places[i] {
				t.Errorf("row %d: got its last column at %s, want %s", row, got, want.Places[i])
			}
		}
	}
	faults.Add(table.Faults()...)
	if got := faults.Warnings(); len(faults.Errors()) > 0 || len(got) != want.Warnings {
		t.Errorf("got faults, want %d warnings:\n%.2000v", want.Warnings, faults.Sorted())
	}
	if rows != want.Rows {
		t.Errorf("got %d rows, want %d (%s)", rows, want.Rows, want.Oracle)
	}
	for i, n := range fits {
		if n != 1 {
			t.Errorf("got %d rows with %v, want one", n, want.Cells[i])
		}
	}
}

func lastColumn(dataset datasets.Dataset) string {
	return dataset.Columns[len(dataset.Columns)-1].Name
}

// holds says whether a row has the known cells.
func holds(dataset datasets.Dataset, cells []string, known map[string]string) bool {
	found := 0
	for i, column := range dataset.Columns {
		want, is := known[column.Name]
		if !is {
			continue
		}
		found++
		if cells[i] != want && !sameNumber(cells[i], want) {
			return false
		}
	}
	return found == len(known)
}

func sameNumber(a, b string) bool {
	x, err := strconv.ParseFloat(a, 64)
	y, other := strconv.ParseFloat(b, 64)
	return err == nil && other == nil && math.Abs(x-y) <= corpusTolerance
}
