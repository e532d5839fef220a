package chart

import (
	"cmp"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// look is how a series is drawn. The looks differ in dash and mark, so that they can be told apart without colour.
type look struct {
	colour ink
	width  vg.Length
	dashes []vg.Length
	mark   func(c draw.Canvas, at vg.Point, radius vg.Length, colour ink, hollow bool)
	// every says that each point is marked; otherwise only points that no line leads to.
	every bool
	label ink
	bold  bool
}

// focusLooks are for the first, second and third series of the focus area in one chart.
var focusLooks = []look{
	{colour: navy, width: 3, mark: disc, every: true, label: navy, bold: true},
	{colour: plum, width: 3, dashes: []vg.Length{10, 3}, mark: diamond, every: true, label: plum, bold: true},
	{colour: teal, width: 3, dashes: []vg.Length{3, 3}, mark: square, every: true, label: dark, bold: true},
}

var (
	englandLook   = look{colour: orange, width: 2.2, dashes: []vg.Length{6, 4}, mark: diamond, label: dark}
	regionLook    = look{colour: muted, width: 2, dashes: []vg.Length{2, 3}, mark: square, label: muted}
	neighbourLook = look{colour: muted, width: 1.5, mark: square, label: muted}
)

// lookOf is the look of a role; rank counts the focus area's series.
func lookOf(role scorecard.Role, rank int) look {
	switch role {
	case scorecard.FocusRole:
		return focusLooks[min(rank, len(focusLooks)-1)]
	case scorecard.EnglandRole, scorecard.UpperBoundRole:
		return englandLook
	case scorecard.RegionRole:
		return regionLook
	case scorecard.TargetRole:
		return targetLook
	default:
		return neighbourLook
	}
}

// square draws a filled square, or an outlined one with paper inside.
func square(c draw.Canvas, at vg.Point, radius vg.Length, colour ink, hollow bool) {
	side := radius * 0.85
	corners := []vg.Point{
		{X: at.X - side, Y: at.Y - side}, {X: at.X + side, Y: at.Y - side},
		{X: at.X + side, Y: at.Y + side}, {X: at.X - side, Y: at.Y + side},
	}
	if !hollow {
		c.FillPolygon(colour, corners)
		return
	}
	c.FillPolygon(paper, corners)
	c.SetLineStyle(draw.LineStyle{Color: colour, Width: 2})
	c.Stroke(polygon(corners))
}

// sorted are the points of a series in the order of time, those without a position left out.
func sorted(series scorecard.Series) []scorecard.Point {
	points := make([]scorecard.Point, 0, len(series.Points))
	for _, point := range series.Points {
		if _, known := number(&point.X); known {
			points = append(points, point)
		}
	}
	slices.SortStableFunc(points, func(a, b scorecard.Point) int { return cmp.Compare(a.X, b.X) })
	return points
}

// stretches cuts a series into the runs that a line may join: at missing values, at marked gaps and at breaks.
func stretches(points []scorecard.Point, breaks []scorecard.Divide) [][]scorecard.Point {
	var runs [][]scorecard.Point
	joined := false
	for i, point := range points {
		if _, known := number(point.Y); !known {
			joined = false
			continue
		}
		if joined && !point.GapBefore && !divided(points[i-1].X, point.X, breaks) {
			runs[len(runs)-1] = append(runs[len(runs)-1], point)
		} else {
			runs = append(runs, []scorecard.Point{point})
		}
		joined = true
	}
	return runs
}

// divided says whether a break lies between two positions.
func divided(from, to float64, breaks []scorecard.Divide) bool {
	return slices.ContainsFunc(breaks, func(b scorecard.Divide) bool { return from < b.X && b.X <= to })
}

// latest is the last point of a series that has a value.
func latest(points []scorecard.Point) (scorecard.Point, bool) {
	for _, point := range slices.Backward(points) {
		if _, known := number(point.Y); known {
			return point, true
		}
	}
	return scorecard.Point{}, false
}

// lines draws one series: its stretches, and its marks.
func lines(series scorecard.Series, breaks []scorecard.Divide, style look, radius vg.Length) plotter {
	return func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		for _, run := range stretches(sorted(series), breaks) {
			path := make([]vg.Point, len(run))
			for i, point := range run {
				path[i] = vg.Point{X: x(point.X), Y: y(*point.Y)}
			}
			if len(path) > 1 {
				if series.Role == scorecard.EnglandRole { // orange needs paper beside it for 3:1 over a band
					c.StrokeLines(draw.LineStyle{Color: paper, Width: style.width + 2.4}, path)
				}
				c.StrokeLines(draw.LineStyle{Color: style.colour, Width: style.width, Dashes: style.dashes}, path)
			}
			for i, point := range run {
				switch {
				case len(run) == 1 && !style.every:
					style.mark(c, path[i], 6.5, style.colour, point.Provisional) // shows under a focus mark too
				case len(run) == 1 || radius > 0 && (style.every || point.Provisional):
					style.mark(c, path[i], max(radius, 3.5), style.colour, point.Provisional)
				}
			}
		}
	}
}

// band shades the interval of a series, with an error bar where a single point stands alone.
func band(series scorecard.Series, breaks []scorecard.Divide, colour ink) plotter {
	return func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		for _, run := range stretches(sorted(series), breaks) {
			var upper, lower []vg.Point
			shade := func() {
				switch {
				case len(upper) == 1:
					whisker(c, upper[0], lower[0], colour)
				case len(upper) > 1:
					slices.Reverse(lower)
					c.FillPolygon(colour.wash(bandShare), append(upper, lower...))
				}
				upper, lower = nil, nil
			}
			for _, point := range run {
				low, high, known := limits(point.Lower, point.Upper)
				if !known {
					shade()
					continue
				}
				upper = append(upper, vg.Point{X: x(point.X), Y: y(high)})
				lower = append(lower, vg.Point{X: x(point.X), Y: y(low)})
			}
			shade()
		}
	}
}

// bandShare thins a band so that the lines over it keep 3:1 contrast: grey and navy by themselves, England's orange by
// the paper edge that it is drawn with.
const bandShare = 0.14

// whisker is an error bar with short caps.
func whisker(c draw.Canvas, top, bottom vg.Point, colour ink) {
	style := draw.LineStyle{Color: colour, Width: 1.5}
	c.StrokeLines(style, []vg.Point{top, bottom},
		[]vg.Point{{X: top.X - 4, Y: top.Y}, {X: top.X + 4, Y: top.Y}},
		[]vg.Point{{X: bottom.X - 4, Y: bottom.Y}, {X: bottom.X + 4, Y: bottom.Y}})
}

// between shades the room between a lower and an upper series, where both have a value: England's share when some
// people's activity is not known.
func between(lower, upper scorecard.Series, breaks []scorecard.Divide, colour ink) plotter {
	ceiling := map[float64]*float64{}
	for _, point := range upper.Points {
		ceiling[point.X] = point.Y
	}
	shaded := scorecard.Series{Role: lower.Role}
	for _, point := range lower.Points {
		point.Lower, point.Upper = point.Y, ceiling[point.X]
		shaded.Points = append(shaded.Points, point)
	}
	return band(shaded, breaks, colour)
}
