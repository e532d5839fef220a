package measure

import (
	"fmt"
	"slices"

	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// pooled adds up the counts of an indicator's headline over so many years that follow one another, for each area and last year.
// What one of the years does not tell, the sum does not tell either.
func (m *measurer) pooled(definition indicators.Definition) ([]results.Value, error) {
	spec := definition.Measure.Pooled
	of := m.definitions[spec.Of]
	byArea := map[string][]results.Value{}
	var areas []string
	for _, v := range m.made[spec.Of] {
		if !v.Headline() {
			continue
		}
		if byArea[v.Area] == nil {
			areas = append(areas, v.Area)
		}
		byArea[v.Area] = append(byArea[v.Area], v)
	}
	var values []results.Value
	for _, area := range areas {
		years := byArea[area]
		slices.SortStableFunc(years, func(a, b results.Value) int { return a.Period.Compare(b.Period) })
		for last := spec.Years - 1; last < len(years); last++ {
			window := years[last-spec.Years+1 : last+1]
			if !consecutive(window) {
				continue
			}
			label := window[0].Period.Label + " to " + window[len(window)-1].Period.Label
			when, err := period.Parse(period.Pooled, label)
			if err != nil {
				return nil, err
			}
			values = append(values, m.pool(definition, of, when, window))
		}
	}
	return values, nil
}

// consecutive reports whether each period ends a year after the one before.
func consecutive(window []results.Value) bool {
	const remainder = 1e-6
	for i := 1; i < len(window); i++ {
		if gap := window[i].Period.Year() - window[i-1].Period.Year(); gap < 1-remainder || gap > 1+remainder {
			return false
		}
	}
	return true
}

// pool is the value of one window of years.
func (m *measurer) pool(definition, of indicators.Definition, when period.Period, window []results.Value) results.Value {
	value := m.value(definition, window[0].Area, when)
	value.Dataset, value.Snapshot = window[0].Dataset, window[0].Snapshot
	var numerator, denominator float64
	status := ""
	for i, year := range window {
		why := ""
		if i > 0 {
			if why = of.Separates(window[i-1].Period, year.Period); why == "" {
				why = definition.Separates(window[i-1].Period, year.Period)
			}
		}
		switch {
		case why != "":
			value.Estimate = stats.Missing(stats.StatusUnavailable, why)
			return value
		case !year.HasValue():
			value.Estimate = stats.Missing(year.Status, year.Period.Label+": "+year.Reason)
			return value
		case !hasCounts(year):
			value.Estimate = stats.Missing(stats.StatusUnavailable, "counts of "+year.Period.Label+" are not published")
			return value
		}
		numerator, denominator = numerator+*year.Numerator, denominator+*year.Denominator
		status += " " + year.Status
		for _, warning := range year.Warnings {
			if !slices.Contains(value.Warnings, warning) {
				value.Warnings = append(value.Warnings, warning)
			}
		}
	}
	warnings := value.Warnings
	value.Estimate = fromCounts(of, numerator, denominator)
	value.Warnings = append(value.Warnings, warnings...)
	if value.HasValue() {
		value.Numerator, value.Denominator = &numerator, &denominator
		value.Status = orderLetters(status)
		value.Method += fmt.Sprintf(" (counts of %d years together)", len(window))
	}
	return value
}

// base is the definition whose counts a value stands on: that of the years, where they are pooled.
func (m *measurer) base(definition indicators.Definition) indicators.Definition {
	if pooled := definition.Measure.Pooled; pooled != nil {
		return m.definitions[pooled.Of]
	}
	return definition
}
