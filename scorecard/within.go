package scorecard

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"levelfield/engine/results"
	"levelfield/indicators"
)

// mostDrawn is how many small areas a chart ranks: more cannot be read, and a table holds them all.
const mostDrawn = 30

// kindNames are the kinds of small areas, one and several.
var kindNames = map[string][2]string{
	"ward": {"ward", "wards"}, "lsoa": {"neighbourhood (LSOA)", "neighbourhoods (LSOAs)"}, "msoa": {"neighbourhood (MSOA)", "neighbourhoods (MSOAs)"},
	"output-area": {"output area", "output areas"}, "constituency": {"constituency", "constituencies"}, "data-zone": {"data zone", "data zones"},
}

// smallValues are the newest values of the small areas of one kind inside the focus area, by name.
type smallValues struct {
	kind   string
	values []results.Value
}

// within are the newest figures of the small areas inside the focus area, kind by kind.
func (b *builder) within(definition indicators.Definition) []smallValues {
	newest := map[string]results.Value{}
	for _, v := range b.all[definition.ID] {
		if held, found := newest[v.AreaType]; v.Headline() && b.inside[v.Area] && (!found || held.Period.Before(v.Period)) {
			newest[v.AreaType] = v
		}
	}
	var groups []smallValues
	for kind, latest := range newest {
		group := smallValues{kind: kind}
		for _, v := range b.all[definition.ID] {
			if v.AreaType == kind && v.Headline() && v.Period == latest.Period && b.inside[v.Area] {
				group.values = append(group.values, v)
			}
		}
		slices.SortStableFunc(group.values, func(a, c results.Value) int { return strings.Compare(a.AreaName, c.AreaName) })
		groups = append(groups, group)
	}
	slices.SortFunc(groups, func(a, c smallValues) int {
		return cmp.Or(cmp.Compare(len(a.values), len(c.values)), strings.Compare(a.kind, c.kind))
	})
	return groups
}

// withinTables are the small areas of the focus area in the order of their names: where a publisher rules out comparing
// them one by one, an order by value would do it.
func (b *builder) withinTables(definition indicators.Definition) []DataTable {
	var tables []DataTable
	unit := unitOf(definition)
	for _, group := range b.within(definition) {
		table := DataTable{
			Caption: fmt.Sprintf("%s, the %s of %s, %s", definition.Short, kindNames[group.kind][1], b.area(b.focus()), group.values[0].Period.Words()),
			Heads:   []string{capital(kindNames[group.kind][0]), definition.Unit, "95% interval", "Count", "Out of", "Status"},
			Numeric: []bool{false, true, true, true, true, false},
		}
		for _, v := range group.values {
			f := figure(v, unit)
			row := []string{v.AreaName, f.Text, f.Interval, "", "", statusWords(v)}
			if v.Numerator != nil {
				row[3] = thousands(*v.Numerator)
			}
			if v.Denominator != nil {
				row[4] = thousands(*v.Denominator)
			}
			table.Rows = append(table.Rows, row)
		}
		for column := len(table.Heads) - 1; column > 1; column-- {
			if strings.Join(columnTexts(table, column), "") == "" {
				drop(&table, column)
			}
		}
		tables = append(tables, table)
	}
	return tables
}

// tileMap is the small areas of the focus area on a map of tiles: those of the first kind of which every area with a figure
// has a place.
func (b *builder) tileMap(chart Chart, definition indicators.Definition) Chart {
	for _, group := range b.within(definition) {
		placed := !slices.ContainsFunc(group.values, func(v results.Value) bool { _, known := b.in.TilePlaces[v.Area]; return !known })
		low, high := group.ends()
		if !placed || low == nil || *low.Value == *high.Value {
			continue
		}
		kind, unit, when := kindNames[group.kind], unitOf(definition), group.values[0].Period
		chart.Kind, chart.Unit, chart.Source = TilesChart, unit, b.source(definition)
		chart.Subtitle = fmt.Sprintf("%s, %s, %s. The %s of %s", definition.Short, unitWords(definition), when.Words(), kind[1], b.area(b.focus()))
		for _, v := range group.values {
			place := b.in.TilePlaces[v.Area]
			chart.Tiles = append(chart.Tiles, AreaTile{Label: v.AreaName, Column: place[0], Row: place[1], Value: v.Value, Status: withoutProvisional(v)})
		}
		chart.Title = cmp.Or(chart.Title, between(group, unit))
		chart.Classes = classes(*low.Value, *high.Value, unit.Decimals)
		if whole := b.values[results.Key{Indicator: definition.ID, Area: b.focus(), Period: when.Label}]; whole.HasValue() {
			chart.Reference = &Mark{Label: b.area(b.focus()), Value: whole.Value}
			chart.Subtitle += fmt.Sprintf("; the whole of it %s", unit.Format(*whole.Value))
		}
		if chart.Note == "" {
			chart.Note = fmt.Sprintf("Each square is one %s, about where it lies. Small areas differ by chance too.", kind[0])
		}
		if strings.Contains(group.values[0].Status, "p") {
			chart.Note += " The figures are provisional [p]."
		}
		break
	}
	return chart
}

// between says between which values the small areas lie, and where; the first in their order stands for others equal to it.
func between(group smallValues, unit Unit) string {
	low, high := group.ends()
	return fmt.Sprintf("Between the %s it lies from %s in %s to %s in %s", kindNames[group.kind][1], unit.Format(*low.Value), low.AreaName, unit.Format(*high.Value), high.AreaName)
}

// withoutProvisional is a value's status without the letter that a map says once for all tiles.
func withoutProvisional(v results.Value) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(v.Status), func(letter string) bool { return letter == "p" && v.HasValue() }), " ")
}

// ends are the lowest and the highest value; nil where there is none.
func (s smallValues) ends() (low, high *results.Value) {
	for i, v := range s.values {
		if !v.HasValue() {
			continue
		}
		if low == nil || *v.Value < *low.Value {
			low = &s.values[i]
		}
		if high == nil || *v.Value > *high.Value {
			high = &s.values[i]
		}
	}
	return low, high
}

// mostClasses is how many classes of lightness a reader can tell apart on a map.
const mostClasses = 4

// classes are ranges of equal width between round numbers that hold the values from low to high.
func classes(low, high float64, decimals int) []Class {
	least := math.Pow10(-decimals)
	for power := math.Pow10(int(math.Floor(math.Log10(high-low)))) / 10; ; power *= 10 {
		for _, factor := range []float64{1, 2, 2.5, 3, 4, 5, 6, 8} {
			step := factor * power
			from := math.Floor(low/step+1e-9) * step
			count := int(math.Floor((high-from)/step+1e-9)) + 1
			if math.Abs(step/least-math.Round(step/least)) > 1e-6 || count > mostClasses { // limits are printed without rounding
				continue
			}
			var list []Class
			for i := range count {
				list = append(list, Class{From: from + float64(i)*step, To: from + float64(i+1)*step})
			}
			return list
		}
	}
}

// withinCharts map and rank the small areas of the focus area, where they are few enough to be read.
func (b *builder) withinCharts(definition indicators.Definition) []Chart {
	var charts []Chart
	if tiles := b.tileMap(Chart{ID: definition.ID + "-tiles"}, definition); !tiles.Empty() {
		charts = append(charts, tiles)
	}
	for _, group := range b.within(definition) {
		if len(group.values) > mostDrawn || len(group.values) < 2 {
			continue
		}
		kind := kindNames[group.kind]
		when := group.values[0].Period
		chart := Chart{
			Kind: BarsChart, ID: definition.ID + "-" + group.kind, Unit: unitOf(definition), Source: b.source(definition),
			Subtitle: fmt.Sprintf("%s, %s, %s. The %s of %s", definition.Short, unitWords(definition), when.Words(), kind[1], b.area(b.focus())),
			Note:     "A position, not a test: small areas differ by chance too.",
		}
		for _, v := range group.values {
			if v.HasValue() {
				chart.Bars = append(chart.Bars, Bar{Label: v.AreaName, Role: NeighbourRole, Value: v.Value, Lower: v.Lower95, Upper: v.Upper95, Status: v.Status})
			}
		}
		if len(chart.Bars) < 2 {
			continue
		}
		sortBars(chart.Bars, definition.Polarity != "low")
		chart.Title = between(group, unitOf(definition))
		if len(charts) > 0 && charts[0].Title == chart.Title {
			chart.Title = "The same figures, in their order"
		}
		if whole := b.values[results.Key{Indicator: definition.ID, Area: b.focus(), Period: when.Label}]; whole.HasValue() {
			chart.Reference = &Mark{Label: b.area(b.focus()), Value: whole.Value}
		}
		charts = append(charts, chart)
	}
	return charts
}
