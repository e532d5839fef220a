package source_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// drainAll reads a file of which every heading is a column, and holds it to the promises of a Table.
func drainAll(t *testing.T, from datasets.Source, data []byte) {
	t.Helper()
	table, faults := source.Open(datasets.Dataset{ID: "fuzz", File: "dataset.yaml", Folder: ".", Source: from}, source.Received{Data: data})
	if table == nil {
		if len(faults.Errors()) == 0 {
			t.Fatal("no table and no fault")
		}
		return
	}
	rows := 0
	for last := 0; ; rows++ {
		row, cells, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || row < last || row < 1 || len(cells) != len(table.Headings()) {
			t.Fatalf("got row %d after %d, cells %q below %q, %v", row, last, cells, table.Headings(), err)
		}
		if place := table.Place(row, ""); place.Line < 1 {
			t.Fatalf("row %d is at %v", row, place)
		}
		last = row
	}
	if rows == 0 && len(table.Faults()) == 0 && (from.Layout == nil || from.Layout.Where == nil) {
		t.Fatal("no row and no fault")
	}
}

// FuzzCube fuzzes the parts of a cube apart from each other, since nearly every change of the whole leaves no cube.
func FuzzCube(f *testing.F) {
	const (
		measures = `[{"uri":"m","label":"Count"}]`
		fields   = `[{"uri":"f","label":"Area","items":[{"uris":["x:E06000034"],"labels":["Thurrock"]},{"type":"Total","labels":["Total"]}]},{"label":"Month","items":[{"uris":["C_DATE:202305"],"labels":["May-23"],"annotationKeys":["P"]}]}]`
	)
	f.Add(measures, fields, `{"m":{"values":[[1],[2.5]],"precision":0}}`, `{}`)
	f.Add(measures, fields, `{"m":{"values":[[null],[2]],"annotations":{"[0,0]":["V"]},"precision":2}}`, `{"V":"Nil or negligible"}`)
	f.Add(`[{"uri":"m"},{"uri":"n"}]`, `[{"items":[{}]}]`, `{"m":{"values":[1]},"n":{"values":["2"]}}`, `null`)
	f.Fuzz(func(t *testing.T, measures, fields, cubes, notes string) {
		text := `{"measures":` + measures + `,"fields":` + fields + `,"cubes":` + cubes + `,"annotationMap":` + notes + `}`
		drainAll(t, datasets.Source{Kind: "json", File: "cube.json"}, []byte(text))
	})
}

// FuzzWorkbook fuzzes the parts of a workbook that say where its sheets are.
func FuzzWorkbook(f *testing.F) {
	const head = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`
	f.Add(head+`<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`, `<Relationships><Relationship Id="rId1" Type="/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`, uint8(0))
	f.Add(head+`<sheets><sheet name="a" r:id="x"/><sheet name="b" r:id="y"/></sheets></workbook>`,
		`<Relationships><Relationship Id="x" Target="/xl/worksheets/sheet1.xml"/><Relationship Id="y" Target="..\sheet2.xml"/><Relationship Id="z" Type="/sharedStrings" Target="sharedStrings.xml"/></Relationships>`, uint8(5))
	f.Fuzz(func(t *testing.T, book, relations string, which uint8) {
		data := writeZip(t, "xl/workbook.xml", book, "xl/_rels/workbook.xml.rels", relations, "xl/worksheets/sheet1.xml", fuzzedSheet, "xl/sharedStrings.xml", fuzzedTexts)
		drainAny(t, "xlsx", "figures.xlsx", data, layouts[int(which)%len(layouts)])
	})
}

// FuzzUnpack fuzzes what lies in an archive, how it is called, which of it is wanted, and one byte of the archive.
func FuzzUnpack(f *testing.F) {
	f.Add("figures.csv", "area,value\nA,1\n", "notes.txt", "Notes", "/csv$/", uint16(0), byte(0), uint8(0))
	f.Add("a.csv", "area\nA\n", "b.csv", "area\nB\n", "/csv$/", uint16(30), byte(8), uint8(1))
	f.Add("../../a.csv", "area\nA\n", "/etc/passwd", "area\nB\n", "../../a.csv", uint16(6), byte(1), uint8(2))
	f.Add("a.csv", "area\nA\n", "a.csv", "area\nB\n", "a.csv", uint16(60), byte(255), uint8(3))
	f.Fuzz(func(t *testing.T, first, text, second, more, wanted string, at uint16, flip byte, how uint8) {
		for _, one := range []struct{ name, text *string }{{&first, &text}, {&second, &more}} {
			if strings.HasSuffix(*one.name, "/") {
				*one.text = ""
			}
		}
		data := writeZip(t, first, text, second, more)
		if how&1 != 0 {
			data = zipped(t, data)
		}
		data[int(at)%len(data)] ^= flip
		from := datasets.Source{Kind: "csv", File: "figures.zip", Layout: &datasets.Layout{Member: wanted}}
		if how&2 != 0 {
			from.Layout = &datasets.Layout{Members: []string{wanted, "/./"}}
		}
		drainAll(t, from, data)
		look(t, wanted, data)
	})
}

// FuzzLook holds a look at any bytes to ending, and what it found to being opened without a panic.
func FuzzLook(f *testing.F) {
	rows := [][]string{{"area", "2020"}, {"A", "1"}}
	for _, seed := range [][]byte{
		[]byte(lookedAt), utf16Of(lookedAt, "\xFF\xFE"), utf16Of(lookedAt, ""), zipped(f, []byte(lookedAt)), writeZip(f, "a.csv", lookedAt), textParquet(f, rows),
		writeODS(f, odsText("Table 1", rows)), oneSheet(f, fuzzedSheet, fuzzedTexts), []byte(smallCube), []byte(`{"a": {"b": [{"area": "A"}]}}`), []byte("%PDF-1.7"), []byte("a,b\n1,\x93x\x94\n"),
	} {
		f.Add("", seed)
	}
	f.Add("a.csv", writeZip(f, "a.csv", lookedAt, "b.csv", lookedAt))
	f.Fuzz(func(t *testing.T, member string, data []byte) { look(t, member, data) })
}

// look looks at bytes and opens what they are.
func look(t *testing.T, member string, data []byte) {
	t.Helper()
	sample, faults := source.Look("figures", member, bytes.NewReader(data))
	switch {
	case len(faults) > 0:
	case len(sample.Sheets)+len(sample.Members)+len(sample.Names) == 0 && sample.Source.Kind != "json" && sample.Source.Layout == nil:
		t.Fatalf("got %+v and no fault, want sheets, members, names or a fault", sample)
	case len(sample.Sheets) > 0 && !slices.Contains([]string{"xlsx", "ods"}, sample.Source.Kind):
		drainAll(t, sample.Source, data)
	}
}
