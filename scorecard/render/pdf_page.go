package render

import (
	"fmt"
	"strings"
)

// The page in millimetres. The text is 180 wide, so that the eight columns of a table hold their figures on one line.
const (
	pageWidth  = 210.0
	pageLeft   = 15.0
	textWidth  = pageWidth - 2*pageLeft
	pageTop    = 24.0
	pageBottom = 275.0
	bodyHeight = pageBottom - pageTop
	headRoom   = 6.0 // what a link shows above the place it leads to
)

// newPage begins a page with its running head and its foot.
func (p *press) newPage() {
	p.pdf.AddPage()
	p.y = pageTop
	p.draftMark()
	p.foot()
	p.internalBand()
	if p.running == "" {
		return
	}
	p.rule(pageLeft, 16, textWidth, 0.2, paleInk)
	p.text(pageLeft, 13.5, smallType, p.fitting(smallType, joined(" · ", p.model.Title, p.model.Area), textWidth*0.45))
	section := p.fitting(smallType, p.running, textWidth*0.5)
	p.text(pageLeft+textWidth-p.meter.width(smallType, section), 13.5, smallType, section)
}

// foot prints the licence and the number of the page.
func (p *press) foot() {
	const top = 280.0
	p.rule(pageLeft, top, textWidth, 0.2, paleInk)
	number := fmt.Sprintf("Page %d of %d", p.pdf.PageNo(), max(p.known.pages, p.pdf.PageNo()))
	p.text(pageLeft+textWidth-p.meter.width(smallType, number), top+4.2, smallType, number)
	lines := p.meter.wrap(smallType, p.model.Attribution, textWidth-30)
	for i, words := range lines[:min(3, len(lines))] {
		p.text(pageLeft, top+4.2+float64(i)*smallType.lead(), smallType, words)
	}
}

// internalBand marks a page of the internal edition at its upper edge, where nothing else stands.
func (p *press) internalBand() {
	if p.model.Internal == "" {
		return
	}
	const height = 6.5
	p.fill(internalInk)
	p.pdf.Rect(0, 0, 210, height, "F")
	notice := face{size: 8, bold: true, ink: paperInk}
	words := p.fitting(notice, p.model.Internal, textWidth)
	p.text((210-p.meter.width(notice, words))/2, 4.6, notice, words)
}

// fitting is text cut at a word with an ellipsis, for the one place that must stay one line: the running head.
func (p *press) fitting(f face, words string, width float64) string {
	lines := p.meter.wrap(f, words, width)
	if len(lines) < 2 {
		return strings.Join(lines, "")
	}
	return p.meter.wrap(f, words, width-4)[0] + " …"
}

// room begins a new page where less than the height is left.
func (p *press) room(height float64) {
	if p.y+height > pageBottom && p.y > pageTop {
		p.newPage()
	}
}

// section begins a part of the pack on a new page: its heading, its line in the contents and its bookmark.
func (p *press) section(code, title string) {
	p.running = joined(" ", code, title)
	p.newPage()
	p.headed(code, title, sectionType, 0, true)
	p.y += 3
}

// shareable is how much of a page must be left for a section to begin on it: enough for its heading, what is said below
// it and the first rows of a table, and not so little that the section is torn apart for nothing.
const shareable = bodyHeight * 0.42

// follow begins a part of the pack below the one before where enough of a page is left, and on a new page elsewhere; need is
// the height that must stand under the heading.
func (p *press) follow(code, title string, need float64) {
	if p.y <= pageTop || pageBottom-p.y < max(shareable, need+sectionRoom) {
		p.section(code, title)
		return
	}
	p.running = joined(" ", code, title)
	p.y += sectionGap
	p.headed(code, title, sectionType, 0, true)
	p.y += 3
}

const (
	sectionGap  = 9.0  // above a section that shares its page
	sectionRoom = 25.0 // what its heading takes, with the gap
)

// subsection is a heading within a section; it stays with the height that follows it.
func (p *press) subsection(code, title string, following float64, listed bool) {
	p.room(p.subsectionHeight(title) + following)
	if p.y > pageTop {
		p.y += subsectionGap
	}
	p.headed(code, title, subsectionType, 1, listed)
	p.y += 2
}

// subsectionHeight is the room that such a heading takes at most.
func (p *press) subsectionHeight(title string) float64 {
	return float64(len(p.meter.wrap(subsectionType, title, textWidth-12)))*subsectionType.lead() + subsectionGap + 3
}

// subsectionGap is the white above such a heading, but at the top of a page.
const subsectionGap = 5.0

// headed prints a heading with the badge of its goal, and enters it in the bookmarks and if it is listed in the contents.
func (p *press) headed(code, title string, f face, level int, listed bool) {
	words := joined(" ", code, title)
	if listed {
		p.entries = append(p.entries, entry{title: words, level: level, page: p.pdf.PageNo()})
		p.target(place(len(p.entries) - 1))
	}
	p.use(f)
	p.pdf.Bookmark(p.meter.settable(words), level, max(0, p.y-headRoom))
	indent := p.badge(pageLeft, p.y, f, code)
	for _, line := range p.meter.wrap(f, title, textWidth-indent) {
		p.text(pageLeft+indent, p.y+f.base(), f, line)
		p.y += f.lead()
	}
}

// badge prints the code of a goal in a filled box and tells the room that it takes.
func (p *press) badge(x, y float64, f face, code string) float64 {
	if code == "" {
		return 0
	}
	label := face{size: f.size * 0.72, bold: true, ink: paperInk}
	width, height := p.meter.width(label, code)+3, f.lead()*0.78
	p.fill(navyInk)
	p.pdf.RoundedRect(x, y+f.lead()*0.1, width, height, 0.6, "1234", "F")
	p.text(x+1.5, y+f.base()-f.size*0.02, label, code)
	return width + 3
}

// place names the target of a line of the contents.
func place(number int) string { return fmt.Sprintf("heading %d", number) }

// paragraph prints text over the full width, line by line over the pages.
func (p *press) paragraph(f face, words string) {
	p.flow(p.stack([]part{{words: words, face: f}}, textWidth, false, 0))
}

// flow prints what was stacked, breaking between its items where the page ends.
func (p *press) flow(s stacked) {
	base := 0.0
	for i, item := range s.items {
		if p.y+s.reach(i)-base > pageBottom && p.y+item.top-base > pageTop {
			p.newPage()
			base = item.top
		}
		item.draw(pageLeft, p.y+item.top-base)
	}
	p.y += s.height - base
}

// rule is a horizontal line.
func (p *press) rule(x, y, width, weight float64, ink inkColour) {
	p.line(weight, ink)
	p.pdf.Line(x, y, x+width, y)
}

// line sets the pen: nothing is dashed but charts, which set their own.
func (p *press) line(weight float64, ink inkColour) {
	p.pdf.SetLineWidth(weight)
	p.pdf.SetDashPattern(nil, 0)
	ink = p.tinted(ink)
	p.pdf.SetDrawColor(ink.red, ink.green, ink.blue)
}

func (p *press) fill(ink inkColour) {
	ink = p.tinted(ink)
	p.pdf.SetFillColor(ink.red, ink.green, ink.blue)
}

// joined puts a separator between the texts that are not empty.
func joined(separator string, texts ...string) string {
	var kept []string
	for _, text := range texts {
		if text != "" {
			kept = append(kept, text)
		}
	}
	return strings.Join(kept, separator)
}
