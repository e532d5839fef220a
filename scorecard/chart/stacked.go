package chart

import (
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// stackedFigure is bars of two parts from zero, the second hatched, with both parts and their sum as numbers. The heads
// of the number columns carry the swatches and so serve as the legend.
var stackedFigure = figure{
	height: func(spec scorecard.Chart, width vg.Length) vg.Length {
		if !anyValue(spec.Bars) {
			return emptyHeight
		}
		layout := layStack(spec, width)
		return layout.height() + layout.head + 2
	},
	draw:     drawStacked,
	describe: describeStacked,
	table:    stackedTable,
}

// stack is the layout of stacked bars.
type stack struct {
	rows
	heads   [3]string
	columns [3]vg.Length // widths
	head    vg.Length    // height of the heads
}

var headStyle = typeStyle(small, muted)

const swatch = vg.Length(12)

func layStack(spec scorecard.Chart, width vg.Length) stack {
	layout := stack{rows: layRows(spec, width), heads: [3]string{spec.PartNames[0], spec.PartNames[1], "Both"}}
	limit := width * 0.115
	for i := range layout.heads {
		layout.heads[i] = wrap(layout.heads[i], headStyle, limit)
		layout.columns[i] = broad(layout.heads[i], headStyle)
		for _, bar := range spec.Bars {
			layout.columns[i] = max(layout.columns[i], measure(partNumbers(bar, spec.Unit)[i], bold(layout.style).Font))
		}
		layout.columns[i] += 14
		layout.head = max(layout.head, tall(layout.heads[i], headStyle)+swatch+10)
	}
	return layout
}

// partNumbers are the first part, the second and the sum as the columns print them.
func partNumbers(bar scorecard.Bar, unit scorecard.Unit) [3]string {
	plain := bare(unit)
	numbers := [3]string{absence(bar.Status), absence(bar.Status), absence(bar.Status)}
	first, hasFirst := number(bar.Value)
	second, hasSecond := number(bar.Second)
	if hasFirst {
		numbers[0] = plain.Format(first)
	}
	if hasSecond {
		numbers[1] = plain.Format(second)
	}
	if hasFirst && hasSecond {
		numbers[2] = strings.TrimSpace(plain.Format(first+second) + " " + markers(bar.Status))
	}
	return numbers
}

func drawStacked(c draw.Canvas, spec scorecard.Chart) {
	if !anyValue(spec.Bars) {
		lacking(c, large)
		return
	}
	layout := layStack(spec, c.Max.X-c.Min.X)
	reach := extent{0, 0}
	for _, bar := range spec.Bars {
		first, _ := number(bar.Value)
		second, _ := number(bar.Second)
		total := first + second
		reach.include(&first, &total)
	}
	reach = reach.opened(spec.Unit.Decimals)
	p := blank()
	p.X.Min, p.X.Max = reach.low, reach.high
	p.Y.Min, p.Y.Max = 0, layout.total()
	right := layout.columns[0] + layout.columns[1] + layout.columns[2]
	p.Add(plotter(func(area draw.Canvas, p *plot.Plot) {
		zero := area.X(p.X.Norm(0))
		c.StrokeLine2(draw.LineStyle{Color: line, Width: 1}, zero, area.Min.Y, zero, area.Max.Y)
		layout.drawHeads(c)
		for i, bar := range spec.Bars {
			y := area.Y(p.Y.Norm(layout.centre(i)))
			layout.drawNumbers(c, i, bar, spec.Unit, y)
			stackMarks(area, p, bar, y, layout.thick)
		}
	}))
	p.Draw(draw.Crop(c, layout.left+4, -right, 7, -layout.head-7))
}

// stackMarks draws the parts of one bar: the first solid, the second hatched and outlined after it.
func stackMarks(area draw.Canvas, p *plot.Plot, bar scorecard.Bar, y, thick vg.Length) {
	first, hasFirst := number(bar.Value)
	second, hasSecond := number(bar.Second)
	solid, hatched := muted.wash(barShare), muted
	if bar.Role == scorecard.FocusRole {
		solid, hatched = navy, navy
	}
	from, to := area.X(p.X.Norm(0)), area.X(p.X.Norm(first))
	if hasFirst && first != 0 {
		area.FillPolygon(solid, box(from, to, y, thick))
	}
	if hasFirst && hasSecond && second != 0 {
		hatch(area, to, area.X(p.X.Norm(first+second)), y, thick, hatched)
	}
}

// hatch draws an outlined rectangle with diagonal lines, cut at its edges by hand since vg knows no clipping.
func hatch(c draw.Canvas, from, to, y, thick vg.Length, colour ink) {
	if to < from {
		from, to = to, from
	}
	low, high := y-thick/2, y+thick/2
	const apart = 6
	var strokes vg.Path
	for start := from - thick + apart/2; start < to; start += apart {
		left, right := max(start, from), min(start+thick, to)
		if right > left {
			strokes.Move(vg.Point{X: left, Y: low + left - start})
			strokes.Line(vg.Point{X: right, Y: low + right - start})
		}
	}
	c.SetLineStyle(draw.LineStyle{Color: colour, Width: 1.3})
	c.Stroke(strokes)
	c.Stroke(polygon([]vg.Point{{X: from, Y: low}, {X: to, Y: low}, {X: to, Y: high}, {X: from, Y: high}}))
}

// columnEdge is the right edge of a column of numbers.
func (s stack) columnEdge(c draw.Canvas, column int) vg.Length {
	edge := c.Max.X - 2
	for i := 2; i > column; i-- {
		edge -= s.columns[i]
	}
	return edge
}

func (s stack) drawHeads(c draw.Canvas) {
	style := aligned(headStyle, draw.XRight)
	for i, words := range s.heads {
		edge := s.columnEdge(c, i)
		write(c, style, edge, c.Max.Y-swatch-6-tall(words, style)/2, words)
		y := c.Max.Y - swatch/2 - 1
		switch i {
		case 0:
			c.FillPolygon(navy, box(edge-2*swatch, edge, y, swatch))
		case 1:
			hatch(c, edge-2*swatch, edge, y, swatch, navy)
		}
	}
}

func (s stack) drawNumbers(c draw.Canvas, i int, bar scorecard.Bar, unit scorecard.Unit, y vg.Length) {
	style := barStyle(s.style, bar.Role)
	write(c, aligned(style, draw.XRight), c.Min.X+s.left-12+barIndent, y, s.names[i])
	for column, words := range partNumbers(bar, unit) {
		write(c, aligned(style, draw.XRight), s.columnEdge(c, column), y, words)
	}
}
