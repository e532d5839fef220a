package measure_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/engine/measure"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// given is one group of an aggregated table: a cell is a number, nil, or the letters of a missing or flagged cell.
type given struct {
	area, period string
	categories   []string
	cells        []any
}

// flagged is a number whose cells carry status letters.
type flagged struct {
	value float64
	flags string
}

// tableOf is a table as the warehouse aggregates it, by hand.
func tableOf(t testing.TB, kind string, categories, items []string, rows ...given) measure.Table {
	t.Helper()
	dataset := datasets.Dataset{ID: "figures", Title: "Figures", Periods: datasets.Periods{Kind: kind}}
	fields := []arrow.Field{{Name: "area", Type: arrow.BinaryTypes.String}, {Name: "period", Type: arrow.BinaryTypes.String}}
	for _, category := range categories {
		dataset.Columns = append(dataset.Columns, datasets.Column{Name: category, Role: "category", Type: "text", Total: "all"})
		fields = append(fields, arrow.Field{Name: category, Type: arrow.BinaryTypes.String})
	}
	fields = append(fields, arrow.Field{Name: "first_row", Type: arrow.PrimitiveTypes.Int64})
	for i := range items {
		for _, part := range []string{"v_", "m_", "f_"} {
			field := arrow.Field{Name: part + strconv.Itoa(i), Type: arrow.BinaryTypes.String, Nullable: true}
			if part == "v_" {
				field.Type = arrow.PrimitiveTypes.Float64
			}
			fields = append(fields, field)
		}
	}
	builder := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	defer builder.Release()
	for i, row := range rows {
		texts := slices.Concat([]string{row.area, row.period}, row.categories)
		for at, text := range texts {
			builder.Field(at).(*array.StringBuilder).Append(text)
		}
		builder.Field(len(texts)).(*array.Int64Builder).Append(int64(i + 2))
		for c, cell := range row.cells {
			fill(builder, len(texts)+1+3*c, cell)
		}
	}
	return measure.Table{Dataset: dataset, Snapshot: "abcdef123456", Items: items, Records: []arrow.Record{builder.NewRecord()}}
}

func fill(builder *array.RecordBuilder, at int, cell any) {
	value := builder.Field(at).(*array.Float64Builder)
	missing := builder.Field(at + 1).(*array.StringBuilder)
	flags := builder.Field(at + 2).(*array.StringBuilder)
	switch cell := cell.(type) {
	case float64:
		value.Append(cell)
		missing.AppendNull()
		flags.AppendNull()
	case flagged:
		value.Append(cell.value)
		missing.AppendNull()
		flags.Append(cell.flags)
	case string:
		value.AppendNull()
		missing.Append(cell)
		flags.AppendNull()
	default:
		value.AppendNull()
		missing.AppendNull()
		flags.AppendNull()
	}
}

// scope is a focus area A in a country E with the rivals B, C and D.
func scope() measure.Scope {
	return measure.Scope{
		Focus: "A", England: "E", Region: "R", DefaultSet: "near",
		Places:     map[string]measure.Place{"A": {Name: "Ayton", Type: "unitary"}},
		Ranked:     map[string]bool{"A": true, "B": true, "C": true, "D": true},
		Neighbours: map[string][]string{"near": {"B", "C", "D"}},
	}
}

// share is a proportion n of d.
func share() indicators.Definition {
	return indicators.Definition{
		ID: "share", Dataset: "figures", Unit: "%", Polarity: "low",
		Measure: indicators.Measure{Proportion: &indicators.Proportion{Numerator: "n", Denominator: "d"}},
	}
}

var shareItems = []string{"share/proportion.numerator", "share/proportion.denominator"}

// printed is a published value without an interval.
func printed(id, reason string) indicators.Definition {
	return indicators.Definition{
		ID: id, Dataset: "figures", Unit: "%", Polarity: "high",
		Measure: indicators.Measure{Published: &indicators.Published{Value: "v", Interval: reason, Why: "it is so"}},
	}
}

func measured(t *testing.T, table measure.Table, definitions ...indicators.Definition) results.Set {
	t.Helper()
	var wanted []measure.Indicator
	for _, definition := range definitions {
		wanted = append(wanted, measure.Indicator{Definition: definition, Table: definition.Dataset})
	}
	set, err := measure.Measure(scope(), map[string]measure.Table{"figures": table}, wanted)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// against is the one comparison of A with a comparator.
func against(t *testing.T, set results.Set, comparator string) results.Comparison {
	t.Helper()
	for _, c := range set.Comparisons {
		if c.Area == "A" && c.Comparator == comparator && c.Breakdown == "" {
			return c
		}
	}
	t.Fatalf("got no comparison with %s", comparator)
	return results.Comparison{}
}

func TestChangeSinceTheBaseline(t *testing.T) {
	t.Parallel()
	// FIGURES.md section 3, chart 5: births 13.9 to 12.7, -1.2 points (-2.2 to -0.1); England 12.5 to 11.2. Counts by the
	// Office for National Statistics, business demography 2024, tables 1.1 and 3.1.
	table := tableOf(t, "calendar", nil, shareItems,
		given{"A", "2021", nil, []any{1115.0, 8030.0}},
		given{"A", "2023", nil, []any{1055.0, 7885.0}},
		given{"A", "2024", nil, []any{1000.0, 7855.0}},
		given{"A", "2025", nil, []any{"c", "c"}},
		given{"E", "2021", nil, []any{324485.0, 2592840.0}},
		given{"E", "2024", nil, []any{282680.0, 2521340.0}},
	)
	definition := share()
	definition.Baseline = "2021"
	changes := measured(t, table, definition).Changes
	if len(changes) != 2 || changes[0].Area != "A" || changes[1].Area != "E" {
		t.Fatalf("got %+v, want a change of A and one of E", changes)
	}
	own := changes[0]
	if own.From.Label != "2021" || own.To.Label != "2024" {
		t.Errorf("got the change from %s to %s, want 2021 to 2024: 2025 has no value", own.From.Label, own.To.Label)
	}
	for _, number := range []struct {
		name      string
		got, want float64
	}{{"change", *own.Change.Value, -1.2}, {"lower limit", *own.Change.Lower95, -2.2}, {"upper limit", *own.Change.Upper95, -0.1}} {
		if math.Abs(number.got-number.want) > 0.05 {
			t.Errorf("%s: got %v, want %v", number.name, number.got, number.want)
		}
	}

	definition.Breaks = []indicators.Break{{From: "2023", Why: "Counted in another way."}}
	for _, change := range measured(t, table, definition).Changes {
		if change.Area == "A" && (change.Change.HasValue() || change.Change.Reason != "Counted in another way.") {
			t.Errorf("across a break: got %+v, want no change and the reason of the break", change.Change)
		}
	}
	definition.Baseline = "2019"
	if got := measured(t, table, definition).Changes; len(got) != 0 {
		t.Errorf("with a baseline that is not held: got %+v, want none", got)
	}
	definition.Baseline = ""
	if got := measured(t, table, definition).Changes; len(got) != 0 {
		t.Errorf("without a baseline: got %+v, want none", got)
	}
}

func TestTrendsThatAreRefused(t *testing.T) {
	t.Parallel()
	var years, rolling []given
	for i, year := range []string{"2018", "2019", "2020", "2021", "2022"} {
		years = append(years, given{"A", year, nil, []any{float64(100 + i), 1000.0}})
	}
	for i, label := range []string{"Jan 2022 to Dec 2022", "Apr 2022 to Mar 2023", "Jul 2022 to Jun 2023", "Oct 2022 to Sep 2023", "Jan 2023 to Dec 2023"} {
		rolling = append(rolling, given{"A", label, nil, []any{float64(100 + i), 1000.0}})
	}
	money := share()
	money.Money = true
	forbidden := share()
	forbidden.Trend = &indicators.Trend{Points: 0, None: "the publisher warns against it"}
	broken := share()
	broken.Breaks = []indicators.Break{{From: "2021", Why: "A new survey."}}
	items := []string{"values/published.value"}
	for _, test := range []struct {
		name, reason string
		definition   indicators.Definition
		table        measure.Table
	}{
		{"money without England's", "fewer than five periods", money, tableOf(t, "calendar", nil, shareItems, years...)},
		{"forbidden", "the publisher warns against it", forbidden, tableOf(t, "calendar", nil, shareItems, years...)},
		{"overlap", "periods overlap", share(), tableOf(t, "rolling", nil, shareItems, rolling...)},
		{"no interval", "no interval is published", printed("values", "modelled"), tableOf(t, "calendar", nil, items, given{"A", "2022", nil, []any{5.0}})},
		{"break", "since the break: A new survey.", broken, tableOf(t, "calendar", nil, shareItems, years...)},
	} {
		trends := measured(t, test.table, test.definition).Trends
		if len(trends) == 0 {
			t.Fatalf("%s: got no trend, want one that says why there is none", test.name)
		}
		got := trends[0]
		if got.Outcome != stats.CannotCalculate || !strings.HasSuffix(got.Reason, test.reason) || got.Statistic != nil {
			t.Errorf("%s: got %s, %q, want %s, %q", test.name, got.Outcome, got.Reason, stats.CannotCalculate, test.reason)
		}
	}
}

func TestPositionAmongAuthorities(t *testing.T) {
	t.Parallel()
	items := []string{"values/published.value"}
	rows := func(a, b, c, d any) measure.Table {
		return tableOf(t, "calendar", nil, items,
			given{"A", "2023", nil, []any{a}}, given{"B", "2023", nil, []any{b}}, given{"C", "2023", nil, []any{c}},
			given{"D", "2023", nil, []any{d}}, given{"E", "2023", nil, []any{99.0}}, given{"R", "2023", nil, []any{98.0}})
	}
	low := printed("values", "complete-count")
	low.Polarity = "low"
	for _, test := range []struct {
		name           string
		definition     indicators.Definition
		table          measure.Table
		rank, of, ties int
	}{
		{"highest is best", printed("values", "complete-count"), rows(5.0, 7.0, 3.0, 4.0), 2, 4, 0},
		{"lowest is best", low, rows(5.0, 7.0, 3.0, 4.0), 3, 4, 0},
		{"shared", low, rows(3.0, 7.0, 3.0, 3.0), 1, 4, 2},
		{"without a value", low, rows(5.0, "x", 3.0, nil), 2, 2, 0},
		{"an interval that was lost is not ranked", printed("values", "lost"), rows(5.0, 7.0, 3.0, 4.0), 0, 0, 0},
	} {
		got := against(t, measured(t, test.table, test.definition), "E")
		if got.Rank != test.rank || got.Of != test.of || got.Ties != test.ties {
			t.Errorf("%s: got rank %d of %d with %d ties, want %d of %d with %d", test.name, got.Rank, got.Of, got.Ties, test.rank, test.of, test.ties)
		}
		want := stats.Position
		if test.rank == 0 {
			want = stats.NotCompared
		}
		if got.Outcome != want || got.Reason == "" {
			t.Errorf("%s: got %s (%s), want %s with a reason", test.name, got.Outcome, got.Reason, want)
		}
	}
}

func TestNeighboursAndRegionAreDescribedOnly(t *testing.T) {
	t.Parallel()
	table := tableOf(t, "calendar", nil, shareItems,
		given{"A", "2023", nil, []any{10.0, 100.0}}, given{"B", "2023", nil, []any{20.0, 100.0}}, given{"C", "2023", nil, []any{40.0, 100.0}},
		given{"D", "2023", nil, []any{"c", "c"}}, given{"R", "2023", nil, []any{500.0, 1000.0}}, given{"E", "2023", nil, []any{5000.0, 10000.0}})
	set := measured(t, table, share())
	near := against(t, set, "near")
	// By hand: the middle of 20% and 40%; D has no value.
	if *near.ComparatorValue != 30 || near.Of != 2 || near.Outcome != stats.Position || !strings.HasPrefix(near.Reason, "median of 2 of 3") {
		t.Errorf("got %v of %d, %s (%s), want a median of 30 of 2 and a position", *near.ComparatorValue, near.Of, near.Outcome, near.Reason)
	}
	region := against(t, set, "R")
	if *region.ComparatorValue != 50 || region.Outcome != stats.NotCompared {
		t.Errorf("got %v, %s, want 50, %s", *region.ComparatorValue, region.Outcome, stats.NotCompared)
	}
}

func TestEqualInputInAnyOrder(t *testing.T) {
	t.Parallel()
	rows := []given{
		{"A", "2022", []string{"all"}, []any{10.0, 100.0}}, {"A", "2023", []string{"all"}, []any{12.0, 100.0}},
		{"A", "2023", []string{"girls"}, []any{5.0, 50.0}}, {"E", "2023", []string{"all"}, []any{100.0, 1000.0}},
	}
	first, second := share(), share()
	first.Breakdowns = map[string]string{"sex": "sex"}
	second.ID, second.Breakdowns = "again", first.Breakdowns
	items := slices.Concat(shareItems, []string{"again/proportion.numerator", "again/proportion.denominator"})
	for i, row := range rows {
		rows[i].cells = slices.Concat(row.cells, row.cells)
	}
	want := measured(t, tableOf(t, "calendar", []string{"sex"}, items, rows...), first, second)
	slices.Reverse(rows)
	got := measured(t, tableOf(t, "calendar", []string{"sex"}, items, rows...), second, first)
	rowless := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Row" }, cmp.Ignore())
	if diff := cmp.Diff(want, got, rowless, withoutIndex); diff != "" {
		t.Errorf("results in the order given and in the other (-first +second):\n%s", diff)
	}
}
