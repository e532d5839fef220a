package measure

import (
	"slices"

	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// trends judges the recent periods of the focus area and of England: headlines and categories. Of amounts of money it is
// the ratio to England's that is judged.
func (m *measurer) trends(definition indicators.Definition, ix *results.Index) []results.Trend {
	var trends []results.Trend
	for _, area := range []string{m.scope.Focus, m.scope.England} {
		for _, key := range ix.Keys(definition.ID, area) {
			trend := results.Trend{Indicator: key.Indicator, Area: key.Area, Breakdown: key.Breakdown, Category: key.Category}
			series := ix.Series(key)
			if definition.Money && area != m.scope.England {
				series = m.toEngland(ix, series)
			}
			trend.Trend = trendOf(definition, m.base(definition), series, area == m.scope.England)
			trends = append(trends, trend)
		}
	}
	return trends
}

// toEngland is a series of amounts as ratios to England's of the same period, by MOVER-R; a period without England's has
// no value.
func (m *measurer) toEngland(ix *results.Index, series []results.Value) []results.Value {
	ratios := slices.Clone(series)
	for i, v := range ratios {
		ratios[i].Estimate = m.ratioToEngland(ix, v)
		ratios[i].Numerator, ratios[i].Denominator, ratios[i].WorkedBack = nil, nil, nil
	}
	return ratios
}

// ratioToEngland is a value over England's of the same period.
func (m *measurer) ratioToEngland(ix *results.Index, v results.Value) stats.Estimate {
	key := v.Key()
	key.Area = m.scope.England
	england, _ := ix.Value(key)
	return stats.RatioMover(v.Estimate, england.Estimate)
}

func trendOf(definition, base indicators.Definition, series []results.Value, ofEngland bool) stats.Trend {
	comparable := sinceLastBreak(definition, series)
	long := definition.Trend != nil && definition.Trend.Rule == stats.RuleAll && !definition.Money
	rule := stats.RuleRecent
	switch {
	case definition.Money:
		rule = stats.RuleRecentRatio
	case long:
		rule = stats.RuleAll
	}
	refused := func(reason string) stats.Trend {
		trend := stats.Trend{Outcome: stats.CannotCalculate, Rule: rule, Points: len(comparable), Reason: reason}
		if len(comparable) > 0 {
			trend.From, trend.To = comparable[0].Period.Label, comparable[len(comparable)-1].Period.Label
		}
		return trend
	}
	switch spec := definition.Measure.Published; {
	case definition.Trend != nil && definition.Trend.Points == 0:
		return refused(definition.Trend.None)
	case definition.Money && ofEngland:
		return refused("amounts in cash terms: other areas are shown as a ratio to England")
	case spec != nil && spec.Interval != "":
		return refused("no interval is published")
	case overlapping(comparable) && !long:
		return refused("periods overlap")
	}
	points := make([]stats.Point, len(comparable))
	proportion := base.Measure.Proportion != nil
	for i, v := range comparable {
		points[i] = stats.Point{Period: v.Period.Label, Year: v.Period.Year(), Span: v.Period.Years(), Numerator: v.Numerator, Denominator: v.Denominator, Estimate: v.Estimate}
		if v.Numerator == nil {
			points[i].Numerator = v.WorkedBack
		}
	}
	test := stats.RecentTrend
	if long {
		test = stats.LongTrend
	}
	trend := test(points, stats.Polarity(definition.Polarity), proportion)
	trend.Rule = rule
	if trend.Outcome == stats.CannotCalculate && len(comparable) < len(series) && len(comparable) < 5 {
		if broken := lastBreak(definition, series); broken != "" {
			trend.Reason += " since the break: " + broken
		}
	}
	return trend
}

// sinceLastBreak is the tail of a series with values that nothing separates: no declared break, no cohort on another
// footing.
func sinceLastBreak(definition indicators.Definition, series []results.Value) []results.Value {
	start := 0
	for i := range series {
		if i > 0 && definition.Separates(series[i-1].Period, series[i].Period) != "" {
			start = i
		}
	}
	var tail []results.Value
	for _, v := range series[start:] {
		if v.HasValue() {
			tail = append(tail, v)
		}
	}
	return tail
}

// lastBreak is the reason of the last break of a series, or "".
func lastBreak(definition indicators.Definition, series []results.Value) string {
	why := ""
	for i := 1; i < len(series); i++ {
		if reason := definition.Separates(series[i-1].Period, series[i].Period); reason != "" {
			why = reason
		}
	}
	return why
}

// separated is the reason why two periods of a series may not be compared, or "": the first break between them.
func separated(definition indicators.Definition, series []results.Value, from, to period.Period) string {
	for i := 1; i < len(series); i++ {
		before, after := series[i-1].Period, series[i].Period
		if after.End <= from.End || after.End > to.End {
			continue
		}
		if why := definition.Separates(before, after); why != "" {
			return why
		}
	}
	return ""
}

func overlapping(series []results.Value) bool {
	for i := 1; i < len(series); i++ {
		if series[i-1].Period.Overlaps(series[i].Period) {
			return true
		}
	}
	return false
}
