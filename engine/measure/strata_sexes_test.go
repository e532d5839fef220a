package measure_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"levelfield/datasets"
	"levelfield/engine/disclosure"
	"levelfield/engine/measure"
	"levelfield/engine/results"
	"levelfield/indicators"
)

// sexes are the bands of women and of men, with the same standard and policy.
type sexes struct{ women, men, all ageBands }

func drawSexes(t *rapid.T) sexes {
	women := drawBands(t)
	women.labels = women.labels[:min(len(women.labels), 3)]
	women.counts, women.populations = women.counts[:len(women.labels)], women.populations[:len(women.labels)]
	if len(women.spec.Standard) > len(women.labels) {
		delete(women.spec.Standard, "band 3")
	}
	men := women
	men.counts, men.populations = slices.Clone(women.counts), slices.Clone(women.populations)
	for i := range men.counts {
		men.counts[i] = float64(rapid.IntRange(0, 12).Draw(t, "men of "+men.labels[i]))
		men.populations[i] = float64(rapid.IntRange(300, 9000).Draw(t, "people among whom"))
	}
	s := sexes{women, men, women}
	s.all.counts, s.all.populations = slices.Clone(women.counts), slices.Clone(women.populations)
	for i := range men.counts {
		s.all.counts[i] += men.counts[i]
		s.all.populations[i] += men.populations[i]
	}
	return s
}

// published are the values of a rate for everyone and by sex, and of the count of each band for everyone where it is printed.
func (s sexes) published(t testing.TB) ([]results.Value, *measure.Protection) {
	spec := s.all.spec
	direct := indicators.Definition{
		ID: "direct", Dataset: "figures", Unit: "per 100,000", Polarity: "low", Breakdowns: map[string]string{"sex": "sex"}, Measure: indicators.Measure{DSR: &spec},
	}
	wanted, items := []measure.Indicator{{Definition: direct, Table: "figures"}}, []string{"direct/dsr.numerator", "direct/dsr.denominator"}
	if s.all.byBand {
		wanted, items = append(wanted, measure.Indicator{Definition: countedByBand(), Table: "figures"}), append(items, "counted/count.value")
	}
	var rows []given
	for i, b := range []ageBands{s.all, s.women, s.men} {
		sex := []string{"all", "women", "men"}[i]
		events, people := 0.0, 0.0
		row := func(label string, count, people float64) {
			rows = append(rows, given{"A", "2024", []string{label, sex}, []any{count, people, count}[:len(items)]})
		}
		for at, label := range b.labels {
			row(label, b.counts[at], b.populations[at])
			events, people = events+b.counts[at], people+b.populations[at]
		}
		row("all", events, people)
	}
	return publishedOf(t, tableOf(t, "calendar", []string{"age", "sex"}, items, rows...), s.all.policy, wanted)
}

// countedByBand is the count of each age band.
func countedByBand() indicators.Definition {
	return indicators.Definition{
		ID: "counted", Dataset: "figures", Unit: "people", Polarity: "low", Breakdowns: map[string]string{"age": "age"},
		Measure: indicators.Measure{Count: &indicators.Count{Value: "n"}},
	}
}

// publishedOf are the values of the public edition of a table of n and d, with what guards them.
func publishedOf(t testing.TB, table measure.Table, policy disclosure.Policy, wanted []measure.Indicator) ([]results.Value, *measure.Protection) {
	t.Helper()
	strata, err := measure.StrataOf(table, wanted[0].Definition)
	if err != nil {
		t.Fatal(err)
	}
	p := &measure.Protection{
		Policies: map[string]measure.Policy{"figures": {Policy: policy}}, Datasets: map[string]datasets.Dataset{"figures": table.Dataset},
		Forms:       map[string]map[string]float64{"direct/dsr.numerator": {"n": 1}, "direct/dsr.denominator": {"d": 1}, "counted/count.value": {"n": 1}},
		Definitions: map[string]indicators.Definition{}, Strata: strata, England: "E",
	}
	for _, one := range wanted {
		p.Definitions[one.Definition.ID] = one.Definition
	}
	among := scope()
	among.Protection = p
	set, err := measure.Measure(among, map[string]measure.Table{"figures": table}, wanted)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(set.Values...), p
}

// fillings are the counts of bands that look as what is printed of a rate, whose total is one of those given.
func (b ageBands) fillings() [][]float64 {
	var found [][]float64
	want := b.printed(b.sums(b.counts))
	counts := make([]float64, len(b.labels))
	var fill func(at int, left float64)
	fill = func(at int, left float64) {
		if at == len(counts) {
			got := b.printed(b.sums(counts))
			if near(got.Rate, want.Rate) && near(got.Variance, want.Variance) && got.Events == want.Events && !b.policy.Small(b.sums(counts).Events) {
				found = append(found, slices.Clone(counts))
			}
			return
		}
		for counts[at] = 0; counts[at] <= left; counts[at]++ {
			fill(at+1, left-counts[at])
		}
	}
	_, most := b.policy.Range(b.policy.Rounded(b.sums(b.counts).Events))
	fill(0, most)
	return found
}

// read says whose rates are shown, and of which bands the counts are printed or hidden.
func (s sexes) read(values []results.Value) (shown map[string]bool, known map[int]float64, hidden map[int]bool) {
	shown, known, hidden = map[string]bool{}, map[int]float64{}, map[int]bool{}
	for _, v := range values {
		at := slices.Index(s.all.labels, v.Category)
		switch {
		case v.Area != "A":
		case v.Indicator == "direct":
			shown[v.Category] = v.HasValue()
		case at >= 0 && v.HasValue():
			known[at] = *v.Value
		case at >= 0:
			hidden[at] = true
		}
	}
	return shown, known, hidden
}

// joint are the ranges of the bands of everyone, of women and of men over all that fits what is printed of them together.
func (s sexes) joint(women, men [][]float64, everyone bool, known map[int]float64) (ranges [3][]disclosure.Range) {
	for i := range ranges {
		for range s.all.labels {
			ranges[i] = append(ranges[i], disclosure.Range{Low: math.Inf(1), High: math.Inf(-1)})
		}
	}
	want := s.all.printed(s.all.sums(s.all.counts))
	for _, women := range women {
	filling:
		for _, men := range men {
			both := slices.Clone(women)
			for i := range both {
				both[i] += men[i]
				if printed, is := known[i]; is && (s.all.policy.Small(both[i]) || s.all.policy.Rounded(both[i]) != printed) {
					continue filling
				}
			}
			got := s.all.printed(s.all.sums(both))
			if everyone && !(near(got.Rate, want.Rate) && near(got.Variance, want.Variance) && got.Events == want.Events) {
				continue
			}
			for i, counts := range [][]float64{both, women, men} {
				for at, count := range counts {
					r := ranges[i][at]
					ranges[i][at] = disclosure.Range{Low: math.Min(r.Low, count), High: math.Max(r.High, count)}
				}
			}
		}
	}
	return ranges
}

// TestNoBandIsWorkedBackFromRatesBySex attacks the rates of everyone, of women and of men together.
func TestNoBandIsWorkedBackFromRatesBySex(t *testing.T) {
	t.Parallel()
	cases := 0
	rapid.Check(t, func(rt *rapid.T) {
		s := drawSexes(rt)
		values, guard := s.published(t)
		if found := guard.Audit(values); len(found) > 0 {
			rt.Fatalf("%+v: the audit works back %+v", s, found)
		}
		if found := guard.Unfit(values); len(found) > 0 {
			rt.Fatalf("%+v: told %+v", s, found)
		}
		shown, known, hidden := s.read(values)
		if !shown["women"] || !shown["men"] {
			return
		}
		cases++
		men, women := s.men.fillings(), s.women.fillings()
		if len(men)*len(women) > 1e6 {
			return
		}
		ranges := s.joint(women, men, shown[""], known)
		for i, who := range []string{"all", "women", "men"} {
			for at, r := range ranges[i] {
				if _, is := known[at]; !(is && i == 0) && s.all.tells(r, hidden[at] && i == 0) {
					rt.Fatalf("%s of %s is told to lie in %v; %+v shown %v known %v", who, s.all.labels[at], r, s, shown, known)
				}
			}
		}
	})
	if t.Logf("%d times the rates of both sexes are shown", cases); cases == 0 {
		t.Error("got none, want some: the test must be able to fail")
	}
}
