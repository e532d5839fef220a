package source_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// TestMergedHeadings joins a heading above merged cells with each of the headings below it, in both kinds of workbook.
func TestMergedHeadings(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	for axis, text := range map[string]string{"A1": "Area", "B1": "Pay", "D1": "Jobs", "B2": "number", "C2": "Flags", "D2": "number", "A3": "A", "B3": "1", "C3": "!", "D3": "2"} {
		must(t, book.SetCellValue("Sheet1", axis, text))
	}
	must(t, book.MergeCell("Sheet1", "B1", "C1"))
	must(t, book.MergeCell("Sheet1", "A1", "A2"))
	var written bytes.Buffer
	must(t, book.Write(&written))
	must(t, book.Close())
	cell := func(text string) string { return "<table:table-cell><text:p>" + text + "</text:p></table:table-cell>" }
	files := map[string][]byte{"xlsx": written.Bytes(), "ods": writeODS(t, `<table:table table:name="Sheet1"><table:table-row>`+
		`<table:table-cell table:number-rows-spanned="2"><text:p>Area</text:p></table:table-cell><table:table-cell table:number-columns-spanned="2"><text:p>Pay</text:p></table:table-cell><table:covered-table-cell/>`+cell("Jobs")+
		`</table:table-row><table:table-row><table:covered-table-cell/>`+cell("number")+cell("Flags")+cell("number")+
		`</table:table-row><table:table-row>`+cell("A")+
		`<table:table-cell office:value-type="float" office:value="1"><office:annotation><text:p>a note</text:p></office:annotation><text:p>1.0</text:p></table:table-cell>`+cell("!")+cell("2")+`</table:table-row></table:table>`)}
	for kind, data := range files {
		dataset := datasets.Dataset{ID: "d", File: "dataset.yaml", Source: datasets.Source{Kind: kind, File: "f", Layout: &datasets.Layout{HeadingRows: 2}}}
		dataset.Columns = []datasets.Column{{Name: "area", From: "Area"}, {Name: "jobs", From: "Jobs | number"}, {Name: "flag", From: "Pay | Flags"}, {Name: "pay", From: "Pay | number"}}
		rows, faults := outcomeOf(t, dataset, data)
		if diff := cmp.Diff("f!Sheet1:3:2 [\"A\" \"2\" \"!\" \"1\"]\n", rows+faults); diff != "" {
			t.Errorf("%s (-want +got):\n%s", kind, diff)
		}
	}
}

// TestFetchedFormats decodes a fetched file by the ending of its address, or by what the dataset says.
func TestFetchedFormats(t *testing.T) {
	t.Parallel()
	book := writeXLSX(t, map[string][][]string{"S": {{"area"}, {"A"}}}, "S")
	for _, c := range []struct {
		address, format string
		data            []byte
		want            string
	}{
		{"https://example.org/f.xlsx", "", book, "https://example.org/f.xlsx!S:2:1"},
		{"https://example.org/download?id=1", "xlsx", book, "https://example.org/download!S:2:1"},
		{"https://example.org/f.csv.gz", "", zipped(t, []byte("area\nA\n")), "https://example.org/f.csv:2:1"},
		{"https://example.org/f.zip", "", writeZip(t, "f.xlsx", string(book)), "https://example.org/f.zip!f.xlsx!S:2:1"},
		{"https://example.org/f.TSV", "", []byte("area\tx\nA\t1\n"), "https://example.org/f.TSV:2:1"},
	} {
		dataset := datasets.Dataset{ID: "d", File: "dataset.yaml", Columns: []datasets.Column{{Name: "area"}}}
		dataset.Source = datasets.Source{Kind: "http", URL: c.address, Format: c.format}
		table, faults := source.Open(dataset, source.Received{URL: c.address, Data: c.data})
		if table == nil {
			t.Errorf("%s: got %v, want a table", c.address, faults)
			continue
		}
		row, _, err := table.Next()
		if got := table.Place(row, "area").String(); err != nil || got != c.want {
			t.Errorf("%s: got a row at %s and %v, want %s", c.address, got, err, c.want)
		}
	}
}
