package stats

import (
	"math"
	"sort"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// RatioRatesExact is the ratio of two rates, x1/n1 over x2/n2, from independent Poisson
// counts, with exact conditional limits: given the sum of the counts, the first is
// binomial. With B(q; a, b) the q quantile of a beta distribution:
//
//	pL = B(alpha/2; x1, x2 + 1),  pU = B(1 - alpha/2; x1 + 1, x2)
//	L = pL/(1 - pL) n2/n1,        U = pU/(1 - pU) n2/n1
//
// Source: J. Przyborowski and H. Wilenski, Biometrika 31 (1940) 313-323; the limits of the
// binomial are those of C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404-413.
// Never less than the stated confidence, and for small counts a good deal more. The lower
// limit at x1 = 0 is exactly 0. With no event in the second rate the ratio does not exist
// (status x). The incomplete beta function holds nine digits up to a million events and
// seven at a hundred million.
func RatioRatesExact(x1, n1, x2, n2 float64) Estimate {
	if reason := twoRatesFault(x1, n1, x2, n2); reason != "" {
		return unavailable(reason)
	}
	scale := n2 / n1
	return estimated("Exact conditional ratio of rates", x1/n1/(x2/n2), func(c confidence) (lower, upper float64) {
		if x1 > 0 {
			share := mathext.InvRegIncBeta(x1, x2+1, c.tail)
			lower = share / (1 - share) * scale
		}
		// From the smaller of the two shares, since one minus a share near 1 loses digits.
		if x1 < x2 {
			share := mathext.InvRegIncBeta(x1+1, x2, 1-c.tail)
			return lower, share / (1 - share) * scale
		}
		share := mathext.InvRegIncBeta(x2, x1+1, c.tail)
		return lower, (1 - share) / share * scale
	})
}

// RatioRatesProbability is the two-sided p value of two rates, x1/n1 and x2/n2, being equal, from independent Poisson counts:
// given the sum of the counts the first is binomial with the share n1/(n1 + n2), and p is the probability of all that is no
// likelier than what was counted, with a relative tolerance of 1e-7 for what is equally likely. The limits of [RatioRatesExact]
// come from either tail by itself, so the two can differ near their level.
//
// Source: J. Przyborowski and H. Wilenski, Biometrika 31 (1940) 313-323, two-sided as R's poisson.test is. Counts are rounded to
// whole numbers. It is nil where a count or a denominator is none, and 1 without any event.
func RatioRatesProbability(x1, n1, x2, n2 float64) *float64 {
	if rateFault(x1, n1) != "" || rateFault(x2, n2) != "" {
		return nil
	}
	first, all, share := math.Round(x1), math.Round(x1)+math.Round(x2), n1/(n1+n2)
	counted := distuv.Binomial{N: all, P: share}
	own, likeliest := counted.LogProb(first)+1e-7, math.Floor((all+1)*share)
	atMost := func(k float64) float64 {
		if k < 0 {
			return 0
		}
		return mathext.RegIncBeta(all-k, k+1, 1-share)
	}
	atLeast := func(k float64) float64 {
		if k > all {
			return 0
		}
		return mathext.RegIncBeta(k, all-k+1, share)
	}
	switch {
	case all == 0 || counted.LogProb(likeliest) <= own:
		return number(1)
	case first < likeliest:
		beyond := sort.Search(int(all-likeliest), func(i int) bool { return counted.LogProb(likeliest+1+float64(i)) <= own })
		return number(min(1, atMost(first)+atLeast(likeliest+1+float64(beyond))))
	}
	beyond := sort.Search(int(likeliest), func(i int) bool { return counted.LogProb(likeliest-1-float64(i)) <= own })
	return number(min(1, atLeast(first)+atMost(likeliest-1-float64(beyond))))
}
