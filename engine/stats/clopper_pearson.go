package stats

// clopperPearsonLimits are the exact limits: the shares under which as many cases or
// more, and as many or fewer, have probability alpha/2. With x = pn
//
//	L = Beta(alpha/2; x, n - x + 1),  U = Beta(1 - alpha/2; x + 1, n - x)
//
// Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404-413. Their coverage
// is at least nominal for every p, and usually well above it for small n. Valid for
// 0 <= p <= 1; 0 at p = 0 and 1 at p = 1. Counts need not be whole.
func clopperPearsonLimits(share, n float64, c confidence) (lower, upper float64) {
	x := share * n
	near, far := wilsonLimits(share, n, c.z)
	lower, upper = 0, 1
	if share > 0 {
		lower = lowerBeta(c.tail, x, n-x+1, near)
	}
	if share < 1 {
		upper = upperBeta(c.tail, x+1, n-x, far)
	}
	return lower, upper
}
