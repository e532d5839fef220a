package stats

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// This file finds quantiles of the beta, gamma and t distributions. gonum's own
// quantiles bisect: they cost several times as much, and the smallest keep few digits; its
// functions panic outside their range. Here a distribution that is none has the quantile
// NaN, of which the callers make a status. They agree with R to 1e-11 up to parameters of
// ten million; at a hundred million gonum's incomplete beta leaves them 1e-9.

// rootSteps is more than any of the searches of this package needs: Newton takes under
// ten, and bisection, to which it falls back, halves an interval of numbers this often
// before two neighbours are left.
const rootSteps = 1100

// rootTolerance is the relative step at which a search ends: a rounding of the answer.
const rootTolerance = 1e-15

// increasingRoot is the root of a function that increases between low and high, which
// gives its value and its slope. It is Newton's method, kept inside the interval in
// which the root must lie and halving it wherever a step would leave it. Where the
// function has no value, nor has the root: it is NaN.
func increasingRoot(low, high, start float64, f func(x float64) (value, slope float64)) float64 {
	x := start
	if !(x > low && x < high) {
		x = between(low, high)
	}
	for range rootSteps {
		value, slope := f(x)
		switch {
		case value == 0 || math.IsNaN(value):
			return x + value
		case value < 0:
			low = x
		default:
			high = x
		}
		next := x - value/slope
		if !(next > low && next < high) {
			next = between(low, high)
		}
		if math.Abs(next-x) <= rootTolerance*math.Abs(next) {
			return next
		}
		x = next
	}
	return x
}

// between is a number inside an interval of numbers from 0 up: its middle, or near 0 a
// middle of its exponents.
func between(low, high float64) float64 {
	if low > 0 && high > 4*low {
		return math.Sqrt(low) * math.Sqrt(high)
	}
	return low + (high-low)/2
}

// lowerBeta is the x with I_x(a, b) = tail, for a tail of the lower end: the lower limit
// of exact intervals. It is found on the logarithms, on which I is close to a line.
func lowerBeta(tail, a, b, start float64) float64 {
	if !positive(a) || !positive(b) {
		return math.NaN()
	}
	beta := newBetaLogDensity(a, b)
	wanted := math.Log(tail)
	return increasingRoot(0, 1, start, func(x float64) (value, slope float64) {
		below := mathext.RegIncBeta(a, b, x)
		return math.Log(below) - wanted, math.Exp(beta.at(x)) / below
	})
}

// upperBeta is the x with 1 - I_x(a, b) = tail. The tail is never so small that the
// difference from 1 loses what matters.
func upperBeta(tail, a, b, start float64) float64 {
	if !positive(a) || !positive(b) {
		return math.NaN()
	}
	beta := newBetaLogDensity(a, b)
	wanted := math.Log(tail)
	return increasingRoot(0, 1, start, func(x float64) (value, slope float64) {
		above := 1 - mathext.RegIncBeta(a, b, x)
		return wanted - math.Log(above), math.Exp(beta.at(x)) / above
	})
}

// betaLogDensity is the logarithm of the density of a beta distribution.
type betaLogDensity struct{ a, b, constant float64 }

func newBetaLogDensity(a, b float64) betaLogDensity {
	return betaLogDensity{a, b, mathext.Lbeta(a, b)}
}

func (d betaLogDensity) at(x float64) float64 {
	return (d.a-1)*math.Log(x) + (d.b-1)*math.Log1p(-x) - d.constant
}

// lowerGamma is the x with P(shape, x) = tail, the quantile of a gamma distribution of
// scale 1 in its lower end.
func lowerGamma(tail, shape float64, c confidence) float64 {
	if !positive(shape) {
		return math.NaN()
	}
	wanted, constant := math.Log(tail), logGamma(shape)
	return increasingRoot(0, math.MaxFloat64, wilsonHilferty(shape, -c.z), func(x float64) (value, slope float64) {
		below := mathext.GammaIncReg(shape, x)
		return math.Log(below) - wanted, math.Exp((shape-1)*math.Log(x)-x-constant) / below
	})
}

// upperGamma is the x with 1 - P(shape, x) = tail.
func upperGamma(tail, shape float64, c confidence) float64 {
	if !positive(shape) {
		return math.NaN()
	}
	wanted, constant := math.Log(tail), logGamma(shape)
	return increasingRoot(0, math.MaxFloat64, wilsonHilferty(shape, c.z), func(x float64) (value, slope float64) {
		above := mathext.GammaIncRegComp(shape, x)
		return wanted - math.Log(above), math.Exp((shape-1)*math.Log(x)-x-constant) / above
	})
}

func logGamma(shape float64) float64 {
	v, _ := math.Lgamma(shape)
	return v
}

// wilsonHilferty is a gamma quantile at a standard normal deviate, close enough to
// start from (E. B. Wilson and M. M. Hilferty, Proc. Natl. Acad. Sci. 17 (1931)
// 684-688).
func wilsonHilferty(shape, z float64) float64 {
	root := 1 - 1/(9*shape) + z/(3*math.Sqrt(shape))
	return shape * root * root * root
}

// studentT is the quantile of Student's t with so many degrees of freedom beyond which
// lies one tail. With y = t^2/(df + t^2), 1 - I_y(1/2, df/2) is both tails.
func studentT(c confidence, freedom float64) float64 {
	start := c.z * (1 + (c.z*c.z+1)/(4*freedom))
	y := upperBeta(2*c.tail, 0.5, freedom/2, start*start/(freedom+start*start))
	return math.Sqrt(freedom * y / (1 - y))
}
