package aggregate

import "strings"

// printer writes the value of a node as SQL, and the condition under which that value is not known.
//
// Two levels of an expression print alike: the rows below an aggregate, whose leaves are columns, and the part above
// the aggregates, whose leaves are the aggregates. At both a missing leaf is null, and wherever SQL would make a
// known value from an unknown one (a case whose condition is null takes its else branch), value writes a guard, so
// that a node that is missing is always null.
type printer struct {
	dialect Dialect
	// leaf gives the value of a column or an aggregate, and its missing condition, "" where it is never missing.
	leaf func(n *node) (value, missing string)
	// doubles says that leaves are floating point numbers already.
	doubles bool
}

func (p printer) value(n *node) string {
	switch n.kind {
	case columnNode, aggregateNode:
		value, _ := p.leaf(n)
		return value
	case constantNode:
		return n.literal
	case arithmeticNode:
		return p.arithmetic(n)
	case comparisonNode:
		return p.inner(n.children[0]) + " " + n.name + " " + p.inner(n.children[1])
	case conjunctionNode:
		return strings.Join(p.inners(n.children), " "+n.name+" ")
	case notNode:
		return "NOT " + p.inner(n.children[0])
	case nullNode:
		return p.inner(n.children[0]) + " IS " + negation(n) + "NULL"
	case betweenNode:
		return p.inner(n.children[0]) + " BETWEEN " + p.inner(n.children[1]) + " AND " + p.inner(n.children[2])
	case inNode:
		return p.inner(n.children[0]) + " " + negation(n) + "IN (" + strings.Join(p.values(n.children[1:]), ", ") + ")"
	case likeNode:
		return p.inner(n.children[0]) + " " + negation(n) + "LIKE " + p.inner(n.children[1])
	case caseNode:
		return p.branches(n)
	case coalesceNode:
		return "COALESCE(" + strings.Join(p.values(n.children), ", ") + ")"
	case nullifNode:
		plain := "NULLIF(" + strings.Join(p.values(n.children), ", ") + ")"
		if missing := p.missing(n.children[1]); missing != "" {
			return "CASE WHEN " + missing + " THEN NULL ELSE " + plain + " END"
		}
		return plain
	}
	return p.dialect.cast + "(" + p.value(n.children[0]) + " AS " + n.name + ")"
}

func negation(n *node) string {
	if n.negated {
		return "NOT "
	}
	return ""
}

// inner is the value in parentheses where it needs them inside another node.
func (p printer) inner(n *node) string {
	value := p.value(n)
	switch n.kind {
	case columnNode, aggregateNode, coalesceNode, castNode, caseNode:
		return value
	case constantNode:
		// Two minus signs in a row would begin a comment.
		if !strings.HasPrefix(value, "-") {
			return value
		}
	}
	return "(" + value + ")"
}

func (p printer) inners(nodes []*node) []string {
	printed := make([]string, len(nodes))
	for i, n := range nodes {
		printed[i] = p.inner(n)
	}
	return printed
}

func (p printer) values(nodes []*node) []string {
	printed := make([]string, len(nodes))
	for i, n := range nodes {
		printed[i] = p.value(n)
	}
	return printed
}

// arithmetic divides as real numbers in every dialect, and never by zero: databases differ in both.
func (p printer) arithmetic(n *node) string {
	if len(n.children) == 1 {
		return n.name + p.inner(n.children[0])
	}
	left, right := p.inner(n.children[0]), p.inner(n.children[1])
	if n.name == "/" && n.children[0].result == integerResult && !p.doubles {
		left = "CAST(" + p.value(n.children[0]) + " AS " + p.dialect.double + ")"
	}
	if divides(n) && n.children[1].mayBeZero() {
		right = "NULLIF(" + p.value(n.children[1]) + ", 0)"
	}
	return left + " " + n.name + " " + right
}

func divides(n *node) bool {
	return n.kind == arithmeticNode && len(n.children) == 2 && (n.name == "/" || n.name == "%")
}

func (n *node) mayBeZero() bool { return n.kind != constantNode || n.zero }

func (p printer) branches(n *node) string {
	var b strings.Builder
	b.WriteString("CASE")
	last := len(n.children) - 1
	for i := 0; i < last; i += 2 {
		if missing := p.missing(n.children[i]); missing != "" {
			b.WriteString(" WHEN " + missing + " THEN NULL")
		}
		b.WriteString(" WHEN " + p.value(n.children[i]) + " THEN " + p.value(n.children[i+1]))
	}
	b.WriteString(" ELSE " + p.value(n.children[last]) + " END")
	return b.String()
}

// where is the filter clause of an aggregate.
func where(condition string) string {
	if condition == "" {
		return ""
	}
	return " FILTER (WHERE " + condition + ")"
}
