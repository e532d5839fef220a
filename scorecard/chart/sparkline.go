package chart

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// sparkFigure is a small line of the focus area over England's, without axes, for a table cell.
var sparkFigure = figure{
	compact:  true,
	width:    112,
	height:   func(scorecard.Chart, vg.Length) vg.Length { return 34 },
	draw:     drawSpark,
	describe: describeTrend,
	table:    seriesTable,
}

func drawSpark(c draw.Canvas, spec scorecard.Chart) {
	data := readTrend(spec)
	values := nothing()
	for _, series := range spec.Series {
		for _, point := range sorted(series) {
			values.include(point.Y)
		}
	}
	if values.empty() {
		lacking(c, 11)
		return
	}
	values = values.opened(spec.Unit.Decimals)
	p := blank()
	p.X.Min, p.X.Max = data.times.low, data.times.high
	if p.X.Min == p.X.Max {
		p.X.Min--
	}
	p.Y.Min, p.Y.Max = values.low, values.high
	if data.banded() {
		p.Add(between(*data.england, *data.bound, spec.Breaks, muted))
	}
	for _, series := range backToFront(spec.Series) {
		style := look{colour: muted, width: 1.2, dashes: []vg.Length{3, 2}, mark: square}
		if series.Role == scorecard.FocusRole {
			style = look{colour: lookOf(series.Role, series.rank).colour, width: 2, mark: disc, every: true}
		}
		p.Add(sparkLine(series.Series, spec.Breaks, style))
	}
	const margin = 5
	p.Draw(draw.Crop(c, margin, -margin, margin, -margin))
}

// sparkLine draws the stretches of a line, a dot at the latest value of the focus area, and a small mark where a point
// stands alone. A provisional latest value is hollow, as in the large chart.
func sparkLine(series scorecard.Series, breaks []scorecard.Divide, style look) plotter {
	return func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		points := sorted(series)
		for _, run := range stretches(points, breaks) {
			path := make([]vg.Point, len(run))
			for i, point := range run {
				path[i] = vg.Point{X: x(point.X), Y: y(*point.Y)}
			}
			if len(path) > 1 {
				c.StrokeLines(draw.LineStyle{Color: style.colour, Width: style.width, Dashes: style.dashes}, path)
			} else {
				style.mark(c, path[0], 1.6, style.colour, false)
			}
		}
		if last, known := latest(points); known && style.every {
			disc(c, vg.Point{X: x(last.X), Y: y(*last.Y)}, 3, style.colour, last.Provisional)
		}
	}
}
