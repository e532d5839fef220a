package chart

import (
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// trendFigure is lines over time.
var trendFigure = figure{
	height:   trendHeight,
	draw:     drawTrend,
	describe: describeTrend,
	table:    seriesTable,
}

// trendHeight is the height of a line chart: its body, and the reasons of its breaks above it.
func trendHeight(spec scorecard.Chart, width vg.Length) vg.Length {
	spec.Breaks = drawnBreaks(spec)
	data := readTrend(spec)
	if data.values.empty() {
		return emptyHeight
	}
	body := vg.Length(360)
	if width < breakPoint {
		body = 300
	}
	if len(spec.Breaks) == 0 {
		return body
	}
	p := layTrend(data, width)
	return body + placeReasons(spec, width, across(p, width)).height
}

// trendData is what a line chart draws, sorted out by role.
type trendData struct {
	spec    scorecard.Chart
	values  extent
	times   extent
	england *scorecard.Series // where an upper bound makes a band of it
	bound   *scorecard.Series
}

func readTrend(spec scorecard.Chart) trendData {
	data := trendData{spec: spec, values: nothing(), times: nothing()}
	for i, series := range spec.Series {
		for _, point := range sorted(series) {
			if _, known := number(point.Y); known {
				data.values.include(point.Y)
				if _, _, whole := limits(point.Lower, point.Upper); whole && series.Role == scorecard.FocusRole {
					data.values.include(point.Lower, point.Upper)
				}
			}
			if series.Role == scorecard.TargetRole {
				data.values.include(point.Lower, point.Upper)
			}
			data.times.include(&point.X)
		}
		switch series.Role {
		case scorecard.EnglandRole:
			data.england = &spec.Series[i]
		case scorecard.UpperBoundRole:
			data.bound = &spec.Series[i]
		}
	}
	return data
}

func (d trendData) banded() bool { return d.england != nil && d.bound != nil }

func drawTrend(c draw.Canvas, spec scorecard.Chart) {
	drawTrendWith(c, spec, func(*plot.Plot, trendData) {})
}

// drawTrendWith draws a line chart with something of its own over the lines.
func drawTrendWith(c draw.Canvas, spec scorecard.Chart, own func(*plot.Plot, trendData)) {
	spec.Breaks = drawnBreaks(spec)
	data := readTrend(spec)
	if data.values.empty() {
		lacking(c, large)
		return
	}
	width := c.Max.X - c.Min.X
	p := layTrend(data, width)
	placed := placeReasons(spec, width, across(p, width))
	own(p, data)
	p.Add(divides{spec: spec, placed: placed, canvas: c})
	p.Draw(draw.Crop(c, 0, 0, 0, -placed.height-8))
}

// layTrend sets up the plot of a line chart: axes, and everything drawn but the breaks.
func layTrend(data trendData, width vg.Length) *plot.Plot {
	spec := data.spec
	p, axis := layAxes(data)
	if data.banded() {
		p.Add(between(*data.england, *data.bound, spec.Breaks, orange))
	}
	rank := 0
	for _, series := range spec.Series {
		if series.Role == scorecard.FocusRole {
			p.Add(band(series, spec.Breaks, lookOf(series.Role, rank).colour))
			rank++
		}
	}
	radius := markRadius(spec)
	for _, series := range backToFront(spec.Series) {
		if series.Role == scorecard.TargetRole {
			p.Add(targets(series.Series, spec.Breaks))
			continue
		}
		p.Add(lines(series.Series, spec.Breaks, lookOf(series.Role, series.rank), radius))
	}
	p.Add(endLabels(data, axis, width))
	layPeriods(p, spec, width)
	return p
}

// layAxes opens a plot over time: its scales, the vertical axis with its grid, and no period yet.
func layAxes(data trendData) (*plot.Plot, extent) {
	axis, ticks := trendAxis(data.values, data.spec.Unit)
	p := blank()
	p.X.Padding, p.Y.Padding = 15, 5
	p.X.Min, p.X.Max = data.times.low, data.times.high
	if p.X.Min == p.X.Max {
		p.X.Min, p.X.Max = p.X.Min-0.5, p.X.Max+0.5
	}
	p.Y.Min, p.Y.Max = axis.low, axis.high
	p.Y.Tick.Marker = plot.ConstantTicks(valueTicks(ticks, data.spec.Unit))
	p.Add(grid(ticks))
	return p, axis
}

// layPeriods labels the time axis, once all that takes room beside the data is in the plot.
func layPeriods(p *plot.Plot, spec scorecard.Chart, width vg.Length) {
	area := p.DataCanvas(draw.NewCanvas(nil, width, width))
	periods := periodTicks(spec, p, area)
	p.X.Tick.Marker = plot.ConstantTicks(periods)
	p.Add(firstRoom{periods[0], area.Min.X})
}

// across tells where a time stands on a canvas of the width, counted from its left; the height does not matter to it.
func across(p *plot.Plot, width vg.Length) func(float64) vg.Length {
	area := p.DataCanvas(draw.NewCanvas(nil, width, width))
	return func(time float64) vg.Length { return area.X(p.X.Norm(time)) }
}

// ranked is a series with its rank among the focus area's.
type ranked struct {
	scorecard.Series
	rank int
}

// backToFront orders series for drawing: comparators first, the focus area over them, its first series on top.
func backToFront(all []scorecard.Series) []ranked {
	var comparators, focus []ranked
	for _, series := range all {
		if series.Role == scorecard.FocusRole {
			focus = append(focus, ranked{series, len(focus)})
		} else {
			comparators = append(comparators, ranked{series, 0})
		}
	}
	slices.Reverse(focus)
	return append(comparators, focus...)
}

// markRadius shrinks the marks as points crowd, and leaves them out above sixty.
func markRadius(spec scorecard.Chart) vg.Length {
	most := 0
	for _, series := range spec.Series {
		most = max(most, len(series.Points))
	}
	switch {
	case most > 60:
		return 0
	case most > 20:
		return 3
	default:
		return 4
	}
}

// periodTicks labels the time axis, thinned evenly from the latest period back until no two labels come nearer than a
// space. Long period names are set in two lines.
func periodTicks(spec scorecard.Chart, p *plot.Plot, area draw.Canvas) []plot.Tick {
	labels := map[float64]string{}
	var times []float64
	for _, series := range spec.Series {
		for _, point := range sorted(series) {
			if labels[point.X] == "" {
				if _, seen := labels[point.X]; !seen {
					times = append(times, point.X)
				}
				labels[point.X] = point.Label
			}
		}
	}
	slices.Sort(times)
	style := p.X.Tick.Label
	const gap = 10
	for step := 1; ; step++ {
		var ticks []plot.Tick
		edge := vg.Length(1e9)
		fits := true
		for i := len(times) - 1; i >= 0; i -= step {
			label := twoLines(labels[times[i]], style)
			half := broad(label, style) / 2
			at := area.X(p.X.Norm(times[i]))
			fits = fits && at+half+gap <= edge
			edge = at - half
			ticks = append(ticks, plot.Tick{Value: times[i], Label: label})
		}
		if fits || step >= len(times) {
			slices.Reverse(ticks)
			return ticks
		}
	}
}

// twoLines sets a long period name in two lines, "Dec 2024 to" over "Feb 2025" where it is a span.
func twoLines(label string, style text.Style) string {
	const limit = 70
	from, to, span := strings.Cut(label, " to ")
	if span && measure(label, style.Font) > limit {
		return from + " to\n" + to
	}
	return wrap(label, style, limit)
}

// firstRoom keeps the first period's label, which gonum/plot does not, from reaching over the chart's left edge.
type firstRoom struct {
	tick plot.Tick
	held vg.Length // room already held by the labels of the vertical axis
}

// Plot is part of plot.Plotter.
func (firstRoom) Plot(draw.Canvas, *plot.Plot) {}

// GlyphBoxes is part of plot.GlyphBoxer.
func (f firstRoom) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	box := plot.GlyphBox{X: p.X.Norm(f.tick.Value)}
	box.Min.X = min(0, f.held-broad(f.tick.Label, p.X.Tick.Label)/2)
	return []plot.GlyphBox{box}
}
