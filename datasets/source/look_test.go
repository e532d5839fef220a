package source_test

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// utf16Of writes a text in UTF-16 with the lower byte first, behind a mark or without one.
func utf16Of(text, mark string) []byte {
	data := []byte(mark)
	for _, unit := range utf16.Encode([]rune(text)) {
		data = binary.LittleEndian.AppendUint16(data, unit)
	}
	return data
}

const lookedAt = "area;period;note\nE06000034;2023;“curly” – £5\nE06000033;2023;two, with a comma\n"

// TestLookTellsTheFormat: by the bytes, whatever the file is called.
func TestLookTellsTheFormat(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"area", "period", "rate"}, {"E06000034", "2023", "1.5"}, {"E06000033", "2023", "2"}}
	book := writeXLSX(t, map[string][][]string{"Cover": {{"A title"}}, "Table 1": rows, "Empty": nil}, "Cover", "Table 1", "Empty")
	for name, c := range map[string]struct {
		data   []byte
		member string
		want   datasets.Source
		sheets []string
		rows   int
		cell   string
	}{
		"semicolons":          {data: []byte(lookedAt), want: datasets.Source{Kind: "csv", Delimiter: ";"}, sheets: []string{""}, rows: 3, cell: "“curly” – £5"},
		"mark of UTF-8":       {data: []byte("\xEF\xBB\xBF" + lookedAt), want: datasets.Source{Kind: "csv", Delimiter: ";"}, sheets: []string{""}, rows: 3, cell: "“curly” – £5"},
		"tabs":                {data: []byte("a, b\tc\n1,2\t3\n1,4\t5\n"), want: datasets.Source{Kind: "csv", Delimiter: "\t"}, sheets: []string{""}, rows: 3, cell: "5"},
		"bars":                {data: []byte("a|b\n1|2\n"), want: datasets.Source{Kind: "csv", Delimiter: "|"}, sheets: []string{""}, rows: 2, cell: "2"},
		"carriage returns":    {data: []byte("a,b\r1,2\r"), want: datasets.Source{Kind: "csv", Delimiter: ","}, sheets: []string{""}, rows: 2, cell: "2"},
		"titles above":        {data: []byte("A title, with a comma\n\na;b;c\n1;2;3\n4;5;6\n"), want: datasets.Source{Kind: "csv", Delimiter: ";"}, sheets: []string{""}, rows: 4, cell: "6"},
		"UTF-16 with a mark":  {data: utf16Of(lookedAt, "\xFF\xFE"), want: datasets.Source{Kind: "csv", Delimiter: ";", Layout: &datasets.Layout{Encoding: "utf-16"}}, sheets: []string{""}, rows: 3, cell: "“curly” – £5"},
		"UTF-16 without":      {data: utf16Of(lookedAt, ""), want: datasets.Source{Kind: "csv", Delimiter: ";", Layout: &datasets.Layout{Encoding: "utf-16"}}, sheets: []string{""}, rows: 3, cell: "“curly” – £5"},
		"Windows-1252":        {data: []byte("a,b\n1,\x93curly\x94 \x96 \xA35\n"), want: datasets.Source{Kind: "csv", Delimiter: ",", Layout: &datasets.Layout{Encoding: "windows-1252"}}, sheets: []string{""}, rows: 2, cell: "“curly” – £5"},
		"gzip":                {data: zipped(t, []byte(lookedAt)), want: datasets.Source{Kind: "csv", Delimiter: ";"}, sheets: []string{""}, rows: 3, cell: "“curly” – £5"},
		"a zip of one":        {data: writeZip(t, "folder/figures.csv", lookedAt), want: datasets.Source{Kind: "csv", Delimiter: ";", Layout: &datasets.Layout{Member: "folder/figures.csv"}}, sheets: []string{""}, rows: 3, cell: "“curly” – £5"},
		"a zip of two":        {data: writeZip(t, "readme.txt", "Read me", "figures.csv", lookedAt), member: "figures.csv", want: datasets.Source{Kind: "csv", Delimiter: ";", Layout: &datasets.Layout{Member: "figures.csv"}}, sheets: []string{""}, rows: 3, cell: "“curly” – £5"},
		"a workbook in a zip": {data: writeZip(t, "book.xlsx", string(book)), want: datasets.Source{Kind: "xlsx", Layout: &datasets.Layout{Member: "book.xlsx"}}, sheets: []string{"Cover", "Table 1"}, rows: 3, cell: "1.5"},
		"xlsx":                {data: book, want: datasets.Source{Kind: "xlsx"}, sheets: []string{"Cover", "Table 1"}, rows: 3, cell: "1.5"},
		"xlsx with one sheet": {data: writeXLSX(t, map[string][][]string{"Empty": nil, "Table 1": rows}, "Empty", "Table 1"), want: datasets.Source{Kind: "xlsx", Layout: &datasets.Layout{Sheets: []string{"Table 1"}}}, sheets: []string{"Table 1"}, rows: 3, cell: "1.5"},
		"ods":                 {data: writeODS(t, odsText("Table 1", rows)+odsText("Notes", [][]string{{"Note"}})), want: datasets.Source{Kind: "ods"}, sheets: []string{"Table 1", "Notes"}, rows: 3, cell: "1.5"},
		"parquet":             {data: textParquet(t, rows), want: datasets.Source{Kind: "parquet"}, sheets: []string{""}, rows: 3, cell: "1.5"},
		"records":             {data: []byte(`{"meta": {"list": [1, 2, 3]}, "result": {"records": [{"area": "E06000034", "rate": 1.5}, {"area": "E06000033"}]}}`), want: datasets.Source{Kind: "json", Path: "result.records"}, sheets: []string{""}, rows: 3, cell: "1.5"},
		"a list of records":   {data: []byte(`[{"area": "E06000034", "rate": 1.5}]`), want: datasets.Source{Kind: "json"}, sheets: []string{""}, rows: 2, cell: "1.5"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sample, faults := source.Look("download", c.member, bytes.NewReader(c.data))
			if len(faults) > 0 {
				t.Fatalf("got faults: %v", faults)
			}
			c.want.File = "download"
			if diff := cmp.Diff(c.want, sample.Source); diff != "" {
				t.Errorf("source (-want +got):\n%s", diff)
			}
			var sheets []string
			for _, sheet := range sample.Sheets {
				sheets = append(sheets, sheet.Name)
			}
			if diff := cmp.Diff(c.sheets, sheets); diff != "" {
				t.Fatalf("sheets (-want +got):\n%s", diff)
			}
			table := slices.IndexFunc(sample.Sheets, func(s datasets.Sheet) bool { return strings.HasPrefix(s.Name, "Table") })
			head := sample.Sheets[max(table, 0)].Head
			held := slices.ContainsFunc(head, func(r datasets.Row) bool { return slices.Contains(r.Cells, c.cell) })
			if len(head) != c.rows || !held {
				t.Errorf("got %d rows %v, want %d with the cell %q", len(head), head, c.rows, c.cell)
			}
		})
	}
}

// TestLookIsWhatOpenReads: a file that was looked at is opened by what was found, with every heading for a column.
func TestLookIsWhatOpenReads(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"area", "period", "rate"}, {"E06000034", "2023", "1.5"}}
	for name, data := range map[string][]byte{
		"a.csv.gz": zipped(t, []byte("area\tperiod\trate\nE06000034\t2023\t1.5\n")), "b.txt": utf16Of("area;period;rate\nE06000034;2023;1.5\n", "\xFF\xFE"),
		"c.xlsx": writeXLSX(t, map[string][][]string{"one": rows}, "one"), "d.ods": writeODS(t, odsText("one", rows)), "e.parquet": textParquet(t, rows),
		"f.zip": writeZip(t, "inside.csv", "area,period,rate\nE06000034,2023,1.5\n"),
	} {
		sample, faults := source.Look(name, "", bytes.NewReader(data))
		if len(faults) > 0 {
			t.Errorf("%s: got faults: %v", name, faults)
			continue
		}
		file := source.Reread(source.Received{Name: name, Data: data})
		for range 2 {
			table, faults := file.Open(datasets.Dataset{Folder: ".", Source: sample.Source})
			if table == nil {
				t.Errorf("%s: got no table: %v", name, faults)
				break
			}
			if _, cells, err := table.Next(); err != nil || !slices.Equal(cells[:3], rows[1]) || !slices.Equal(table.Headings()[:3], rows[0]) {
				t.Errorf("%s: got %v below %v, %v, want %v", name, cells, table.Headings(), err, rows)
			}
		}
	}
}

// TestLookTellsWhatCannotBeRead: what a file is, and what to do about it.
func TestLookTellsWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		data []byte
		want []string
	}{
		"nothing":               {nil, []string{"is empty"}},
		"blank lines":           {[]byte("\xEF\xBB\xBF \r\n\r\n"), []string{"is empty"}},
		"a PDF":                 {[]byte("%PDF-1.7\n%\xE2\xE3"), []string{"PDF", "table behind it"}},
		"a web page":            {[]byte("\n<!DOCTYPE html><html>"), []string{"web page", "links to"}},
		"an error page":         {[]byte("<HTML><body>404"), []string{"web page"}},
		"XML":                   {[]byte("<?xml version='1.0'?><sdmx/>"), []string{"XML"}},
		"an old workbook":       {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)), []string{"before 2007", "xlsx"}},
		"a protected workbook":  {append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), utf16Of("EncryptedPackage", "")...), []string{"password"}},
		"a binary workbook":     {writeZip(t, "[Content_Types].xml", "", "xl/workbook.bin", ""), []string{"xlsb", "xlsx"}},
		"a document":            {writeZip(t, "word/document.xml", "<w/>"), []string{"word processor"}},
		"a broken zip":          {[]byte("PK\x03\x04 and more"), []string{"broken", "fetch it again"}},
		"a workbook cut short":  {writeXLSX(t, map[string][][]string{"one": {{"a"}}}, "one")[:300], []string{"broken"}},
		"a Parquet cut short":   {textParquet(t, [][]string{{"a"}, {"1"}})[:40], []string{"Parquet"}},
		"JSON cut short":        {[]byte(`{"records": [{"a": 1}`), []string{"not whole JSON"}},
		"a picture":             {[]byte("\x89PNG\r\n\x1a\n"), []string{"picture"}},
		"bytes":                 {[]byte("\x01\x02\x00\x03\x00\x00\x04\x05\x00\x00\x00\x00"), []string{"no text"}},
		"a 7z archive":          {[]byte("7z\xBC\xAF\x27\x1C"), []string{"7z", "unpack"}},
		"a workbook of nothing": {writeXLSX(t, map[string][][]string{"one": nil}, "one"), []string{"without a sheet"}},
	} {
		_, faults := source.Look("download", "", bytes.NewReader(c.data))
		if len(faults) != 1 {
			t.Errorf("%s: got %v, want one fault", name, faults)
			continue
		}
		for _, part := range c.want {
			if !strings.Contains(faults[0].String(), part) {
				t.Errorf("%s: got %q, want %q in it", name, faults[0], part)
			}
		}
	}
	if _, faults := source.Look("a.zip", "absent.csv", bytes.NewReader(writeZip(t, "one.csv", "a,b\n1,2\n"))); len(faults) != 1 || !strings.Contains(faults[0].String(), "one.csv") {
		t.Errorf("a file that is not in the archive: got %v, want those that are", faults)
	}
	if sample, faults := source.Look("a.zip", "", bytes.NewReader(writeZip(t, "one.csv", "a", "two.csv", "b"))); len(faults) > 0 || !slices.Equal(sample.Members, []string{"one.csv", "two.csv"}) {
		t.Errorf("an archive of two: got %v, %v, want both to choose from", sample.Members, faults)
	}
}

// TestLookSurvivesBrokenFiles: files cut short, or with bytes overwritten, are told and end nothing.
func TestLookSurvivesBrokenFiles(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"area", "period", "rate"}, {"E06000034", "2023", "1.5"}, {"E06000033", "2023", "2"}}
	for name, data := range map[string][]byte{
		"xlsx": writeXLSX(t, map[string][][]string{"one": rows}, "one"), "ods": writeODS(t, odsText("one", rows)), "parquet": textParquet(t, rows),
		"json": []byte(`{"a": [{"b": [{"c": 1}]}, {"b": "\u00e9"}]}`), "gzip": zipped(t, []byte(lookedAt)),
	} {
		step := max(len(data)/97, 1)
		for at := 0; at < len(data); at += step {
			source.Look(name, "", bytes.NewReader(data[:at]))
			changed := slices.Clone(data)
			changed[at] ^= 0x5A
			source.Look(name, "", bytes.NewReader(changed))
		}
	}
}
