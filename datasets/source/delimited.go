package source

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"slices"

	"levelfield/engine/fault"
)

const byteOrderMark = "\xEF\xBB\xBF"

// delimited reads the records of delimited text, block after block, and knows the place of every cell.
type delimited struct {
	file  string
	comma rune
	// cutter cuts the next block; cuts are those cut before, without their text.
	cutter blocks
	cuts   []block
	lines  *lines
	// looked is the block that a place was last asked in.
	looked *lines
	ended  bool
}

func newDelimited(file string, content Content, comma rune) (*delimited, error) {
	start, err := startOf(content, blockBytes)
	if err != nil {
		return nil, err
	}
	d := &delimited{file: file, comma: comma, cutter: blocks{content: content, line: 1, size: blockBytes}}
	if bytes.HasPrefix(start, []byte(byteOrderMark)) {
		d.cutter.next = int64(len(byteOrderMark))
	}
	if bytes.ContainsRune(start, '\r') && !bytes.ContainsRune(start, '\n') {
		// Lines that end in bare carriage returns, as old spreadsheets wrote them.
		data, err := whole(content)
		if err != nil {
			return nil, err
		}
		d.cutter.content = bytes.NewReader(bytes.ReplaceAll(data, []byte{'\r'}, []byte{'\n'}))
	}
	return d, nil
}

func (d *delimited) name() string { return d.file }

// read is the next record and the line at which it begins. The cells are valid until the next read. The error is io.EOF
// or nil: a file that cannot be read on is told as a broken record.
func (d *delimited) read() (cells []string, line int, broken *fault.Fault, err error) {
	for {
		if d.lines != nil {
			if cells, line, broken, err = d.lines.read(); err == nil {
				return cells, line, broken, nil
			}
		}
		cut, err := d.cut()
		if err != nil {
			return d.stop(err)
		}
		d.lines = readLines(d.file, cut, d.comma)
	}
}

// cut is the next block.
func (d *delimited) cut() (block, error) {
	if d.ended {
		return block{}, io.EOF
	}
	cut, err := d.cutter.cut()
	if err == nil {
		d.cuts = append(d.cuts, block{offset: cut.offset, line: cut.line})
	}
	return cut, err
}

// stop ends the reading; an error that is not the end is told once.
func (d *delimited) stop(err error) (cells []string, line int, broken *fault.Fault, ended error) {
	told := d.ended
	d.ended = true
	if told || errors.Is(err, io.EOF) {
		return nil, 0, nil, io.EOF
	}
	f := unreadable(d.file, d.cutter.line, err)
	return nil, d.cutter.line, &f, nil
}

// unreadable is the fault of text that cannot be read on from a line.
func unreadable(file string, line int, err error) fault.Fault {
	f := fault.At(file, line, 1).Errorf("", "cannot be read on from here: %v", err)
	if errors.Is(err, errLongLine) {
		return f.Hint("look whether it is the right file: a table has a line a row")
	}
	return f.Hint("fetch the file again, or look whether its disk is sound")
}

// cell is the place of a cell of the record just read; index may be past its end.
func (d *delimited) cell(index, width int) fault.Place {
	if d.lines == nil {
		return fault.At(d.file, 1, 1)
	}
	return d.lines.cell(index, width)
}

// find is the place of a cell of the record that begins at a line which has been read, read again from there.
func (d *delimited) find(line, index int) fault.Place {
	at, exact := slices.BinarySearchFunc(d.cuts, line, func(cut block, line int) int { return cmp.Compare(cut.line, line) })
	if !exact {
		at--
	}
	if at < 0 {
		return fault.At(d.file, line, 0)
	}
	if d.looked == nil || d.looked.block.line != d.cuts[at].line {
		again := d.cutter
		again.next, again.line, again.buffer = d.cuts[at].offset, d.cuts[at].line, nil
		cut, err := again.cut()
		if err != nil {
			return fault.At(d.file, line, 0)
		}
		d.looked = readLines(d.file, cut, d.comma)
	}
	return d.looked.find(line, index)
}
