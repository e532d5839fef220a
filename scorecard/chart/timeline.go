package chart

import (
	"fmt"
	"math"
	"strconv"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// timelineFigure is milestones by the day they are due: a row each, a mark in the shape of its status at its day, and the
// status in words. The upright dashed line is the day the statuses were recorded on.
var timelineFigure = figure{
	height: func(spec scorecard.Chart, width vg.Length) vg.Length {
		if len(spec.Events) == 0 {
			return emptyHeight
		}
		return layTimeline(spec, width).height()
	},
	draw:     drawTimeline,
	describe: describeTimeline,
	table:    timelineTable,
}

// timeline is the layout.
type timeline struct {
	names   []string
	heights []vg.Length
	left    vg.Length // width of the words; zero where they stand above
	right   vg.Length // width of the statuses
	axis    extent    // in years
	foot    vg.Length
}

func layTimeline(spec scorecard.Chart, width vg.Length) timeline {
	layout := timeline{axis: nothing(), foot: 24}
	stands := width < breakPoint
	room := width * 0.46
	if stands {
		room = width
	}
	for _, event := range spec.Events {
		layout.right = max(layout.right, broad(statusLines(event), bold(headStyle))+gutter)
		layout.axis.include(event.X)
	}
	if spec.Today != nil {
		layout.axis.include(spec.Today.Value)
		layout.foot += 20
	}
	if layout.axis.empty() {
		layout.axis = extent{0, 1}
		layout.foot = 4
	}
	layout.axis = extent{math.Floor(layout.axis.low), math.Max(math.Ceil(layout.axis.high), math.Floor(layout.axis.low)+1)}
	for _, event := range spec.Events {
		words := event.Label
		if event.Group != "" {
			words = event.Group + "  " + words
		}
		name := wrap(words, nameStyle, room-gutter)
		layout.names = append(layout.names, name)
		status := tall(statusLines(event), headStyle)
		high := max(tall(name, nameStyle), status) + 10
		if stands {
			high = tall(name, nameStyle) + max(status, 20) + 12
		} else {
			layout.left = room
		}
		layout.heights = append(layout.heights, max(high, rowHeight))
	}
	return layout
}

func (t timeline) height() vg.Length {
	sum := t.foot + 2
	for _, height := range t.heights {
		sum += height
	}
	return sum
}

// statusLines is a milestone's status over the day it is due.
func statusLines(event scorecard.Event) string {
	status := wrap(event.Status, bold(headStyle), 130)
	if event.Due != "" {
		status += "\ndue " + event.Due
	}
	return status
}

// statusAt is a milestone's status with the day it is due: "Listed, due June 2023".
func statusAt(event scorecard.Event) string {
	words := event.Status
	if event.Due != "" {
		words += ", due " + event.Due
	}
	return words
}

func drawTimeline(c draw.Canvas, spec scorecard.Chart) {
	if len(spec.Events) == 0 {
		lacking(c, large)
		return
	}
	layout := layTimeline(spec, c.Max.X-c.Min.X)
	from, to := c.Min.X+layout.left+8, c.Max.X-layout.right-8
	at := func(year float64) vg.Length {
		return from + vg.Length((year-layout.axis.low)/(layout.axis.high-layout.axis.low))*(to-from)
	}
	foot := c.Min.Y + layout.foot
	layout.years(c, spec, at, foot)
	top := c.Max.Y
	for i, event := range spec.Events {
		c.StrokeLine2(draw.LineStyle{Color: line, Width: 1}, c.Min.X, top, c.Max.X, top)
		words := tall(layout.names[i], nameStyle)
		y, band := top-layout.heights[i]/2, layout.heights[i]
		if layout.left == 0 {
			band -= words + 8
			write(c, nameStyle, c.Min.X+barIndent, top-5-words/2, layout.names[i])
			y = top - words - 6 - (layout.heights[i]-words-8)/2
		} else {
			write(c, nameStyle, c.Min.X+barIndent, y, layout.names[i])
		}
		layout.status(c, event, y)
		layout.ticks(c, spec, at, top-layout.heights[i]+band, top-layout.heights[i])
		if x, dated := number(event.X); dated {
			statusMark(c, vg.Point{X: at(x), Y: y}, event.Shape)
		}
		top -= layout.heights[i]
	}
}

// status writes a milestone's status in bold and its day below.
func (t timeline) status(c draw.Canvas, event scorecard.Event, y vg.Length) {
	style := typeStyle(small, dark)
	words := wrap(event.Status, bold(headStyle), 130)
	x := c.Max.X - t.right + gutter
	if event.Due == "" {
		write(c, bold(style), x, y, words)
		return
	}
	high := tall(words, style)
	write(c, bold(style), x, y+pitch*small/2, words)
	write(c, typeStyle(small, muted), x, y-high/2, "due "+event.Due)
}

// ticks draws the years and the day of the statuses behind one row's mark.
func (t timeline) ticks(c draw.Canvas, spec scorecard.Chart, at func(float64) vg.Length, top, foot vg.Length) {
	if t.foot < 20 {
		return
	}
	for year := t.axis.low; year <= t.axis.high; year++ {
		c.StrokeLine2(draw.LineStyle{Color: line, Width: 1}, at(year), top, at(year), foot)
	}
	if spec.Today == nil {
		return
	}
	if day, known := number(spec.Today.Value); known {
		c.StrokeLine2(todayLine, at(day), top, at(day), foot)
	}
}

var todayLine = draw.LineStyle{Color: dark, Width: 1.5, Dashes: []vg.Length{4, 3}}

// years draws the axis with its years, and the day the statuses were recorded on.
func (t timeline) years(c draw.Canvas, spec scorecard.Chart, at func(float64) vg.Length, foot vg.Length) {
	if t.foot < 20 {
		return
	}
	style := aligned(typeStyle(small, muted), draw.XCenter)
	room := at(t.axis.low+1) - at(t.axis.low)
	step := max(1, int(math.Ceil(float64(measure("2000", style.Font)+10)/float64(room))))
	for year := int(t.axis.low); year <= int(t.axis.high); year += step {
		half := measure("2000", style.Font) / 2
		x := clamp(at(float64(year)).Points(), (c.Min.X + half).Points(), c.Max.X.Points())
		write(c, style, vg.Length(x), foot-10, strconv.Itoa(year))
	}
	if spec.Today == nil {
		return
	}
	if day, known := number(spec.Today.Value); known {
		x := at(day)
		half := measure(spec.Today.Label, style.Font) / 2
		style.Color = dark
		write(c, style, vg.Length(clamp(x.Points(), (c.Min.X+half).Points(), (c.Max.X-half).Points())), foot-32, spec.Today.Label)
	}
}

// statusMark draws a milestone's status: done a disc, under way half a disc, anything else a ring.
func statusMark(c draw.Canvas, at vg.Point, shape string) {
	const radius = 6.5
	switch shape {
	case scorecard.DoneShape:
		disc(c, at, radius, navy, false)
	case scorecard.MovingShape:
		disc(c, at, radius, navy, true)
		var half vg.Path
		half.Move(vg.Point{X: at.X, Y: at.Y + radius})
		half.Arc(at, radius, math.Pi/2, math.Pi)
		half.Close()
		c.SetColor(navy)
		c.Fill(half)
	default:
		disc(c, at, radius, navy, true)
	}
}

func describeTimeline(spec scorecard.Chart) []string {
	if len(spec.Events) == 0 {
		return []string{"Timeline without milestones."}
	}
	said := []string{fmt.Sprintf("Timeline of %d milestones.", len(spec.Events))}
	if spec.Today != nil {
		said = append(said, spec.Today.Label+".")
	}
	for _, event := range spec.Events {
		said = append(said, event.Label+": "+lower(statusAt(event))+".")
	}
	return said
}

func timelineTable(spec scorecard.Chart) scorecard.DataTable {
	made := scorecard.DataTable{Heads: []string{"Milestone", "Due", "Status"}}
	for _, event := range spec.Events {
		made.Rows = append(made.Rows, []string{event.Label, event.Due, event.Status})
	}
	return made
}
