package aggregate

import (
	"sort"
)

// kind is what a node of an expression does.
type kind int

const (
	columnNode kind = iota
	constantNode
	arithmeticNode // name is the operator; one child for a sign
	comparisonNode // name is the operator
	conjunctionNode
	notNode
	nullNode // is null; negated: is not null
	betweenNode
	inNode
	likeNode
	caseNode // children: condition, value, condition, value, ..., else
	coalesceNode
	nullifNode
	castNode // name is the SQL type
	aggregateNode
)

// result is the family of values that a node gives.
type result int

const (
	unknownResult result = iota // a bare NULL, or a node that was refused
	integerResult
	numberResult
	textResult
	booleanResult
)

func (r result) String() string {
	return [...]string{"null", "an integer", "a number", "text", "true or false"}[r]
}

func (r result) numeric() bool { return r == integerResult || r == numberResult }

// node is one node of an accepted expression.
type node struct {
	kind     kind
	name     string
	literal  string // a constant as SQL
	zero     bool   // a constant that is null or could be zero
	negated  bool
	column   Column
	children []*node
	filter   *node
	result   result
}

// walk calls visit for the node and everything below it, filters included.
func (n *node) walk(visit func(*node)) {
	if n == nil {
		return
	}
	visit(n)
	for _, child := range n.children {
		child.walk(visit)
	}
	n.filter.walk(visit)
}

// figures lists the figure columns below the nodes, by name.
func figures(nodes ...*node) []Column {
	seen := map[string]bool{}
	var columns []Column
	for _, n := range nodes {
		n.walk(func(n *node) {
			if n.kind == columnNode && n.column.figure() && !seen[n.column.Name] {
				seen[n.column.Name] = true
				columns = append(columns, n.column)
			}
		})
	}
	sort.Slice(columns, func(i, j int) bool { return columns[i].Name < columns[j].Name })
	return columns
}

// Expression is an accepted expression. The zero Expression is not usable.
type Expression struct {
	root *node
}

// HasAggregate says whether the author wrote sum, count, min, max or avg.
func (e Expression) HasAggregate() bool {
	found := false
	e.root.walk(func(n *node) { found = found || n.kind == aggregateNode })
	return found
}

// Calculates says whether there is any arithmetic in it.
func (e Expression) Calculates() bool {
	found := false
	e.root.walk(func(n *node) { found = found || n.kind == arithmeticNode })
	return found
}

// Columns lists the columns that the expression reads, by name.
func (e Expression) Columns() []string {
	seen := map[string]bool{}
	var names []string
	e.root.walk(func(n *node) {
		if n.kind == columnNode && !seen[n.column.Name] {
			seen[n.column.Name] = true
			names = append(names, n.column.Name)
		}
	})
	sort.Strings(names)
	return names
}

// SQL is the expression printed afresh from its tree.
func (e Expression) SQL(dialect Dialect) string {
	if e.root == nil {
		return ""
	}
	p := printer{dialect: dialect}
	p.leaf = func(n *node) (value, missing string) {
		if n.kind == columnNode {
			return quote(n.column.Name), ""
		}
		argument := "*"
		if len(n.children) == 1 {
			argument = p.value(n.children[0])
		}
		filter := ""
		if n.filter != nil {
			filter = p.value(n.filter)
		}
		return n.name + "(" + argument + ")" + where(filter), ""
	}
	return p.value(e.root)
}
