package disclosure

import (
	"maps"
	"math"
	"slices"
)

// The program of one reader's question: the least or the greatest value of a variable over all x with A x = b and
// low ≤ x ≤ high. It is solved by the primal simplex method with bounds on the variables (Dantzig 1955; Chvátal, Linear
// Programming, 1983, chapter 8), on a dense table, with Bland's rule, so that it ends on degenerate tables too.
//
// Counts are whole and factors mostly ±1, so that the table holds whole numbers that a float64 has exactly; small is what
// is taken for zero where a factor is not. Problems have some hundred variables: for these the table is faster than
// anything that factorises.

// small is what arithmetic may lose: far above the rounding of sums of counts up to 10^8, far below a count of one.
const small = 1e-7

// mostPivots bounds the work on one program; Bland's rule ends long before.
const mostPivots = 20000

// program is a set of equations over bounded variables, with a basis that fulfils them once begin has found one.
type program struct {
	rows      int
	table     [][]float64 // rows × columns, in terms of the present basis
	low, high []float64
	value     []float64 // of every variable
	basis     []int     // the variable of each row
	position  []int     // the row of each basic variable, −1 for the others
	variables int       // without the artificial ones
}

// newProgram makes a program with as many variables as bounds; rows are added next.
func newProgram(bounds []Range) *program {
	q := &program{variables: len(bounds)}
	for _, r := range bounds {
		q.low, q.high = append(q.low, r.Low), append(q.high, r.High)
	}
	return q
}

// equation is one row: factors of variables, in the order of these, and what they add up to. The order matters, since a sum of numbers
// that are not whole depends on it, and what is published must not.
type equation struct {
	factors []factor
	sum     float64
}

// factor is what a variable is multiplied by.
type factor struct {
	variable int
	by       float64
}

// inOrder are factors by variable as those of an equation.
func inOrder(byVariable map[int]float64) []factor {
	factors := make([]factor, 0, len(byVariable))
	for _, variable := range slices.Sorted(maps.Keys(byVariable)) {
		factors = append(factors, factor{variable, byVariable[variable]})
	}
	return factors
}

// begin finds values that fulfil every equation, and says whether there are any.
func (q *program) begin(equations []equation) bool {
	q.rows = len(equations)
	columns := q.variables + q.rows
	q.value = make([]float64, columns)
	copy(q.value, q.low)
	q.position = make([]int, columns)
	for i := range q.position {
		q.position[i] = -1
	}
	q.table, q.basis = make([][]float64, q.rows), make([]int, q.rows)
	cost := make([]float64, columns)
	for i, e := range equations {
		row := make([]float64, columns)
		rest := e.sum
		for _, f := range e.factors {
			row[f.variable] = f.by
			rest -= f.by * q.low[f.variable]
		}
		if rest < 0 {
			for _, f := range e.factors {
				row[f.variable] = -f.by
			}
			rest = -rest
		}
		artificial := q.variables + i
		row[artificial], cost[artificial] = 1, 1
		q.low, q.high = append(q.low, 0), append(q.high, math.Inf(1))
		q.value[artificial], q.basis[i], q.position[artificial] = rest, artificial, i
		q.table[i] = row
	}
	if q.minimise(cost) != found {
		return false
	}
	left, scale := 0.0, 1.0
	for i := q.variables; i < columns; i++ {
		left += q.value[i]
		q.high[i] = 0
	}
	for _, e := range equations {
		scale = math.Max(scale, math.Abs(e.sum))
	}
	return left <= small*scale
}

// outcome is how the search for a least cost ended.
type outcome int

const (
	found     outcome = iota
	unbounded         // nothing bounds the cost from below; the values are as they were
	givenUp           // too much work
)

// extreme is the least (sign 1) or greatest (sign −1) value of a variable, from a program that has begun; infinite where
// nothing bounds it. Where the work was given up, it is the most extreme value that was met.
func (q *program) extreme(variable int, sign float64) (value float64, how outcome) {
	cost := make([]float64, len(q.value))
	cost[variable] = sign
	if how = q.minimise(cost); how == unbounded {
		return -sign * math.Inf(1), how
	}
	return q.value[variable], how
}

// minimise pivots until no variable lowers the cost.
func (q *program) minimise(cost []float64) outcome {
	reduced := q.reduced(cost)
	for range mostPivots {
		entering, direction := q.entering(reduced)
		if entering < 0 {
			return found
		}
		row, step := q.leaving(entering, direction)
		if math.IsInf(step, 1) {
			return unbounded
		}
		q.move(entering, direction, row, step)
		if row >= 0 {
			q.pivot(row, entering, reduced)
		}
	}
	return givenUp
}

// reduced are the costs of each variable beyond what the basis makes up for.
func (q *program) reduced(cost []float64) []float64 {
	reduced := append([]float64(nil), cost...)
	for i, basic := range q.basis {
		if cost[basic] == 0 {
			continue
		}
		for j, factor := range q.table[i] {
			reduced[j] -= cost[basic] * factor
		}
	}
	return reduced
}

// entering is the first variable outside the basis that lowers the cost, by going up (1) or down (−1) from its bound.
func (q *program) entering(reduced []float64) (variable int, direction float64) {
	for j, d := range reduced {
		if q.position[j] >= 0 || q.high[j]-q.low[j] <= 0 {
			continue
		}
		atHigh := !math.IsInf(q.high[j], 1) && q.value[j] >= q.high[j]
		if !atHigh && d < -small {
			return j, 1
		}
		if atHigh && d > small {
			return j, -1
		}
	}
	return -1, 0
}

// leaving is the row whose variable first meets a bound, with the step at which it does; row is −1 where the entering
// variable meets its own other bound first.
func (q *program) leaving(entering int, direction float64) (row int, step float64) {
	row, step = -1, q.high[entering]-q.low[entering]
	for i, basic := range q.basis {
		slope := -direction * q.table[i][entering]
		var room float64
		switch {
		case slope < -small:
			room = (q.value[basic] - q.low[basic]) / -slope
		case slope > small:
			room = (q.high[basic] - q.value[basic]) / slope
		default:
			continue
		}
		room = math.Max(0, room)
		if room < step-small || room < step+small && row >= 0 && basic < q.basis[row] {
			row, step = i, math.Min(room, step)
		}
	}
	return row, step
}

// move changes the values by a step of the entering variable.
func (q *program) move(entering int, direction float64, row int, step float64) {
	for i, basic := range q.basis {
		q.value[basic] -= direction * step * q.table[i][entering]
	}
	q.value[entering] += direction * step
	if row < 0 {
		// On its other bound exactly, lest rounding leave it between the two.
		if direction > 0 {
			q.value[entering] = q.high[entering]
		} else {
			q.value[entering] = q.low[entering]
		}
	}
}

// pivot puts the entering variable into the basis in the place of a row's variable.
func (q *program) pivot(row, entering int, reduced []float64) {
	leaving := q.basis[row]
	if math.Abs(q.value[leaving]-q.low[leaving]) <= math.Abs(q.value[leaving]-q.high[leaving]) {
		q.value[leaving] = q.low[leaving]
	} else {
		q.value[leaving] = q.high[leaving]
	}
	q.position[leaving], q.position[entering], q.basis[row] = -1, row, entering
	pivotal := q.table[row]
	factor := pivotal[entering]
	for j := range pivotal {
		pivotal[j] /= factor
	}
	pivotal[entering] = 1
	for i, other := range q.table {
		if by := other[entering]; i != row && by != 0 {
			for j, p := range pivotal {
				if p != 0 {
					other[j] -= by * p
				}
			}
			other[entering] = 0
		}
	}
	if by := reduced[entering]; by != 0 {
		for j, p := range pivotal {
			reduced[j] -= by * p
		}
		reduced[entering] = 0
	}
}
