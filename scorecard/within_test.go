package scorecard_test

import (
	"fmt"
	"strings"
	"testing"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/scorecard"
)

// TestSmallAreasStandOnTheirIndicatorsPage: few wards are ranked in a chart, a hundred neighbourhoods are a table alone, and
// neither takes part in what is said of the focus area.
func TestSmallAreasStandOnTheirIndicatorsPage(t *testing.T) {
	t.Parallel()
	in := input(nil, lineOf("births", stats.Similar, stats.NoSignificantChange))
	before := scorecard.Build(in)
	put := func(kind, code, name, when string, value float64) {
		in.Areas[code] = name
		in.Within = append(in.Within, code)
		in.Results.Values = append(in.Results.Values, []results.Value{{
			Indicator: "births", Area: code, AreaName: name, AreaType: kind, Period: year(when), Estimate: estimate(value), Unit: "%", Dataset: "figures",
		}})
	}
	put("ward", "W2", "Riverside", "2023", 8.6)
	put("ward", "W1", "Hilltop", "2023", 25.4)
	put("ward", "W1", "Hilltop", "2019", 99)
	for i := range 100 {
		put("lsoa", fmt.Sprintf("L%03d", i), fmt.Sprintf("Ayton %03d", i), "2023", float64(i))
	}
	in.Results.Values = append(in.Results.Values, []results.Value{{Indicator: "births", Area: "W9", AreaName: "Elsewhere", AreaType: "ward", Period: year("2023"), Estimate: estimate(1), Unit: "%", Dataset: "figures"}})
	model := scorecard.Build(in)
	page := model.Pages[0]
	var drawn []scorecard.Chart
	for _, chart := range page.Charts {
		if strings.HasSuffix(chart.ID, "-ward") || strings.HasSuffix(chart.ID, "-lsoa") {
			drawn = append(drawn, chart)
		}
	}
	if len(drawn) != 1 || drawn[0].Title != "Between the wards it lies from 8.6% in Riverside to 25.4% in Hilltop" || drawn[0].Reference == nil || len(drawn[0].Bars) != 2 {
		t.Errorf("got %+v, want one chart of two wards beside the whole", drawn)
	}
	captions := []string{}
	for _, table := range page.Others {
		captions = append(captions, table.Caption)
		if strings.Contains(table.Caption, "wards") && (len(table.Rows) != 2 || table.Rows[0][0] != "Hilltop") {
			t.Errorf("got %v, want the wards by name", table.Rows)
		}
	}
	if want := "Births, the wards of Ayton, 2023; Births, the neighbourhoods (LSOAs) of Ayton, 2023"; strings.Join(captions, "; ") != want {
		t.Errorf("got tables %q, want %q", captions, want)
	}
	if page.Card.Position != before.Pages[0].Card.Position || page.Card.Value != before.Pages[0].Card.Value {
		t.Errorf("the card changed with the small areas: got %+v", page.Card)
	}
}
