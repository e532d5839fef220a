package render

import (
	"fmt"
	"strings"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// inkColour is a colour of the pack.
type inkColour struct{ red, green, blue int }

// The colours of the pages, in the light: see assets/style.css. All but pale carry text at 4.5:1 or more.
var (
	darkInk  = inkColour{0x1D, 0x23, 0x27}
	mutedInk = inkColour{0x50, 0x57, 0x5E}
	paleInk  = inkColour{0xD5, 0xD9, 0xDD}
	paperInk = inkColour{0xFF, 0xFF, 0xFF}
	navyInk  = inkColour{0x12, 0x43, 0x6D}
	// internalInk is the band of the internal edition.
	internalInk = inkColour{0x80, 0x16, 0x50}
	betterInk   = inkColour{0x0B, 0x5F, 0x58}
	similarInk  = inkColour{0x3D, 0x44, 0x49}
	worseInk    = inkColour{0x8A, 0x34, 0x06}
)

// face is how a text is set: its size in points, its weight and its colour.
type face struct {
	size float64
	bold bool
	ink  inkColour
}

// The faces of the pack. Nothing is smaller than 7 points, which still reads after a photocopy.
var (
	titleType      = face{34, true, darkInk}
	sectionType    = face{18, true, darkInk}
	subsectionType = face{11.5, true, darkInk}
	bodyType       = face{10, false, darkInk}
	leadType       = face{10, false, mutedInk}
	strongType     = face{10, true, darkInk}
	cellType       = face{8.2, false, darkInk}
	cellBold       = face{8.2, true, darkInk}
	linkType       = face{8.2, true, navyInk}
	valueType      = face{9.6, true, darkInk}
	headType       = face{7.4, true, mutedInk}
	smallType      = face{7.2, false, mutedInk}
)

// millimetres in a point.
const point = 25.4 / 72

// lead is the distance from line to line, and base that from the top of a line to its letters' feet.
func (f face) lead() float64 { return f.size * 1.28 * point }
func (f face) base() float64 { return f.size * 1.0 * point }

// meter measures text in Liberation Sans and knows what the fonts can print.
type meter struct {
	fonts    [2]*sfnt.Font
	advances [2]map[rune]float64 // in ems; -1 where the font has no such sign
}

func newMeter() (*meter, error) {
	m := &meter{}
	for weight, ttf := range [][]byte{liberationsansregular.TTF, liberationsansbold.TTF} {
		parsed, err := sfnt.Parse(ttf)
		if err != nil {
			return nil, fmt.Errorf("read font: %w", err)
		}
		m.fonts[weight], m.advances[weight] = parsed, map[rune]float64{}
	}
	return m, nil
}

// advance is the width of a sign in ems; -1 where the font lacks it.
func (m *meter) advance(bold bool, r rune) float64 {
	weight := 0
	if bold {
		weight = 1
	}
	ems, known := m.advances[weight][r]
	if !known {
		ems = lookUp(m.fonts[weight], r)
		m.advances[weight][r] = ems
	}
	return ems
}

func lookUp(parsed *sfnt.Font, r rune) float64 {
	var buffer sfnt.Buffer
	glyph, err := parsed.GlyphIndex(&buffer, r)
	if err != nil || glyph == 0 || r > 0xFFFF {
		return -1
	}
	units := fixed.Int26_6(parsed.UnitsPerEm())
	width, err := parsed.GlyphAdvance(&buffer, glyph, units, font.HintingNone)
	if err != nil {
		return -1
	}
	return float64(width) / float64(units)
}

// unknown stands for a sign that can neither be set nor drawn, so that its absence shows.
const unknown = '□'

// clean is text without control characters, and with a box for every sign that can be neither set nor drawn.
func (m *meter) clean(words string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case r < ' ' || r == 0x7F || r == 0xAD || r == 0xFEFF:
			return -1
		case m.advance(false, r) >= 0 || drawn(r):
			return r
		}
		return unknown
	}, words)
}

// settable is clean text with a box for drawn shapes too, for what the document sets without this package: bookmarks,
// metadata and the labels of charts. The writer cannot hold a sign beyond the first 65,536.
func (m *meter) settable(words string) string {
	return strings.Map(func(r rune) rune {
		if m.advance(false, r) < 0 {
			return unknown
		}
		return r
	}, m.clean(words))
}

// width is the width of clean text in millimetres.
func (m *meter) width(f face, words string) float64 {
	ems := 0.0
	for _, r := range words {
		if advance := m.advance(f.bold, r); advance >= 0 {
			ems += advance
		} else {
			ems += shapeEms
		}
	}
	return ems * f.size * point
}

// wrap breaks text into lines no wider than the width: at spaces, and inside a word only where the word alone is too
// long for a line.
func (m *meter) wrap(f face, words string, width float64) []string {
	var lines []string
	current := ""
	for _, word := range strings.FieldsFunc(m.clean(words), func(r rune) bool { return r == ' ' }) {
		if current != "" && m.width(f, current+" "+word) <= width {
			current += " " + word
			continue
		}
		if current != "" {
			lines = append(lines, current)
		}
		for m.width(f, word) > width {
			head := m.head(f, word, width)
			lines = append(lines, word[:head])
			word = word[head:]
		}
		current = word
	}
	if current != "" {
		lines = append(lines, current)
	}
	return lines
}

// head is how many bytes of a word fill the width: one sign at least, and a break after a slash or a hyphen if one is
// near.
func (m *meter) head(f face, word string, width float64) int {
	end, after := 0, 0
	for i, r := range word {
		if i > 0 && m.width(f, word[:i+len(string(r))]) > width {
			break
		}
		end = i + len(string(r))
		if strings.ContainsRune("/-–_.", r) && i > 2 {
			after = end
		}
	}
	if after > 0 {
		return after
	}
	return end
}

// use sets the font and the colour of text.
func (p *press) use(f face) {
	style := ""
	if f.bold {
		style = "B"
	}
	p.pdf.SetFont(family, style, f.size)
	ink := p.tinted(f.ink)
	p.pdf.SetTextColor(ink.red, ink.green, ink.blue)
}

// text prints clean text with its letters' feet at y. A shape that the font lacks is drawn in its place.
func (p *press) text(x, y float64, f face, words string) {
	words = p.meter.clean(words)
	run := ""
	set := func() {
		if run == "" {
			return
		}
		p.use(f)
		p.pdf.Text(x, y, run)
		x += p.meter.width(f, run)
		run = ""
	}
	for _, r := range words {
		if p.meter.advance(f.bold, r) >= 0 {
			run += string(r)
			continue
		}
		set()
		p.shape(string(r), x+f.size*point*0.04, y-f.size*point*0.78, f.size*point*(shapeEms-0.08), f.ink)
		x += shapeEms * f.size * point
	}
	set()
}
