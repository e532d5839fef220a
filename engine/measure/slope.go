package measure

import (
	"fmt"
	"math"

	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// slope makes the slope index and the relative index of every area and period in which the indicator has a value for a
// category of the breakdown.
func (m *measurer) slope(definition indicators.Definition) []results.Value {
	spec := definition.Measure.Slope
	of := m.definitions[spec.Of]
	type place struct{ area, period string }
	groups := map[place]map[string]results.Value{}
	var order []results.Value
	for _, v := range m.made[spec.Of] {
		if v.Breakdown != spec.Breakdown {
			continue
		}
		at := place{v.Area, v.Period.Label}
		if groups[at] == nil {
			groups[at] = map[string]results.Value{}
			order = append(order, v)
		}
		groups[at][v.Category] = v
	}
	var values []results.Value
	for _, first := range order {
		values = append(values, m.slopeOf(definition, of, first.Area, first.Period, groups[place{first.Area, first.Period.Label}])...)
	}
	return values
}

// slopeOf is the headline and the two rows of one area and period.
func (m *measurer) slopeOf(definition, of indicators.Definition, area string, when period.Period, categories map[string]results.Value) []results.Value {
	spec := definition.Measure.Slope
	value := m.value(definition, area, when)
	var g stats.Gradient
	found := stats.Slope{}
	scale, unit := scaleOf(*spec, of)
	flags := ""
	for _, category := range spec.Order {
		v, is := categories[category]
		switch {
		case found.SII.Status != "":
			continue
		case !is:
			found.SII = stats.Missing(stats.StatusUnavailable, "no row for the category "+category)
			continue
		case !v.HasValue():
			found.SII = stats.Missing(v.Status, v.Reason)
			continue
		}
		flags += " " + v.Status
		value.Dataset, value.Snapshot = joined(v.Dataset, value.Dataset), joined(v.Snapshot, value.Snapshot)
		g.Populations = append(g.Populations, number(v.Denominator))
		g.Values = append(g.Values, *v.Value/unit)
		g.Lower95, g.Upper95 = append(g.Lower95, number(v.Lower95)/unit), append(g.Upper95, number(v.Upper95)/unit)
	}
	if found.SII.Status == "" {
		found = stats.SlopeIndex(g, stats.SlopeOptions{Scale: scale, Transform: spec.Transform, Multiplier: unit})
	} else {
		found.RII = found.SII
	}
	var rows []results.Value
	for _, index := range []struct {
		breakdown, category, unit string
		estimate                  stats.Estimate
	}{
		{"", "", definition.Unit, found.SII},
		{spec.Breakdown, results.SlopeIndex, definition.Unit, found.SII},
		{spec.Breakdown, results.RelativeIndex, "ratio", found.RII},
	} {
		row := value
		row.Breakdown, row.Category, row.Unit, row.Estimate = index.breakdown, index.category, index.unit, index.estimate
		if row.HasValue() {
			row.Status = orderLetters(flags)
			row.Method = fmt.Sprintf("%s over %d groups (derived)", row.Method, len(spec.Order))
		}
		rows = append(rows, row)
	}
	return rows
}

// scaleOf is the scale on which the values of an indicator are normal, and what a value of one is written as there.
func scaleOf(spec indicators.Slope, of indicators.Definition) (scale stats.Scale, unit float64) {
	scale, unit = stats.Scale(spec.ScaleOf(of.Measure)), 1
	if scale == stats.Logit {
		unit = multiplier(of.Unit)
	}
	return scale, unit
}

// number is a number that may be missing, as engine/stats takes it.
func number(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}
