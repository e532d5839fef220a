package chart

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"

	"codeberg.org/go-pdf/fpdf"
	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// OnPDF draws the chart as vectors onto the current page of a document, into the rectangle that begins x, y from the
// page's top left and is w wide and h high, in the document's unit. The drawing keeps its proportions and stands at
// the rectangle's top left; [Size] tells the proportions. Text is set in the font family named, which the document
// must have registered as UTF-8 in regular and bold: gonum/plot's own PDF canvas would embed the fonts once more for
// every chart. The document's position, colours, line and font are left as the drawing needs them not: position and
// opacity are restored, the rest is for the caller to set before its next mark.
func OnPDF(pdf *fpdf.Fpdf, family string, x, y, w, h float64, spec scorecard.Chart) error {
	kind, err := find(spec)
	if err != nil {
		return err
	}
	if pdf.Err() {
		return fmt.Errorf("draw chart %s: %w", spec.ID, pdf.Error())
	}
	if !(w > 0 && h > 0) {
		return fmt.Errorf("draw chart %s: %w", spec.ID, errors.New("the rectangle on the page is empty"))
	}
	width := kind.natural(wide)
	height := kind.height(spec, width)
	scale := math.Min(w/width.Points(), h/height.Points())
	canvas := newPDFCanvas(pdf, family, flip(scale, x, y+height.Points()*scale))
	atX, atY := pdf.GetXY()
	kind.paint(draw.NewCanvas(canvas, width, height), spec)
	pdf.SetAlpha(1, "Normal")
	pdf.SetDashPattern(nil, 0)
	pdf.SetXY(atX, atY)
	if pdf.Err() {
		return fmt.Errorf("draw chart %s: %w", spec.ID, pdf.Error())
	}
	return nil
}

// pdfCanvas is a vg.Canvas on a page of an fpdf document.
type pdfCanvas struct {
	pdf    *fpdf.Fpdf
	family string
	now    pdfState
	stack  []pdfState
}

type pdfState struct {
	matrix matrix
	color  color.Color
	width  vg.Length
	dashes []vg.Length
	offset vg.Length
}

func newPDFCanvas(pdf *fpdf.Fpdf, family string, page matrix) *pdfCanvas {
	c := &pdfCanvas{pdf: pdf, family: family}
	c.now.matrix = page
	vg.Initialize(c)
	return c
}

// SetLineWidth is part of vg.Canvas.
func (c *pdfCanvas) SetLineWidth(width vg.Length) { c.now.width = width }

// SetLineDash is part of vg.Canvas.
func (c *pdfCanvas) SetLineDash(dashes []vg.Length, offset vg.Length) {
	c.now.dashes, c.now.offset = dashes, offset
}

// SetColor is part of vg.Canvas.
func (c *pdfCanvas) SetColor(value color.Color) {
	if value == nil {
		value = color.Black
	}
	c.now.color = value
}

// Rotate is part of vg.Canvas.
func (c *pdfCanvas) Rotate(radians float64) { c.now.matrix = c.now.matrix.rotate(radians) }

// Translate is part of vg.Canvas.
func (c *pdfCanvas) Translate(pt vg.Point) { c.now.matrix = c.now.matrix.translate(pt) }

// Scale is part of vg.Canvas.
func (c *pdfCanvas) Scale(x, y float64) { c.now.matrix = c.now.matrix.stretch(x, y) }

// Push is part of vg.Canvas.
func (c *pdfCanvas) Push() { c.stack = append(c.stack, c.now) }

// Pop is part of vg.Canvas.
func (c *pdfCanvas) Pop() {
	if last := len(c.stack) - 1; last >= 0 {
		c.now, c.stack = c.stack[last], c.stack[:last]
	}
}

// DrawImage is part of vg.Canvas. No chart holds a picture, so nothing is drawn.
func (c *pdfCanvas) DrawImage(vg.Rectangle, image.Image) {}

// Stroke is part of vg.Canvas.
func (c *pdfCanvas) Stroke(path vg.Path) {
	if c.now.width <= 0 || len(path) == 0 {
		return
	}
	red, green, blue := c.paint()
	c.pdf.SetDrawColor(red, green, blue)
	scale := c.now.matrix.size()
	c.pdf.SetLineWidth(c.now.width.Points() * scale)
	dashes := make([]float64, len(c.now.dashes))
	for i, dash := range c.now.dashes {
		dashes[i] = dash.Points() * scale
	}
	c.pdf.SetDashPattern(dashes, c.now.offset.Points()*scale)
	c.trace(path)
	c.pdf.DrawPath("D")
}

// Fill is part of vg.Canvas.
func (c *pdfCanvas) Fill(path vg.Path) {
	if len(path) == 0 {
		return
	}
	red, green, blue := c.paint()
	c.pdf.SetFillColor(red, green, blue)
	c.trace(path)
	c.pdf.DrawPath("F")
}

// FillString is part of vg.Canvas.
func (c *pdfCanvas) FillString(face font.Face, pt vg.Point, words string) {
	c.fillAligned(face, pt, 0, words)
}

// fillAligned sets text by the width that the document's own font gives it.
func (c *pdfCanvas) fillAligned(face font.Face, pt vg.Point, align float64, words string) {
	if face.Font.Size <= 0 || words == "" {
		return
	}
	weight := ""
	if face.Font.Weight >= stdfont.WeightBold {
		weight = "B"
	}
	red, green, blue := c.paint()
	c.pdf.SetTextColor(red, green, blue)
	c.pdf.SetFont(c.family, weight, 0)
	c.pdf.SetFontUnitSize(face.Font.Size.Points() * c.now.matrix.size())
	x, y := c.now.matrix.apply(pt)
	x += align * c.pdf.GetStringWidth(words)
	if turn := c.now.matrix.turn(); turn != 0 {
		c.pdf.TransformBegin()
		c.pdf.TransformRotate(-turn, x, y)
		defer c.pdf.TransformEnd()
	}
	c.pdf.Text(x, y, words)
}

// paint sets the opacity and tells the colour.
func (c *pdfCanvas) paint() (red, green, blue int) {
	value := color.NRGBAModel.Convert(c.now.color).(color.NRGBA)
	if known, themed := c.now.color.(ink); themed {
		value = known.value
	}
	c.pdf.SetAlpha(float64(value.A)/255, "Normal")
	return int(value.R), int(value.G), int(value.B)
}

// trace lays the path down on the page.
func (c *pdfCanvas) trace(path vg.Path) {
	at := c.now.matrix.apply
	for i, part := range path {
		switch part.Type {
		case vg.MoveComp:
			c.pdf.MoveTo(at(part.Pos))
		case vg.LineComp:
			c.pdf.LineTo(at(part.Pos))
		case vg.ArcComp:
			start, curves := arcCurves(part)
			if i == 0 {
				c.pdf.MoveTo(at(start))
			} else {
				c.pdf.LineTo(at(start))
			}
			for _, piece := range curves {
				c.cubic(piece)
			}
		case vg.CurveComp:
			if len(part.Control) == 1 {
				controlX, controlY := at(part.Control[0])
				endX, endY := at(part.Pos)
				c.pdf.CurveTo(controlX, controlY, endX, endY)
			} else {
				c.cubic(curve{part.Control[0], part.Control[1], part.Pos})
			}
		case vg.CloseComp:
			c.pdf.ClosePath()
		}
	}
}

func (c *pdfCanvas) cubic(piece curve) {
	at := c.now.matrix.apply
	x0, y0 := at(piece[0])
	x1, y1 := at(piece[1])
	x2, y2 := at(piece[2])
	c.pdf.CurveBezierCubicTo(x0, y0, x1, y1, x2, y2)
}
