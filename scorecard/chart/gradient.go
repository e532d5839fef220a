package chart

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// gradientFigure is ordered groups, the most deprived first, each as wide as its share of the population, with the fitted
// line whose rise from end to end is the slope index of inequality.
var gradientFigure = figure{
	height: func(spec scorecard.Chart, width vg.Length) vg.Length {
		if !anyValue(spec.Bars) {
			return emptyHeight
		}
		return 330 + gradientHead(spec, width)
	},
	draw:     drawGradient,
	describe: describeGradient,
	table:    gradientTable,
}

// slopeLook is the fitted line.
var slopeLook = draw.LineStyle{Color: dark, Width: 2.2, Dashes: []vg.Length{9, 4}}

// slopeWords is what the line says, set in the chart's width.
func slopeWords(spec scorecard.Chart, width vg.Length) string {
	if spec.Slope == nil || spec.Slope.Index == "" {
		return ""
	}
	return wrap(spec.Slope.Index, bold(nameStyle), width-keySample-4)
}

func gradientHead(spec scorecard.Chart, width vg.Length) vg.Length {
	if words := slopeWords(spec, width); words != "" {
		return tall(words, nameStyle) + 12
	}
	return 0
}

// shares are where the groups begin and end, from 0 to 1; equal widths where none is given.
func shares(bars []scorecard.Bar) []float64 {
	edges := make([]float64, len(bars)+1)
	sum := 0.0
	for _, bar := range bars {
		if share, known := number(&bar.Share); known && share > 0 {
			sum += share
		}
	}
	for i, bar := range bars {
		share := 1 / float64(len(bars))
		if sum > 0 {
			share = math.Max(bar.Share, 0) / sum
		}
		edges[i+1] = edges[i] + share
	}
	return edges
}

func drawGradient(c draw.Canvas, spec scorecard.Chart) {
	if !anyValue(spec.Bars) {
		lacking(c, large)
		return
	}
	width := c.Max.X - c.Min.X
	if words := slopeWords(spec, width); words != "" {
		y := c.Max.Y - tall(words, nameStyle)/2
		c.StrokeLine2(slopeLook, c.Min.X+2, y, c.Min.X+keySample-4, y)
		write(c, bold(nameStyle), c.Min.X+keySample+2, y, words)
	}
	reach := extent{0, 0}
	for _, bar := range spec.Bars {
		reach.include(bar.Value, bar.Lower, bar.Upper)
	}
	if spec.Slope != nil {
		reach.include(spec.Slope.Start, spec.Slope.End)
	}
	if spec.Reference != nil {
		reach.include(spec.Reference.Value)
	}
	axis, ticks := trendAxis(reach, spec.Unit)
	p := blank()
	p.Y.Padding = 5
	p.X.Min, p.X.Max = 0, 1
	p.Y.Min, p.Y.Max = axis.low, axis.high
	p.Y.Tick.Marker = plot.ConstantTicks(valueTicks(ticks, spec.Unit))
	p.Add(grid(ticks))
	p.Add(plotter(func(c draw.Canvas, p *plot.Plot) { gradientBars(c, p, spec) }))
	p.Add(funnelLabels(spec, width))
	foot := groupFoot(spec)
	frame := draw.Crop(c, 0, 0, foot, -gradientHead(spec, width)-8)
	p.Draw(frame)
	area := p.DataCanvas(frame)
	gradientNames(c, area, p, spec, c.Min.Y+foot)
}

// gradientBars draws the groups with their intervals, and the line over them.
func gradientBars(c draw.Canvas, p *plot.Plot, spec scorecard.Chart) {
	x, y := p.Transforms(&c)
	edges := shares(spec.Bars)
	for i, bar := range spec.Bars {
		from, to := x(edges[i])+2, x(edges[i+1])-2
		middle := (from + to) / 2
		value, known := number(bar.Value)
		if words := absence(bar.Status); !known {
			if measure(words, headStyle.Font) <= to-from {
				write(c, aligned(headStyle, draw.XCenter), middle, y(0)+12, words)
			}
			continue
		}
		c.FillPolygon(navy.wash(0.45), []vg.Point{{X: from, Y: y(0)}, {X: to, Y: y(0)}, {X: to, Y: y(value)}, {X: from, Y: y(value)}})
		if low, high, whole := limits(bar.Lower, bar.Upper); whole {
			whisker(c, vg.Point{X: middle, Y: y(high)}, vg.Point{X: middle, Y: y(low)}, dark)
		}
	}
	if spec.Reference != nil {
		if value, known := number(spec.Reference.Value); known {
			c.StrokeLine2(draw.LineStyle{Color: muted, Width: 1.5}, c.Min.X, y(value), c.Max.X, y(value))
		}
	}
	if spec.Slope == nil {
		return
	}
	start, hasStart := number(spec.Slope.Start)
	end, hasEnd := number(spec.Slope.End)
	if hasStart && hasEnd {
		c.StrokeLine2(draw.LineStyle{Color: paper, Width: 5}, x(0), y(start), x(1), y(end))
		c.StrokeLine2(slopeLook, x(0), y(start), x(1), y(end))
	}
}

// groupFoot is the room below the bars for their numbers or names, and the names of both ends.
func groupFoot(scorecard.Chart) vg.Length { return 42 }

// gradientNames writes the groups' names below them; where they do not fit, their numbers, with the ends named below.
func gradientNames(c, area draw.Canvas, p *plot.Plot, spec scorecard.Chart, foot vg.Length) {
	edges := shares(spec.Bars)
	x := func(share float64) vg.Length { return area.X(p.X.Norm(share)) }
	style := aligned(headStyle, draw.XCenter)
	fits := true
	for i, bar := range spec.Bars {
		fits = fits && measure(bar.Label, style.Font)+6 <= x(edges[i+1])-x(edges[i])
	}
	last := vg.Length(-1e9)
	for i, bar := range spec.Bars {
		words := bar.Label
		if !fits {
			words = strconv.Itoa(i + 1)
		}
		centre := (x(edges[i]) + x(edges[i+1])) / 2
		half := measure(words, style.Font) / 2
		centre = vg.Length(clamp(centre.Points(), (c.Min.X + half).Points(), (c.Max.X - half).Points()))
		if centre-half > last+3 {
			write(c, style, centre, foot-9, words)
			last = centre + half
		}
	}
	if fits || len(spec.Bars) < 2 {
		return
	}
	left := "1: " + spec.Bars[0].Label
	right := strconv.Itoa(len(spec.Bars)) + ": " + spec.Bars[len(spec.Bars)-1].Label
	if measure(left, headStyle.Font)+measure(right, headStyle.Font)+16 > c.Max.X-c.Min.X {
		room := (c.Max.X - c.Min.X - 16) / 2
		left, right = firstLine(left, room), firstLine(right, room)
	}
	write(c, headStyle, c.Min.X+barIndent, foot-30, left)
	write(c, aligned(headStyle, draw.XRight), c.Max.X-2, foot-30, right)
}

// firstLine is as much of some words as fits into one line.
func firstLine(words string, width vg.Length) string {
	line, _, cut := strings.Cut(wrap(words, headStyle, width-measure("…", headStyle.Font)), "\n")
	if cut {
		line += "…"
	}
	return line
}

func describeGradient(spec scorecard.Chart) []string {
	if !anyValue(spec.Bars) {
		return []string{"Gradient without figures."}
	}
	said := []string{fmt.Sprintf("Gradient over %d groups.", len(spec.Bars))}
	var missing []string
	for _, bar := range spec.Bars {
		value, known := number(bar.Value)
		if !known {
			missing = append(missing, bar.Label+" "+absence(bar.Status))
			continue
		}
		words := bar.Label + " " + spec.Unit.Format(value)
		if low, high, whole := limits(bar.Lower, bar.Upper); whole {
			words += " (" + interval(low, high, spec.Unit) + ")"
		}
		said = append(said, words+".")
	}
	if spec.Slope != nil {
		start, hasStart := number(spec.Slope.Start)
		end, hasEnd := number(spec.Slope.End)
		if hasStart && hasEnd {
			said = append(said, fmt.Sprintf("The fitted line runs from %s to %s.", spec.Unit.Format(start), spec.Unit.Format(end)))
		}
		if spec.Slope.Index != "" {
			said = append(said, strings.TrimSuffix(spec.Slope.Index, ".")+".")
		}
	}
	return append(said, tail(spec, missing)...)
}

func gradientTable(spec scorecard.Chart) scorecard.DataTable {
	made := barsTable(spec)
	made.Heads[0] = "Group"
	edges := shares(spec.Bars)
	made.Heads = append(made.Heads, "Share of the population")
	for i := range made.Rows {
		share := ""
		if i < len(spec.Bars) {
			share = scorecard.Unit{Suffix: "%", Decimals: 1}.Format(100 * (edges[i+1] - edges[i]))
		}
		made.Rows[i] = append(made.Rows[i], share)
	}
	return made
}
