package seeds

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"levelfield/engine/fault"
)

// row is one record of a CSV file: its values and where each began, by the position of its column.
type row struct {
	header []string
	values []string
	places []fault.Place
}

func (r row) get(column string) string {
	if i := slices.Index(r.header, column); i >= 0 {
		return r.values[i]
	}
	return ""
}

func (r row) line() int {
	if len(r.places) == 0 {
		return 0
	}
	return r.places[0].Line
}

// place is where one cell stands; that of a column which the file leaves out is the row's.
func (r row) place(column string) fault.Place {
	if i := slices.Index(r.header, column); i >= 0 {
		return r.places[i]
	}
	if len(r.places) > 0 {
		return r.places[0]
	}
	return fault.Place{}
}

// faultf is a fault in one cell; its path is the column's name.
func (r row) faultf(column, format string, args ...any) fault.Fault {
	return r.place(column).Errorf(column, format, args...)
}

// readTable reads a CSV file whose header holds the columns, and no others but those that are optional, in any order. A byte
// order mark, which spreadsheets write, is passed over. A record with a fault is left out, the others are kept.
func readTable(fsys fs.FS, path string, columns []string, optional ...string) ([]row, fault.List) {
	text, faults := readFile(fsys, path)
	if len(faults) > 0 {
		return nil, faults
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !utf8.Valid(text) {
		return nil, fault.List{notText(path, text, "save the file as CSV in UTF-8")}
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.FieldsPerRecord = -1
	header, err := reader.Read()
	if errors.Is(err, io.EOF) {
		faults.Add(fault.At(path, 1, 1).Errorf("", "is empty").Hint("its first line is %s", strings.Join(columns, ",")))
		return nil, faults
	}
	if err != nil {
		faults.Add(csvFault(path, err))
		return nil, faults
	}
	if faults := checkHeader(reader, path, header, columns, optional); len(faults) > 0 {
		return nil, faults
	}
	return readRows(reader, path, header)
}

func readRows(reader *csv.Reader, path string, header []string) ([]row, fault.List) {
	var (
		rows   []row
		faults fault.List
	)
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, faults
		}
		if err != nil {
			faults.Add(csvFault(path, err))
			continue
		}
		read := row{header, record, make([]fault.Place, len(record))}
		for i, value := range record {
			line, column := reader.FieldPos(i)
			read.values[i] = strings.TrimSpace(value)
			read.places[i] = fault.At(path, line, column)
		}
		if len(record) != len(header) {
			f := read.places[0].Errorf("", "has %d fields, the header has %d", len(record), len(header))
			faults.Add(f.Hint("a cell with a comma in it stands in quotation marks, and an empty one still has its comma"))
			continue
		}
		rows = append(rows, read)
	}
}

func checkHeader(reader *csv.Reader, path string, header, columns, optional []string) fault.List {
	var faults fault.List
	known := slices.Concat(columns, optional)
	for i, name := range header {
		line, column := reader.FieldPos(i)
		place := fault.At(path, line, column)
		switch {
		case !slices.Contains(known, name):
			faults.Add(place.Errorf(name, "is not a column of this file").Hint("its columns are %s", strings.Join(known, ", ")))
		case slices.Index(header, name) != i:
			faults.Add(place.Errorf(name, "stands twice in the header").Hint("keep one of the two"))
		}
	}
	for _, name := range columns {
		if !slices.Contains(header, name) {
			faults.Add(fault.At(path, 1, 1).Errorf(name, "is missing from the header"))
		}
	}
	return faults
}

// notText is the fault of a file that is in no UTF-8, at the first byte which is not.
func notText(path string, text []byte, hint string) fault.Fault {
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	start := bytes.LastIndexByte(text[:at], '\n') + 1
	place := fault.At(path, bytes.Count(text[:at], []byte{'\n'})+1, utf8.RuneCount(text[start:at])+1)
	return place.Errorf("", "holds the byte 0x%02X, which is not UTF-8", text[at]).Hint("%s", hint)
}

// csvFault places an error of the CSV reader.
func csvFault(path string, err error) fault.Fault {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return fault.At(path, parse.Line, parse.Column).Errorf("", "is not CSV: %v", parse.Err).Hint("close every quote, and write one inside a quoted cell twice")
	}
	return fault.At(path, 0, 0).Errorf("", "cannot be read: %v", err)
}

func readFile(fsys fs.FS, path string) ([]byte, fault.List) {
	text, err := fs.ReadFile(fsys, path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.List{fault.At(path, 0, 0).Errorf("", "is missing")}
	case err != nil:
		return nil, fault.List{fault.At(path, 0, 0).Unread(err)}
	}
	return text, nil
}
