package aggregate_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/aggregate"
)

// column is the tree of SELECT n FROM data as DuckDB 1.1.2 writes it.
const column = `{"error":false,"statements":[{"node":{"type":"SELECT_NODE","modifiers":[],"cte_map":{"map":[]},` +
	`"select_list":[{"class":"COLUMN_REF","type":"COLUMN_REF","alias":"","query_location":7,"column_names":["n"]}],` +
	`"from_table":{"type":"BASE_TABLE","alias":"","sample":null,"query_location":9,"schema_name":"","table_name":"data","column_name_alias":[],"catalog_name":""},` +
	`"where_clause":null,"group_expressions":[],"group_sets":[],"aggregate_handling":"STANDARD_HANDLING","having":null,"sample":null,"qualify":null}}]}`

// TestAcceptRefusesWhatItDoesNotKnow changes one part of a good tree at a time; it needs no database.
func TestAcceptRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	columns := []aggregate.Column{{Name: "n", Type: aggregate.Integer, Role: "count"}}
	expression, refusals := aggregate.Accept([]byte(column), columns)
	if len(refusals) > 0 || expression.SQL(aggregate.DuckDB) != `"n"` || expression.HasAggregate() {
		t.Fatalf("got %q, %q, want n", expression.SQL(aggregate.DuckDB), refusals)
	}
	if diff := cmp.Diff([]string{"n"}, expression.Columns()); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"where_clause":null`, `"where_clause":{"class":"CONSTANT"}`, "where is not allowed in the statement"},
		{`"where_clause":null`, `"where_clause":null,"novelty":{"a":[1]}`, "novelty is not allowed in the statement"},
		{`"group_expressions":[]`, `"group_expressions":[{"class":"CONSTANT"}]`, "group by is not allowed in the statement"},
		{`"group_sets":[]`, `"group_sets":[[0]]`, "group by is not allowed in the statement"},
		{`"having":null`, `"having":{"class":"CONSTANT"}`, "having is not allowed in the statement"},
		{`"qualify":null`, `"qualify":{"class":"CONSTANT"}`, "qualify is not allowed in the statement"},
		{`"modifiers":[]`, `"modifiers":[{"type":"LIMIT_MODIFIER"}]`, "distinct, order by or limit is not allowed in the statement"},
		{`"cte_map":{"map":[]}`, `"cte_map":{"map":[{"key":"a"}]}`, "with is not allowed in the statement"},
		{`STANDARD_HANDLING`, `FORCE_AGGREGATES`, "group by all is not allowed"},
		{`"table_name":"data"`, `"table_name":"secrets"`, "an expression reads its own dataset only: from is not allowed"},
		{`"schema_name":""`, `"schema_name":"main"`, "a schema is not allowed in the table"},
		{`"catalog_name":""`, `"catalog_name":"memory"`, "a catalog is not allowed in the table"},
		{`"type":"BASE_TABLE"`, `"type":"TABLE_FUNCTION"`, "an expression reads its own dataset only: from is not allowed"},
		{`"class":"COLUMN_REF"`, `"class":"BOUND_REF"`, "bound_ref is not allowed"},
		{`["n"]`, `["n","n"]`, "column n.n: write the column alone, without a table or a field"},
		{`["n"]`, `[7]`, "column  is not in the dataset"},
		{`"statements":[{`, `"statements":[{"named_param_map":{"a":1},`, "named_param_map is not allowed in the statement"},
		{`"error":false`, `"error":true,"error_message":"no such thing"`, "no such thing"},
		{`SELECT_NODE`, `RECURSIVE_CTE_NODE`, "union, intersect, except and with are not allowed"},
		{column, ``, "the expression cannot be written down again"},
		{column, `{}`, "an expression is one statement, not 0"},
		{column, `{"statements":[null]}`, "union, intersect, except and with are not allowed"},
		{column, column + column, "the expression cannot be written down again"},
	} {
		_, refusals := aggregate.Accept([]byte(strings.Replace(column, c.old, c.new, 1)), columns)
		if len(refusals) != 1 || !strings.HasPrefix(refusals[0], c.want) {
			t.Errorf("%s: got refusals %q, want %q", c.new, refusals, c.want)
		}
	}
}
