package disclosure

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// view is what a reader can make of a publication as it stands: the range of each cell, worked out when it is asked for.
type view struct {
	publication *Publication
	// printed is what is shown of each cell itself, and ranges what is worked out.
	printed, ranges []Range
	// dropped are relations that the printed numbers contradict.
	dropped []bool
	// worked are the cells whose range is final.
	worked []bool
	// guards are those for whose sake ranges are asked for, by cell: a range that is wide enough for them need not be the widest.
	// Without any, every range is.
	guards map[int][]Guard
	of     [][]int // the relations of each cell
}

// look begins a view. What follows from one relation alone, where all but one of its cells are known, is worked out at once;
// a relation that the printed numbers contradict is none.
func (p *Publication) look() *view {
	printed := p.printed()
	v := &view{
		publication: p, printed: printed, ranges: slices.Clone(printed), dropped: make([]bool, len(p.relations)), worked: make([]bool, len(p.cells)),
		of: make([][]int, len(p.cells)),
	}
	for at, relation := range p.relations {
		v.dropped[at] = p.untold(relation, printed)
		for _, term := range relation.Terms {
			v.of[term.Cell] = append(v.of[term.Cell], at)
		}
	}
	for changed := true; changed; {
		changed = false
		for at := range p.relations {
			changed = v.solve(at) || changed
		}
	}
	return v
}

// guarding begins a view that is asked for the guards of hidden items alone.
func (p *Publication) guarding() *view {
	v := p.look()
	v.guards = map[int][]Guard{}
	for _, item := range p.items {
		if !item.Hidden {
			continue
		}
		for _, guard := range item.Guards {
			v.guards[guard.Cell] = append(v.guards[guard.Cell], guard)
		}
	}
	return v
}

// untold says whether a relation says nothing, because it tells of something measured that is not printed.
func (p *Publication) untold(relation Relation, printed []Range) bool {
	for _, term := range relation.Terms {
		if p.measured[term.Cell] && printed[term.Cell] == anything {
			return true
		}
	}
	return false
}

// solve finds the last unknown cell of an equation, and drops a relation that cannot hold.
func (v *view) solve(at int) (changed bool) {
	relation := v.publication.relations[at]
	if v.dropped[at] {
		return false
	}
	unknown, last, rest := 0, Term{}, 0.0
	least, most := 0.0, 0.0
	for _, term := range relation.Terms {
		r := v.ranges[term.Cell]
		low, high := times(r, term.Factor)
		least, most = least+low, most+high
		if r.single() {
			rest += term.Factor * r.Low
		} else {
			unknown, last = unknown+1, term
		}
	}
	if least > relation.Range.High+small || most < relation.Range.Low-small {
		v.dropped[at] = true
		return true
	}
	if unknown != 1 || !relation.Range.single() {
		return false
	}
	number := (relation.Range.Low - rest) / last.Factor
	r := v.ranges[last.Cell]
	number = math.Max(r.Low, math.Min(r.High, number))
	v.ranges[last.Cell] = Range{number, number}
	return true
}

// times is a range times a factor.
func times(r Range, factor float64) (low, high float64) {
	switch {
	case factor == 0:
		return 0, 0
	case factor < 0:
		return factor * r.High, factor * r.Low
	}
	return factor * r.Low, factor * r.High
}

// bounds is the least and the greatest number that a cell may be.
func (v *view) bounds(cell int) Range {
	if v.worked[cell] || v.ranges[cell].single() {
		return v.ranges[cell]
	}
	part := v.part(cell)
	key := part.key()
	known, worked := v.publication.memory[key]
	if !worked {
		known = part.ranges()
		if v.publication.memory == nil {
			v.publication.memory = map[string][]Range{}
		}
		v.publication.memory[key] = known
	}
	for i, of := range part.cells {
		v.ranges[of], v.worked[of] = known[i], true
	}
	return v.ranges[cell]
}

// part is a set of unknown cells that hang together, with the equations between them: the known cells are in the sums.
type part struct {
	cells     []int
	bounds    []Range
	equations []equation
	// measured are the cells that are no counts.
	measured map[int]bool
	// guards are those of each cell; nil where every range is asked for.
	guards [][]Guard
}

// part gathers the cells that hang together with a cell. A relation that lies in a range has a variable of its own for where.
func (v *view) part(cell int) part {
	seen, member := map[int]bool{}, map[int]int{cell: 0}
	cells := []int{cell}
	for i := 0; i < len(cells); i++ {
		for _, at := range v.of[cells[i]] {
			if seen[at] || v.dropped[at] {
				continue
			}
			seen[at] = true
			for _, term := range v.publication.relations[at].Terms {
				if _, in := member[term.Cell]; !in && !v.ranges[term.Cell].single() {
					member[term.Cell] = len(cells)
					cells = append(cells, term.Cell)
				}
			}
		}
	}
	found := part{cells: cells, measured: map[int]bool{}}
	for i, of := range cells {
		found.bounds = append(found.bounds, v.ranges[of])
		if v.publication.measured[of] {
			found.measured[i] = true
		}
		if v.guards != nil {
			found.guards = append(found.guards, v.guards[of])
		}
	}
	var order []int
	for at := range seen {
		order = append(order, at)
	}
	slices.Sort(order)
	for _, at := range order {
		relation := v.publication.relations[at]
		factors, sum := map[int]float64{}, relation.Range.Low
		for _, term := range relation.Terms {
			if in, unknown := member[term.Cell]; unknown {
				factors[in] += term.Factor
			} else {
				sum -= term.Factor * v.ranges[term.Cell].Low
			}
		}
		if !relation.Range.single() {
			factors[len(found.bounds)] = -1
			found.bounds = append(found.bounds, Range{0, relation.Range.Width()})
		}
		found.equations = append(found.equations, equation{inOrder(factors), sum})
	}
	return found
}

// key names a part by all that its ranges depend on.
func (p part) key() string {
	var text strings.Builder
	fmt.Fprint(&text, p.bounds, p.measured)
	for _, guards := range p.guards {
		for _, guard := range guards {
			cover := Range{}
			if guard.Cover != nil {
				cover = *guard.Cover
			}
			fmt.Fprint(&text, guard.Width, guard.Below, guard.Exact, guard.Zero, guard.Few, cover, ",")
		}
		text.WriteByte(';')
	}
	for _, e := range p.equations {
		fmt.Fprint(&text, e.factors, e.sum, ";")
	}
	return text.String()
}

// ranges are the ranges of the cells. Where the printed numbers contradict each other, the equations that cannot hold
// beside those before them are left out.
func (p part) ranges() []Range {
	solver := newSolver(p.bounds, p.equations, p.measured)
	if solver == nil {
		var held []equation
		for _, e := range p.equations {
			if with := newSolver(p.bounds, append(slices.Clone(held), e), p.measured); with != nil {
				held, solver = append(held, e), with
			}
		}
		if solver == nil {
			return p.bounds[:len(p.cells)]
		}
	}
	ranges := make([]Range, len(p.cells))
	for i := range p.cells {
		switch {
		case p.guards == nil:
			ranges[i] = solver.between(i, nil)
		case len(p.guards[i]) == 0:
			ranges[i] = p.bounds[i] // nobody asks
		default:
			ranges[i] = solver.between(i, p.guards[i])
		}
	}
	return ranges
}
