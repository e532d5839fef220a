package measure_test

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"levelfield/engine/measure"
	"levelfield/engine/results"
	"levelfield/indicators"
	"pgregory.net/rapid"
)

// extreme are cells that break arithmetic; a text is the letters of a cell without a number, nil a group without the column.
var extreme = []any{nil, "x", "c", 0.0, math.Copysign(0, -1), 5e-324, 1e-300, 0.25, 1.0, 1.0, 3.0, 10.0, 5150.0, 1e15, 1e300, math.MaxFloat64, -1.0, -math.MaxFloat64, flagged{7, "p"}}

// everyKind is an indicator of each kind of measure that rests on columns, and of each that rests on others.
func everyKind() (definitions []indicators.Definition, items []string) {
	add := func(id, unit string, m indicators.Measure) {
		d := indicators.Definition{ID: id, Unit: unit, Polarity: "low", Baseline: "2019", Measure: m}
		d.Breakdowns = map[string]string{"group": "group"}
		d.Compare.Tested = []indicators.Reference{{RestOf: "england"}, {RestOf: "region"}, {Set: "near"}, {Name: "all", Areas: []string{"A", "B", "C"}}, {Period: "2019"}}
		if len(d.Operands()) == 0 {
			d.Dataset = "figures"
		}
		for path := range m.Expressions() {
			items = append(items, measure.Item(id, path))
		}
		definitions = append(definitions, d)
	}
	add("share", "%", indicators.Measure{Proportion: &indicators.Proportion{Numerator: "n", Denominator: "d"}})
	add("worked", "%", indicators.Measure{Proportion: &indicators.Proportion{Share: "s", Denominator: "d", Step: 0.001}})
	add("rate", "", indicators.Measure{Rate: &indicators.Rate{Numerator: "n", Denominator: "d", Per: 100000}})
	add("number", "", indicators.Measure{Count: &indicators.Count{Value: "n"}})
	add("average", "", indicators.Measure{Mean: &indicators.Mean{Value: "v", Deviation: "s", Count: "n"}})
	add("limits", "%", indicators.Measure{Published: &indicators.Published{Value: "v", Lower: "l", Upper: "u", Scale: "logit"}})
	add("half", "%", indicators.Measure{Published: &indicators.Published{Value: "v", HalfWidth: "h"}})
	add("varied", "", indicators.Measure{Published: &indicators.Published{Value: "v", CV: "c"}})
	add("over", "", indicators.Measure{Ratio: &indicators.Ratio{Numerator: "n", Denominator: "d"}})
	add("gap", "", indicators.Measure{Difference: &indicators.Difference{First: "share", Second: "worked"}})
	add("apart", "", indicators.Measure{Difference: &indicators.Difference{Of: "rate", Breakdown: "group", First: "2", Second: "1"}})
	add("times", "", indicators.Measure{Relative: &indicators.Difference{First: "limits", Second: "half"}})
	add("steep", "", indicators.Measure{Slope: &indicators.Slope{Of: "share", Breakdown: "group", Order: []string{"1", "2", "3", "4", "5"}}})
	add("part", "", indicators.Measure{Share: &indicators.Share{Of: "share", Breakdown: "group", Group: "1"}})
	add("years", "", indicators.Measure{Pooled: &indicators.Pooled{Of: "share", Years: 3}})
	return definitions, items
}

// numbersOf calls for every number of a result, wherever it stands.
func numbersOf(v reflect.Value, path string, found func(path string, number float64)) {
	switch v.Kind() {
	case reflect.Float64:
		found(path, v.Float())
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			numbersOf(v.Elem(), path, found)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			numbersOf(v.Field(i), path+"."+v.Type().Field(i).Name, found)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			numbersOf(v.Index(i), path, found)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			numbersOf(v.MapIndex(key), path, found)
		}
	}
}

// TestPropertyExtremesGiveNumbersOrReasons: whatever stands in the cells, no number of a result is anything but a number, every
// value has one or a status with a reason, and limits stand around it.
func TestPropertyExtremesGiveNumbersOrReasons(t *testing.T) {
	t.Parallel()
	definitions, items := everyKind()
	kinds := map[string]bool{}
	rapid.Check(t, func(r *rapid.T) {
		few := rapid.SliceOfN(rapid.SampledFrom(extreme), 1, 60).Draw(r, "cells")
		ordinary := rapid.SliceOfN(rapid.IntRange(1, 40), 30, 60).Draw(r, "ordinary")
		part := rapid.IntRange(0, 4).Draw(r, "of four are ordinary")
		var rows []given
		for _, area := range []string{"A", "B", "E"} {
			for _, period := range []string{"2019", "2020", "2021", "2022", "2023"} {
				for _, category := range []string{"all", "1", "2", "3", "4", "5"} {
					g := given{area: area, period: period, categories: []string{category}}
					for i, item := range items {
						at := 7*len(rows) + 11*i
						switch {
						case at%4 >= part:
							g.cells = append(g.cells, few[at%len(few)])
						case strings.HasSuffix(item, "denominator"):
							g.cells = append(g.cells, float64(40+ordinary[at%len(ordinary)]))
						default:
							g.cells = append(g.cells, float64(ordinary[at%len(ordinary)]))
						}
					}
					rows = append(rows, g)
				}
			}
		}
		table := tableOf(t, "calendar", []string{"group"}, items, rows...)
		var wanted []measure.Indicator
		for _, d := range definitions {
			wanted = append(wanted, measure.Indicator{Definition: d, Table: d.Dataset})
		}
		set, err := measure.Measure(scope(), map[string]measure.Table{"figures": table}, wanted)
		if err != nil {
			r.Fatal(err)
		}
		numbersOf(reflect.ValueOf([]any{set.Comparisons, set.Trends, set.Changes, set.Targets}), "", func(path string, number float64) {
			if math.IsNaN(number) || math.IsInf(number, 0) {
				r.Fatalf("%s: got %v, want a number", path, number)
			}
		})
		for v := range set.Values.All() {
			kinds[v.Indicator] = kinds[v.Indicator] || v.HasValue()
			sound(r, v)
		}
	})
	for _, d := range definitions {
		if !kinds[d.ID] {
			t.Errorf("%s: got no value ever, want one in some table", d.ID)
		}
	}
}

// sound fails unless a value keeps its promise.
func sound(r *rapid.T, v *results.Value) {
	numbersOf(reflect.ValueOf(*v), "", func(path string, number float64) {
		if math.IsNaN(number) || math.IsInf(number, 0) {
			r.Fatalf("%s of %+v: got %v, want a number", path, v.Key(), number)
		}
	})
	if !v.HasValue() && (v.Status == "" || v.Reason == "") {
		r.Fatalf("%+v: got %+v, want a value or a status with a reason", v.Key(), v.Estimate)
	}
	if slices.ContainsFunc(v.Warnings, func(w string) bool { return strings.HasPrefix(w, "published limits do not hold the value") }) {
		return // kept as published, and not judged
	}
	last := math.Inf(-1)
	for _, number := range []*float64{v.Lower998, v.Lower95, v.Value, v.Upper95, v.Upper998} {
		if number != nil && (*number < last || !v.HasValue()) {
			r.Fatalf("%+v: got %v after %v (%s), want limits around a value", v.Key(), *number, last, v.Method)
		}
		if number != nil {
			last = *number
		}
	}
}
