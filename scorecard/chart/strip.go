package chart

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// stripFigure is the focus area's place among its neighbours on one line, worse to the left and better to the right;
// a neutral measure runs from low to high.
var stripFigure = figure{
	compact:  true,
	width:    132,
	height:   func(scorecard.Chart, vg.Length) vg.Length { return 34 },
	draw:     drawStrip,
	describe: describeStrip,
	table:    barsTable,
}

// fewNeighbours is the number below which a quartile box would rest on single areas: each gets a tick instead.
const fewNeighbours = 4

// stripData is a strip's specification sorted out by role.
type stripData struct {
	neighbours []float64 // ascending
	focus      *scorecard.Bar
	reach      extent
}

func readStrip(spec scorecard.Chart) stripData {
	data := stripData{reach: nothing()}
	for i, bar := range spec.Bars {
		value, known := number(bar.Value)
		if !known {
			continue
		}
		data.reach.include(bar.Value)
		switch bar.Role {
		case scorecard.FocusRole:
			data.focus = &spec.Bars[i]
			data.reach.include(bar.Lower, bar.Upper)
		case scorecard.NeighbourRole:
			data.neighbours = append(data.neighbours, value)
		}
	}
	if spec.Reference != nil {
		data.reach.include(spec.Reference.Value)
	}
	slices.Sort(data.neighbours)
	return data
}

func drawStrip(c draw.Canvas, spec scorecard.Chart) {
	data := readStrip(spec)
	if data.reach.empty() {
		lacking(c, 11)
		return
	}
	reach := data.reach.opened(spec.Unit.Decimals)
	p := blank()
	p.X.Min, p.X.Max = reach.low, reach.high
	p.Y.Min, p.Y.Max = 0, 1
	if spec.HigherIsBetter != nil && !*spec.HigherIsBetter {
		p.X.Scale = plot.InvertedScale{Normalizer: plot.LinearScale{}}
	}
	p.Add(plotter(func(c draw.Canvas, p *plot.Plot) { stripField(c, p, data.neighbours) }))
	if reference := spec.Reference; reference != nil {
		if value, known := number(reference.Value); known {
			p.Add(plotter(func(c draw.Canvas, p *plot.Plot) {
				x, middle := c.X(p.X.Norm(value)), c.Center().Y
				c.StrokeLine2(draw.LineStyle{Color: dark, Width: 2}, x, middle-12, x, middle+12)
			}))
		}
	}
	if data.focus != nil {
		p.Add(plotter(func(c draw.Canvas, p *plot.Plot) { stripMark(c, p, *data.focus, spec.Tone) }))
	}
	const margin = 7
	p.Draw(draw.Crop(c, margin, -margin, 0, 0))
}

// stripField draws the line of the neighbours and the box that holds their middle half.
func stripField(c draw.Canvas, p *plot.Plot, neighbours []float64) {
	middle := c.Center().Y
	c.StrokeLine2(draw.LineStyle{Color: line, Width: 2}, c.Min.X, middle, c.Max.X, middle)
	if len(neighbours) < fewNeighbours {
		for _, value := range neighbours {
			x := c.X(p.X.Norm(value))
			c.StrokeLine2(draw.LineStyle{Color: muted, Width: 1.5}, x, middle-5, x, middle+5)
		}
		return
	}
	left, right := c.X(p.X.Norm(quantile(neighbours, 0.25))), c.X(p.X.Norm(quantile(neighbours, 0.75)))
	if right < left {
		left, right = right, left
	}
	if right-left < 2 {
		left, right = left-1, right+1
	}
	c.FillPolygon(line, []vg.Point{
		{X: left, Y: middle - 8}, {X: right, Y: middle - 8}, {X: right, Y: middle + 8}, {X: left, Y: middle + 8},
	})
}

// stripMark draws the focus area with its interval. Better is a disc, worse a diamond, similar a square, and a value
// that nothing was said about a ring.
func stripMark(c draw.Canvas, p *plot.Plot, focus scorecard.Bar, tone scorecard.Tone) {
	middle := c.Center().Y
	colour := toneInk(tone)
	at := vg.Point{X: c.X(p.X.Norm(*focus.Value)), Y: middle}
	if low, high, known := limits(focus.Lower, focus.Upper); known {
		c.StrokeLine2(draw.LineStyle{Color: colour, Width: 2.4}, c.X(p.X.Norm(low)), middle, c.X(p.X.Norm(high)), middle)
	}
	disc(c, at, 6, paper, false)
	switch tone {
	case scorecard.Better:
		disc(c, at, 4.8, colour, false)
	case scorecard.Worse:
		diamond(c, at, 5.8, colour, false)
	case scorecard.Similar:
		square(c, at, 5.2, colour, false)
	default:
		disc(c, at, 4, colour, true)
	}
}

// quantile is the value below which the share of sorted values lies, between two values by straight line (Hyndman and
// Fan 1996, definition 7, the default of R and spreadsheets).
func quantile(values []float64, share float64) float64 {
	position := share * float64(len(values)-1)
	below := int(math.Floor(position))
	if below+1 >= len(values) {
		return values[len(values)-1]
	}
	return values[below] + (position-float64(below))*(values[below+1]-values[below])
}
