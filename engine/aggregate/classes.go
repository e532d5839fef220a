package aggregate

import "strings"

// node takes one node of the tree. A node that is refused comes back with an unknown result, so that the rest of the
// tree is still read and everything that is wrong is said at once.
func (a *acceptor) node(o object, depth int) *node {
	if depth > deepest {
		a.refuse("the expression is nested deeper than %d levels", deepest)
		return &node{kind: constantNode}
	}
	class := o.text("class")
	switch class {
	case "COLUMN_REF":
		return a.column(o)
	case "CONSTANT":
		return a.constant(o)
	case "FUNCTION":
		return a.function(o, depth)
	case "COMPARISON":
		return a.comparison(o, depth)
	case "CONJUNCTION":
		return a.conjunction(o, depth)
	case "BETWEEN":
		return a.between(o, depth)
	case "OPERATOR":
		return a.operator(o, depth)
	case "CASE":
		return a.caseOf(o, depth)
	case "CAST":
		return a.cast(o, depth)
	}
	name := refusedClasses[class]
	if name == "" {
		name = strings.ToLower(class)
	}
	a.refuse("%s is not allowed", name)
	return &node{kind: constantNode}
}

func (a *acceptor) nodes(list []object, depth int) []*node {
	nodes := make([]*node, len(list))
	for i, o := range list {
		nodes[i] = a.node(o, depth)
	}
	return nodes
}

// common are the parts that every node has.
var common = []string{"class", "type", "query_location"}

func (a *acceptor) only(o object, where string, keys ...string) {
	a.nothingElse(o, where, append(append([]string{}, common...), keys...)...)
}

func (a *acceptor) column(o object) *node {
	names := o.list("column_names")
	a.only(o, "a column", "column_names")
	if len(names) != 1 {
		a.refuse("column %s: write the column alone, without a table or a field", dotted(names))
		return &node{kind: constantNode}
	}
	name, _ := names[0].(string)
	for _, column := range a.columns {
		if column.Name == name {
			return &node{kind: columnNode, name: name, column: column, result: resultOf(column.Type)}
		}
	}
	var known []string
	for _, column := range a.columns {
		known = append(known, column.Name)
	}
	a.refuse("column %s is not in the dataset, which has %s", name, strings.Join(known, ", "))
	return &node{kind: constantNode}
}

func dotted(names []any) string {
	var words []string
	for _, name := range names {
		word, _ := name.(string)
		words = append(words, word)
	}
	return strings.Join(words, ".")
}

func resultOf(columnType string) result {
	switch columnType {
	case Integer:
		return integerResult
	case Number:
		return numberResult
	}
	return textResult
}

func (a *acceptor) comparison(o object, depth int) *node {
	a.only(o, "a comparison", "left", "right")
	n := &node{kind: comparisonNode, name: comparisons[o.text("type")], result: booleanResult}
	if n.name == "" {
		a.refuse("%s is not allowed", strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(o.text("type"), "COMPARE_"), "_", " ")))
	}
	n.children = a.nodes([]object{o.object("left"), o.object("right")}, depth+1)
	a.alike("a comparison", n.children)
	return n
}

func (a *acceptor) conjunction(o object, depth int) *node {
	a.only(o, "and or or", "children")
	n := &node{kind: conjunctionNode, result: booleanResult, children: a.nodes(o.objects("children"), depth+1)}
	switch o.text("type") {
	case "CONJUNCTION_AND":
		n.name = "AND"
	case "CONJUNCTION_OR":
		n.name = "OR"
	default:
		a.refuse("%s is not allowed", strings.ToLower(o.text("type")))
	}
	for _, child := range n.children {
		a.condition(strings.ToLower(n.name), child)
	}
	return n
}

func (a *acceptor) between(o object, depth int) *node {
	a.only(o, "between", "input", "lower", "upper")
	n := &node{kind: betweenNode, result: booleanResult}
	n.children = a.nodes([]object{o.object("input"), o.object("lower"), o.object("upper")}, depth+1)
	a.alike("between", n.children)
	return n
}

// operator takes the parser's operators: not, is null, in and coalesce.
func (a *acceptor) operator(o object, depth int) *node {
	a.only(o, "an operator", "children")
	n := &node{result: booleanResult}
	kind := o.text("type")
	switch kind {
	case "OPERATOR_NOT":
		n.kind = notNode
	case "OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL":
		n.kind, n.negated = nullNode, kind == "OPERATOR_IS_NOT_NULL"
	case "COMPARE_IN", "COMPARE_NOT_IN":
		n.kind, n.negated = inNode, kind == "COMPARE_NOT_IN"
	case "OPERATOR_COALESCE":
		n.kind = coalesceNode
	default:
		a.refuse("%s is not allowed", operatorName(kind))
		return &node{kind: constantNode}
	}
	n.children = a.nodes(o.objects("children"), depth+1)
	switch n.kind {
	case notNode:
		a.condition("not", n.children...)
	case inNode:
		a.alike("in", n.children)
	case coalesceNode:
		n.result = a.alike("coalesce", n.children)
	}
	return n
}

func operatorName(kind string) string {
	switch kind {
	case "ARRAY_EXTRACT", "ARRAY_SLICE", "ARRAY_CONSTRUCTOR", "STRUCT_EXTRACT":
		return "a list or struct"
	}
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(kind, "OPERATOR_"), "_", " "))
}

func (a *acceptor) caseOf(o object, depth int) *node {
	a.only(o, "case", "case_checks", "else_expr")
	n := &node{kind: caseNode}
	var values []*node
	for _, check := range o.objects("case_checks") {
		a.nothingElse(check, "case", "when_expr", "then_expr")
		condition, value := a.node(check.object("when_expr"), depth+1), a.node(check.object("then_expr"), depth+1)
		a.condition("when", condition)
		n.children = append(n.children, condition, value)
		values = append(values, value)
	}
	otherwise := a.node(o.object("else_expr"), depth+1)
	n.children = append(n.children, otherwise)
	n.result = a.alike("case", append(values, otherwise))
	return n
}

// condition refuses what is neither true nor false where SQL would make it so.
func (a *acceptor) condition(where string, nodes ...*node) {
	for _, n := range nodes {
		if n.result != booleanResult && n.result != unknownResult {
			a.refuse("%s wants a condition, not %s", where, n.result)
		}
	}
}

// alike refuses values of different families in one place, where SQL would cast one to the other, and gives the
// family.
func (a *acceptor) alike(where string, nodes []*node) result {
	family := unknownResult
	for _, n := range nodes {
		switch {
		case n.result == unknownResult || n.result == family:
		case family == unknownResult:
			family = n.result
		case family.numeric() && n.result.numeric():
			family = numberResult
		default:
			a.refuse("%s mixes %s and %s", where, family, n.result)
		}
	}
	return family
}
