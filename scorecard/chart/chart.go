// Package chart draws the chart specifications of [scorecard] with gonum/plot: once, on a vg.Canvas, for every format.
//
// [Draw] is the shared drawing. [SVG] puts it inline into a page, [StandaloneSVG] and [PNG] make files that carry
// their own title and source, [OnPDF] draws vectors on a page of an fpdf document. [Describe] writes the alternative
// text and [Table] the data beside the chart, both from the same specification, so that a reader who cannot see the
// picture gets what it shows.
//
//	markup, err := chart.SVG(scorecard.Chart{Kind: scorecard.TrendChart, ID: "neet", Series: series})
//
// One chart kind is one file (trend.go, bars.go, ...) with one entry in the table of kinds. Lengths are points, and a
// point is a pixel of an SVG. Series differ in dash, shape and label as well as colour, for the palette holds colours
// that are alike in grey.
//
// The package draws what it is given: it neither ranks nor tests, chooses no words beyond alt text, and leaves out
// what is not a finite number. The canvas over fpdf lives here and not with the page renderer, because it is the
// drawing's third back end and shares its geometry with the one for SVG.
package chart

import (
	"fmt"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// wide is the width that the full charts are drawn for, and narrow the one for telephones: at 320 px the wide drawing
// would print its text at 6 px, the narrow one at 12.
const (
	wide   = vg.Length(720)
	narrow = vg.Length(360)
)

// figure is one chart kind. A compact figure has a fixed size and stands in a table cell.
type figure struct {
	compact  bool
	width    vg.Length // of a compact figure; full ones take the width they are given
	height   func(spec scorecard.Chart, width vg.Length) vg.Length
	draw     func(c draw.Canvas, spec scorecard.Chart)
	describe func(spec scorecard.Chart) []string
	table    func(spec scorecard.Chart) scorecard.DataTable
}

// kinds is the table of chart kinds; each figure stands in its own file.
var kinds = map[scorecard.ChartKind]figure{
	scorecard.TrendChart:     trendFigure,
	scorecard.BarsChart:      barsFigure,
	scorecard.StackedChart:   stackedFigure,
	scorecard.DumbbellChart:  dumbbellFigure,
	scorecard.SparkChart:     sparkFigure,
	scorecard.StripChart:     stripFigure,
	scorecard.SpineChart:     spineFigure,
	scorecard.RugChart:       rugFigure,
	scorecard.MapChart:       mapFigure,
	scorecard.TilesChart:     tilesFigure,
	scorecard.TimelineChart:  timelineFigure,
	scorecard.ControlChart:   controlFigure,
	scorecard.FunnelChart:    funnelFigure,
	scorecard.GradientChart:  gradientFigure,
	scorecard.BulletChart:    bulletFigure,
	scorecard.SurvivalChart:  survivalFigure,
	scorecard.MultiplesChart: multiplesFigure,
	scorecard.GapChart:       gapFigure,
}

// find is the figure of a specification.
func find(spec scorecard.Chart) (figure, error) {
	kind, known := kinds[spec.Kind]
	if !known {
		return figure{}, fmt.Errorf("draw chart %s: no chart kind is called %q", spec.ID, spec.Kind)
	}
	return kind, nil
}

// Size is the natural size of a chart in points: 720 wide for a full chart, with a height that follows its rows.
func Size(spec scorecard.Chart) (width, height float64, err error) {
	kind, err := find(spec)
	if err != nil {
		return 0, 0, err
	}
	w := kind.natural(wide)
	return w.Points(), kind.height(spec, w).Points(), nil
}

// natural is the width at which the figure is drawn where the page offers some width.
func (f figure) natural(offered vg.Length) vg.Length {
	if f.compact {
		return f.width
	}
	return offered
}

// Draw draws the chart, without its title and source, to fill the canvas. The layout follows the canvas's width: from
// about 320 points on nothing overlaps. The error is an unknown chart kind.
func Draw(c draw.Canvas, spec scorecard.Chart) error {
	kind, err := find(spec)
	if err != nil {
		return err
	}
	kind.paint(c, spec)
	return nil
}

// number is the value behind the pointer, if there is a finite one.
func number(value *float64) (float64, bool) {
	if value == nil || math.IsNaN(*value) || math.IsInf(*value, 0) {
		return 0, false
	}
	return *value, true
}

// limits are both ends of an interval, if both are known.
func limits(lower, upper *float64) (low, high float64, known bool) {
	low, hasLow := number(lower)
	high, hasHigh := number(upper)
	return low, high, hasLow && hasHigh && low <= high
}

// bare is the unit without its suffix, for numbers inside a drawing whose subtitle names the unit.
func bare(unit scorecard.Unit) scorecard.Unit {
	return scorecard.Unit{Prefix: unit.Prefix, Decimals: unit.Decimals}
}
