//go:build cgo

package aggregate_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/aggregate"
	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

func open(t *testing.T, threads int) *warehouse.Session {
	t.Helper()
	session, err := warehouse.Open(context.Background(), warehouse.Options{Memory: "512MiB", Threads: threads})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Error(err)
		}
	})
	return session
}

// lines are the rows of a CSV text.
type lines struct {
	reader *csv.Reader
	row    int
}

func (l *lines) Next() (int, []string, error) {
	cells, err := l.reader.Read()
	l.row++
	return l.row, cells, err
}

func load(t *testing.T, session *warehouse.Session, name string, columns []aggregate.Column, text string) {
	t.Helper()
	var typed []warehouse.Column
	for _, column := range columns {
		typed = append(typed, warehouse.Column{Name: column.Name, Type: warehouse.Type(column.Type)})
	}
	rows := &lines{reader: csv.NewReader(strings.NewReader(text))}
	if _, _, err := rows.Next(); err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	place := func(row int, column string) fault.Place { return fault.At("figures.csv", row, 0) }
	if _, faults, err := session.Load(t.Context(), name, typed, slices.Values([]warehouse.Rows{rows}), place); err != nil || len(faults) > 0 {
		t.Fatalf("got %v, %v, want no fault", faults, err)
	}
}

// memberColumns are the columns of the table of a [aggregate.Rollup].
var memberColumns = []aggregate.Column{
	{Name: "period", Type: "integer"}, {Name: "area", Type: "text"}, {Name: "whole", Type: "text"}, {Name: "level", Type: "integer"}, {Name: "of", Type: "integer"},
}

// TestFigures runs the statements in DuckDB, on one thread and on four, against figures worked out by hand.
func TestFigures(t *testing.T) {
	for _, c := range statementCases(t) {
		t.Run(filepath.Base(c.path), func(t *testing.T) {
			for _, threads := range []int{1, 4} {
				session := open(t, threads)
				c.input.Items = nil
				c.accept(t, trees(t, session, &c))
				load(t, session, "figures", c.columns, c.section("rows"))
				if members := c.section("members"); members != "" {
					load(t, session, "members", memberColumns, members)
				}
				if ranks := c.section("ranks"); ranks != "" {
					load(t, session, "ranks", []aggregate.Column{{Name: "of", Type: "integer"}, {Name: "rank", Type: "integer"}}, ranks)
				}
				if err := session.Lock(t.Context()); err != nil {
					t.Fatal(err)
				}
				c.hold(t, session, "want", aggregate.Statement(c.input, aggregate.DuckDB))
				if queries := c.picking(); len(queries) > 0 {
					c.hold(t, session, "picked", queries...)
				}
			}
		})
	}
}

// hold runs queries and holds their rows to a section of the case.
func (c *statementCase) hold(t *testing.T, session *warehouse.Session, name string, queries ...string) {
	t.Helper()
	var got strings.Builder
	for i, query := range queries {
		found := fmt.Sprintf("%s_%d", name, i)
		if err := session.Create(t.Context(), found, query); err != nil {
			t.Fatal(err)
		}
		rows, err := session.Strings(t.Context(), "SELECT * FROM "+found)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			got.WriteString(strings.Join(row, ",") + "\n")
		}
	}
	if diff := cmp.Diff(c.section(name)+"\n", got.String()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// trees parses the items and holds the stored trees to what the parser says today.
func trees(t *testing.T, session *warehouse.Session, c *statementCase) []string {
	t.Helper()
	var trees []string
	for _, text := range c.texts {
		tree, err := session.Parse(t.Context(), text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		trees = append(trees, string(tree))
	}
	if *update {
		c.write(t, "trees", strings.Join(trees, "\n"))
	} else if diff := cmp.Diff(c.section("trees"), strings.Join(trees, "\n")); diff != "" {
		t.Errorf("trees (-want +got):\n%s", diff)
	}
	return trees
}

// TestSumsDoNotDependOnThreads adds numbers that a floating point sum adds to different totals in different orders.
func TestSumsDoNotDependOnThreads(t *testing.T) {
	t.Parallel()
	columns := []aggregate.Column{{Name: "area", Type: "text", Role: "area"}, {Name: "year", Type: "text", Role: "period"}, {Name: "n", Type: "number", Role: "value"}}
	want := ""
	for run := range 6 {
		session := open(t, 1+run%2*3)
		tree, err := session.Parse(t.Context(), "n")
		if err != nil {
			t.Fatal(err)
		}
		expression, refusals := aggregate.Accept(tree, columns)
		if len(refusals) > 0 {
			t.Fatal(refusals)
		}
		setup := "CREATE TABLE figures AS SELECT i AS _row, 'a' || i % 7 AS area, '2024' AS year, (i * 7919 % 100003) / 7.0 AS n FROM range(400000) AS r(i)"
		if err := session.Exec(t.Context(), setup); err != nil {
			t.Fatal(err)
		}
		input := aggregate.Input{Table: "figures", Area: "area", Period: "year", Aggregates: aggregate.Published, Items: []aggregate.Item{{Name: "n", Expression: expression}}}
		if err := session.Create(t.Context(), "found", aggregate.Statement(input, aggregate.DuckDB)); err != nil {
			t.Fatal(err)
		}
		rows, err := session.Strings(t.Context(), "SELECT * FROM found")
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprint(rows)
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("run %d: got %s, want %s", run, got, want)
		}
	}
}
