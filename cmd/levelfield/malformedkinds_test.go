package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// kindOfFigures is a way to write the figures of the project.
type kindOfFigures struct {
	file string
	// yaml is the source in dataset.yaml; changes are other texts there, each with what replaces it.
	yaml    string
	changes []string
	write   func(t *testing.T, records [][]string) []byte
}

// kindsOfFigures are those that the cases begin with. The parts of workbooks have a cell a line, so that a case can change
// one.
var kindsOfFigures = map[string]kindOfFigures{
	"csv":     {file: "figures.csv"},
	"gzip":    {file: "figures.csv.gz", yaml: "source: {kind: csv, file: figures.csv.gz}", write: writeGzip},
	"json":    {file: "figures.json", yaml: "source: {kind: json, file: figures.json}", write: writeJSON},
	"ods":     {file: "figures.ods", yaml: "source: {kind: ods, file: figures.ods}", write: writeODS},
	"parquet": {file: "figures.parquet", yaml: "source: {kind: parquet, file: figures.parquet}", write: writeParquet},
	"xlsx":    {file: "figures.xlsx", yaml: "source: {kind: xlsx, file: figures.xlsx}", write: writeXLSX},
	"zip":     {file: "figures.zip", yaml: "source: {kind: csv, file: figures.zip, layout: {member: business.csv}}", write: writeZip},
	"cube": {file: "figures.json", yaml: "source: {kind: json, file: figures.json}", write: writeCube, changes: []string{
		"{name: area, role", `{name: area, from: "Area code", role`, "{name: period, role", "{name: period, from: Year, role",
		"{name: births, role", "{name: births, from: Births, role", "{name: active, role", "{name: active, from: Active, role",
		"{name: births_status, role", `{name: births_status, from: "Births status", role`,
		"{name: active_status, role", `{name: active_status, from: "Active status", role`,
	}},
}

func writeCSV(t *testing.T, records [][]string) []byte {
	t.Helper()
	var text bytes.Buffer
	if err := csv.NewWriter(&text).WriteAll(records); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

func writeGzip(t *testing.T, records [][]string) []byte {
	t.Helper()
	return packed(t, writeCSV(t, records))
}

func packed(t *testing.T, text []byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	_, err := writer.Write(text)
	if closed := writer.Close(); err != nil || closed != nil {
		t.Fatal(err, closed)
	}
	return packed.Bytes()
}

// part is a file of an archive.
type part struct{ name, text string }

func archiveOf(t *testing.T, parts ...part) []byte {
	t.Helper()
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	for _, one := range parts {
		writer, err := archive.Create(one.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := writer.Write([]byte(one.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func writeZip(t *testing.T, records [][]string) []byte {
	t.Helper()
	return archiveOf(t, part{"readme.txt", "Business demography\n"}, part{"business.csv", string(writeCSV(t, records))})
}

// The parts of a workbook that say where the others are.
var xlsxFrame = []part{
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
<sheet name="Figures" sheetId="1" r:id="rId1"/>
</sheets></workbook>
`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>
</Relationships>
`},
}

const xlsxNamespace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`

func writeXLSX(t *testing.T, records [][]string) []byte {
	t.Helper()
	var sheet, texts strings.Builder
	shared := map[string]int{}
	fmt.Fprintf(&sheet, "<worksheet %s>\n<dimension ref=\"A1:F26\"/>\n<sheetData>\n", xlsxNamespace)
	fmt.Fprintf(&texts, "<sst %s>\n", xlsxNamespace)
	for i, record := range records {
		fmt.Fprintf(&sheet, "<row r=\"%d\">\n", i+1)
		for j, cell := range record {
			_, err := strconv.ParseFloat(cell, 64)
			at, known := shared[cell]
			switch {
			case cell == "":
			case err == nil:
				fmt.Fprintf(&sheet, "<c r=\"%c%d\"><v>%s</v></c>\n", 'A'+j, i+1, cell)
			default:
				if !known {
					at = len(shared)
					shared[cell] = at
					fmt.Fprintf(&texts, "<si><t>%s</t></si>\n", cell)
				}
				fmt.Fprintf(&sheet, "<c r=\"%c%d\" t=\"s\"><v>%d</v></c>\n", 'A'+j, i+1, at)
			}
		}
		sheet.WriteString("</row>\n")
	}
	sheet.WriteString("</sheetData>\n</worksheet>\n")
	texts.WriteString("</sst>\n")
	return archiveOf(t, append(xlsxFrame[:3:3], part{"xl/worksheets/sheet1.xml", sheet.String()}, part{"xl/sharedStrings.xml", texts.String()})...)
}

func writeODS(t *testing.T, records [][]string) []byte {
	t.Helper()
	var sheet strings.Builder
	sheet.WriteString("<table:table table:name=\"Figures\">\n")
	for _, record := range records {
		sheet.WriteString("<table:table-row>\n")
		for _, cell := range record {
			kind := `office:value-type="string"`
			if _, err := strconv.ParseFloat(cell, 64); err == nil {
				kind = fmt.Sprintf(`office:value-type="float" office:value="%s"`, cell)
			}
			fmt.Fprintf(&sheet, "<table:table-cell %s><text:p>%s</text:p></table:table-cell>\n", kind, cell)
		}
		sheet.WriteString("</table:table-row>\n")
	}
	sheet.WriteString("</table:table>\n")
	return odsAround(t, sheet.String())
}

func odsAround(t *testing.T, sheets string) []byte {
	t.Helper()
	return archiveOf(t, part{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
		part{"content.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content><office:body><office:spreadsheet>\n" + sheets + "</office:spreadsheet></office:body></office:document-content>\n"})
}

// writeJSON writes a list of records, one a line.
func writeJSON(t *testing.T, records [][]string) []byte {
	t.Helper()
	var text strings.Builder
	text.WriteString("[\n")
	for i, record := range records[1:] {
		fmt.Fprintf(&text, `{"area":"%s","period":"%s","births":%s,"active":%s,"births_status":null,"active_status":null}`, record[0], record[1], record[2], record[3])
		if i < len(records)-2 {
			text.WriteByte(',')
		}
		text.WriteByte('\n')
	}
	text.WriteString("]\n")
	return []byte(text.String())
}

// writeCube writes a cube of areas by years, as Stat-Xplore answers, each area's figures on a line.
func writeCube(t *testing.T, records [][]string) []byte {
	t.Helper()
	const years = 5
	var areas, births, active []string
	for at := 1; at < len(records); at += years {
		areas = append(areas, fmt.Sprintf(`{"uris":["str:value:B:A:%s"],"labels":["%[1]s"]}`, records[at][0]))
		for i, column := range []*[]string{&births, &active} {
			var figures []string
			for _, record := range records[at : at+years] {
				figures = append(figures, record[i+2])
			}
			*column = append(*column, "["+strings.Join(figures, ",")+"]")
		}
	}
	var labels []string
	for _, record := range records[1 : years+1] {
		labels = append(labels, fmt.Sprintf(`{"uris":["str:value:B:Y:%s"],"labels":["%[1]s"]}`, record[1]))
	}
	text := fmt.Sprintf(`{"measures":[{"uri":"b","label":"Births"},{"uri":"a","label":"Active"}],
"fields":[{"uri":"f:A","label":"Area","items":[
%s
]},{"uri":"f:Y","label":"Year","items":[
%s
]}],
"cubes":{"b":{"precision":0,"values":[
%s
]},"a":{"precision":0,"values":[
%s
]}},
"annotationMap":{}}
`, strings.Join(areas, ",\n"), strings.Join(labels, ",\n"), strings.Join(births, ",\n"), strings.Join(active, ",\n"))
	if !json.Valid([]byte(text)) {
		t.Fatalf("the cube is no JSON:\n%s", text)
	}
	return []byte(text)
}

// writeParquet writes areas and periods as text, figures as whole numbers, and statuses that are all missing.
func writeParquet(t *testing.T, records [][]string) []byte {
	t.Helper()
	return parquetOf(t, records, schema.NewInt64Node("births", parquet.Repetitions.Required, -1), func(column file.ColumnChunkWriter, records [][]string) error {
		return writeInt64(column, records, 2)
	})
}

// parquetOf writes the figures with another column of births.
func parquetOf(t *testing.T, records [][]string, births schema.Node, write func(column file.ColumnChunkWriter, records [][]string) error) []byte {
	t.Helper()
	text := func(name string, needed parquet.Repetition) schema.Node {
		node, err := schema.NewPrimitiveNodeLogical(name, needed, schema.StringLogicalType{}, parquet.Types.ByteArray, 0, -1)
		if err != nil {
			t.Fatal(err)
		}
		return node
	}
	fields := schema.FieldList{
		text("area", parquet.Repetitions.Required), text("period", parquet.Repetitions.Required), births,
		schema.NewInt64Node("active", parquet.Repetitions.Required, -1), text("births_status", parquet.Repetitions.Optional), text("active_status", parquet.Repetitions.Optional),
	}
	root, err := schema.NewGroupNode("schema", parquet.Repetitions.Required, fields, -1)
	if err != nil {
		t.Fatal(err)
	}
	var data bytes.Buffer
	writer := file.NewParquetWriter(&data, root)
	group := writer.AppendRowGroup()
	for i := range fields {
		column, err := group.NextColumn()
		if err != nil {
			t.Fatal(err)
		}
		switch i {
		case 0, 1:
			err = writeTexts(column, records[1:], i)
		case 2:
			err = write(column, records[1:])
		case 3:
			err = writeInt64(column, records[1:], i)
		default:
			_, err = column.(*file.ByteArrayColumnChunkWriter).WriteBatch(nil, make([]int16, len(records)-1), nil)
		}
		if closed := column.Close(); err != nil || closed != nil {
			t.Fatal(err, closed)
		}
	}
	if err := group.Close(); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return data.Bytes()
}

func writeInt64(column file.ColumnChunkWriter, records [][]string, at int) error {
	var values []int64
	for _, record := range records {
		value, err := strconv.ParseInt(record[at], 10, 64)
		if err != nil {
			return err
		}
		values = append(values, value)
	}
	_, err := column.(*file.Int64ColumnChunkWriter).WriteBatch(values, nil, nil)
	return err
}

func writeTexts(column file.ColumnChunkWriter, records [][]string, at int) error {
	var values []parquet.ByteArray
	for _, record := range records {
		values = append(values, parquet.ByteArray(record[at]))
	}
	_, err := column.(*file.ByteArrayColumnChunkWriter).WriteBatch(values, nil, nil)
	return err
}
