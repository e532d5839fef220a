package chart

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"

	"levelfield/scorecard"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// samples are the specifications in testdata, by file name: a new case is a new file. The figures of Thurrock and
// England are published ones; those of its neighbours only look like it.
func samples(t testing.TB) map[string]scorecard.Chart {
	t.Helper()
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no specifications in testdata: %v", err)
	}
	specs := map[string]scorecard.Chart{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var spec scorecard.Chart
		if err := json.Unmarshal(content, &spec); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		specs[strings.TrimSuffix(filepath.Base(file), ".json")] = spec
	}
	return specs
}

// golden compares a text with a file of testdata, or rewrites the file.
func golden(t *testing.T, file, got string) {
	t.Helper()
	path := filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); -update rewrites it:\n%s", file, diff)
	}
}

// TestSVG holds every sample's drawing, one element a line so that a difference can be read.
func TestSVG(t *testing.T) {
	t.Parallel()
	for name, spec := range samples(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := SVG(spec)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".svg", strings.ReplaceAll(got, "><", ">\n<")+"\n")
		})
	}
}

// TestWords holds every sample's alternative text and table.
func TestWords(t *testing.T) {
	t.Parallel()
	for name, spec := range samples(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			b.WriteString(Describe(spec) + "\n\n")
			made := Table(spec)
			fmt.Fprintf(&b, "%s\n%s\n", made.Caption, strings.Join(made.Heads, " | "))
			for _, row := range made.Rows {
				if len(row) != len(made.Heads) {
					t.Errorf("got %d cells in row %q, want %d", len(row), row, len(made.Heads))
				}
				b.WriteString(strings.Join(row, " | ") + "\n")
			}
			if len(made.Numeric) != len(made.Heads) {
				t.Errorf("got %d alignments, want %d", len(made.Numeric), len(made.Heads))
			}
			if made.Note != "" {
				b.WriteString(made.Note + "\n")
			}
			golden(t, name+".txt", b.String())
		})
	}
}

// drawnCalls are the samples whose calls on the canvas are held: one of every kind, and states that are drawn otherwise.
var drawnCalls = []string{
	"trend-bounded", "trend-target", "bars-intervals", "stacked", "dumbbell", "sparkline-break", "strip-worse", "strip-few", "spine", "rug",
	"gradient", "gap-break", "spc-stretches", "funnel", "bullet", "multiples", "timeline", "tiles-missing", "survival", "map",
}

// TestDrawCalls holds the calls on vg.Canvas themselves, which every format shares.
func TestDrawCalls(t *testing.T) {
	t.Parallel()
	all := samples(t)
	drawn := map[scorecard.ChartKind]bool{}
	for _, name := range drawnCalls {
		var calls recorder.Canvas
		spec := all[name]
		drawn[spec.Kind] = true
		width, height, err := Size(spec)
		if err != nil {
			t.Fatal(err)
		}
		if err := Draw(draw.NewCanvas(&calls, vg.Length(width), vg.Length(height)), spec); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, action := range calls.Actions {
			b.WriteString(callWords(action) + "\n")
		}
		golden(t, name+".calls", b.String())
	}
	for kind := range kinds {
		if !drawn[kind] {
			t.Errorf("got no calls held of kind %s, want one of every kind", kind)
		}
	}
}

// callWords is one call as a line: the recorder's own names, with paths as an SVG path has them and lengths to hundredths.
func callWords(action recorder.Action) string {
	switch action := action.(type) {
	case *recorder.SetColor:
		if known, themed := action.Color.(ink); themed {
			return fmt.Sprintf("SetColor %s %d", known.name, known.value.A)
		}
	case *recorder.SetLineWidth:
		return fmt.Sprintf("SetLineWidth %.4g", action.Width.Points())
	case *recorder.SetLineDash:
		return fmt.Sprintf("SetLineDash %v", action.Dashes)
	case *recorder.Stroke:
		return "Stroke" + pathWords(action.Path)
	case *recorder.Fill:
		return "Fill" + pathWords(action.Path)
	case *recorder.FillString:
		return fmt.Sprintf("FillString %.4g %s %.2f %.2f %q", action.Font.Size.Points(), action.Font.Name(), action.Point.X.Points(), action.Point.Y.Points(), action.String)
	}
	return action.Call()
}

func pathWords(path vg.Path) string {
	var b strings.Builder
	for _, part := range path {
		switch part.Type {
		case vg.MoveComp:
			fmt.Fprintf(&b, " M %.2f %.2f", part.Pos.X.Points(), part.Pos.Y.Points())
		case vg.LineComp:
			fmt.Fprintf(&b, " L %.2f %.2f", part.Pos.X.Points(), part.Pos.Y.Points())
		case vg.ArcComp:
			fmt.Fprintf(&b, " A %.2f %.2f r %.2f from %.2f by %.2f", part.Pos.X.Points(), part.Pos.Y.Points(), part.Radius.Points(), part.Start, part.Angle)
		case vg.CloseComp:
			b.WriteString(" Z")
		default:
			fmt.Fprintf(&b, " curve %v", part)
		}
	}
	return b.String()
}

func TestEqualInputGivesEqualBytes(t *testing.T) {
	t.Parallel()
	for name, spec := range samples(t) {
		outputs := func() (all [4]string) {
			inline, err := SVG(spec)
			if err != nil {
				t.Fatal(err)
			}
			file, err := StandaloneSVG(spec, "Under a licence & more.")
			if err != nil {
				t.Fatal(err)
			}
			picture, err := PNG(spec, 72)
			if err != nil {
				t.Fatal(err)
			}
			return [4]string{inline, string(file), string(picture), Describe(spec)}
		}
		if first := outputs(); first != outputs() {
			t.Errorf("%s: got different bytes from the same specification", name)
		}
	}
}

func TestDrawingsCarryTheirRights(t *testing.T) {
	t.Parallel()
	for name, spec := range samples(t) {
		file, err := StandaloneSVG(spec, "Under a licence & more.")
		if err != nil || !strings.Contains(string(file), "<metadata>Under a licence &amp; more.</metadata>") {
			t.Errorf("%s: got %v and no rights, want them in the metadata", name, err)
		}
	}
}

func TestUnknownKindIsAnError(t *testing.T) {
	t.Parallel()
	spec := scorecard.Chart{Kind: "pie", ID: "slices"}
	const want = `draw chart slices: no chart kind is called "pie"`
	_, svg := SVG(spec)
	_, file := StandaloneSVG(spec, "Under a licence & more.")
	_, picture := PNG(spec, 96)
	_, _, size := Size(spec)
	for _, err := range []error{svg, file, picture, size, Draw(draw.Canvas{}, spec), OnPDF(nil, "", 0, 0, 1, 1, spec)} {
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if got := Describe(spec); got != "" {
		t.Errorf("got description %q, want none", got)
	}
	if got := Table(spec); got.Heads != nil {
		t.Errorf("got table %v, want none", got)
	}
}

// TestEveryKindHasASample lists the kinds of the specification: one that is not drawn would show here.
func TestEveryKindHasASample(t *testing.T) {
	t.Parallel()
	drawn := map[scorecard.ChartKind]bool{}
	for _, spec := range samples(t) {
		drawn[spec.Kind] = true
	}
	for _, kind := range []scorecard.ChartKind{
		scorecard.TrendChart, scorecard.BarsChart, scorecard.StackedChart, scorecard.DumbbellChart, scorecard.SparkChart, scorecard.StripChart,
		scorecard.SpineChart, scorecard.RugChart, scorecard.GradientChart, scorecard.GapChart, scorecard.ControlChart, scorecard.FunnelChart,
		scorecard.BulletChart, scorecard.MultiplesChart, scorecard.TimelineChart, scorecard.TilesChart, scorecard.SurvivalChart,
		scorecard.MapChart,
	} {
		if _, known := kinds[kind]; !known || !drawn[kind] {
			t.Errorf("got kind %s known %t with a sample %t, want both", kind, known, drawn[kind])
		}
	}
}

func TestPNG(t *testing.T) {
	t.Parallel()
	spec := samples(t)["trend-interval"]
	content, err := PNG(spec, 144)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := picture.Bounds().Dx(), 2*(720+2*24); got != want {
		t.Errorf("got %d pixels across at 144 dpi, want %d", got, want)
	}
	// Every kind is drawn as a picture with something in it, the same each time; what has no data says so or is blank.
	for name, spec := range samples(t) {
		first, err := PNG(spec, 36)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if again, err := PNG(spec, 36); err != nil || !bytes.Equal(first, again) {
			t.Errorf("%s: got other bytes the second time, or %v", name, err)
		}
		picture, err := png.Decode(bytes.NewReader(first))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if uniform(picture) && !spec.Empty() {
			t.Errorf("%s: got a blank picture", name)
		}
	}
	for _, dpi := range []int{-1, 0, 35, 601} {
		if _, err := PNG(spec, dpi); err == nil {
			t.Errorf("got no error at %d dpi, want one", dpi)
		}
	}
}

// uniform says whether all of a picture has one colour.
func uniform(picture image.Image) bool {
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			if picture.At(x, y) != picture.At(bounds.Min.X, bounds.Min.Y) {
				return false
			}
		}
	}
	return true
}

// BenchmarkSVG stands against a budget of one millisecond a chart.
func BenchmarkSVG(b *testing.B) {
	for _, name := range []string{
		"trend-bounded", "trend-crowded", "trend-target", "bars-intervals", "stacked", "dumbbell", "sparkline", "strip-better", "spine", "rug", "gradient",
		"gap-break", "spc", "funnel", "bullet", "multiples", "timeline", "tiles", "survival", "map",
	} {
		spec := samples(b)[name]
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := SVG(spec); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
