package chart

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"levelfield/scorecard"
)

// Describe is the chart's alternative text, made from its data alone: what kind of chart it is, first and last values
// with their periods, intervals, comparators, breaks, and what is missing. It never says that something rose or fell:
// that is a finding, and belongs to the title.
func Describe(spec scorecard.Chart) string {
	kind, known := kinds[spec.Kind]
	if !known {
		return ""
	}
	return strings.Join(kind.describe(spec), " ")
}

func describeTrend(spec scorecard.Chart) []string {
	data := readTrend(spec)
	if data.values.empty() {
		return []string{"Line chart without figures."}
	}
	said := []string{"Line chart."}
	for _, series := range spec.Series {
		if data.banded() && series.Role == scorecard.UpperBoundRole {
			continue
		}
		if sentence := describeSeries(data, series); sentence != "" {
			said = append(said, sentence)
		}
	}
	for _, divide := range drawnBreaks(spec) {
		said = append(said, fmt.Sprintf("Break in the series: %s.", strings.TrimSuffix(divide.Why, ".")))
	}
	if missing := missingPeriods(spec); len(missing) > 0 {
		said = append(said, "No value: "+strings.Join(missing, ", ")+".")
	}
	if spec.Kind == scorecard.TrendChart {
		if axis, _ := trendAxis(data.values, spec.Unit); axis.low > 0 {
			said = append(said, "The vertical axis starts at "+axisNumber(spec.Unit, axis.low)+", not at zero.")
		}
		if provisional(spec) {
			said = append(said, "Hollow points are provisional.")
		}
	}
	return said
}

// describeSeries is "Thurrock: from 2.2% in 2021 to 3.8% in 2025 (95% interval 3.3 to 4.4)." Where the series is
// broken it speaks of the part after the last break only.
func describeSeries(data trendData, series scorecard.Series) string {
	if point, _, known := lastGoal(series); series.Role == scorecard.TargetRole {
		if !known {
			return ""
		}
		return series.Name + ": " + goalWords(point, data.spec.Unit) + during(point.Label) + "."
	}
	first, last, broken, known := comparable(sorted(series), data.spec.Breaks)
	if !known {
		return ""
	}
	value := func(point scorecard.Point) string {
		words := data.spec.Unit.Format(*point.Y)
		if data.banded() && series.Role == scorecard.EnglandRole {
			for _, ceiling := range data.bound.Points {
				if high, known := number(ceiling.Y); known && ceiling.X == point.X {
					words = "between " + words + " and " + data.spec.Unit.Format(high)
				}
			}
		}
		return words
	}
	var b strings.Builder
	b.WriteString(series.Name + ": ")
	if first.X != last.X {
		b.WriteString("from " + value(first) + during(first.Label) + " to ")
	}
	b.WriteString(value(last) + during(last.Label))
	if low, high, whole := limits(last.Lower, last.Upper); whole && series.Role != scorecard.EnglandRole {
		b.WriteString(" (" + interval(low, high, data.spec.Unit) + ")")
	}
	if broken {
		b.WriteString(", after the last break")
	}
	return b.String() + "."
}

// comparable are the first and last points of the part of a series after its last break. A gap without a break is only
// a period that nobody published.
func comparable(points []scorecard.Point, breaks []scorecard.Divide) (first, last scorecard.Point, broken, known bool) {
	before := 0.0
	for _, point := range points {
		if _, valued := number(point.Y); !valued {
			continue
		}
		if known && divided(before, point.X, breaks) {
			first, broken = point, true
		}
		if !known {
			first, known = point, true
		}
		last, before = point, point.X
	}
	return first, last, broken, known
}

// during is " in 2025", " on 1 January 2026", or " for Dec 2024 to Feb 2025" where the period is itself a span in words.
func during(period string) string {
	switch {
	case period == "":
		return ""
	case strings.Contains(period, " to "):
		return " for " + period
	case day.MatchString(period):
		return " on " + period
	default:
		return " in " + period
	}
}

// day is a date in words, as the British write it.
var day = regexp.MustCompile(`^[0-9]{1,2} [A-Z]`)

func interval(low, high float64, unit scorecard.Unit) string {
	return "95% interval " + bare(unit).Format(low) + " to " + bare(unit).Format(high)
}

// missingPeriods are the periods for which the focus area's first series has no value.
func missingPeriods(spec scorecard.Chart) []string {
	var missing []string
	for _, series := range spec.Series {
		if series.Role != scorecard.FocusRole {
			continue
		}
		for _, point := range sorted(series) {
			if _, known := number(point.Y); !known && !slices.Contains(missing, point.Label) {
				missing = append(missing, point.Label)
			}
		}
		break
	}
	return missing
}

func describeBars(spec scorecard.Chart) []string {
	var valued, missing, said []string
	with := ""
	for _, bar := range spec.Bars {
		value, known := number(bar.Value)
		if !known {
			missing = append(missing, bar.Label+" "+absence(bar.Status))
			continue
		}
		words := bar.Label + " " + spec.Unit.Format(value)
		valued = append(valued, words)
		low, high, whole := limits(bar.Lower, bar.Upper)
		if whole {
			with = " with 95% intervals"
		}
		if bar.Role == scorecard.FocusRole {
			if whole {
				words += " (" + interval(low, high, spec.Unit) + ")"
			}
			said = append(said, words+".")
		}
	}
	if len(valued) == 0 {
		return []string{"Chart of areas without figures."}
	}
	head := fmt.Sprintf("Bars for %s.", areas(len(valued)))
	if with != "" {
		head = fmt.Sprintf("Points for %s%s.", areas(len(valued)), with)
	}
	said = append([]string{head}, said...)
	if len(valued) > 1 {
		said = append(said, "In the order shown from "+valued[0]+" to "+valued[len(valued)-1]+".")
	}
	return append(said, tail(spec, missing)...)
}

// tail is the reference and what is missing.
func tail(spec scorecard.Chart, missing []string) []string {
	var said []string
	if spec.Reference != nil {
		if value, known := number(spec.Reference.Value); known {
			said = append(said, spec.Reference.Label+" "+spec.Unit.Format(value)+".")
		}
	}
	if len(missing) > 0 {
		said = append(said, "No value: "+strings.Join(missing, ", ")+".")
	}
	return said
}

func areas(count int) string {
	if count == 1 {
		return "one area"
	}
	return fmt.Sprintf("%d areas", count)
}

func describeStrip(spec scorecard.Chart) []string {
	data := readStrip(spec)
	if data.reach.empty() {
		return []string{"Place among neighbours, without figures."}
	}
	direction := "low to the left"
	if spec.HigherIsBetter != nil {
		direction = "worse to the left, better to the right"
	}
	said := []string{"Place among neighbours, " + direction + "."}
	if data.focus != nil {
		words := data.focus.Label + " " + spec.Unit.Format(*data.focus.Value)
		if low, high, known := limits(data.focus.Lower, data.focus.Upper); known {
			words += " (" + interval(low, high, spec.Unit) + ")"
		}
		said = append(said, words+".")
	}
	if count := len(data.neighbours); count >= fewNeighbours {
		said = append(said, fmt.Sprintf("The middle half of %d neighbours lies between %s and %s.", count,
			spec.Unit.Format(quantile(data.neighbours, 0.25)), spec.Unit.Format(quantile(data.neighbours, 0.75))))
	} else if count > 0 {
		said = append(said, fmt.Sprintf("Neighbours with a value: %d.", count))
	}
	return append(said, tail(spec, nil)...)
}

func describeStacked(spec scorecard.Chart) []string {
	if !anyValue(spec.Bars) {
		return []string{"Stacked bars without figures."}
	}
	said := []string{fmt.Sprintf("Stacked bars: %s, then %s.", spec.PartNames[0], spec.PartNames[1])}
	for _, bar := range spec.Bars {
		numbers := partNumbers(bar, scorecard.Unit{Prefix: spec.Unit.Prefix, Suffix: spec.Unit.Suffix, Decimals: spec.Unit.Decimals})
		said = append(said, fmt.Sprintf("%s %s and %s.", bar.Label, numbers[0], numbers[1]))
	}
	return said
}

func describePairs(spec scorecard.Chart) []string {
	if !anyPair(spec.Pairs) {
		return []string{"Chart of pairs without figures."}
	}
	said := []string{fmt.Sprintf("Both ends of each pair: %s and %s.", spec.PartNames[0], spec.PartNames[1])}
	for _, pair := range spec.Pairs {
		said = append(said, fmt.Sprintf("%s%s: %s %s and %s, %s %s and %s.", pair.Label, during(pair.Period),
			nameOf(spec, scorecard.FocusRole), pairNumber(pair.Focus[0], pair.Unit), pairNumber(pair.Focus[1], pair.Unit),
			nameOf(spec, scorecard.EnglandRole), pairNumber(pair.England[0], pair.Unit), pairNumber(pair.England[1], pair.Unit)))
	}
	return said
}

func pairNumber(value *float64, unit scorecard.Unit) string {
	end, known := number(value)
	if !known {
		return absence("")
	}
	return unit.Format(end)
}
