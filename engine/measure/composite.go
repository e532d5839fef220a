package measure

import (
	"iter"

	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// composite makes the index of every area that has all parts. The parts are standardised over the authorities among which
// positions are counted; England and the regions are placed on the same scale.
func (m *measurer) composite(definition indicators.Definition) ([]results.Value, error) {
	spec := definition.Measure.Composite
	when, err := period.Parse(period.Kind(spec.Kind), string(spec.Period))
	if err != nil {
		return nil, err
	}
	parts := make([]map[string]results.Value, len(spec.Parts))
	scales := make([]stats.Standard, len(spec.Parts))
	for i, part := range spec.Parts {
		parts[i] = map[string]results.Value{}
		for _, v := range m.made[part.Indicator] {
			if v.Headline() && v.Period.Label == string(part.Period) {
				parts[i][v.Area] = v
			}
		}
		var held bool
		if scales[i], held = CompositeScale(results.Values{m.made[part.Indicator]}.All(), part, m.scope.Ranked); !held {
			return nil, nil
		}
	}
	var values []results.Value
	for _, first := range m.made[spec.Parts[0].Indicator] {
		if _, own := parts[0][first.Area]; !own || first.Period.Label != string(spec.Parts[0].Period) || !first.Headline() {
			continue
		}
		value := m.value(definition, first.Area, when)
		scores := make([]*float64, len(parts))
		status := ""
		for i, part := range spec.Parts {
			of := parts[i][first.Area]
			value.Dataset, value.Snapshot = joined(of.Dataset, value.Dataset), joined(of.Snapshot, value.Snapshot)
			status += " " + of.Status
			if of.HasValue() {
				z := scales[i].Z(*of.Value)
				if m.definitions[part.Indicator].Polarity != definition.Polarity {
					z = -z
				}
				scores[i] = &z
			}
		}
		if value.Estimate = stats.Composite(scores); value.HasValue() {
			value.Status = orderLetters(status)
		}
		values = append(values, value)
	}
	return values, nil
}

// CompositeScale is what a part of an index is standardised by: its values in the authorities among which positions are
// counted. It does not exist where fewer than two of them have one.
func CompositeScale(values iter.Seq[*results.Value], part indicators.CompositePart, ranked map[string]bool) (stats.Standard, bool) {
	var all []*float64
	for v := range values {
		if v.Indicator == part.Indicator && ranked[v.Area] && v.Headline() && v.Period.Label == string(part.Period) && v.HasValue() {
			all = append(all, v.Value)
		}
	}
	return stats.NewStandard(all)
}
