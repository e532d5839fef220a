package source

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"

	"levelfield/datasets"
	"levelfield/engine/fault"
)

// openXLSX decodes a workbook of Excel. Cells have their stored values, not what a spreadsheet shows of them: numbers in
// full, dates as days since 1900.
func openXLSX(dataset datasets.Dataset, file string, data []byte) (*Table, fault.List) {
	book, closed, f := bookXLSX(file, data)
	if f != nil {
		return nil, fault.List{*f}
	}
	table, faults := openWorkbook(dataset, book)
	if err := closed(); err != nil && len(faults) == 0 {
		return nil, fault.List{brokenSheet(file, err)}
	}
	return table, faults
}

// bookXLSX opens a workbook; its sheets can be loaded until it is closed.
func bookXLSX(file string, data []byte) (opened workbook, closed func() error, f *fault.Fault) {
	if wrong, is := noWorkbook(file, data); is {
		return workbook{}, nil, &wrong
	}
	var book *excelize.File
	err := guardReader(func() (err error) {
		// Sheets stay in memory whatever their length: nothing is written to temporary files.
		limits := excelize.Options{RawCellValue: true, UnzipSizeLimit: maximumWorkbook, UnzipXMLSizeLimit: maximumWorkbook}
		book, err = excelize.OpenReader(bytes.NewReader(data), limits)
		return err
	})
	if err != nil {
		broken := brokenSheet(file, err)
		return workbook{}, nil, &broken
	}
	opened = workbook{file: file, names: book.GetSheetList(), load: func(name string, merged bool) (loaded sheet, err error) {
		err = guardReader(func() error {
			if loaded, err = loadXLSX(book, name); err != nil || !merged {
				return err
			}
			loaded.merged, err = mergedXLSX(book, name)
			return err
		})
		return loaded, err
	}}
	return opened, book.Close, nil
}

// guardReader turns a panic of the library that reads workbooks into an error: a broken file must not end the program.
func guardReader(read func() error) (err error) {
	defer func() {
		if recovered := recover(); recovered != nil {
			err = fmt.Errorf("its parts do not fit together: %v", recovered)
		}
	}()
	return read()
}

// loadXLSX reads every row of a sheet; what the file says of the sheet's dimension is not asked, since some publishers
// write it wrong.
func loadXLSX(book *excelize.File, name string) (sheet, error) {
	loaded := sheet{name: name}
	rows, err := book.Rows(name)
	if err != nil {
		return sheet{}, err
	}
	total := 0
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return sheet{}, errors.Join(err, rows.Close())
		}
		if total += len(cells); total > maximumCells {
			return sheet{}, errors.Join(errTooManyCells, rows.Close())
		}
		if !blank(cells) {
			loaded.rows = append(loaded.rows, sheetRow{number, cells})
		}
	}
	if err := errors.Join(rows.Error(), rows.Close()); err != nil {
		return sheet{}, err
	}
	return loaded, nil
}

// mergedXLSX lists the merged cells of a sheet. They matter only where headings run over several rows, and the library
// reads the whole sheet a second time for them.
func mergedXLSX(book *excelize.File, name string) ([]mergedCells, error) {
	found, err := book.GetMergeCells(name, true)
	if err != nil {
		return nil, err
	}
	var merged []mergedCells
	for _, one := range found {
		left, top, err := excelize.CellNameToCoordinates(one.GetStartAxis())
		if err != nil {
			return nil, err
		}
		right, bottom, err := excelize.CellNameToCoordinates(one.GetEndAxis())
		if err != nil {
			return nil, err
		}
		merged = append(merged, mergedCells{top, bottom, left - 1, right - 1})
	}
	return merged, nil
}

// noWorkbook says what a file is that is no zip archive, and hence no workbook.
func noWorkbook(file string, data []byte) (fault.Fault, bool) {
	place := fault.At(file, 0, 0)
	switch {
	case len(data) == 0:
		return place.Errorf("", "is empty").Hint("the file may have been cut short: fetch it again"), true
	case bytes.HasPrefix(data, []byte("PK")):
		return fault.Fault{}, false
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		return place.Errorf("", "is an old workbook, or one behind a password").Hint("save it as a workbook without a password"), true
	}
	for _, format := range foreignFormats {
		if text := bytes.TrimLeft(data[:min(len(data), 512)], " \t\r\n"); format.anyCase && len(text) >= len(format.start) &&
			bytes.EqualFold(text[:len(format.start)], []byte(format.start)) {
			return place.Errorf("", "is a web page or XML, not a workbook").Hint("give the address of the file itself"), true
		}
	}
	return place.Errorf("", "is not a workbook").Hint("look whether it is text: say kind: csv"), true
}
