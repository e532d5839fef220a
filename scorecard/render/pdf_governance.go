package render

import (
	"fmt"
	"strings"

	"levelfield/scorecard"
)

// againstTarget is the table of what was set for the board's lines.
func (p *press) againstTarget() {
	if len(p.model.Targets) == 0 {
		return
	}
	p.follow("", "Against target", 0)
	p.paragraph(leadType, "A target is met where the whole 95% interval of the figure lies there, and not met where the whole interval lies elsewhere. "+
		"In between it cannot be told.")
	p.y += 2
	t := printedTable{columns: []printedColumn{
		{"Indicator", 44, false}, {"Target", 44, false}, {p.model.Area, 24, true}, {"Status", 34, false}, {"Set by", 34, false},
	}}
	for _, target := range p.model.Targets {
		t.rows = append(t.rows, printedRow{cells: [][]part{
			{{words: target.Short, face: linkType, link: definitionPlace(target.Indicator)}},
			{{words: target.Asked, face: cellType}, {words: "for " + target.Period, face: smallType}},
			figureParts(target.Value, cellBold),
			append(append(chipParts(target.Status), part{words: target.Status.Reason, face: smallType, gap: 0.3}), overrideParts(target.Status)...),
			{{words: target.Source, face: cellType}},
		}})
	}
	p.table(t)
}

// overrideParts say whose judgement a chip shows, why, and what the test found.
func overrideParts(chip scorecard.Chip) []part {
	if chip.Override == nil {
		return nil
	}
	return []part{
		{words: "Judged by " + chip.Override.By + ": " + chip.Override.Reason, face: smallType, gap: 0.3},
		{words: "The test by itself: " + chip.Override.Tested, face: smallType},
	}
}

// comments prints what those who answer for the figures write about them, and which routes to green are asked for.
func (p *press) comments() {
	asked := routes(p.model, func(string) string { return "" })
	if len(p.model.Commentary)+len(asked) == 0 {
		return
	}
	p.follow("", "Commentary", 0)
	p.paragraph(leadType, "What those who answer for the figures write about them. It is their word, and nothing in it was tested.")
	p.y += 2
	for _, route := range asked {
		p.paragraph(face{9.2, true, worseInk}, route.Short+": "+route.Words)
		p.y += 1
	}
	for _, comment := range p.model.Commentary {
		p.y += 3
		block := p.stack(commentParts(comment), textWidth*0.82, false, 0)
		p.room(min(block.height, bodyHeight/3))
		p.flow(block)
	}
}

// commentParts are a commentary as paper prints it: its headings in bold, its lists with marks, the address behind a link.
func commentParts(comment scorecard.Commentary) []part {
	words := face{9.2, false, darkInk}
	parts := []part{
		{words: comment.Short, face: face{10, true, navyInk}, link: definitionPlace(comment.Indicator), keep: true},
		{words: comment.Older, face: face{9.2, true, worseInk}, gap: 0.6, keep: true},
	}
	for _, block := range readMarkdown(comment.Text) {
		one := part{words: proseText(block), face: words, gap: 1.2}
		switch block.kind {
		case heading2:
			one.face, one.gap, one.keep = face{9.2, true, darkInk}, 2, true
		case quotation:
			one.words = quoted(one.words)
		case listItem:
			one.gap = 0.5
			if !block.continued {
				one.words = itemMark(block) + one.words
			}
		}
		parts = append(parts, one)
	}
	return append(parts, part{words: fmt.Sprintf("On %s, by %s, %s", comment.Period, comment.Author, comment.Date), face: smallType, gap: 1})
}

// itemMark stands before an item of a list: its number, or a mark for how deep it lies.
func itemMark(block prose) string {
	indent := strings.Repeat("  ", block.depth-1)
	switch {
	case block.number > 0:
		return fmt.Sprintf("%s%d. ", indent, block.number)
	case block.depth > 1:
		return indent + "– "
	}
	return "• "
}

// draftMark marks a page of a board that asks for a sign-off that it does not have: across the page, under what it holds,
// and in words at its head.
func (p *press) draftMark() {
	if !draft(p.model) {
		return
	}
	mark := strings.ToUpper(p.model.SignOff.Mark)
	large := face{150, true, inkColour{0xEF, 0xF0, 0xF1}}
	width := p.meter.width(large, mark)
	p.pdf.TransformBegin()
	p.pdf.TransformRotate(50, pageWidth/2, 150)
	p.text((pageWidth-width)/2, 165, large, mark)
	p.pdf.TransformEnd()
	words := mark + ": not signed off"
	small := face{smallType.size, true, worseInk}
	p.text((pageWidth-p.meter.width(small, words))/2, 9, small, words)
}

// signOff is what the cover says of the sign-off.
func (p *press) signOff() {
	if p.model.SignOff == nil {
		return
	}
	p.y += 3
	if !draft(p.model) {
		p.paragraph(face{11, true, darkInk}, p.model.SignOff.Words)
		p.paragraph(smallType, "The signed content has the hash "+p.model.SignOff.Hash+".")
		return
	}
	p.paragraph(face{14, true, worseInk}, strings.ToUpper(p.model.SignOff.Mark))
	p.paragraph(face{11, false, darkInk}, p.model.SignOff.Words)
}
