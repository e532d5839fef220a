package aggregate

import (
	"fmt"
	"slices"
)

// deepest is the number of levels an expression may have; a chain of as many sums or cases is far beyond what a person
// writes, and DuckDB's own limit for running one is 1,000.
const deepest = 100

// Accept reads the tree of SELECT expression FROM data, as DuckDB's json_serialize_sql writes it, and takes the
// expression if everything in it is on the list. Otherwise it says all that was refused, a sentence each, and the
// Expression is not usable.
func Accept(tree []byte, columns []Column) (Expression, []string) {
	a := &acceptor{columns: columns}
	root, err := decode(tree)
	if err != nil {
		a.refuse("the expression cannot be written down again: it holds a number that is out of range (such as 1e400)")
		return Expression{}, a.refusals
	}
	item := a.statement(root)
	if item == nil {
		return Expression{}, a.refusals
	}
	n := a.node(item, 1)
	a.whole(n)
	if len(a.refusals) > 0 {
		return Expression{}, a.refusals
	}
	return Expression{root: n}, nil
}

// acceptor walks one tree and collects what it refuses.
type acceptor struct {
	columns  []Column
	refusals []string
}

func (a *acceptor) refuse(format string, arguments ...any) {
	refusal := fmt.Sprintf(format, arguments...)
	if !slices.Contains(a.refusals, refusal) {
		a.refusals = append(a.refusals, refusal)
	}
}

// statement finds the one select item of the one statement, or refuses and gives nil.
func (a *acceptor) statement(root object) object {
	if failed, _ := root["error"].(bool); failed {
		a.refuse("%s", root.text("error_message"))
		return nil
	}
	statements := root.objects("statements")
	if len(statements) != 1 {
		a.refuse("an expression is one statement, not %d", len(statements))
		return nil
	}
	a.nothingElse(root, "the text", "error", "statements")
	a.nothingElse(statements[0], "the statement", "node")
	selection := statements[0].object("node")
	if selection.text("type") != "SELECT_NODE" {
		a.refuse("union, intersect, except and with are not allowed")
		return nil
	}
	if selection.text("aggregate_handling") != "STANDARD_HANDLING" {
		a.refuse("group by all is not allowed")
	}
	a.nothingElse(selection, "the statement", "type", "aggregate_handling", "select_list", "from_table")
	a.table(selection.object("from_table"))
	items := selection.objects("select_list")
	if len(items) != 1 {
		a.refuse("an expression is one value, not %d", len(items))
		return nil
	}
	if len(a.refusals) > 0 {
		return nil
	}
	return items[0]
}

func (a *acceptor) table(table object) {
	if table.text("type") != "BASE_TABLE" || table.text("table_name") != "data" {
		a.refuse("an expression reads its own dataset only: from is not allowed")
		return
	}
	a.nothingElse(table, "the table", "type", "table_name", "query_location")
}

// parts names the parts of the parser's tree in an author's words.
var parts = map[string]string{
	"where_clause": "where", "group_expressions": "group by", "group_sets": "group by", "having": "having",
	"qualify": "qualify", "sample": "a sample", "modifiers": "distinct, order by or limit", "cte_map": "with",
	"alias": "an alias (as)", "schema": "a schema", "catalog": "a catalog", "schema_name": "a schema",
	"catalog_name": "a catalog", "filter": "filter", "order_bys": "order by", "distinct": "distinct",
	"export_state": "export_state", "column_name_alias": "column aliases",
}

// nothingElse refuses every part of an object that is set, beside the keys. A part that this version of the package
// has never heard of is refused by its own name.
func (a *acceptor) nothingElse(o object, where string, keys ...string) {
	var set []string
	for key, value := range o {
		if slices.Contains(keys, key) || key == "order_bys" && ordersNothing(value) || unset(value) {
			continue
		}
		set = append(set, key)
	}
	slices.Sort(set)
	for _, key := range set {
		name := parts[key]
		if name == "" {
			name = key
		}
		a.refuse("%s is not allowed in %s", name, where)
	}
}

// ordersNothing recognises the modifier that every function carries, which is set but empty.
func ordersNothing(value any) bool {
	modifier, is := value.(map[string]any)
	if !is {
		return value == nil
	}
	orders := object(modifier)
	return orders.text("type") == "ORDER_MODIFIER" && len(modifier) == 2 && len(orders.list("orders")) == 0
}

// whole checks what only the whole expression shows.
func (a *acceptor) whole(n *node) {
	if n == nil {
		return
	}
	aggregated, columns := false, 0
	n.walk(func(n *node) {
		aggregated = aggregated || n.kind == aggregateNode
		if n.kind == columnNode {
			columns++
		}
	})
	switch {
	case n.result == textResult || n.result == booleanResult:
		a.refuse("the expression gives %s, not a number", n.result)
	case len(a.refusals) > 0: // a refused node reads nothing, which is not for the author to hear
	case !aggregated && columns == 0:
		a.refuse("the expression reads no column")
	case n.result == unknownResult:
		a.refuse("the expression gives nothing but null")
	}
	if aggregated {
		a.aggregated(n)
	}
}

// aggregated refuses a column beside an aggregate: it has a value for each row, the aggregate one for all.
func (a *acceptor) aggregated(n *node) {
	switch n.kind {
	case aggregateNode:
		return
	case columnNode:
		a.refuse("column %s stands outside an aggregate beside one: write sum(%s) or put it in a filter", n.name, n.name)
	}
	for _, child := range n.children {
		a.aggregated(child)
	}
}
