package chart

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"

	"levelfield/scorecard"
)

// vision is a way of seeing colours: a matrix on linear red, green and blue.
type vision struct {
	name   string
	matrix [3][3]float64
}

// visions are greyscale (the luminance of WCAG), and complete protanopia, deuteranopia and tritanopia: Machado, Oliveira
// and Fernandes (2009), A physiologically-based model for simulation of color vision deficiency, IEEE Transactions on
// Visualization and Computer Graphics 15(6), table for severity 1.0.
var visions = []vision{
	{"grey", [3][3]float64{{0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}}},
	{"protanopia", [3][3]float64{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
	{"deuteranopia", [3][3]float64{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
	{"tritanopia", [3][3]float64{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}},
}

func linear(value color.NRGBA) [3]float64 {
	var parts [3]float64
	for i, part := range [3]uint8{value.R, value.G, value.B} {
		v := float64(part) / 255
		if v <= 0.04045 {
			parts[i] = v / 12.92
		} else {
			parts[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return parts
}

// seen is a colour as CIELAB (D65) after a vision.
func (v vision) seen(value color.NRGBA) [3]float64 {
	from := linear(value)
	var rgb [3]float64
	for i, row := range v.matrix {
		rgb[i] = math.Min(math.Max(row[0]*from[0]+row[1]*from[1]+row[2]*from[2], 0), 1)
	}
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124*rgb[0] + 0.3576*rgb[1] + 0.1805*rgb[2]) / 0.95047)
	y := f(0.2126*rgb[0] + 0.7152*rgb[1] + 0.0722*rgb[2])
	z := f((0.0193*rgb[0] + 0.1192*rgb[1] + 0.9505*rgb[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// apart is how far two colours are from each other (CIE 1976) in the eye that tells them apart worst, and whose that is.
func apart(a, b color.NRGBA) (float64, string) {
	least, whose := math.Inf(1), ""
	for _, v := range visions {
		p, q := v.seen(a), v.seen(b)
		if d := math.Sqrt(math.Pow(p[0]-q[0], 2) + math.Pow(p[1]-q[1], 2) + math.Pow(p[2]-q[2], 2)); d < least {
			least, whose = d, v.name
		}
	}
	return least, whose
}

// plainlyApart is the least distance at which two marks of one form may differ by colour alone: ten times the difference
// that can just be seen (2.3, Mahy and others 1994), so that it holds for thin marks that are far from each other.
const plainlyApart = 23

// sign is one mark of a drawing: its form and size, which is all that a photocopy keeps, and its colour on paper.
type sign struct {
	form      string
	size      float64 // a line's width, a circle's radius
	low, high float64 // where it lies upright
	colour    color.NRGBA
}

// rowKinds are the kinds whose marks stand in rows, each with its name beside it: marks in different rows are told apart by
// that.
var rowKinds = []scorecard.ChartKind{scorecard.BarsChart, scorecard.StackedChart, scorecard.BulletChart, scorecard.SpineChart}

// alike says whether two marks differ in nothing but colour.
func alike(kind scorecard.ChartKind, a, b sign) bool {
	if a.form != b.form || max(a.size, b.size) >= 1.5*min(a.size, b.size) && min(a.size, b.size) > 0 {
		return false
	}
	return !slices.Contains(rowKinds, kind) || a.low < b.high && b.low < a.high
}

// signs are the marks of a drawing. White ones are the paper around other marks; pale washes repeat what the marks on
// them say, which TestTintsOnlyRepeat holds.
func signs(t testing.TB, spec scorecard.Chart) []sign {
	t.Helper()
	var canvas recorder.Canvas
	width, height, err := Size(spec)
	if err != nil {
		t.Fatal(err)
	}
	if err := Draw(draw.NewCanvas(&canvas, vg.Length(width), vg.Length(height)), spec); err != nil {
		t.Fatal(err)
	}
	var found []sign
	current, dash, thick := ink{}, "", vg.Length(0)
	add := func(form string, size vg.Length, path vg.Path) {
		made := sign{form: form, size: size.Points(), low: math.Inf(1), high: math.Inf(-1), colour: over(current, paper.value)}
		for _, part := range path {
			if part.Type == vg.MoveComp || part.Type == vg.LineComp {
				made.low, made.high = math.Min(made.low, part.Pos.Y.Points()-1), math.Max(made.high, part.Pos.Y.Points()+1)
			}
		}
		if current.name != paper.name && current.name != "" && current.value.A > palest && !slices.Contains(found, made) {
			found = append(found, made)
		}
	}
	for _, action := range canvas.Actions {
		switch action := action.(type) {
		case *recorder.SetColor:
			current, _ = action.Color.(ink)
		case *recorder.SetLineDash:
			dash = fmt.Sprint(action.Dashes)
		case *recorder.SetLineWidth:
			thick = action.Width
		case *recorder.Stroke:
			add(fmt.Sprintf("stroke %s %s", dash, formOf(action.Path)), thick, action.Path)
		case *recorder.Fill:
			size := vg.Length(0)
			if arc, whole := circleOf(action.Path); whole {
				size = arc.Radius
			}
			add("fill "+formOf(action.Path), size, action.Path)
		}
	}
	return found
}

// palest is the opacity (of 255) up to which an ink is a tint.
const palest = 100

// formOf names a path's shape whatever its place: a circle, a square, or its corners with the directions between them.
// A line of more than two points has no directions, for it follows the data.
func formOf(path vg.Path) string {
	if _, whole := circleOf(path); whole {
		return "circle"
	}
	closed := path[len(path)-1].Type == vg.CloseComp
	if !closed && len(path) > 2 && len(path) != 5 {
		return "line of several points"
	}
	form := "corners"
	sides := map[string]float64{}
	for i := 1; i < len(path) && path[i].Type == vg.LineComp; i++ {
		dx, dy := path[i].Pos.X-path[i-1].Pos.X, path[i].Pos.Y-path[i-1].Pos.Y
		direction := "slanting"
		switch {
		case math.Abs(float64(dx)) < 0.01:
			direction = "upright"
		case math.Abs(float64(dy)) < 0.01:
			direction = "level"
		}
		form += " " + direction
		sides[direction] = math.Hypot(float64(dx), float64(dy))
	}
	if len(path) > 3 && sides["level"] > 0 && math.Abs(sides["level"]-sides["upright"]) < 0.01 {
		return "square"
	}
	return form
}

// TestNoMarkIsToldByColourAlone: in the drawing of every kind, marks of one form that differ in colour stay apart in grey
// and under three kinds of colour blindness. Lines at the grid's colour are no marks.
func TestNoMarkIsToldByColourAlone(t *testing.T) {
	t.Parallel()
	for name, spec := range samples(t) {
		found := signs(t, spec)
		for i, a := range found {
			for _, b := range found[:i] {
				if a.colour == b.colour || !alike(spec.Kind, a, b) {
					continue
				}
				if distance, whose := apart(a.colour, b.colour); distance < plainlyApart {
					t.Errorf("%s: got two marks of form %q in %v and %v only %.0f apart in %s, want another shape or dash", name, a.form, a.colour, b.colour, distance, whose)
				}
			}
		}
	}
}

// TestVisionTellsTheAlike shows that the test above can fail: two colours of the palette that are alike in grey.
func TestVisionTellsTheAlike(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]ink{{navy, plum}, {teal, orange}} {
		if distance, whose := apart(pair[0].value, pair[1].value); distance >= plainlyApart || whose == "" {
			t.Errorf("got %s and %s %.0f apart in %s, want them too near for colour alone", pair[0].name, pair[1].name, distance, whose)
		}
	}
	if distance, _ := apart(navy.value, paper.value); distance < 60 {
		t.Errorf("got navy and paper %.0f apart, want them far", distance)
	}
	black, _ := apart(color.NRGBA{A: 255}, color.NRGBA{R: 255, G: 255, B: 255, A: 255})
	if math.Abs(black-100) > 0.1 {
		t.Errorf("got black and white %.2f apart, want 100 (CIELAB)", black)
	}
}

// TestTintsOnlyRepeat: cells of a rug that differ in tint differ in the shape in them.
func TestTintsOnlyRepeat(t *testing.T) {
	t.Parallel()
	shapes := map[string]scorecard.Tone{}
	for _, tone := range []scorecard.Tone{scorecard.Better, scorecard.Similar, scorecard.Worse, scorecard.None} {
		value := 1.0
		spec := scorecard.Chart{Kind: scorecard.RugChart, Grid: &scorecard.Grid{
			Columns: []scorecard.GridColumn{{Label: "Thurrock", Role: scorecard.FocusRole}},
			Rows:    []scorecard.GridRow{{Label: "A line", Cells: []scorecard.GridCell{{Value: &value, Tone: tone}}}},
		}}
		var forms []string
		for _, found := range signs(t, spec) {
			forms = append(forms, found.form)
		}
		slices.Sort(forms)
		drawn := strings.Join(forms, "; ")
		if other, seen := shapes[drawn]; seen {
			t.Errorf("got cells of %s and %s drawn alike but for their tint, want different shapes", tone, other)
		}
		shapes[drawn] = tone
	}
}

// TestClassesOfAMapDifferInLightness: neighbouring classes differ by 1.3 in contrast, and words hold 4.5 on each.
func TestClassesOfAMapDifferInLightness(t *testing.T) {
	t.Parallel()
	for classes := 1; classes <= len(classShares); classes++ {
		var before color.NRGBA
		for class := range classes {
			ground, words := classInk(class, classes)
			here := over(ground, paper.value)
			if got := contrast(words.value, here); got < 4.5 {
				t.Errorf("got %.2f for words on class %d of %d, want 4.5", got, class+1, classes)
			}
			if class > 0 && contrast(before, here) < 1.3 {
				t.Errorf("got %.2f between classes %d and %d of %d, want 1.3", contrast(before, here), class, class+1, classes)
			}
			before = here
		}
	}
}
