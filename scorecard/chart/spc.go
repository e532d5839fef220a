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

// controlFigure is a chart of statistical process control: the values as a thin line, the centre and the limits of each
// stretch, the target, and points beyond common variation in the shapes of verdicts. Above it stand the findings on
// variation and assurance, each as an icon with its words.
var controlFigure = figure{
	height: func(spec scorecard.Chart, width vg.Length) vg.Length {
		if readTrend(spec).values.empty() {
			return emptyHeight
		}
		spec.Breaks = drawnBreaks(spec)
		data := readTrend(controlled(spec))
		axis, _ := trendAxis(data.values, spec.Unit)
		body := max(vg.Length(330), controlLabels(spec, axis, width).room())
		if len(spec.Breaks) > 0 {
			body += placeReasons(spec, width, across(layControl(data, spec, width), width)).height
		}
		return body + iconRoom(spec, width)
	},
	draw:     drawControl,
	describe: describeControl,
	table:    controlTable,
}

const (
	iconSize = vg.Length(34)
	iconRow  = vg.Length(44)
)

var (
	limitLine  = draw.LineStyle{Color: muted, Width: 1.5, Dashes: []vg.Length{6, 4}}
	centreLine = draw.LineStyle{Color: muted, Width: 1.5}
	valueLine  = draw.LineStyle{Color: navy, Width: 1.5}
)

// controlled is the specification with its limits and its target among the series, so that axis and labels count them;
// the roles keep them out of the table.
func controlled(spec scorecard.Chart) scorecard.Chart {
	spec.Series = spec.Series[:min(1, len(spec.Series)):min(1, len(spec.Series))]
	if len(spec.Series) == 0 {
		return spec
	}
	bounds := scorecard.Series{Role: limitRole}
	for _, limit := range spec.Limits {
		for _, value := range []*float64{limit.Lower, limit.Centre, limit.Upper} {
			bounds.Points = append(bounds.Points, scorecard.Point{X: limit.To, Y: value, Label: lastLabel(spec.Series[0], limit.To)})
		}
	}
	if spec.Reference != nil {
		last := sorted(spec.Series[0])
		if len(last) > 0 {
			bounds.Points = append(bounds.Points, scorecard.Point{X: last[len(last)-1].X, Y: spec.Reference.Value, Label: last[len(last)-1].Label})
		}
	}
	spec.Series = append(spec.Series, bounds)
	return spec
}

// limitRole marks the series that holds the limits while a chart is laid out.
const limitRole scorecard.Role = "limit"

// lastLabel is the period that stands at a time.
func lastLabel(series scorecard.Series, time float64) string {
	for _, point := range series.Points {
		if point.X == time {
			return point.Label
		}
	}
	return ""
}

func drawControl(c draw.Canvas, spec scorecard.Chart) {
	spec.Breaks = drawnBreaks(spec)
	data := readTrend(controlled(spec))
	if readTrend(spec).values.empty() {
		lacking(c, large)
		return
	}
	width := c.Max.X - c.Min.X
	drawIcons(c, spec, width)
	c = draw.Crop(c, 0, 0, 0, -iconRoom(spec, width))
	p := layControl(data, spec, width)
	placed := placeReasons(spec, width, across(p, width))
	p.Add(divides{spec: spec, placed: placed, canvas: c})
	p.Draw(draw.Crop(c, 0, 0, 0, -placed.height-8))
}

func layControl(data trendData, spec scorecard.Chart, width vg.Length) *plot.Plot {
	p, axis := layAxes(data)
	p.Add(plotter(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		level := func(style draw.LineStyle, value *float64, from, to float64) {
			if at, known := number(value); known {
				c.StrokeLine2(style, x(from), y(at), x(to), y(at))
			}
		}
		for _, limit := range spec.Limits {
			level(limitLine, limit.Lower, limit.From, limit.To)
			level(limitLine, limit.Upper, limit.From, limit.To)
			level(centreLine, limit.Centre, limit.From, limit.To)
		}
		if spec.Reference != nil {
			style := draw.LineStyle{Color: targetLook.colour, Width: targetLook.width, Dashes: targetLook.dashes}
			level(style, spec.Reference.Value, data.times.low, data.times.high)
		}
		controlPoints(c, spec.Series[0], spec.Breaks, x, y)
	}))
	p.Add(controlLabels(spec, axis, width))
	layPeriods(p, data.spec, width)
	return p
}

// controlPoints draws the values and marks each point that process control tells from the rest.
func controlPoints(c draw.Canvas, series scorecard.Series, breaks []scorecard.Divide, x, y func(float64) vg.Length) {
	for _, run := range stretches(sorted(series), breaks) {
		path := make([]vg.Point, len(run))
		for i, point := range run {
			path[i] = vg.Point{X: x(point.X), Y: y(*point.Y)}
		}
		if len(path) > 1 {
			c.StrokeLines(valueLine, path)
		}
		for i, point := range run {
			signalMark(c, path[i], point)
		}
	}
}

// signalMark draws a value: small within common variation, otherwise in the shape of its verdict; hollow if provisional.
func signalMark(c draw.Canvas, at vg.Point, point scorecard.Point) {
	switch point.Signal {
	case scorecard.Better:
		disc(c, at, markSize+2, paper, false)
		disc(c, at, markSize, teal, point.Provisional)
	case scorecard.Worse:
		diamond(c, at, markSize+3, paper, false)
		diamond(c, at, markSize+1, orange, point.Provisional)
	case scorecard.Similar:
		square(c, at, markSize+2, paper, false)
		square(c, at, markSize, muted, point.Provisional)
	default:
		disc(c, at, 3, navy, point.Provisional)
	}
}

// controlLabels name the lines of the latest stretch.
func controlLabels(spec scorecard.Chart, axis extent, width vg.Length) sideLabels {
	var labels sideLabels
	limit := max(width*0.27, 108)
	unit := bare(spec.Unit)
	add := func(words string, value *float64, colour ink) {
		if at, known := number(value); known {
			style := typeStyle(small, colour)
			labels = append(labels, sideLabel{wrap(words+" "+unit.Format(at), style, limit), style, at})
		}
	}
	if count := len(spec.Limits); count > 0 {
		latest := spec.Limits[count-1]
		add("Upper limit", latest.Upper, muted)
		add("Mean", latest.Centre, muted)
		add("Lower limit", latest.Lower, muted)
	}
	if spec.Reference != nil {
		add(spec.Reference.Label, spec.Reference.Value, dark)
	}
	if last, known := latest(sorted(spec.Series[0])); known {
		style := strongStyle(medium)
		labels = append(labels, sideLabel{wrap(spec.Series[0].Name+" "+unit.Format(*last.Y), style, limit), style, *last.Y})
	}
	note := typeStyle(small, muted)
	if axis.low > 0 {
		labels = append(labels, sideLabel{wrap("Axis starts at "+axisNumber(spec.Unit, axis.low), note, limit), note, axis.low})
	}
	return labels.sorted()
}

// findings are the icons with their words.
func findings(spec scorecard.Chart) []struct{ kind, words string } {
	var list []struct{ kind, words string }
	if spec.Process == nil {
		return nil
	}
	for _, finding := range []struct{ kind, words string }{
		{spec.Process.Variation, spec.Process.VariationWords}, {spec.Process.Assurance, spec.Process.AssuranceWords},
	} {
		if finding.kind != "" && finding.words != "" {
			list = append(list, finding)
		}
	}
	return list
}

// iconColumns is how wide a finding may be: two beside each other where the chart is wide.
func iconColumns(width vg.Length) (across int, wide vg.Length) {
	if width < breakPoint {
		return 1, width
	}
	return 2, width / 2
}

func iconRoom(spec scorecard.Chart, width vg.Length) vg.Length {
	across, wide := iconColumns(width)
	var room, row vg.Length
	for i, finding := range findings(spec) {
		if i%across == 0 {
			room, row = room+row, 0
		}
		row = max(row, iconRow, tall(wrap(finding.words, nameStyle, wide-iconSize-2*gutter), nameStyle)+8)
	}
	if room+row > 0 {
		return room + row + 10
	}
	return 0
}

func drawIcons(c draw.Canvas, spec scorecard.Chart, width vg.Length) {
	across, wide := iconColumns(width)
	y := c.Max.Y
	var row vg.Length
	for i, finding := range findings(spec) {
		if i%across == 0 {
			y, row = y-row, 0
		}
		words := wrap(finding.words, nameStyle, wide-iconSize-2*gutter)
		row = max(row, iconRow, tall(words, nameStyle)+8)
		left := c.Min.X + wide*vg.Length(i%across)
		drawIcon(c, vg.Point{X: left + iconSize/2 + 1, Y: y - iconRow/2}, finding.kind, spec.Process.Upwards)
		write(c, nameStyle, left+iconSize+gutter, y-iconRow/2, words)
	}
}

// drawIcon draws a finding: variation as a round badge, assurance as a square one. Improving is a filled badge with a disc
// at the arrow's foot, concerning one with a diamond, common variation a wave in an open badge.
func drawIcon(c draw.Canvas, at vg.Point, kind string, upwards bool) {
	const half = iconSize / 2
	ring := draw.LineStyle{Color: navy, Width: 2}
	pen := draw.LineStyle{Color: navy, Width: 2.4}
	frame := round(at, half)
	switch kind {
	case scorecard.TargetMet, scorecard.TargetMissed, scorecard.TargetByChance:
		frame = polygon(box(at.X-half, at.X+half, at.Y, iconSize))
	}
	c.SetLineStyle(ring)
	c.Stroke(frame)
	offset := func(points ...[2]vg.Length) []vg.Point {
		moved := make([]vg.Point, len(points))
		for i, point := range points {
			moved[i] = vg.Point{X: at.X + point[0], Y: at.Y + point[1]}
		}
		return moved
	}
	sign := vg.Length(-1)
	if upwards {
		sign = 1
	}
	arrow := func() {
		c.StrokeLines(pen, offset([2]vg.Length{-3, -4 * sign}, [2]vg.Length{7, 8 * sign}), offset([2]vg.Length{0, 8 * sign}, [2]vg.Length{7, 8 * sign}, [2]vg.Length{7, 1 * sign}))
	}
	foot := vg.Point{X: at.X - 6, Y: at.Y - 7*sign}
	switch kind {
	case scorecard.ImprovingVariation:
		arrow()
		disc(c, foot, 4.5, teal, false)
	case scorecard.ConcerningVariation:
		arrow()
		diamond(c, foot, 5.5, orange, false)
	case scorecard.SpecialVariation:
		arrow()
		square(c, foot, 4.5, muted, false)
	case scorecard.CommonVariation:
		wave(c, at)
	case scorecard.TargetMet:
		c.StrokeLines(pen, offset([2]vg.Length{-8, 0}, [2]vg.Length{-2, -6}, [2]vg.Length{8, 7}))
	case scorecard.TargetMissed:
		c.StrokeLines(pen, offset([2]vg.Length{-7, -7}, [2]vg.Length{7, 7}), offset([2]vg.Length{-7, 7}, [2]vg.Length{7, -7}))
	case scorecard.TargetByChance:
		thin := draw.LineStyle{Color: navy, Width: 1.8}
		c.StrokeLines(thin, offset([2]vg.Length{-12, 5}, [2]vg.Length{-9, 2}, [2]vg.Length{-2, 10}),
			offset([2]vg.Length{3, -11}, [2]vg.Length{11, -3}), offset([2]vg.Length{3, -3}, [2]vg.Length{11, -11}))
		c.StrokeLine2(draw.LineStyle{Color: navy, Width: 1}, at.X-11, at.Y-11, at.X+11, at.Y+11)
	}
}

// wave draws a line that goes up and down about a point.
func wave(c draw.Canvas, at vg.Point) {
	var path []vg.Point
	for i := 0; i <= 12; i++ {
		t := vg.Length(i)/6 - 1
		path = append(path, vg.Point{X: at.X + 11*t, Y: at.Y + 5*vg.Length(math.Sin(float64(t)*2*math.Pi))})
	}
	c.StrokeLines(draw.LineStyle{Color: navy, Width: 2}, path)
}

func describeControl(spec scorecard.Chart) []string {
	if readTrend(spec).values.empty() || len(spec.Series) == 0 {
		return []string{"Control chart without figures."}
	}
	said := []string{"Control chart."}
	for _, finding := range findings(spec) {
		said = append(said, strings.TrimSuffix(finding.words, ".")+".")
	}
	plain := spec
	plain.Series, plain.Kind = spec.Series[:1], scorecard.SparkChart
	said = append(said, describeTrend(plain)[1:]...)
	if count := len(spec.Limits); count > 0 {
		limit := spec.Limits[count-1]
		if centre, known := number(limit.Centre); known {
			words := "Mean " + spec.Unit.Format(centre)
			if low, high, whole := limits(limit.Lower, limit.Upper); whole {
				words += fmt.Sprintf(", limits %s to %s", bare(spec.Unit).Format(low), bare(spec.Unit).Format(high))
			}
			said = append(said, words+".")
		}
	}
	if spec.Reference != nil {
		said = append(said, tail(scorecard.Chart{Unit: spec.Unit, Reference: spec.Reference}, nil)...)
	}
	var signals []string
	for _, point := range sorted(spec.Series[0]) {
		if words := signalWords(point.Signal); words != "" {
			signals = append(signals, point.Label+" "+words)
		}
	}
	if len(signals) > 0 {
		said = append(said, "Beyond common variation: "+strings.Join(signals, ", ")+".")
	}
	return said
}

// signalWords say what a point beyond common variation is.
func signalWords(signal scorecard.Tone) string {
	return map[scorecard.Tone]string{
		scorecard.Better: "special cause for the better", scorecard.Worse: "special cause for the worse", scorecard.Similar: "special cause",
	}[signal]
}

func controlTable(spec scorecard.Chart) scorecard.DataTable {
	made := scorecard.DataTable{Heads: []string{periodHead, "Value", "Lower limit", "Mean", "Upper limit", "Beyond common variation"}}
	if len(spec.Series) == 0 {
		return made
	}
	made.Heads[1] = spec.Series[0].Name
	text := func(value *float64) string {
		if number, known := number(value); known {
			return spec.Unit.Format(number)
		}
		return ""
	}
	for _, point := range sorted(spec.Series[0]) {
		row := []string{point.Label, pointWords(point, spec.Unit), "", "", "", signalWords(point.Signal)}
		for _, limit := range spec.Limits {
			if limit.From <= point.X && point.X <= limit.To {
				row[2], row[3], row[4] = text(limit.Lower), text(limit.Centre), text(limit.Upper)
			}
		}
		made.Rows = append(made.Rows, row)
	}
	return made
}
