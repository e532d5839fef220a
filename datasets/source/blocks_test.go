package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// recordsOf reads text a block of so many bytes at a time, and says where its last cells stand.
func recordsOf(t *testing.T, text string, size int) (records []string, faulty bool) {
	t.Helper()
	d, err := newDelimited("f.csv", strings.NewReader(text), ',')
	if err != nil {
		t.Fatal(err)
	}
	d.cutter.size = size
	for {
		cells, line, broken, err := d.read()
		if errors.Is(err, io.EOF) {
			return records, faulty
		}
		if broken != nil {
			faulty = true
			continue
		}
		last := len(cells) - 1
		place := d.cell(last, len(cells))
		if found := d.find(line, last); found != place {
			t.Errorf("%q by %d: got the last cell of line %d at %v, and %v when it is looked for", text, size, line, place, found)
		}
		records = append(records, fmt.Sprintf("%d %d:%d %q", line, place.Line, place.Column, cells))
	}
}

// wholeRecords reads text with encoding/csv at once: the oracle of the reading in blocks.
func wholeRecords(text string) (records []string, faulty bool) {
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, byteOrderMark)))
	reader.FieldsPerRecord = -1
	lines := strings.Split(strings.TrimPrefix(text, byteOrderMark), "\n")
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return records, faulty
		}
		if err != nil {
			faulty = true
			continue
		}
		first, _ := reader.FieldPos(0)
		line, column := reader.FieldPos(len(cells) - 1)
		records = append(records, fmt.Sprintf("%d %d:%d %q", first, line, len([]rune(lines[line-1][:column-1]))+1, cells))
	}
}

// FuzzBlocks holds text that is read in blocks of any size to what encoding/csv makes of the whole.
func FuzzBlocks(f *testing.F) {
	for _, seed := range []string{
		"area,value\nA,1\nB,2\n", "a\r\n\r\nb,\"c\nd\"\r\n", byteOrderMark + "é,ü\n,\n,,\"\"\n", "a,\"b \"\"c\"\"\n\n\",d\ne\n", "a\rb\r", "x\r\r\n\r", "\"\n\"\n\"\n\"\n",
	} {
		f.Add(seed, uint8(3))
	}
	f.Fuzz(func(t *testing.T, text string, size uint8) {
		want, faulty := wholeRecords(text)
		got, refused := recordsOf(t, text, int(size)+1)
		if strings.Contains(text, "\r") && !strings.Contains(text, "\n") {
			return // bare carriage returns are line ends here, and are not for encoding/csv
		}
		if faulty != refused {
			t.Fatalf("%q by %d: got a fault %v, want %v", text, size, refused, faulty)
		}
		// Where quotation marks break their rules, the cuts may fall elsewhere; that something is wrong has been told.
		if diff := cmp.Diff(want, got); diff != "" && !faulty {
			t.Errorf("%q by %d (-want +got):\n%s", text, size, diff)
		}
	})
}

// TestParts reads a table whole and in parts, which must come to the same rows and faults.
func TestParts(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	text.WriteString("area,value\n")
	for i := range 3000 {
		switch i % 500 {
		case 7:
			text.WriteString("\"two\nlines\",7\n")
		case 77:
			text.WriteString("A,1,too,many\n")
		case 177:
			text.WriteString("A\x92,1\n\n")
		default:
			fmt.Fprintf(&text, "A%d,%d\n", i, i)
		}
	}
	dataset := datasets.Dataset{ID: "d", File: "dataset.yaml", Columns: []datasets.Column{{Name: "value"}, {Name: "area"}}}
	dataset.Source = datasets.Source{Kind: "csv", File: "f.csv"}
	open := func() *Table {
		table, faults := Open(dataset, Received{Data: []byte(text.String())})
		if table == nil {
			t.Fatal(faults)
		}
		return table
	}
	whole := open()
	want := rowsOf(t, whole)
	for _, size := range []int{1, 100, 1000, 10_000, 1 << 20} {
		table := open()
		rest := table.records.(*delimited)
		rest.cutter.next, rest.cutter.line, rest.cutter.size = int64(len("area,value\n")), 2, size
		rest.lines = readLines("f.csv", block{line: 2}, ',')
		var got []string
		parts := 0
		for part := range table.Parts() {
			parts++
			got = append(got, rowsOf(t, part)...)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("by %d: rows (-want +got):\n%s", size, diff)
		}
		if diff := cmp.Diff(told(whole.Faults()), told(table.Faults())); diff != "" {
			t.Errorf("by %d: faults (-want +got):\n%s", size, diff)
		}
		if least := text.Len() / size / 2; parts < min(least, 100) {
			t.Errorf("by %d: got %d parts, want more", size, parts)
		}
	}
}

func rowsOf(t *testing.T, table *Table) []string {
	t.Helper()
	var rows []string
	for {
		row, cells, err := table.Next()
		if err != nil {
			return rows
		}
		rows = append(rows, fmt.Sprintf("%d %q", row, cells))
	}
}

func told(faults fault.List) []string {
	var texts []string
	for _, f := range faults {
		texts = append(texts, f.String())
	}
	return texts
}

// endless is a content of one letter, so many times.
type endless int64

func (e endless) Size() int64 { return int64(e) }

func (e endless) ReadAt(into []byte, at int64) (int, error) {
	n := int(min(int64(len(into)), int64(e)-at))
	copy(into[:n], bytes.Repeat([]byte{'a'}, n))
	if n < len(into) {
		return n, io.EOF
	}
	return n, nil
}

// TestLongLine refuses a line of 500 MB without reading it.
func TestLongLine(t *testing.T) {
	t.Parallel()
	dataset := datasets.Dataset{ID: "d", File: "dataset.yaml", Columns: []datasets.Column{{Name: "area"}}}
	dataset.Source = datasets.Source{Kind: "csv", File: "f.csv"}
	_, faults := Open(dataset, Received{Disk: endless(500 << 20)})
	want := "f.csv:1:1: cannot be read on from here: the line is longer than 16 MiB (look whether it is the right file: a table has a line a row)"
	if got := told(faults); len(got) != 1 || got[0] != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestPlacesInAnyOrder: the place of a cell does not depend on what was asked for before.
func TestPlacesInAnyOrder(t *testing.T) {
	t.Parallel()
	read := readLines("a.csv", block{text: "a,b\n\"c\",d\nlong,e\nf,g\n", line: 5}, ',')
	for _, c := range []struct{ line, index, column int }{{7, 1, 6}, {5, 0, 1}, {8, 1, 3}, {6, 1, 5}, {9, 0, 0}, {6, 1, 5}, {4, 0, 1}} {
		got := read.find(c.line, c.index)
		if want := fault.At("a.csv", c.line, c.column); got != want {
			t.Errorf("cell %d of line %d: got %v, want %v", c.index, c.line, got, want)
		}
	}
}
