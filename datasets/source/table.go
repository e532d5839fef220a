package source

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"levelfield/engine/fault"
)

// maximumFaults is how many faulty rows are told one by one: more than anybody repairs by hand, and few enough that a
// wrong file of ten million rows does not fill the screen.
const maximumFaults = 100

// records are the records of a file, whatever its format: the row of headings first, then the rows below it, each with
// the place of its cells.
type records interface {
	// name is what faults call the file.
	name() string
	// read is the next record and the row at which it begins. The cells are valid until the next read. A broken record is
	// a fault, and reading goes on below it. The error is io.EOF or nil.
	read() (cells []string, row int, broken *fault.Fault, err error)
	// cell is the place of a cell of the record just read; index may be past its end.
	cell(index, width int) fault.Place
	// find is the place of a cell of the record that begins at row.
	find(row, index int) fault.Place
}

// Table is a decoded file: rows of text in the order of the dataset's columns.
type Table struct {
	records records
	// top is the row of the headings.
	top       int
	headings  []string
	names     []string
	positions []int
	// width is how many cells every row has; 0 before the first row.
	width int
	// every says that every heading is a column, and that short rows are filled up.
	every  bool
	cells  []string
	rows   int
	faults fault.List
	untold int
	ended  bool
	// sound says that every cell is known to be text.
	sound bool
	// large says that the text is longer than one that is read whole.
	large bool
	// merged are the merged cells of a workbook, by what faults call their sheet.
	merged map[string][]mergedCells
	// parts are what the table was cut into; whole are those that this one is among, and order is its place there.
	parts, whole *parts
	order        int
}

// Next is the next clean row: the line at which it begins, and its cells without the spaces around them, valid until
// the call after. The error is io.EOF at the end. Empty rows are passed over; a faulty row is passed over too, and told
// by [Table.Faults].
func (t *Table) Next() (row int, cells []string, err error) {
	for {
		record, line, broken, ended := t.records.read()
		if ended != nil {
			t.end()
			return 0, nil, io.EOF
		}
		if broken != nil {
			t.tell(*broken)
			continue
		}
		if blank(record) {
			continue
		}
		if t.headingsAgain(record) {
			f := t.records.cell(0, len(record)).Errorf("", "the headings stand here again")
			t.tell(f.Hint("two files may have been put together: leave the row out, once it is clear that both belong here"))
			continue
		}
		t.rows++
		if t.clean(record) {
			return line, t.cells, nil
		}
	}
}

// Large says that the text is so long that its rows may fill the memory, wherever it lies and however it was packed.
func (t *Table) Large() bool { return t.large }

// Headings are those of the file, with those that the layout makes, in their order.
func (t *Table) Headings() []string { return t.headings }

// Faults is what was wrong with the rows read so far.
func (t *Table) Faults() fault.List {
	t.gather()
	faults := append(fault.List(nil), t.faults...)
	if warned, is := t.records.(interface{ warnings() fault.List }); is {
		faults.Add(warned.warnings()...)
	}
	if t.untold > 0 {
		faults.Add(fault.At(t.records.name(), 0, 0).Errorf("", "%d more faults are not listed", t.untold))
	}
	return faults
}

// Place is the place of a cell: that of a column of the dataset, by its name, in a row with the number that [Table.Next]
// gave it; without a column, that of the row.
func (t *Table) Place(row int, column string) fault.Place {
	for i, name := range t.names {
		if name == column {
			return t.records.find(row, t.positions[i])
		}
	}
	place := t.records.find(row, 0)
	place.Column = 0
	return place
}

// end tells, once, of a file that has headings and no row. A part leaves that to the whole.
func (t *Table) end() {
	if t.whole != nil {
		t.whole.close(t)
		return
	}
	if !t.ended && t.rows == 0 && len(t.faults) == 0 {
		f := fault.At(t.records.name(), 1, 1).Errorf("", "has headings and no row below them")
		t.tell(f.Hint("the file may have been cut short: fetch it again"))
	}
	t.ended = true
}

func (t *Table) tell(f fault.Fault) {
	if len(t.faults) == maximumFaults {
		t.untold++
		return
	}
	t.faults.Add(f)
}

// clean fills t.cells from a record, or tells why it cannot.
func (t *Table) clean(record []string) bool {
	if !t.every && !t.fits(record) {
		return false
	}
	sound := true
	for i, position := range t.positions {
		if position >= len(record) {
			t.cells[i] = ""
			continue
		}
		text := strings.TrimSpace(record[position])
		if text == "" && t.merged != nil && t.tellMerged(i, position, len(record)) {
			sound = false
		}
		if !t.sound && (!utf8.ValidString(text) || strings.IndexByte(text, 0) >= 0) {
			message, hint := undecodable(text)
			t.tell(t.records.cell(position, len(record)).Errorf(t.names[i], "%s", message).Hint("%s", hint))
			sound = false
		}
		t.cells[i] = text
	}
	return sound
}

// tellMerged tells of an empty cell that is merged with one above it: the figure stands once, and could be meant for either
// row.
func (t *Table) tellMerged(column, position, width int) bool {
	place := t.records.cell(position, width)
	for i, merged := range t.merged[place.File] {
		if place.Line <= merged.top || place.Line > merged.bottom || place.Column <= merged.left || place.Column > merged.right+1 {
			continue
		}
		if !merged.told {
			t.merged[place.File][i].told = true
			f := place.Errorf(t.names[column], "is empty, since it is merged with the cell of row %d", merged.top)
			if merged.bottom > place.Line {
				f.Message = fmt.Sprintf("is empty down to row %d, since it is merged with the cell of row %d", merged.bottom, merged.top)
			}
			t.tell(f.Hint("where that one counts for each row, say fill in source.layout; otherwise part the cells, and ask the publisher"))
		}
		return true
	}
	return false
}

// fits says whether a record has the shape of the table. Some publishers leave off the last cells of every row: that is
// a shape too, as long as every row has it and no column of the dataset is among them. Empty cells past the headings
// are none.
func (t *Table) fits(record []string) bool {
	width := len(record)
	for width > len(t.headings) && strings.TrimSpace(record[width-1]) == "" {
		width--
	}
	if width > len(t.headings) {
		f := t.records.cell(len(t.headings), len(record)).Errorf("", "the row has %s, the headings are %d", count(width, "cell"), len(t.headings))
		t.tell(f.Hint("a delimiter inside a cell needs quotation marks around the cell"))
		return false
	}
	for i, position := range t.positions {
		if position >= width {
			f := t.records.cell(width, len(record)).Errorf(t.names[i], "the row ends before this column: it has %s, the headings are %d", count(width, "cell"), len(t.headings))
			t.tell(f.Hint("%s", shortRow(width)))
			return false
		}
	}
	if t.width == 0 {
		t.width = width
	}
	if width != t.width {
		f := t.records.cell(width, len(record)).Errorf("", "the row has %s, the first row has %d", count(width, "cell"), t.width)
		t.tell(f.Hint("%s", shortRow(width)))
		return false
	}
	return true
}

// shortRow is the next step for a row with too few cells.
func shortRow(width int) string {
	if width == 1 {
		return "look for a broken line; a note below the figures is left out by footer in source.layout"
	}
	return "look for a missing delimiter or a broken line"
}

// headingsAgain says whether a record is the row of headings once more, perhaps with the byte order mark of a file of its own.
func (t *Table) headingsAgain(record []string) bool {
	if len(record) < 2 || len(record) != len(t.headings) {
		return false
	}
	for i, text := range t.headings {
		cell := record[i]
		if i == 0 {
			cell = strings.TrimPrefix(cell, byteOrderMark)
		}
		if strings.TrimSpace(cell) != text {
			return false
		}
	}
	return true
}

func blank(record []string) bool {
	for _, cell := range record {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// uncalculated stands for the value of a formula that its file does not hold.
const uncalculated = "\x00formula"

// undecodable says what is wrong with text that is not UTF-8 or holds a zero byte, and what to do about it.
func undecodable(text string) (message, hint string) {
	if text == uncalculated {
		return "holds a formula without its value", "open the workbook in a spreadsheet and save it: then its formulas are calculated"
	}
	for i, r := range text {
		if r == 0 {
			return "holds a zero byte, which no text has", "the file may be damaged: fetch it again"
		}
		if _, size := utf8.DecodeRuneInString(text[i:]); r != utf8.RuneError || size != 1 {
			continue
		}
		message = fmt.Sprintf("holds the byte 0x%02X, which is not UTF-8", text[i])
		if likely := charmap.Windows1252.DecodeByte(text[i]); likely != utf8.RuneError {
			return message, fmt.Sprintf("looks like Windows-1252, where it is %q: say encoding: windows-1252 in source.layout", likely)
		}
		return message, "save the file as UTF-8"
	}
	return "is not text", "save the file as UTF-8"
}
