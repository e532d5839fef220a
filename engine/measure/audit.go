package measure

import (
	"levelfield/engine/results"
	"levelfield/indicators"
)

// Recovered is a hidden number that a reader can work back more closely than the policy of its dataset allows.
type Recovered struct {
	// Key is the hidden value; it is empty for a count that no row prints and that follows from others.
	results.Key
	Dataset string
	// Cell is the count in words: dataset, column, area, period and categories.
	Cell string
}

// Audit takes the place of a reader of published values: it finds what can be worked back of what they hide, from the values
// alone and from what is public about them: definitions, datasets and areas. It sees no number that is not in the values.
func (p *Protection) Audit(values []results.Value) []Recovered {
	if p == nil || len(p.Policies) == 0 {
		return nil
	}
	r := p.reader(values, false)
	of := map[int]results.Value{}
	for i, item := range r.items {
		of[item] = values[i]
	}
	var found []Recovered
	told := map[string]bool{}
	for _, fault := range r.publication.Audit() {
		if told[fault.Cell] {
			continue
		}
		told[fault.Cell] = true
		recovered := Recovered{Cell: fault.Cell}
		if v, is := of[fault.Item]; is {
			recovered.Key, recovered.Dataset = v.Key(), v.Dataset
		}
		for key, cell := range r.cells {
			if recovered.Dataset == "" && cell == r.publication.Cell(fault.Cell) {
				recovered.Dataset = key.dataset
			}
		}
		found = append(found, recovered)
	}
	return found
}

// Unfit are the published values that hold a number which no policy lets them hold: a small count, or any number of a dataset
// for internal use.
func (p *Protection) Unfit(values []results.Value) []Recovered {
	var found []Recovered
	if p == nil {
		return nil
	}
	for _, v := range values {
		policy, is := p.Policies[v.Dataset]
		if !is || policy.Known[v.Area] {
			continue
		}
		small := false
		r := reader{Protection: p}
		if definition := p.Definitions[v.Indicator]; definition.Dataset == v.Dataset && !policy.InternalOnly {
			for _, count := range r.printed(v, definition) {
				_, most := policy.Range(count) // a rounded count may stand for larger ones
				small = small || policy.Small(most)
			}
			small = small || r.precise(v, definition, policy)
		}
		if small || policy.InternalOnly && holds(v) {
			found = append(found, Recovered{Key: v.Key(), Dataset: v.Dataset})
		}
	}
	return found
}

// precise says whether a value is told more closely than its counts allow: a mean without the number of those whose mean it is,
// and a directly standardised rate that is not rounded.
func (r *reader) precise(v results.Value, definition indicators.Definition, policy Policy) bool {
	switch m := definition.Measure; {
	case !v.HasValue():
		return false
	case m.Mean != nil:
		return v.Denominator == nil
	case m.DSR != nil:
		strata := r.Strata[v.Key()]
		return !strata.standardises(m.DSR.Standard) || !weightsOf(*m.DSR, strata, policy).rounded(v, policy)
	}
	return false
}

// printed are the counts that a value prints, and what is left of the whole.
func (r *reader) printed(v results.Value, definition indicators.Definition) []float64 {
	part, whole := r.countsOf(v, definition)
	var counts []float64
	for _, c := range []*counted{part, whole} {
		if c != nil && c.value != nil {
			counts = append(counts, *c.value)
		}
	}
	return counts
}
