package scorecard_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/scorecard"
	"levelfield/seeds"
)

// asked is the model's only board chart, of a kind over indicators.
func asked(t *testing.T, in scorecard.Input, kind scorecard.ChartKind, ids ...string) scorecard.Chart {
	t.Helper()
	in.Board.Charts = []scorecard.BoardChart{{Kind: string(kind), Title: "A chart", Indicators: ids}}
	charts := scorecard.Build(in).Charts
	if len(charts) != 1 {
		t.Fatalf("got %d charts of kind %s, want one", len(charts), kind)
	}
	return charts[0]
}

// elsewhere puts a headline value of 2023 into an area.
func elsewhere(in *scorecard.Input, indicator, area string, value float64) {
	in.Results.Values = append(in.Results.Values, []results.Value{{
		Indicator: indicator, Area: area, AreaName: area, AreaType: "unitary", Period: year("2023"), Estimate: estimate(value), Unit: "%", Dataset: "figures",
	}})
}

// TestSpineScalesByAllAuthorities: extremes and quarters are those of the authorities that positions are counted among, and
// of no more than hold a value; under twenty of them there are none.
func TestSpineScalesByAllAuthorities(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		authorities   int
		low, high     float64
		first, third  float64
		ranged, tones bool
	}{{21, 0, 20, 5, 15, true, true}, {19, 0, 0, 0, 0, false, true}} {
		in := input(nil, lineOf("neet", stats.Worse, stats.NoSignificantChange), lineOf("births", stats.Position, stats.NoSignificantChange))
		for i := range test.authorities {
			code := fmt.Sprintf("U%02d", i)
			in.Authorities = append(in.Authorities, code)
			elsewhere(&in, "neet", code, float64(i))
		}
		elsewhere(&in, "neet", "W1", 99) // no authority
		chart := asked(t, in, scorecard.SpineChart, "neet", "births")
		if len(chart.Spine) != 2 {
			t.Fatalf("got %d rows, want 2", len(chart.Spine))
		}
		row := chart.Spine[0]
		if row.Tone != scorecard.Worse || chart.Spine[1].Tone != scorecard.None || *row.HigherIsBetter {
			t.Errorf("got tones %s and %s, want the verdicts' own", row.Tone, chart.Spine[1].Tone)
		}
		if (row.Lowest != nil) != test.ranged {
			t.Fatalf("got a range %t of %d authorities, want %t", row.Lowest != nil, test.authorities, test.ranged)
		}
		if !test.ranged {
			continue
		}
		got := [4]float64{*row.Lowest, *row.Highest, *row.Quarters[0], *row.Quarters[1]}
		if want := [4]float64{test.low, test.high, test.first, test.third}; got != want {
			t.Errorf("got range and quarters %v, want %v", got, want)
		}
	}
}

// TestRugTestsOnlyWhatMayBeCompared: a neighbour's cell has a verdict by its own interval, unless the definition refuses
// one or the series is closed.
func TestRugTestsOnlyWhatMayBeCompared(t *testing.T) {
	t.Parallel()
	open, shut := lineOf("neet", stats.Similar, stats.NoSignificantChange), lineOf("births", stats.Similar, stats.NoSignificantChange)
	shut.definition.Series = "superseded"
	in := input(nil, open, shut)
	in.Project.Comparators.Neighbours = "set"
	in.Neighbours = map[string][]string{"set": {"N1", "N2", "N3"}}
	in.Areas["N1"], in.Areas["N2"], in.Areas["N3"] = "Low", "Near", "High"
	for id := range in.Definitions {
		elsewhere(&in, id, "N1", 1)  // 0 to 2, below England's 3.4
		elsewhere(&in, id, "N2", 3)  // 2 to 4 holds it
		elsewhere(&in, id, "N3", 10) // 9 to 11
	}
	grid := asked(t, in, scorecard.RugChart, "neet", "births").Grid
	tones := func(row scorecard.GridRow) string {
		var words []string
		for _, cell := range row.Cells {
			words = append(words, string(cell.Tone))
		}
		return strings.Join(words, " ")
	}
	if got, want := tones(grid.Rows[0]), "similar none better similar worse"; got != want {
		t.Errorf("got %q, want %q: low is better", got, want)
	}
	if got, want := tones(grid.Rows[1]), "none none none none none"; got != want {
		t.Errorf("got %q of a closed series, want no verdict", got)
	}
	if grid.Columns[0].Role != scorecard.FocusRole || grid.Columns[1].Role != scorecard.EnglandRole || len(grid.Columns) != 5 {
		t.Errorf("got columns %+v, want the area, England and three neighbours", grid.Columns)
	}
}

// TestSurvivalFollowsOneCohort: the curve is of the newest cohort of which the last year is known.
func TestSurvivalFollowsOneCohort(t *testing.T) {
	t.Parallel()
	one, five := lineOf("one", stats.Similar, stats.NoSignificantChange), lineOf("five", stats.Similar, stats.NoSignificantChange)
	one.definition.FollowUp, five.definition.FollowUp = 1, 5
	one.first, one.last, five.first = 95, 93, 39
	in := input(nil, one, five)
	var held []results.Value
	for v := range in.Results.Values.All() { // no five years after 2023 yet
		if v.Indicator != "five" || v.Period.Label == "2019" {
			held = append(held, *v)
		}
	}
	in.Results.Values = results.Values{held}
	chart := asked(t, in, scorecard.SurvivalChart, "five", "one")
	var got []string
	for _, point := range chart.Series[0].Points {
		got = append(got, fmt.Sprintf("%s %g", point.Label, *point.Y))
	}
	if diff := cmp.Diff([]string{"start 100", "1 year 95", "5 years 39"}, got); diff != "" {
		t.Errorf("curve differs (-want +got):\n%s", diff)
	}
}

// TestGapNeedsBothGroups: a gap over time has two groups of the area; England's are beside it where they are held.
func TestGapNeedsBothGroups(t *testing.T) {
	t.Parallel()
	in := input(nil, lineOf("standard", stats.Position, stats.NoSignificantChange))
	for _, label := range []string{"2021", "2022", "2023"} {
		for i, group := range []string{"disadvantaged", "other"} {
			in.Results.Values = append(in.Results.Values, []results.Value{{
				Indicator: "standard", Area: ayton, Period: year(label), Breakdown: "disadvantage", Category: group, Estimate: estimate(float64(50 + 20*i)), Unit: "%", Dataset: "figures",
			}})
		}
	}
	chart := asked(t, in, scorecard.GapChart, "standard")
	if chart.PartNames != [2]string{"disadvantaged", "other"} || len(chart.Series) != 4 || len(chart.Series[0].Points) != 3 || chart.Series[0].Role != scorecard.FocusRole {
		t.Errorf("got %v and %+v, want two groups of three periods", chart.PartNames, chart.Series)
	}
	page := scorecard.Build(in).Pages[0]
	for _, own := range page.Charts {
		if strings.HasSuffix(own.ID, "-ends") && own.Kind != scorecard.GapChart {
			t.Errorf("got %s on the indicator's page, want the gap in every period", own.Kind)
		}
	}
}

// TestTilesNeedAPlaceForEveryArea: where one ward has no tile, no map is drawn, for a map with a hole would hide it.
func TestTilesNeedAPlaceForEveryArea(t *testing.T) {
	t.Parallel()
	in := input(nil, lineOf("births", stats.Similar, stats.NoSignificantChange))
	for i, name := range []string{"Hilltop", "Riverside"} {
		code := fmt.Sprintf("W%d", i)
		in.Within, in.Areas[code] = append(in.Within, code), name
		in.Results.Values = append(in.Results.Values, []results.Value{{
			Indicator: "births", Area: code, AreaName: name, AreaType: "ward", Period: year("2023"), Estimate: estimate(float64(10 + 10*i)), Unit: "%", Dataset: "figures",
		}})
	}
	in.TilePlaces = map[string][2]int{"W0": {0, 0}}
	in.Board.Charts = []scorecard.BoardChart{{Kind: "tiles", Title: "A map", Indicators: []string{"births"}}}
	if charts := scorecard.Build(in).Charts; len(charts) != 0 {
		t.Errorf("got %d charts with a ward out of place, want none", len(charts))
	}
	in.TilePlaces["W1"] = [2]int{1, 2}
	chart := asked(t, in, scorecard.TilesChart, "births")
	if len(chart.Tiles) != 2 || chart.Tiles[1].Column != 1 || chart.Tiles[1].Row != 2 {
		t.Errorf("got %+v, want both wards in their places", chart.Tiles)
	}
	first, last := chart.Classes[0], chart.Classes[len(chart.Classes)-1]
	if first.From > 10 || last.To <= 20 || len(chart.Classes) > 4 {
		t.Errorf("got classes %+v, want at most four that hold 10 to 20", chart.Classes)
	}
}

// TestMapKeepsAreasEqual: where the project brings boundaries they are drawn on a plane of equal areas, without the points
// that no eye could see.
func TestMapKeepsAreasEqual(t *testing.T) {
	t.Parallel()
	in := input(nil, lineOf("births", stats.Similar, stats.NoSignificantChange))
	in.Boundaries = seeds.Boundaries{}
	for i, name := range []string{"North", "South"} {
		code := fmt.Sprintf("W%d", i)
		in.Within, in.Areas[code] = append(in.Within, code), name
		in.Results.Values = append(in.Results.Values, []results.Value{{
			Indicator: "births", Area: code, AreaName: name, AreaType: "ward", Period: year("2023"), Estimate: estimate(float64(10 + 10*i)), Unit: "%", Dataset: "figures",
		}})
		// A ward two degrees high in the north, and one of the same area on the globe far in the south, by their parallels.
		south, north := [2]float64{51, 31}[i], [2]float64{53, 0}[i]
		if i == 1 {
			north = math.Asin(math.Sin(south*math.Pi/180)+math.Sin(53*math.Pi/180)-math.Sin(51*math.Pi/180)) * 180 / math.Pi
		}
		ring := seeds.Ring{{0, south}}
		for step := 1; step <= 100; step++ {
			ring = append(ring, [2]float64{float64(step) / 100, south + 1e-6*float64(step%2)})
		}
		in.Boundaries[code] = []seeds.Ring{append(ring, [2]float64{1, north}, [2]float64{0, north}, [2]float64{0, south})}
	}
	chart := asked(t, in, scorecard.TilesChart, "births")
	if chart.Kind != scorecard.MapChart || len(chart.Shapes) != 2 {
		t.Fatalf("got %s of %d shapes, want a map of both wards", chart.Kind, len(chart.Shapes))
	}
	var sizes [2]float64
	for i, shape := range chart.Shapes {
		ring := shape.Rings[0]
		if len(ring) > 6 {
			t.Errorf("got %d points of %s, want the straight side without those along it", len(ring), shape.Label)
		}
		for j := 1; j < len(ring); j++ {
			sizes[i] += (ring[j-1][0]*ring[j][1] - ring[j][0]*ring[j-1][1]) / 2
		}
	}
	if math.Abs(sizes[0]/sizes[1]-1) > 0.01 {
		t.Errorf("got areas %v, want equal ones", sizes)
	}
}

// TestClassesHoldEveryValue: whatever the values, at most four classes of one width, without gap, hold all of them.
func TestClassesHoldEveryValue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		decimals := rapid.IntRange(0, 3).Draw(t, "decimals")
		scale := math.Pow10(decimals)
		low := math.Round(rapid.Float64Range(-50, 1000).Draw(t, "low")*scale) / scale
		high := low + math.Round(rapid.Float64Range(1, 500).Draw(t, "spread")*scale)/scale
		list := scorecard.Classes(low, high, decimals)
		if len(list) == 0 || len(list) > 4 || list[0].From > low+1e-9 || list[len(list)-1].To <= high-1e-9 {
			t.Fatalf("got %+v for %g to %g, want at most four classes around them", list, low, high)
		}
		for i, class := range list {
			if printed := math.Round(class.From*scale) / scale; math.Abs(printed-class.From) > 1e-9 {
				t.Fatalf("got a limit of %v, which %d decimals cannot print", class.From, decimals)
			}
			if i > 0 && math.Abs(list[i-1].To-class.From) > 1e-9 {
				t.Fatalf("got a gap between %+v and %+v", list[i-1], class)
			}
		}
	})
}

// TestMilestonesOfABoardOnOneAxis: a timeline holds the deliverables of the board's goal, those without a day too.
func TestMilestonesOfABoardOnOneAxis(t *testing.T) {
	t.Parallel()
	in := input(nil, lineOf("neet", stats.Similar, stats.NoSignificantChange))
	in.Board.Deliverables = "G"
	in.Results.Progress = []results.Progress{
		{ID: "G/deliverable/plan", Goal: "G", Kind: "deliverable", Title: "A plan", Due: "2023-06-30", Status: "done", AsOf: "2023-05"},
		{ID: "G/deliverable/scheme", Goal: "G", Kind: "deliverable", Title: "A scheme"},
		{ID: "H/deliverable/other", Goal: "H", Kind: "deliverable", Title: "Another goal's"},
		{ID: "G/commitment/care", Goal: "G", Kind: "commitment", Title: "No deliverable"},
	}
	chart := asked(t, in, scorecard.TimelineChart)
	if len(chart.Events) != 2 || chart.Events[0].Shape != scorecard.DoneShape || chart.Events[1].X != nil {
		t.Fatalf("got %+v, want the goal's two deliverables", chart.Events)
	}
	if due := *chart.Events[0].X; due < 2023.49 || due > 2023.5 {
		t.Errorf("got %g for the end of June 2023, want half a year in", due)
	}
	if chart.Today == nil || *chart.Today.Value < 2023.3 {
		t.Errorf("got %+v, want the month of the newest status", chart.Today)
	}
}

// TestBoardChartsHoldToTheirNumbers: a chart that cannot be drawn of its indicators is a fault at its place.
func TestBoardChartsHoldToTheirNumbers(t *testing.T) {
	t.Parallel()
	text := `title: A board
kicker: A test
goals: [G]
sections: [{goal: G, title: A table}]
charts:
  - {kind: stacked, title: Three parts, indicators: [a, b, c]}
  - {kind: gap, title: Two gaps, indicators: [a, b]}
  - {kind: spine, title: One row, indicators: [a]}
  - {kind: timeline, title: With a line, indicators: [a]}
  - {kind: multiples, title: None}
  - {kind: timeline, title: Sound}
`
	_, faults := scorecard.LoadBoards(fstest.MapFS{"boards/main.yaml": {Data: []byte(text)}}, "boards")
	var got []string
	for _, f := range faults.Sorted() {
		_, words, _ := strings.Cut(f.String(), ": ")
		got = append(got, words)
	}
	want := []string{
		"charts[0].indicators: has 3, and a stacked chart shows two",
		"charts[1].indicators: has 2, and a gap chart shows one",
		"charts[2].indicators: has 1, and a spine chart shows two or more",
		"charts[3].indicators: has 1: a timeline shows the board's deliverables (leave indicators out)",
		"charts[4].indicators: has 0, and a multiples chart shows two or more",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults differ (-want +got):\n%s", diff)
	}
}
