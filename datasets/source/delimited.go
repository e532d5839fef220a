package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"unicode/utf8"

	"levelfield/engine/fault"
)

const byteOrderMark = "\xEF\xBB\xBF"

// delimited reads the records of delimited text and knows the place of every cell.
type delimited struct {
	file   string
	data   []byte
	comma  rune
	reader *csv.Reader
	// knownLine begins at knownOffset: places are mostly asked for down the file, and each search goes on from the last.
	knownLine, knownOffset int
}

func newDelimited(file string, data []byte, comma rune) *delimited {
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	if !bytes.ContainsRune(data, '\n') {
		// A file without a single line feed ends its lines in bare carriage returns, as old spreadsheets wrote them.
		data = bytes.ReplaceAll(data, []byte{'\r'}, []byte{'\n'})
	}
	d := &delimited{file: file, data: data, comma: comma}
	d.reader = d.over(data)
	return d
}

func (d *delimited) over(data []byte) *csv.Reader {
	reader := csv.NewReader(bytes.NewReader(data))
	reader.Comma = d.comma
	reader.FieldsPerRecord = -1
	reader.ReuseRecord = true
	return reader
}

func (d *delimited) name() string { return d.file }

// read is the next record and the line at which it begins. The cells are valid until the next read. A record that
// breaks the rules of quotation is a fault, and reading goes on at the line below. The error is io.EOF or nil.
func (d *delimited) read() (cells []string, line int, broken *fault.Fault, err error) {
	cells, err = d.reader.Read()
	var syntax *csv.ParseError
	switch {
	case errors.As(err, &syntax):
		f := d.syntaxFault(syntax)
		return nil, syntax.StartLine, &f, nil
	case err != nil:
		return nil, 0, nil, io.EOF
	}
	line, _ = d.reader.FieldPos(0)
	return cells, line, nil, nil
}

func (d *delimited) syntaxFault(syntax *csv.ParseError) fault.Fault {
	if errors.Is(syntax.Err, csv.ErrBareQuote) {
		f := d.at(syntax.Line, syntax.Column).Errorf("", "a quotation mark stands inside a cell that does not begin with one")
		return f.Hint("double the mark and put the whole cell in quotation marks")
	}
	if syntax.Line > syntax.StartLine {
		f := d.at(syntax.StartLine, 1).Errorf("", "a cell in quotation marks begins here and is not closed properly")
		return f.Hint("close it, or double a mark that belongs to the text")
	}
	f := d.at(syntax.Line, syntax.Column).Errorf("", "a cell in quotation marks is not closed properly")
	return f.Hint("close it before the delimiter, or double a mark that belongs to the text")
}

// cell is the place of a cell of the record just read; index may be past its end.
func (d *delimited) cell(index, width int) fault.Place {
	if width == 0 {
		return fault.At(d.file, 1, 1)
	}
	return d.at(d.reader.FieldPos(min(index, width-1)))
}

// find is the place of a cell of the record that begins at line, read again from there.
func (d *delimited) find(line, index int) fault.Place {
	start := d.offset(line)
	if start < 0 {
		return fault.At(d.file, line, 0)
	}
	reader := d.over(d.data[start:])
	cells, err := reader.Read()
	if err != nil || index >= len(cells) {
		return fault.At(d.file, line, 0)
	}
	below, column := reader.FieldPos(index)
	return d.at(line+below-1, column)
}

// at is a place whose column counts bytes, with the column counted in characters, as editors do.
func (d *delimited) at(line, column int) fault.Place {
	start := d.offset(line)
	if start < 0 || start+column-1 > len(d.data) || column < 1 {
		return fault.At(d.file, line, column)
	}
	return fault.At(d.file, line, utf8.RuneCount(d.data[start:start+column-1])+1)
}

// offset is where a line begins in the data, -1 for a line that is not there.
func (d *delimited) offset(line int) int {
	if line < d.knownLine || d.knownLine == 0 {
		d.knownLine, d.knownOffset = 1, 0
	}
	for d.knownLine < line {
		length := bytes.IndexByte(d.data[d.knownOffset:], '\n')
		if length < 0 {
			return -1
		}
		d.knownLine, d.knownOffset = d.knownLine+1, d.knownOffset+length+1
	}
	return d.knownOffset
}
