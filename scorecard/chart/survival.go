package chart

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// survivalFigure is the share of one cohort that is still there year by year: a line chart whose time counts from the
// start, with the focus area's shares written at their points.
var survivalFigure = figure{
	height:   trendHeight,
	draw:     drawSurvival,
	describe: describeSurvival,
	table:    survivalTable,
}

func drawSurvival(c draw.Canvas, spec scorecard.Chart) {
	drawTrendWith(c, spec, func(p *plot.Plot, data trendData) {
		for _, series := range spec.Series {
			if series.Role == scorecard.FocusRole {
				p.Add(pointNumbers(series, spec.Unit))
				return
			}
		}
	})
}

// pointNumbers writes values to the upper right of their points, where a curve that only falls leaves room; the last has
// its label already, and the first is the whole cohort.
func pointNumbers(series scorecard.Series, unit scorecard.Unit) plotter {
	return func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		points := sorted(series)
		last, _ := latest(points)
		style := strongStyle(small)
		edge := vg.Length(-1e9)
		for i, point := range points {
			value, known := number(point.Y)
			if !known || i == 0 || point.X == last.X {
				continue
			}
			words := bare(unit).Format(value)
			if left := x(point.X) + 6; left > edge && left+measure(words, style.Font) < min(x(last.X)-6, c.Max.X) {
				write(c, style, left, min(y(value)+13, c.Max.Y), words)
				edge = left + measure(words, style.Font) + 6
			}
		}
	}
}

func describeSurvival(spec scorecard.Chart) []string {
	data := readTrend(spec)
	if data.values.empty() {
		return []string{"Survival curve without figures."}
	}
	said := []string{"Survival curve."}
	for _, series := range spec.Series {
		words := series.Name + ":"
		for _, point := range sorted(series) {
			if value, known := number(point.Y); known {
				words += " " + point.Label + " " + spec.Unit.Format(value) + ","
			}
		}
		said = append(said, words[:len(words)-1]+".")
	}
	return said
}

func survivalTable(spec scorecard.Chart) scorecard.DataTable {
	made := seriesTable(spec)
	made.Heads[0] = "After"
	return made
}
