package chart

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// extent is a range of values that grows with what it includes.
type extent struct{ low, high float64 }

func nothing() extent { return extent{math.Inf(1), math.Inf(-1)} }

func (e extent) empty() bool { return e.low > e.high }

func (e *extent) include(values ...*float64) {
	for _, pointer := range values {
		if value, known := number(pointer); known {
			e.low, e.high = math.Min(e.low, value), math.Max(e.high, value)
		}
	}
}

// opened is the extent with some width, for charts of equal values: a tenth of the value either way, or five units of
// the last decimal printed where that is more, so that the ticks differ as printed.
func (e extent) opened(decimals int) extent {
	if e.high > e.low {
		return e
	}
	margin := math.Max(math.Abs(e.low)/10, 5*math.Pow10(-decimals))
	low := e.low - margin
	if e.low >= 0 {
		low = math.Max(low, 0)
	}
	return extent{low, e.high + margin}
}

// zeroShare is how low the lowest value of a line chart must be, as a share of the highest, for the axis to start at
// zero. Above it the lines would lie in the upper part of an empty chart; far below it an axis off zero would save
// little and exaggerate much.
const zeroShare = 0.4

// trendAxis chooses the vertical axis of a line chart and its ticks. A percentage never leaves 0 to 100 unless the
// data does.
func trendAxis(data extent, unit scorecard.Unit) (extent, []float64) {
	whole := unit.Suffix == "%" && data.high <= 100
	data = data.opened(unit.Decimals)
	if data.low >= 0 && data.low <= zeroShare*data.high {
		data.low = 0
	}
	step := niceStep((data.high - data.low) / 4)
	axis := extent{math.Floor(data.low/step+1e-9) * step, math.Ceil(data.high/step-1e-9) * step}
	if whole {
		axis.high = math.Min(axis.high, 100)
	}
	var ticks []float64
	for i := 0; i <= 12; i++ {
		tick := axis.low + float64(i)*step
		if tick > axis.high+step*1e-9 {
			break
		}
		ticks = append(ticks, tick)
	}
	return axis, ticks
}

// niceStep is the smallest of 1, 2 and 5 times a power of ten that is no smaller than the step wished for.
func niceStep(wish float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(wish)))
	for _, factor := range []float64{1, 2, 5} {
		if factor*power >= wish*(1-1e-9) {
			return factor * power
		}
	}
	return 10 * power
}

// valueTicks labels ticks: the prefix on each, a short suffix on the topmost only, and as few decimals as tell them
// apart.
func valueTicks(ticks []float64, unit scorecard.Unit) []plot.Tick {
	decimals := 0
	for ; decimals < 6; decimals++ {
		scale := math.Pow10(decimals)
		exact := true
		for _, tick := range ticks {
			exact = exact && math.Abs(tick*scale-math.Round(tick*scale)) < 1e-6*math.Max(1, math.Abs(tick*scale))
		}
		if exact {
			break
		}
	}
	printed := scorecard.Unit{Prefix: unit.Prefix, Decimals: decimals}
	marks := make([]plot.Tick, len(ticks))
	for i, tick := range ticks {
		if i == len(ticks)-1 && len(unit.Suffix) <= 2 {
			printed.Suffix = unit.Suffix
		}
		marks[i] = plot.Tick{Value: tick, Label: printed.Format(tick)}
	}
	return marks
}

// blank is a plot without any decoration: no background, no axis lines, the theme's type.
func blank() *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	p.X.Padding, p.Y.Padding = 0, 0
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.LineStyle.Width = 0
		axis.Tick.LineStyle.Width = 0
		axis.Tick.Length = 0
		axis.Label.TextStyle = typeStyle(small, muted)
		label := typeStyle(small, muted)
		label.XAlign, label.YAlign = axis.Tick.Label.XAlign, axis.Tick.Label.YAlign
		axis.Tick.Label = label
		axis.Tick.Marker = plot.ConstantTicks(nil)
	}
	return p
}

// plotter lets a function draw on a plot's data canvas.
type plotter func(c draw.Canvas, p *plot.Plot)

// Plot is part of plot.Plotter.
func (f plotter) Plot(c draw.Canvas, p *plot.Plot) { f(c, p) }

// grid draws light lines across the plot at the ticks, and a darker one at zero where values lie on both sides of it.
func grid(ticks []float64) plotter {
	return func(c draw.Canvas, p *plot.Plot) {
		for _, tick := range ticks {
			style := draw.LineStyle{Color: line, Width: 1}
			if tick == 0 && p.Y.Min < 0 {
				style.Color = muted
			}
			y := c.Y(p.Y.Norm(tick))
			c.StrokeLine2(style, c.Min.X, y, c.Max.X, y)
		}
	}
}

// emptyHeight is the height of a full chart without any figure.
const emptyHeight = vg.Length(80)

// lacking draws what stands in a chart without any figure.
func lacking(c draw.Canvas, size vg.Length) {
	middle := c.Center()
	write(c, aligned(typeStyle(size, muted), draw.XCenter), middle.X, middle.Y, "No figures to draw")
}

// disc draws a filled circle, or a ring with paper inside.
func disc(c draw.Canvas, at vg.Point, radius vg.Length, colour ink, hollow bool) {
	fill := colour
	if hollow {
		fill = paper
	}
	style := draw.GlyphStyle{Color: fill, Radius: radius, Shape: draw.CircleGlyph{}}
	c.DrawGlyph(style, at)
	if hollow {
		c.SetLineStyle(draw.LineStyle{Color: colour, Width: 2})
		c.Stroke(round(at, radius))
	}
}

// round is the path of a circle.
func round(at vg.Point, radius vg.Length) vg.Path {
	var path vg.Path
	path.Move(vg.Point{X: at.X + radius, Y: at.Y})
	path.Arc(at, radius, 0, 2*math.Pi)
	path.Close()
	return path
}

// diamond draws a filled diamond, or an outlined one with paper inside.
func diamond(c draw.Canvas, at vg.Point, radius vg.Length, colour ink, hollow bool) {
	corners := []vg.Point{
		{X: at.X + radius, Y: at.Y}, {X: at.X, Y: at.Y + radius}, {X: at.X - radius, Y: at.Y}, {X: at.X, Y: at.Y - radius},
	}
	if !hollow {
		c.FillPolygon(colour, corners)
		return
	}
	c.FillPolygon(paper, corners)
	c.SetLineStyle(draw.LineStyle{Color: colour, Width: 2})
	c.Stroke(polygon(corners))
}

// polygon is the closed path through the corners.
func polygon(corners []vg.Point) vg.Path {
	var path vg.Path
	path.Move(corners[0])
	for _, corner := range corners[1:] {
		path.Line(corner)
	}
	path.Close()
	return path
}
