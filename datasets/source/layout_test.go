package source_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// TestLayouts runs the cases of testdata/layout: a new case is a new file there. A case holds the source of the dataset
// as JSON, its columns, one a line ("name", or "name = heading"), and the file as text, or the sheets of a workbook as
// CSV, which are read as xlsx and as ods; then the rows, each with the place of its last column, and the faults.
func TestLayouts(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob(filepath.Join("testdata", "layout", "*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatalf("got %d cases and %v, want some", len(names), err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			runLayout(t, archive)
		})
	}
}

// layoutCase is a case as it is read from its file.
type layoutCase struct {
	dataset      datasets.Dataset
	text         string
	sheets       map[string][][]string
	order        []string
	rows, faults string
}

func runLayout(t *testing.T, archive *txtar.Archive) {
	c := readLayout(t, archive)
	files := map[string][]byte{}
	if len(c.order) == 0 {
		files["csv"] = []byte(c.text)
	} else {
		var sheets strings.Builder
		for _, name := range c.order {
			sheets.WriteString(odsText(name, c.sheets[name]))
		}
		files["xlsx"] = writeXLSX(t, c.sheets, c.order...)
		files["ods"] = writeODS(t, sheets.String())
	}
	for kind, data := range files {
		c.dataset.Source.Kind, c.dataset.Source.File = kind, "FILE"
		rows, faults := outcomeOf(t, c.dataset, data)
		if diff := cmp.Diff(c.rows, rows); diff != "" {
			t.Errorf("%s: rows (-want +got):\n%s", kind, diff)
		}
		if diff := cmp.Diff(c.faults, faults); diff != "" {
			t.Errorf("%s: faults (-want +got):\n%s", kind, diff)
		}
	}
}

func readLayout(t *testing.T, archive *txtar.Archive) layoutCase {
	t.Helper()
	c := layoutCase{dataset: datasets.Dataset{ID: "d", File: "dataset.yaml"}, sheets: map[string][][]string{}}
	for _, part := range archive.Files {
		sheet, isSheet := strings.CutPrefix(part.Name, "sheet ")
		switch {
		case isSheet:
			reader := csv.NewReader(strings.NewReader(string(part.Data)))
			reader.FieldsPerRecord = -1
			records, err := reader.ReadAll()
			must(t, err)
			c.sheets[sheet] = records
			c.order = append(c.order, sheet)
		case part.Name == "source":
			decoder := json.NewDecoder(strings.NewReader(string(part.Data)))
			decoder.DisallowUnknownFields()
			must(t, decoder.Decode(&c.dataset.Source))
		case part.Name == "columns":
			for line := range strings.Lines(string(part.Data)) {
				name, from, _ := strings.Cut(strings.TrimSpace(line), " = ")
				c.dataset.Columns = append(c.dataset.Columns, datasets.Column{Name: name, From: from})
			}
		case part.Name == "key":
			c.dataset.Key = strings.Fields(string(part.Data))
		case part.Name == "file":
			c.text = string(part.Data)
		case part.Name == "rows":
			c.rows = string(part.Data)
		case part.Name == "faults":
			c.faults = string(part.Data)
		default:
			t.Fatalf("a case has no part %q", part.Name)
		}
	}
	return c
}

func outcomeOf(t *testing.T, dataset datasets.Dataset, data []byte) (rows, faults string) {
	t.Helper()
	table, found := source.Open(dataset, source.Received{Data: data})
	var read, told strings.Builder
	if table != nil {
		for {
			row, cells, err := table.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			must(t, err)
			fmt.Fprintf(&read, "%s %q\n", table.Place(row, lastColumn(dataset)), cells)
		}
		found.Add(table.Faults()...)
	}
	for _, f := range found.Sorted() {
		fmt.Fprintln(&told, f)
	}
	return read.String(), told.String()
}

// TestLayoutWithoutData reads empty files of every kind with a layout.
func TestLayoutWithoutData(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"csv", "ods", "xlsx"} {
		dataset := datasets.Dataset{ID: "d", File: "dataset.yaml", Columns: []datasets.Column{{Name: "area"}}}
		dataset.Source = datasets.Source{Kind: kind, File: "f", Layout: &datasets.Layout{HeadingRows: 2, UnitRows: 3}}
		table, faults := source.Open(dataset, source.Received{})
		if table != nil || len(faults.Errors()) != 1 {
			t.Errorf("%s: got a table %v and %v, want one fault", kind, table != nil, faults)
		}
	}
	if _, err := os.Stat("testdata"); err != nil {
		t.Error(err)
	}
}

func lastColumn(dataset datasets.Dataset) string {
	return dataset.Columns[len(dataset.Columns)-1].Name
}
