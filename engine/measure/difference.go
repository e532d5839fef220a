package measure

import (
	"strings"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// difference makes first minus second for every area and period in which the second has a row.
func (m *measurer) difference(definition indicators.Definition) []results.Value {
	spec := definition.Measure.Difference
	firsts, seconds := m.operand(spec.First, spec), m.operand(spec.Second, spec)
	type place struct{ area, period string }
	byPlace := make(map[place]results.Value, len(firsts))
	for _, v := range firsts {
		byPlace[place{v.Area, m.pairing(spec, v)}] = v
	}
	var values []results.Value
	for _, second := range seconds {
		first, found := byPlace[place{second.Area, second.Period.Label}]
		if !found {
			continue
		}
		value := m.value(definition, second.Area, second.Period)
		value.Estimate = subtract(first, second, multiplier(first.Unit))
		value.Dataset = joined(first.Dataset, second.Dataset)
		value.Snapshot = joined(first.Snapshot, second.Snapshot)
		switch {
		case value.HasValue():
			value.Status = orderLetters(first.Status + " " + second.Status)
			value.Method = derivedMethod(value.Method, spec.Basis)
		case definition.Fetch != nil && value.Area == m.scope.Focus:
			value.Reason = m.whyAbsent(definition, value.Area)
		}
		values = append(values, value)
	}
	return values
}

// operand is one side of a difference: a category of a breakdown, or the headline of another indicator.
func (m *measurer) operand(name string, spec *indicators.Difference) []results.Value {
	indicator, breakdown, category := name, "", ""
	if spec.Of != "" {
		indicator, breakdown, category = spec.Of, spec.Breakdown, name
	}
	var side []results.Value
	for _, v := range m.made[indicator] {
		if v.Breakdown == breakdown && v.Category == category {
			side = append(side, v)
		}
	}
	return side
}

// pairing is the label of the second's period with which a value of the first is paired: its own, or the financial
// year that begins in its calendar year.
func (m *measurer) pairing(spec *indicators.Difference, first results.Value) string {
	if spec.Periods != "calendar-with-financial" {
		return first.Period.Label
	}
	year := first.Period.EndDate().Year()
	return financialYear(year)
}

func subtract(first, second results.Value, multiplier float64) stats.Estimate {
	switch {
	case !first.HasValue():
		return stats.Missing(first.Status, first.Reason)
	case !second.HasValue():
		return stats.Missing(second.Status, second.Reason)
	case first.Numerator != nil && second.Numerator != nil && first.Denominator != nil && second.Denominator != nil:
		return stats.DifferenceNewcombe(*first.Numerator, *first.Denominator, *second.Numerator, *second.Denominator, multiplier)
	}
	return stats.DifferenceMover(first.Estimate, second.Estimate)
}

// derivedMethod says in the method that the value is derived, and on what basis.
func derivedMethod(method, basis string) string {
	if basis == "" {
		return method + " (derived)"
	}
	return method + " (derived: " + strings.TrimSuffix(strings.TrimSpace(basis), ".") + ")"
}

// joined names both sources of a derived value, once when they are the same.
func joined(first, second string) string {
	if first == second || second == "" {
		return first
	}
	return first + " " + second
}
