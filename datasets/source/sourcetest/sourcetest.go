// Package sourcetest is the conformance suite that every kind of source passes: the same file gives the same rows, row
// numbers, places and faults whichever way it comes.
//
// A kind is tested by [Conformance] with a [Serve] that makes a file available in its way. The cases are the files of
// testdata: a new case is a new file there. A case holds the columns of the dataset, one a line ("name", or
// "name = heading in the file"), the file, and the rows and faults that must come out of it.
//
// The package tests no networks: what is particular to a kind is tested beside the kind.
package sourcetest

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

//go:embed testdata/*.txtar
var cases embed.FS

// Serve makes a file available and returns the source that names it, with the options that reach it.
type Serve func(t testing.TB, figures []byte) (datasets.Source, source.Options)

// Conformance holds a kind of source to the suite.
func Conformance(t *testing.T, serve Serve) {
	t.Helper()
	names, err := cases.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range names {
		text, err := cases.ReadFile(path.Join("testdata", entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(entry.Name(), ".txtar"), func(t *testing.T) {
			t.Parallel()
			runCase(t, serve, parts(txtar.Parse(text)))
		})
	}
	t.Run("bytes", func(t *testing.T) { t.Parallel(); testBytes(t, serve) })
	t.Run("many-faults", func(t *testing.T) { t.Parallel(); testManyFaults(t, serve) })
	t.Run("cancelled", func(t *testing.T) { t.Parallel(); testCancelled(t, serve) })
	t.Run("too-large", func(t *testing.T) { t.Parallel(); testTooLarge(t, serve) })
	t.Run("hash", func(t *testing.T) { t.Parallel(); testHash(t, serve) })
	t.Run("unchanged", func(t *testing.T) { t.Parallel(); testUnchanged(t, serve) })
}

func parts(archive *txtar.Archive) map[string]string {
	found := map[string]string{}
	for _, file := range archive.Files {
		found[file.Name] = string(file.Data)
	}
	return found
}

// variants are the ways in which systems write one and the same text.
var variants = []struct {
	name  string
	write func([]byte) []byte
}{
	{"as it stands", func(text []byte) []byte { return text }},
	{"byte order mark", func(text []byte) []byte { return append([]byte("\xEF\xBB\xBF"), text...) }},
	{"CRLF", func(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")) }},
	{"byte order mark and CRLF", func(text []byte) []byte {
		return append([]byte("\xEF\xBB\xBF"), bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))...)
	}},
	{"no last line end", func(text []byte) []byte { return bytes.TrimSuffix(text, []byte("\n")) }},
}

func runCase(t *testing.T, serve Serve, part map[string]string) {
	for _, variant := range variants {
		read := readAll(t, serve, part["columns"], strings.TrimSuffix(part["delimiter"], "\n"), variant.write([]byte(part["file"])))
		if diff := cmp.Diff(part["rows"], read.rows); diff != "" {
			t.Errorf("%s: rows (-want +got):\n%s", variant.name, diff)
		}
		if diff := cmp.Diff(part["faults"], read.faults); diff != "" {
			t.Errorf("%s: faults (-want +got):\n%s", variant.name, diff)
		}
		if want, given := part["places"]; given {
			if diff := cmp.Diff(want, read.places); diff != "" {
				t.Errorf("%s: places (-want +got):\n%s", variant.name, diff)
			}
		}
	}
}

// outcome is what a file came to, as text: its rows, the places of their cells, its faults.
type outcome struct{ rows, places, faults string }

func readAll(t *testing.T, serve Serve, columns, delimiter string, figures []byte) outcome {
	t.Helper()
	dataset, options := definition(t, serve, figures)
	dataset.Columns, dataset.Source.Delimiter = readColumns(columns), delimiter
	received, err := source.Receive(t.Context(), dataset, options)
	if err != nil {
		t.Fatalf("receive: got %v, want no error", err)
	}
	if !bytes.Equal(received.Data, figures) {
		t.Fatalf("received %d bytes, want the %d that were served", len(received.Data), len(figures))
	}
	table, faults := source.Open(dataset, received)
	var rows, places strings.Builder
	file := ""
	if table != nil {
		file = table.Place(1, "").File
		drain(t, table, dataset.Columns, &rows, &places)
		faults.Add(table.Faults()...)
	} else if len(faults.Errors()) == 0 {
		t.Fatal("no table and no fault")
	} else {
		file = faults[0].File
	}
	var told strings.Builder
	for _, f := range faults.Sorted() {
		fmt.Fprintln(&told, strings.Replace(f.String(), file, "FILE", 1))
	}
	return outcome{rows.String(), strings.ReplaceAll(places.String(), file, "FILE"), told.String()}
}

func drain(t *testing.T, table *source.Table, columns []datasets.Column, rows, places io.Writer) {
	t.Helper()
	for {
		row, cells, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("next: got %v, want a row or io.EOF", err)
		}
		fmt.Fprintf(rows, "%d %q\n", row, cells)
		for i, column := range columns {
			if i > 0 {
				fmt.Fprint(places, " ")
			}
			fmt.Fprint(places, table.Place(row, column.Name))
		}
		fmt.Fprintln(places)
	}
	if _, _, err := table.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("next after the end: got %v, want io.EOF", err)
	}
}

func definition(t testing.TB, serve Serve, figures []byte) (datasets.Dataset, source.Options) {
	dataset := datasets.Dataset{ID: "conformance", File: "datasets/conformance/dataset.yaml", Folder: "datasets/conformance"}
	dataset.Columns = readColumns("area\nvalue\n")
	var options source.Options
	dataset.Source, options = serve(t, figures)
	if !slices.Contains(source.Kinds(), dataset.Source.Kind) {
		t.Fatalf("kind %q is not registered", dataset.Source.Kind)
	}
	return dataset, options
}

func readColumns(text string) []datasets.Column {
	var columns []datasets.Column
	for line := range strings.Lines(text) {
		name, from, _ := strings.Cut(strings.TrimSpace(line), " = ")
		columns = append(columns, datasets.Column{Name: name, From: from})
	}
	return columns
}

func testBytes(t *testing.T, serve Serve) {
	for _, c := range []struct{ name, file, want string }{
		{"nothing", "", "FILE:1:1: is empty (the first row must name the columns)\n"},
		{"byte order mark alone", "\xEF\xBB\xBF", "FILE:1:1: is empty (the first row must name the columns)\n"},
		{"Windows-1252", "area,value\nE06000034,4.1\nCaf\xE9,3.9\n",
			"FILE:3:1: area: holds the byte 0xE9, which is not UTF-8 (looks like Windows-1252, where it is 'é': say encoding: windows-1252 in source.layout)\n"},
		{"Windows-1252 after wide characters", "area,value\n\u00E9\u00E9,1\x96\n",
			"FILE:2:4: value: holds the byte 0x96, which is not UTF-8 (looks like Windows-1252, where it is '–': say encoding: windows-1252 in source.layout)\n"},
		{"no known encoding", "area,value\nA\x81,1\n", "FILE:2:1: area: holds the byte 0x81, which is not UTF-8 (save the file as UTF-8)\n"},
		{"heading", "area,value,\xA3\nA,1,2\n", "FILE:1:12: holds the byte 0xA3, which is not UTF-8 (looks like Windows-1252, where it is '£': say encoding: windows-1252 in source.layout)\n"},
		{"zero byte", "area,value\nA,1\x002\n", "FILE:2:3: value: holds a zero byte, which no text has (the file may be damaged: fetch it again)\n"},
		{"UTF-16", "\xFF\xFEa\x00r\x00e\x00a\x00", "FILE:1:1: is UTF-16 text (say encoding: utf-16 in source.layout)\n"},
		{"workbook", "PK\x03\x04\x14\x00", "FILE:1:1: is a workbook or another zip archive, not delimited text (save the sheet as CSV in UTF-8)\n"},
		{"web page", "\n<!DOCTYPE html><html></html>", "FILE:1:1: is a web page, not delimited text (give the address of the file itself: a server may have answered with a page of its own)\n"},
		{"bare carriage returns", "area,value\rA,1\rB,2\r", ""},
	} {
		if got := readAll(t, serve, "area\nvalue\n", "", []byte(c.file)).faults; got != c.want {
			t.Errorf("%s: got faults %q, want %q", c.name, got, c.want)
		}
	}
}

func testManyFaults(t *testing.T, serve Serve) {
	file := "area,value\n" + strings.Repeat("A,1\nB\n", 150)
	read := readAll(t, serve, "area\nvalue\n", "", []byte(file))
	if got := strings.Count(read.rows, "\n"); got != 150 {
		t.Errorf("got %d rows, want the 150 sound ones", got)
	}
	if got := strings.Count(read.faults, "\n"); got != 101 {
		t.Errorf("got %d lines of faults, want 100 and their rest", got)
	}
	if want := "FILE: 50 more faults are not listed\n"; !strings.HasPrefix(read.faults, want) {
		t.Errorf("got faults %.80q, want them to begin %q", read.faults, want)
	}
}

func testCancelled(t *testing.T, serve Serve) {
	dataset, options := definition(t, serve, []byte("area,value\nA,1\n"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := source.Receive(ctx, dataset, options); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func testTooLarge(t *testing.T, serve Serve) {
	figures := []byte("area,value\nA,1\n")
	dataset, options := definition(t, serve, figures)
	options.MaxBytes = int64(len(figures))
	if _, err := source.Receive(t.Context(), dataset, options); err != nil {
		t.Errorf("at the limit: got %v, want no error", err)
	}
	options.MaxBytes--
	if _, err := source.Receive(t.Context(), dataset, options); err == nil || !strings.Contains(err.Error(), "larger than the limit of 14 bytes") {
		t.Errorf("above the limit: got %v, want an error that names the limit", err)
	}
}

func testHash(t *testing.T, serve Serve) {
	dataset, options := definition(t, serve, []byte("area,value\nA,1\n"))
	// sha256sum (GNU coreutils) of those bytes.
	const sum = "5ea9b0f1320b0be3f096672ffe1c801b6ad1ee0924ddb348e5e1f9132a5000f9"
	dataset.Source.SHA256 = strings.ToUpper(sum)
	received, err := source.Receive(t.Context(), dataset, options)
	if err != nil || received.SHA256 != sum {
		t.Errorf("right hash: got %q and %v, want %q and no error", received.SHA256, err, sum)
	}
	dataset.Source.SHA256 = strings.Repeat("0", 64)
	if _, err := source.Receive(t.Context(), dataset, options); err == nil || !strings.Contains(err.Error(), sum) {
		t.Errorf("wrong hash: got %v, want an error that names the right one", err)
	}
}

func testUnchanged(t *testing.T, serve Serve) {
	dataset, options := definition(t, serve, []byte("area,value\nA,1\n"))
	first, err := source.Receive(t.Context(), dataset, options)
	if err != nil || first.NotModified {
		t.Fatalf("first: got %v and NotModified %v, want a file that is new", err, first.NotModified)
	}
	options.Previous = &first
	second, err := source.Receive(t.Context(), dataset, options)
	if err != nil || !second.NotModified || second.SHA256 != first.SHA256 || !bytes.Equal(second.Data, first.Data) {
		t.Errorf("second: got %v and %+v, want the first file, not modified", err, second)
	}
	options.Previous = &source.Received{SHA256: strings.Repeat("0", 64)}
	if other, err := source.Receive(t.Context(), dataset, options); err != nil || other.NotModified {
		t.Errorf("after another file: got %v and NotModified %v, want a file that is new", err, other.NotModified)
	}
}
