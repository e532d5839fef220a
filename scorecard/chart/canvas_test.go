package chart

import (
	"bytes"
	"image/color"
	"math"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

func document(t testing.TB) *fpdf.Fpdf {
	t.Helper()
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCreationDate(time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC))
	pdf.SetModificationDate(time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC))
	pdf.SetCatalogSort(true)
	pdf.AddUTF8FontFromBytes("Liberation", "", liberationsansregular.TTF)
	pdf.AddUTF8FontFromBytes("Liberation", "B", liberationsansbold.TTF)
	pdf.AddPage()
	return pdf
}

func TestOnPDF(t *testing.T) {
	t.Parallel()
	all := samples(t)
	build := func() []byte {
		pdf := document(t)
		for _, name := range []string{"trend-bounded", "bars-intervals", "stacked", "dumbbell", "sparkline", "strip-worse", "trend-empty", "spine", "rug", "gradient",
			"gap", "spc", "funnel", "bullet", "multiples", "timeline", "tiles", "survival", "map"} {
			pdf.SetXY(11, 12)
			if err := OnPDF(pdf, "Liberation", 20, 30, 170, 120, all[name]); err != nil {
				t.Fatal(err)
			}
			if x, y := pdf.GetXY(); x != 11 || y != 12 {
				t.Errorf("%s: got the position moved to %g, %g, want it kept", name, x, y)
			}
			if alpha, _ := pdf.GetAlpha(); alpha != 1 {
				t.Errorf("%s: got opacity %g left behind, want 1", name, alpha)
			}
			pdf.AddPage()
		}
		var b bytes.Buffer
		if err := pdf.Output(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	first := build()
	if !bytes.Equal(first, build()) {
		t.Error("got different documents from the same specifications, want equal bytes")
	}
	if len(first) > 200_000 {
		t.Errorf("got %d bytes, want the fonts embedded once as subsets", len(first))
	}
}

func TestOnPDFErrors(t *testing.T) {
	t.Parallel()
	spec := samples(t)["trend-interval"]
	if err := OnPDF(document(t), "Unregistered", 0, 0, 100, 100, spec); err == nil {
		t.Error("got no error for a font that the document has not, want one")
	}
	if err := OnPDF(document(t), "Liberation", 0, 0, 0, 100, spec); err == nil {
		t.Error("got no error for an empty rectangle, want one")
	}
}

// TestSVGCanvas draws what charts do not, so that the canvas holds for any plotter.
func TestSVGCanvas(t *testing.T) {
	t.Parallel()
	c := newSVGCanvas(100)
	c.SetColor(nil)
	c.Push()
	c.Translate(vg.Point{X: 10, Y: 20})
	c.Rotate(math.Pi / 2)
	c.Scale(2, 2)
	c.FillString(font.Face{Font: font.Font{Size: 10}}, vg.Point{X: 5}, `a<b & "c"`)
	c.Pop()
	c.Pop()
	c.SetColor(color.NRGBA{R: 255, A: 51})
	var arc vg.Path
	arc.Move(vg.Point{X: 10, Y: 0})
	arc.Arc(vg.Point{}, 10, 0, math.Pi/2)
	arc.QuadTo(vg.Point{X: 1, Y: 2}, vg.Point{X: 3, Y: 4})
	arc.CubeTo(vg.Point{X: 1, Y: 2}, vg.Point{X: 3, Y: 4}, vg.Point{X: 5, Y: 6})
	arc.Close()
	c.Fill(arc)
	c.SetLineWidth(0)
	c.Stroke(arc)
	got := strings.ReplaceAll(c.out.String(), "><", ">\n<")
	want := `<text x="10" y="70" font-size="20" fill="#000000" transform="rotate(-90 10 70)">a&lt;b &amp; &#34;c&#34;</text>
<path d="M10 100L10 100C10 94.5 5.5 90 0 90Q1 98 3 96C1 98 3 96 5 94Z" fill="#FF0000" fill-opacity="0.20"/>`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
