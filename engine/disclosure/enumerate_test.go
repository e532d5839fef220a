package disclosure

import "math"

// Enumerate is the oracle of the audit: it looks through the fillings of the hidden cells with whole numbers that fulfil
// all relations, and returns for each cell the least and the greatest number that occurs. A filling is given up as soon as
// one relation cannot hold any more; nothing is shared with bounds.go. A cell without an upper bound is tried up to most
// above its least.
//
// Cells that no relation holds are left out: every number is possible there. A cell that is no count stands in one relation, and
// is put into its range.
func Enumerate(p *Publication, most float64) map[int]Range {
	e := &enumeration{p: p, domain: p.printed(), value: make([]float64, len(p.cells)), found: map[int]Range{}}
	for _, relation := range p.relations {
		e.all = append(e.all, relation.counts(p.measured, e.domain))
	}
	held := map[int]bool{}
	for _, relation := range e.all {
		for _, term := range relation.Terms {
			held[term.Cell] = true
		}
	}
	e.squeeze()
	for i := range e.domain {
		e.domain[i].High = math.Min(e.domain[i].High, e.domain[i].Low+most)
		if held[i] {
			e.order = append(e.order, i)
		}
	}
	e.relations = map[int][]Relation{}
	for _, relation := range e.all {
		for _, term := range relation.Terms {
			e.relations[term.Cell] = append(e.relations[term.Cell], relation)
		}
	}
	// From either end of a domain to the first number with which there is a filling; each filling speaks for all its cells.
	for _, cell := range e.order {
		for number := e.domain[cell].Low; number <= e.domain[cell].High; number++ {
			if r, known := e.found[cell]; known && r.Low <= number || e.try(cell, number) {
				break
			}
		}
		for number := e.domain[cell].High; number >= e.domain[cell].Low; number-- {
			if r, known := e.found[cell]; known && r.High >= number || e.try(cell, number) {
				break
			}
		}
	}
	return e.found
}

type enumeration struct {
	p         *Publication
	all       []Relation
	order     []int
	domain    []Range
	value     []float64
	relations map[int][]Relation
	found     map[int]Range
}

// counts is the relation without what is no count, whose range goes into its own.
func (r Relation) counts(measured map[int]bool, domain []Range) Relation {
	left := Relation{Range: r.Range}
	for _, term := range r.Terms {
		if !measured[term.Cell] {
			left.Terms = append(left.Terms, term)
			continue
		}
		low, high := times(domain[term.Cell], term.Factor)
		left.Range.Low, left.Range.High = left.Range.Low-high, left.Range.High-low
	}
	return left
}

// squeeze narrows the domains by one relation at a time, until nothing changes: it saves time and no filling.
func (e *enumeration) squeeze() bool {
	for changed := true; changed; {
		changed = false
		for _, relation := range e.all {
			for _, term := range relation.Terms {
				least, most := 0.0, 0.0 // of the other cells
				for _, other := range relation.Terms {
					if other.Cell != term.Cell {
						low, high := times(e.domain[other.Cell], other.Factor)
						least, most = least+low, most+high
					}
				}
				from, to := relation.Range.Low-most, relation.Range.High-least
				if term.Factor < 0 {
					from, to = to, from
				}
				d := e.domain[term.Cell]
				next := Range{math.Max(d.Low, math.Ceil(from/term.Factor-small)), math.Min(d.High, math.Floor(to/term.Factor+small))}
				if next.Low > next.High {
					return false
				}
				if next != d {
					e.domain[term.Cell], changed = next, true
				}
			}
		}
	}
	return true
}

// try looks for one filling in which a cell has a number.
func (e *enumeration) try(cell int, number float64) bool {
	before := append([]Range(nil), e.domain...)
	e.domain[cell] = Range{number, number}
	filled := e.squeeze() && e.fill()
	if filled {
		for _, c := range e.order {
			r, known := e.found[c]
			v := e.value[c]
			if !known {
				r = Range{v, v}
			}
			e.found[c] = Range{math.Min(r.Low, v), math.Max(r.High, v)}
		}
	}
	e.domain = before
	return filled
}

// fill completes the domains to one filling, trying every number of the narrowest cell that is still open.
func (e *enumeration) fill() bool {
	open := -1
	for _, c := range e.order {
		if d := e.domain[c]; !d.single() && (open < 0 || d.Width() < e.domain[open].Width()) {
			open = c
		}
	}
	if open < 0 {
		for _, c := range e.order {
			e.value[c] = e.domain[c].Low
		}
		return true
	}
	before := append([]Range(nil), e.domain...)
	for number := before[open].Low; number <= before[open].High; number++ {
		copy(e.domain, before)
		e.domain[open] = Range{number, number}
		if e.squeeze() && e.fill() {
			copy(e.domain, before)
			return true
		}
	}
	copy(e.domain, before)
	return false
}
