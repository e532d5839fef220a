package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

const (
	// blockBytes is how much text is decoded at a time: enough rows that handing a block on costs nothing beside reading
	// it, and few enough that those at work fit the memory of a small machine.
	blockBytes = 1 << 20
	// longestRecord is how long a record may be. The longest that publishers ship have some thousand characters; a quotation
	// mark that nothing closes would otherwise take the rest of a file into one.
	longestRecord = 16 << 20
)

// block is a run of whole records.
type block struct {
	text string
	// offset is where it begins in the file, line the number of its first line.
	offset int64
	line   int
}

// blocks cuts text into runs of whole records.
type blocks struct {
	content Content
	// next is where the next block begins, line the number of its first line.
	next int64
	line int
	// size is how much is read at first: less in tests.
	size int
	// buffer is read into again and again.
	buffer []byte
}

// errLongLine is that a line has no end where every line of a table has one; errZeros that it begins with zeros, as a file
// does where nothing was written.
var (
	errLongLine = fmt.Errorf("the line is longer than %d MiB", longestRecord>>20)
	errZeros    = errors.New("nothing but zeros follows, as where a file was not written to its end")
)

// cut is the next block, or io.EOF behind the last. A block ends where a line ends outside quotation marks: where an even
// number of them stands before it. Text that breaks the rules of quotation may have no such place within the length of a
// record; it is cut at its last line, and the reader of the block says what is wrong with it.
func (b *blocks) cut() (block, error) {
	left := b.content.Size() - b.next
	if left <= 0 {
		return block{}, io.EOF
	}
	for size := int64(b.size); ; size *= 2 {
		size = min(size, left, longestRecord)
		read, err := b.read(int(size))
		if err != nil {
			return block{}, err
		}
		end := len(read)
		if size < left {
			if end = lastRecord(read); end == 0 && size < longestRecord {
				continue
			}
			if end == 0 {
				end = bytes.LastIndexByte(read, '\n') + 1
			}
			if end == 0 && len(bytes.TrimLeft(read, "\x00")) == 0 {
				return block{}, errZeros
			}
			if end == 0 {
				return block{}, errLongLine
			}
		}
		cut := block{text: string(read[:end]), offset: b.next, line: b.line}
		b.next += int64(end)
		b.line += bytes.Count(read[:end], []byte{'\n'})
		return cut, nil
	}
}

// read is the next bytes, so many or to the end.
func (b *blocks) read(size int) ([]byte, error) {
	if len(b.buffer) < size {
		b.buffer = make([]byte, size)
	}
	n, err := b.content.ReadAt(b.buffer[:size], b.next)
	if n < size && err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if n < size {
		return nil, errors.New("the file became shorter while it was read")
	}
	return b.buffer[:n], nil
}

// lastRecord is where the last whole record ends, 0 when there is none.
func lastRecord(text []byte) int {
	marks := bytes.Count(text, []byte{'"'})
	for end := len(text); ; {
		at := bytes.LastIndexByte(text[:end], '\n')
		if at < 0 {
			return 0
		}
		marks -= bytes.Count(text[at:end], []byte{'"'})
		if marks%2 == 0 {
			return at + 1
		}
		end = at
	}
}
