package stats

import (
	"cmp"
	"math"
	"slices"
)

// Rules of an abridged life table.
const (
	// infantLived is the part of the first year lived by those who die in it, and lived
	// the part of any other band (C. L. Chiang, The Life Table and its Applications, 1984,
	// chapter 6).
	infantLived, lived = 0.1, 0.5
	// fewestPeople is a population up to which life expectancy is too uncertain (PHE, and
	// T. Eayres and E. S. Williams, J. Epidemiol. Community Health 58 (2004) 243-249).
	fewestPeople = 5000
	// widestYears is the width of the 95% limits beyond which a value is not given.
	widestYears = 20
)

// LifeExpectancy is the expectation of life at the start of each age band of one group,
// by Chiang's second method with Silcocks' variance for the open band. With M the death
// rate of a band of n years and a the part of it lived by those who die,
//
//	q = n M / (1 + (1 - a) n M), at most 1; 1 in the last band
//	l' = l (1 - q);  L = n (l' + a (l - l'));  in the last band L = l / M
//	e = sum of L from here on / l
//	Var(q) = q^2 (1 - q) / D
//	Var(e) = (sum of l^2 ((1 - a) n + e')^2 Var(q) from here on + l^2 / (D M^2) of the last) / l^2
//
// with l' and e' those of the next band; limits e -/+ z sqrt(Var(e)). Sources: C. L.
// Chiang, The Life Table and its Applications, 1984; P. B. S. Silcocks, D. A. Jenner and
// R. Reza, J. Epidemiol. Community Health 55 (2001) 38-43.
//
// The slices have one length; starts are the ages at which bands begin, in any order,
// from 0 on: 0, 1, 5, 10 and so on to 85 or 90, the last of which is open. The values
// come in the order of the starts. Populations are those of the period of the deaths,
// or years of life lived.
//
// One thing missing, one band twice or negative, a band without people or with more
// deaths than people, no deaths in the last band, or 5,000 people or fewer give the whole
// group status x: an expectation that leaves deaths out is not one. So does an interval
// wider than 20 years for its own band. Where a rate is so high that nobody is left
// after a band, ages from its end on have status x, its own has no limits, and ages
// before it carry a warning.
func LifeExpectancy(starts, deaths, populations []float64) []Estimate {
	values := make([]Estimate, len(starts))
	table, reason := newLifeTable(starts, deaths, populations)
	if reason != "" {
		for i := range values {
			values[i] = unavailable(reason)
		}
		return values
	}
	table.survive()
	table.expect()
	for i, b := range table {
		values[b.place] = b.estimate(i, table)
	}
	return values
}

// lifeBand is one band of a life table.
type lifeBand struct {
	// place is where it stood in the input.
	place                     int
	start, deaths, population float64
	// width is infinite in the last band, and part what those who die in it live of it.
	width, part float64
	// alive is the part of those born who reach it; dying the probability to die in it.
	alive, dying, varDying float64
	// expected and variance are of the years that are left at its start.
	expected, variance float64
}

type lifeTable []lifeBand

// newLifeTable puts the bands in order, or says why they are no table.
func newLifeTable(starts, deaths, populations []float64) (table lifeTable, reason string) {
	if len(starts) != len(deaths) || len(starts) != len(populations) {
		return nil, "columns of unequal length"
	}
	total := 0.0
	for i, start := range starts {
		b := lifeBand{place: i, start: start, deaths: deaths[i], population: populations[i]}
		if reason := b.fault(); reason != "" {
			return nil, reason
		}
		total += b.population
		table = append(table, b)
	}
	slices.SortFunc(table, func(a, b lifeBand) int { return cmp.Compare(a.start, b.start) })
	switch {
	case len(table) < 2:
		return nil, "fewer than two age bands"
	case table[0].start != 0:
		return nil, "no age band begins at 0"
	case slices.ContainsFunc(table[1:], func(b lifeBand) bool { return b.start <= 0 }) || table.twice():
		return nil, "an age band stands twice"
	case table[len(table)-1].deaths == 0:
		return nil, "no deaths in the last band"
	case total <= fewestPeople:
		return nil, "population of 5,000 or fewer"
	}
	for i := range table {
		b := &table[i]
		b.width, b.part = math.Inf(1), lived
		if i+1 < len(table) {
			b.width = table[i+1].start - b.start
		}
		if i == 0 && b.width == 1 {
			b.part = infantLived
		}
	}
	return table, ""
}

func (t lifeTable) twice() bool {
	for i := 1; i < len(t); i++ {
		if t[i].start == t[i-1].start {
			return true
		}
	}
	return false
}

func (b lifeBand) fault() string {
	switch {
	case !finite(b.start):
		return "starting age missing"
	case !finite(b.deaths):
		return "deaths missing in a band"
	case !finite(b.population):
		return "population missing in a band"
	case b.start < 0 || b.deaths < 0 || b.population < 0:
		return reasonNegative
	case b.population == 0:
		return "population is zero in a band"
	case b.deaths > b.population:
		return "deaths greater than population in a band"
	}
	return ""
}

// survive follows those born through the bands.
func (t lifeTable) survive() {
	alive := 1.0
	for i := range t {
		b := &t[i]
		b.alive, b.dying = alive, 1
		if i+1 < len(t) {
			years := b.width * b.deaths / b.population
			b.dying = math.Min(1, years/(1+(1-b.part)*years))
			if b.deaths > 0 {
				b.varDying = b.dying * b.dying * (1 - b.dying) / b.deaths
			}
		}
		alive *= 1 - b.dying
	}
}

// expect adds the years that are left from the last band back to the first.
func (t lifeTable) expect() {
	last := &t[len(t)-1]
	rate := last.deaths / last.population
	last.expected, last.variance = 1/rate, 1/(last.deaths*rate*rate)
	for i := len(t) - 2; i >= 0; i-- {
		b, next := &t[i], t[i+1]
		living := 1 - b.dying
		years := (1-b.part)*b.width + next.expected
		b.expected = b.width*(living+b.part*b.dying) + living*next.expected
		b.variance = years*years*b.varDying + living*living*next.variance
	}
}

// estimate is the expectation at the start of a band.
func (b lifeBand) estimate(i int, t lifeTable) Estimate {
	if b.alive == 0 {
		return unavailable("nobody is left at this age: the death rate of an earlier band is too high")
	}
	const method = "Chiang II with Silcocks' variance"
	if b.dying == 1 && i+1 < len(t) && finite(b.expected) {
		return Estimate{Value: number(b.expected), Method: method, Warnings: []string{"no limits: nobody is left after this band"}}
	}
	e := estimated(method, b.expected, func(c confidence) (lower, upper float64) {
		half := c.z * math.Sqrt(b.variance)
		return b.expected - half, b.expected + half
	})
	if e.HasInterval() && *e.Upper95-*e.Lower95 > widestYears {
		return unavailable("95% limits wider than 20 years")
	}
	over := slices.ContainsFunc(t[i:len(t)-1], func(later lifeBand) bool { return later.dying == 1 })
	e.warnIf(e.HasValue() && over, "nobody is left after a later band: its death rate is too high for a life table")
	return e
}
