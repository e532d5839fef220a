package chart

import (
	"fmt"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// families is the font stack; Arial and Liberation Sans have the same widths, so the layout holds in both.
const families = "Liberation Sans,Arial,Helvetica,sans-serif"

// SVG is the chart as an inline <svg> element for a page that includes [CSS]. Title and description are inside, as
// its accessible name; the visible title, subtitle and source are the page's.
func SVG(spec scorecard.Chart) (string, error) { return inline(spec, wide, spec.ID) }

// NarrowSVG is the same chart drawn for a telephone's width, to stand beside [SVG] with only one of the two displayed.
// Its id is the chart's with "-narrow". A compact chart has one size and comes out the same.
func NarrowSVG(spec scorecard.Chart) (string, error) { return inline(spec, narrow, spec.ID+"-narrow") }

func inline(spec scorecard.Chart, offered vg.Length, id string) (string, error) {
	kind, err := find(spec)
	if err != nil {
		return "", err
	}
	width := kind.natural(offered)
	height := kind.height(spec, width)
	canvas := newSVGCanvas(height)
	canvas.open(spec, id, width, height, "")
	kind.paint(draw.NewCanvas(canvas, width, height), spec)
	canvas.out.WriteString("</svg>")
	return canvas.out.String(), nil
}

// StandaloneSVG is the chart as a file of its own: with the title, subtitle and source drawn, the light palette, and
// a size. The rights are the words that the licence of the figures asks for; they stand in the file's metadata.
func StandaloneSVG(spec scorecard.Chart, rights string) ([]byte, error) {
	kind, err := find(spec)
	if err != nil {
		return nil, err
	}
	frame := frameOf(kind, spec)
	canvas := newSVGCanvas(frame.height)
	canvas.open(spec, spec.ID, frame.width, frame.height, ` xmlns="http://www.w3.org/2000/svg"`)
	if rights != "" {
		canvas.out.WriteString("<metadata>")
		escape(&canvas.out, rights)
		canvas.out.WriteString("</metadata>")
	}
	canvas.out.WriteString("<style>\n" + literalCSS(spec) + "</style>")
	frame.draw(draw.NewCanvas(canvas, frame.width, frame.height))
	canvas.out.WriteString("</svg>\n")
	return canvas.out.Bytes(), nil
}

// open writes the root element with the accessible name. fill="none" there spares it on every stroked path.
func (c *svgCanvas) open(spec scorecard.Chart, id string, width, height vg.Length, namespace string) {
	size := `width="100%"`
	if namespace != "" {
		size = fmt.Sprintf(`width="%g" height="%g"`, width.Points(), height.Points())
	}
	name := spec.Title
	if name == "" {
		name = spec.Subtitle
	}
	if name == "" {
		name = "Chart"
	}
	fmt.Fprintf(&c.out, `<svg%s role="img" viewBox="0 0 %g %g" %s aria-labelledby="`, namespace, width.Points(), height.Points(), size)
	for i, suffix := range []string{"-t", "-d"} {
		if i > 0 {
			c.out.WriteByte(' ')
		}
		escape(&c.out, id+suffix)
	}
	fmt.Fprintf(&c.out, `" fill="none" stroke-linejoin="round" font-family="%s">`, families)
	c.element("title", id+"-t", name)
	c.element("desc", id+"-d", Describe(spec))
}

func (c *svgCanvas) element(name, id, text string) {
	c.out.WriteString("<" + name + ` id="`)
	escape(&c.out, id)
	c.out.WriteString(`">`)
	escape(&c.out, text)
	c.out.WriteString("</" + name + ">")
}
