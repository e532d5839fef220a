package stats

import "math"

// exactBelow is the count under which limits are exact Poisson and from which they are
// Byar's. At 10 Byar is within 0.2% of exact at 95% (PHE, Technical Guide: Confidence
// Intervals, May 2018); lower it errs more, and a higher switch would print limits
// that differ from the published tables of England's public health profiles.
const exactBelow = 10

// Rate is count / denominator x per, with limits for a Poisson count.
//
// Under a count of 10 the limits are exact (F. Garwood, Biometrika 28 (1936) 437-442):
//
//	L = chi2(alpha/2; 2x) / 2,  U = chi2(1 - alpha/2; 2x + 2) / 2
//
// From 10 they are Byar's (N. E. Breslow and N. E. Day, Statistical Methods in Cancer
// Research II, IARC 1987, p. 69):
//
//	L = x (1 - 1/(9x) - z/(3 sqrt x))^3
//	U = (x+1) (1 - 1/(9(x+1)) + z/(3 sqrt(x+1)))^3
//
// Valid for any count >= 0, whole or not, and any denominator > 0; the count may
// exceed the denominator. The lower limit at 0 is exactly 0. At the switch the 99.8%
// lower limit steps 1.5% below the exact one, as in the reference implementation.
func Rate(count, denominator, per float64) Estimate {
	limits, method := countLimits(count)
	return rate(count, denominator, per, method, limits)
}

// RateExact is count / denominator x per with exact Poisson limits at every count, those
// of [Rate] under 10. Valid where Rate is. Published tables give either: for counts from
// 10 the two differ by less than 0.2% at 95%.
func RateExact(count, denominator, per float64) Estimate {
	return rate(count, denominator, per, exactPoisson, poissonLimits)
}

// exactPoisson is the method of exact limits in the words of a methods page.
const exactPoisson = "Exact Poisson"

// countLimits are the limits that a count deserves: exact under 10, and Byar's from it.
func countLimits(count float64) (limits func(count float64, c confidence) (lower, upper float64), method string) {
	if count < exactBelow {
		return poissonLimits, exactPoisson
	}
	return byarLimits, "Byar"
}

func rate(count, denominator, per float64, method string, limits func(float64, confidence) (lower, upper float64)) Estimate {
	switch {
	case !finite(count):
		return unavailable(reasonNumeratorMissing)
	case !finite(denominator):
		return unavailable(reasonDenominatorMissing)
	case count < 0 || denominator < 0:
		return unavailable(reasonNegative)
	case denominator == 0:
		return unavailable(reasonDenominatorZero)
	case !positive(per):
		return unavailable(reasonMultiplier)
	}
	scaled := func(events float64) float64 { return events / denominator * per }
	return estimated(method, scaled(count), func(c confidence) (lower, upper float64) {
		lower, upper = limits(count, c)
		return scaled(lower), scaled(upper)
	})
}

// byarLimits are Byar's limits of a count. The lower cube is negative only for counts
// far below exactBelow, where it is not used; it is held at 0 all the same.
func byarLimits(count float64, c confidence) (lower, upper float64) {
	if count > 0 {
		root := 1 - 1/(9*count) - c.z/(3*math.Sqrt(count))
		lower = max(0, count*root*root*root)
	}
	next := count + 1
	root := 1 - 1/(9*next) + c.z/(3*math.Sqrt(next))
	return lower, next * root * root * root
}

// poissonLimits are the exact limits of a Poisson count, written with the gamma
// distribution: chi2(p; 2k)/2 is the p quantile of a gamma with shape k and rate 1.
func poissonLimits(count float64, c confidence) (lower, upper float64) {
	if count > 0 {
		lower = lowerGamma(c.tail, count, c)
	}
	return lower, upperGamma(c.tail, count+1, c)
}
