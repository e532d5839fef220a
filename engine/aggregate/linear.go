package aggregate

import "strconv"

// Linear is the expression as a sum of columns, each times a factor, where it is one: a + b, total - a, sum(a) / 100. It is
// false for anything else, such as an aggregate with a filter or a product of two columns. A total over several rows is then
// the same sum of the columns' totals.
func (e Expression) Linear() (factors map[string]float64, linear bool) {
	factors = map[string]float64{}
	if e.root == nil || !e.root.linear(1, factors) || len(factors) == 0 {
		return nil, false
	}
	return factors, true
}

// linear adds the node times a factor to the factors of the columns.
func (n *node) linear(times float64, factors map[string]float64) bool {
	switch {
	case n.kind == columnNode && n.column.figure():
		factors[n.column.Name] += times
		return true
	case n.kind == aggregateNode && n.name == "sum" && n.filter == nil:
		return len(n.children) == 1 && n.children[0].linear(times, factors)
	case n.kind != arithmeticNode:
		return false
	case len(n.children) == 1:
		return n.children[0].linear(times*sign(n.name), factors)
	}
	first, second := n.children[0], n.children[1]
	switch n.name {
	case "+", "-":
		return first.linear(times, factors) && second.linear(times*sign(n.name), factors)
	case "*":
		if by, constant := first.number(); constant {
			return second.linear(times*by, factors)
		}
		by, constant := second.number()
		return constant && first.linear(times*by, factors)
	case "/":
		by, constant := second.number()
		return constant && by != 0 && first.linear(times/by, factors)
	}
	return false
}

func sign(operator string) float64 {
	if operator == "-" {
		return -1
	}
	return 1
}

// number is the value of a constant.
func (n *node) number() (value float64, constant bool) {
	if n.kind != constantNode || !n.result.numeric() {
		return 0, false
	}
	value, err := strconv.ParseFloat(n.literal, 64)
	return value, err == nil
}
