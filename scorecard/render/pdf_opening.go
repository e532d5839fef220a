package render

import (
	"fmt"

	"levelfield/scorecard"
)

// accessibleEdition says where to read the board with assistive technology.
const accessibleEdition = "This PDF is for paper and meetings: it carries no tags for assistive technology. The web pages of this scorecard, " +
	"published with it, are the accessible edition and hold every figure and chart of this pack, with the data beside each chart."

// cover is the first page: what the pack is about, when its figures end, and whom it is compared with.
func (p *press) cover() {
	p.running = ""
	p.newPage()
	p.y = 78
	if brand := p.model.Brand; brand != nil && brand.Name != "" {
		p.paragraph(face{11, true, navyInk}, brand.Name)
		p.y += 2
	}
	p.paragraph(face{11, false, mutedInk}, p.model.Kicker)
	p.y += 2
	p.paragraph(titleType, p.model.Title)
	p.y += 2
	p.paragraph(face{18, false, darkInk}, p.model.Area)
	p.y += 7
	p.rule(pageLeft, p.y, textWidth, 1.4, navyInk)
	p.y += 9
	if p.model.Edition != "" {
		p.paragraph(face{12, true, darkInk}, p.model.Edition)
		p.y += 1.5
	}
	for _, line := range p.model.Meta {
		p.paragraph(face{11, false, darkInk}, line)
		p.y += 1.5
	}
	p.signOff()
	notes := p.stack([]part{
		{words: p.model.Attribution, face: face{9, false, mutedInk}},
		{words: accessibleEdition, face: face{9, false, mutedInk}, gap: 2.5},
	}, textWidth*0.72, false, 0)
	p.y = max(p.y+10, pageBottom-6-notes.height)
	p.flow(notes)
}

// contents lists the headings with their pages, as the pass before found them.
func (p *press) contents() {
	p.running = "Contents"
	p.newPage()
	p.target("contents")
	p.text(pageLeft, p.y+sectionType.base(), sectionType, "Contents")
	p.y += sectionType.lead() + 5
	for i, entry := range p.known.entries {
		f, indent := strongType, 0.0
		if entry.level > 0 {
			f, indent = face{9, false, darkInk}, 6.0
		} else if i > 0 {
			p.y += 1.8
		}
		lines := p.meter.wrap(f, entry.title, textWidth-indent-16)
		height := float64(len(lines)) * (f.lead() + 0.6)
		p.room(height)
		top := p.y
		for _, words := range lines {
			p.text(pageLeft+indent, p.y+f.base(), f, words)
			p.y += f.lead() + 0.6
		}
		number := fmt.Sprint(entry.page)
		from := pageLeft + textWidth - p.meter.width(f, number)
		foot := p.y - f.lead() - 0.6 + f.base()
		p.text(from, foot, f, number)
		if len(lines) > 0 {
			p.leader(pageLeft+indent+p.meter.width(f, lines[len(lines)-1])+2, from-2, foot)
		}
		p.touch(pageLeft, top, textWidth, height, place(i))
	}
}

// leader is the dotted line from a heading to its page.
func (p *press) leader(from, to, y float64) {
	if to <= from {
		return
	}
	p.line(0.25, mutedInk)
	p.pdf.SetDashPattern([]float64{0.25, 1.6}, 0)
	p.pdf.Line(from, y, to, y)
	p.pdf.SetDashPattern(nil, 0)
}

// summary is the board on one page: the counts, what they are worth, and the lines that stand out.
func (p *press) summary() {
	p.section("", "Summary")
	p.tiles(p.model.Tiles)
	if facts := joined(" · ", p.model.Facts...); facts != "" {
		p.y += 3
		p.paragraph(face{9.2, false, darkInk}, facts)
	}
	if p.model.Chance != "" {
		p.y += 3
		p.paragraph(leadType, p.model.Chance)
	}
	if changed := p.model.Changed; changed != nil && changed.Before != "" {
		p.y += 3
		p.paragraph(face{9.2, false, darkInk}, changed.Say)
	}
	p.y += 5
	t := printedTable{heading: subsectionType, columns: []printedColumn{{"Needs focus", textWidth / 2, false}, {"Doing well", textWidth / 2, false}}}
	for i := range max(len(p.model.NeedsFocus), len(p.model.DoingWell), 1) {
		t.rows = append(t.rows, printedRow{cells: [][]part{
			highlightParts(p.model.NeedsFocus, i, noFocus), highlightParts(p.model.DoingWell, i, notWell),
		}})
	}
	p.table(t)
	p.y += 2
	p.goalSentences()
}

// goalSentences says of each goal what its lines show.
func (p *press) goalSentences() {
	const indent = 14.0
	for _, goal := range p.model.Goals {
		if goal.Say == "" {
			continue
		}
		say := p.stack([]part{{words: goal.Title, face: strongType}, {words: goal.Say, face: face{9.2, false, mutedInk}, gap: 0.4}}, textWidth-indent, false, 0)
		p.room(say.height)
		p.badge(pageLeft, p.y-0.3, face{12, true, darkInk}, goal.Code)
		for _, item := range say.items {
			item.draw(pageLeft+indent, p.y+item.top)
		}
		p.y += say.height + 2.5
	}
}

// highlightParts is the i-th line of a list of the summary, or what is said where the list is empty.
func highlightParts(lines []scorecard.Highlight, i int, none string) []part {
	if i >= len(lines) {
		if i == 0 {
			return []part{{words: none, face: leadType}}
		}
		return nil
	}
	return []part{
		{words: lines[i].Short, face: face{10, true, navyInk}, link: definitionPlace(lines[i].Indicator)},
		{words: lines[i].Sentence, face: face{9.2, false, darkInk}, gap: 0.6},
	}
}

// tiles prints large numbers in boxes, four in a row.
func (p *press) tiles(tiles []scorecard.Tile) {
	const across, padding = 4, 4.0
	number := face{24, true, darkInk}
	for len(tiles) > 0 {
		row := tiles[:min(across, len(tiles))]
		tiles = tiles[len(row):]
		width := textWidth / float64(max(len(row), 2))
		var laid []stacked
		height := 0.0
		for _, tile := range row {
			label := p.stack([]part{
				{words: tile.Number, face: number},
				{words: tile.Label, shape: tile.Shape, face: face{9, false, mutedInk}, gap: 0.5},
			}, width-2*padding, false, 0)
			laid = append(laid, label)
			height = max(height, label.height+2*padding-1)
		}
		p.room(height)
		for i, tile := range laid {
			x := pageLeft + float64(i)*width
			p.line(0.2, paleInk)
			p.pdf.Rect(x, p.y, width, height, "D")
			if tone := toneOf(row[i].Shape); tone != "" && tone != scorecard.None {
				p.rule(x+0.1, p.y+0.5, width-0.2, 1, toneInk(tone))
			}
			for _, item := range tile.items {
				item.draw(x+padding, p.y+padding-1+item.top)
			}
		}
		p.y += height
	}
}

// front is the table of the lines that matter most.
func (p *press) front() {
	if len(p.model.Front) == 0 {
		return
	}
	p.follow("", "The lines that matter most", 0)
	p.table(p.frontTable(p.model.Front))
	p.paragraph(smallType, "History: "+p.model.Area+" as the heavy line, England as the dashed one. Among neighbours, from worse "+
		"on the left to better on the right: the shaded box is the middle half of them, the dark line England, the mark "+p.model.Area+
		". A place among neighbours is a position, not a verdict.")
}
