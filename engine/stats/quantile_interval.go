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
	switch {
	case reason != "":
		return unavailable(reason)
	case !(p > 0 && p < 1):
		return unavailable("the quantile is not between 0 and 1")
	}
	ordered := slices.Clone(values)
	slices.Sort(ordered)
	value := ordered[n-1]
	if place := float64(n-1) * p; place < float64(n-1) {
		below := int(place)
		value = ordered[below] + (place-float64(below))*(ordered[below+1]-ordered[below])
	}
	if !finite(value) {
		return unavailable(reasonNotFinite)
	}
	e := Estimate{Value: &value, Method: "Quantile " + shown(p) + " with binomial order-statistic limits"}
	if p == 0.5 {
		e.Method = "Median with binomial order-statistic limits"
	}
	e.Lower95, e.Upper95 = orderStatistics(ordered, p, at95)
	e.Lower998, e.Upper998 = orderStatistics(ordered, p, at998)
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

// orderStatistics are the limits of one level, nil where the sample is too small.
func orderStatistics(ordered []float64, p float64, c confidence) (lower, upper *float64) {
	n := float64(len(ordered))
	// atMost is P(B <= k) for k from 0 to n - 1.
	atMost := func(k int) float64 { return mathext.RegIncBeta(n-float64(k), float64(k)+1, 1-p) }
	beyond := sort.Search(len(ordered), func(k int) bool { return atMost(k) > c.tail })
	if beyond > 0 {
		lower = number(ordered[beyond-1])
	}
	enough := sort.Search(len(ordered), func(k int) bool { return atMost(k) >= 1-c.tail })
	if enough < len(ordered) {
		upper = number(ordered[enough])
	}
	return lower, upper
}
