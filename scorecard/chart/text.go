package chart

import (
	"strings"
	"sync"

	stdfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Liberation Sans' own measures, in ems: above and below the baseline, and from line to line.
const (
	ascent  = 0.905
	descent = 0.212
	pitch   = 1.149
	middle  = 0.36 // half a capital: how far below a mark's centre its label's baseline stands
)

// writer is the text handler of all charts: Liberation Sans with widths from a table. The stock handler measures
// every string through the font file, which took most of the time of a chart.
type writer struct{}

// Cache is part of text.Handler.
func (writer) Cache() *font.Cache { return faces() }

// Extents is part of text.Handler.
func (writer) Extents(fnt font.Font) font.Extents {
	return font.Extents{Ascent: ascent * fnt.Size, Descent: descent * fnt.Size, Height: pitch * fnt.Size}
}

// Lines is part of text.Handler.
func (writer) Lines(words string) []string {
	return strings.Split(strings.TrimRight(words, "\n"), "\n")
}

// Box is part of text.Handler.
func (writer) Box(words string, fnt font.Font) (width, height, depth vg.Length) {
	return measure(words, fnt), ascent * fnt.Size, descent * fnt.Size
}

// alignedCanvas is a canvas that aligns text itself.
type alignedCanvas interface {
	fillAligned(face font.Face, pt vg.Point, align float64, words string)
}

// Draw is part of text.Handler: the baseline of the last line stands at pt, moved by the alignment. No chart turns its
// text, so a rotation is not heeded.
func (w writer) Draw(c vg.Canvas, words string, style text.Style, pt vg.Point) {
	c.SetColor(style.Color)
	face := faces().Lookup(style.Font, style.Font.Size)
	lines := w.Lines(words)
	size := style.Font.Size
	block := (ascent+descent)*size + vg.Length(len(lines)-1)*pitch*size
	pt.Y += block*vg.Length(style.YAlign) + vg.Length(len(lines)-1)*pitch*size
	aligned, aligns := innermost(c).(alignedCanvas)
	for _, words := range lines {
		if aligns {
			aligned.fillAligned(face, pt, float64(style.XAlign), words)
		} else {
			c.FillString(face, vg.Point{X: pt.X + vg.Length(style.XAlign)*measure(words, style.Font), Y: pt.Y}, words)
		}
		pt.Y -= pitch * size
	}
}

// innermost is the canvas below gonum's own wrappers.
func innermost(c vg.Canvas) vg.Canvas {
	for {
		switch wrapper := c.(type) {
		case draw.Canvas:
			c = wrapper.Canvas
		case *draw.Canvas:
			c = wrapper.Canvas
		case branded:
			c = wrapper.Canvas
		default:
			return c
		}
	}
}

// typeStyle is a style of text by size and colour.
func typeStyle(size vg.Length, colour ink) text.Style {
	return text.Style{
		Color:   colour,
		Font:    font.Font{Typeface: "Liberation", Variant: "Sans", Size: size},
		Handler: writer{},
	}
}

// bold is the style in bold.
func bold(style text.Style) text.Style {
	style.Font.Weight = stdfont.WeightBold
	return style
}

// aligned is the style with a horizontal alignment.
func aligned(style text.Style, align text.XAlignment) text.Style {
	style.XAlign = align
	return style
}

// write draws lines of text whose middle stands at the height of pt.
func write(c draw.Canvas, style text.Style, x, y vg.Length, words string) {
	lines := strings.Count(words, "\n")
	y -= middle*style.Font.Size + vg.Length(lines)*pitch*style.Font.Size/2
	style.YAlign = draw.YBottom
	c.FillText(style, vg.Point{X: x, Y: y}, words)
}

// wrap breaks text into lines no wider than the width, at spaces only: a single long word is never cut.
func wrap(words string, style text.Style, width vg.Length) string {
	if measure(words, style.Font) <= width {
		return words
	}
	var lines []string
	current := ""
	for _, word := range strings.Fields(words) {
		longer := word
		if current != "" {
			longer = current + " " + word
		}
		if current != "" && measure(longer, style.Font) > width {
			lines = append(lines, current)
			longer = word
		}
		current = longer
	}
	return strings.Join(append(lines, current), "\n")
}

// tall is the height of a block of text.
func tall(words string, style text.Style) vg.Length {
	return vg.Length(strings.Count(words, "\n")+1) * pitch * style.Font.Size
}

// broad is the width of a block of text.
func broad(words string, style text.Style) vg.Length {
	var widest vg.Length
	for _, words := range strings.Split(words, "\n") {
		widest = max(widest, measure(words, style.Font))
	}
	return widest
}

// faces is the font cache, of the fonts that gonum/plot ships.
var faces = sync.OnceValue(func() *font.Cache { return font.NewCache(liberation.Collection()) })

// tabled is the range of runes whose widths are held in the table: Latin with its accents.
const tabled = 0x180

// advances holds the widths of the tabled runes in ems, regular and bold.
var advances = sync.OnceValue(func() *[2][tabled]float64 {
	var table [2][tabled]float64
	for weight := range table {
		face := faceOf(weight)
		for r := range rune(tabled) {
			table[weight][r] = advance(face, r)
		}
	}
	return &table
})

func faceOf(weight int) *opentype.Font {
	fnt := font.Font{Typeface: "Liberation", Variant: "Sans"}
	if weight == 1 {
		fnt.Weight = stdfont.WeightBold
	}
	return faces().Lookup(fnt, 1).Face
}

// advance is the width of a rune in ems; a rune that the font cannot tell counts as one em, wide enough for any.
func advance(face *opentype.Font, r rune) float64 {
	var buffer sfnt.Buffer
	units := fixed.Int26_6(face.UnitsPerEm())
	glyph, err := face.GlyphIndex(&buffer, r)
	if err != nil {
		return 1
	}
	width, err := face.GlyphAdvance(&buffer, glyph, units, stdfont.HintingNone)
	if err != nil {
		return 1
	}
	return float64(width) / float64(units)
}

// measure is the width of a line of text.
func measure(words string, fnt font.Font) vg.Length {
	weight := 0
	if fnt.Weight >= stdfont.WeightBold {
		weight = 1
	}
	table := &advances()[weight]
	ems := 0.0
	for _, r := range words {
		if r < tabled {
			ems += table[r]
		} else {
			ems += advance(faceOf(weight), r)
		}
	}
	return vg.Length(ems) * fnt.Size
}

// lower is words with a small first letter, for use inside a sentence.
func lower(words string) string {
	if words == "" {
		return ""
	}
	return strings.ToLower(words[:1]) + words[1:]
}
