package render

import "levelfield/scorecard"

// part is one thing in a stack: a text with perhaps a shape before it and a frame around it, or a small chart.
type part struct {
	words  string
	face   face
	shape  string
	framed bool
	link   string
	gap    float64 // above
	keep   bool    // on one page with the part below
	chart  *scorecard.Chart
}

// item is what is never cut by the end of a page: a line of text, a chip, a chart. Its top and bottom are counted from
// the top of its stack; an item that is kept stands on one page with the next.
type item struct {
	top, bottom float64
	keep        bool
	draw        func(x, y float64)
}

// stacked is a stack of parts, laid out for a width.
type stacked struct {
	items  []item
	height float64
}

// stack lays parts below each other. The letters' feet of a first line of text stand at base, so that the cells of a
// row agree; base 0 begins at the top.
func (p *press) stack(parts []part, width float64, right bool, base float64) stacked {
	var s stacked
	for _, part := range parts {
		s.height += part.gap
		switch {
		case part.chart != nil:
			p.stackChart(&s, *part.chart, width)
			continue
		case part.words == "":
			continue
		}
		if len(s.items) == 0 && base > 0 {
			s.height += max(0, base-part.face.base())
		}
		first := len(s.items)
		if part.shape != "" || part.framed {
			p.stackChip(&s, part, width)
		} else {
			p.stackText(&s, part, width, right)
		}
		for i := range s.items[first:] {
			s.items[first+i].keep = part.keep
		}
	}
	return s
}

func (s *stacked) add(height float64, draw func(x, y float64)) {
	s.items = append(s.items, item{top: s.height, bottom: s.height + height, draw: draw})
	s.height += height
}

// reach is the foot of an item and of those that it is kept with.
func (s *stacked) reach(at int) float64 {
	for s.items[at].keep && at+1 < len(s.items) {
		at++
	}
	return s.items[at].bottom
}

func (p *press) stackText(s *stacked, part part, width float64, right bool) {
	for _, words := range p.meter.wrap(part.face, part.words, width) {
		taken := p.meter.width(part.face, words)
		indent := 0.0
		if right {
			indent = width - taken
		}
		s.add(part.face.lead(), func(x, y float64) {
			p.text(x+indent, y+part.face.base(), part.face, words)
			p.touch(x+indent, y, taken, part.face.lead(), part.link)
		})
	}
}

// stackChip lays out a shape with its word, in a frame if the word is a verdict. It is never cut.
func (p *press) stackChip(s *stacked, part part, width float64) {
	margin, side := 0.0, part.face.size*point*0.95
	if part.framed {
		margin = 1.2
	}
	indent := margin + side + 1.1
	if part.shape == "" {
		indent = margin
	}
	lines := p.meter.wrap(part.face, part.words, width-indent-margin)
	broadest := 0.0
	for _, words := range lines {
		broadest = max(broadest, p.meter.width(part.face, words))
	}
	height := float64(len(lines)) * part.face.lead()
	s.add(height, func(x, y float64) {
		if part.framed {
			p.line(0.3, part.face.ink)
			p.pdf.RoundedRect(x, y-0.45, indent+broadest+margin, height+0.7, 0.6, "1234", "D")
		}
		if part.shape != "" {
			p.shape(part.shape, x+margin, y+part.face.base()-side*0.86, side, part.face.ink)
		}
		for i, words := range lines {
			p.text(x+indent, y+float64(i)*part.face.lead()+part.face.base(), part.face, words)
		}
	})
	if part.framed {
		s.height += 0.7
	}
}

// printedColumn is a column of a table. Room is the share of the width that its text may take; the rest is the gap
// before the next.
type printedColumn struct {
	head  string
	width float64
	right bool
}

// columnGap is the white between two columns.
const columnGap = 2.5

// printedRow is a row of a table, a stack of parts a column, with a note below over the whole width. A row with
// follows belongs to the one above: no page ends between them.
type printedRow struct {
	cells   [][]part
	note    string
	follows bool
}

// printedTable is a table of the pack. Its head is repeated on every page; no row is cut unless it is longer than a
// page.
type printedTable struct {
	code, title string
	unlisted    bool // the title stays out of the contents
	heading     face // of the column heads, where it is not the small one
	columns     []printedColumn
	rows        []printedRow
}

// laidRow is a row with its cells laid out.
type laidRow struct {
	cells   []stacked // with a note as one more than there are columns
	height  float64
	follows bool
}

const (
	rowBase   = 3.6 // where the letters of a row's first line stand
	rowMargin = 1.9 // above and below the text of a row
)

// table prints a table with its title; a table without rows prints nothing.
func (p *press) table(t printedTable) {
	if len(t.rows) == 0 {
		return
	}
	rows := p.layOut(t)
	head := p.layHead(t)
	first := min(bodyHeight/2, head.height+group(rows))
	if t.title != "" {
		p.subsection(t.code, t.title, first, !t.unlisted)
	} else {
		p.room(first)
	}
	p.printHead(t, head)
	for len(rows) > 0 {
		together := group(rows)
		if p.y+together > pageBottom && together <= bodyHeight-head.height {
			p.newPage()
			p.printHead(t, head)
		}
		p.printRow(t, head, rows[0])
		rows = rows[1:]
	}
	p.y += 3
}

// group is the height of the first row with those that follow it.
func group(rows []laidRow) float64 {
	height := rows[0].height
	for _, row := range rows[1:] {
		if !row.follows {
			break
		}
		height += row.height
	}
	return height
}

func (p *press) layOut(t printedTable) []laidRow {
	rows := make([]laidRow, len(t.rows))
	for r, row := range t.rows {
		rows[r].follows = row.follows && r > 0
		for c, cell := range row.cells {
			column := t.columns[c]
			laid := p.stack(cell, column.width-t.gap(c), column.right, rowBase)
			rows[r].cells = append(rows[r].cells, laid)
			rows[r].height = max(rows[r].height, laid.height+2*rowMargin)
		}
		if row.note != "" {
			rows[r].annotate(p.stack([]part{{words: row.note, face: smallType}}, textWidth, false, 0))
		}
	}
	return rows
}

// annotate puts a note below the cells of a row.
func (r *laidRow) annotate(note stacked) {
	const gap = 1.0
	for i := range note.items {
		note.items[i].top += r.height - 2*rowMargin + gap
		note.items[i].bottom += r.height - 2*rowMargin + gap
	}
	r.cells = append(r.cells, note)
	r.height += gap + note.height
}

// gap is the white at the right of a column: none behind the last.
func (t printedTable) gap(column int) float64 {
	if column == len(t.columns)-1 {
		return 0
	}
	return columnGap
}

func (p *press) layHead(t printedTable) laidRow {
	var head laidRow
	f := t.heading
	if f.size == 0 {
		f = headType
	}
	for c, column := range t.columns {
		laid := p.stack([]part{{words: column.head, face: f}}, column.width-t.gap(c), column.right, 0)
		head.cells = append(head.cells, laid)
		head.height = max(head.height, laid.height+2.4)
	}
	return head
}

// printHead prints the column heads on their lower line.
func (p *press) printHead(t printedTable, head laidRow) {
	x := pageLeft
	for c, cell := range head.cells {
		for _, item := range cell.items {
			item.draw(x, p.y+head.height-2.4-cell.height+item.top)
		}
		x += t.columns[c].width
	}
	p.y += head.height - 1
	p.rule(pageLeft, p.y, textWidth, 0.45, darkInk)
}

// printRow prints a row whole, or where it is longer than a page in slices with the head above each.
func (p *press) printRow(t printedTable, head laidRow, row laidRow) {
	from := 0.0
	for p.y+row.height-from > pageBottom {
		cut := from + pageBottom - p.y - rowMargin
		next := row.slice(from, cut)
		if next <= from && p.y <= pageTop+head.height {
			break
		}
		p.printSlice(t, row, from, next)
		from = next
		p.newPage()
		p.printHead(t, head)
	}
	p.printSlice(t, row, from, row.height)
	p.y += row.height - from
	p.rule(pageLeft, p.y, textWidth, 0.2, paleInk)
}

// slice is where a row can be cut at or before the height: above the first item that goes beyond.
func (r laidRow) slice(from, cut float64) float64 {
	next := cut
	for _, cell := range r.cells {
		for _, item := range cell.items {
			if item.top >= from && item.bottom > cut {
				next = min(next, item.top)
			}
		}
	}
	return max(from, next)
}

// printSlice prints the items of a row whose tops lie in the slice.
func (p *press) printSlice(t printedTable, row laidRow, from, to float64) {
	x := pageLeft
	for c, cell := range row.cells {
		if c == len(t.columns) {
			x = pageLeft
		}
		for _, item := range cell.items {
			if item.top >= from && item.top < to {
				item.draw(x, p.y+rowMargin+item.top-from)
			}
		}
		if c < len(t.columns) {
			x += t.columns[c].width
		}
	}
}
