package chart

import (
	"cmp"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// sideLabel is a label to the right of the lines, wished for at the height of a value.
type sideLabel struct {
	words string
	style text.Style
	at    float64
}

// sideLabels stand at the ends of the lines, moved apart where they would touch. They tell the plot how much room they
// need, and the plot keeps it free.
type sideLabels []sideLabel

const sideGap = vg.Length(12)

// endLabels writes one label a series with its latest value, one for the interval band, and what must be known to read
// the chart: that the axis is off zero, and what a hollow mark means.
func endLabels(data trendData, axis extent, width vg.Length) sideLabels {
	var labels sideLabels
	limit := max(width*0.27, 108)
	add := func(words string, style text.Style, at float64) {
		labels = append(labels, sideLabel{wrap(words, style, limit), style, at})
	}
	ordinary := typeStyle(large, dark)
	note := typeStyle(small, muted)
	rank := 0
	for _, series := range data.spec.Series {
		if point, at, known := lastGoal(series); known && series.Role == scorecard.TargetRole {
			add(series.Name+" "+goalWords(point, bare(data.spec.Unit))+" ("+point.Label+")", ordinary, at)
			continue
		}
		last, known := latest(sorted(series))
		if !known || data.banded() && series.Role == scorecard.UpperBoundRole {
			continue
		}
		style := lookOf(series.Role, rank)
		if series.Role == scorecard.FocusRole {
			rank++
		}
		face := ordinary
		face.Color = style.label
		if style.bold {
			face = bold(face)
		}
		words, at := endWords(data, series, last)
		add(words, face, at)
		if low, high, whole := limits(last.Lower, last.Upper); whole && series.Role == scorecard.FocusRole && rank == 1 {
			at := high
			if englandAbove(data, *last.Y) {
				at = low
			}
			add("95% interval", typeStyle(small, style.colour), at)
		}
	}
	if axis.low > 0 {
		add("Axis starts at "+axisNumber(data.spec.Unit, axis.low), note, axis.low)
	}
	if provisional(data.spec) {
		add("Hollow: provisional", note, axis.low)
	}
	return labels.sorted()
}

// room is the height of a chart in which the labels fit below each other, with the periods under them.
func (l sideLabels) room() vg.Length {
	sum := vg.Length(64)
	for _, label := range l {
		sum += tall(label.words, label.style) + 2
	}
	return sum
}

// sorted are the labels from the lowest upwards.
func (l sideLabels) sorted() sideLabels {
	slices.SortStableFunc(l, func(a, b sideLabel) int { return cmp.Compare(a.at, b.at) })
	return l
}

// endWords is a series' name and latest value: "England 76.0", "England: 3.4 to 5.6", with the period where the series
// ends before the others.
func endWords(data trendData, series scorecard.Series, last scorecard.Point) (words string, at float64) {
	unit := bare(data.spec.Unit)
	words, at = series.Name+" "+unit.Format(*last.Y), *last.Y
	if data.banded() && series.Role == scorecard.EnglandRole {
		for _, point := range data.bound.Points {
			if ceiling, known := number(point.Y); known && point.X == last.X {
				words = series.Name + ": " + unit.Format(*last.Y) + " to " + unit.Format(ceiling)
				at = (at + ceiling) / 2
			}
		}
	}
	if last.X < data.times.high {
		words += " (" + last.Label + ")"
	}
	return words, at
}

// englandAbove says whether England ends above the value, where the label of the interval would get in its way.
func englandAbove(data trendData, value float64) bool {
	if data.england == nil {
		return false
	}
	last, known := latest(sorted(*data.england))
	if !known {
		return false
	}
	_, at := endWords(data, *data.england, last)
	return at > value
}

// axisNumber prints a tick as the axis prints it.
func axisNumber(unit scorecard.Unit, value float64) string {
	return valueTicks([]float64{value}, scorecard.Unit{Prefix: unit.Prefix})[0].Label
}

// provisional says whether any point is.
func provisional(spec scorecard.Chart) bool {
	for _, series := range spec.Series {
		for _, point := range series.Points {
			if _, known := number(point.Y); known && point.Provisional {
				return true
			}
		}
	}
	return false
}

// GlyphBoxes is part of plot.GlyphBoxer: the room to the right of the data.
func (l sideLabels) GlyphBoxes(*plot.Plot) []plot.GlyphBox {
	boxes := make([]plot.GlyphBox, len(l))
	for i, label := range l {
		boxes[i].X = 1
		boxes[i].Rectangle.Max.X = sideGap + broad(label.words, label.style)
	}
	return boxes
}

// Plot is part of plot.Plotter.
func (l sideLabels) Plot(c draw.Canvas, p *plot.Plot) {
	wishes := make([]float64, len(l))
	heights := make([]float64, len(l))
	for i, label := range l {
		wishes[i] = c.Y(p.Y.Norm(label.at)).Points()
		heights[i] = tall(label.words, label.style).Points() + 2
	}
	for i, y := range spread(wishes, heights, c.Min.Y.Points()-8, c.Max.Y.Points()+8) {
		write(c, l[i].style, c.Max.X+sideGap, vg.Length(y), l[i].words)
	}
}
