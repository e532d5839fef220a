package chart

import (
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// frame is a chart as a file of its own: a margin, the title and subtitle above the figure, note and source below, on
// paper. A compact chart has none of that.
type frame struct {
	kind          figure
	spec          scorecard.Chart
	width, height vg.Length
	body          vg.Length // height of the figure
	above, below  []passage
}

// passage is a wrapped text of the frame.
type passage struct {
	words string
	style text.Style
	gap   vg.Length // after it
}

func frameOf(kind figure, spec scorecard.Chart) frame {
	inner := kind.natural(wide)
	f := frame{kind: kind, spec: spec, width: inner, body: kind.height(spec, inner)}
	f.height = f.body
	if kind.compact {
		return f
	}
	f.width += 2 * margin
	f.height += 2 * margin
	set := func(words string, style text.Style, gap vg.Length) []passage {
		if words == "" {
			return nil
		}
		made := passage{wrap(words, style, inner), style, gap}
		f.height += tall(made.words, style) + gap
		return []passage{made}
	}
	f.above = append(set(spec.Title, bold(typeStyle(title, dark)), 2), set(spec.Subtitle, typeStyle(medium, muted), 14)...)
	f.below = append(set(spec.Note, typeStyle(small, muted), 2), set(spec.Source, typeStyle(small, muted), 2)...)
	if len(f.below) > 0 {
		f.height += 8
	}
	return f
}

func (f frame) draw(c draw.Canvas) {
	c.FillPolygon(paper, []vg.Point{c.Min, {X: c.Max.X, Y: c.Min.Y}, c.Max, {X: c.Min.X, Y: c.Max.Y}})
	if f.kind.compact {
		f.kind.paint(c, f.spec)
		return
	}
	y := c.Max.Y - margin
	flow := func(passages []passage) {
		for _, p := range passages {
			height := tall(p.words, p.style)
			write(c, p.style, c.Min.X+margin, y-height/2, p.words)
			y -= height + p.gap
		}
	}
	flow(f.above)
	body := c
	body.Rectangle = vg.Rectangle{
		Min: vg.Point{X: c.Min.X + margin, Y: y - f.body},
		Max: vg.Point{X: c.Max.X - margin, Y: y},
	}
	f.kind.paint(body, f.spec)
	y -= f.body + 8
	flow(f.below)
}
