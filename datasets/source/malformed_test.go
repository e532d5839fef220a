package source_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// TestPackedText reads text out of gzip and zip, in every encoding.
func TestPackedText(t *testing.T) {
	t.Parallel()
	const text = "area,value\nCafé,1\n"
	var utf16Text []byte
	for _, unit := range utf16.Encode([]rune("\uFEFF" + text)) {
		utf16Text = append(utf16Text, byte(unit), byte(unit>>8))
	}
	inner := writeZip(t, "readme.txt", "x", "data/figures.csv", text)
	for _, c := range []struct {
		name, file string
		layout     datasets.Layout
		data       []byte
		want       string
	}{
		{"gzip", "figures.csv.gz", datasets.Layout{}, zipped(t, []byte(text)), "figures.csv:2:6"},
		{"zip with one file", "figures.zip", datasets.Layout{}, writeZip(t, "a/", "", "a/f.csv", text, "__MACOSX/f.csv", "x"), "figures.zip!a/f.csv:2:6"},
		{"zip with several", "figures.zip", datasets.Layout{Member: "figures.csv"}, inner, "figures.zip!data/figures.csv:2:6"},
		{"zip by pattern", "figures.zip", datasets.Layout{Member: `/\.csv$/`}, inner, "figures.zip!data/figures.csv:2:6"},
		{"zip in gzip", "figures.zip.gz", datasets.Layout{Member: `/\.csv$/`}, zipped(t, inner), "figures.zip!data/figures.csv:2:6"},
		{"zip with a path that leads out", "figures.zip", datasets.Layout{}, writeZip(t, "../../etc/passwd", text), "figures.zip!../../etc/passwd:2:6"},
		{"Windows-1252", "figures.csv", datasets.Layout{Encoding: "windows-1252"}, []byte("area,value\nCaf\xE9,1\n"), "figures.csv:2:6"},
		{"UTF-16", "figures.csv", datasets.Layout{Encoding: "utf-16"}, utf16Text, "figures.csv:2:6"},
		{"UTF-16 without a mark", "figures.csv", datasets.Layout{Encoding: "utf-16"}, utf16Text[2:], "figures.csv:2:6"},
	} {
		dataset := datasets.Dataset{ID: "d", File: "dataset.yaml", Columns: []datasets.Column{{Name: "area"}, {Name: "value"}}}
		dataset.Source = datasets.Source{Kind: "csv", File: c.file, Layout: &c.layout}
		table, faults := source.Open(dataset, source.Received{Data: c.data})
		if table == nil {
			t.Errorf("%s: got %v, want a table", c.name, faults)
			continue
		}
		row, cells, err := table.Next()
		if err != nil || cells[0] != "Café" || cells[1] != "1" || table.Place(row, "value").String() != c.want {
			t.Errorf("%s: got %q at %v and %v, want Café at %s", c.name, cells, table.Place(row, "value"), err, c.want)
		}
	}
}

// TestWindows1252Marks reads the bytes that Windows-1252 has for an ellipsis, an apostrophe and a dash, which are control
// characters elsewhere. It shows layout-windows-1252 of the corpus's facts.csv.
func TestWindows1252Marks(t *testing.T) {
	t.Parallel()
	dataset := datasets.Dataset{ID: "d", File: "dataset.yaml", Columns: []datasets.Column{{Name: "area"}, {Name: "value"}}}
	dataset.Source = datasets.Source{Kind: "csv", File: "figures.csv", Layout: &datasets.Layout{Encoding: "windows-1252"}}
	table, faults := source.Open(dataset, source.Received{Data: []byte("area,value\nKing\x92s Lynn \x96 the rest\x85,1\n")})
	if table == nil {
		t.Fatal(faults)
	}
	_, cells, err := table.Next()
	if want := "King\u2019s Lynn \u2013 the rest\u2026"; err != nil || cells[0] != want {
		t.Errorf("got %q and %v, want %q", cells[0], err, want)
	}
}

func zipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var written bytes.Buffer
	writer := gzip.NewWriter(&written)
	_, err := writer.Write(data)
	must(t, err)
	must(t, writer.Close())
	return written.Bytes()
}

// bomb is a gzip file of zeros that unpacks to a length.
func bomb(t testing.TB, length int64) []byte {
	t.Helper()
	var written bytes.Buffer
	writer, err := gzip.NewWriterLevel(&written, gzip.BestSpeed)
	must(t, err)
	_, err = io.CopyN(writer, zeros{}, length)
	must(t, err)
	must(t, writer.Close())
	return written.Bytes()
}

// zeros is an endless file of zeros.
type zeros struct{}

// Read fills the buffer.
func (zeros) Read(buffer []byte) (int, error) {
	clear(buffer)
	return len(buffer), nil
}

const (
	cutShort  = " (the file may have been cut short: fetch it again)"
	rightFile = " (look whether it is the right file)"
	saveAgain = " (open it in a spreadsheet and save it again, or ask its publisher for a sound one)"
)

// TestMalformed holds every broken file to one clear fault.
func TestMalformed(t *testing.T) {
	t.Parallel()
	archive := writeZip(t, "a.csv", "area\nA\n", "b.csv", "area\nA\n")
	book := writeXLSX(t, map[string][][]string{"S": {{"area"}, {"A"}}}, "S")
	repeated := func(rows, columns string) []byte {
		return writeODS(t, `<table:table table:name="S"><table:table-row table:number-rows-repeated="`+rows+`"><table:table-cell office:value-type="string" table:number-columns-repeated="`+columns+
			`"><text:p>area</text:p></table:table-cell></table:table-row></table:table>`)
	}
	for _, c := range []struct {
		name, kind, file string
		layout           datasets.Layout
		data             []byte
		want             string
	}{
		{"gzip cut short", "csv", "f.csv.gz", datasets.Layout{}, zipped(t, []byte("area\nA\n"))[:15], "f.csv.gz: is broken as a gzip file: unexpected EOF" + cutShort},
		{"gzip of nothing", "csv", "f.csv.gz", datasets.Layout{}, []byte("\x1F\x8B"), "f.csv.gz: is broken as a gzip file: unexpected EOF" + cutShort},
		{"zip cut short", "csv", "f.zip", datasets.Layout{}, archive[:len(archive)-30], "f.zip: is broken as a zip file: zip: not a valid zip file" + cutShort},
		{"zip with several", "csv", "f.zip", datasets.Layout{}, archive, "dataset.yaml: source.layout.member: 2 files of the archive fit, exactly one must (the archive holds: a.csv, b.csv)"},
		{"zip without the member", "csv", "f.zip", datasets.Layout{Member: "c.csv"}, archive, "dataset.yaml: source.layout.member: 0 files of the archive fit, exactly one must (the archive holds: a.csv, b.csv)"},
		{"zip of nothing", "csv", "f.zip", datasets.Layout{}, writeZip(t), "dataset.yaml: source.layout.member: 0 files of the archive fit, exactly one must (the archive holds: nothing)"},
		{"workbook as text", "csv", "f.csv", datasets.Layout{}, book, "f.csv:1:1: is a workbook or another zip archive, not delimited text (save the sheet as CSV in UTF-8)"},
		{"unknown encoding", "csv", "f.csv", datasets.Layout{Encoding: "ebcdic"}, []byte("area\nA\n"), `dataset.yaml: source.layout.encoding: is "ebcdic" (use one of: utf-8, utf-16, windows-1252)`},
		{"text as workbook", "xlsx", "f.xlsx", datasets.Layout{}, []byte("area\nA\n"), "f.xlsx: is not a workbook (look whether it is text: say kind: csv)"},
		{"web page as workbook", "ods", "f.ods", datasets.Layout{}, []byte("<!DOCTYPE html><html>"), "f.ods: is a web page or XML, not a workbook (give the address of the file itself: a server may have answered with a page of its own)"},
		{"old workbook", "xlsx", "f.xls", datasets.Layout{}, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "f.xls: is a workbook of the old format (.xls) (save it as .xlsx)"},
		{"workbook cut short", "xlsx", "f.xlsx", datasets.Layout{}, book[:len(book)/2], "f.xlsx: is broken as a workbook: zip: not a valid zip file" + cutShort},
		{"zip as workbook", "ods", "f.ods", datasets.Layout{}, archive, "f.ods: is broken as a workbook: it is a zip archive that lacks content.xml, which holds the sheets" + cutShort},
		{"no sheets", "ods", "f.ods", datasets.Layout{}, writeODS(t, ""), "f.ods: holds no sheet" + rightFile},
		{"sheet without an end", "ods", "f.ods", datasets.Layout{}, writeZip(t, "content.xml", `<table:table table:name="S"><table:table-row>`), "f.ods!S: is broken as a workbook: the sheet does not end" + cutShort},
		{"entities of entities", "ods", "f.ods", datasets.Layout{}, writeODS(t, `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><table:table table:name="S"><table:table-row><table:table-cell><text:p>&b;</text:p></table:table-cell></table:table-row></table:table>`),
			"f.ods: is broken as a workbook: it declares a document type, which no workbook does" + saveAgain},
		{"cells without end", "ods", "f.ods", datasets.Layout{}, repeated("1048576", "16384"), "f.ods!S:1: is too large: it has more than 10000000 cells (look whether it is the right file; saved as CSV, a sheet may be of any length)"},
		{"rows without end", "ods", "f.ods", datasets.Layout{}, repeated("1000000000", "1"), "f.ods!S:1: is broken as a workbook: more rows than a sheet can have" + saveAgain},
		{"columns without end", "ods", "f.ods", datasets.Layout{}, repeated("1", "20000"), "f.ods!S:1: is broken as a workbook: more columns than a sheet can have" + saveAgain},
		{"repeated minus one times", "ods", "f.ods", datasets.Layout{}, repeated("-1", "1"), "f.ods!S:1: is broken as a workbook: number-rows-repeated is not a number above 0 that a sheet can have" + saveAgain},
		{"behind a password", "ods", "f.ods", datasets.Layout{}, writeZip(t, "content.xml", "\x01\x02", "META-INF/manifest.xml", "<manifest:encryption-data/>"), "f.ods: lies behind a password (save it without one)"},
		{"of Excel", "ods", "f.ods", datasets.Layout{}, book, "f.ods: is broken as a workbook: it is one of Excel: say kind: xlsx" + saveAgain},
		{"zip behind a password", "csv", "f.zip", datasets.Layout{}, rawZip(t, zip.FileHeader{Name: "f.csv", Method: zip.Deflate, Flags: 1}), "f.zip!f.csv: lies behind a password (save it without one)"},
		{"zip of another method", "csv", "f.zip", datasets.Layout{}, rawZip(t, zip.FileHeader{Name: "f.csv", Method: 14}), "f.zip!f.csv: is compressed in a way that is not read (pack it again, in the usual way of zip files)"},
		{"member twice", "csv", "f.zip", datasets.Layout{Members: []string{"f.csv"}}, writeZip(t, "f.csv", "area\nA\n", "f.csv", "area\nB\n"), "f.zip!f.csv: stands twice in the archive (pack it again with the one that is meant)"},
		{"formula alone", "ods", "f.ods", datasets.Layout{}, writeODS(t, odsText("S", [][]string{{"area"}})[:len(odsText("S", [][]string{{"area"}}))-len("</table:table>")]+`<table:table-row><table:table-cell table:formula="of:=1"/></table:table-row></table:table>`),
			"f.ods!S:2:1: area: holds a formula without its value (open the workbook in a spreadsheet and save it: then its formulas are calculated)"},
		{"headings alone", "xlsx", "f.xlsx", datasets.Layout{}, writeXLSX(t, map[string][][]string{"S": {{"area"}}}, "S"), "f.xlsx!S:1:1: has headings and no row below them (the file may have been cut short: fetch it again)"},
		{"zero byte in text", "csv", "f.csv", datasets.Layout{Ragged: "pad"}, []byte("area\nA\x00\n"), "f.csv:2:1: area: holds a zero byte, which no text has (the file may be damaged: fetch it again)"},
	} {
		dataset := datasets.Dataset{ID: "d", File: "dataset.yaml", Columns: []datasets.Column{{Name: "area"}}}
		dataset.Source = datasets.Source{Kind: c.kind, File: c.file, Layout: &c.layout}
		_, got := outcomeOf(t, dataset, c.data)
		if got != c.want+"\n" {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// rawZip is an archive of one file whose bytes nobody has packed.
func rawZip(t testing.TB, header zip.FileHeader) []byte {
	t.Helper()
	var written bytes.Buffer
	archive := zip.NewWriter(&written)
	header.CompressedSize64, header.UncompressedSize64 = 6, 7
	part, err := archive.CreateRaw(&header)
	must(t, err)
	_, err = part.Write([]byte("secret"))
	must(t, err)
	must(t, archive.Close())
	return written.Bytes()
}

// TestBomb refuses a file that unpacks to more than the limit, before it fills the memory. It is not run beside others,
// whose memory would be counted too.
func TestBomb(t *testing.T) {
	packed := bomb(t, 520<<20)
	dataset := datasets.Dataset{ID: "d", File: "dataset.yaml", Columns: []datasets.Column{{Name: "area"}}}
	dataset.Source = datasets.Source{Kind: "csv", File: "f.csv.gz"}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, faults := outcomeOf(t, dataset, packed)
	runtime.ReadMemStats(&after)
	if want := "f.csv.gz: is too large: it unpacks to more than any publisher's file (look whether it is the right file; unpacked, a text may be of any length)" + "\n"; faults != want {
		t.Errorf("got %q, want %q", faults, want)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 10<<20 {
		t.Errorf("got %d bytes of memory used for %d bytes, want at most 10 MiB", used, len(packed))
	}
}

// TestLinksAreNoFiles refuses a link in the place of the file.
func TestLinksAreNoFiles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	must(t, os.WriteFile(filepath.Join(folder, "outside.csv"), []byte("area\nA\n"), 0o600))
	must(t, os.Mkdir(filepath.Join(folder, "project"), 0o700))
	if err := os.Symlink(filepath.Join(folder, "outside.csv"), filepath.Join(folder, "project", "figures.csv")); err != nil {
		t.Skipf("links cannot be made here: %v", err)
	}
	dataset := datasets.Dataset{ID: "d", File: "dataset.yaml", Folder: ".", Source: datasets.Source{Kind: "csv", File: "figures.csv"}}
	_, err := source.Receive(t.Context(), dataset, source.Options{Files: os.DirFS(filepath.Join(folder, "project"))})
	if want := "figures.csv is not a file of its own but a link"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
}
