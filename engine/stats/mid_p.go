package stats

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// midPLimits are the shares at which half the probability of what was observed and all
// of what is further out come to alpha/2: for X cases of n under the limit,
//
//	L: P(X > x) + P(X = x)/2 = alpha/2,  U: P(X < x) + P(X = x)/2 = alpha/2
//
// Source: H. O. Lancaster, J. Am. Stat. Assoc. 56 (1961) 223-234; G. Berry and P.
// Armitage, The Statistician 44 (1995) 417-423. Coverage is near nominal, a little
// above it on average. Valid for 0 <= p <= 1; 0 at p = 0 and 1 at p = 1.
func midPLimits(share, n float64, c confidence) (lower, upper float64) {
	near, far := wilsonLimits(share, n, c.z)
	tail := newMidTail(share*n, n)
	wanted := math.Log(c.tail)
	lower, upper = 0, 1
	if share > 0 {
		lower = increasingRoot(0, 1, near, func(p float64) (value, slope float64) {
			above, density := tail.at(p)
			return math.Log(above) - wanted, density / above
		})
	}
	if share < 1 {
		upper = increasingRoot(0, 1, far, func(p float64) (value, slope float64) {
			above, density := tail.at(p)
			return wanted - math.Log1p(-above), density / (1 - above)
		})
	}
	return lower, upper
}

// midTail is P(X > x) + P(X = x)/2 as a function of the share: the mean of two beta
// distributions, one of which is a point at an end where x is 0 or n.
type midTail struct {
	x, n         float64
	atLeast, off betaLogDensity
}

func newMidTail(x, n float64) midTail {
	t := midTail{x: x, n: n}
	if x > 0 {
		t.atLeast = newBetaLogDensity(x, n-x+1)
	}
	if x < n {
		t.off = newBetaLogDensity(x+1, n-x)
	}
	return t
}

// at is the probability and its slope.
func (t midTail) at(p float64) (probability, slope float64) {
	atLeast, more := 1.0, 0.0
	if t.x > 0 {
		atLeast = mathext.RegIncBeta(t.x, t.n-t.x+1, p)
		slope += math.Exp(t.atLeast.at(p))
	}
	if t.x < t.n {
		more = mathext.RegIncBeta(t.x+1, t.n-t.x, p)
		slope += math.Exp(t.off.at(p))
	}
	return (atLeast + more) / 2, slope / 2
}
