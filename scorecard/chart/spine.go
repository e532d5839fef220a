package chart

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// spineFigure is indicators on one spine, after the spine charts of public health profiles: England is the upright line,
// each row is scaled so that the area farther from it reaches the edge, better lies to the right. The light bar runs from
// the lowest area to the highest, the dark one holds the middle half, and the mark is the focus area in the shape of its
// verdict.
var spineFigure = figure{
	height: func(spec scorecard.Chart, width vg.Length) vg.Length {
		if spineEmpty(spec) {
			return emptyHeight
		}
		return laySpine(spec, width).height()
	},
	draw:     drawSpine,
	describe: describeSpine,
	table:    spineTable,
}

func spineEmpty(spec scorecard.Chart) bool {
	for _, row := range spec.Spine {
		if _, known := number(row.Value); known {
			return false
		}
	}
	return true
}

// spine is the layout: words and the two figures to the left, or above where the chart is narrow.
type spine struct {
	names   []string
	focus   string // the head of the focus area's column
	heights []vg.Length
	stands  bool      // the words stand above the bars
	left    vg.Length // width of the words
	columns [2]vg.Length
	ends    vg.Length // width of the numbers at the ends of a bar
	head    vg.Length
	key     []keyPiece
	keyRoom vg.Length
}

func (s spine) height() vg.Length {
	sum := s.head + s.keyRoom + 4
	for _, height := range s.heights {
		sum += height
	}
	return sum
}

func laySpine(spec scorecard.Chart, width vg.Length) spine {
	layout := spine{stands: width < breakPoint}
	room := width * 0.31
	if layout.stands {
		room = width
	}
	layout.focus = wrap(nameOf(spec, scorecard.FocusRole), bold(headStyle), max(width*0.16, 60))
	heads := [2]string{layout.focus, "England"}
	layout.head = tall(layout.focus, headStyle) + 9
	for _, row := range spec.Spine {
		for column, words := range spineNumbers(row) {
			layout.columns[column] = max(layout.columns[column], measure(words, bold(nameStyle).Font)+gutter, broad(heads[column], bold(headStyle))+gutter)
		}
		for _, end := range []*float64{row.Lowest, row.Highest} {
			if value, known := number(end); known {
				layout.ends = max(layout.ends, measure(bare(row.Unit).Format(value), headStyle.Font)+8)
			}
		}
	}
	if !layout.stands {
		layout.ends += 6
	}
	for _, row := range spec.Spine {
		words := room - gutter
		if layout.stands {
			words -= layout.columns[0] + layout.columns[1]
		}
		name := wrap(row.Label, nameStyle, words)
		period := wrap(row.Period, periodStyle, words)
		layout.names = append(layout.names, name)
		layout.left = max(layout.left, broad(name, nameStyle)+gutter, broad(period, periodStyle)+gutter)
		high := tall(name, nameStyle) + tall(period, periodStyle) + 10
		if layout.stands {
			high += 30
		}
		layout.heights = append(layout.heights, max(high, 40))
	}
	layout.key, layout.keyRoom = spineKey(spec, width)
	return layout
}

// spineNumbers are the focus area's and England's figure as the columns print them.
func spineNumbers(row scorecard.SpineRow) [2]string {
	unit := row.Unit
	if len(unit.Suffix) > 2 {
		unit = bare(unit)
	}
	numbers := [2]string{absence(row.Status), absence("")}
	if value, known := number(row.Value); known {
		numbers[0] = strings.TrimSpace(unit.Format(value) + " " + markers(row.Status))
	}
	if value, known := number(row.England); known {
		numbers[1] = unit.Format(value)
	}
	return numbers
}

// onSpine is where a value lies: England at 0.5, the area farther from it at 0 or 1.
func onSpine(row scorecard.SpineRow) (place func(float64) float64, known bool) {
	england, has := number(row.England)
	reach := nothing()
	reach.include(row.Lowest, row.Highest, row.Value)
	if !has || reach.empty() {
		return nil, false
	}
	farthest := math.Max(reach.high-england, england-reach.low)
	if farthest <= 0 {
		farthest = 1
	}
	sign := 1.0
	if row.HigherIsBetter != nil && !*row.HigherIsBetter {
		sign = -1
	}
	return func(value float64) float64 { return 0.5 + sign*0.5*(value-england)/farthest }, true
}

func drawSpine(c draw.Canvas, spec scorecard.Chart) {
	if spineEmpty(spec) {
		lacking(c, large)
		return
	}
	width := c.Max.X - c.Min.X
	layout := laySpine(spec, width)
	for _, piece := range layout.key {
		piece.draw(c)
	}
	from, to := c.Min.X+layout.left+layout.columns[0]+layout.columns[1]+layout.ends, c.Max.X-layout.ends
	if layout.stands {
		from = c.Min.X + layout.ends
	}
	top := c.Max.Y - layout.keyRoom
	layout.heads(c, from, to, top-layout.head/2)
	top -= layout.head
	foot := top
	for _, height := range layout.heights {
		foot -= height
	}
	middle := (from + to) / 2
	for i, row := range spec.Spine {
		c.StrokeLine2(draw.LineStyle{Color: line, Width: 1}, c.Min.X, top, c.Max.X, top)
		layout.row(c, i, row, from, to, top)
		top -= layout.heights[i]
	}
	if !layout.stands {
		c.StrokeLine2(draw.LineStyle{Color: dark, Width: 1.5}, middle, foot+4, middle, c.Max.Y-layout.keyRoom-layout.head+2)
		for i, row := range spec.Spine { // the marks over the line
			layout.mark(c, row, from, to, layout.middle(c, i))
		}
	}
}

// middle is the height of the bar of a row.
func (s spine) middle(c draw.Canvas, row int) vg.Length {
	top := c.Max.Y - s.keyRoom - s.head
	for _, height := range s.heights[:row] {
		top -= height
	}
	if s.stands {
		return top - s.heights[row] + 20
	}
	return top - s.heights[row]/2
}

func (s spine) heads(c draw.Canvas, from, to, y vg.Length) {
	right := aligned(headStyle, draw.XRight)
	edge := c.Min.X + s.left + s.columns[0] + s.columns[1]
	if s.stands {
		edge = c.Max.X
	}
	write(c, right, edge-2, y, "England")
	strong := bold(right)
	strong.Color = navy
	write(c, strong, edge-s.columns[1], y, s.focus)
	if s.stands {
		write(c, headStyle, c.Min.X+barIndent, y, "worse ← → better")
		return
	}
	write(c, headStyle, from-s.ends+6, y, "worse")
	write(c, aligned(headStyle, draw.XCenter), (from+to)/2, y, "England")
	write(c, right, to+s.ends-2, y, "better")
}

func (s spine) row(c draw.Canvas, i int, row scorecard.SpineRow, from, to, top vg.Length) {
	name := s.names[i]
	high, below := tall(name, nameStyle), tall(wrap(row.Period, periodStyle, s.left-gutter), periodStyle)
	start := top - (s.heights[i]-high-below)/2
	if s.stands {
		start = top - 5
	}
	write(c, nameStyle, c.Min.X+barIndent, start-high/2, name)
	write(c, periodStyle, c.Min.X+barIndent, start-high-below/2, wrap(row.Period, periodStyle, s.left-gutter))
	y, level := s.middle(c, i), s.middle(c, i)
	edge := c.Min.X + s.left + s.columns[0] + s.columns[1]
	if s.stands {
		edge, level = c.Max.X, start-high/2
	}
	numbers := spineNumbers(row)
	strong := aligned(bold(nameStyle), draw.XRight)
	strong.Color = navy
	write(c, strong, edge-s.columns[1], level, numbers[0])
	write(c, aligned(nameStyle, draw.XRight), edge-2, level, numbers[1])
	s.bar(c, row, from, to, y)
	if _, known := onSpine(row); s.stands && known {
		c.StrokeLine2(draw.LineStyle{Color: dark, Width: 1.5}, (from+to)/2, y-11, (from+to)/2, y+11)
		s.mark(c, row, from, to, y)
	}
}

// bar draws the range of the areas and their middle half, with the extremes as numbers beside it.
func (s spine) bar(c draw.Canvas, row scorecard.SpineRow, from, to, y vg.Length) {
	place, known := onSpine(row)
	if !known {
		return
	}
	at := func(value float64) vg.Length { return from + vg.Length(place(value))*(to-from) }
	low, high, whole := limits(row.Lowest, row.Highest)
	if !whole {
		return
	}
	c.FillPolygon(line, box(at(low), at(high), y, 14))
	if first, third, halves := limits(row.Quarters[0], row.Quarters[1]); halves {
		c.FillPolygon(muted.wash(barShare), box(at(first), at(third), y, 14))
	}
	left, right := low, high
	if at(left) > at(right) {
		left, right = right, left
	}
	unit := bare(row.Unit)
	write(c, aligned(headStyle, draw.XRight), from-6, y, unit.Format(left))
	write(c, headStyle, to+6, y, unit.Format(right))
}

func (s spine) mark(c draw.Canvas, row scorecard.SpineRow, from, to, y vg.Length) {
	place, known := onSpine(row)
	value, valued := number(row.Value)
	if !known || !valued {
		return
	}
	verdictMark(c, vg.Point{X: from + vg.Length(place(value))*(to-from), Y: y}, row.Tone, 6)
}

// verdictMark draws a focus area's value in the shape of its verdict, on a ring of paper: better a disc, worse a diamond,
// similar a square, not tested a ring.
func verdictMark(c draw.Canvas, at vg.Point, tone scorecard.Tone, radius vg.Length) {
	disc(c, at, radius+2, paper, false)
	colour := toneInk(tone)
	switch tone {
	case scorecard.Better:
		disc(c, at, radius, colour, false)
	case scorecard.Worse:
		diamond(c, at, radius+1, colour, false)
	case scorecard.Similar:
		square(c, at, radius, colour, false)
	default:
		disc(c, at, radius-1, colour, true)
	}
}

// toneKey are the entries of a key for the shapes of verdicts, of the tones that a chart holds.
func toneKey(held map[scorecard.Tone]bool) []keyPiece {
	var pieces []keyPiece
	for _, tone := range []struct {
		tone  scorecard.Tone
		words string
	}{{scorecard.Better, "better than England"}, {scorecard.Similar, "similar"}, {scorecard.Worse, "worse"}, {scorecard.None, "not tested"}} {
		if held[tone.tone] {
			pieces = append(pieces, keyPiece{words: tone.words, style: typeStyle(small, dark), sample: func(c draw.Canvas, x, y vg.Length) {
				verdictMark(c, vg.Point{X: x + 18, Y: y}, tone.tone, 5)
			}})
		}
	}
	return pieces
}

func spineKey(spec scorecard.Chart, width vg.Length) ([]keyPiece, vg.Length) {
	held := map[scorecard.Tone]bool{}
	for _, row := range spec.Spine {
		if _, known := number(row.Value); known {
			held[toneOr(row.Tone)] = true
		}
	}
	pieces := append(toneKey(held),
		keyPiece{words: "lowest to highest area", style: typeStyle(small, dark), sample: func(c draw.Canvas, x, y vg.Length) {
			c.FillPolygon(line, box(x+2, x+keySample-6, y, 12))
		}},
		keyPiece{words: "middle half", style: typeStyle(small, dark), sample: func(c draw.Canvas, x, y vg.Length) {
			c.FillPolygon(muted.wash(barShare), box(x+2, x+keySample-6, y, 12))
		}})
	return flowKey(pieces, width)
}

// toneOr is a tone, None where there is none.
func toneOr(tone scorecard.Tone) scorecard.Tone {
	if tone == "" {
		return scorecard.None
	}
	return tone
}

// flowKey sets the entries of a key in as many rows as the width asks for, and tells the height they take.
func flowKey(pieces []keyPiece, width vg.Length) ([]keyPiece, vg.Length) {
	if len(pieces) == 0 {
		return nil, 0
	}
	x, y := vg.Length(0), vg.Length(10)
	for i := range pieces {
		wide := keySample + measure(pieces[i].words, pieces[i].style.Font)
		if x > 0 && x+wide > width {
			x, y = 0, y+20
		}
		pieces[i].x, pieces[i].y = x, y
		x += wide + 24
	}
	return pieces, y + 16
}

// strongStyle is a text style of the focus area.
func strongStyle(size vg.Length) text.Style { return bold(typeStyle(size, navy)) }

var toneWords = map[scorecard.Tone]string{
	scorecard.Better: "better than England", scorecard.Similar: "similar to England", scorecard.Worse: "worse than England", scorecard.None: "not tested",
}

func describeSpine(spec scorecard.Chart) []string {
	if spineEmpty(spec) {
		return []string{"Spine chart without figures."}
	}
	said := []string{fmt.Sprintf("Spine chart of %s against England, each on a scale of its own.", indicatorCount(len(spec.Spine)))}
	for _, row := range spec.Spine {
		numbers := spineNumbers(row)
		words := fmt.Sprintf("%s%s: %s, England %s", row.Label, during(row.Period), numbers[0], numbers[1])
		if _, known := number(row.Value); known {
			words += ", " + toneWords[toneOr(row.Tone)]
		}
		if low, high, known := limits(row.Lowest, row.Highest); known {
			words += fmt.Sprintf("; areas from %s to %s", bare(row.Unit).Format(low), bare(row.Unit).Format(high))
		}
		said = append(said, words+".")
	}
	return said
}

func indicatorCount(count int) string {
	if count == 1 {
		return "one indicator"
	}
	return fmt.Sprintf("%d indicators", count)
}

func spineTable(spec scorecard.Chart) scorecard.DataTable {
	made := scorecard.DataTable{Heads: []string{"Measure", periodHead, nameOf(spec, scorecard.FocusRole), "England", "Against England", "Lowest", "Middle half", "Highest"}}
	for _, row := range spec.Spine {
		numbers := spineNumbers(row)
		unit := bare(row.Unit)
		cells := []string{row.Label, row.Period, numbers[0], numbers[1], toneWords[toneOr(row.Tone)], "", "", ""}
		if low, high, known := limits(row.Lowest, row.Highest); known {
			cells[5], cells[7] = unit.Format(low), unit.Format(high)
		}
		if low, high, known := limits(row.Quarters[0], row.Quarters[1]); known {
			cells[6] = unit.Format(low) + " to " + unit.Format(high)
		}
		made.Rows = append(made.Rows, cells)
	}
	return made
}
