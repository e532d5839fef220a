package stats

import "math"

// wilsonContinuityLimits are Wilson's limits with continuity correction: those of the
// share moved outwards by half a case,
//
//	L = W_lower(p - 1/(2n)),  U = W_upper(p + 1/(2n))
//
// Source: R. G. Newcombe, Stat. Med. 17 (1998) 857-872, method 4, written out there as
// one fraction. Valid for 0 <= p <= 1; 0 at p = 0 and 1 at p = 1. R's prop.test takes
// less than half a case where the share is within half a case of one half; Newcombe
// does not, and nor do these.
func wilsonContinuityLimits(share, n float64, c confidence) (lower, upper float64) {
	lower, _ = wilsonLimits(math.Max(0, share-0.5/n), n, c.z)
	_, upper = wilsonLimits(math.Min(1, share+0.5/n), n, c.z)
	return lower, upper
}
