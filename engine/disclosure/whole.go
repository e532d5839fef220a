package disclosure

import (
	"math"
	"slices"
)

// solver answers what the least and the greatest whole number is that a variable can be. In a table of rows and columns
// the extreme of the linear program is whole by itself; linked tables, and rates of counts with their weights, can have
// extremes between whole numbers, and then the search branches (Land and Doig, Econometrica 1960;28:497-520).
type solver struct {
	bounds    []Range
	equations []equation
	relaxed   *program
	// measured are variables that are no counts, and need not be whole.
	measured map[int]bool
	// counts are the variables that must be whole, in the order in which the search branches on them: those that something measured
	// is made of first, since the others, in sums of parts, mostly follow.
	counts []int
	// met are the least and the greatest number of each in the solutions that were met; hopeless says that none is found in time.
	met      map[int]Range
	hopeless bool
	// left are the branches that are left where something is measured.
	left int
	// whole says that bounds, factors and sums are whole numbers wherever nothing is measured, so that the counts are.
	whole bool
}

// mostBranches bounds the search of one extreme. Where something is measured, few programs are whole by themselves: mostWeighed
// bounds the search of one there, and mostWork, over the number of variables, that of all together. What takes longer counts as
// known.
const (
	mostBranches = 400
	mostWeighed  = 100
	mostWork     = 20000
)

// newSolver is nil where nothing fulfils the equations.
func newSolver(bounds []Range, equations []equation, measured map[int]bool) *solver {
	s := &solver{bounds: bounds, equations: equations, measured: measured, relaxed: newProgram(bounds), met: map[int]Range{}, whole: true, left: mostWork / (len(bounds) + 1)}
	for i, r := range bounds {
		s.whole = s.whole && (measured[i] || isWhole(r.Low) && (isWhole(r.High) || math.IsInf(r.High, 1)))
	}
	weighed := map[int]bool{}
	for _, e := range equations {
		if !e.measures(measured) {
			s.whole = s.whole && e.isWhole()
			continue
		}
		for _, f := range e.factors {
			weighed[f.variable] = true
		}
	}
	for _, first := range []bool{true, false} {
		for i := range bounds {
			if !measured[i] && weighed[i] == first {
				s.counts = append(s.counts, i)
			}
		}
	}
	if !s.relaxed.begin(equations) {
		return nil
	}
	return s
}

// measures says whether something that is measured stands in an equation.
func (e equation) measures(measured map[int]bool) bool {
	return slices.ContainsFunc(e.factors, func(f factor) bool { return measured[f.variable] })
}

func (e equation) isWhole() bool {
	return isWhole(e.sum) && !slices.ContainsFunc(e.factors, func(f factor) bool { return !isWhole(f.by) })
}

func isWhole(number float64) bool { return math.Abs(number-math.Round(number)) <= small }

// between is the least and the greatest number of a variable. Where the search for one of them is given up, no guard takes comfort
// from it: what was met says how far apart the two are, and the least is no more than what the linear program leaves. Where no
// whole numbers were met that fulfil the equations, it is one number, and not zero: what cannot be told counts as known.
//
// With guards, the range ends where what was met is wide enough for all of them.
func (s *solver) between(variable int, guards []Guard) Range {
	if r, enough := s.enough(variable, guards); enough {
		return r
	}
	low := s.extreme(variable, 1)
	if r, enough := s.enough(variable, guards); enough {
		return r
	}
	high := s.extreme(variable, -1)
	switch {
	case low.none || high.none:
		known := math.Max(1, s.bounds[variable].Low)
		return Range{known, known}
	case low.short && low.value > 0:
		least := math.Min(low.value, math.Max(1, low.beyond))
		return Range{least, least + high.value - low.value}
	}
	return Range{low.value, high.value}
}

// enough is what was met of a variable, where all of some guards are content with it.
func (s *solver) enough(variable int, guards []Guard) (r Range, enough bool) {
	r, any := s.met[variable]
	return r, any && len(guards) > 0 && !slices.ContainsFunc(guards, func(g Guard) bool { return !g.content(r) })
}

// extreme is the least or the greatest number of a variable.
type extreme struct {
	value float64
	// beyond is what the linear program leaves, short says that the search was given up, and none that it met nothing.
	beyond      float64
	short, none bool
}

// extreme is the least (sign 1) or greatest (sign −1) number of a variable; where the search is given up, the most extreme that was
// met.
func (s *solver) extreme(variable int, sign float64) extreme {
	value, how := s.relaxed.extreme(variable, sign)
	if how == unbounded || !s.whole || s.measured[variable] {
		return extreme{value: value}
	}
	if how == found && s.relaxed.broken(s.counts) < 0 {
		s.meet(s.relaxed)
		return extreme{value: math.Round(value)}
	}
	if s.hopeless {
		return extreme{none: true}
	}
	search := search{solver: s, variable: variable, sign: sign, best: math.Inf(1), most: mostBranches}
	if len(s.measured) > 0 {
		search.most = min(mostWeighed, s.left)
	}
	if met, any := s.met[variable]; any {
		search.best = math.Min(sign*met.Low, sign*met.High)
	}
	search.branch(s.bounds)
	s.left = max(0, s.left-search.branches)
	short := search.branches > search.most
	if math.IsInf(search.best, 1) {
		// What is found for no number of branches here is not found for another variable.
		s.hopeless = short
		return extreme{value: value, none: short}
	}
	return extreme{value: math.Round(sign * search.best), beyond: math.Ceil(value - small), short: short}
}

// meet notes a solution in whole numbers, so that no number is looked for that was met on the way to another.
func (s *solver) meet(q *program) {
	for _, i := range s.counts {
		value := math.Round(q.value[i])
		r, any := s.met[i]
		if !any {
			r = Range{value, value}
		}
		s.met[i] = Range{math.Min(r.Low, value), math.Max(r.High, value)}
	}
}

// broken is the first of some variables that has no whole value, −1 for none.
func (q *program) broken(among []int) int {
	for _, i := range among {
		if !isWhole(q.value[i]) {
			return i
		}
	}
	return -1
}

// search is the search for one whole extreme, as the least of sign times the variable.
type search struct {
	*solver
	variable int
	sign     float64
	best     float64
	most     int
	branches int
}

// branch looks for a better number within bounds.
func (s *search) branch(bounds []Range) {
	if s.branches++; s.branches > s.most {
		return
	}
	q := newProgram(bounds)
	if !q.begin(s.equations) {
		return
	}
	value, how := q.extreme(s.variable, s.sign)
	if how != found || math.Ceil(s.sign*value-small) >= s.best {
		return
	}
	at := q.broken(s.counts)
	if at < 0 {
		s.meet(q)
		s.best = s.sign * math.Round(value)
		return
	}
	below, above := append([]Range(nil), bounds...), append([]Range(nil), bounds...)
	below[at].High, above[at].Low = math.Floor(q.value[at]), math.Ceil(q.value[at])
	if q.value[at]-math.Floor(q.value[at]) > 0.5 {
		below, above = above, below // the nearer first
	}
	s.branch(below)
	s.branch(above)
}
