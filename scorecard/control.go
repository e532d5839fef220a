package scorecard

import (
	"fmt"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/seeds"
)

// yearly is the least distance in years between the periods of a series that counts as annual.
const yearly = 0.9

// control is the focus area's series since its last break as a chart of individual values and moving ranges.
func (b *builder) control(chart Chart, definition indicators.Definition) (Chart, string) {
	series := unbroken(definition, b.series(seriesKey{indicator: definition.ID, area: b.focus()}))
	if len(series) == 0 {
		return chart, "no figure is held for " + b.area(b.focus())
	}
	if overlap(series) {
		return chart, "the periods overlap, so that each figure repeats part of the one before"
	}
	points, spacing := controlPoints(series)
	options := stats.ControlOptions{Polarity: stats.Polarity(definition.Polarity), Annual: spacing >= yearly}
	mark, aimed := b.controlTarget(definition)
	if aimed {
		options.Target = mark.Value
	}
	found := stats.Control(points, options)
	last, held := lastControlled(found)
	if !held || last.LowerLimit == nil {
		return chart, fmt.Sprintf("%s (%d comparable since %s)", found.Reason, withValues(series), since(series[0].Period))
	}
	chart.Kind, chart.Unit, chart.Source, chart.HigherIsBetter = ControlChart, unitOf(definition), b.source(definition), higherIsBetter(definition)
	line := b.line(definition, definition.ID, b.focus(), FocusRole)
	line.Points = line.Points[len(line.Points)-len(series):]
	signals := map[string]Tone{}
	for _, p := range found.Points {
		signals[p.Period] = signalOf(p.Variation)
	}
	for i := range line.Points {
		line.Points[i].Lower, line.Points[i].Upper, line.Points[i].Signal = nil, nil, signals[series[i].Period.Label]
	}
	line.Points[0].GapBefore = false
	chart.Series, chart.Reference = []Series{line}, mark
	chart.Limits = []Limit{{From: line.Points[0].X, To: line.Points[len(line.Points)-1].X, Centre: last.Mean, Lower: last.LowerLimit, Upper: last.UpperLimit}}
	chart.Process = processOf(found, last)
	chart.Subtitle = fmt.Sprintf("%s, %s, %s, %s to %s. Limits from moving ranges (XmR)", definition.Short, unitWords(definition), b.area(b.focus()),
		since(series[0].Period), since(series[len(series)-1].Period))
	chart.Note = joinSentences(chart.Note, b.suppressedPeriods(seriesKey{indicator: definition.ID, area: b.focus()}))
	return chart, ""
}

// unbroken is the tail of a series that no break separates, from its first value to its last.
func unbroken(definition indicators.Definition, series []results.Value) []results.Value {
	start := 0
	for i := 1; i < len(series); i++ {
		if definition.Separates(series[i-1].Period, series[i].Period) != "" {
			start = i
		}
	}
	series = series[start:]
	for len(series) > 0 && !series[0].HasValue() {
		series = series[1:]
	}
	return series
}

func overlap(series []results.Value) bool {
	for i := 1; i < len(series); i++ {
		if series[i-1].Period.Overlaps(series[i].Period) {
			return true
		}
	}
	return false
}

// controlPoints are the points of a series, with one without value where a period of the usual spacing is not held, which
// ends a run and gives no moving range. The spacing is in years.
func controlPoints(series []results.Value) (points []stats.ControlPoint, spacing float64) {
	for i := 1; i < len(series); i++ {
		if step := series[i].Period.Year() - series[i-1].Period.Year(); i == 1 || step < spacing {
			spacing = step
		}
	}
	for i, v := range series {
		if i > 0 && v.Period.Year()-series[i-1].Period.Year() > 1.5*spacing {
			points = append(points, stats.ControlPoint{})
		}
		points = append(points, stats.ControlPoint{Period: v.Period.Label, Value: v.Value})
	}
	return points, spacing
}

// controlTarget is the line of a target that one number states, and whether meeting it is the direction that counts as good.
func (b *builder) controlTarget(definition indicators.Definition) (mark *Mark, aimed bool) {
	set, found := b.target(definition.ID)
	if !found || set.Basis != seeds.FromValue {
		return nil, false
	}
	switch label := "Target, " + since(set.Period); set.Kind {
	case seeds.AtLeast:
		return &Mark{Label: label, Value: set.Lower}, definition.Polarity == "high"
	case seeds.AtMost:
		return &Mark{Label: label, Value: set.Upper}, definition.Polarity == "low"
	}
	return nil, false
}

func lastControlled(chart stats.ControlChart) (stats.ControlledPoint, bool) {
	for i := len(chart.Points) - 1; i >= 0; i-- {
		if chart.Points[i].Value != nil {
			return chart.Points[i], true
		}
	}
	return stats.ControlledPoint{}, false
}

// withValues is how many of some values exist.
func withValues(series []results.Value) int {
	n := 0
	for _, v := range series {
		if v.HasValue() {
			n++
		}
	}
	return n
}

// signalOf is the tone of a point.
func signalOf(variation string) Tone {
	switch variation {
	case stats.Improvement:
		return Better
	case stats.Concern:
		return Worse
	case stats.NeutralHigh, stats.NeutralLow:
		return Similar
	}
	return ""
}

// signalWords say by which rule the latest point stands apart.
var signalWords = map[string]string{
	stats.RuleAboveLimit: "the latest figure lies above the upper limit",
	stats.RuleBelowLimit: "the latest figure lies below the lower limit",
	stats.RuleRising:     "seven figures in a row, each above the one before",
	stats.RuleFalling:    "seven figures in a row, each below the one before",
	stats.RuleNearUpper:  "two of three figures close to the upper limit",
	stats.RuleNearLower:  "two of three figures close to the lower limit",
	stats.RuleAboveMean:  "seven figures in a row above the mean",
	stats.RuleBelowMean:  "seven figures in a row below the mean",
}

// processOf are the findings on variation and assurance in words.
func processOf(found stats.ControlChart, last stats.ControlledPoint) *Process {
	process := &Process{Variation: CommonVariation, VariationWords: "Common variation: the latest figure does not stand apart from the rest"}
	switch last.Rule {
	case stats.RuleAboveLimit, stats.RuleRising, stats.RuleNearUpper, stats.RuleAboveMean:
		process.Upwards = true
	}
	switch found.Variation {
	case stats.Improvement:
		process.Variation, process.VariationWords = ImprovingVariation, "Special cause, for the better: "+signalWords[last.Rule]
	case stats.Concern:
		process.Variation, process.VariationWords = ConcerningVariation, "Special cause, for the worse: "+signalWords[last.Rule]
	case stats.NeutralHigh, stats.NeutralLow:
		process.Variation, process.VariationWords = SpecialVariation, "Special cause: "+signalWords[last.Rule]
	}
	switch found.Assurance {
	case stats.ConsistentPass:
		process.Assurance, process.AssuranceWords = TargetMet, "The target lies outside the limits: as things stand it is met each time"
	case stats.ConsistentFail:
		process.Assurance, process.AssuranceWords = TargetMissed, "The target lies outside the limits: as things stand it is missed each time"
	case stats.Inconsistent:
		process.Assurance, process.AssuranceWords = TargetByChance, "The target lies inside the limits: as things stand it is met or missed by chance"
	}
	return process
}
