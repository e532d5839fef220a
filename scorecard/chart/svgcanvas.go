package chart

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"strconv"
	"unicode/utf8"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// svgCanvas is a vg.Canvas that writes SVG elements: theme colours as classes, coordinates to one decimal, no style
// attributes, so that the strictest content security policy lets it through.
type svgCanvas struct {
	out   bytes.Buffer
	now   svgState
	stack []svgState
}

type svgState struct {
	matrix matrix
	color  color.Color
	width  vg.Length
	dashes []vg.Length
	offset vg.Length
}

func newSVGCanvas(height vg.Length) *svgCanvas {
	c := &svgCanvas{}
	c.now.matrix = flip(1, 0, height.Points())
	vg.Initialize(c)
	return c
}

// SetLineWidth is part of vg.Canvas.
func (c *svgCanvas) SetLineWidth(width vg.Length) { c.now.width = width }

// SetLineDash is part of vg.Canvas.
func (c *svgCanvas) SetLineDash(dashes []vg.Length, offset vg.Length) {
	c.now.dashes, c.now.offset = dashes, offset
}

// SetColor is part of vg.Canvas.
func (c *svgCanvas) SetColor(value color.Color) {
	if value == nil {
		value = color.Black
	}
	c.now.color = value
}

// Rotate is part of vg.Canvas.
func (c *svgCanvas) Rotate(radians float64) { c.now.matrix = c.now.matrix.rotate(radians) }

// Translate is part of vg.Canvas.
func (c *svgCanvas) Translate(pt vg.Point) { c.now.matrix = c.now.matrix.translate(pt) }

// Scale is part of vg.Canvas.
func (c *svgCanvas) Scale(x, y float64) { c.now.matrix = c.now.matrix.stretch(x, y) }

// Push is part of vg.Canvas.
func (c *svgCanvas) Push() { c.stack = append(c.stack, c.now) }

// Pop is part of vg.Canvas.
func (c *svgCanvas) Pop() {
	if last := len(c.stack) - 1; last >= 0 {
		c.now, c.stack = c.stack[last], c.stack[:last]
	}
}

// DrawImage is part of vg.Canvas. No chart holds a picture, and an inline one would need a data: source in the page's
// policy, so nothing is drawn.
func (c *svgCanvas) DrawImage(vg.Rectangle, image.Image) {}

// Stroke is part of vg.Canvas.
func (c *svgCanvas) Stroke(path vg.Path) {
	if c.now.width <= 0 || len(path) == 0 {
		return
	}
	scale := c.now.matrix.size()
	c.shape(path)
	c.paint('s', "stroke")
	c.attribute("stroke-width", c.now.width.Points()*scale)
	for i, dash := range c.now.dashes {
		if i == 0 {
			c.out.WriteString(` stroke-dasharray="`)
		} else {
			c.out.WriteByte(' ')
		}
		c.number(dash.Points() * scale)
	}
	if len(c.now.dashes) > 0 {
		c.out.WriteByte('"')
		if c.now.offset != 0 {
			c.attribute("stroke-dashoffset", c.now.offset.Points()*scale)
		}
	}
	c.out.WriteString("/>")
}

// Fill is part of vg.Canvas.
func (c *svgCanvas) Fill(path vg.Path) {
	if len(path) == 0 {
		return
	}
	c.shape(path)
	c.paint('f', "fill")
	c.out.WriteString("/>")
}

// FillString is part of vg.Canvas.
func (c *svgCanvas) FillString(face font.Face, pt vg.Point, text string) {
	c.fillAligned(face, pt, 0, text)
}

// fillAligned writes text with its anchor, so that it stays aligned where the reader's machine has another sans serif.
func (c *svgCanvas) fillAligned(face font.Face, pt vg.Point, align float64, text string) {
	if face.Font.Size <= 0 || text == "" {
		return
	}
	x, y := c.now.matrix.apply(pt)
	c.out.WriteString("<text")
	c.attribute("x", x)
	c.attribute("y", y)
	switch align {
	case -0.5:
		c.out.WriteString(` text-anchor="middle"`)
	case -1:
		c.out.WriteString(` text-anchor="end"`)
	}
	c.attribute("font-size", face.Font.Size.Points()*c.now.matrix.size())
	if face.Font.Weight >= stdfont.WeightBold {
		c.out.WriteString(` font-weight="700"`)
	}
	c.paint('f', "fill")
	if turn := c.now.matrix.turn(); turn != 0 {
		c.out.WriteString(` transform="rotate(`)
		c.number(turn)
		c.out.WriteByte(' ')
		c.pair(x, y)
		c.out.WriteString(`)"`)
	}
	c.out.WriteByte('>')
	escape(&c.out, text)
	c.out.WriteString("</text>")
}

// shape opens the element: a circle where the path is just that, a path otherwise.
func (c *svgCanvas) shape(path vg.Path) {
	if arc, whole := circleOf(path); whole {
		x, y := c.now.matrix.apply(arc.Pos)
		c.out.WriteString("<circle")
		c.attribute("cx", x)
		c.attribute("cy", y)
		c.attribute("r", arc.Radius.Points()*c.now.matrix.size())
		return
	}
	c.out.WriteString(`<path d="`)
	for _, part := range path {
		switch part.Type {
		case vg.MoveComp:
			c.command('M', part.Pos)
		case vg.LineComp:
			c.command('L', part.Pos)
		case vg.ArcComp:
			start, curves := arcCurves(part)
			c.command('L', start)
			for _, piece := range curves {
				c.command('C', piece[0], piece[1], piece[2])
			}
		case vg.CurveComp:
			if len(part.Control) == 1 {
				c.command('Q', part.Control[0], part.Pos)
			} else {
				c.command('C', part.Control[0], part.Control[1], part.Pos)
			}
		case vg.CloseComp:
			c.out.WriteByte('Z')
		}
	}
	c.out.WriteByte('"')
}

// circleOf recognises the path of a whole circle.
func circleOf(path vg.Path) (vg.PathComp, bool) {
	if len(path) != 3 || path[1].Type != vg.ArcComp || path[2].Type != vg.CloseComp {
		return vg.PathComp{}, false
	}
	return path[1], math.Abs(path[1].Angle) >= 2*math.Pi-1e-9
}

func (c *svgCanvas) command(letter byte, points ...vg.Point) {
	c.out.WriteByte(letter)
	for i, pt := range points {
		if i > 0 {
			c.out.WriteByte(' ')
		}
		c.pair(c.now.matrix.apply(pt))
	}
}

func (c *svgCanvas) pair(x, y float64) {
	c.number(x)
	c.out.WriteByte(' ')
	c.number(y)
}

// paint writes the class of a theme colour, or the colour itself for any other, with its opacity.
func (c *svgCanvas) paint(prefix byte, property string) {
	value := color.NRGBAModel.Convert(c.now.color).(color.NRGBA)
	if known, themed := c.now.color.(ink); themed {
		value = known.value // the round trip through premultiplied colour would lose the last bits
		c.out.WriteString(` class="`)
		c.out.WriteByte(prefix)
		c.out.WriteByte('-')
		c.out.WriteString(known.name)
		c.out.WriteByte('"')
	} else {
		c.out.WriteString(" " + property + `="` + ink{value: value}.hex() + `"`)
	}
	if value.A < 255 {
		c.out.WriteString(" " + property + `-opacity="`)
		c.out.WriteString(strconv.FormatFloat(float64(value.A)/255, 'f', 2, 64))
		c.out.WriteByte('"')
	}
}

func (c *svgCanvas) attribute(name string, value float64) {
	c.out.WriteByte(' ')
	c.out.WriteString(name)
	c.out.WriteString(`="`)
	c.number(value)
	c.out.WriteByte('"')
}

// number writes a length to one decimal: a tenth of a pixel is below what a screen or a printer can show.
func (c *svgCanvas) number(value float64) {
	tenths := math.Round(value * 10)
	if tenths == 0 {
		c.out.WriteByte('0') // never "-0"
		return
	}
	var buffer [32]byte
	c.out.Write(strconv.AppendFloat(buffer[:0], tenths/10, 'f', -1, 64))
}

// escape writes text as XML character data, good inside a quoted attribute too. What XML cannot hold is left out.
func escape(out *bytes.Buffer, text string) {
	for _, r := range text {
		switch {
		case r == '&':
			out.WriteString("&amp;")
		case r == '<':
			out.WriteString("&lt;")
		case r == '>':
			out.WriteString("&gt;")
		case r == '"':
			out.WriteString("&#34;")
		case r == utf8.RuneError, r < ' ' && r != '\t' && r != '\n', r == 0xFFFE, r == 0xFFFF:
		default:
			out.WriteRune(r)
		}
	}
}
