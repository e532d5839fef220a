package chart

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// dumbbellFigure is pairs of groups with both ends shown, the focus area above England. The first group is solid, the
// second hollow; the focus area has discs on a solid line, England diamonds on a dashed one.
var dumbbellFigure = figure{
	height: func(spec scorecard.Chart, width vg.Length) vg.Length {
		if !anyPair(spec.Pairs) {
			return emptyHeight
		}
		layout := layPairs(spec, width)
		return layout.key + vg.Length(len(spec.Pairs))*layout.pitch + 6
	},
	draw:     drawDumbbell,
	describe: describePairs,
	table:    pairsTable,
}

// pairs is the layout of a dumbbell chart.
type pairs struct {
	names  []string
	left   vg.Length // width of the column of names; zero where they stand above their rows
	pitch  vg.Length
	above  vg.Length // height of a name above its row
	ends   vg.Length // room for the numbers outside the marks
	key    vg.Length // height of the key
	pieces []keyPiece
}

var (
	nameStyle   = typeStyle(medium, dark)
	periodStyle = typeStyle(small, muted)
)

func layPairs(spec scorecard.Chart, width vg.Length) pairs {
	layout := pairs{pitch: 58}
	room := width * 0.32
	stands := width < 500
	if stands {
		room = width
	}
	for _, pair := range spec.Pairs {
		name := wrap(pair.Label, nameStyle, room-16)
		layout.names = append(layout.names, name)
		height := tall(name, nameStyle) + tall(pair.Period, periodStyle)
		if stands {
			layout.above = max(layout.above, height+2)
		} else {
			layout.left = max(layout.left, broad(name, nameStyle)+18, measure(pair.Period, periodStyle.Font)+18)
			layout.pitch = max(layout.pitch, height+14)
		}
		for _, value := range []*float64{pair.Focus[0], pair.Focus[1], pair.England[0], pair.England[1]} {
			if end, known := number(value); known {
				layout.ends = max(layout.ends, measure(endNumber(end, pair.Unit), bold(periodStyle).Font)+16)
			}
		}
	}
	layout.pitch += layout.above
	layout.pieces, layout.key = layKey(spec, width)
	return layout
}

// endNumber is a value at the end of a dumbbell, with a suffix where it is short, since rows may differ in unit.
func endNumber(value float64, unit scorecard.Unit) string {
	if len(unit.Suffix) > 2 {
		unit = bare(unit)
	}
	return unit.Format(value)
}

func anyPair(all []scorecard.Pair) bool { return !pairExtent(all).empty() }

func pairExtent(all []scorecard.Pair) extent {
	reach := nothing()
	for _, pair := range all {
		reach.include(pair.Focus[0], pair.Focus[1], pair.England[0], pair.England[1])
	}
	return reach
}

func drawDumbbell(c draw.Canvas, spec scorecard.Chart) {
	reach := pairExtent(spec.Pairs)
	if reach.empty() {
		lacking(c, large)
		return
	}
	reach = reach.opened(spec.Unit.Decimals)
	layout := layPairs(spec, c.Max.X-c.Min.X)
	for _, piece := range layout.pieces {
		piece.draw(c)
	}
	p := blank()
	p.X.Min, p.X.Max = reach.low, reach.high
	p.Y.Min, p.Y.Max = 0, float64(len(spec.Pairs))
	p.Add(plotter(func(area draw.Canvas, p *plot.Plot) {
		for i, pair := range spec.Pairs {
			top := area.Y(p.Y.Norm(float64(len(spec.Pairs) - i)))
			c.StrokeLine2(draw.LineStyle{Color: line, Width: 1}, c.Min.X, top, c.Max.X, top)
			middle := top - layout.above - (layout.pitch-layout.above)/2
			layout.name(c, i, pair, top, middle)
			barbell(area, p, pair.Focus, pair.Unit, middle+11, focusLooks[0])
			barbell(area, p, pair.England, pair.Unit, middle-11, englandLook)
		}
	}))
	p.Draw(draw.Crop(c, layout.left+layout.ends, -layout.ends, 4, -layout.key))
}

// name writes a row's label with its period below: beside the row, or above it where the chart is narrow.
func (l pairs) name(c draw.Canvas, i int, pair scorecard.Pair, top, middle vg.Length) {
	height := tall(l.names[i], nameStyle)
	below := tall(pair.Period, periodStyle)
	start := middle + (height+below)/2
	if l.left == 0 {
		start = top - 6
	}
	write(c, nameStyle, c.Min.X+barIndent, start-height/2, l.names[i])
	write(c, periodStyle, c.Min.X+barIndent, start-height-below/2, pair.Period)
}

// barbell draws one pair of ends with their numbers outside.
func barbell(c draw.Canvas, p *plot.Plot, ends [2]*float64, unit scorecard.Unit, y vg.Length, style look) {
	first, hasFirst := number(ends[0])
	second, hasSecond := number(ends[1])
	if hasFirst && hasSecond {
		c.StrokeLine2(draw.LineStyle{Color: style.colour, Width: style.width, Dashes: style.dashes},
			c.X(p.X.Norm(first)), y, c.X(p.X.Norm(second)), y)
	}
	face := periodStyle
	face.Color = style.label
	if style.bold {
		face = bold(face)
	}
	mark := func(value float64, hollow, left bool) {
		x := c.X(p.X.Norm(value))
		style.mark(c, vg.Point{X: x, Y: y}, 5, style.colour, hollow)
		if left {
			write(c, aligned(face, draw.XRight), x-9, y, endNumber(value, unit))
		} else {
			write(c, face, x+9, y, endNumber(value, unit))
		}
	}
	if hasFirst {
		mark(first, false, hasSecond && first <= second)
	}
	if hasSecond {
		mark(second, true, hasFirst && second < first)
	}
}

// keyPiece is one entry of the key: a sample and its words.
type keyPiece struct {
	words  string
	style  text.Style
	x, y   vg.Length // from the top left of the chart
	sample func(c draw.Canvas, x, y vg.Length)
}

func (k keyPiece) draw(c draw.Canvas) {
	x, y := c.Min.X+k.x, c.Max.Y-k.y
	k.sample(c, x, y)
	write(c, k.style, x+keySample, y, k.words)
}

const keySample = vg.Length(32)

// layKey sets the key in as many rows as the width asks for.
func layKey(spec scorecard.Chart, width vg.Length) ([]keyPiece, vg.Length) {
	plain := typeStyle(small, dark)
	strong := bold(typeStyle(small, navy))
	stroke := func(style look) func(draw.Canvas, vg.Length, vg.Length) {
		return func(c draw.Canvas, x, y vg.Length) {
			c.StrokeLine2(draw.LineStyle{Color: style.colour, Width: style.width, Dashes: style.dashes}, x+2, y, x+keySample-6, y)
		}
	}
	group := func(hollow bool) func(draw.Canvas, vg.Length, vg.Length) {
		return func(c draw.Canvas, x, y vg.Length) {
			disc(c, vg.Point{X: x + 8, Y: y}, 5, navy, hollow)
			diamond(c, vg.Point{X: x + 21, Y: y}, 5, orange, hollow)
		}
	}
	pieces := []keyPiece{
		{words: spec.PartNames[0], style: plain, sample: group(false)},
		{words: spec.PartNames[1], style: plain, sample: group(true)},
		{words: nameOf(spec, scorecard.FocusRole), style: strong, sample: stroke(focusLooks[0])},
		{words: nameOf(spec, scorecard.EnglandRole), style: plain, sample: stroke(englandLook)},
	}
	return flowKey(pieces, width)
}

// nameOf is the name that a role goes by in a chart. Pairs carry no names; the chart's series or bars may.
func nameOf(spec scorecard.Chart, role scorecard.Role) string {
	for _, series := range spec.Series {
		if series.Role == role && series.Name != "" {
			return series.Name
		}
	}
	for _, bar := range spec.Bars {
		if bar.Role == role && bar.Label != "" {
			return bar.Label
		}
	}
	if role == scorecard.EnglandRole {
		return "England"
	}
	return "This area"
}
