package chart

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// gapFigure is the gap between two groups over time: in each period an upright dumbbell of the focus area with its gap as
// a number, and England's to its right. Both ends are shown, because a gap also narrows where the better group falls.
var gapFigure = figure{
	height: func(spec scorecard.Chart, width vg.Length) vg.Length {
		spec.Breaks = drawnBreaks(spec)
		gaps := readGaps(spec)
		if gaps.data.values.empty() {
			return emptyHeight
		}
		_, key := layKey(spec, width)
		return 320 + key + placeReasons(spec, width, across(layGap(gaps, width), width)).height
	},
	draw:     drawGap,
	describe: describeGap,
	table:    gapTable,
}

// gapData is the two groups of each area, by period.
type gapData struct {
	data           trendData
	focus, england [2]*scorecard.Series
}

func readGaps(spec scorecard.Chart) gapData {
	gaps := gapData{data: readTrend(spec)}
	gaps.data.england, gaps.data.bound = nil, nil
	fill := func(pair *[2]*scorecard.Series, series *scorecard.Series) {
		if pair[0] == nil {
			pair[0] = series
		} else if pair[1] == nil {
			pair[1] = series
		}
	}
	for i := range spec.Series {
		switch spec.Series[i].Role {
		case scorecard.FocusRole:
			fill(&gaps.focus, &spec.Series[i])
		case scorecard.EnglandRole:
			fill(&gaps.england, &spec.Series[i])
		}
	}
	return gaps
}

// ends are both values of a period.
type ends struct {
	label  string
	x      float64
	values [2]*float64
}

// pairUp joins the two groups' points by their periods.
func pairUp(pair [2]*scorecard.Series) []ends {
	if pair[0] == nil || pair[1] == nil {
		return nil
	}
	var joined []ends
	second := map[float64]*float64{}
	for _, point := range pair[1].Points {
		second[point.X] = point.Y
	}
	for _, point := range sorted(*pair[0]) {
		joined = append(joined, ends{point.Label, point.X, [2]*float64{point.Y, second[point.X]}})
	}
	return joined
}

// gapOf is the distance between both ends, where both are known.
func gapOf(e ends) (float64, bool) {
	first, hasFirst := number(e.values[0])
	second, hasSecond := number(e.values[1])
	return math.Abs(first - second), hasFirst && hasSecond
}

// gapUnit is the unit of a gap: a percentage differs by points.
func gapUnit(unit scorecard.Unit) scorecard.Unit {
	if unit.Suffix == "%" {
		unit.Suffix = " points"
	}
	return unit
}

func drawGap(c draw.Canvas, spec scorecard.Chart) {
	spec.Breaks = drawnBreaks(spec)
	gaps := readGaps(spec)
	if gaps.data.values.empty() {
		lacking(c, large)
		return
	}
	width := c.Max.X - c.Min.X
	pieces, key := layKey(spec, width)
	for _, piece := range pieces {
		piece.draw(c)
	}
	c = draw.Crop(c, 0, 0, 0, -key)
	p := layGap(gaps, width)
	placed := placeReasons(spec, width, across(p, width))
	p.Add(divides{spec: spec, placed: placed, canvas: c})
	p.Draw(draw.Crop(c, 0, 0, 0, -placed.height-8))
}

// gapShift is how far the dumbbells of both areas stand from their period's middle.
const gapShift = vg.Length(6)

func layGap(gaps gapData, width vg.Length) *plot.Plot {
	spec := gaps.data.spec
	p, axis := layAxes(gaps.data)
	step := spacing(gaps.data)
	p.X.Min, p.X.Max = gaps.data.times.low-step/2, gaps.data.times.high+step/2
	focus, england := pairUp(gaps.focus), pairUp(gaps.england)
	p.Add(plotter(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		shift := gapShift
		if len(england) == 0 {
			shift = 0
		}
		for _, e := range england {
			upright(c, e, x(e.x)+shift, y, englandLook)
		}
		style := aligned(strongStyle(small), draw.XRight)
		room := x(step) - x(0) - 2*shift - 14
		for _, e := range focus {
			at := x(e.x) - shift
			upright(c, e, at, y, focusLooks[0])
			gap, known := gapOf(e)
			words := bare(gapUnit(spec.Unit)).Format(gap)
			if known && measure(words, style.Font) <= room {
				write(c, style, at-7, max((y(*e.values[0])+y(*e.values[1]))/2, c.Min.Y+7), words)
			}
		}
	}))
	p.Add(groupLabels(gaps, axis, width))
	layPeriods(p, spec, width)
	return p
}

// spacing is the shortest time from one period to the next.
func spacing(data trendData) float64 {
	step := math.Inf(1)
	for _, series := range data.spec.Series {
		points := sorted(series)
		for i := 1; i < len(points); i++ {
			if apart := points[i].X - points[i-1].X; apart > 0 {
				step = math.Min(step, apart)
			}
		}
	}
	if math.IsInf(step, 1) {
		return 1
	}
	return step
}

// upright draws the dumbbell of one period.
func upright(c draw.Canvas, e ends, x vg.Length, y func(float64) vg.Length, style look) {
	first, hasFirst := number(e.values[0])
	second, hasSecond := number(e.values[1])
	if hasFirst && hasSecond {
		c.StrokeLine2(draw.LineStyle{Color: style.colour, Width: style.width, Dashes: style.dashes}, x, y(first), x, y(second))
	}
	if hasFirst {
		style.mark(c, vg.Point{X: x, Y: y(first)}, markSize, style.colour, false)
	}
	if hasSecond {
		style.mark(c, vg.Point{X: x, Y: y(second)}, markSize, style.colour, true)
	}
}

// groupLabels name the groups at the latest values of the focus area.
func groupLabels(gaps gapData, axis extent, width vg.Length) sideLabels {
	spec := gaps.data.spec
	limit := max(width*0.27, 108)
	var labels sideLabels
	for i, series := range gaps.focus {
		if series == nil {
			continue
		}
		if last, known := latest(sorted(*series)); known {
			words := spec.PartNames[i] + " " + bare(spec.Unit).Format(*last.Y)
			labels = append(labels, sideLabel{wrap(words, strongStyle(medium), limit), strongStyle(medium), *last.Y})
		}
	}
	note := typeStyle(small, muted)
	if axis.low > 0 {
		labels = append(labels, sideLabel{wrap("Axis starts at "+axisNumber(spec.Unit, axis.low), note, limit), note, axis.low})
	}
	return labels.sorted()
}

func describeGap(spec scorecard.Chart) []string {
	gaps := readGaps(spec)
	if gaps.data.values.empty() {
		return []string{"Gap over time without figures."}
	}
	said := []string{fmt.Sprintf("Gap over time, both ends of each period: %s and %s.", spec.PartNames[0], spec.PartNames[1])}
	england := map[float64]ends{}
	for _, e := range pairUp(gaps.england) {
		england[e.x] = e
	}
	for _, e := range pairUp(gaps.focus) {
		words := fmt.Sprintf("%s: %s %s", e.label, nameOf(spec, scorecard.FocusRole), endsWords(e, spec.Unit))
		if other, held := england[e.x]; held {
			words += fmt.Sprintf("; %s %s", nameOf(spec, scorecard.EnglandRole), endsWords(other, spec.Unit))
		}
		said = append(said, words+".")
	}
	for _, divide := range drawnBreaks(spec) {
		said = append(said, fmt.Sprintf("Break in the series: %s.", strings.TrimSuffix(divide.Why, ".")))
	}
	return said
}

// endsWords is "58% and 74%, 16 points apart".
func endsWords(e ends, unit scorecard.Unit) string {
	words := pairNumber(e.values[0], unit) + " and " + pairNumber(e.values[1], unit)
	if gap, known := gapOf(e); known {
		words += ", " + gapUnit(unit).Format(gap) + " apart"
	}
	return words
}

func gapTable(spec scorecard.Chart) scorecard.DataTable {
	gaps := readGaps(spec)
	made := scorecard.DataTable{Heads: []string{periodHead}}
	rows := map[float64]int{}
	for i, pair := range [][2]*scorecard.Series{gaps.focus, gaps.england} {
		joined := pairUp(pair)
		if len(joined) == 0 {
			continue
		}
		name := nameOf(spec, []scorecard.Role{scorecard.FocusRole, scorecard.EnglandRole}[i])
		start := len(made.Heads)
		made.Heads = append(made.Heads, name+", "+spec.PartNames[0], name+", "+spec.PartNames[1], name+", gap")
		for _, e := range joined {
			at, held := rows[e.x]
			if !held {
				at = len(made.Rows)
				rows[e.x] = at
				made.Rows = append(made.Rows, []string{e.label})
			}
			for len(made.Rows[at]) < start {
				made.Rows[at] = append(made.Rows[at], "")
			}
			gap := ""
			if distance, known := gapOf(e); known {
				gap = gapUnit(spec.Unit).Format(distance)
			}
			made.Rows[at] = append(made.Rows[at], pairNumber(e.values[0], spec.Unit), pairNumber(e.values[1], spec.Unit), gap)
		}
	}
	for i := range made.Rows {
		for len(made.Rows[i]) < len(made.Heads) {
			made.Rows[i] = append(made.Rows[i], "")
		}
	}
	return made
}
