package source_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// inFolder serves a file from the dataset's folder.
func inFolder(kind, name string, data []byte) (datasets.Source, source.Options) {
	files := fstest.MapFS{"datasets/conformance/" + name: {Data: data}}
	return datasets.Source{Kind: kind, File: name}, source.Options{Files: files}
}

func serveXLSX(t testing.TB, rows [][]string) (datasets.Source, source.Options) {
	return inFolder("xlsx", "figures.xlsx", writeXLSX(t, map[string][][]string{"Figures": rows}, "Figures"))
}

func serveODS(t testing.TB, rows [][]string) (datasets.Source, source.Options) {
	return inFolder("ods", "figures.ods", writeODS(t, odsText("Figures", rows)))
}

// writeXLSX writes a workbook with sheets in an order.
func writeXLSX(t testing.TB, sheets map[string][][]string, order ...string) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, name := range order {
		if i == 0 {
			must(t, book.SetSheetName("Sheet1", name))
		} else if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for row, cells := range sheets[name] {
			for column, text := range cells {
				axis, err := excelize.CoordinatesToCellName(column+1, row+1)
				must(t, err)
				must(t, book.SetCellValue(name, axis, text))
			}
		}
	}
	var written bytes.Buffer
	must(t, book.Write(&written))
	must(t, book.Close())
	return written.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// odsText is the XML of a sheet with text in every cell.
func odsText(name string, rows [][]string) string {
	var text strings.Builder
	fmt.Fprintf(&text, `<table:table table:name="%s">`, escaped(name))
	for _, row := range rows {
		text.WriteString("<table:table-row>")
		for _, cell := range row {
			fmt.Fprintf(&text, `<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>`, escaped(cell))
		}
		text.WriteString("</table:table-row>")
	}
	text.WriteString("</table:table>")
	return text.String()
}

func escaped(text string) string {
	var written strings.Builder
	// A strings.Builder cannot fail.
	_ = xml.EscapeText(&written, []byte(text))
	return written.String()
}

// writeODS writes an OpenDocument file around the XML of its sheets.
func writeODS(t testing.TB, sheets string) []byte {
	t.Helper()
	return writeZip(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet",
		"content.xml", `<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:body><office:spreadsheet>`+sheets+`</office:spreadsheet></office:body></office:document-content>`)
}

// writeZip writes an archive of names and texts.
func writeZip(t testing.TB, namesAndTexts ...string) []byte {
	t.Helper()
	var written bytes.Buffer
	archive := zip.NewWriter(&written)
	for i := 0; i+1 < len(namesAndTexts); i += 2 {
		part, err := archive.Create(namesAndTexts[i])
		must(t, err)
		_, err = part.Write([]byte(namesAndTexts[i+1]))
		must(t, err)
	}
	must(t, archive.Close())
	return written.Bytes()
}
