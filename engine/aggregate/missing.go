package aggregate

import "strings"

// missing is the condition under which the node's value is not known because a cell that it needs is missing, or ""
// where that cannot be. The condition may be null, which counts as false; it is never negated.
func (p printer) missing(n *node) string {
	switch n.kind {
	case columnNode, aggregateNode:
		_, missing := p.leaf(n)
		return missing
	case constantNode, nullNode:
		return ""
	case arithmeticNode:
		return anyOf(append(p.missings(n.children), p.zeroDivisor(n))...)
	case conjunctionNode, betweenNode, inNode:
		// false AND unknown is false, whatever the unknown is.
		return p.missingIfNull(n)
	case caseNode:
		return p.missingBranch(n)
	case coalesceNode:
		for _, child := range n.children {
			if child.kind == constantNode && child.result != unknownResult {
				return ""
			}
		}
		return p.missingIfNull(n)
	case nullifNode:
		// What the author takes out is missing: that is what nullif is written for.
		equal := p.inner(n.children[0]) + " = " + p.inner(n.children[1])
		return anyOf(append(p.missings(n.children), equal)...)
	case castNode:
		child := n.children[0]
		if n.result == child.result || child.result == integerResult && n.result != integerResult {
			return p.missing(child)
		}
		return anyOf(p.missing(child), p.inner(child)+" IS NOT NULL AND "+p.value(n)+" IS NULL")
	}
	return anyOf(p.missings(n.children)...)
}

func (p printer) missings(nodes []*node) []string {
	conditions := make([]string, len(nodes))
	for i, n := range nodes {
		conditions[i] = p.missing(n)
	}
	return conditions
}

func (p printer) missingIfNull(n *node) string {
	condition := anyOf(p.missings(n.children)...)
	if condition == "" {
		return ""
	}
	return allOf(condition, p.inner(n)+" IS NULL")
}

// zeroDivisor is the condition under which a division has no result.
func (p printer) zeroDivisor(n *node) string {
	if !divides(n) || !n.children[1].mayBeZero() {
		return ""
	}
	return p.inner(n.children[1]) + " = 0"
}

// missingBranch follows the case to the branch it takes.
func (p printer) missingBranch(n *node) string {
	conditions := p.missings(n.children)
	if anyOf(conditions...) == "" {
		return ""
	}
	orFalse := func(condition string) string {
		if condition == "" {
			return "FALSE"
		}
		return condition
	}
	var b strings.Builder
	b.WriteString("CASE")
	last := len(n.children) - 1
	for i := 0; i < last; i += 2 {
		if conditions[i] != "" {
			b.WriteString(" WHEN " + conditions[i] + " THEN TRUE")
		}
		b.WriteString(" WHEN " + p.value(n.children[i]) + " THEN " + orFalse(conditions[i+1]))
	}
	b.WriteString(" ELSE " + orFalse(conditions[last]) + " END")
	return b.String()
}

// anyOf joins the conditions that there are, each once.
func anyOf(conditions ...string) string { return join(" OR ", conditions) }

func allOf(conditions ...string) string { return join(" AND ", conditions) }

func join(word string, conditions []string) string {
	var kept []string
	seen := map[string]bool{}
	for _, condition := range conditions {
		if condition != "" && !seen[condition] {
			seen[condition] = true
			kept = append(kept, condition)
		}
	}
	if len(kept) == 1 {
		return kept[0]
	}
	for i, condition := range kept {
		kept[i] = "(" + condition + ")"
	}
	return strings.Join(kept, word)
}
