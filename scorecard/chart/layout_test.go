package chart

import (
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"levelfield/scorecard"
)

// printed is one text of an SVG as a browser places it.
type printed struct {
	words                    string
	left, right, top, bottom float64
	size                     float64
}

// readSVG parses a drawing, which proves it well-formed, and measures its texts.
func readSVG(markup string) (width, height float64, texts []printed, err error) {
	decoder := xml.NewDecoder(strings.NewReader(markup))
	var open *printed
	anchor, bold, turned := "", false, false
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return width, height, texts, nil
		}
		if err != nil {
			return 0, 0, nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			values := map[string]string{}
			for _, attribute := range token.Attr {
				values[attribute.Name.Local] = attribute.Value
			}
			if _, styled := values["style"]; styled {
				return 0, 0, nil, fmt.Errorf("element %s has a style attribute", token.Name.Local)
			}
			switch token.Name.Local {
			case "svg":
				if _, err := fmt.Sscanf(values["viewBox"], "0 0 %g %g", &width, &height); err != nil {
					return 0, 0, nil, err
				}
			case "text":
				size, _ := strconv.ParseFloat(values["font-size"], 64)
				x, _ := strconv.ParseFloat(values["x"], 64)
				y, _ := strconv.ParseFloat(values["y"], 64)
				open = &printed{left: x, top: y - 0.73*size, bottom: y + 0.21*size, size: size}
				anchor, bold = values["text-anchor"], values["font-weight"] == "700"
				turned = strings.HasPrefix(values["transform"], "rotate(-90 ")
				if turned { // upwards: the baseline is the right edge
					*open = printed{left: x - 0.73*size, right: x + 0.21*size, bottom: y, size: size}
				}
			}
		case xml.CharData:
			if open != nil {
				open.words += string(token)
			}
		case xml.EndElement:
			if open != nil && token.Name.Local == "text" {
				placed := *open
				style := typeStyle(1, dark)
				if bold {
					style.Font.Weight = 3
				}
				broad := measure(placed.words, style.Font).Points() * placed.size
				if turned {
					placed.top = placed.bottom - broad
					texts = append(texts, placed)
					open = nil
					continue
				}
				placed.left -= map[string]float64{"middle": broad / 2, "end": broad}[anchor]
				placed.right = placed.left + broad
				texts = append(texts, placed)
				open = nil
			}
		}
	}
}

// checkLayout says what is wrong with a drawing: text outside it, texts over each other, text too small.
func checkLayout(markup string, smallest float64) error {
	width, height, texts, err := readSVG(markup)
	if err != nil {
		return err
	}
	const slack = 1.5 // rounding, and the white around letters
	for i, a := range texts {
		if a.left < -slack || a.right > width+slack || a.top < -slack || a.bottom > height+slack {
			return fmt.Errorf("%q stands outside the drawing: %+v", a.words, a)
		}
		if a.size < smallest {
			return fmt.Errorf("%q is %g px high, want at least %g", a.words, a.size, smallest)
		}
		for _, b := range texts[:i] {
			if a.left < b.right-slack && b.left < a.right-slack && a.top < b.bottom-slack && b.top < a.bottom-slack {
				return fmt.Errorf("%q and %q overlap: %+v %+v", a.words, b.words, a, b)
			}
		}
	}
	return nil
}

func TestSampleLayouts(t *testing.T) {
	t.Parallel()
	for name, spec := range samples(t) {
		smallest := 13.0
		if kinds[spec.Kind].compact {
			smallest = 11
		}
		for _, format := range []func(scorecard.Chart) (string, error){SVG, NarrowSVG, standaloneText} {
			markup, err := format(spec)
			if err != nil {
				t.Fatal(err)
			}
			if err := checkLayout(markup, smallest); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func standaloneText(spec scorecard.Chart) (string, error) {
	markup, err := StandaloneSVG(spec, "Under a licence & more.")
	return string(markup), err
}

// TestAnyLayout draws awkward specifications: nothing may overlap, leave the drawing, or be other than a number.
func TestAnyLayout(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		spec := anyChart(t)
		for _, format := range []func(scorecard.Chart) (string, error){SVG, NarrowSVG} {
			markup, err := format(spec)
			if err != nil {
				t.Fatal(err)
			}
			for _, wrong := range []string{"NaN", "Inf", "e+", "e-0"} {
				if strings.Contains(markup, wrong) {
					t.Fatalf("got %q in the drawing, want plain numbers:\n%s", wrong, markup)
				}
			}
			if err := checkLayout(markup, 11); err != nil {
				t.Fatalf("%v\n%s", err, markup)
			}
		}
		Table(spec)
	})
}

var names = []string{"Thurrock", "England", "Bournemouth, Christchurch and Poole", "Cheshire West and Chester", "Kingston upon Hull, City of", "York"}

// anyChart is some specification of any kind, with gaps, breaks, missing and equal values and any size of number.
func anyChart(t *rapid.T) scorecard.Chart {
	units := []scorecard.Unit{{Suffix: "%", Decimals: 1}, {Prefix: "£"}, {Decimals: 2}, {Suffix: " points", Decimals: 1}, {Words: "per 100,000"}}
	scale := rapid.SampledFrom([]float64{0.001, 1, 100, 400_000}).Draw(t, "scale")
	value := func(label string) *float64 {
		if rapid.IntRange(0, 6).Draw(t, label+" missing") == 0 {
			return nil
		}
		v := math.Round(rapid.Float64Range(-0.2, 1).Draw(t, label)*1000) / 1000 * scale
		return &v
	}
	spec := scorecard.Chart{
		Kind: rapid.SampledFrom(allKinds()).Draw(t, "kind"),
		ID:   "any", Title: "Any", Unit: rapid.SampledFrom(units).Draw(t, "unit"), PartNames: [2]string{"NEET", "Activity not known"},
	}
	roles := []scorecard.Role{scorecard.FocusRole, scorecard.EnglandRole, scorecard.RegionRole, scorecard.UpperBoundRole}
	count := rapid.IntRange(0, 30).Draw(t, "count")
	form := rapid.SampledFrom([]string{"%d", "%d/23", "Dec %d to Feb %[1]d"}).Draw(t, "form")
	for _, role := range roles[:rapid.IntRange(0, 4).Draw(t, "series")] {
		series := scorecard.Series{Name: rapid.SampledFrom(names).Draw(t, "name"), Role: role}
		for i := range count {
			point := scorecard.Point{X: float64(2000 + i), Label: fmt.Sprintf(form, 2000+i), Y: value("y"), GapBefore: rapid.IntRange(0, 9).Draw(t, "gap") == 0}
			if half := value("half"); half != nil && point.Y != nil {
				low, high := *point.Y-math.Abs(*half)/9, *point.Y+math.Abs(*half)/9
				point.Lower, point.Upper = &low, &high
			}
			point.Provisional = i > 25
			series.Points = append(series.Points, point)
		}
		spec.Series = append(spec.Series, series)
	}
	for range rapid.IntRange(0, 2).Draw(t, "breaks") {
		spec.Breaks = append(spec.Breaks, scorecard.Divide{X: 2000.5 + float64(rapid.IntRange(0, 30).Draw(t, "at")), Why: "New question and a new sample from this year on"})
	}
	for range rapid.IntRange(0, 20).Draw(t, "bars") {
		bar := scorecard.Bar{Label: rapid.SampledFrom(names).Draw(t, "bar"), Role: rapid.SampledFrom([]scorecard.Role{scorecard.NeighbourRole, scorecard.FocusRole}).Draw(t, "role"), Value: value("bar value"), Second: value("second")}
		if bar.Value != nil && rapid.Bool().Draw(t, "interval") {
			low, high := *bar.Value-scale/9, *bar.Value+scale/9
			bar.Lower, bar.Upper = &low, &high
		}
		spec.Bars = append(spec.Bars, bar)
	}
	if rapid.Bool().Draw(t, "reference") {
		spec.Reference = &scorecard.Mark{Label: "England", Value: value("reference value")}
	}
	for range rapid.IntRange(0, 5).Draw(t, "pairs") {
		spec.Pairs = append(spec.Pairs, scorecard.Pair{Label: rapid.SampledFrom(names).Draw(t, "pair"), Period: "2024/25", Unit: spec.Unit,
			Focus: [2]*float64{value("a"), value("b")}, England: [2]*float64{value("c"), value("d")}})
	}
	anyParts(t, &spec, scale, value)
	return spec
}

// anyParts adds what the kinds beyond lines, bars and pairs read.
func anyParts(t *rapid.T, spec *scorecard.Chart, scale float64, value func(string) *float64) {
	name := rapid.SampledFrom(names)
	tone := rapid.SampledFrom([]scorecard.Tone{"", scorecard.Better, scorecard.Similar, scorecard.Worse, scorecard.None})
	count := rapid.IntRange(0, 14).Draw(t, "parts")
	switch spec.Kind {
	case scorecard.SpineChart:
		for range count {
			higher := rapid.Bool().Draw(t, "higher")
			spec.Spine = append(spec.Spine, scorecard.SpineRow{Label: name.Draw(t, "row"), Period: "Dec 2024 to Feb 2025", Unit: spec.Unit, HigherIsBetter: &higher, Tone: tone.Draw(t, "tone"),
				Value: value("value"), England: value("england"), Lowest: value("low"), Highest: value("high"), Quarters: [2]*float64{value("q1"), value("q3")}})
		}
	case scorecard.RugChart:
		spec.Grid = &scorecard.Grid{}
		for i := range count {
			role := scorecard.NeighbourRole
			if i == 0 {
				role = scorecard.FocusRole
			}
			spec.Grid.Columns = append(spec.Grid.Columns, scorecard.GridColumn{Label: name.Draw(t, "column"), Role: role})
		}
		for range rapid.IntRange(0, 6).Draw(t, "rows") {
			row := scorecard.GridRow{Label: name.Draw(t, "row"), Period: "2024/25", Unit: spec.Unit}
			for range count {
				row.Cells = append(row.Cells, scorecard.GridCell{Value: value("cell"), Tone: tone.Draw(t, "tone")})
			}
			spec.Grid.Rows = append(spec.Grid.Rows, row)
		}
	case scorecard.GradientChart:
		spec.Slope = &scorecard.Slope{Start: value("start"), End: value("end"), Index: "Slope index 12.3 points (95% interval 10.1 to 14.5)"}
		for i := range spec.Bars {
			spec.Bars[i].Share = rapid.Float64Range(0.02, 0.4).Draw(t, "share")
		}
	case scorecard.ControlChart:
		spec.Limits = []scorecard.Limit{{From: 2000, To: 2012, Centre: value("centre"), Lower: value("lower"), Upper: value("upper")}, {From: 2013, To: 2029, Centre: value("centre")}}
		spec.Process = &scorecard.Process{Variation: scorecard.ImprovingVariation, VariationWords: "Variation: special cause, for the better", Assurance: scorecard.TargetMet, AssuranceWords: "Assurance: the target will be met, as far as anybody can tell"}
	case scorecard.FunnelChart:
		for range 2 * count {
			spec.Dots = append(spec.Dots, scorecard.Dot{Label: name.Draw(t, "dot"), Role: scorecard.NeighbourRole, Size: rapid.Float64Range(1, 40_000).Draw(t, "size"), Value: value("dot value"), Tone: tone.Draw(t, "tone")})
		}
		if count > 0 {
			spec.Dots[0].Role = scorecard.FocusRole
		}
		for size := 10.0; size < 50_000; size *= 2 {
			spec.Funnel = append(spec.Funnel, scorecard.FunnelCut{Size: size, Lower95: value("lower95"), Upper95: value("upper95"), Lower998: value("lower998"), Upper998: value("upper998")})
		}
	case scorecard.BulletChart:
		for range count {
			spec.Bullets = append(spec.Bullets, scorecard.Bullet{Label: name.Draw(t, "row"), Period: "2024/25", Unit: spec.Unit, Value: value("value"), England: value("england"), Low: value("low"), High: value("high"),
				Words: "at least 95%", Verdict: rapid.SampledFrom([]string{"", "met", "cannot tell: the interval spans the target"}).Draw(t, "verdict"), Tone: tone.Draw(t, "tone")})
		}
	case scorecard.MultiplesChart:
		panel := *spec
		panel.Kind, panel.Panels = scorecard.TrendChart, nil
		for range min(count, 3) {
			panel.Title = name.Draw(t, "panel")
			spec.Panels = append(spec.Panels, panel)
		}
	case scorecard.TimelineChart:
		for range count {
			event := scorecard.Event{Label: name.Draw(t, "event"), Status: rapid.SampledFrom([]string{"Done", "No status recorded"}).Draw(t, "status"), Shape: rapid.SampledFrom([]string{"●", "◐", "○", "–"}).Draw(t, "shape"), Group: "4A"}
			if rapid.Bool().Draw(t, "dated") {
				day := rapid.Float64Range(2020, 2031).Draw(t, "day")
				event.X, event.Due = &day, "September 2026"
			}
			spec.Events = append(spec.Events, event)
		}
		if rapid.Bool().Draw(t, "today") {
			day := rapid.Float64Range(2020, 2031).Draw(t, "day")
			spec.Today = &scorecard.Mark{Label: "Statuses recorded to July 2022", Value: &day}
		}
	case scorecard.MapChart:
		for i := range count {
			x, y := float64(i%4), float64(i/4)
			corner := rapid.Float64Range(0.1, 1).Draw(t, "corner")
			spec.Shapes = append(spec.Shapes, scorecard.MapShape{Label: name.Draw(t, "shape"), Value: value("shape value"),
				Rings: [][][2]float64{{{x, y}, {x + corner, y}, {x + corner, y + corner}, {x, y + 1}, {x, y}}}})
		}
		spec.Classes = []scorecard.Class{{From: -0.2 * scale, To: 0.3 * scale}, {From: 0.3 * scale, To: scale}}
	case scorecard.TilesChart:
		for i := range count {
			spec.Tiles = append(spec.Tiles, scorecard.AreaTile{Label: name.Draw(t, "tile"), Column: i % 8, Row: i / 8, Value: value("tile value")})
		}
		spec.Classes = []scorecard.Class{{From: -0.2 * scale, To: 0.3 * scale}, {From: 0.3 * scale, To: scale}}
	}
}

// allKinds are the kinds that can be drawn, in the order of their names.
func allKinds() []scorecard.ChartKind { return slices.Sorted(maps.Keys(kinds)) }

func TestSpread(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.IntRange(1, 8).Draw(t, "count")
		wishes, heights := make([]float64, count), make([]float64, count)
		at, room := 0.0, 0.0
		for i := range count {
			at += rapid.Float64Range(0, 40).Draw(t, "step")
			wishes[i] = at
			heights[i] = rapid.Float64Range(5, 30).Draw(t, "height")
			room += heights[i]
		}
		high := room + rapid.Float64Range(0, 100).Draw(t, "spare")
		centres := spread(wishes, heights, 0, high)
		for i, centre := range centres {
			if centre-heights[i]/2 < -1e-6 || centre+heights[i]/2 > high+1e-6 {
				t.Fatalf("got label %d at %g of height %g, want it in [0, %g]", i, centre, heights[i], high)
			}
			if i > 0 && centre-heights[i]/2 < centres[i-1]+heights[i-1]/2-1e-6 {
				t.Fatalf("got labels %d and %d overlapping: %v %v", i-1, i, centres, heights)
			}
		}
	})
	if got := spread([]float64{10, 50}, []float64{10, 10}, 0, 100); got[0] != 10 || got[1] != 50 {
		t.Errorf("got %v, want labels with room left where they wish", got)
	}
	if got := spread([]float64{50, 50}, []float64{10, 10}, 0, 100); got[0] != 45 || got[1] != 55 {
		t.Errorf("got %v, want equal wishes pushed apart evenly", got)
	}
}
