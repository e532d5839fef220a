package chart

import (
	"fmt"
	"image/color"
	"strings"

	"levelfield/scorecard"
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

// CSS is the stylesheet of the inline charts: a fill class and a stroke class for every colour of the theme, from the
// page's custom properties (--navy, --ink, --line, ...), with the light palette where a page has none.
func CSS() string {
	return rules(func(i ink) string { return fmt.Sprintf("var(--%s,%s)", i.name, i.hex()) })
}

// literalCSS is the stylesheet inside a file of its own, for readers of SVG that know no custom properties.
func literalCSS() string { return rules(ink.hex) }

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
