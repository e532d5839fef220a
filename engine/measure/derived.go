package measure

import (
	"levelfield/engine/results"
	"levelfield/indicators"
)

// derivedInOrder lists the indicators that are made of others so that each comes after those it is made of.
func (m *measurer) derivedInOrder(ordered []Indicator) []indicators.Definition {
	var waiting, sorted []indicators.Definition
	for _, indicator := range ordered {
		if len(indicator.Definition.Operands()) > 0 {
			waiting = append(waiting, indicator.Definition)
		}
	}
	placed := map[string]bool{}
	for len(waiting) > 0 {
		var later []indicators.Definition
		for _, definition := range waiting {
			ready := true
			for _, operand := range definition.Operands() {
				of, known := m.definitions[operand]
				if known && len(of.Operands()) > 0 && !placed[operand] {
					ready = false
				}
			}
			if ready {
				sorted, placed[definition.ID] = append(sorted, definition), true
			} else {
				later = append(later, definition)
			}
		}
		if len(later) == len(waiting) {
			return append(sorted, later...)
		}
		waiting = later
	}
	return sorted
}

// derive makes the values of an indicator that is made of others.
func (m *measurer) derive(definition indicators.Definition) ([]results.Value, error) {
	switch {
	case definition.Measure.Composite != nil:
		return m.composite(definition)
	case definition.Measure.Slope != nil:
		return m.slope(definition), nil
	case definition.Measure.Share != nil:
		return m.share(definition), nil
	}
	return m.difference(definition), nil
}
