package measure

import (
	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// forecast is where the figures of the focus area since the last break lead by the period of a target that has none yet; nil
// where the target's limits are not known yet.
func (m *measurer) forecast(definition indicators.Definition, target results.Target, when period.Period, ix *results.Index) *stats.Forecast {
	wanted := stats.Target{Least: target.Lower, Most: target.Upper}
	if wanted == (stats.Target{}) {
		return nil
	}
	refused := func(reason string) *stats.Forecast {
		return &stats.Forecast{Estimate: stats.Missing(stats.StatusUnavailable, reason)}
	}
	series := ix.Series(results.SeriesKey{Indicator: definition.ID, Area: m.scope.Focus})
	switch {
	case definition.Money:
		return refused("amounts in cash terms are not carried on")
	case definition.Measure.Published != nil && definition.Measure.Published.Interval == "lost":
		return refused("a survey estimate whose interval is not held is not carried on")
	case len(series) > 0 && definition.Separates(series[len(series)-1].Period, when) != "":
		return refused("the series breaks before the target: " + definition.Separates(series[len(series)-1].Period, when))
	}
	var points []stats.Point
	for _, v := range sinceLastBreak(definition, series) {
		points = append(points, stats.Point{Period: v.Period.Label, Year: v.Period.Year(), Span: v.Period.Years(), Estimate: v.Estimate})
	}
	found := stats.ForecastTarget(points, when.Year(), wanted)
	if !found.HasValue() {
		return &found
	}
	var floor, ceiling *float64
	if definition.Measure.Pair() == nil && definition.Measure.Slope == nil && definition.Measure.Composite == nil {
		floor = within(points, func(v float64) bool { return v >= 0 }, 0)
		if definition.Unit == "%" {
			ceiling = within(points, func(v float64) bool { return v <= 100 }, 100)
		}
	}
	if floor != nil && *found.Value < *floor || ceiling != nil && *found.Value > *ceiling {
		return refused("by then a straight line would leave what the figure can be")
	}
	found.Estimate = found.Clip(floor, ceiling)
	return &found
}

// within is a bound of what a figure can be, where all figures so far keep to it.
func within(points []stats.Point, keeps func(float64) bool, bound float64) *float64 {
	for _, p := range points {
		if !keeps(*p.Estimate.Value) {
			return nil
		}
	}
	return &bound
}
