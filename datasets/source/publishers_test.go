package source_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// TestPublishersFiles decodes every CSV of the publishers as it was shipped, and compares each with encoding/csv.
func TestPublishersFiles(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..", "..", "shared", "data")
	if _, err := os.Stat(root); errors.Is(err, fs.ErrNotExist) {
		t.Skip("shared data not present: ../shared/data")
	}
	files, rows := 0, 0
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.EqualFold(filepath.Ext(name), ".csv") {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files++
		rows += decodeWhole(t, filepath.Base(name), data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files == 0 || rows == 0 {
		t.Errorf("got %d rows of %d files, want some", rows, files)
	}
	t.Logf("%d rows of %d files", rows, files)
}

// decodeWhole decodes a file with its first two distinct headings as columns and counts its rows.
func decodeWhole(t *testing.T, name string, data []byte) int {
	t.Helper()
	plain := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))))
	plain.FieldsPerRecord = -1
	records, err := plain.ReadAll()
	// Empty rows are passed over.
	records = slices.DeleteFunc(records, func(record []string) bool { return strings.TrimSpace(strings.Join(record, "")) == "" })
	if err != nil || len(records) < 2 {
		t.Errorf("%s: got %d records and %v from encoding/csv", name, len(records), err)
		return 0
	}
	dataset := datasets.Dataset{ID: name, Source: datasets.Source{Kind: "csv", File: name}}
	for _, heading := range records[0][:2] {
		dataset.Columns = append(dataset.Columns, datasets.Column{Name: heading})
	}
	table, faults := source.Open(dataset, source.Received{Data: data})
	if table == nil {
		t.Errorf("%s: got no table: %v", name, faults)
		return 0
	}
	rows := 0
	for ; ; rows++ {
		row, cells, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if want := strings.TrimSpace(records[rows+1][0]); cells[0] != want || row < rows+2 {
			t.Errorf("%s: got %q at line %d, want %q", name, cells[0], row, want)
			return rows
		}
	}
	if found := table.Faults(); len(found) > 0 || rows != len(records)-1 {
		t.Errorf("%s: got %d rows of %d, and faults %.500v", name, rows, len(records)-1, found)
	}
	return rows
}
