package chart

import (
	"slices"
	"strings"

	"levelfield/scorecard"
)

// Table is the chart's data as a table of formatted text, to stand beside it: every value that is drawn, with its
// interval and shorthand. An unknown kind has an empty table.
func Table(spec scorecard.Chart) scorecard.DataTable {
	kind, known := kinds[spec.Kind]
	if !known {
		return scorecard.DataTable{}
	}
	made := kind.table(spec)
	made.Caption = spec.Title
	if made.Caption == "" {
		made.Caption = spec.Subtitle
	}
	made.Note = spec.Note
	made.Numeric = make([]bool, len(made.Heads))
	for i := range made.Numeric {
		made.Numeric[i] = i > 0 && made.Heads[i] != periodHead
	}
	return made
}

const (
	periodHead   = "Period"
	intervalHead = "95% interval"
)

func seriesTable(spec scorecard.Chart) scorecard.DataTable {
	made := scorecard.DataTable{Heads: []string{periodHead}}
	labels := map[float64]string{}
	var times []float64
	for _, series := range spec.Series {
		made.Heads = append(made.Heads, seriesHead(spec, series))
		if hasIntervals(series) && series.Role != scorecard.TargetRole {
			made.Heads = append(made.Heads, series.Name+", "+intervalHead)
		}
		for _, point := range sorted(series) {
			if _, seen := labels[point.X]; !seen {
				times = append(times, point.X)
				labels[point.X] = point.Label
			}
		}
	}
	slices.Sort(times)
	for _, time := range times {
		row := []string{labels[time]}
		for _, series := range spec.Series {
			point := scorecard.Point{}
			for _, candidate := range series.Points {
				if candidate.X == time {
					point = candidate
				}
			}
			if series.Role == scorecard.TargetRole {
				row = append(row, goalWords(point, spec.Unit))
				continue
			}
			row = append(row, pointWords(point, spec.Unit))
			if hasIntervals(series) {
				row = append(row, limitWords(point.Lower, point.Upper, point.Y, spec.Unit))
			}
		}
		made.Rows = append(made.Rows, row)
	}
	return made
}

// seriesHead is a series' name; the two that bound England's share from below and above say which is which.
func seriesHead(spec scorecard.Chart, series scorecard.Series) string {
	data := readTrend(spec)
	switch {
	case data.banded() && series.Role == scorecard.EnglandRole:
		return series.Name + ", at least"
	case data.banded() && series.Role == scorecard.UpperBoundRole:
		return data.england.Name + ", at most"
	default:
		return series.Name
	}
}

func hasIntervals(series scorecard.Series) bool {
	return slices.ContainsFunc(series.Points, func(point scorecard.Point) bool {
		return limitWords(point.Lower, point.Upper, point.Y, scorecard.Unit{}) != ""
	})
}

// pointWords is a value with its shorthand, [p] where it is provisional.
func pointWords(point scorecard.Point, unit scorecard.Unit) string {
	value, known := number(point.Y)
	if !known {
		return absence(point.Status)
	}
	status := point.Status
	if point.Provisional && !provisionalStatus(status) {
		status += " p"
	}
	return strings.TrimSpace(unit.Format(value) + " " + markers(status))
}

// limitWords is an interval beside a value, or nothing.
func limitWords(lower, upper, value *float64, unit scorecard.Unit) string {
	return intervalWords(scorecard.Bar{Value: value, Lower: lower, Upper: upper}, unit)
}

func barsTable(spec scorecard.Chart) scorecard.DataTable {
	head := spec.Unit.Words
	if head == "" {
		head = "Value"
	}
	made := scorecard.DataTable{Heads: []string{"Area", head}}
	with := slices.ContainsFunc(spec.Bars, func(bar scorecard.Bar) bool { return intervalWords(bar, spec.Unit) != "" })
	if with {
		made.Heads = append(made.Heads, intervalHead)
	}
	bars := spec.Bars
	if reference := spec.Reference; reference != nil {
		known := slices.ContainsFunc(bars, func(bar scorecard.Bar) bool { return bar.Label == reference.Label })
		if !known {
			bars = append(slices.Clone(bars), scorecard.Bar{Label: reference.Label, Value: reference.Value})
		}
	}
	for _, bar := range bars {
		row := []string{bar.Label, pointWords(scorecard.Point{Y: bar.Value, Status: bar.Status}, spec.Unit)}
		if with {
			row = append(row, intervalWords(bar, spec.Unit))
		}
		made.Rows = append(made.Rows, row)
	}
	return made
}

func stackedTable(spec scorecard.Chart) scorecard.DataTable {
	made := scorecard.DataTable{Heads: []string{"Area", spec.PartNames[0], spec.PartNames[1], "Both"}}
	for _, bar := range spec.Bars {
		numbers := partNumbers(bar, spec.Unit)
		made.Rows = append(made.Rows, append([]string{bar.Label}, numbers[:]...))
	}
	return made
}

func pairsTable(spec scorecard.Chart) scorecard.DataTable {
	made := scorecard.DataTable{Heads: []string{"Measure", periodHead}}
	for _, role := range []scorecard.Role{scorecard.FocusRole, scorecard.EnglandRole} {
		for _, group := range spec.PartNames {
			made.Heads = append(made.Heads, nameOf(spec, role)+", "+group)
		}
	}
	for _, pair := range spec.Pairs {
		row := []string{pair.Label, pair.Period}
		for _, value := range []*float64{pair.Focus[0], pair.Focus[1], pair.England[0], pair.England[1]} {
			row = append(row, pairNumber(value, pair.Unit))
		}
		made.Rows = append(made.Rows, row)
	}
	return made
}
