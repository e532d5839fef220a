package scorecard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"levelfield/engine/period"
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
	newest, byKind := map[string]period.Period{}, map[string][]results.Value{}
	for _, area := range b.inside {
		for _, v := range b.series(seriesKey{indicator: definition.ID, area: area}) {
			held, found := newest[v.AreaType]
			switch {
			case !found || held.Before(v.Period):
				newest[v.AreaType], byKind[v.AreaType] = v.Period, []results.Value{v}
			case v.Period == held:
				byKind[v.AreaType] = append(byKind[v.AreaType], v)
			}
		}
	}
	var groups []smallValues
	for kind, values := range byKind {
		slices.SortStableFunc(values, func(a, c results.Value) int { return strings.Compare(a.AreaName, c.AreaName) })
		groups = append(groups, smallValues{kind, values})
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
			Numeric: []bool{false, true, true, true, true, false}, Fixed: len(group.values) > mostDrawn,
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

// between says between which values the small areas lie, and where; the first in their order stands for others equal to it.
func between(group smallValues, unit Unit) string {
	low, high := group.ends()
	among := "the " + kindNames[group.kind][1]
	if hidden := hiddenAmong(group.values); hidden > 0 {
		among = fmt.Sprintf("the %s %s that are shown", inWords(len(group.values)-hidden), kindNames[group.kind][1])
	}
	return fmt.Sprintf("Between %s it lies from %s in %s to %s in %s", among, unit.Format(*low.Value), low.AreaName, unit.Format(*high.Value), high.AreaName)
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
		if hidden := hiddenAmong(group.values); hidden > 0 {
			chart.Note += fmt.Sprintf(" %s of %s %s suppressed [c].", capital(inWords(hidden)), inWords(len(group.values)), plural(hidden, "is", "are"))
		}
		sortBars(chart.Bars, definition.Polarity != "low")
		chart.Title = between(group, unitOf(definition))
		if len(charts) > 0 && charts[0].Title == chart.Title {
			chart.Title = "The same figures, in their order"
		}
		if whole := b.value(results.Key{Indicator: definition.ID, Area: b.focus(), Period: when.Label}); whole.HasValue() {
			chart.Reference = &Mark{Label: b.area(b.focus()), Value: whole.Value}
		}
		charts = append(charts, chart)
	}
	return charts
}

// hiddenAmong is how many of some values are suppressed.
func hiddenAmong(values []results.Value) int {
	n := 0
	for _, v := range values {
		if isSuppressed(v) {
			n++
		}
	}
	return n
}
