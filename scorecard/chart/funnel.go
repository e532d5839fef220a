package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// funnelFigure is areas by size and value between control limits: the nearer two limits are dashed, the farther two solid,
// and the reference is the level line between them. A mark's shape says where it lies, and the focus area is ringed.
var funnelFigure = figure{
	height: func(spec scorecard.Chart, width vg.Length) vg.Length {
		if readFunnel(spec).values.empty() {
			return emptyHeight
		}
		_, key := funnelKey(spec, width)
		return 360 + key
	},
	draw:     drawFunnel,
	describe: describeFunnel,
	table:    funnelTable,
}

// funnelData is the extents of a funnel.
type funnelData struct{ values, sizes extent }

func readFunnel(spec scorecard.Chart) funnelData {
	data := funnelData{nothing(), nothing()}
	for _, dot := range spec.Dots {
		if _, known := number(dot.Value); known {
			data.values.include(dot.Value)
			data.sizes.include(&dot.Size)
		}
	}
	if data.values.empty() {
		return data
	}
	for _, cut := range spec.Funnel {
		data.sizes.include(&cut.Size)
		if cut.Size >= data.sizes.low {
			data.values.include(cut.Lower95, cut.Upper95, cut.Lower998, cut.Upper998)
		}
	}
	if spec.Reference != nil {
		data.values.include(spec.Reference.Value)
	}
	return data
}

func drawFunnel(c draw.Canvas, spec scorecard.Chart) {
	data := readFunnel(spec)
	if data.values.empty() {
		lacking(c, large)
		return
	}
	width := c.Max.X - c.Min.X
	pieces, key := funnelKey(spec, width)
	for _, piece := range pieces {
		piece.draw(c)
	}
	p := blank()
	axis, ticks := trendAxis(data.values, spec.Unit)
	p.X.Padding, p.Y.Padding = 12, 5
	reach, sizes := sizeAxis(data.sizes, width)
	p.X.Min, p.X.Max = reach.low, reach.high
	p.Y.Min, p.Y.Max = axis.low, axis.high
	p.Y.Tick.Marker = plot.ConstantTicks(valueTicks(ticks, spec.Unit))
	p.X.Tick.Marker = plot.ConstantTicks(valueTicks(sizes, scorecard.Unit{}))
	p.X.Label.Text = spec.PartNames[0]
	p.Add(grid(ticks))
	p.Add(plotter(func(c draw.Canvas, p *plot.Plot) { funnelCurves(c, p, spec) }))
	p.Add(plotter(func(c draw.Canvas, p *plot.Plot) { funnelDots(c, p, spec) }))
	p.Add(funnelLabels(spec, width))
	p.Draw(draw.Crop(c, 0, 0, 0, -key-8))
}

// sizeAxis is the axis of sizes from zero, with as many ticks as there is room for.
func sizeAxis(sizes extent, width vg.Length) (extent, []float64) {
	most := 5.0
	if width < breakPoint {
		most = 3
	}
	step := niceStep(sizes.high / most)
	high := math.Ceil(sizes.high/step-1e-9) * step
	var ticks []float64
	for i := 0.0; i*step <= high*(1+1e-9); i++ {
		ticks = append(ticks, i*step)
	}
	return extent{0, high}, ticks
}

var (
	innerLimit = draw.LineStyle{Color: muted, Width: 1.5, Dashes: []vg.Length{5, 4}}
	outerLimit = draw.LineStyle{Color: muted, Width: 1.5}
)

// funnelCurves draws the limits, cut off where they leave the axis, and the reference.
func funnelCurves(c draw.Canvas, p *plot.Plot, spec scorecard.Chart) {
	x, y := p.Transforms(&c)
	cuts := slices.Clone(spec.Funnel)
	slices.SortStableFunc(cuts, func(a, b scorecard.FunnelCut) int { return cmp.Compare(a.Size, b.Size) })
	for _, curve := range []struct {
		style draw.LineStyle
		value func(scorecard.FunnelCut) *float64
	}{
		{innerLimit, func(cut scorecard.FunnelCut) *float64 { return cut.Lower95 }},
		{innerLimit, func(cut scorecard.FunnelCut) *float64 { return cut.Upper95 }},
		{outerLimit, func(cut scorecard.FunnelCut) *float64 { return cut.Lower998 }},
		{outerLimit, func(cut scorecard.FunnelCut) *float64 { return cut.Upper998 }},
	} {
		var path []vg.Point
		for _, cut := range cuts {
			value, known := number(curve.value(cut))
			if known && p.Y.Min <= value && value <= p.Y.Max && cut.Size <= p.X.Max {
				path = append(path, vg.Point{X: x(cut.Size), Y: y(value)})
			}
		}
		if len(path) > 1 {
			c.StrokeLines(curve.style, path)
		}
	}
	if spec.Reference != nil {
		if value, known := number(spec.Reference.Value); known {
			c.StrokeLine2(draw.LineStyle{Color: dark, Width: 1.5}, c.Min.X, y(value), c.Max.X, y(value))
		}
	}
}

// funnelDots draws the areas, the focus area last, with its name and the names that are asked for.
func funnelDots(c draw.Canvas, p *plot.Plot, spec scorecard.Chart) {
	x, y := p.Transforms(&c)
	dots := slices.Clone(spec.Dots)
	slices.SortStableFunc(dots, func(a, b scorecard.Dot) int {
		return cmp.Compare(boolInt(a.Role == scorecard.FocusRole), boolInt(b.Role == scorecard.FocusRole))
	})
	curves := limitDots(spec)
	var names []place
	for _, dot := range dots {
		value, known := number(dot.Value)
		if !known {
			continue
		}
		at := vg.Point{X: x(dot.Size), Y: y(value)}
		style := strongStyle(medium)
		switch {
		case dot.Role == scorecard.FocusRole:
			disc(c, at, 9, paper, false)
			c.SetLineStyle(draw.LineStyle{Color: navy, Width: 2.4})
			c.Stroke(round(at, 9))
			funnelMark(c, at, dot.Tone, 4.5)
		case dot.Named:
			style = typeStyle(small, dark)
			funnelMark(c, at, dot.Tone, 3.5)
		default:
			funnelMark(c, at, dot.Tone, 3.5)
			continue
		}
		names = append(names, nameDot(c, spec, dot, at, style, func(label place) int {
			count := 3*covered(dots, x, y, label.corner, label.opposite) + covered(curves, x, y, label.corner, label.opposite)
			for _, name := range names {
				if name.meets(label) {
					count += 100
				}
			}
			return count
		}))
	}
}

// place is the rectangle of a label.
type place struct{ corner, opposite vg.Point }

func (p place) meets(other place) bool {
	return p.corner.X < other.opposite.X && other.corner.X < p.opposite.X && p.corner.Y < other.opposite.Y && other.corner.Y < p.opposite.Y
}

// nameDot writes an area's name and value where it hides the least, with a line to its mark from farther away.
func nameDot(c draw.Canvas, spec scorecard.Chart, dot scorecard.Dot, at vg.Point, style text.Style, hidden func(place) int) place {
	words := wrap(dot.Label+" "+bare(spec.Unit).Format(*dot.Value), style, 0.8*(c.Max.X-c.Min.X))
	wide, half := broad(words, style), tall(words, style)/2+1
	stands := freePlace(c, at, wide, half, func(corner, opposite vg.Point) int { return hidden(place{corner, opposite}) })
	if math.Abs(float64(stands.Y-at.Y)) > 20 {
		c.StrokeLine2(draw.LineStyle{Color: navy, Width: 1}, at.X, at.Y+vg.Length(math.Copysign(9, float64(stands.Y-at.Y))), at.X, stands.Y-vg.Length(math.Copysign(9, float64(stands.Y-at.Y))))
	}
	write(c, style, stands.X, stands.Y, words)
	return place{vg.Point{X: stands.X, Y: stands.Y - half}, vg.Point{X: stands.X + wide, Y: stands.Y + half}}
}

// freePlace is where a label so wide hides the fewest marks: beside the point, or above and below it.
func freePlace(c draw.Canvas, at vg.Point, wide, half vg.Length, hidden func(corner, opposite vg.Point) int) vg.Point {
	hold := func(left vg.Length) vg.Length {
		return vg.Length(clamp(left.Points(), c.Min.X.Points(), (c.Max.X - wide).Points()))
	}
	tries := []vg.Point{{X: hold(at.X + 14), Y: at.Y + 14}, {X: hold(at.X + 14), Y: at.Y - 14}, {X: hold(at.X - 14 - wide), Y: at.Y + 14}, {X: hold(at.X - 14 - wide), Y: at.Y - 14}}
	for away := 23 + half; away < 160; away += 16 {
		tries = append(tries, vg.Point{X: hold(at.X - wide/2), Y: at.Y + away}, vg.Point{X: hold(at.X - wide/2), Y: at.Y - away})
	}
	best, fewest := tries[0], math.MaxInt
	for _, place := range tries {
		if place.Y+half > c.Max.Y || place.Y-half < c.Min.Y {
			continue
		}
		if count := hidden(vg.Point{X: place.X, Y: place.Y - half}, vg.Point{X: place.X + wide, Y: place.Y + half}); count < fewest {
			best, fewest = place, count
		}
	}
	return best
}

// limitDots are places along the limits and the reference, close enough together for a label to touch one.
func limitDots(spec scorecard.Chart) []scorecard.Dot {
	var places []scorecard.Dot
	const steps = 6
	for i := 1; i < len(spec.Funnel); i++ {
		a, b := spec.Funnel[i-1], spec.Funnel[i]
		for _, ends := range [][2]*float64{{a.Lower95, b.Lower95}, {a.Upper95, b.Upper95}, {a.Lower998, b.Lower998}, {a.Upper998, b.Upper998}} {
			from, hasFrom := number(ends[0])
			to, hasTo := number(ends[1])
			for step := 0; hasFrom && hasTo && step < steps; step++ {
				share := float64(step) / steps
				value := from + share*(to-from)
				places = append(places, scorecard.Dot{Size: a.Size + share*(b.Size-a.Size), Value: &value})
			}
		}
	}
	return places
}

// covered counts the marks inside a rectangle.
func covered(dots []scorecard.Dot, x, y func(float64) vg.Length, corner, opposite vg.Point) int {
	const reach = 5
	count := 0
	for _, dot := range dots {
		if value, known := number(dot.Value); known {
			at := vg.Point{X: x(dot.Size), Y: y(value)}
			if corner.X-reach < at.X && at.X < opposite.X+reach && corner.Y-reach < at.Y && at.Y < opposite.Y+reach {
				count++
			}
		}
	}
	return count
}

func boolInt(holds bool) int {
	if holds {
		return 1
	}
	return 0
}

// funnelMark is the shape of an area: beyond the farther limits a disc or a diamond in the colour of its side, between the
// limits a square, inside a small dot.
func funnelMark(c draw.Canvas, at vg.Point, tone scorecard.Tone, radius vg.Length) {
	switch toneOr(tone) {
	case scorecard.Better:
		disc(c, at, radius+1.5, teal, false)
	case scorecard.Worse:
		diamond(c, at, radius+2.5, orange, false)
	case scorecard.Similar:
		square(c, at, radius+0.5, muted, false)
	default:
		c.SetLineStyle(draw.LineStyle{Color: muted, Width: 1.4})
		c.Stroke(round(at, radius-1))
	}
}

// funnelLabels name the reference at the right.
func funnelLabels(spec scorecard.Chart, width vg.Length) sideLabels {
	if spec.Reference == nil {
		return nil
	}
	value, known := number(spec.Reference.Value)
	if !known {
		return nil
	}
	style := typeStyle(medium, dark)
	words := wrap(spec.Reference.Label+" "+bare(spec.Unit).Format(value), style, max(width*0.2, 80))
	return sideLabels{{words, style, value}}
}

// funnelWords name where an area lies.
var funnelWords = map[scorecard.Tone]string{
	scorecard.Better: "better, beyond the 99.8% limit", scorecard.Worse: "worse, beyond the 99.8% limit",
	scorecard.Similar: "between the limits", scorecard.None: "inside the 95% limits",
}

func funnelKey(spec scorecard.Chart, width vg.Length) ([]keyPiece, vg.Length) {
	held := map[scorecard.Tone]bool{}
	for _, dot := range spec.Dots {
		held[toneOr(dot.Tone)] = true
	}
	plain := typeStyle(small, dark)
	var pieces []keyPiece
	for _, tone := range []scorecard.Tone{scorecard.Better, scorecard.Worse, scorecard.Similar, scorecard.None} {
		if held[tone] {
			pieces = append(pieces, keyPiece{words: funnelWords[tone], style: plain, sample: func(c draw.Canvas, x, y vg.Length) {
				funnelMark(c, vg.Point{X: x + 18, Y: y}, tone, 3.5)
			}})
		}
	}
	for _, limit := range []struct {
		words string
		style draw.LineStyle
	}{{"95% limits", innerLimit}, {"99.8% limits", outerLimit}} {
		pieces = append(pieces, keyPiece{words: limit.words, style: plain, sample: func(c draw.Canvas, x, y vg.Length) {
			c.StrokeLine2(limit.style, x+2, y, x+keySample-6, y)
		}})
	}
	return flowKey(pieces, width)
}

func describeFunnel(spec scorecard.Chart) []string {
	if readFunnel(spec).values.empty() {
		return []string{"Funnel plot without figures."}
	}
	said := []string{fmt.Sprintf("Funnel plot of %s by size.", areas(len(spec.Dots)))}
	byTone := map[scorecard.Tone][]string{}
	for _, dot := range spec.Dots {
		value, known := number(dot.Value)
		if !known {
			continue
		}
		words := dot.Label + " " + spec.Unit.Format(value)
		if dot.Role == scorecard.FocusRole {
			said = append(said, words+": "+funnelWords[toneOr(dot.Tone)]+".")
		}
		byTone[toneOr(dot.Tone)] = append(byTone[toneOr(dot.Tone)], words)
	}
	for _, tone := range []scorecard.Tone{scorecard.Better, scorecard.Worse} {
		if len(byTone[tone]) > 0 {
			said = append(said, upper(funnelWords[tone])+": "+strings.Join(byTone[tone], ", ")+".")
		}
	}
	said = append(said, fmt.Sprintf("Between the limits: %d. Inside the 95%% limits: %d.", len(byTone[scorecard.Similar]), len(byTone[scorecard.None])))
	return append(said, tail(spec, nil)...)
}

func funnelTable(spec scorecard.Chart) scorecard.DataTable {
	size := spec.PartNames[0]
	if size == "" {
		size = "Size"
	}
	head := spec.Unit.Words
	if head == "" {
		head = "Value"
	}
	made := scorecard.DataTable{Heads: []string{"Area", size, head, "Where it lies"}}
	for _, dot := range spec.Dots {
		row := []string{dot.Label, scorecard.Unit{}.Format(dot.Size), absence(""), ""}
		if value, known := number(dot.Value); known {
			row[2], row[3] = spec.Unit.Format(value), funnelWords[toneOr(dot.Tone)]
		}
		made.Rows = append(made.Rows, row)
	}
	return made
}
