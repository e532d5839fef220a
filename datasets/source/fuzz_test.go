package source_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// layouts are those that the fuzzers try on every file.
var layouts = []*datasets.Layout{
	nil,
	{HeadingRows: 2, Footer: []string{"blank", "/^note/"}, Blocks: []datasets.Block{{Row: "date", As: "_date"}}, Ragged: "pad"},
	{SkipRows: 1, UnitRows: 1, Ragged: "skip", Fill: []string{"area"}, FirstOf: map[string][]string{"_first": {"area", "#1"}}},
	{PeriodsAcross: []datasets.Across{{Headings: `/^(\d{4})/`}}, Where: map[string][]string{"area": {"/./"}}, Constants: map[string]string{"_c": "x"}},
	{Encoding: "utf-16", Member: "/csv$/"},
	{Sheets: []string{"/./"}, LaterSheetsWin: true},
}

// drainAny reads a file to its end and holds what comes out to the promises of a Table: it ends, each row has the right
// number of cells and a place, rows do not go back, and nothing comes without a reason.
func drainAny(t *testing.T, kind, file string, data []byte, layout *datasets.Layout) (rows int) {
	dataset := datasets.Dataset{ID: "fuzz", File: "dataset.yaml", Columns: []datasets.Column{{Name: "area"}}, Key: []string{"area"}}
	dataset.Source = datasets.Source{Kind: kind, File: file, Layout: layout}
	if layout != nil && len(layout.PeriodsAcross) > 0 {
		dataset.Columns = append(dataset.Columns, datasets.Column{Name: "value", From: "_value"})
	}
	table, faults := source.Open(dataset, source.Received{Data: data})
	if table == nil {
		if len(faults.Errors()) == 0 {
			t.Fatal("no table and no fault")
		}
		return 0
	}
	for last := 0; ; rows++ {
		row, cells, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || row < last || row < 1 || len(cells) != len(dataset.Columns) {
			t.Fatalf("got row %d after %d, cells %q, %v", row, last, cells, err)
		}
		if place := table.Place(row, "area"); place.Line < 1 {
			t.Fatalf("row %d has its area at %v", row, place)
		}
		last = row
	}
	if rows == 0 && len(table.Faults()) == 0 && (layout == nil || layout.Where == nil) {
		t.Fatal("no row and no fault")
	}
	return rows
}

func FuzzLayout(f *testing.F) {
	for _, seed := range []string{"area,2020,2021\nA,1,2\n", "title\n\narea,value\n,%\nA,1\n,2\nnote\n", "date,2018\narea\nx\nA\n\ndate,2019\narea\nx\nB\n", "area;2020\n\"A\nB\";1\n"} {
		f.Add([]byte(seed), uint8(len(seed)))
	}
	f.Fuzz(func(t *testing.T, data []byte, which uint8) {
		drainAny(t, "csv", "figures.csv", data, layouts[int(which)%len(layouts)])
	})
}

const (
	sheetHead   = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
	fuzzedSheet = sheetHead + `<dimension ref="A1"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2020</v></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>A</t></is></c><c r="B3"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>`
	fuzzedTexts = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>area</t></si></sst>`
)

// FuzzXLSX fuzzes one sheet of a workbook and its shared texts, and not the archive around them, whose checksums nearly
// every change would break.
func FuzzXLSX(f *testing.F) {
	f.Add(fuzzedSheet, fuzzedTexts, uint8(0))
	f.Add(sheetHead+`<sheetData><row r="1"><c r="A1" t="str"><v>area</v></c><c r="B1"/></row><row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>`, fuzzedTexts, uint8(1))
	f.Fuzz(func(t *testing.T, sheet, texts string, which uint8) {
		drainAny(t, "xlsx", "figures.xlsx", oneSheet(t, sheet, texts), layouts[int(which)%len(layouts)])
	})
}

// TestFuzzedWorkbookIsRead holds the workbook that the fuzzer builds to being one: if it were not, the fuzzer would try
// nothing but refusals.
func TestFuzzedWorkbookIsRead(t *testing.T) {
	t.Parallel()
	if got := drainAny(t, "xlsx", "figures.xlsx", oneSheet(t, fuzzedSheet, fuzzedTexts), nil); got != 1 {
		t.Errorf("got %d rows of the first seed, want 1", got)
	}
}

// oneSheet is a workbook around the XML of one sheet and of its shared texts.
func oneSheet(t testing.TB, sheet, texts string) []byte {
	t.Helper()
	return writeZip(t,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`,
		"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", sheet, "xl/sharedStrings.xml", texts)
}

// FuzzODS fuzzes the content of the archive, which the fuzzer would hardly ever get through the checksums.
func FuzzODS(f *testing.F) {
	rows := [][]string{{"area", "2020"}, {"A", "1"}}
	f.Add(odsText("a", rows), uint8(0))
	f.Add(odsText("a", rows)+odsText("b", rows), uint8(5))
	f.Add(strings.ReplaceAll(odsText("a", rows), "<table:table-cell ", `<table:table-cell table:number-columns-repeated="2" table:number-columns-spanned="3" `), uint8(1))
	f.Fuzz(func(t *testing.T, content string, which uint8) {
		drainAny(t, "ods", "figures.ods", writeODS(t, content), layouts[int(which)%len(layouts)])
	})
}
