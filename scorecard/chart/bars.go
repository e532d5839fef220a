package chart

import (
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// barsFigure is areas in the order given: points with intervals, or bars from zero where no area has an interval.
var barsFigure = figure{
	height: func(spec scorecard.Chart, width vg.Length) vg.Length {
		if !anyValue(spec.Bars) {
			return emptyHeight
		}
		return layRows(spec, width).height() + referenceRoom(spec)
	},
	draw:     drawBars,
	describe: describeBars,
	table:    barsTable,
}

// rows is the layout that ranked and stacked bars share: a column of names, the room for marks, columns of numbers.
type rows struct {
	names   []string
	style   text.Style
	heights []vg.Length
	thick   vg.Length // of a bar
	left    vg.Length // width of the column of names with its gap
	numbers vg.Length // width of the column of values
	extra   vg.Length // width of the column of intervals, zero where there is none
}

func (r rows) height() vg.Length { return vg.Length(r.total()) + 12 }

// total is the height of all rows, and the range of the plot's vertical axis.
func (r rows) total() float64 {
	var sum vg.Length
	for _, height := range r.heights {
		sum += height
	}
	return sum.Points()
}

// centre is where a row's middle lies on the plot's vertical axis.
func (r rows) centre(row int) float64 {
	below := r.heights[row] / 2
	for _, height := range r.heights[row+1:] {
		below += height
	}
	return below.Points()
}

// layRows chooses the columns: names are set in two lines or more rather than cut.
func layRows(spec scorecard.Chart, width vg.Length) rows {
	style := typeStyle(medium, dark)
	usual := vg.Length(30)
	if len(spec.Bars) > 16 {
		usual = 24
	}
	layout := rows{style: style, thick: usual * 0.56}
	for _, bar := range spec.Bars {
		name := wrap(bar.Label, bold(style), width*0.3)
		layout.names = append(layout.names, name)
		layout.left = max(layout.left, broad(name, bold(style))+12)
		layout.heights = append(layout.heights, max(usual, tall(name, style)+6))
		layout.numbers = max(layout.numbers, measure(barNumber(bar, spec.Unit), bold(style).Font)+12)
		if words := intervalWords(bar, spec.Unit); words != "" && width >= 560 {
			layout.extra = max(layout.extra, measure(words, typeStyle(small, muted).Font)+14)
		}
	}
	return layout
}

// barNumber is the value as the column prints it, or the shorthand for the reason that there is none.
func barNumber(bar scorecard.Bar, unit scorecard.Unit) string {
	value, known := number(bar.Value)
	if !known {
		return absence(bar.Status)
	}
	return strings.TrimSpace(bare(unit).Format(value) + " " + markers(bar.Status))
}

// intervalWords is a bar's interval, "74.1 to 82.1", or nothing.
func intervalWords(bar scorecard.Bar, unit scorecard.Unit) string {
	low, high, known := limits(bar.Lower, bar.Upper)
	if _, valued := number(bar.Value); !known || !valued {
		return ""
	}
	return bare(unit).Format(low) + " to " + bare(unit).Format(high)
}

func referenceRoom(spec scorecard.Chart) vg.Length {
	if spec.Reference == nil {
		return 0
	}
	if _, known := number(spec.Reference.Value); !known {
		return 0
	}
	return 24
}

func anyValue(bars []scorecard.Bar) bool {
	values := nothing()
	for _, bar := range bars {
		values.include(bar.Value)
	}
	return !values.empty()
}

func drawBars(c draw.Canvas, spec scorecard.Chart) {
	if !anyValue(spec.Bars) {
		lacking(c, large)
		return
	}
	reach := nothing()
	intervals := false
	for _, bar := range spec.Bars {
		reach.include(bar.Value)
		if intervalWords(bar, spec.Unit) != "" {
			intervals = true
			reach.include(bar.Lower, bar.Upper)
		}
	}
	if spec.Reference != nil {
		reach.include(spec.Reference.Value)
	}
	if !intervals {
		zero := 0.0
		reach.include(&zero)
	}
	reach = reach.opened(spec.Unit.Decimals)
	layout := layRows(spec, c.Max.X-c.Min.X)
	p := blank()
	p.X.Min, p.X.Max = reach.low, reach.high
	p.Y.Min, p.Y.Max = 0, layout.total()
	foot := referenceRoom(spec)
	frame := draw.Crop(c, layout.left+8, -layout.numbers-layout.extra-8, foot+6, -6)
	if foot > 0 && intervals {
		p.Add(referenceLine(spec, c))
	}
	if !intervals && reach.low < 0 {
		p.Add(plotter(func(c draw.Canvas, p *plot.Plot) {
			x := c.X(p.X.Norm(0))
			c.StrokeLine2(draw.LineStyle{Color: muted, Width: 1}, x, c.Min.Y, x, c.Max.Y)
		}))
	}
	p.Add(plotter(func(area draw.Canvas, p *plot.Plot) {
		for i, bar := range spec.Bars {
			y := area.Y(p.Y.Norm(layout.centre(i)))
			layout.words(c, area, i, bar, spec.Unit, y)
			if _, known := number(bar.Value); !known {
				continue
			}
			if intervals {
				pointMark(area, p, bar, y)
			} else {
				barMark(area, p, bar, y, layout.thick)
			}
		}
	}))
	if foot > 0 && !intervals {
		p.Add(referenceLine(spec, c)) // over the bars, under the points
	}
	p.Draw(frame)
}

// words writes a row's name to the left and its numbers to the right.
func (r rows) words(c, area draw.Canvas, i int, bar scorecard.Bar, unit scorecard.Unit, y vg.Length) {
	style := barStyle(r.style, bar.Role)
	write(c, aligned(style, draw.XRight), c.Min.X+r.left-12+barIndent, y, r.names[i])
	write(c, aligned(style, draw.XRight), c.Max.X-r.extra-2, y, barNumber(bar, unit))
	if words := intervalWords(bar, unit); words != "" && r.extra > 0 {
		write(c, aligned(typeStyle(small, muted), draw.XRight), c.Max.X-2, y, words)
	}
}

// barIndent keeps the names off the very edge of the chart.
const barIndent = vg.Length(2)

// barStyle is the text of a row: the focus area navy and bold.
func barStyle(style text.Style, role scorecard.Role) text.Style {
	if role == scorecard.FocusRole {
		style = bold(style)
		style.Color = navy
	}
	return style
}

// pointMark draws a value with its interval: the focus area larger and navy, England and the region in their shapes.
func pointMark(c draw.Canvas, p *plot.Plot, bar scorecard.Bar, y vg.Length) {
	style := draw.LineStyle{Color: muted, Width: 2}
	radius, mark, colour := vg.Length(5), disc, muted
	switch bar.Role {
	case scorecard.FocusRole:
		style = draw.LineStyle{Color: navy, Width: 3}
		radius, colour = 6, navy
	case scorecard.EnglandRole:
		mark, colour = diamond, dark
		radius = 6
	case scorecard.RegionRole:
		mark = square
	}
	if low, high, known := limits(bar.Lower, bar.Upper); known {
		c.StrokeLine2(style, c.X(p.X.Norm(low)), y, c.X(p.X.Norm(high)), y)
	}
	mark(c, vg.Point{X: c.X(p.X.Norm(*bar.Value)), Y: y}, radius, colour, provisionalStatus(bar.Status))
}

// barMark draws a bar from zero.
func barMark(c draw.Canvas, p *plot.Plot, bar scorecard.Bar, y, thick vg.Length) {
	colour := muted.wash(barShare)
	switch bar.Role {
	case scorecard.FocusRole:
		colour = navy
	case scorecard.EnglandRole:
		colour = muted
	}
	c.FillPolygon(colour, box(c.X(p.X.Norm(0)), c.X(p.X.Norm(*bar.Value)), y, thick))
}

// box is the rectangle between two positions, so and so thick around y.
func box(from, to, y, thick vg.Length) []vg.Point {
	return []vg.Point{
		{X: from, Y: y - thick/2}, {X: to, Y: y - thick/2}, {X: to, Y: y + thick/2}, {X: from, Y: y + thick/2},
	}
}

// referenceLine draws the reference as one dark line from the top to its label below the rows.
func referenceLine(spec scorecard.Chart, whole draw.Canvas) plotter {
	return func(c draw.Canvas, p *plot.Plot) {
		value := *spec.Reference.Value
		x := c.X(p.X.Norm(value))
		c.StrokeLine2(draw.LineStyle{Color: paper, Width: 4}, x, c.Min.Y, x, c.Max.Y)
		c.StrokeLine2(draw.LineStyle{Color: dark, Width: 1.5}, x, c.Min.Y, x, c.Max.Y)
		style := aligned(typeStyle(small, dark), draw.XCenter)
		words := spec.Reference.Label + " " + bare(spec.Unit).Format(value)
		half := measure(words, style.Font) / 2
		centre := clamp(x.Points(), (whole.Min.X + half).Points(), (whole.Max.X - half).Points())
		write(whole, style, vg.Length(centre), whole.Min.Y+10, words)
	}
}
