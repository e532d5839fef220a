package source_test

import (
	"strings"
	"testing"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// sheetWith is a workbook of one sheet with the elements of its rows and what stands below them.
func sheetWith(t *testing.T, rows, below string) []byte {
	t.Helper()
	return oneSheet(t, sheetHead+"<sheetData>"+rows+"</sheetData>"+below+"</worksheet>", `<sst><si><t>area</t></si><si><r><t>A_x0041_</t></r><r><t>B</t></r><rPh><t>no</t></rPh></si></sst>`)
}

// TestXLSXCells reads what cells hold: texts that they share, of several runs and with characters by their numbers, their
// own texts, truths and errors, the values of formulas, and cells that do not say where they stand.
func TestXLSXCells(t *testing.T) {
	t.Parallel()
	data := sheetWith(t, `<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>value</t></is></c></row>`+
		`<row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4"><f>1+1</f><v>2</v></c></row>`+
		`<row><c t="str"><f>"x"</f><v>x_x000D_</v></c><c t="b"><v>1</v></c></row>`+
		`<row><c r="A6"/><c t="e"><v>#N/A</v></c><c r="XFD6"><f>A1</f></c></row>`+
		`<row><c t="str"><f>""</f><v></v></c><c t="d"><v>2024-01-01</v></c></row>`, "")
	rows, faults := opened(t, datasets.Source{Kind: "xlsx", File: "f.xlsx"}, source.Received{Data: data}, "area", "value")
	want := "4:2 AAB|2\n5:2 x|1\n6:2 |#N/A\n7:2 |2024-01-01"
	if got := strings.Join(rows, "\n"); got != want || faults != "" {
		t.Errorf("got rows\n%s\nand faults %q, want\n%s", got, faults, want)
	}
}

// TestXLSXDamaged holds sheets whose parts do not fit together to one fault each, at its cell.
func TestXLSXDamaged(t *testing.T) {
	t.Parallel()
	const head = `<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>value</t></is></c></row>`
	for _, c := range []struct{ name, rows, below, want string }{
		{"shared text beyond the last", head + `<row><c t="s"><v>2</v></c></row>`, "", "f.xlsx!a:2:1: is broken as a workbook: the cell refers to the shared text 2, and there are 2" + saveAgain},
		{"shared text before the first", head + `<row><c t="s"><v>-1</v></c></row>`, "", "f.xlsx!a:2:1: is broken as a workbook: the cell refers to the shared text -1, and there are 2" + saveAgain},
		{"shared text of a word", head + `<row><c t="s"><v>one</v></c></row>`, "", `f.xlsx!a:2:1: is broken as a workbook: the cell refers to the shared text "one"` + saveAgain},
		{"row of another order", head + `<row r="3"/><row r="3"/>`, "", "f.xlsx!a:3: is broken as a workbook: row 3 stands below it" + saveAgain},
		{"row of a word", head + `<row r="x"/>`, "", `f.xlsx!a:1: is broken as a workbook: the row below it has the number "x"` + saveAgain},
		{"cell before another", head + `<row><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>`, "", "f.xlsx!a:2:2: is broken as a workbook: the cell A2 stands twice, or behind a later one" + saveAgain},
		{"cell of no column", head + `<row><c r="12"><v>1</v></c></row>`, "", `f.xlsx!a:2: is broken as a workbook: "12" is no cell of a sheet` + saveAgain},
		{"merged range of no cells", head, `<mergeCells><mergeCell ref="A1:B"/></mergeCells>`, `f.xlsx!a: is broken as a workbook: "B" is no cell of a sheet` + saveAgain},
		{"entity", head + `<row><c t="str"><v>&amp;&x;</v></c></row>`, "", "f.xlsx!a:2:1: is broken as a workbook: XML syntax error on line 1: invalid character entity &x;" + cutShort},
		{"document type", "<!DOCTYPE x>", "", "f.xlsx!a: is broken as a workbook: it declares a document type, which no workbook does" + saveAgain},
		{"formula without a value", head + `<row><c><f>1</f></c><c><f>2</f><v/></c></row>`, "", "f.xlsx!a:2:1: c0: holds a formula without its value (open the workbook in a spreadsheet and save it: then its formulas are calculated)\n" +
			"f.xlsx!a:2:2: c1: holds a formula without its value (open the workbook in a spreadsheet and save it: then its formulas are calculated)"},
		{"figure merged over rows", head + `<row><c r="A2"><v>1</v></c><c r="B2"><v>1</v></c></row><row><c r="A3"><v>2</v></c></row><row><c r="A4"><v>3</v></c></row>`, `<mergeCells><mergeCell ref="B2:B4"/></mergeCells>`,
			"f.xlsx!a:3:2: c1: is empty down to row 4, since it is merged with the cell of row 2 (where that one counts for each row, say fill in source.layout; otherwise part the cells, and ask the publisher)"},
	} {
		_, faults := opened(t, datasets.Source{Kind: "xlsx", File: "f.xlsx"}, source.Received{Data: sheetWith(t, c.rows, c.below)}, "area", "value")
		if faults != c.want {
			t.Errorf("%s: got %q, want %q", c.name, faults, c.want)
		}
	}
}
