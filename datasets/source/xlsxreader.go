package source

import (
	"encoding/xml"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"levelfield/engine/fault"
)

// xlsxReader follows the elements of one sheet. What the file says of the sheet's dimension is not asked, since some
// publishers write it wrong; rows and cells that do not say where they stand follow each other.
type xlsxReader struct {
	book  *xlsxBook
	sheet sheet
	most  int
	// known are short texts that stand in many cells, once each.
	known map[string]string

	row    int
	column int // of the cell, from 0; -1 before the first
	cells  []string
	total  int
	cell   xlsxCell
	// data says that rows are being read, depth how many elements are open, ended that none is any more.
	data  bool
	depth int
	ended bool
}

// xlsxCell is the cell being read. Its text is that of its value, or of its own inline text.
type xlsxCell struct {
	kind             string
	text             strings.Builder
	inside, phonetic bool
	formula          bool
}

// errEnough ends the reading of a sheet of which only the first rows are wanted.
var errEnough = errors.New("the rows wanted have been read")

// mostKnown is how many texts are kept to be used again.
const mostKnown = 100_000

func (r *xlsxReader) take(token xml.Token) error {
	switch token := token.(type) {
	case xml.StartElement:
		return r.start(token)
	case xml.EndElement:
		return r.end(token.Name.Local)
	case xml.CharData:
		if r.cell.inside && !r.cell.phonetic {
			r.cell.text.Write(token)
		}
	}
	return nil
}

func (r *xlsxReader) start(element xml.StartElement) (err error) {
	r.depth++
	switch element.Name.Local {
	case "sheetData":
		r.data = true
	case "row":
		return r.startRow(attribute(element, "r"))
	case "c":
		return r.startCell(element)
	case "f":
		r.cell.formula = true
	case "v", "t":
		r.cell.inside = r.data
	case "rPh":
		r.cell.phonetic = true
	case "mergeCell":
		var merged mergedCells
		if merged, err = rangeOf(attribute(element, "ref")); err == nil {
			r.sheet.merged = append(r.sheet.merged, merged)
		}
		if len(r.sheet.merged) > maximumMerged {
			return errTooManyMerged
		}
	}
	return err
}

func (r *xlsxReader) end(name string) error {
	r.depth--
	r.ended = r.ended || r.depth <= 0
	switch name {
	case "sheetData":
		r.data = false
	case "row":
		return r.endRow()
	case "c":
		return r.endCell()
	case "v", "t":
		r.cell.inside = false
	case "rPh":
		r.cell.phonetic = false
	}
	return nil
}

func attribute(element xml.StartElement, name string) string {
	for _, one := range element.Attr {
		if one.Name.Local == name && one.Name.Space == "" {
			return one.Value
		}
	}
	return ""
}

func (r *xlsxReader) startRow(number string) error {
	r.cells, r.column = r.cells[:0], -1
	if number == "" {
		if r.row++; r.row > maximumRows {
			return unsound(tooManyRows)
		}
		return nil
	}
	row, err := strconv.Atoi(number)
	if err != nil || row < 1 || row > maximumRows {
		return unsoundly("the row below it has the number %q", fault.Short(number))
	}
	if row <= r.row {
		return unsoundly("row %d stands below it", row)
	}
	r.row = row
	return nil
}

func (r *xlsxReader) startCell(element xml.StartElement) error {
	r.cell = xlsxCell{kind: attribute(element, "t")}
	at := attribute(element, "r")
	if at == "" {
		r.column++
		return nil
	}
	column, _, err := cellAt(at)
	if err != nil {
		return err
	}
	if column < len(r.cells) {
		return unsoundly("the cell %s stands twice, or behind a later one", at)
	}
	r.column = column
	return nil
}

func (r *xlsxReader) endCell() error {
	text, err := r.value()
	if err != nil || text == "" {
		return err
	}
	if r.column >= maximumColumns {
		return unsound(tooManyColumns)
	}
	if r.total += r.column + 1 - len(r.cells); r.total > maximumCells {
		return errTooManyCells
	}
	for len(r.cells) < r.column {
		r.cells = append(r.cells, "")
	}
	r.cells = append(r.cells, text)
	return nil
}

// value is the text of the cell.
func (r *xlsxReader) value() (string, error) {
	text := r.cell.text.String()
	switch {
	case r.cell.kind == "s" && strings.TrimSpace(text) != "":
		index, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			return "", unsoundly("the cell refers to the shared text %q", fault.Short(text))
		}
		return r.book.text(index)
	case r.cell.formula && text == "" && r.cell.kind != "str" && r.cell.kind != "inlineStr":
		return uncalculated, nil
	case r.cell.kind == "str" || r.cell.kind == "inlineStr":
		text = unescaped(text)
	}
	if known, is := r.known[text]; is {
		return known, nil
	}
	if len(text) <= 64 && len(r.known) < mostKnown {
		r.known[text] = text
	}
	return text, nil
}

func (r *xlsxReader) endRow() error {
	if !blank(r.cells) {
		r.sheet.rows = append(r.sheet.rows, sheetRow{r.row, slices.Clone(r.cells)})
	}
	r.cells = r.cells[:0]
	if r.most > 0 && len(r.sheet.rows) >= r.most {
		return errEnough
	}
	return nil
}

// cellAt is the column, from 0, and the row, from 1, of a cell such as AB12.
func cellAt(name string) (column, row int, err error) {
	letters := strings.TrimRight(name, "0123456789")
	row, err = strconv.Atoi(name[len(letters):])
	for _, letter := range letters {
		if letter >= 'a' && letter <= 'z' {
			letter -= 'a' - 'A'
		}
		if letter < 'A' || letter > 'Z' || column > maximumColumns {
			column = maximumColumns + 1
			break
		}
		column = 26*column + int(letter-'A') + 1
	}
	if err != nil || column < 1 || column > maximumColumns || row < 1 || row > maximumRows {
		return 0, 0, unsoundly("%q is no cell of a sheet", fault.Short(name))
	}
	return column - 1, row, nil
}

// rangeOf is a range of cells such as A1:B2.
func rangeOf(text string) (mergedCells, error) {
	first, last, several := strings.Cut(text, ":")
	if !several {
		last = first
	}
	left, top, err := cellAt(first)
	if err != nil {
		return mergedCells{}, err
	}
	right, bottom, err := cellAt(last)
	if err != nil {
		return mergedCells{}, err
	}
	return mergedCells{top: min(top, bottom), bottom: max(top, bottom), left: min(left, right), right: max(left, right)}, nil
}

// escape is a character that the format writes by its number in a text.
var escape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescaped is a text with the characters that stand in it by their numbers.
func unescaped(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escape.ReplaceAllStringFunc(text, func(found string) string {
		number, err := strconv.ParseUint(found[2:6], 16, 16)
		if err != nil || utf16.IsSurrogate(rune(number)) {
			return found
		}
		return string(rune(number))
	})
}

// xlsxTexts follows the elements of the shared texts.
type xlsxTexts struct {
	book             *xlsxBook
	text             strings.Builder
	inside, phonetic bool
}

func (t *xlsxTexts) take(token xml.Token) error {
	switch token := token.(type) {
	case xml.StartElement:
		switch token.Name.Local {
		case "si":
			t.text.Reset()
		case "t":
			t.inside = true
		case "rPh":
			t.phonetic = true
		}
	case xml.EndElement:
		switch token.Name.Local {
		case "si":
			if t.book.texts = append(t.book.texts, unescaped(t.text.String())); len(t.book.texts) > maximumTexts {
				return errTooManyTexts
			}
		case "t":
			t.inside = false
		case "rPh":
			t.phonetic = false
		}
	case xml.CharData:
		if t.inside && !t.phonetic {
			t.text.Write(token)
		}
	}
	return nil
}
