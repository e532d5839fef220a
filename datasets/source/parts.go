package source

import (
	"iter"
	"strings"
	"sync"
	"unicode/utf8"

	"levelfield/engine/fault"
)

// parts are the tables into which a table was cut, by their order, as far as they have ended.
type parts struct {
	mutex sync.Mutex
	ended []ending
}

// ending is what is left of a part that was read to its end.
type ending struct {
	rows, untold int
	faults       fault.List
}

// Parts cuts the rest of the table into tables of consecutive rows, which may be read side by side; a table that cannot be
// cut is its only part. The parts are made while they are asked for. What was wrong with their rows is told by the Faults
// of the whole when all parts have been read.
func (t *Table) Parts() iter.Seq[*Table] {
	text, is := t.records.(*delimited)
	if !is || text.lines == nil {
		return func(yield func(*Table) bool) { yield(t) }
	}
	return func(yield func(*Table) bool) {
		t.parts = &parts{}
		cut, err := text.lines.rest(), error(nil)
		t.learnWidth(readLines(text.file, cut, text.comma))
		for err == nil {
			if !yield(t.part(readLines(text.file, cut, text.comma))) {
				return
			}
			cut, err = text.cut()
		}
		if _, _, broken, _ := text.stop(err); broken != nil {
			t.tell(*broken)
		}
	}
}

// part is the table of a block. That a whole block is sound text is seen faster than that each of its cells is.
func (t *Table) part(rows *lines) *Table {
	return &Table{
		sound:   utf8.ValidString(rows.block.text) && strings.IndexByte(rows.block.text, 0) < 0,
		records: rows, top: t.top, headings: t.headings, names: t.names, positions: t.positions, width: t.width, every: t.every,
		cells: make([]string, len(t.cells)), whole: t.parts, order: t.parts.open(),
	}
}

// learnWidth takes the shape of all rows from the first sound one.
func (t *Table) learnWidth(first *lines) {
	for t.width == 0 {
		record, _, broken, ended := first.read()
		if ended != nil {
			return
		}
		if probe := (Table{records: first, headings: t.headings, positions: t.positions, names: t.names}); broken == nil && !blank(record) && probe.fits(record) {
			t.width = probe.width
		}
	}
}

// open makes room for a part and says which it is.
func (p *parts) open() int {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.ended = append(p.ended, ending{})
	return len(p.ended) - 1
}

// close keeps what a part has found.
func (p *parts) close(part *Table) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.ended[part.order] = ending{rows: part.rows, untold: part.untold, faults: part.faults}
}

// gather takes over, once, what the parts have found, in their order.
func (t *Table) gather() {
	if t.parts == nil {
		return
	}
	for _, part := range t.parts.ended {
		t.rows += part.rows
		t.untold += part.untold
		for _, f := range part.faults {
			t.tell(f)
		}
	}
	t.parts = nil
	t.end()
}
