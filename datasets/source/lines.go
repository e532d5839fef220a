package source

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"levelfield/engine/fault"
)

// lines reads the records of a block of delimited text and knows the place of every cell. A block without quotation marks,
// which is nearly all there is of a large file, is parted at its delimiters; encoding/csv reads the others, and a test
// holds the two to the same records.
type lines struct {
	file  string
	block block
	comma byte
	// reader is nil for a block that is parted here.
	reader *csv.Reader
	// at is where the next line begins in a block that is parted here, and line its number; began and row are those of
	// the record just read.
	at, line   int
	began, row int
	cells      []string
	// found is a line of which it is known where it begins.
	found struct{ line, at int }
}

func readLines(file string, b block, comma rune) *lines {
	l := &lines{file: file, block: b, line: b.line}
	if comma < utf8.RuneSelf && !strings.Contains(b.text, `"`) {
		l.comma = byte(comma)
		return l
	}
	l.reader = csv.NewReader(strings.NewReader(b.text))
	l.reader.Comma, l.reader.FieldsPerRecord, l.reader.ReuseRecord = comma, -1, true
	return l
}

// rest is the part of the block that has not been read.
func (l *lines) rest() block {
	at := l.at
	if l.reader != nil {
		at = int(l.reader.InputOffset())
	}
	return block{text: l.block.text[at:], offset: l.block.offset + int64(at), line: l.block.line + strings.Count(l.block.text[:at], "\n")}
}

func (l *lines) name() string { return l.file }

// read is the next record and the line at which it begins. The cells are valid until the next read. A record that
// breaks the rules of quotation is a fault, and reading goes on at the line below. The error is io.EOF or nil.
func (l *lines) read() (cells []string, line int, broken *fault.Fault, err error) {
	if l.reader == nil {
		return l.part()
	}
	cells, err = l.reader.Read()
	var syntax *csv.ParseError
	switch {
	case errors.As(err, &syntax):
		f := l.syntaxFault(syntax)
		return nil, l.block.line + syntax.StartLine - 1, &f, nil
	case err != nil:
		return nil, 0, nil, io.EOF
	}
	line, _ = l.reader.FieldPos(0)
	l.row = l.block.line + line - 1
	return cells, l.row, nil, nil
}

// part reads a record as encoding/csv does when there are no quotation marks: empty lines are none, and a carriage return
// before the end of a line belongs to the end.
func (l *lines) part() (cells []string, line int, broken *fault.Fault, err error) {
	for l.at < len(l.block.text) {
		text := l.block.text[l.at:]
		l.began, l.row = l.at, l.line
		if end := strings.IndexByte(text, '\n'); end >= 0 {
			text = text[:end]
			l.at += end + 1
			l.line++
		} else {
			l.at = len(l.block.text)
		}
		if text = strings.TrimSuffix(text, "\r"); text == "" {
			continue
		}
		l.cells = l.cells[:0]
		for {
			at := strings.IndexByte(text, l.comma)
			if at < 0 {
				l.cells = append(l.cells, text)
				return l.cells, l.row, nil, nil
			}
			l.cells = append(l.cells, text[:at])
			text = text[at+1:]
		}
	}
	return nil, 0, nil, io.EOF
}

func (l *lines) syntaxFault(syntax *csv.ParseError) fault.Fault {
	first, last := l.block.line+syntax.StartLine-1, l.block.line+syntax.Line-1
	if errors.Is(syntax.Err, csv.ErrBareQuote) {
		f := l.position(last, syntax.Column).Errorf("", "a quotation mark stands inside a cell that does not begin with one")
		return f.Hint("double the mark and put the whole cell in quotation marks")
	}
	if last > first {
		f := l.position(first, 1).Errorf("", "a cell in quotation marks begins here and is not closed properly")
		return f.Hint("close it, or double a mark that belongs to the text")
	}
	f := l.position(last, syntax.Column).Errorf("", "a cell in quotation marks is not closed properly")
	return f.Hint("close it before the delimiter, or double a mark that belongs to the text")
}

// cell is the place of a cell of the record just read; index may be past its end.
func (l *lines) cell(index, width int) fault.Place {
	if width == 0 {
		return fault.At(l.file, 1, 1)
	}
	index = min(index, width-1)
	if l.reader != nil {
		line, column := l.reader.FieldPos(index)
		return l.position(l.block.line+line-1, column)
	}
	column := 1
	for _, text := range l.cells[:min(index, len(l.cells))] {
		column += utf8.RuneCountInString(text) + 1
	}
	return fault.At(l.file, l.row, column)
}

// find is the place of a cell of the record that begins at a line of the block.
func (l *lines) find(line, index int) fault.Place {
	start := l.start(line)
	if start < 0 {
		return fault.At(l.file, line, 0)
	}
	comma := rune(l.comma)
	if l.reader != nil {
		comma = l.reader.Comma
	}
	again := readLines(l.file, block{text: l.block.text[start:], line: line}, comma)
	cells, _, broken, err := again.read()
	if err != nil || broken != nil || index >= len(cells) {
		return fault.At(l.file, line, 0)
	}
	return again.cell(index, len(cells))
}

// position is a place whose column counts bytes, with the column counted in characters, as editors do.
func (l *lines) position(line, column int) fault.Place {
	start := l.start(line)
	if start < 0 || start+column-1 > len(l.block.text) || column < 1 {
		return fault.At(l.file, line, column)
	}
	return fault.At(l.file, line, utf8.RuneCountInString(l.block.text[start:start+column-1])+1)
}

// start is where a line begins in the block, -1 for one that is not there. It goes on from the line that was asked for
// before: of text that breaks the rules of quotation every line may be asked for.
func (l *lines) start(line int) int {
	if l.found.line < l.block.line || l.found.line > line {
		l.found.line, l.found.at = l.block.line, 0
	}
	for l.found.line < line {
		length := strings.IndexByte(l.block.text[l.found.at:], '\n')
		if length < 0 {
			return -1
		}
		l.found.at += length + 1
		l.found.line++
	}
	return l.found.at
}
