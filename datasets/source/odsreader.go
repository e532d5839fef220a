package source

import (
	"encoding/xml"
	"errors"
	"strconv"
	"strings"
)

// odsReader follows the elements of one sheet. Runs of equal cells and rows are written once with how often they stand;
// runs of empty ones, which often reach to the end of the sheet, are counted and not made.
type odsReader struct {
	sheet  sheet
	number int
	cells  []string
	// empty is how many empty cells stand since the last filled one.
	empty, rowRepeats int
	cell              odsCell
	// depth is how many sheets are open, one in the cell of another; aside how many elements deep a note is.
	depth, aside int
	total        int
	ended        bool
}

// odsCell is the cell being read.
type odsCell struct {
	open               bool
	repeats            int
	spanned, rowsBelow int
	value              string
	typed, formula     bool
	text               strings.Builder
	paragraphs, inside int
}

func (r *odsReader) start(element xml.StartElement) error {
	if r.aside > 0 || element.Name.Space == "office" && element.Name.Local == "annotation" {
		r.aside++
		return nil
	}
	switch element.Name.Space + ":" + element.Name.Local {
	case "table:table":
		r.depth++
	case "table:table-row":
		if r.depth == 1 {
			r.cells, r.empty = nil, 0
			return repeats(element, "number-rows-repeated", &r.rowRepeats)
		}
	case "table:table-cell", "table:covered-table-cell":
		if r.depth == 1 {
			return r.startCell(element)
		}
	case "text:p":
		if r.cell.paragraphs++; r.cell.paragraphs > 1 {
			r.cell.text.WriteByte('\n')
		}
		r.cell.inside++
	case "text:s":
		spaces := 1
		err := repeats(element, "c", &spaces)
		r.cell.text.WriteString(strings.Repeat(" ", min(spaces, 100)))
		return err
	case "text:tab":
		r.cell.text.WriteByte(' ')
	case "text:line-break":
		r.cell.text.WriteByte('\n')
	}
	return nil
}

// repeats reads how often something stands, once if it is not said.
func repeats(element xml.StartElement, attribute string, into *int) error {
	*into = 1
	for _, one := range element.Attr {
		if one.Name.Local != attribute {
			continue
		}
		number, err := strconv.Atoi(one.Value)
		// No spreadsheet counts as far as that, and sums of such numbers stay far from overflowing.
		const enough = 1 << 30
		if err != nil || number < 1 || number > enough {
			return unsound(attribute + " is not a number above 0 that a sheet can have")
		}
		*into = number
	}
	return nil
}

func (r *odsReader) startCell(element xml.StartElement) error {
	r.cell = odsCell{open: true}
	typed := false
	for _, attribute := range element.Attr {
		switch attribute.Name.Local {
		case "value", "date-value", "boolean-value", "time-value":
			if attribute.Name.Space == "office" {
				r.cell.value, r.cell.typed = attribute.Value, true
			}
		case "string-value":
			r.cell.value = attribute.Value
		case "value-type":
			typed = typed || attribute.Value == "string"
		case "formula":
			r.cell.formula = true
		}
	}
	// A formula may well give an empty text.
	r.cell.formula = r.cell.formula && !typed
	return errors.Join(
		repeats(element, "number-columns-repeated", &r.cell.repeats),
		repeats(element, "number-columns-spanned", &r.cell.spanned),
		repeats(element, "number-rows-spanned", &r.cell.rowsBelow),
	)
}

func (r *odsReader) characters(text xml.CharData) {
	if r.aside == 0 && r.cell.open && r.cell.inside > 0 {
		r.cell.text.Write(text)
	}
}

func (r *odsReader) end(element xml.EndElement) error {
	if r.aside > 0 {
		r.aside--
		return nil
	}
	switch element.Name.Space + ":" + element.Name.Local {
	case "table:table":
		r.depth--
		r.ended = r.depth <= 0
	case "table:table-row":
		if r.depth == 1 {
			return r.endRow()
		}
	case "table:table-cell", "table:covered-table-cell":
		if r.depth == 1 && r.cell.open {
			return r.endCell()
		}
	case "text:p":
		r.cell.inside--
	}
	return nil
}

func (r *odsReader) endCell() error {
	text := r.cell.value
	if !r.cell.typed && r.cell.paragraphs > 0 {
		text = r.cell.text.String()
	}
	if r.cell.formula && text == "" {
		text = uncalculated
	}
	r.cell.open = false
	if strings.TrimSpace(text) == "" {
		r.empty += min(r.cell.repeats, maximumColumns)
		return nil
	}
	if len(r.cells)+r.empty+r.cell.repeats > maximumColumns {
		return unsound(tooManyColumns)
	}
	for ; r.empty > 0; r.empty-- {
		r.cells = append(r.cells, "")
	}
	if r.cell.spanned > 1 || r.cell.rowsBelow > 1 {
		left := len(r.cells)
		r.sheet.merged = append(r.sheet.merged, mergedCells{top: r.number, bottom: r.number + r.cell.rowsBelow - 1, left: left, right: min(left+r.cell.spanned, maximumColumns) - 1})
		if len(r.sheet.merged) > maximumMerged {
			return errTooManyMerged
		}
	}
	for range r.cell.repeats {
		r.cells = append(r.cells, text)
	}
	return nil
}

func (r *odsReader) endRow() error {
	if len(r.cells) > 0 {
		if r.number+r.rowRepeats-1 > maximumRows {
			return unsound(tooManyRows)
		}
		if r.total += len(r.cells) * r.rowRepeats; r.total > maximumCells {
			return errTooManyCells
		}
		for i := range r.rowRepeats {
			r.sheet.rows = append(r.sheet.rows, sheetRow{r.number + i, r.cells})
		}
	}
	r.number += r.rowRepeats
	return nil
}
