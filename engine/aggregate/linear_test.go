//go:build cgo

package aggregate_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/aggregate"
)

// TestLinear finds the sums of columns among expressions: what a reader who knows the columns can subtract.
func TestLinear(t *testing.T) {
	t.Parallel()
	session := open(t, 1)
	columns := []aggregate.Column{
		{Name: "a", Type: aggregate.Integer, Role: "count"}, {Name: "b", Type: aggregate.Integer, Role: "count"},
		{Name: "p", Type: aggregate.Number, Role: "value"}, {Name: "kind", Type: aggregate.Text, Role: "category"},
	}
	for text, want := range map[string]map[string]float64{
		"a":                                    {"a": 1},
		"a + b":                                {"a": 1, "b": 1},
		"a - (b - a)":                          {"a": 2, "b": -1},
		"-a + 2 * b":                           {"a": -1, "b": 2},
		"p / 100":                              {"p": 0.01},
		"sum(a) + sum(b)":                      {"a": 1, "b": 1},
		"b * 3 / 2":                            {"b": 1.5},
		"a / b":                                nil,
		"a * b":                                nil,
		"a + 1":                                nil,
		"coalesce(a, 0)":                       nil,
		"count(a)":                             nil,
		"max(a)":                               nil,
		"sum(a) filter (kind = 'young')":       nil,
		"case when kind = 'x' then a end":      nil,
		"cast(p as integer)":                   nil,
		"sum(case when kind = 'x' then a end)": nil,
	} {
		tree, err := session.Parse(t.Context(), text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		expression, refusals := aggregate.Accept(tree, columns)
		if len(refusals) > 0 {
			t.Fatalf("%s: got refusals %q, want none", text, refusals)
		}
		got, linear := expression.Linear()
		if diff := cmp.Diff(want, got); diff != "" || linear != (want != nil) {
			t.Errorf("%s: linear %v (-want +got):\n%s", text, linear, diff)
		}
	}
}
