package stats

// jeffreysLimits are the quantiles of the posterior under Jeffreys' prior. With x = pn
//
//	L = Beta(alpha/2; x + 1/2, n - x + 1/2),  U = Beta(1 - alpha/2; x + 1/2, n - x + 1/2)
//
// but 0 at p = 0 and 1 at p = 1, without which coverage there would be poor. Source:
// L. D. Brown, T. T. Cai and A. DasGupta, Stat. Sci. 16 (2001) 101-133, section 4.1.1.
// Valid for 0 <= p <= 1. Coverage is near nominal on average, above and below it.
func jeffreysLimits(share, n float64, c confidence) (lower, upper float64) {
	a, b := share*n+0.5, (1-share)*n+0.5
	near, far := wilsonLimits(share, n, c.z)
	lower, upper = 0, 1
	if share > 0 {
		lower = lowerBeta(c.tail, a, b, near)
	}
	if share < 1 {
		upper = upperBeta(c.tail, a, b, far)
	}
	return lower, upper
}
