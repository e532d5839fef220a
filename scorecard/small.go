package scorecard

import (
	"fmt"
	"slices"

	"levelfield/engine/results"
	"levelfield/indicators"
)

// spark is the small line of a table: the focus area over England, or alone where England's value is known only within bounds,
// since a line of the lower one would say that the area lies above it.
func (b *builder) spark(definition indicators.Definition) Chart {
	chart := b.trendChart(definition)
	chart.Kind, chart.ID = SparkChart, definition.ID+"-spark"
	chart.Title, chart.Subtitle, chart.Source, chart.Note = definition.Short, "", "", ""
	how := definition.Compare.England
	bounded := how != nil && how.Bounded()
	chart.Series = slices.DeleteFunc(chart.Series, func(s Series) bool {
		return s.Role == UpperBoundRole || s.Role == TargetRole || s.Role == EnglandRole && bounded
	})
	if pointsWithValue(chart) < joinable {
		chart.Series = nil
	}
	return chart
}

// strip is the place of the focus area among its neighbours on one line.
func (b *builder) strip(definition indicators.Definition, latest results.Value, tone Tone) Chart {
	if unranked(definition) {
		return Chart{Kind: StripChart, ID: definition.ID + "-strip", Title: definition.Short + " among neighbours", Unit: unitOf(definition)}
	}
	chart := b.barsChart(definition, latest)
	chart.Kind, chart.ID, chart.Tone = StripChart, definition.ID+"-strip", tone
	chart.Title, chart.Subtitle, chart.Source, chart.Note = definition.Short+" among neighbours", "", "", ""
	chart.Unit = unitOf(definition)
	if definition.Polarity != "neutral" {
		higher := definition.Polarity == "high"
		chart.HigherIsBetter = &higher
	}
	return chart
}

// stacked is one bar an area with two indicators in it: the focus area, England, and the neighbours by their total.
func (b *builder) stacked(chart Chart, asked BoardChart) Chart {
	first, second := b.in.Definitions[asked.Indicators[0]], b.in.Definitions[asked.Indicators[1]]
	latest, found := b.latest(first.ID, "", "")
	if !found || !latest.HasValue() {
		return chart
	}
	chart.Kind, chart.Unit, chart.Source = StackedChart, unitOf(first), b.source(first)
	chart.PartNames = [2]string{first.Says.Noun, second.Says.Noun}
	chart.Subtitle = fmt.Sprintf("%s and %s, %s, %s", first.Says.Noun, lowerFirst(second.Says.Noun), unitWords(first), latest.Period.Words())
	bar := func(code string, role Role) {
		one := b.elsewhere(latest, code)
		key := one.Key()
		key.Indicator = second.ID
		two := b.value(key)
		if one.HasValue() && two.HasValue() {
			chart.Bars = append(chart.Bars, Bar{Label: b.area(code), Role: role, Value: one.Value, Second: two.Value})
		}
	}
	for _, code := range b.in.Neighbours[b.set(first)] {
		bar(code, NeighbourRole)
	}
	slices.SortStableFunc(chart.Bars, func(a, c Bar) int {
		return compareFloat(*a.Value+*a.Second, *c.Value+*c.Second)
	})
	neighbours := chart.Bars
	chart.Bars = nil
	bar(b.focus(), FocusRole)
	bar(b.england(), EnglandRole)
	chart.Bars = append(chart.Bars, neighbours...)
	return chart
}

func compareFloat(a, c float64) int {
	switch {
	case a < c:
		return -1
	case a > c:
		return 1
	}
	return 0
}

// dumbbells are both ends of the gap of several indicators.
func (b *builder) dumbbells(chart Chart, asked BoardChart) Chart {
	chart.Kind, chart.Series = DumbbellChart, b.named()
	chart.Subtitle = fmt.Sprintf("Each line joins the two groups; %s above, %s below", b.area(b.focus()), b.area(b.england()))
	chart.PartNames = [2]string{"disadvantaged or eligible for free school meals", "others"}
	for _, id := range asked.Indicators {
		definition := b.in.Definitions[id]
		parts := b.twoEnds(definition)
		if len(parts) == 0 {
			continue
		}
		if pair, held := b.pair(definition, definition.Short, parts); held {
			chart.Pairs = append(chart.Pairs, pair)
			chart.Unit = pair.Unit
			chart.Source = b.source(definition)
		}
	}
	if len(chart.Pairs) > 1 {
		chart.Source = manySources
	}
	return chart
}
