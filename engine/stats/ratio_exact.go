package stats

import "gonum.org/v1/gonum/mathext"

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
