package source

import (
	"errors"
	"fmt"
	"io"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// maximumCells is how many cells a workbook may have in the sheets that are read: ten times the largest that publishers
// ship, and few enough to fit the memory of a small machine.
const maximumCells = 20_000_000

// maximumRows is more rows than a sheet of any format can have.
const maximumRows = 10_000_000

var errTooManyCells = fmt.Errorf("it has more than %d cells", maximumCells)

// workbook is a file with sheets, whatever its format.
type workbook struct {
	file  string
	names []string
	// load reads a sheet, with its merged cells where they are asked for.
	load func(name string, merged bool) (sheet, error)
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
type mergedCells struct{ top, bottom, left, right int }

// openWorkbook decodes the sheets of a workbook that the layout names, or the only one.
func openWorkbook(dataset datasets.Dataset, book workbook) (*Table, fault.List) {
	names, faults := chooseSheets(dataset, book)
	if len(faults) > 0 {
		return nil, faults
	}
	var sheets []sheet
	cells := 0
	for _, name := range names {
		loaded, err := book.load(name, layoutOf(dataset).HeadingRows > 1)
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
	}
	if len(sheets) > 1 {
		var layers []layer
		for _, one := range sheets {
			layers = append(layers, layer{from: originOf(one), open: func() (records, fault.List) { return &sheetRecords{file: book.file, sheet: one}, nil }})
		}
		return openStacked(dataset, book.file, layers)
	}
	rows, faults := openSections(dataset, &sheetRecords{file: book.file, sheet: sheets[0]}, originOf(sheets[0]))
	if len(faults) > 0 {
		return nil, faults
	}
	return openRecords(dataset, rows)
}

func originOf(s sheet) origin { return origin{heading: "_sheet", name: s.name} }

func brokenSheet(file string, err error) fault.Fault {
	if errors.Is(err, errTooManyCells) || errors.Is(err, errTooLong) {
		return fault.At(file, 0, 0).Errorf("", "is too large: %v", err).Hint("look whether it is the right file")
	}
	f := fault.At(file, 0, 0).Errorf("", "is broken as a workbook: %v", err)
	return f.Hint("the file may have been cut short: fetch it again")
}

// chooseSheets lists the sheets to read, in the order in which the layout names them.
func chooseSheets(dataset datasets.Dataset, book workbook) ([]string, fault.List) {
	place := fault.At(dataset.File, 0, 0)
	wanted := layoutOf(dataset).Sheets
	if len(wanted) == 0 {
		if len(book.names) == 1 {
			return book.names, nil
		}
		f := place.Errorf("source.layout.sheets", "%s has %s", book.file, count(len(book.names), "sheet"))
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
			f := place.Errorf("source.layout.sheets", "%s has no sheet %s", book.file, wanted[i])
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
