package scorecard

import (
	"fmt"
	"math"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// gradient is the groups of a slope index in their order, each as wide as its share of the people, with the fitted line.
func (b *builder) gradient(chart Chart, definition indicators.Definition) (Chart, string) {
	spec := definition.Measure.Slope
	if spec == nil {
		return chart, "the indicator is no slope index"
	}
	latest, found := b.latest(definition.ID, "", "")
	switch {
	case !found:
		return chart, "no figure is held for " + b.area(b.focus())
	case !latest.HasValue():
		return chart, latest.Reason
	}
	of := b.in.Definitions[spec.Of]
	whole := results.Value{Indicator: of.ID, Area: latest.Area, Period: latest.Period}
	total, groups := 0.0, make([]results.Value, len(spec.Order))
	for i, category := range spec.Order {
		key := whole.Key()
		key.Breakdown, key.Category = spec.Breakdown, category
		groups[i] = b.value(key)
		if !groups[i].HasValue() || groups[i].Denominator == nil || !(*groups[i].Denominator > 0) {
			return chart, "no figure with its counts is held for the group " + categoryName(of, category)
		}
		total += *groups[i].Denominator
	}
	line := slopeLine(*spec, of, latest, groups)
	if line == nil {
		return chart, "the fitted line has no place on the scale of the groups"
	}
	chart.Kind, chart.Unit, chart.Source = GradientChart, unitOf(of), b.source(of)
	for i, v := range groups {
		chart.Bars = append(chart.Bars, Bar{
			Label: categoryName(of, spec.Order[i]), Role: FocusRole, Value: v.Value, Lower: v.Lower95, Upper: v.Upper95, Status: v.Status, Share: *v.Denominator / total,
		})
	}
	if all := b.value(whole.Key()); all.HasValue() {
		chart.Reference = &Mark{Label: b.area(b.focus()), Value: all.Value}
	}
	index := withInterval("Slope index", latest, unitOf(definition))
	line.Index, chart.Slope = index, line
	key := latest.Key()
	key.Breakdown, key.Category = spec.Breakdown, results.RelativeIndex
	if relative := b.value(key); relative.HasValue() {
		index += "; " + withInterval("relative index", relative, Unit{Decimals: 2})
	}
	chart.Subtitle = fmt.Sprintf("%s, %s, %s, %s. %s", of.Short, unitWords(of), b.area(b.focus()), latest.Period.Words(), index)
	if spec.Transform {
		chart.Note = joinSentences(chart.Note, "The line is fitted on the "+spec.ScaleOf(of.Measure)+" scale; it is drawn straight between its two ends.")
	}
	return chart, ""
}

// withInterval is an index with its 95% interval: "Slope index −16.4 points (−20.9 to −11.9)".
func withInterval(name string, v results.Value, unit Unit) string {
	words := name + " " + unit.Format(*v.Value)
	if v.HasInterval() {
		words += fmt.Sprintf(" (%s to %s)", unit.Plain(*v.Lower95), unit.Plain(*v.Upper95))
	}
	return words
}

// slopeLine is the line that rises by the slope index: from its value at the first end of the population, by the same
// regression, to that and the index.
func slopeLine(spec indicators.Slope, of indicators.Definition, index results.Value, groups []results.Value) *Slope {
	options, unit := stats.SlopeOptions{Scale: stats.Linear}, 1.0
	if spec.Transform {
		options.Scale, options.Transform = stats.Scale(spec.ScaleOf(of.Measure)), true
		if options.Scale == stats.Logit && of.Unit == "%" {
			unit = 100
		}
	}
	options.Multiplier = unit
	var g stats.Gradient
	for _, v := range groups {
		g.Populations, g.Values = append(g.Populations, *v.Denominator), append(g.Values, *v.Value/unit)
	}
	g.Errors = make([]float64, len(groups)) // the line does not depend on them
	start := stats.SlopeIndex(g, options).Intercept
	if start == nil || math.IsNaN(*start) {
		return nil
	}
	end := *start + *index.Value
	return &Slope{Start: start, End: &end}
}
