package stats

import (
	"slices"
	"sort"

	"gonum.org/v1/gonum/mathext"
)

// QuantileInterval is the p quantile of a sample of values, NaN where one is missing,
// with limits that are values of the sample: those of ranks j and k, counted from the
// lowest, with
//
//	j the largest with P(B <= j - 1) <= alpha/2,  k the smallest with P(B <= k - 1) >= 1 - alpha/2
//
// for B binomial with n and p. Source: W. J. Conover, Practical Nonparametric Statistics,
// 3rd ed. 1999, section 3.2; for the median M. J. Campbell and M. J. Gardner, Br. Med. J.
// 296 (1988) 1454-1456. Valid for a random sample of any continuous measure, for which
// coverage is at least nominal. The value is that of rank 1 + (n - 1)p, between two
// ranks in proportion (R. J. Hyndman and Y. Fan, Am. Stat. 50 (1996) 361-365, definition
// 7, which is also PERCENTILE.INC).
//
// A sample too small for a limit leaves it out, with a warning: the median has 95%
// limits from 6 values and 99.8% limits from 10. A sample in which a value is missing,
// and a p that is not between 0 and 1, give status x.
func QuantileInterval(values []float64, p float64) Estimate {
	n, reason := present(values)
	if reason != "" {
		return unavailable(reason)
	}
	ordered := slices.Clone(values)
	slices.Sort(ordered)
	return QuantileAtRanks(n, p, func(rank int) float64 { return ordered[rank-1] })
}

// QuantileAtRanks is [QuantileInterval] of a sample of n values of which only some are held: value gives the value of a
// rank, counted from 1 for the lowest, and is asked for those of [RanksOfQuantile] alone. A sample without values has
// status x.
func QuantileAtRanks(n int, p float64, value func(rank int) float64) Estimate {
	switch {
	case n < 1:
		return unavailable("no values")
	case !(p > 0 && p < 1):
		return unavailable("the quantile is not between 0 and 1")
	}
	ranks := RanksOfQuantile(n, p)
	quantile := value(ranks.Below)
	if ranks.Above != ranks.Below {
		quantile += ranks.Part * (value(ranks.Above) - quantile)
	}
	if !finite(quantile) {
		return unavailable(reasonNotFinite)
	}
	limit := func(rank int) *float64 {
		if rank == 0 {
			return nil
		}
		return number(value(rank))
	}
	e := Estimate{Value: &quantile, Method: "Quantile " + shown(p) + " with binomial order-statistic limits"}
	if p == 0.5 {
		e.Method = "Median with binomial order-statistic limits"
	}
	e.Lower95, e.Upper95 = limit(ranks.Lower95), limit(ranks.Upper95)
	e.Lower998, e.Upper998 = limit(ranks.Lower998), limit(ranks.Upper998)
	e.nest()
	for _, level := range []struct {
		limits Limits
		name   string
	}{{e.At95(), "95%"}, {e.At998(), "99.8%"}} {
		switch {
		case level.limits.Lower == nil && level.limits.Upper == nil:
			e.Warnings = append(e.Warnings, "no "+level.name+" limits: too few values")
		case level.limits.Lower == nil:
			e.Warnings = append(e.Warnings, "no lower "+level.name+" limit: too few values")
		case level.limits.Upper == nil:
			e.Warnings = append(e.Warnings, "no upper "+level.name+" limit: too few values")
		}
	}
	return e
}

// QuantileRanks are the ranks, counted from 1 for the lowest value, of the values that a quantile with its limits is made of.
type QuantileRanks struct {
	// Below and Above are the ranks between which the quantile lies, and Part, in [0,1), how far on the way. Where it is a value
	// of the sample, the two are the same.
	Below, Above int
	Part         float64
	// The ranks of the limits; 0 where the sample is too small for one.
	Lower95, Upper95, Lower998, Upper998 int
}

// RanksOfQuantile are the ranks for the p quantile of n values; formula and source are those of [QuantileInterval]. The zero
// QuantileRanks says that n is under 1 or p not between 0 and 1.
func RanksOfQuantile(n int, p float64) QuantileRanks {
	if n < 1 || !(p > 0 && p < 1) {
		return QuantileRanks{}
	}
	place := float64(n-1) * p
	below := min(int(place), n-1)
	r := QuantileRanks{Below: below + 1, Above: below + 1, Part: place - float64(below)}
	if r.Part > 0 && r.Above < n {
		r.Above++
	} else {
		r.Part = 0
	}
	r.Lower95, r.Upper95 = limitRanks(n, p, at95)
	r.Lower998, r.Upper998 = limitRanks(n, p, at998)
	return r
}

// All are the ranks that there are, each once and in order.
func (r QuantileRanks) All() []int {
	ranks := []int{r.Below, r.Above, r.Lower95, r.Upper95, r.Lower998, r.Upper998}
	slices.Sort(ranks)
	ranks = slices.Compact(ranks)
	if len(ranks) > 0 && ranks[0] == 0 {
		ranks = ranks[1:]
	}
	return ranks
}

// limitRanks are the ranks of the limits of one level, 0 where the sample is too small.
func limitRanks(n int, p float64, c confidence) (lower, upper int) {
	// atMost is P(B <= k) for k from 0 to n - 1.
	atMost := func(k int) float64 { return mathext.RegIncBeta(float64(n-k), float64(k)+1, 1-p) }
	lower = sort.Search(n, func(k int) bool { return atMost(k) > c.tail })
	if enough := sort.Search(n, func(k int) bool { return atMost(k) >= 1-c.tail }); enough < n {
		upper = enough + 1
	}
	return lower, upper
}
