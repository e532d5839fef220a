package stats

import (
	"cmp"
	"slices"
)

// Adjustment is a way to adjust the p values of a family of tests.
type Adjustment string

// The adjustments.
const (
	// BenjaminiHochberg holds the share of false findings among the findings.
	BenjaminiHochberg Adjustment = "benjamini-hochberg"
	// Holm holds the probability of any false finding.
	Holm Adjustment = "holm"
	// BenjaminiYekutieli holds what BenjaminiHochberg does, however the tests depend on each other.
	BenjaminiYekutieli Adjustment = "benjamini-yekutieli"
	// Bonferroni holds what Holm does, and finds less.
	Bonferroni Adjustment = "bonferroni"
)

// Adjustments are the adjustments, the default first.
func Adjustments() []Adjustment {
	return []Adjustment{BenjaminiHochberg, Holm, BenjaminiYekutieli, Bonferroni}
}

// Adjust adjusts the p values of m tests, so that an adjusted value under 0.05 is a
// finding of the whole family at 5%. With p(i) the i-th smallest,
//
//	benjamini-hochberg: the least of p(j) m / j over j >= i, at most 1
//	holm:               the greatest of p(j) (m + 1 - j) over j <= i, at most 1
//	benjamini-yekutieli: that of benjamini-hochberg with m (1 + 1/2 + ... + 1/m) for m
//	bonferroni:         p m, at most 1
//
// Sources: Y. Benjamini and Y. Hochberg, J. R. Stat. Soc. B 57 (1995) 289-300, valid for
// tests that are independent or positively dependent; S. Holm, Scand. J. Stat. 6 (1979)
// 65-70, valid for any; Y. Benjamini and D. Yekutieli, Ann. Stat. 29 (2001) 1165-1188,
// theorem 1.3, valid for any; C. E. Bonferroni (1936), valid for any.
//
// A missing value (NaN) is no test: it is nil and not counted in m. So is one outside 0
// to 1, for which the reasons have a word; other reasons are empty.
func Adjust(p []float64, by Adjustment) (adjusted []*float64, reasons []string) {
	adjusted, reasons = make([]*float64, len(p)), make([]string, len(p))
	var order []int
	for i, v := range p {
		switch {
		case !finite(v):
			reasons[i] = "p missing"
		case v < 0 || v > 1:
			reasons[i] = "p is not between 0 and 1"
		default:
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	tests := float64(len(order))
	if by == Holm {
		greatest := 0.0
		for rank, i := range order {
			greatest = min(1, max(greatest, p[i]*(tests-float64(rank))))
			adjusted[i] = number(greatest)
		}
		return adjusted, reasons
	}
	if by == Bonferroni {
		for _, i := range order {
			adjusted[i] = number(min(1, p[i]*tests))
		}
		return adjusted, reasons
	}
	if by == BenjaminiYekutieli {
		harmonic := 0.0
		for i := range order {
			harmonic += 1 / float64(i+1)
		}
		tests *= harmonic
	}
	least := 1.0
	for rank, i := range slices.Backward(order) {
		least = min(least, p[i]*(tests/float64(rank+1)))
		adjusted[i] = number(least)
	}
	return adjusted, reasons
}
