package disclosure_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"levelfield/engine/disclosure"
)

// people draws counts of people by area, sex, age and what is known of them: mostly small, some large, some none.
func people(t *rapid.T) (areas []string, count func(measure, area, group string) float64) {
	areas = []string{"Aveley", "Belhus", "Chadwell"}[:rapid.IntRange(1, 3).Draw(t, "areas")]
	drawn := map[string]float64{}
	size := rapid.OneOf(rapid.IntRange(0, 3), rapid.IntRange(0, 9), rapid.IntRange(0, 60))
	for _, area := range areas {
		for _, sex := range []string{"female", "male"} {
			for _, age := range []string{"16", "17"} {
				for _, measure := range []string{"neet", "not-known"} {
					drawn[measure+area+sex+age] = float64(size.Draw(t, measure+" "+area+" "+sex+" "+age))
				}
			}
		}
	}
	return areas, func(measure, area, group string) float64 {
		sum := 0.0
		for _, one := range areas {
			for _, sex := range []string{"female", "male"} {
				for _, age := range []string{"16", "17"} {
					inside := (area == one || area == "Total") && (group == "Total" || group == "sex:"+sex || group == "age:"+age)
					for _, part := range []string{"neet", "not-known"} {
						if inside && (measure == part || measure == "combined") {
							sum += drawn[part+one+sex+age]
						}
					}
				}
			}
		}
		return sum
	}
}

// add puts a table of a measure by one breakdown into the tables, as a publisher would print it.
func (s *tables) add(measure, breakdown string, areas []string, count func(measure, area, group string) float64) {
	name := measure + "." + breakdown
	groups := map[string][]string{"sex": {"sex:female", "sex:male", "Total"}, "age": {"age:16", "age:17", "Total"}, "all": {"Total"}}[breakdown]
	s.across[name], s.down[name] = groups, append(slices.Clone(areas), "Total")
	for _, area := range s.down[name] {
		for _, group := range groups {
			c := cell{measure: measure, area: area, group: group, value: count(measure, area, group)}
			if !slices.ContainsFunc(s.cells, func(known cell) bool { return known.name() == c.name() }) {
				s.cells = append(s.cells, c)
			}
		}
	}
}

// addRate puts a rate by age into the tables, of ages that nobody prints unless their table is there.
func (s *tables) addRate(t *rapid.T, measure string, areas []string, count func(measure, area, group string) float64) {
	table := measure + ".age"
	if s.down[table] == nil {
		s.add(measure, "age", areas, count)
		s.unprinted[table] = true
	}
	weight := rapid.IntRange(1, 40)
	s.rates = append(s.rates, rate{
		table: table, step: rapid.SampledFrom([]float64{0.01, 0.5, 2, 10, 50}).Draw(t, "step"), public: map[string]bool{},
		weights: []float64{float64(weight.Draw(t, "weight")) / 10, float64(weight.Draw(t, "weight")) / 10},
	})
}

func policies(t *rapid.T) disclosure.Policy {
	return disclosure.Policy{
		Below: rapid.IntRange(2, 8).Draw(t, "below"), HideZeroes: rapid.Bool().Draw(t, "zeroes hidden"),
		Round: rapid.SampledFrom([]int{0, 0, 0, 3, 5, 10}).Draw(t, "round"),
	}
}

// TestNothingIsWorkedBackAfterAnySequence publishes tables of the same people one after the other, by sex, by age and in
// total, of an indicator, of another and of their sum, and rates by age beside them or without them, in any order. What was shown stays shown, since readers keep it; after
// each publication everything that was told together must not give a hidden count back, and no small count may be told. A table
// that comes after a rate may be refused: while nobody prints the bands of a rate it may say of one that it is none or few, and
// what a search for the bounds leaves open counts as known. That is rare.
func TestNothingIsWorkedBackAfterAnySequence(t *testing.T) {
	t.Parallel()
	refused, published := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		areas, count := people(t)
		all := []string{"neet.all", "neet.sex", "neet.age", "not-known.all", "not-known.sex", "not-known.age", "combined.all", "combined.sex", "combined.age", "neet.rate", "combined.rate"}
		if len(areas) > 1 {
			all = all[:len(all)-2] // what a search leaves open counts as known: with several areas some sequences end in a refusal
		}
		order := rapid.Permutation(all).Draw(t, "order")[:rapid.IntRange(1, len(all)).Draw(t, "tables")]
		s := tables{policy: policies(t), across: map[string][]string{}, down: map[string][]string{}, unprinted: map[string]bool{}, sums: [][]string{{"combined", "neet", "not-known"}}}
		for _, name := range order {
			measure, breakdown, _ := strings.Cut(name, ".")
			if breakdown == "rate" {
				s.addRate(t, measure, areas, count)
			} else {
				s.add(measure, breakdown, areas, count)
				delete(s.unprinted, name)
			}
			p, truth := s.publication()
			if faults := p.Protect(truth); len(faults) > 0 {
				if len(s.rates) > 0 {
					refused++
					return // nothing of this table is told
				}
				t.Fatalf("%v: got %v, want every count protected%s", order, faults, printed(p))
			}
			if faults := p.Audit(); len(faults) > 0 {
				t.Fatalf("%v: the audit works back %v%s", order, faults, printed(p))
			}
			published++
			for at, c := range s.cells {
				if item := p.Item(at); !item.Hidden {
					s.cells[at].public = true
					if s.policy.Small(c.value) {
						t.Fatalf("%v: %s tells the small count %v", order, c.name(), c.value)
					}
				}
			}
			for at := range p.Items() {
				if item := p.Item(at); !item.Hidden {
					s.keep(item.Name)
				}
			}
		}
	})
	t.Logf("%d tables published, %d refused", published, refused)
	if refused*20 > published {
		t.Errorf("got %d tables refused of %d, want few", refused, published+refused)
	}
}

// TestAuditAgreesWithEnumeration holds the bounds of hidden cells against every filling with whole numbers, in small
// tables of which any cells are hidden: a table across areas and sexes, a second by age, and a sum of two indicators.
func TestAuditAgreesWithEnumeration(t *testing.T) {
	t.Parallel()
	compared, bounded := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		areas, count := people(t)
		s := tables{policy: disclosure.Policy{Below: 1}, across: map[string][]string{}, down: map[string][]string{}, sums: [][]string{{"combined", "neet", "not-known"}}}
		s.policy.Round = rapid.SampledFrom([]int{0, 0, 3}).Draw(t, "round")
		for _, name := range []string{"neet.sex", "neet.age", "not-known.sex", "combined.sex"}[:rapid.IntRange(1, 4).Draw(t, "tables")] {
			s.add(name[:len(name)-4], name[len(name)-3:], areas, count)
		}
		if rapid.Bool().Draw(t, "rate") && s.down["neet.age"] != nil {
			s.addRate(t, "neet", areas, count)
		}
		for at := range s.cells {
			s.cells[at].hidden = rapid.IntRange(0, 2).Draw(t, "hidden") == 0
		}
		p, _ := s.publication()
		want := disclosure.Enumerate(p, mostTried)
		for at := range s.cells {
			if !p.Item(at).Hidden {
				continue
			}
			cell := p.Item(at).Guards[0].Cell
			got := disclosure.Bounds(p, cell)
			r, tried := want[cell]
			if !tried {
				continue
			}
			compared++
			if math.IsInf(got.High, 1) {
				if r.High-r.Low < mostTried/2 {
					t.Fatalf("%s: nothing bounds it by the audit, %v by enumeration%s", s.cells[at].name(), r, printed(p))
				}
				continue
			}
			if bounded++; got != r {
				t.Fatalf("%s: got %v, want %v by enumeration%s", s.cells[at].name(), got, r, printed(p))
			}
			if value := count(s.cells[at].measure, s.cells[at].area, s.cells[at].group); value < got.Low || value > got.High {
				t.Fatalf("%s: the true count %v lies outside %v%s", s.cells[at].name(), value, got, printed(p))
			}
		}
	})
	t.Logf("%d hidden cells compared, %d of them bounded", compared, bounded)
}

// TestPolicy holds which counts are small, and what a rounded count may stand for: every whole number that is printed as it,
// and no other.
func TestPolicy(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		policy := policies(t)
		policy.Below = rapid.IntRange(0, 20).Draw(t, "below any")
		count := float64(rapid.IntRange(0, 200).Draw(t, "count"))
		if want := count > 0 && count < float64(policy.Below) || count == 0 && policy.HideZeroes; policy.Small(count) != want {
			t.Fatalf("%v is small: got %v, want %v (%+v)", count, !want, want, policy)
		}
		if policy.Small(count) {
			return
		}
		printed := policy.Rounded(count)
		r := disclosure.Range{}
		r.Low, r.High = policy.Range(printed)
		if base := math.Max(1, float64(policy.Round)); math.Mod(printed, base) != 0 || math.Abs(printed-count) > base/2 {
			t.Fatalf("%v is printed as %v, want the nearest multiple of %v", count, printed, base)
		}
		for other := r.Low; other <= r.High; other++ {
			if policy.Rounded(other) != printed {
				t.Fatalf("%v may stand for %v, which is printed as %v (%+v)", printed, other, policy.Rounded(other), policy)
			}
		}
		if count < r.Low || count > r.High {
			t.Fatalf("%v is printed as %v, which stands for %v (%+v)", count, printed, r, policy)
		}
	})
}

// TestStrictest hides what either policy hides.
func TestStrictest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := policies(t), policies(t)
		both := disclosure.Strictest(a, b)
		count := float64(rapid.IntRange(0, 12).Draw(t, "count"))
		if got, want := both.Small(count), a.Small(count) || b.Small(count); got != want {
			t.Fatalf("%v under %+v and %+v: got small %v, want %v", count, a, b, got, want)
		}
	})
}

// TestTheSameTablesHideTheSame: tables and rates that are protected twice come out alike, with the same ranges for every reader.
func TestTheSameTablesHideTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		areas, count := people(t)
		areas = areas[:1] // rates of several areas take their time
		s := tables{policy: policies(t), across: map[string][]string{}, down: map[string][]string{}, unprinted: map[string]bool{}, sums: [][]string{{"combined", "neet", "not-known"}}}
		s.add("neet", "sex", areas, count)
		s.add("combined", "all", areas, count)
		s.addRate(t, "neet", areas, count)
		var told []string
		for range 2 {
			p, truth := s.publication()
			faults := p.Protect(truth)
			text := fmt.Sprint(faults, printed(p))
			for at := range s.cells {
				if item := p.Item(at); item.Hidden {
					text += fmt.Sprint("\n", item.Name, disclosure.Bounds(p, item.Guards[0].Cell))
				}
			}
			told = append(told, text)
		}
		if told[0] != told[1] {
			t.Fatalf("got %s\n\nand then %s", told[0], told[1])
		}
	})
}
