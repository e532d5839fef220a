package chart

import (
	"image/color"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"

	"levelfield/scorecard"
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(value color.NRGBA) float64 {
	channel := func(part uint8) float64 {
		v := float64(part) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(value.R) + 0.7152*channel(value.G) + 0.0722*channel(value.B)
}

func contrast(a, b color.NRGBA) float64 {
	light, darker := luminance(a)+0.05, luminance(b)+0.05
	return max(light, darker) / min(light, darker)
}

// over is an ink as it looks on a background.
func over(i ink, ground color.NRGBA) color.NRGBA {
	share := float64(i.value.A) / 255
	mix := func(top, below uint8) uint8 { return uint8(math.Round(float64(top)*share + float64(below)*(1-share))) }
	return color.NRGBA{mix(i.value.R, ground.R), mix(i.value.G, ground.G), mix(i.value.B, ground.B), 255}
}

func TestContrast(t *testing.T) {
	t.Parallel()
	for _, i := range []ink{navy, plum, dark, muted} {
		if got := contrast(i.value, paper.value); got < 4.5 {
			t.Errorf("got %.2f for %s on paper, want 4.5 for text", got, i.name)
		}
	}
	for _, i := range []ink{navy, teal, plum, orange, dark, muted, muted.wash(barShare)} {
		if got := contrast(over(i, paper.value), paper.value); got < 3 {
			t.Errorf("got %.2f for %s on paper, want 3 for marks", got, i.name)
		}
	}
	ground := over(navy.wash(bandShare), paper.value)
	for _, i := range []ink{navy, muted, plum} {
		if got := contrast(i.value, ground); got < 3 {
			t.Errorf("got %.2f for %s over an interval band, want 3", got, i.name)
		}
	}
	for _, style := range append(slices.Clone(focusLooks), englandLook, regionLook, neighbourLook) {
		if got := contrast(style.label.value, paper.value); got < 4.5 {
			t.Errorf("got %.2f for the label of the %s look, want 4.5", got, style.colour.name)
		}
	}
}

// TestNothingIsToldByHueAlone: series that can meet in one chart differ in dash, or in width and grey both.
func TestNothingIsToldByHueAlone(t *testing.T) {
	t.Parallel()
	looks := append(slices.Clone(focusLooks), englandLook, regionLook, neighbourLook)
	for i, a := range looks {
		for _, b := range looks[:i] {
			dashes := !slices.Equal(a.dashes, b.dashes)
			grey := a.width != b.width && contrast(a.colour.value, b.colour.value) >= 1.3
			if !dashes && !grey {
				t.Errorf("got %s and %s alike but for hue, want another dash", a.colour.name, b.colour.name)
			}
		}
	}
	shapes := map[string]scorecard.Tone{}
	for _, tone := range []scorecard.Tone{scorecard.Better, scorecard.Similar, scorecard.Worse, scorecard.None} {
		value := 1.0
		spec := scorecard.Chart{Kind: scorecard.StripChart, Tone: tone, Bars: []scorecard.Bar{{Role: scorecard.FocusRole, Value: &value}}}
		markup, err := SVG(spec)
		if err != nil {
			t.Fatal(err)
		}
		_, drawn, _ := strings.Cut(markup, "</desc>")
		for _, i := range theme {
			drawn = strings.ReplaceAll(drawn, "-"+i.name, "")
		}
		if other, seen := shapes[drawn]; seen {
			t.Errorf("got %s and %s drawn alike but for colour, want different shapes", tone, other)
		}
		shapes[drawn] = tone
	}
}

// TestMeasure compares the table of widths with the font's own measure, which also kerns: pairs like "AV" come nearer.
func TestMeasure(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"Thurrock 78.1", "England: 3.4 to 5.6", "£367,000", "−0.20", "East of England", "Activity not known"} {
		for weight, style := range []font.Font{typeStyle(15, dark).Font, bold(typeStyle(15, dark)).Font} {
			face := font.Face{Font: style, Face: faceOf(weight)}
			got, want := measure(words, style).Points(), face.Width(words).Points()
			if math.Abs(got-want) > 0.05*want {
				t.Errorf("got width %.2f of %q, want about %.2f", got, words, want)
			}
		}
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	style := typeStyle(14, dark)
	for _, test := range []struct {
		words string
		width vg.Length
		want  string
	}{
		{"Thurrock", 200, "Thurrock"},
		{"Bournemouth, Christchurch and Poole", 160, "Bournemouth,\nChristchurch and Poole"},
		{"Llanfairpwllgwyngyll", 20, "Llanfairpwllgwyngyll"},
		{"", 20, ""},
	} {
		if got := wrap(test.words, style, test.width); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestTrendAxis(t *testing.T) {
	t.Parallel()
	percent := scorecard.Unit{Suffix: "%", Decimals: 1}
	for _, test := range []struct {
		name  string
		data  extent
		unit  scorecard.Unit
		want  []float64
		label string // of the topmost tick
	}{
		{"off zero", extent{72, 82.1}, percent, []float64{70, 75, 80, 85}, "85%"},
		{"from zero", extent{1.2, 5.6}, percent, []float64{0, 2, 4, 6}, "6%"},
		{"not above 100", extent{91, 99.5}, percent, []float64{90, 95, 100}, "100%"},
		{"above 100 if the data is", extent{99, 100.2}, percent, []float64{99, 99.5, 100, 100.5}, "100.5%"},
		{"negative", extent{-0.25, 0.07}, scorecard.Unit{Decimals: 2}, []float64{-0.3, -0.2, -0.1, 0, 0.1}, "0.1"},
		{"money", extent{300000, 367000}, scorecard.Unit{Prefix: "£"}, []float64{300000, 320000, 340000, 360000, 380000}, "£380,000"},
		{"equal", extent{93, 93}, percent, []float64{80, 85, 90, 95, 100}, "100%"},
		{"all zero", extent{0, 0}, percent, []float64{0, 0.2, 0.4, 0.6}, "0.6%"},
	} {
		axis, got := trendAxis(test.data, test.unit)
		near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9*max(1, math.Abs(a)) })
		if diff := cmp.Diff(test.want, got, near); diff != "" {
			t.Errorf("%s: ticks differ (-want +got) on axis %v:\n%s", test.name, axis, diff)
			continue
		}
		marks := valueTicks(got, test.unit)
		if last := marks[len(marks)-1].Label; last != test.label {
			t.Errorf("%s: got topmost label %q, want %q", test.name, last, test.label)
		}
	}
}

// TestQuantile has its numbers from R's help for quantile, type 7: by hand, position 1 + (n-1)p.
func TestQuantile(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		values []float64
		share  float64
		want   float64
	}{
		{[]float64{1, 2, 3, 4}, 0.25, 1.75},
		{[]float64{1, 2, 3, 4}, 0.75, 3.25},
		{[]float64{1, 2, 3, 4, 5}, 0.25, 2},
		{[]float64{7}, 0.75, 7},
		{[]float64{1, 9}, 1, 9},
	} {
		if got := quantile(test.values, test.share); math.Abs(got-test.want) > 1e-12 {
			t.Errorf("got quantile %g of %v = %g, want %g", test.share, test.values, got, test.want)
		}
	}
}

func TestStretches(t *testing.T) {
	t.Parallel()
	at := func(x float64, known, gap bool) scorecard.Point {
		point := scorecard.Point{X: x, GapBefore: gap}
		if known {
			point.Y = &x
		}
		return point
	}
	points := []scorecard.Point{
		at(1, true, false), at(2, true, false), at(3, false, false), at(4, true, false), at(5, true, true), at(6, true, false), at(7, true, false),
	}
	var got [][]float64
	for _, run := range stretches(points, []scorecard.Divide{{X: 6.5}}) {
		var times []float64
		for _, point := range run {
			times = append(times, point.X)
		}
		got = append(got, times)
	}
	want := [][]float64{{1, 2}, {4}, {5, 6}, {7}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stretches differ (-want +got):\n%s", diff)
	}
}

// TestDescribeStaysWithinABreak: a change of definition is never described as a change of the figure.
func TestDescribeStaysWithinABreak(t *testing.T) {
	t.Parallel()
	got := Describe(samples(t)["trend-break"])
	if !strings.Contains(got, "Thurrock: from 61.5% in 2022 to 58.1% in 2023 (95% interval 53.2 to 63.0), after the last break.") {
		t.Errorf("got %q, want the part after the break only", got)
	}
	for _, finding := range []string{"rose", "risen", "fell", "fallen", "increase", "decrease", "better than", "worse than"} {
		for name, spec := range samples(t) {
			if given := spec.Spine != nil || spec.Grid != nil; given { // the verdict of each line is part of the data
				continue
			}
			if strings.Contains(Describe(spec), finding) {
				t.Errorf("%s: got the finding %q in a description, want data only", name, finding)
			}
		}
	}
}

func TestMarkers(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]string{"": "[x]", "c": "[c]", "p r": "[p] [r]", "[u]": "[u]"} {
		if got := absence(status); got != want {
			t.Errorf("got %q for status %q, want %q", got, status, want)
		}
	}
}

func TestDuring(t *testing.T) {
	t.Parallel()
	for period, want := range map[string]string{
		"": "", "2025": " in 2025", "2024/25": " in 2024/25", "March 2025": " in March 2025", "1 January 2026": " on 1 January 2026", "Dec 2024 to Feb 2025": " for Dec 2024 to Feb 2025",
	} {
		if got := during(period); got != want {
			t.Errorf("%q: got %q, want %q", period, got, want)
		}
	}
}

func TestCSS(t *testing.T) {
	t.Parallel()
	if got := CSS(); !strings.Contains(got, ".f-navy{fill:var(--navy,#12436D)}.s-navy{stroke:var(--navy,#12436D)}") {
		t.Errorf("got stylesheet %q, want the page's properties with fallbacks", got)
	}
	for name, spec := range samples(t) {
		file, err := StandaloneSVG(spec, "Under a licence & more.")
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(file), "var(") {
			t.Errorf("%s: got a custom property in a file of its own, want literal colours", name)
		}
	}
}

// houseWords are the words of drawings that come from no specification.
var houseWords = strings.NewReplacer("95% interval", "", "99.8% limits", "", "95% limits", "", "Axis starts at", "", "Hollow:", "", "provisional", "", "No figures to", "",
	"No figures to draw", "", "draw", "", "worse, beyond the 99.8% limit", "", "better, beyond the 99.8% limit", "", "between the limits", "", "inside the 95% limits", "",
	"better than England", "", "not tested", "", "similar", "", "worse", "", "better", "", "England", "", "lowest to highest area", "", "middle half", "", "Both", "",
	"Upper limit", "", "Lower limit", "", "Mean", "", "target met", "", "target", "", "under", "", "due", "", " to", "", "starts at", "", "This area", "")

// TestEveryTextCanBeRelabelled: what a specification says is drawn only as Relabelled makes it, for a document whose fonts
// lack letters.
func TestEveryTextCanBeRelabelled(t *testing.T) {
	t.Parallel()
	for name, spec := range samples(t) {
		markup, err := SVG(spec.Relabelled(strings.ToUpper))
		if err != nil {
			t.Fatal(err)
		}
		_, _, texts, err := readSVG(markup)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			if rest := houseWords.Replace(text.words); rest != strings.ToUpper(rest) {
				t.Errorf("%s: got %q drawn, want it relabelled", name, text.words)
			}
		}
	}
}

// TestEmptyTellsWhatIsDrawn: a specification is empty exactly where its drawing says that it has no figures.
func TestEmptyTellsWhatIsDrawn(t *testing.T) {
	t.Parallel()
	for name, spec := range samples(t) {
		markup, err := SVG(spec)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(markup, "No figures to draw"); got != spec.Empty() {
			t.Errorf("%s: got a drawing without figures %t, and Empty says %t", name, got, spec.Empty())
		}
	}
}

// TestBrandedDrawing: a chart in a council's colours is drawn in them in every format, and the same but for them.
func TestBrandedDrawing(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"trend-interval", "tiles", "spc"} {
		plain := samples(t)[name]
		own := plain
		own.Accent, own.Second = "#5B2A86", "#B8400E"
		file, err := StandaloneSVG(own, "")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(file), ".f-navy{fill:#5B2A86}") || !strings.Contains(string(file), ".s-orange{stroke:#B8400E}") {
			t.Errorf("%s: got a file in the house colours", name)
		}
		inline, err := SVG(own)
		if err != nil {
			t.Fatal(err)
		}
		if house, _ := SVG(plain); inline != house {
			t.Errorf("%s: got another inline drawing, want the page's stylesheet to colour it", name)
		}
		picture, err := PNG(own, 72)
		if err != nil {
			t.Fatal(err)
		}
		if house, _ := PNG(plain, 72); string(picture) == string(house) {
			t.Errorf("%s: got the same picture with a brand, want its colours", name)
		}
	}
}

// TestControlChartJudgesInTheWordsOfItsTest holds that the words beside a control chart name the signal and which way it is, and do
// not say that anything is improving or concerning, which is more than the test finds.
func TestControlChartJudgesInTheWordsOfItsTest(t *testing.T) {
	t.Parallel()
	judging := regexp.MustCompile(`(?i)\b(improv(ed|ing)|concerning|worsened)\b`)
	for name, want := range map[string]string{
		"spc": "2020-Q4 special cause for the worse, 2023-Q1 special cause for the better", "spc-concerning": "2021-Q2 special cause, 2023-Q1 special cause for the worse",
	} {
		spec := samples(t)[name]
		said := Describe(spec)
		if !strings.Contains(said, want) {
			t.Errorf("%s: got %q, want %q in it", name, said, want)
		}
		for _, row := range controlTable(spec).Rows {
			said += " " + strings.Join(row, " ")
		}
		if word := judging.FindString(said); word != "" {
			t.Errorf("%s: got the word %q, want none that judges", name, word)
		}
	}
}
