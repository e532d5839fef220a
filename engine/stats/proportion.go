package stats

import "math"

// Proportion is numerator / denominator with Wilson score limits.
//
//	(2x + z^2 -/+ z sqrt(z^2 + 4x(1 - x/n))) / (2(n + z^2))
//
// Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212; recommended by
// R. G. Newcombe, Stat. Med. 17 (1998) 857-872 (method 3). Valid for every
// 0 <= x <= n with n > 0; x need not be whole. The value and its limits are multiplied
// by the multiplier (100 for a percentage).
//
// The lower limit is exactly 0 at x = 0 and the upper exactly the multiplier at x = n.
// Outside the range the estimate has status x: "numerator missing" and "denominator
// missing" (NaN or infinite), "negative", "denominator is zero", "numerator greater
// than denominator".
func Proportion(numerator, denominator, multiplier float64) Estimate {
	if reason := proportionFault(numerator, denominator); reason != "" {
		return unavailable(reason)
	}
	if !positive(multiplier) {
		return unavailable(reasonMultiplier)
	}
	share := numerator / denominator
	return estimated("Wilson score", share*multiplier, func(c confidence) (lower, upper float64) {
		lower, upper = wilsonLimits(share, denominator, c.z)
		return lower * multiplier, upper * multiplier
	})
}

// proportionFault returns the reason why a pair of counts is no proportion, or "".
func proportionFault(numerator, denominator float64) string {
	switch {
	case !finite(numerator):
		return reasonNumeratorMissing
	case !finite(denominator):
		return reasonDenominatorMissing
	case numerator < 0 || denominator < 0:
		return reasonNegative
	case denominator == 0:
		return reasonDenominatorZero
	case numerator > denominator:
		return reasonNumeratorGreater
	}
	return ""
}

// positive reports whether v is an ordinary number above zero.
func positive(v float64) bool { return finite(v) && v > 0 }

// wilsonLimits are the two roots of the score equation, as shares. With k = z^2/n
//
//	U = (2p + k + sqrt(k) sqrt(k + 4p(1-p))) / (2(1 + k))
//
// in which nothing cancels. At p = 1 it is 1 exactly, which the sum would miss by a
// rounding for many n. The smaller root as the textbook subtracts it loses digits near
// 0; the product of the two roots, p^2/(1 + k), gives it without subtraction, and
// exactly 0 at p = 0.
func wilsonLimits(share, denominator, z float64) (lower, upper float64) {
	k := z * z / denominator
	sum := 2*share + k + math.Sqrt(k)*math.Sqrt(k+4*share*(1-share))
	if share > 0 {
		lower = 2 * share * share / sum
	}
	if share >= 1 {
		return lower, 1
	}
	return lower, math.Min(1, sum/(2*(1+k)))
}

// wilsonUpper is the upper of [wilsonLimits].
func wilsonUpper(share, denominator, z float64) float64 {
	_, upper := wilsonLimits(share, denominator, z)
	return upper
}

// wilsonLower is the lower of [wilsonLimits].
func wilsonLower(share, denominator, z float64) float64 {
	lower, _ := wilsonLimits(share, denominator, z)
	return lower
}
