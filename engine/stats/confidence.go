package stats

import "gonum.org/v1/gonum/stat/distuv"

// confidence is one of the two levels at which everything is computed.
type confidence struct {
	// tail is the probability beyond one limit, alpha/2.
	tail float64
	// z is the standard normal quantile of 1 - alpha/2.
	z float64
}

// The two levels of public health reporting in England: 95%, and 99.8% as a guard
// against the one area in twenty that differs by chance.
var (
	at95  = newConfidence(0.025)
	at998 = newConfidence(0.001)
)

// widening is z(99.8%) / z(95%), about 1.577: the factor from a 95% half-width to a
// 99.8% one on a scale where the sampling distribution is normal.
var widening = at998.z / at95.z

func newConfidence(tail float64) confidence {
	return confidence{tail: tail, z: distuv.UnitNormal.Quantile(1 - tail)}
}
