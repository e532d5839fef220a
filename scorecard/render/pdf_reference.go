package render

import (
	"slices"
	"strings"

	"levelfield/scorecard"
)

// The definitions stand in two columns: a line of small type over the whole page would be too long to read.
const (
	gutter      = 8.0
	halfWidth   = (textWidth - gutter) / 2
	blockMargin = 4.0
)

// packTerms are the parts of a definition that the pack prints; the web pages hold the rest.
var packTerms = map[string]bool{"What it counts": true, "How it is worked out": true, "Care needed": true, "Source": true, "Break in the series": true}

// definitions prints for each indicator what it counts, how it is worked out, what care it needs, and its source.
func (p *press) definitions() {
	if len(p.model.Pages) == 0 {
		return
	}
	p.follow("", "Definitions", 0)
	columns := newColumns(p)
	for _, page := range p.model.Pages {
		block := p.definition(page)
		columns.room(block.height)
		p.target(definitionPlace(page.Card.Indicator))
		columns.flow(block)
	}
	columns.close()
}

func (p *press) definition(page scorecard.Page) stacked {
	parts := []part{
		{words: page.Card.Short, face: face{9, true, navyInk}, keep: true},
		{words: joined(" · ", page.Goal, page.Card.Basis), face: smallType, keep: true},
	}
	if page.Card.Title != page.Card.Short {
		parts = append(parts, part{words: page.Card.Title, face: cellType, gap: 0.6})
	}
	for _, term := range page.Definition {
		if packTerms[term.Term] {
			parts = append(parts,
				part{words: term.Term, face: face{7.2, true, darkInk}, gap: 1, keep: true},
				part{words: p.withoutAttribution(term.Text), face: face{7.6, false, darkInk}})
		}
	}
	return p.stack(parts, halfWidth, false, 0)
}

// columns prints blocks down the left half of a page and then down the right.
type columns struct {
	press *press
	right bool
	top   float64
	low   float64 // the lowest point of either column on this page
}

func newColumns(p *press) *columns { return &columns{press: p, top: p.y, low: p.y} }

// room goes to the next column where a block does not fit into this one; a block that is longer than any column may
// begin where a third of one is left.
func (c *columns) room(height float64) {
	if height > bodyHeight {
		height = bodyHeight / 3
	}
	if c.press.y+height > pageBottom && c.press.y > c.top {
		c.next()
	}
}

func (c *columns) next() {
	c.low = max(c.low, c.press.y)
	if c.right {
		c.press.newPage()
		c.top, c.low = pageTop, pageTop
	}
	c.right = !c.right
	c.press.y = c.top
}

// flow prints a block; one that is longer than a column goes on in the next.
func (c *columns) flow(block stacked) {
	base := 0.0
	for i, item := range block.items {
		if c.press.y+block.reach(i)-base > pageBottom && item.top > base {
			c.next()
			base = item.top
		}
		x := pageLeft
		if c.right {
			x += halfWidth + gutter
		}
		item.draw(x, c.press.y+item.top-base)
	}
	c.press.y += block.height - base + blockMargin
}

// close leaves the cursor below both columns.
func (c *columns) close() { c.press.y = max(c.low, c.press.y) }

// sources prints the datasets behind the board, and below them what their licences ask to be said, each once.
func (p *press) sources() {
	if len(p.model.Sources) == 0 {
		return
	}
	p.follow("", "Sources", 0)
	t := printedTable{columns: []printedColumn{
		{"Dataset", 60, false}, {"Release", 50, false}, {"Released", 22, false}, {"Next release", 24, false}, {"Licence", 24, false},
	}}
	var attributions []string
	for _, source := range p.model.Sources {
		t.rows = append(t.rows, printedRow{cells: [][]part{
			{{words: source.Title, face: cellBold}, {words: joined(" · ", source.Publisher, source.Label), face: smallType, gap: 0.4}},
			{{words: source.Release, face: cellType}},
			{{words: british(source.Released), face: cellType}},
			{{words: british(source.NextRelease), face: cellType}},
			{{words: source.Licence, face: cellType}},
		}})
		if source.Attribution != "" && !slices.Contains(attributions, source.Attribution) {
			attributions = append(attributions, source.Attribution)
		}
	}
	p.table(t)
	for _, attribution := range attributions {
		p.paragraph(smallType, attribution)
		p.y += 1
	}
}

// withoutAttribution is a source in words without the licence line that the list of sources holds.
func (p *press) withoutAttribution(words string) string {
	for _, source := range p.model.Sources {
		if source.Attribution != "" {
			words = strings.TrimSpace(strings.TrimSuffix(words, source.Attribution))
		}
	}
	return words
}

// glossary explains the words and the shorthand of the tables.
func (p *press) glossary() {
	p.follow("", "How to read this pack", 0)
	p.paragraph(bodyType, "A verdict is always a word and a shape in a frame: ✓ better, = similar, ! worse. Colour adds nothing that they do not say. "+
		"A status is ● done, ◐ under way or ○ listed. Every number stands with its period, and in tables with its age. The recent trend and the "+
		"change since the strategy began are different tests, and can differ. Ranks among neighbours include "+p.model.Area+" itself.")
	p.y += 3
	t := printedTable{columns: []printedColumn{{"Word or sign", 48, false}, {"What it means", textWidth - 48, false}}}
	for _, term := range p.model.Glossary {
		t.rows = append(t.rows, printedRow{cells: [][]part{{{words: term.Term, face: cellBold}}, {{words: term.Text, face: cellType}}}})
	}
	p.table(t)
	p.y += 2
	notes := p.stack([]part{
		{words: "Accessible edition", face: strongType},
		{words: accessibleEdition, face: bodyType, gap: 0.6},
		{words: "Licence", face: strongType, gap: 4},
		{words: p.model.Attribution, face: bodyType, gap: 0.6},
	}, textWidth, false, 0)
	p.room(notes.height)
	p.flow(notes)
}
