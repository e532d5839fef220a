package render

import "codeberg.org/go-pdf/fpdf"

// shapeEms is the width of a drawn shape within text.
const shapeEms = 0.9

// outlineShape is a shape as lines in a square of 16: strokes are open, areas filled. A disc is a full circle, a ring
// an empty one, and both together the half that stands for something under way.
type outlineShape struct {
	strokes [][]float64
	areas   [][]float64
	ring    bool
	disc    bool
	half    bool
}

// outlineShapes draws the shapes of verdicts and statuses, so that they look alike on every machine and do not depend
// on a font that lacks half of them.
var outlineShapes = map[string]outlineShape{
	"✓": {strokes: [][]float64{{2, 8.5, 6.5, 13, 14, 3.5}}},
	"=": {strokes: [][]float64{{2.5, 6, 13.5, 6}, {2.5, 11, 13.5, 11}}},
	"!": {strokes: [][]float64{{8, 2, 8, 9.5}, {8, 13, 8, 13.6}}},
	"–": {strokes: [][]float64{{4, 8.5, 12, 8.5}}},
	"→": {strokes: [][]float64{{1.5, 8.5, 14, 8.5}, {9.5, 4, 14, 8.5, 9.5, 13}}},
	"↑": {strokes: [][]float64{{8, 15, 8, 2}, {3.5, 6.5, 8, 2, 12.5, 6.5}}},
	"↓": {strokes: [][]float64{{8, 2, 8, 15}, {3.5, 10.5, 8, 15, 12.5, 10.5}}},
	"▴": {areas: [][]float64{{8, 4, 13.5, 13, 2.5, 13}}},
	"▾": {areas: [][]float64{{8, 13, 13.5, 4, 2.5, 4}}},
	"▲": {areas: [][]float64{{8, 3, 14, 13.5, 2, 13.5}}},
	"▼": {areas: [][]float64{{8, 14, 14, 3.5, 2, 3.5}}},
	"◆": {areas: [][]float64{{8, 2, 14, 8, 8, 14, 2, 8}}},
	"✕": {strokes: [][]float64{{3, 3.5, 13, 13.5}, {13, 3.5, 3, 13.5}}},
	"○": {ring: true},
	"●": {disc: true},
	"◐": {ring: true, half: true},
}

// drawn says whether a sign can be drawn.
func drawn(r rune) bool {
	_, known := outlineShapes[string(r)]
	return known
}

// shape draws a shape into a square. One that it does not know is set as text, if the font has it.
func (p *press) shape(sign string, x, y, side float64, ink inkColour) {
	known, found := outlineShapes[sign]
	if !found {
		label := face{size: side / point * 1.1, bold: true, ink: ink}
		sign = p.meter.clean(sign)
		p.text(x+(side-p.meter.width(label, sign))/2, y+side*0.9, label, sign)
		return
	}
	unit := side / 16
	p.line(max(side*0.13, 0.2), ink)
	p.fill(ink)
	p.pdf.SetLineCapStyle("round")
	p.pdf.SetLineJoinStyle("round")
	at := func(points []float64, i int) (float64, float64) { return x + points[i]*unit, y + points[i+1]*unit }
	for _, stroke := range known.strokes {
		p.pdf.MoveTo(at(stroke, 0))
		for i := 2; i < len(stroke); i += 2 {
			p.pdf.LineTo(at(stroke, i))
		}
		p.pdf.DrawPath("D")
	}
	for _, area := range known.areas {
		var corners []fpdf.PointType
		for i := 0; i < len(area); i += 2 {
			cornerX, cornerY := at(area, i)
			corners = append(corners, fpdf.PointType{X: cornerX, Y: cornerY})
		}
		p.pdf.Polygon(corners, "F")
	}
	centreX, centreY, radius := x+side/2, y+side*0.53, side*0.38
	if known.half {
		p.pdf.Arc(centreX, centreY, radius, radius, 0, 90, 270, "F")
	}
	if known.disc {
		p.pdf.Circle(centreX, centreY, radius*1.08, "F")
	}
	if known.ring {
		p.pdf.Circle(centreX, centreY, radius, "D")
	}
	p.pdf.SetLineCapStyle("butt")
	p.pdf.SetLineJoinStyle("miter")
}
