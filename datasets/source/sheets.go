package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// maximumCells is how many cells a workbook may have in the sheets that are read: twenty times the largest that publishers
// ship, and few enough to fit the memory of a small machine several times over.
const maximumCells = 10_000_000

const (
	// maximumRows and maximumColumns are as many as a sheet of any format can have.
	maximumRows    = 1 << 20
	maximumColumns = 1 << 14
	// maximumTexts is how many texts the cells of a workbook may share, more than any has that publishers ship.
	maximumTexts = 2_000_000
	// maximumMerged is how many merged ranges a sheet may have, more than anybody merges.
	maximumMerged = 100_000
)

var (
	errTooManyCells  = fmt.Errorf("it has more than %d cells", maximumCells)
	errTooManyMerged = fmt.Errorf("it has more than %d merged ranges", maximumMerged)
	errTooManyTexts  = fmt.Errorf("it has more than %d texts", maximumTexts)
)

// What is said of a sheet that is larger than a sheet can be.
const (
	tooManyRows    = "more rows than a sheet can have"
	tooManyColumns = "more columns than a sheet can have"
)

// workbook is a file with sheets, whatever its format.
type workbook struct {
	file  string
	names []string
	load  func(name string) (sheet, error)
}

// sheet is one sheet: its rows that are not empty, and its merged cells.
type sheet struct {
	name   string
	rows   []sheetRow
	merged []mergedCells
}

// sheetRow is a row with its number, which counts from 1.
type sheetRow struct {
	number int
	cells  []string
}

// mergedCells is a range of merged cells: rows count from 1, columns from 0, and all four ends are part of it.
type mergedCells struct {
	top, bottom, left, right int
	// told says that a row has been told of.
	told bool
}

// openWorkbook decodes the sheets of a workbook that the layout names, or the only one.
func openWorkbook(dataset datasets.Dataset, book workbook) (*Table, fault.List) {
	names, faults := chooseSheets(dataset, book)
	if len(faults) > 0 {
		return nil, faults
	}
	var sheets []sheet
	merged := map[string][]mergedCells{}
	cells := 0
	for _, name := range names {
		loaded, err := book.load(name)
		if err != nil {
			return nil, fault.List{brokenSheet(book.file+"!"+name, err)}
		}
		for _, row := range loaded.rows {
			cells += len(row.cells)
		}
		if cells > maximumCells {
			return nil, fault.List{brokenSheet(book.file, errTooManyCells)}
		}
		sheets = append(sheets, loaded)
		merged[book.file+"!"+name] = slices.Clone(loaded.merged)
	}
	table, faults := openSheets(dataset, book.file, sheets)
	if table != nil {
		table.merged = merged
	}
	return table, faults
}

// openSheets reads one sheet, or several as layers of one table.
func openSheets(dataset datasets.Dataset, file string, sheets []sheet) (*Table, fault.List) {
	if len(sheets) > 1 {
		var layers []layer
		for _, one := range sheets {
			layers = append(layers, layer{from: originOf(one), open: func() (records, fault.List) { return &sheetRecords{file: file, sheet: one}, nil }})
		}
		return openStacked(dataset, file, layers)
	}
	rows, faults := openSections(dataset, &sheetRecords{file: file, sheet: sheets[0]}, originOf(sheets[0]))
	if len(faults) > 0 {
		return nil, faults
	}
	return openRecords(dataset, rows)
}

func originOf(s sheet) origin { return origin{heading: "_sheet", name: s.name} }

// cellError is an error with the row, and perhaps the column, of its sheet at which it came up, both from 1.
type cellError struct {
	row, column int
	cause       error
}

// Error is the text of the cause.
func (e *cellError) Error() string { return e.cause.Error() }

// Unwrap is the cause.
func (e *cellError) Unwrap() error { return e.cause }

// unsound is what is wrong with the parts of a file that has come whole.
type unsound string

// Error says what it is.
func (u unsound) Error() string { return string(u) }

func unsoundly(format string, args ...any) error { return unsound(fmt.Sprintf(format, args...)) }

// brokenSheet is the fault of a workbook that cannot be read.
func brokenSheet(file string, err error) fault.Fault {
	place := fault.At(file, 0, 0)
	var at *cellError
	if errors.As(err, &at) {
		place = fault.At(file, at.row, at.column)
	}
	var own unsound
	switch {
	case errors.Is(err, errEncrypted):
		return behindPassword(file)
	case errors.Is(err, errTooManyCells), errors.Is(err, errTooManyMerged), errors.Is(err, errTooManyTexts), errors.Is(err, errTooLong), errors.Is(err, errLongText):
		return place.Errorf("", "is too large: %v", err).Hint("look whether it is the right file; saved as CSV, a sheet may be of any length")
	case errors.As(err, &own):
		return place.Errorf("", "is broken as a workbook: %v", err).Hint("open it in a spreadsheet and save it again, or ask its publisher for a sound one")
	}
	return place.Errorf("", "is broken as a workbook: %v", err).Hint("the file may have been cut short: fetch it again")
}

// otherArchive says what an archive is that lacks what a workbook of its kind holds.
func otherArchive(lacks string, has func(part string) bool) error {
	switch {
	case has("xl/workbook.xml"):
		return unsoundly("it is one of Excel: say kind: xlsx")
	case has("content.xml"):
		return unsoundly("it is one of OpenDocument: say kind: ods")
	}
	return fmt.Errorf("it is a zip archive that lacks %s", lacks)
}

// noWorkbook says what a file is that is no zip archive, and hence no workbook.
func noWorkbook(file string, data []byte) (fault.Fault, bool) {
	place := fault.At(file, 0, 0)
	switch {
	case len(data) == 0:
		return place.Errorf("", "is empty").Hint("the file may have been cut short: fetch it again"), true
	case bytes.HasPrefix(data, []byte("PK")):
		return fault.Fault{}, false
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")) && bytes.Contains(data, inUTF16("EncryptedPackage")):
		return behindPassword(file), true
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		return place.Errorf("", "is a workbook of the old format (.xls)").Hint("save it as .xlsx"), true
	}
	for _, format := range foreignFormats {
		if text := bytes.TrimLeft(data[:min(len(data), looked)], " \t\r\n"); format.anyCase && len(text) >= len(format.start) &&
			bytes.EqualFold(text[:len(format.start)], []byte(format.start)) {
			return place.Errorf("", "is a web page or XML, not a workbook").Hint("%s", webPage), true
		}
	}
	return place.Errorf("", "is not a workbook").Hint("look whether it is text: say kind: csv"), true
}

// inUTF16 is Latin text as an encrypted workbook names its parts.
func inUTF16(text string) []byte {
	var written []byte
	for i := range len(text) {
		written = append(written, text[i], 0)
	}
	return written
}

// chooseSheets lists the sheets to read, in the order in which the layout names them.
func chooseSheets(dataset datasets.Dataset, book workbook) ([]string, fault.List) {
	place := fault.At(dataset.File, 0, 0)
	wanted := layoutOf(dataset).Sheets
	if len(book.names) == 0 {
		return nil, fault.List{fault.At(book.file, 0, 0).Errorf("", "holds no sheet").Hint("look whether it is the right file")}
	}
	if len(wanted) == 0 {
		if len(book.names) == 1 {
			return book.names, nil
		}
		f := place.Errorf("source.layout.sheets", "the workbook has %s", count(len(book.names), "sheet"))
		return nil, fault.List{f.Hint("name those that hold the rows: %s", listed(book.names))}
	}
	patterns, faults := compileAll(place, "source.layout.sheets", wanted)
	if len(faults) > 0 {
		return nil, faults
	}
	var chosen []string
	taken := map[string]bool{}
	for i, p := range patterns {
		fits := 0
		for _, name := range book.names {
			if !p.matches(squeezeSpaces(name)) && !p.matches(name) {
				continue
			}
			if fits++; !taken[name] {
				taken[name] = true
				chosen = append(chosen, name)
			}
		}
		if fits == 0 {
			f := place.Errorf("source.layout.sheets", "the workbook has no sheet %s", wanted[i])
			faults.Add(f.Hint("the sheets are: %s", listed(book.names)))
		}
	}
	return chosen, faults
}

// sheetRecords reads the rows of a sheet.
type sheetRecords struct {
	file  string
	sheet sheet
	next  int
	row   int
}

func (s *sheetRecords) name() string { return s.file + "!" + s.sheet.name }

func (s *sheetRecords) read() (cells []string, row int, broken *fault.Fault, err error) {
	if s.next == len(s.sheet.rows) {
		return nil, 0, nil, io.EOF
	}
	r := s.sheet.rows[s.next]
	s.next++
	s.row = r.number
	return r.cells, r.number, nil, nil
}

func (s *sheetRecords) cell(index, _ int) fault.Place { return s.find(s.row, index) }

func (s *sheetRecords) find(row, index int) fault.Place { return fault.At(s.name(), row, index+1) }

// spread gives every cell of a merged range the text of the first.
func (s *sheetRecords) spread(row int, cells []string) []string {
	var spread []string
	for _, merged := range s.sheet.merged {
		if merged.top != row || merged.left >= len(cells) || merged.right == merged.left {
			continue
		}
		if spread == nil {
			spread = append(spread, cells...)
		}
		for len(spread) <= merged.right {
			spread = append(spread, "")
		}
		for at := merged.left; at <= merged.right; at++ {
			spread[at] = cells[merged.left]
		}
	}
	if spread == nil {
		return cells
	}
	return spread
}
