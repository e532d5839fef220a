package main

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/engine/period"
)

// repositoryRoot walks up from this package to the folder of go.mod.
func repositoryRoot(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			t.Fatal("no go.mod above this package")
		}
		folder = parent
	}
}

// publishersFolder is the folder of publishers' files, which is no part of the
// repository.
func publishersFolder(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(repositoryRoot(t), "..", "shared", "data")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("shared data not present: the publishers' files stand beside the repository")
	}
	return folder
}

// carriedOnce carries everything once for all tests that look at the result.
var carriedOnce = sync.OnceValues(func() (map[string][]byte, error) {
	return carryAll(context.Background(), filepath.Join("..", ".."), filepath.Join("..", "..", "..", "shared", "data"))
})

func TestCarryWritesTheCommittedFigures(t *testing.T) {
	t.Parallel()
	publishersFolder(t)
	written, err := carriedOnce()
	if err != nil {
		t.Fatal(err)
	}
	for _, dataset := range specs(t) {
		committed, err := os.ReadFile(filepath.Join(repositoryRoot(t), "datasets", dataset.id, "figures.csv"))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(written[dataset.id], committed) {
			t.Errorf("%s: got %d bytes that differ from the committed %d: run go run ./datasets/carry ../shared/data",
				dataset.id, len(written[dataset.id]), len(committed))
		}
	}
}

// specs are those of all datasets: each built-in dataset has one.
func specs(t *testing.T) []spec {
	t.Helper()
	read, err := readSpecs(repositoryRoot(t))
	if err != nil {
		t.Fatal(err)
	}
	collection, _ := datasets.Load(datasets.Files(), ".")
	if len(read) != len(collection.Datasets) || len(read) == 0 {
		t.Errorf("got %d specifications for %d datasets", len(read), len(collection.Datasets))
	}
	return read
}

func TestDescriptionsFitTheirFigures(t *testing.T) {
	t.Parallel()
	for _, dataset := range specs(t) {
		t.Run(dataset.id, func(t *testing.T) {
			t.Parallel()
			about := dataset.target
			file, err := os.Open(filepath.Join(repositoryRoot(t), "datasets", dataset.id, "figures.csv"))
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			rows, err := csv.NewReader(file).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, column := range about.Columns {
				names = append(names, column.Name)
			}
			if diff := cmp.Diff(rows[0], names); diff != "" {
				t.Fatalf("header (-figures +description):\n%s", diff)
			}
			seen := map[string]bool{}
			for _, fields := range rows[1:] {
				checkRow(t, about, fields)
				key := strings.Join(fields[:len(about.Key)], " ")
				if seen[key] {
					t.Errorf("%s stands twice", key)
				}
				seen[key] = true
			}
		})
	}
}

// checkRow holds a row to its description: the period is a written form of its
// kind, numbers are numbers, and an empty cell says why it is empty.
func checkRow(t *testing.T, about datasets.Dataset, fields []string) {
	t.Helper()
	if _, err := period.Parse(period.Kind(about.Periods.Kind), fields[1]); err != nil {
		t.Errorf("%s: %v", fields[0], err)
	}
	cells := map[string]string{}
	for i, column := range about.Columns {
		cells[column.Name] = fields[i]
	}
	for i, column := range about.Columns {
		switch {
		case column.Role == "status":
			missing := cells[column.Of] == ""
			letters := strings.Fields(fields[i])
			if missing && len(letters) == 0 {
				t.Errorf("%v: %s is empty without a status", fields[:2], column.Of)
			}
			for _, letter := range letters {
				if !slices.Contains([]string{"c", "x", "z", "u", "low", "p", "r", "e", "b"}, letter) {
					t.Errorf("%v: %s has status %q", fields[:2], column.Of, letter)
				}
				if !missing && slices.Contains([]string{"c", "x", "z"}, letter) {
					t.Errorf("%v: %s has both a number and status %q", fields[:2], column.Of, letter)
				}
			}
		case column.Type == "integer" && fields[i] != "":
			if _, err := strconv.Atoi(fields[i]); err != nil {
				t.Errorf("%v: %s: %v", fields[:2], column.Name, err)
			}
		case column.Type == "number" && fields[i] != "":
			number, err := strconv.ParseFloat(fields[i], 64)
			if got := strconv.FormatFloat(number, 'f', -1, 64); err != nil || got != fields[i] {
				t.Errorf("%v: %s: got %q, want the shortest form %q", fields[:2], column.Name, fields[i], got)
			}
		}
	}
}

func TestCarriedFromNamesTheFilesRead(t *testing.T) {
	t.Parallel()
	publishers := publishersFolder(t)
	known := map[string]bool{}
	err := filepath.WalkDir(publishers, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		contents, err := os.ReadFile(path)
		sum := sha256.Sum256(contents)
		known[entry.Name()+", "+hex.EncodeToString(sum[:])] = true
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, dataset := range specs(t) {
		about := dataset.target
		if len(about.CarriedFrom) == 0 {
			t.Errorf("%s: carried from nothing", dataset.id)
		}
		for _, source := range about.CarriedFrom {
			if !known[source] {
				t.Errorf("%s: no publisher's file is %q", dataset.id, source)
			}
		}
	}
}
