package stats

import "math"

// Probability is the two-sided p value of a reference that lies anywhere between low and
// high, worked back from the limits of an estimate: the same number for low and high where
// the reference is one value. With d the distance of the reference from the value, and h95
// and h998 those of the limits that face it, z is found from the curve through both limits
//
//	d = a z + b z^2  with  h95 = a 1.960 + b 1.960^2  and  h998 = a 3.090 + b 3.090^2
//	p = 2 (1 - Phi(z)) = erfc(z / sqrt 2)
//
// and along its tangent beyond the 99.8% limit. So p is under 0.05 exactly where the
// reference lies outside the 95% limits, and under 0.002 exactly where it lies outside the
// 99.8% limits: [Compare] and the adjusted p values of many comparisons ([Adjust]) agree.
//
// Source: D. G. Altman and J. M. Bland, BMJ 343 (2011) d2304, who take z = 1.960 d / h95
// with half the width of the interval for h95, which is this for limits that are normal
// (b = 0); the distances on the side of the reference hold for skew limits too. For normal
// limits p is exact, for Wilson's it is near the p of the score test, which they are made
// of, and for exact limits between the exact p and the mid-P. Far beyond the 99.8% limits
// it is of the right size only. Where there are no 99.8% limits, or they are no wider than
// the others because a range ends, z = 1.960 d / h95.
//
// Of a reference within bounds it is the p value of the nearer bound, and 1 where the value
// lies between them. It is nil where an estimate has no value or no 95% limits around it,
// where a bound is missing, and where they are in the wrong order.
func Probability(area Estimate, low, high *float64) *float64 {
	if !area.judgeable() || !known(low) || !known(high) || *low > *high {
		return nil
	}
	value, limits95, limits998 := *area.Value, area.At95(), area.At998()
	var distance, near, far float64
	switch {
	case value < *low:
		distance, near, far = *low-value, *limits95.Upper-value, distanceOf(limits998.Upper, value)
	case value > *high:
		distance, near, far = value-*high, value-*limits95.Lower, distanceOf(limits998.Lower, value)
	default:
		return number(1)
	}
	return number(math.Erfc(deviate(distance, near, far) / math.Sqrt2))
}

// distanceOf is how far a limit is from the value, and 0 where it is not known.
func distanceOf(limit *float64, value float64) float64 {
	if !known(limit) {
		return 0
	}
	return math.Abs(*limit - value)
}

// deviate is the standard normal deviate of a distance, from those of the 95% and the 99.8%
// limit.
func deviate(distance, near, far float64) float64 {
	if near <= 0 {
		// A limit at the value itself, as of a whole population: nothing else is possible.
		return math.Inf(1)
	}
	b := (far/at998.z - near/at95.z) / (at998.z - at95.z)
	a := near/at95.z - b*at95.z
	steep := a + 2*b*at998.z
	switch {
	case far <= near || a <= 0 || steep <= 0 || !finite(distance*b):
		z := at95.z * distance / near
		if 0 < far && far < distance {
			z = math.Max(z, at998.z)
		}
		return z
	case distance > far:
		return at998.z + (distance-far)/steep
	}
	// The root of a z + b z^2 = d that is 0 at 0, in a form that needs no division by b.
	return 2 * distance / (a + math.Sqrt(a*a+4*b*distance))
}
