package chart

import (
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// Targets stand in a line chart as upright-capped bars at their periods, joined by a line of dashes and dots: neither the
// dash nor the shape is anybody's else.

// targetLook is how targets are drawn.
var targetLook = look{colour: dark, width: 1.6, dashes: []vg.Length{8, 3, 2, 3}, mark: goalMark, every: true, label: dark}

// goalMark is a short level bar with caps, at the height of the target.
func goalMark(c draw.Canvas, at vg.Point, radius vg.Length, colour ink, _ bool) {
	style := draw.LineStyle{Color: colour, Width: 2}
	reach := radius + 2
	c.StrokeLines(style, []vg.Point{{X: at.X - reach, Y: at.Y}, {X: at.X + reach, Y: at.Y}},
		[]vg.Point{{X: at.X - reach, Y: at.Y - 4}, {X: at.X - reach, Y: at.Y + 4}},
		[]vg.Point{{X: at.X + reach, Y: at.Y - 4}, {X: at.X + reach, Y: at.Y + 4}})
}

// goals are the lines of a series of targets: one of its values, or two of the ends of its ranges.
func goals(series scorecard.Series) []scorecard.Series {
	if slices.ContainsFunc(series.Points, func(point scorecard.Point) bool { _, known := number(point.Y); return known }) {
		return []scorecard.Series{series}
	}
	low, high := series, series
	low.Points, high.Points = slices.Clone(series.Points), slices.Clone(series.Points)
	for i, point := range series.Points {
		low.Points[i].Y, high.Points[i].Y = point.Lower, point.Upper
	}
	return []scorecard.Series{low, high}
}

// targets draws a series of targets.
func targets(series scorecard.Series, breaks []scorecard.Divide) plotter {
	return func(c draw.Canvas, p *plot.Plot) {
		for _, goal := range goals(series) {
			lines(goal, breaks, targetLook, 4)(c, p)
		}
	}
}

// goalWords is one target: its value, or its range.
func goalWords(point scorecard.Point, unit scorecard.Unit) string {
	if value, known := number(point.Y); known {
		return unit.Format(value)
	}
	if low, high, known := limits(point.Lower, point.Upper); known {
		return bare(unit).Format(low) + " to " + unit.Format(high)
	}
	return ""
}

// lastGoal is the last target of a series.
func lastGoal(series scorecard.Series) (point scorecard.Point, at float64, known bool) {
	for _, point := range slices.Backward(sorted(series)) {
		if value, valued := number(point.Y); valued {
			return point, value, true
		}
		if low, high, whole := limits(point.Lower, point.Upper); whole {
			return point, (low + high) / 2, true
		}
	}
	return scorecard.Point{}, 0, false
}
