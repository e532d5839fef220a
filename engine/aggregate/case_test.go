package aggregate_test

import (
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"levelfield/engine/aggregate"
)

var update = flag.Bool("update", false, "write the trees and statements that the tests find into testdata")

// statementCase is one file of testdata/statement: the columns of a dataset, its rows, the items to find (one a line;
// "single" before an expression marks a published value, "spread" single values of which those at the ranks are picked), the members of areas where they are added up (period, area, whole, level
// and of), the trees of their expressions, the statement, and the
// figures worked out by hand.
type statementCase struct {
	path    string
	archive *txtar.Archive
	columns []aggregate.Column
	input   aggregate.Input
	marks   []string
	texts   []string
}

func statementCases(t *testing.T) []statementCase {
	t.Helper()
	paths, err := filepath.Glob("testdata/statement/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("got no cases (%v), want some in testdata/statement", err)
	}
	var cases []statementCase
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		c := statementCase{path: path, archive: archive}
		c.read(t)
		cases = append(cases, c)
	}
	return cases
}

func (c *statementCase) section(name string) string {
	for _, file := range c.archive.Files {
		if file.Name == name {
			return strings.TrimRight(string(file.Data), "\n")
		}
	}
	return ""
}

func (c *statementCase) write(t *testing.T, name, text string) {
	t.Helper()
	for i, file := range c.archive.Files {
		if file.Name == name {
			c.archive.Files[i].Data = []byte(text + "\n")
			if err := os.WriteFile(c.path, txtar.Format(c.archive), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("%s has no section %s", c.path, name)
}

func (c *statementCase) read(t *testing.T) {
	t.Helper()
	c.input = aggregate.Input{Table: "figures", Aggregates: strings.TrimSpace(c.section("aggregates"))}
	for _, row := range table(t, c.section("columns"))[1:] {
		column := aggregate.Column{Name: row[0], Type: row[1], Role: row[2], Status: row[3]}
		c.columns = append(c.columns, column)
		switch column.Role {
		case "area":
			c.input.Area = column.Name
		case "period":
			c.input.Period = column.Name
		case "category":
			c.input.Categories = append(c.input.Categories, aggregate.Category{Name: column.Name, Total: row[4]})
		}
	}
	if members := c.section("members"); members != "" {
		c.input.Rollup = &aggregate.Rollup{Members: "members"}
		for _, row := range table(t, members)[1:] {
			level, err := strconv.Atoi(row[3])
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(c.input.Rollup.Levels, level) {
				c.input.Rollup.Levels = append(c.input.Rollup.Levels, level)
			}
		}
	}
	for _, line := range strings.Split(c.section("items"), "\n") {
		mark, text, marked := strings.Cut(line, " ")
		if !marked || mark != "single" && mark != "spread" {
			mark, text = "", line
		}
		c.texts, c.marks = append(c.texts, text), append(c.marks, mark)
	}
}

// accept fills the items from the trees.
func (c *statementCase) accept(t *testing.T, trees []string) {
	t.Helper()
	if len(trees) != len(c.texts) {
		t.Fatalf("got %d trees, want %d", len(trees), len(c.texts))
	}
	for i, tree := range trees {
		expression, refusals := aggregate.Accept([]byte(tree), c.columns)
		if len(refusals) > 0 {
			t.Fatalf("%s: got refusals %q, want none", c.texts[i], refusals)
		}
		c.input.Items = append(c.input.Items, aggregate.Item{Name: c.texts[i], Expression: expression, Single: c.marks[i] == "single", Spread: c.marks[i] == "spread"})
	}
}

// picking are the queries for the single values of the items that are spread.
func (c *statementCase) picking() []string {
	var queries []string
	for _, item := range c.input.Items {
		if item.Spread {
			queries = append(queries, aggregate.Ranked(c.input, item, "ranks", aggregate.DuckDB))
		}
	}
	return queries
}

func table(t *testing.T, text string) [][]string {
	t.Helper()
	reader := csv.NewReader(strings.NewReader(text))
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestStatement holds the SQL text, from stored trees: it needs no database.
func TestStatement(t *testing.T) {
	for _, c := range statementCases(t) {
		t.Run(filepath.Base(c.path), func(t *testing.T) {
			c.accept(t, strings.Split(c.section("trees"), "\n"))
			for name, got := range map[string]string{"sql": aggregate.Statement(c.input, aggregate.DuckDB), "picking": strings.Join(c.picking(), ";\n")} {
				switch {
				case got == "":
				case *update:
					c.write(t, name, got)
				default:
					if diff := cmp.Diff(c.section(name), got); diff != "" {
						t.Errorf("%s (-want +got):\n%s", name, diff)
					}
				}
			}
		})
	}
}

func TestReserved(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"rows": true, "area": true, "v_0": true, "m_12": true, "f_": false, "v_a": false, "sex": false, "first_row": true} {
		if got := aggregate.Reserved(name); got != want {
			t.Errorf("Reserved(%q): got %v, want %v", name, got, want)
		}
	}
}
