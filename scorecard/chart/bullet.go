package chart

import (
	"fmt"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// bulletFigure is values against their targets, a row each on a scale of its own from zero: the value a bar, what counts as
// met a pale field with a thick edge, England a diamond.
var bulletFigure = figure{
	height: func(spec scorecard.Chart, width vg.Length) vg.Length {
		if bulletsEmpty(spec) {
			return emptyHeight
		}
		return layBullets(spec, width).height()
	},
	draw:     drawBullets,
	describe: describeBullets,
	table:    bulletTable,
}

func bulletsEmpty(spec scorecard.Chart) bool {
	for _, row := range spec.Bullets {
		if _, known := number(row.Value); known {
			return false
		}
	}
	return true
}

// bullets is the layout.
type bullets struct {
	names, verdicts []string
	heights         []vg.Length
	left            vg.Length // width of the words; zero where they stand above
	right           vg.Length // width of the value and its verdict
	key             []keyPiece
	keyRoom         vg.Length
}

func (b bullets) height() vg.Length {
	sum := b.keyRoom + 4
	for _, height := range b.heights {
		sum += height
	}
	return sum
}

func layBullets(spec scorecard.Chart, width vg.Length) bullets {
	layout := bullets{}
	stands := width < breakPoint
	room, side := width*0.32, width*0.24
	if stands {
		room, side = width, width*0.36
	}
	for _, row := range spec.Bullets {
		verdict := wrap(row.Verdict, headStyle, side-gutter)
		layout.verdicts = append(layout.verdicts, verdict)
		layout.right = max(layout.right, measure(bulletNumber(row), strongStyle(medium).Font)+gutter, broad(verdict, headStyle)+gutter+14)
	}
	for i, row := range spec.Bullets {
		name := wrap(row.Label, nameStyle, room-gutter)
		layout.names = append(layout.names, name)
		below := tall(wrap(bulletNote(row), periodStyle, room-gutter), periodStyle)
		words := tall(name, nameStyle) + below
		side := tall(layout.verdicts[i], headStyle) + 22
		if stands {
			layout.heights = append(layout.heights, words+max(side, 34)+12)
			continue
		}
		layout.left = max(layout.left, room)
		layout.heights = append(layout.heights, max(words, side, 40)+12)
	}
	layout.key, layout.keyRoom = bulletKey(spec, width)
	return layout
}

// bulletNote is the line below a row's name: its period and its target.
func bulletNote(row scorecard.Bullet) string {
	if row.Period == "" {
		return "target " + row.Words
	}
	return row.Period + " · target " + row.Words
}

func bulletNumber(row scorecard.Bullet) string {
	value, known := number(row.Value)
	if !known {
		return absence(row.Status)
	}
	return strings.TrimSpace(row.Unit.Format(value) + " " + markers(row.Status))
}

// bulletReach is a row's scale: from zero to somewhat beyond its largest number.
func bulletReach(row scorecard.Bullet) extent {
	reach := extent{0, 0}
	reach.include(row.Value, row.Lower, row.Upper, row.England, row.Low, row.High)
	margin := (reach.high - reach.low) * 0.12
	if row.Unit.Suffix == "%" && reach.high <= 100 {
		reach.high = min(reach.high+margin, 100)
	} else {
		reach.high += margin
	}
	return reach.opened(row.Unit.Decimals)
}

func drawBullets(c draw.Canvas, spec scorecard.Chart) {
	if bulletsEmpty(spec) {
		lacking(c, large)
		return
	}
	layout := layBullets(spec, c.Max.X-c.Min.X)
	for _, piece := range layout.key {
		piece.draw(c)
	}
	top := c.Max.Y - layout.keyRoom
	for i, row := range spec.Bullets {
		c.StrokeLine2(draw.LineStyle{Color: line, Width: 1}, c.Min.X, top, c.Max.X, top)
		layout.row(c, i, row, top)
		top -= layout.heights[i]
	}
}

func (b bullets) row(c draw.Canvas, i int, row scorecard.Bullet, top vg.Length) {
	room := b.left
	if b.left == 0 {
		room = c.Max.X - c.Min.X
	}
	note := wrap(bulletNote(row), periodStyle, room-gutter)
	high, below := tall(b.names[i], nameStyle), tall(note, periodStyle)
	start, y := top-(b.heights[i]-high-below)/2, top-b.heights[i]/2
	if b.left == 0 {
		start = top - 5
		y = start - high - below - (b.heights[i]-high-below-5)/2
	}
	write(c, nameStyle, c.Min.X+barIndent, start-high/2, b.names[i])
	write(c, periodStyle, c.Min.X+barIndent, start-high-below/2, note)
	right := c.Max.X - b.right + gutter
	if row.Verdict == "" {
		write(c, strongStyle(medium), right, y, bulletNumber(row))
	} else {
		const number = vg.Length(18)
		block := tall(b.verdicts[i], headStyle)
		top := y + (number+block)/2
		write(c, strongStyle(medium), right, top-number/2, bulletNumber(row))
		toneShape(c, vg.Point{X: right + 5, Y: top - number - pitch*small/2}, toneOr(row.Tone), 4.5)
		write(c, typeStyle(small, dark), right+14, top-number-block/2, b.verdicts[i])
	}
	bulletMarks(c, row, c.Min.X+b.left+barIndent, right-2*gutter, y)
}

// bulletMarks draws the target's field, the value's bar with its interval, and England.
func bulletMarks(c draw.Canvas, row scorecard.Bullet, from, to, y vg.Length) {
	reach := bulletReach(row)
	at := func(value float64) vg.Length {
		return from + vg.Length((value-reach.low)/(reach.high-reach.low))*(to-from)
	}
	low, hasLow := number(row.Low)
	high, hasHigh := number(row.High)
	if hasLow || hasHigh {
		begin, end := at(reach.low), at(reach.high)
		if hasLow {
			begin = at(low)
		}
		if hasHigh {
			end = at(high)
		}
		c.FillPolygon(line, box(begin, end, y, 26))
	}
	if value, known := number(row.Value); known {
		c.FillPolygon(navy, box(at(0), at(value), y, 10))
		if lower, upper, whole := limits(row.Lower, row.Upper); whole {
			c.StrokeLine2(draw.LineStyle{Color: paper, Width: 4}, at(lower), y, at(upper), y)
			c.StrokeLine2(draw.LineStyle{Color: dark, Width: 1.6}, at(lower), y, at(upper), y)
		}
	}
	for _, edge := range []*float64{row.Low, row.High} {
		if value, known := number(edge); known {
			c.StrokeLine2(draw.LineStyle{Color: dark, Width: 3}, at(value), y-13, at(value), y+13)
		}
	}
	if england, known := number(row.England); known {
		mark := vg.Point{X: at(england), Y: y}
		diamond(c, mark, 7.5, paper, false)
		diamond(c, mark, 5.5, orange, false)
	}
}

func bulletKey(spec scorecard.Chart, width vg.Length) ([]keyPiece, vg.Length) {
	plain := typeStyle(small, dark)
	pieces := []keyPiece{
		{words: nameOf(spec, scorecard.FocusRole), style: strongStyle(small), sample: func(c draw.Canvas, x, y vg.Length) {
			c.FillPolygon(navy, box(x+2, x+keySample-6, y, 8))
		}},
		{words: "target met", style: plain, sample: func(c draw.Canvas, x, y vg.Length) {
			c.FillPolygon(line, box(x+4, x+keySample-6, y, 14))
			c.StrokeLine2(draw.LineStyle{Color: dark, Width: 3}, x+4, y-7, x+4, y+7)
		}},
	}
	england, intervals := false, false
	for _, row := range spec.Bullets {
		_, known := number(row.England)
		_, _, whole := limits(row.Lower, row.Upper)
		england, intervals = england || known, intervals || whole
	}
	if intervals {
		pieces = append(pieces, keyPiece{words: "95% interval", style: plain, sample: func(c draw.Canvas, x, y vg.Length) {
			c.StrokeLine2(draw.LineStyle{Color: dark, Width: 1.6}, x+2, y, x+keySample-6, y)
		}})
	}
	if england {
		pieces = append(pieces, keyPiece{words: "England", style: plain, sample: func(c draw.Canvas, x, y vg.Length) {
			diamond(c, vg.Point{X: x + 16, Y: y}, 5.5, orange, false)
		}})
	}
	return flowKey(pieces, width)
}

func describeBullets(spec scorecard.Chart) []string {
	if bulletsEmpty(spec) {
		return []string{"Values against targets, without figures."}
	}
	said := []string{fmt.Sprintf("%s against %s.", upper(indicatorCount(len(spec.Bullets))), targetCount(len(spec.Bullets)))}
	for _, row := range spec.Bullets {
		words := row.Label + during(row.Period) + ": " + bulletNumber(row)
		if low, high, whole := limits(row.Lower, row.Upper); whole {
			words += " (" + interval(low, high, row.Unit) + ")"
		}
		words += ", target " + row.Words
		if row.Verdict != "" {
			words += ", " + lower(row.Verdict)
		}
		if england, known := number(row.England); known {
			words += "; England " + row.Unit.Format(england)
		}
		said = append(said, words+".")
	}
	return said
}

func targetCount(count int) string {
	if count == 1 {
		return "its target"
	}
	return "their targets"
}

// upper is words with a capital first letter.
func upper(words string) string {
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

func bulletTable(spec scorecard.Chart) scorecard.DataTable {
	made := scorecard.DataTable{Heads: []string{"Measure", periodHead, nameOf(spec, scorecard.FocusRole), intervalHead, "Target", "Met?", "England"}}
	for _, row := range spec.Bullets {
		england := ""
		if value, known := number(row.England); known {
			england = row.Unit.Format(value)
		}
		made.Rows = append(made.Rows, []string{
			row.Label, row.Period, bulletNumber(row), limitWords(row.Lower, row.Upper, row.Value, row.Unit), row.Words, row.Verdict, england,
		})
	}
	return made
}
