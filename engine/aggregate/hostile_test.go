//go:build cgo

package aggregate_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"levelfield/engine/aggregate"
	"levelfield/engine/warehouse"
)

var hostileColumns = []aggregate.Column{
	{Name: "code", Type: "text", Role: "area"}, {Name: "year", Type: "text", Role: "period"},
	{Name: "sex", Type: "text", Role: "category"}, {Name: "n", Type: "integer", Role: "count", Status: "n_status"},
	{Name: "m", Type: "number", Role: "value"}, {Name: "n_status", Type: "text", Role: "status"},
}

// judge parses and accepts an expression; what the parser says against it is a refusal too.
func judge(t *testing.T, session *warehouse.Session, expression string) (aggregate.Expression, []string) {
	t.Helper()
	tree, err := session.Parse(t.Context(), expression)
	var parseError *warehouse.ParseError
	if errors.As(err, &parseError) {
		return aggregate.Expression{}, []string{parseError.Message}
	}
	if err != nil {
		t.Fatal(err)
	}
	return aggregate.Accept(tree, hostileColumns)
}

// TestRefused holds testdata/refused.csv: each expression is refused, and says so in these words.
func TestRefused(t *testing.T) {
	t.Parallel()
	session := open(t, 1)
	text, err := os.ReadFile("testdata/refused.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range table(t, string(text))[1:] {
		expression, refusals := judge(t, session, row[0])
		if !strings.Contains(strings.Join(refusals, "\n"), row[1]) {
			t.Errorf("%s: got refusals %q, want one with %q", row[0], refusals, row[1])
		}
		if len(refusals) > 0 && expression.SQL(aggregate.DuckDB) != "" {
			t.Errorf("%s: got a usable expression beside refusals", row[0])
		}
	}
}

// TestEveryOtherFunctionIsRefused tries every function of the database that is not on the list, with no argument, one,
// two and three.
func TestEveryOtherFunctionIsRefused(t *testing.T) {
	t.Parallel()
	session := open(t, 1)
	names, err := session.Functions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	allowed := append(aggregate.Functions(), "coalesce", "like", "not like")
	tried := 0
	for _, name := range names {
		if slices.Contains(allowed, name) {
			continue
		}
		tried++
		for _, arguments := range []string{"", "n", "n, n", "sex, n, n"} {
			if _, refusals := judge(t, session, warehouse.Identifier(name)+"("+arguments+")"); len(refusals) == 0 {
				t.Errorf("%s(%s): got accepted, want refused", name, arguments)
			}
		}
	}
	if tried < 300 {
		t.Errorf("got %d functions tried, want at least 300: does the database list its functions?", tried)
	}
	t.Logf("%d functions refused", tried)
}

// TestCommentsAreDropped prints expressions that hold comments.
func TestCommentsAreDropped(t *testing.T) {
	t.Parallel()
	session := open(t, 1)
	for text, want := range map[string]string{
		"n -- drop table data":                       `"n"`,
		"/* a */ n /* b */ + /* c */ 1 -- d":         `"n" + 1`,
		"n - /* x */ -1":                             `"n" - (-1)`,
		"-(-(-1)) * n":                               `(-1) * "n"`,
		"sum(n) filter (where sex = '-- no; ''x')":   `sum("n") FILTER (WHERE "sex" = '-- no; ''x')`,
		"case when sex='a' then n else 1.50*m end":   `CASE WHEN "sex" = 'a' THEN "n" ELSE 1.50 * "m" END`,
		"n::bigint / 3 + .000001 * m":                `(CAST(TRY_CAST("n" AS BIGINT) AS DOUBLE) / 3) + (0.000001 * "m")`,
		"count(*) filter (where true and not false)": `count(*) FILTER (WHERE TRUE AND (NOT FALSE))`,
		"12345678901234567890.12345678 * m":          `12345678901234567890.12345678 * "m"`,
		"sum(m * 1e-3) / count(m)":                   `sum("m" * 1E-03) / NULLIF(count("m"), 0)`,
		"sum(n) filter (where sex not in ('a','b') or sex not like 'c%' and n is not null)": `sum("n") FILTER (WHERE ("sex" NOT IN ('a', 'b')) OR (("sex" NOT LIKE 'c%') AND ("n" IS NOT NULL)))`,
	} {
		expression, refusals := judge(t, session, text)
		if len(refusals) > 0 {
			t.Errorf("%s: got refusals %q, want none", text, refusals)
			continue
		}
		if got := expression.SQL(aggregate.DuckDB); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

// TestPrintedExpressionsParseToThemselves prints what was parsed, parses what was printed, and prints it again.
func TestPrintedExpressionsParseToThemselves(t *testing.T) {
	t.Parallel()
	session := open(t, 1)
	for _, c := range statementCases(t) {
		for _, text := range c.texts {
			tree, err := session.Parse(t.Context(), text)
			if err != nil {
				t.Fatal(err)
			}
			once, _ := aggregate.Accept(tree, c.columns)
			printed := once.SQL(aggregate.DuckDB)
			if strings.Contains(printed, "NULLIF(") || strings.Contains(printed, "CAST(") {
				continue // printed with more than was written
			}
			tree, err = session.Parse(t.Context(), printed)
			if err != nil {
				t.Fatalf("%s: printed as %s: %v", text, printed, err)
			}
			again, refusals := aggregate.Accept(tree, c.columns)
			if got := again.SQL(aggregate.DuckDB); got != printed {
				t.Errorf("%s: got %s (%q), want %s", text, got, refusals, printed)
			}
		}
	}
}

// TestDepthIsBounded nests deeper than the list allows, and far deeper than any stack should be asked to.
func TestDepthIsBounded(t *testing.T) {
	t.Parallel()
	session := open(t, 1)
	for name, text := range map[string]string{
		"chain":       "n" + strings.Repeat(" + n", 150),
		"parentheses": strings.Repeat("(", 3900) + "n" + strings.Repeat(")", 3900),
		"calls":       strings.Repeat("coalesce(", 700) + "n" + strings.Repeat(")", 700),
		"signs":       strings.Repeat("- ", 2000) + "n",
		"not":         strings.Repeat("not ", 1500) + "true",
		"long":        "n + " + strings.Repeat("1", 20000),
	} {
		_, refusals := judge(t, session, text)
		if len(refusals) == 0 && name != "parentheses" {
			t.Errorf("%s: got accepted, want refused", name)
		}
	}
}

// FuzzExpression holds that whatever is accepted prints as SQL that parses, and that its statement fits the table: the
// table is empty, so that only a fault of the statement itself can fail.
func FuzzExpression(f *testing.F) {
	for _, seed := range []string{"n", "sum(n) filter (where sex = 'a')", "n/m", "case when n > 1 then 2 end", "-- x", "coalesce(n,0) between 1 and 2",
		"sum(n) / sum(m)", "avg(m) filter (where n in (1, 2.5))", "nullif(n % 2, 0) + n::decimal(9,2)", "max(n) - min(m * 2)", "case sex when 'a' then n else m end",
		"coalesce(sum(n), 0) * 1.5", "count(sex)", "case when sum(n) > 2 then 1 end", "sum(n::varchar = '1' and sex like n::varchar)", "-m::bigint", "sum(coalesce(null, n))", "case when null then n end", "sum(n) % 2"} {
		f.Add(seed)
	}
	session, err := warehouse.Open(f.Context(), warehouse.Options{Threads: 1})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = session.Close() })
	setup := "CREATE TABLE figures (_row BIGINT, code VARCHAR, year VARCHAR, sex VARCHAR, n BIGINT, m DOUBLE, n_status VARCHAR)"
	if err := session.Exec(f.Context(), setup); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		expression, refusals := judge(t, session, text)
		if len(refusals) > 0 {
			return
		}
		printed := expression.SQL(aggregate.DuckDB)
		if _, err := session.Parse(t.Context(), printed); err != nil {
			t.Errorf("%q printed as %q: %v", text, printed, err)
		}
		input := aggregate.Input{
			Table: "figures", Area: "code", Period: "year", Aggregates: aggregate.Sum, Categories: []aggregate.Category{{Name: "sex", Total: "All"}},
			Items: []aggregate.Item{{Expression: expression}, {Expression: expression, Single: true}},
		}
		statement := aggregate.Statement(input, aggregate.DuckDB)
		if err := session.Create(t.Context(), "found", statement); err != nil {
			t.Errorf("%q: %v\n%s", text, err, statement)
		}
		if err := session.Drop(t.Context(), "found"); err != nil {
			t.Error(err)
		}
	})
}
