//go:build cgo

package aggregate_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"levelfield/engine/aggregate"
	"levelfield/engine/stats"
)

// single is one row of a person: where, of which sex, and the pay.
type single struct {
	area, sex string
	pay       float64
}

// TestPropertyRankedValuesMakeTheQuantileOfTheSample picks the values of random rows by the SQL, in groups and totals over them, and
// holds the quantile with its limits that is made of them to that of all values of the group, in whatever order the rows stand.
func TestPropertyRankedValuesMakeTheQuantileOfTheSample(t *testing.T) {
	t.Parallel()
	session := open(t, 2)
	columns := []aggregate.Column{
		{Name: "area", Type: "text", Role: "area"}, {Name: "year", Type: "text", Role: "period"}, {Name: "sex", Type: "text", Role: "category"}, {Name: "pay", Type: "number", Role: "value"},
	}
	tree, err := session.Parse(t.Context(), "pay")
	if err != nil {
		t.Fatal(err)
	}
	expression, refusals := aggregate.Accept(tree, columns)
	if len(refusals) > 0 {
		t.Fatal(refusals)
	}
	input := aggregate.Input{
		Table: "people", Area: "area", Period: "year", Aggregates: aggregate.Sum, Categories: []aggregate.Category{{Name: "sex", Total: "all"}},
		Items: []aggregate.Item{{Name: "pay", Expression: expression, Spread: true}},
	}
	rapid.Check(t, func(r *rapid.T) {
		p := rapid.Float64Range(0.02, 0.98).Draw(r, "p")
		// Whole numbers meet each other, others do not.
		pay := rapid.OneOf(rapid.Map(rapid.IntRange(-3, 6), func(n int) float64 { return float64(n) }), rapid.Float64Range(-1e9, 1e9))
		people := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) single {
			return single{rapid.SampledFrom([]string{"A", "B"}).Draw(r, "area"), rapid.SampledFrom([]string{"f", "m"}).Draw(r, "sex"), pay.Draw(r, "pay")}
		}), 1, 60).Draw(r, "people")
		samples := map[string][]float64{}
		var rows, ranks []string
		for i, one := range people {
			rows = append(rows, fmt.Sprintf("(%d, '%s', '2024', '%s', CAST(%s AS DOUBLE))", i+2, one.area, one.sex, strconv.FormatFloat(one.pay, 'e', -1, 64)))
			for _, sex := range []string{one.sex, "all"} {
				samples[one.area+sex] = append(samples[one.area+sex], one.pay)
			}
		}
		for _, n := range sizes(samples) {
			for _, rank := range stats.RanksOfQuantile(n, p).All() {
				ranks = append(ranks, fmt.Sprintf("(%d, %d)", n, rank))
			}
		}
		for _, query := range []string{
			"CREATE OR REPLACE TEMP TABLE people AS SELECT * FROM (VALUES " + strings.Join(rows, ", ") + ") AS d(_row, area, year, sex, pay)",
			fmt.Sprintf("CREATE OR REPLACE TEMP TABLE ranks AS SELECT * FROM (VALUES %s) AS k(\"of\", \"rank\")", strings.Join(ranks, ", ")),
		} {
			if err := session.Exec(t.Context(), query); err != nil {
				r.Fatal(err)
			}
		}
		found, err := session.Strings(t.Context(), aggregate.Ranked(input, input.Items[0], "ranks", aggregate.DuckDB))
		if err != nil {
			r.Fatal(err)
		}
		picked := map[string]map[int]float64{}
		for _, row := range found {
			group := row[0] + row[2]
			rank, _ := strconv.Atoi(row[3])
			value, err := strconv.ParseFloat(row[4], 64)
			if err != nil {
				r.Fatal(err)
			}
			if picked[group] == nil {
				picked[group] = map[int]float64{}
			}
			picked[group][rank] = value
		}
		for group, sample := range samples {
			want := stats.QuantileInterval(sample, p)
			got := stats.QuantileAtRanks(len(sample), p, func(rank int) float64 {
				value, held := picked[group][rank]
				if !held {
					r.Fatalf("%s: no value at rank %d of %d", group, rank, len(sample))
				}
				return value
			})
			if diff := cmp.Diff(want, got); diff != "" {
				r.Fatalf("%s (-sample +picked):\n%s", group, diff)
			}
		}
	})
}

// sizes are the numbers of values that samples have, each once.
func sizes(samples map[string][]float64) []int {
	var found []int
	for _, sample := range samples {
		found = append(found, len(sample))
	}
	slices.Sort(found)
	return slices.Compact(found)
}
