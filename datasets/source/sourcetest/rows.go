package sourcetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// ServeRows writes rows, the headings first, in the way of a kind and returns the source that names them, with the
// options that reach it.
type ServeRows func(t testing.TB, rows [][]string) (datasets.Source, source.Options)

// figures are the rows that every kind must give back: text beyond ASCII, marks of quotation, markers, empty cells.
var figures = [][]string{
	{"area", "Name of the area", "year", "value"},
	{"E06000034", "Thurrock", "2021", "4.1"},
	{"E92000001", "Ynys Môn, “Anglesey”", "2021", ""},
	{"E12000006", "a;b,\"c\"", "2022", "x"},
	{"E09000004", "Bexley", "2022", "-12.5"},
}

// ConformanceRows holds a kind whose files are not delimited text to the same promises as [Conformance]: the rows come in
// their order and clean, bound by their headings, each with a place, the layout applies to them, and what was received
// before is known again.
func ConformanceRows(t *testing.T, serve ServeRows) {
	t.Helper()
	for _, c := range []struct {
		name    string
		columns string
		layout  *datasets.Layout
		want    [][]string
	}{
		{"plain", "area\nyear\nvalue\n", nil, pick(0, 2, 3)},
		{"bound by headings", "value\nname = Name of the area\n", nil, pick(3, 1)},
		{"where", "area\nvalue\n", &datasets.Layout{Where: map[string][]string{"year": {"2022"}}}, pick(0, 3)[2:]},
		{"except", "area\n", &datasets.Layout{Except: map[string][]string{"Name of the area": {"/^T.*k$/", "Bexley"}}}, pick(0)[1:3]},
		{"constants and replace", "area\nunit = _unit\n", &datasets.Layout{Constants: map[string]string{"_unit": "%"},
			Replace: map[string]map[string]string{"area": {"E06000034": "here"}}},
			[][]string{{"here", "%"}, {"E92000001", "%"}, {"E12000006", "%"}, {"E09000004", "%"}}},
		{"first of", "filled = _first\n", &datasets.Layout{FirstOf: map[string][]string{"_first": {"value", "year"}}},
			[][]string{{"4.1"}, {"2021"}, {"x"}, {"-12.5"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, rowsOf(t, serve, c.columns, c.layout)); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("missing heading", func(t *testing.T) { t.Parallel(); testMissing(t, serve) })
	t.Run("cancelled, too large, hash and unchanged", func(t *testing.T) { t.Parallel(); testReceiving(t, serve) })
}

func pick(columns ...int) [][]string {
	var rows [][]string
	for _, row := range figures[1:] {
		var cells []string
		for _, column := range columns {
			cells = append(cells, row[column])
		}
		rows = append(rows, cells)
	}
	return rows
}

func served(t testing.TB, serve ServeRows) (datasets.Dataset, source.Options) {
	t.Helper()
	dataset := datasets.Dataset{ID: "conformance", File: "datasets/conformance/dataset.yaml", Folder: "datasets/conformance"}
	var options source.Options
	dataset.Source, options = serve(t, figures)
	if !slices.Contains(source.Kinds(), dataset.Source.Kind) {
		t.Fatalf("kind %q is not registered", dataset.Source.Kind)
	}
	return dataset, options
}

func rowsOf(t *testing.T, serve ServeRows, columns string, layout *datasets.Layout) [][]string {
	t.Helper()
	dataset, options := served(t, serve)
	dataset.Columns = readColumns(columns)
	if layout != nil {
		dataset.Source.Layout = layout
	}
	received, err := source.Receive(t.Context(), dataset, options)
	if err != nil {
		t.Fatalf("receive: got %v, want no error", err)
	}
	table, faults := source.Open(dataset, received)
	if table == nil {
		t.Fatalf("open: got %v, want a table", faults)
	}
	var rows [][]string
	for last := 0; ; {
		row, cells, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || row <= last {
			t.Fatalf("next: got row %d after %d and %v, want a later row", row, last, err)
		}
		last = row
		rows = append(rows, slices.Clone(cells))
		if place := table.Place(row, dataset.Columns[0].Name); place.File == "" || place.Line == 0 {
			t.Errorf("row %d: got the place %v, want a file and a row", row, place)
		}
	}
	faults.Add(table.Faults()...)
	if len(faults) > 0 {
		t.Errorf("got faults %v, want none", faults)
	}
	return rows
}

func testMissing(t *testing.T, serve ServeRows) {
	dataset, options := served(t, serve)
	dataset.Columns = readColumns("area\nvaleu\n")
	received, err := source.Receive(t.Context(), dataset, options)
	if err != nil {
		t.Fatalf("receive: got %v, want no error", err)
	}
	table, faults := source.Open(dataset, received)
	if table != nil || !strings.Contains(faults.Sorted().Error(), `valeu: no column has the heading "valeu"`) {
		t.Errorf("got a table %v and faults %v, want the missing heading named", table != nil, faults)
	}
}

func testReceiving(t *testing.T, serve ServeRows) {
	dataset, options := served(t, serve)
	dataset.Columns = readColumns("area\n")
	first, err := source.Receive(t.Context(), dataset, options)
	if err != nil || first.NotModified || len(first.Data) == 0 {
		t.Fatalf("first: got %v, NotModified %v and %d bytes, want a file that is new", err, first.NotModified, len(first.Data))
	}
	again := options
	again.Previous = &first
	second, err := source.Receive(t.Context(), dataset, again)
	if err != nil || !second.NotModified || !bytes.Equal(second.Data, first.Data) {
		t.Errorf("second: got %v and NotModified %v, want the first file, not modified", err, second.NotModified)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := source.Receive(ctx, dataset, options); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v, want %v", err, context.Canceled)
	}
	small := options
	small.MaxBytes = 8
	if _, err := source.Receive(t.Context(), dataset, small); err == nil || !strings.Contains(err.Error(), "larger than the limit of 8 bytes") {
		t.Errorf("too large: got %v, want an error that names the limit", err)
	}
	dataset.Source.SHA256 = strings.Repeat("0", 64)
	if _, err := source.Receive(t.Context(), dataset, options); err == nil || !strings.Contains(err.Error(), first.SHA256) {
		t.Errorf("wrong hash: got %v, want an error that names the right one", err)
	}
}
