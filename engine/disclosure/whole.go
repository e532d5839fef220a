package disclosure

import "math"

// solver answers what the least and the greatest whole number is that a variable can be. In a table of rows and columns
// the extreme of the linear program is whole by itself; linked tables, and rates of counts with their weights, can have
// extremes between whole numbers, and then the search branches (Land and Doig, Econometrica 1960;28:497-520).
type solver struct {
	bounds    []Range
	equations []equation
	relaxed   *program
	// measured are variables that are no counts, and need not be whole.
	measured map[int]bool
	// whole says that bounds, factors and sums are whole numbers wherever nothing is measured, so that the counts are.
	whole bool
}

// mostBranches bounds the search of one extreme.
const mostBranches = 400

// newSolver is nil where nothing fulfils the equations.
func newSolver(bounds []Range, equations []equation, measured map[int]bool) *solver {
	s := &solver{bounds: bounds, equations: equations, measured: measured, relaxed: newProgram(bounds), whole: true}
	for i, r := range bounds {
		s.whole = s.whole && (measured[i] || isWhole(r.Low) && (isWhole(r.High) || math.IsInf(r.High, 1)))
	}
	for _, e := range equations {
		s.whole = s.whole && (e.measures(measured) || e.isWhole())
	}
	if !s.relaxed.begin(equations) {
		return nil
	}
	return s
}

// measures says whether something that is measured stands in an equation.
func (e equation) measures(measured map[int]bool) bool {
	for variable := range e.factors {
		if measured[variable] {
			return true
		}
	}
	return false
}

func (e equation) isWhole() bool {
	for _, factor := range e.factors {
		if !isWhole(factor) {
			return false
		}
	}
	return isWhole(e.sum)
}

func isWhole(number float64) bool { return math.Abs(number-math.Round(number)) <= small }

// between is the least and the greatest number of a variable. Where no whole numbers were found in time that fulfil the
// equations, it is one number, and not zero, so that no guard holds: what cannot be told counts as known.
func (s *solver) between(variable int) Range {
	low, told := s.extreme(variable, 1)
	high, toldToo := s.extreme(variable, -1)
	if !told || !toldToo {
		known := math.Max(1, s.bounds[variable].Low)
		return Range{known, known}
	}
	return Range{low, high}
}

// extreme is the least (sign 1) or greatest (sign −1) number of a variable. Where the search is given up, it is the most
// extreme that was met, so that the range is too narrow rather than too wide, and told is false where none was met.
func (s *solver) extreme(variable int, sign float64) (value float64, told bool) {
	value, how := s.relaxed.extreme(variable, sign)
	if how == unbounded || !s.whole || s.measured[variable] {
		return value, true
	}
	if how == found && s.relaxed.isWhole(s.bounds, s.measured) {
		return math.Round(value), true
	}
	search := search{solver: s, variable: variable, sign: sign, best: math.Inf(1)}
	search.branch(s.bounds)
	if math.IsInf(search.best, 1) {
		return value, search.branches <= mostBranches
	}
	return math.Round(sign * search.best), true
}

// isWhole says whether every count, not counting the variables of equations, has a whole value.
func (q *program) isWhole(bounds []Range, measured map[int]bool) bool {
	return q.broken(bounds, measured) < 0
}

// broken is the first count without a whole value, −1 for none.
func (q *program) broken(bounds []Range, measured map[int]bool) int {
	for i := range bounds {
		if !measured[i] && !isWhole(q.value[i]) {
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
	branches int
}

// branch looks for a better number within bounds.
func (s *search) branch(bounds []Range) {
	if s.branches++; s.branches > mostBranches {
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
	at := q.broken(bounds, s.measured)
	if at < 0 {
		s.best = s.sign * math.Round(value)
		return
	}
	below, above := append([]Range(nil), bounds...), append([]Range(nil), bounds...)
	below[at].High, above[at].Low = math.Floor(q.value[at]), math.Ceil(q.value[at])
	s.branch(below)
	s.branch(above)
}
