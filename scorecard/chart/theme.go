package chart

import (
	"fmt"
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// This file is the theme: the type, the spacing and the palette of every chart, and what a council's own colours change.

// The text sizes: nothing in a full chart is smaller than 13 px.
const (
	small  = vg.Length(13)
	medium = vg.Length(14)
	large  = vg.Length(15)
	title  = vg.Length(19)
)

// The spacing.
const (
	margin     = vg.Length(24) // around a chart in a file of its own
	gutter     = vg.Length(12) // between a column of words and the marks beside it
	rowHeight  = vg.Length(30) // of one line of words with its marks
	markSize   = vg.Length(5)  // the radius of a mark
	breakPoint = vg.Length(500)
)

// ink is a colour of the theme. The SVG canvas writes its name as a class, so that a page's stylesheet can change it in
// the dark or in print; the other canvases see an ordinary colour.
type ink struct {
	name  string
	value color.NRGBA // not premultiplied: color.RGBA would come out wrong where alpha is below 255
}

// RGBA makes ink a color.Color.
func (i ink) RGBA() (red, green, blue, alpha uint32) { return i.value.RGBA() }

// wash is the same ink, thinned to the share given.
func (i ink) wash(share float64) ink {
	i.value.A = uint8(share*255 + 0.5)
	return i
}

// The palette: Government Analysis Function, and the greys of the pages. Muted has 7.4:1 on paper and may carry text;
// orange has 3.0:1 and is for marks only.
var (
	navy   = ink{"navy", color.NRGBA{0x12, 0x43, 0x6D, 0xFF}}
	teal   = ink{"teal", color.NRGBA{0x28, 0xA1, 0x97, 0xFF}}
	plum   = ink{"plum", color.NRGBA{0x80, 0x16, 0x50, 0xFF}}
	orange = ink{"orange", color.NRGBA{0xF4, 0x6A, 0x25, 0xFF}}
	dark   = ink{"ink", color.NRGBA{0x1D, 0x23, 0x27, 0xFF}}
	muted  = ink{"muted", color.NRGBA{0x50, 0x57, 0x5E, 0xFF}}
	line   = ink{"line", color.NRGBA{0xD5, 0xD9, 0xDD, 0xFF}}
	paper  = ink{"paper", color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}}
)

// theme lists the palette in the order of the stylesheet.
var theme = []ink{navy, teal, plum, orange, dark, muted, line, paper}

// barShare thins muted for the bars of other areas: 3.4:1 on paper and still plainly lighter than navy in grey.
const barShare = 0.7

// Colour is a colour of the theme by the name of its custom property, as #RRGGBB.
type Colour struct{ Name, Hex string }

// Palette is the theme's colours on light paper.
func Palette() []Colour {
	colours := make([]Colour, len(theme))
	for i, one := range theme {
		colours[i] = Colour{one.name, one.hex()}
	}
	return colours
}

// CSS is the stylesheet of the inline charts: a fill class and a stroke class for every colour of the theme, from the
// page's custom properties (--navy, --ink, --line, ...), with the light palette where a page has none.
func CSS() string {
	return rules(func(i ink) string { return fmt.Sprintf("var(--%s,%s)", i.name, i.hex()) })
}

// literalCSS is the stylesheet inside a file of its own, for readers of SVG that know no custom properties.
func literalCSS(spec scorecard.Chart) string {
	return rules(func(i ink) string { return inBrand(i, spec).hex() })
}

// inBrand is an ink as a chart's own colours have it: the accent stands for navy, the second colour for orange. The name
// stays, for that is what a stylesheet goes by.
func inBrand(i ink, spec scorecard.Chart) ink {
	for _, own := range []struct {
		instead ink
		colour  string
	}{{navy, spec.Accent}, {orange, spec.Second}} {
		var red, green, blue uint8
		if i.name != own.instead.name || len(own.colour) != 7 {
			continue
		}
		if _, err := fmt.Sscanf(own.colour, "#%02x%02x%02x", &red, &green, &blue); err == nil {
			i.value.R, i.value.G, i.value.B = red, green, blue
		}
	}
	return i
}

// branded is a canvas that draws a chart in its own colours.
type branded struct {
	vg.Canvas
	spec scorecard.Chart
}

// SetColor is part of vg.Canvas.
func (b branded) SetColor(value color.Color) {
	if known, themed := value.(ink); themed {
		value = inBrand(known, b.spec)
	}
	b.Canvas.SetColor(value)
}

// paint draws a figure in the colours of its specification.
func (f figure) paint(c draw.Canvas, spec scorecard.Chart) {
	if spec.Accent != "" || spec.Second != "" {
		c.Canvas = branded{Canvas: c.Canvas, spec: spec}
	}
	f.draw(c, spec)
}

func rules(value func(ink) string) string {
	var b strings.Builder
	for _, i := range theme {
		fmt.Fprintf(&b, ".f-%s{fill:%s}.s-%s{stroke:%s}\n", i.name, value(i), i.name, value(i))
	}
	return b.String()
}

func (i ink) hex() string { return fmt.Sprintf("#%02X%02X%02X", i.value.R, i.value.G, i.value.B) }

// toneInk is the colour of a verdict's mark; its shape differs too, see stripMark.
func toneInk(tone scorecard.Tone) ink {
	switch tone {
	case scorecard.Better:
		return teal
	case scorecard.Worse:
		return orange
	default:
		return muted
	}
}
