package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"slices"

	"github.com/xuri/excelize/v2"
)

// records are a CSV file's rows, read by column name. Where a publisher writes
// a heading twice, the first column of that name is meant.
type records struct {
	path    string
	columns map[string]int
	rows    [][]string
}

// readRecords reads a CSV file, with or without a byte order mark, and holds it
// to the columns named, so that a changed layout is an error and never a blank.
func readRecords(path string, needed ...string) (records, error) {
	contents, err := os.ReadFile(path)
	if err != nil {
		return records{}, err
	}
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(contents, []byte("\xef\xbb\xbf"))))
	rows, err := reader.ReadAll()
	if err != nil {
		return records{}, fmt.Errorf("read %s: %w", path, err)
	}
	if len(rows) == 0 {
		return records{}, fmt.Errorf("read %s: no header", path)
	}
	read := records{path: path, columns: map[string]int{}, rows: rows[1:]}
	for i, name := range rows[0] {
		if _, twice := read.columns[name]; !twice {
			read.columns[name] = i
		}
	}
	for _, name := range needed {
		if _, ok := read.columns[name]; !ok {
			return records{}, fmt.Errorf("read %s: no column %q", path, name)
		}
	}
	return read, nil
}

func (r records) field(fields []string, name string) string {
	return fields[r.columns[name]]
}

// each calls visit for every row, and adds the line to any error.
func (r records) each(visit func(field func(name string) string) error) error {
	for i, fields := range r.rows {
		err := visit(func(name string) string { return r.field(fields, name) })
		if err != nil {
			return fmt.Errorf("%s: record %d: %w", r.path, i+1, err)
		}
	}
	return nil
}

// workbook opens a spreadsheet for reading cells as they are stored.
func workbook(path string) (*excelize.File, error) {
	file, err := excelize.OpenFile(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return file, nil
}

// sheetRows returns a sheet's cells, unformatted. Rows are as long as their last
// filled cell.
func sheetRows(file *excelize.File, sheet string) ([][]string, error) {
	if !slices.Contains(file.GetSheetList(), sheet) {
		return nil, fmt.Errorf("no sheet %q", sheet)
	}
	return file.GetRows(sheet, excelize.Options{RawCellValue: true})
}
