package stats

import "math"

// shareMethod is the method of ProportionFromShare in the words of a methods page.
const shareMethod = "Wilson score on a count worked back from a published percentage, widened by its rounding"

// ProportionFromShare is a published, rounded share of a known cohort whose numerator
// was not published. The share is between 0 and 1; halfStep is half its rounding step
// on the same scale (0.0005 for a percentage to one decimal). With W the Wilson limits
// at a share of n:
//
//	lower = W_lower(max(0, p - h)),  upper = W_upper(min(1, p + h))
//
// so the interval holds the Wilson interval of every count that rounds to the
// published share. The value is the published share times the multiplier. At p = 0 the
// lower limit is exactly 0, at p = 1 the upper is exactly the multiplier.
//
// 3.8% of 5,150 gives 3.3 to 4.4. A share over 1, or any input missing or negative,
// gives status x.
func ProportionFromShare(share, denominator, halfStep, multiplier float64) Estimate {
	switch {
	case !finite(share):
		return unavailable(reasonValueMissing)
	case !finite(denominator):
		return unavailable(reasonDenominatorMissing)
	case !finite(halfStep):
		return unavailable("rounding step missing")
	case share < 0 || denominator < 0 || halfStep < 0:
		return unavailable(reasonNegative)
	case denominator == 0:
		return unavailable(reasonDenominatorZero)
	case share > 1:
		return unavailable("share greater than one")
	case !positive(multiplier):
		return unavailable(reasonMultiplier)
	}
	least, most := math.Max(0, share-halfStep), math.Min(1, share+halfStep)
	return estimated(shareMethod, share*multiplier, func(c confidence) (lower, upper float64) {
		return wilsonLower(least, denominator, c.z) * multiplier, wilsonUpper(most, denominator, c.z) * multiplier
	})
}
