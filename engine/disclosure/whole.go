package disclosure

import "math"

// solver answers what the least and the greatest whole number is that a variable can be. In a table of rows and columns
// the extreme of the linear program is whole by itself; linked tables can have extremes between whole numbers, and then
// the search branches (Land and Doig, Econometrica 1960;28:497-520).
type solver struct {
	bounds    []Range
	equations []equation
	relaxed   *program
	// whole says that bounds, factors and sums are whole numbers, so that the counts are.
	whole bool
}

// mostBranches bounds the search of one extreme.
const mostBranches = 400

// newSolver is nil where nothing fulfils the equations.
func newSolver(bounds []Range, equations []equation) *solver {
	s := &solver{bounds: bounds, equations: equations, relaxed: newProgram(bounds), whole: true}
	for _, r := range bounds {
		s.whole = s.whole && isWhole(r.Low) && (isWhole(r.High) || math.IsInf(r.High, 1))
	}
	for _, e := range equations {
		s.whole = s.whole && isWhole(e.sum)
		for _, factor := range e.factors {
			s.whole = s.whole && isWhole(factor)
		}
	}
	if !s.relaxed.begin(equations) {
		return nil
	}
	return s
}

func isWhole(number float64) bool { return math.Abs(number-math.Round(number)) <= small }

// extreme is the least (sign 1) or greatest (sign −1) number of a variable. Where the search is given up, it is the most
// extreme that was met, so that the range is too narrow rather than too wide.
func (s *solver) extreme(variable int, sign float64) float64 {
	value, how := s.relaxed.extreme(variable, sign)
	if how == unbounded || !s.whole {
		return value
	}
	if how == found && s.relaxed.isWhole(s.bounds) {
		return math.Round(value)
	}
	search := search{solver: s, variable: variable, sign: sign, best: math.Inf(1)}
	search.branch(s.bounds)
	switch {
	case math.IsInf(search.best, 1) && search.branches > mostBranches:
		// Cannot tell: as if the number were known.
		return s.bounds[variable].Low
	case math.IsInf(search.best, 1):
		return value
	}
	return math.Round(sign * search.best)
}

// isWhole says whether every variable, not counting those of equations, has a whole value.
func (q *program) isWhole(bounds []Range) bool { return q.broken(bounds) < 0 }

// broken is the first variable without a whole value, −1 for none.
func (q *program) broken(bounds []Range) int {
	for i := range bounds {
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
	at := q.broken(bounds)
	if at < 0 {
		s.best = s.sign * math.Round(value)
		return
	}
	below, above := append([]Range(nil), bounds...), append([]Range(nil), bounds...)
	below[at].High, above[at].Low = math.Floor(q.value[at]), math.Ceil(q.value[at])
	s.branch(below)
	s.branch(above)
}
