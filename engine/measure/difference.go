package measure

import (
	"strings"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// difference makes first minus second, or first over second, for every area and period in which the second has a row.
func (m *measurer) difference(definition indicators.Definition) []results.Value {
	spec := definition.Measure.Pair()
	firsts, seconds := m.operand(spec.First, spec), m.operand(spec.Second, spec)
	type place struct{ area, period string }
	byPlace := make(map[place]*results.Value, len(firsts))
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
		value.Estimate = m.combine(definition, *first, *second)
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
func (m *measurer) operand(name string, spec *indicators.Difference) []*results.Value {
	indicator, breakdown, category := name, "", ""
	if spec.Of != "" {
		indicator, breakdown, category = spec.Of, spec.Breakdown, name
	}
	var side []*results.Value
	values := m.made[indicator]
	for i := range values {
		if v := &values[i]; v.Breakdown == breakdown && v.Category == category {
			side = append(side, v)
		}
	}
	return side
}

// pairing is the label of the second's period with which a value of the first is paired: its own, or the financial
// year that begins in its calendar year.
func (m *measurer) pairing(spec *indicators.Difference, first *results.Value) string {
	if spec.Periods != "calendar-with-financial" {
		return first.Period.Label
	}
	year := first.Period.EndDate().Year()
	return financialYear(year)
}

// combine is first minus second: of two proportions from their counts, of anything else from its limits. Of a relative
// measure it is first over second, times 100 where the unit is a percentage.
func (m *measurer) combine(definition indicators.Definition, first, second results.Value) stats.Estimate {
	for _, side := range []results.Value{first, second} {
		if !side.HasValue() {
			return stats.Missing(side.Status, side.Reason)
		}
	}
	if definition.Measure.Relative != nil {
		return stats.RatioMover(first.Estimate, second.Estimate).Times(multiplier(definition.Unit))
	}
	counted := first.Numerator != nil && second.Numerator != nil && first.Denominator != nil && second.Denominator != nil
	proportions := m.definitions[first.Indicator].Measure.Proportion != nil && m.definitions[second.Indicator].Measure.Proportion != nil
	if counted && proportions {
		return stats.DifferenceNewcombe(*first.Numerator, *first.Denominator, *second.Numerator, *second.Denominator, multiplier(first.Unit))
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
