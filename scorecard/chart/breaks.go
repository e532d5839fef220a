package chart

import (
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// drawnBreaks are the breaks that lie within the data; one outside it separates nothing.
func drawnBreaks(spec scorecard.Chart) []scorecard.Divide {
	times := readTrend(spec).times
	return slices.DeleteFunc(slices.Clone(spec.Breaks), func(b scorecard.Divide) bool {
		return !(times.low <= b.X && b.X <= times.high)
	})
}

// reasons are the texts of the breaks, placed above the plot.
type reasons struct {
	texts  []reason
	row    vg.Length // height of a row
	height vg.Length // of all rows together
}

// reason is one text: its centre, counted from the left of the chart, and its row, counted from the top.
type reason struct {
	words  string
	centre vg.Length
	row    int
}

var reasonStyle = aligned(typeStyle(small, muted), draw.XCenter)

// reasonShare is how much of the chart's width a break's reason may take before it is set in more lines.
const reasonShare = 0.6

// placeReasons centres each reason over its line as far as the chart's edges allow, a row lower where it would touch
// another.
func placeReasons(spec scorecard.Chart, width vg.Length, at func(float64) vg.Length) reasons {
	var placed reasons
	const apart = 14
	rows := 0
	for _, divide := range spec.Breaks {
		words := wrap(divide.Why, reasonStyle, width*reasonShare)
		placed.row = max(placed.row, tall(words, reasonStyle))
		half := broad(words, reasonStyle) / 2
		next := reason{words: words, centre: vg.Length(clamp(at(divide.X).Points(), half.Points(), (width - half).Points()))}
		for slices.ContainsFunc(placed.texts, func(other reason) bool {
			reach := half + broad(other.words, reasonStyle)/2 + apart
			return other.row == next.row && next.centre-other.centre < reach && other.centre-next.centre < reach
		}) {
			next.row++
		}
		placed.texts = append(placed.texts, next)
		rows = max(rows, next.row+1)
	}
	if rows > 0 {
		placed.height = vg.Length(rows)*placed.row + 6
	}
	return placed
}

// divides draws the breaks of a series: a thin dashed line in the gap, up to its reason.
type divides struct {
	spec   scorecard.Chart
	placed reasons
	canvas draw.Canvas // the whole chart
}

// Plot is part of plot.Plotter. A line may have to pass behind the reason of another break, which is why the texts come
// last and stand on paper.
func (d divides) Plot(c draw.Canvas, p *plot.Plot) {
	dashed := draw.LineStyle{Color: muted, Width: 1, Dashes: []vg.Length{4, 3}}
	middles := make([]vg.Length, len(d.spec.Breaks))
	for i, divide := range d.spec.Breaks {
		text := d.placed.texts[i]
		middles[i] = d.canvas.Max.Y - vg.Length(text.row)*d.placed.row - tall(text.words, reasonStyle)/2
		x := c.X(p.X.Norm(divide.X))
		c.StrokeLine2(dashed, x, c.Min.Y, x, max(middles[i], c.Max.Y))
	}
	for i, text := range d.placed.texts {
		half := broad(text.words, reasonStyle)/2 + 3
		centre := d.canvas.Min.X + text.centre
		c.FillPolygon(paper, box(centre-half, centre+half, middles[i], tall(text.words, reasonStyle)+2))
		write(c, reasonStyle, centre, middles[i], text.words)
	}
}
