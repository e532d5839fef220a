//go:build cgo

package aggregate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"levelfield/engine/aggregate"
	"levelfield/engine/stats"
	"levelfield/engine/warehouse"
)

// BenchmarkQuantiles finds the median with its limits of values by area, year and sex and of both sexes together, and does the same by
// hand with the database's own quantile, which gives no limits. It reports the ratio of the two: for ten million in whole pounds, of
// which there are a few thousand, and for a million that are all different, the worst there is.
func BenchmarkQuantiles(b *testing.B) {
	for _, of := range []struct {
		name, pay string
		rows      int
	}{
		{"pounds", "CAST(300 + hash(i) % 3000 AS DOUBLE)", 10_000_000},
		{"different", "(hash(i) % 1000000007) / 7.0", 1_000_000},
	} {
		b.Run(of.name, func(b *testing.B) {
			session, err := warehouse.Open(b.Context(), warehouse.Options{Memory: "2GiB", Threads: 2, TempDir: b.TempDir()})
			if err != nil {
				b.Fatal(err)
			}
			defer session.Close()
			made := fmt.Sprintf(`SELECT i AS _row, 'E' || CAST(hash(i + 1) %% 153 AS VARCHAR) AS area, '2024' AS year, CAST(hash(i + 2) %% 2 AS VARCHAR) AS sex, %s AS pay FROM range(%d) AS r(i)`, of.pay, of.rows)
			if err := session.Create(b.Context(), "people", made); err != nil {
				b.Fatal(err)
			}
			input := medianOfPay(b, session)
			var ours, byHand time.Duration
			for b.Loop() {
				began := time.Now()
				picked(b, session, input)
				ours += time.Since(began)
				began = time.Now()
				anew(b, session, "hand", `SELECT area, year, sex, count(*), quantile_cont(pay, 0.5) FROM people GROUP BY area, year, CUBE (sex)`)
				byHand += time.Since(began)
			}
			b.ReportMetric(float64(ours)/float64(byHand), "ratio")
			b.ReportMetric(ours.Seconds()/float64(b.N), "s/quantiles")
		})
	}
}

func medianOfPay(b *testing.B, session *warehouse.Session) aggregate.Input {
	b.Helper()
	columns := []aggregate.Column{
		{Name: "area", Type: "text", Role: "area"}, {Name: "year", Type: "text", Role: "period"}, {Name: "sex", Type: "text", Role: "category"}, {Name: "pay", Type: "number", Role: "value"},
	}
	tree, err := session.Parse(b.Context(), "pay")
	if err != nil {
		b.Fatal(err)
	}
	expression, refusals := aggregate.Accept(tree, columns)
	if len(refusals) > 0 {
		b.Fatal(refusals)
	}
	return aggregate.Input{
		Table: "people", Area: "area", Period: "year", Aggregates: aggregate.Sum, Categories: []aggregate.Category{{Name: "sex", Total: "all"}},
		Items: []aggregate.Item{{Name: "pay", Expression: expression, Spread: true}},
	}
}

// picked counts the values of each group, and picks those at the ranks of the median.
func picked(b *testing.B, session *warehouse.Session, input aggregate.Input) {
	b.Helper()
	anew(b, session, "counted", aggregate.Statement(input, aggregate.DuckDB))
	counts, err := session.Strings(b.Context(), "SELECT DISTINCT CAST(v_0 AS BIGINT) FROM counted")
	if err != nil {
		b.Fatal(err)
	}
	var ranks []string
	for _, count := range counts {
		n := 0
		if _, err := fmt.Sscan(count[0], &n); err != nil {
			b.Fatal(err)
		}
		for _, rank := range stats.RanksOfQuantile(n, 0.5).All() {
			ranks = append(ranks, fmt.Sprintf("(%d, %d)", n, rank))
		}
	}
	anew(b, session, "ranks", "SELECT * FROM (VALUES "+strings.Join(ranks, ", ")+`) AS k("of", "rank")`)
	anew(b, session, "found", aggregate.Ranked(input, input.Items[0], "ranks", aggregate.DuckDB))
}

func anew(b *testing.B, session *warehouse.Session, table, query string) {
	b.Helper()
	if err := session.Drop(b.Context(), table); err != nil {
		b.Fatal(err)
	}
	if err := session.Create(b.Context(), table, query); err != nil {
		b.Fatal(err)
	}
}
