package stats

import "math"

// ProportionInterval is a way to give a proportion its limits.
type ProportionInterval string

// The intervals of a proportion.
const (
	// WilsonScore is the default: [Proportion].
	WilsonScore ProportionInterval = "wilson"
	// WilsonContinuity is Wilson's score with continuity correction: never below its
	// nominal confidence by much, and wider than it needs to be.
	WilsonContinuity ProportionInterval = "wilson-cc"
	// ClopperPearson is the exact interval: never below its nominal confidence.
	ClopperPearson ProportionInterval = "clopper-pearson"
	// Jeffreys is the Bayesian interval under Jeffreys' prior.
	Jeffreys ProportionInterval = "jeffreys"
	// MidP is the exact interval that counts half of what was observed in each tail.
	MidP ProportionInterval = "mid-p"
)

// ProportionIntervals are the intervals, the default first.
func ProportionIntervals() []ProportionInterval {
	return []ProportionInterval{WilsonScore, WilsonContinuity, ClopperPearson, Jeffreys, MidP}
}

// ProportionOptions are what [ProportionWith] is asked for.
type ProportionOptions struct {
	// Interval is how limits are found; empty is Wilson's score.
	Interval ProportionInterval
	// Multiplier is what a share of one is written as, 100 for a percentage.
	Multiplier float64
	// DesignEffect is by how much a survey's design multiplies the variance of a simple
	// random sample; nil for none.
	DesignEffect *float64
	// Population is the size of the finite population of which the denominator is a
	// sample without replacement; nil where there is none.
	Population *float64
}

// ProportionWith is numerator / denominator with limits of a chosen kind:
// [WilsonScore], [WilsonContinuity] ([wilsonContinuityLimits]), [ClopperPearson],
// [Jeffreys], [MidP].
//
// A survey's design effect d (L. Kish, Survey Sampling, 1965, section 8.2) and the
// finite population correction (W. G. Cochran, Sampling Techniques, 3rd ed. 1977,
// section 3.2) change the variance of a share, and so the number that the sample is
// worth:
//
//	n* = n / (d (N - n) / (N - 1))
//
// and limits are those of the same share of n* (E. L. Korn and B. I. Graubard, Survey
// Methodology 24 (1998) 193-201, without their change of degrees of freedom; H.
// Burstein, J. Am. Stat. Assoc. 70 (1975) 67-69). For Wilson's score this is exact
// algebra; for the exact intervals an approximation to hypergeometric limits. A
// published design effect may hold the finite population correction already: then give
// no population. A sample that is all of its population has limits at its value, with a
// warning.
//
// Faults are those of [Proportion], and "design effect missing", "design effect is not
// above zero", "population missing", "denominator greater than population".
func ProportionWith(numerator, denominator float64, options ProportionOptions) Estimate {
	if reason := proportionFault(numerator, denominator); reason != "" {
		return unavailable(reason)
	}
	if !positive(options.Multiplier) {
		return unavailable(reasonMultiplier)
	}
	limits, method := options.Interval.rule()
	if limits == nil {
		return unavailable("no interval is called " + string(options.Interval))
	}
	worth, words, reason := options.worth(denominator)
	if reason != "" {
		return unavailable(reason)
	}
	share := numerator / denominator
	if math.IsInf(worth, 1) {
		e := estimated(method+words, share*options.Multiplier, func(confidence) (lower, upper float64) {
			return share * options.Multiplier, share * options.Multiplier
		})
		e.warnIf(e.HasValue(), "the whole population was counted: there is no sampling error")
		return e
	}
	return estimated(method+words, share*options.Multiplier, func(c confidence) (lower, upper float64) {
		lower, upper = limits(share, worth, c)
		return lower * options.Multiplier, upper * options.Multiplier
	})
}

// rule is the function that gives limits as shares, and the words for it.
func (i ProportionInterval) rule() (limits func(share, n float64, c confidence) (lower, upper float64), method string) {
	switch i {
	case WilsonScore, "":
		return func(share, n float64, c confidence) (lower, upper float64) { return wilsonLimits(share, n, c.z) }, "Wilson score"
	case WilsonContinuity:
		return wilsonContinuityLimits, "Wilson score with continuity correction"
	case ClopperPearson:
		return clopperPearsonLimits, "Clopper-Pearson exact"
	case Jeffreys:
		return jeffreysLimits, "Jeffreys"
	case MidP:
		return midPLimits, "Mid-P exact"
	}
	return nil, ""
}

// worth is the size of the simple random sample that a denominator is worth, infinite
// for a whole population, with the words for it or the reason why it is none.
func (options ProportionOptions) worth(denominator float64) (worth float64, words, reason string) {
	factor := 1.0
	if d := options.DesignEffect; d != nil {
		switch {
		case !finite(*d):
			return 0, "", "design effect missing"
		case *d <= 0:
			return 0, "", "design effect is not above zero"
		}
		factor *= *d
		words += ", design effect " + shown(*d)
	}
	if size := options.Population; size != nil {
		switch {
		case !finite(*size):
			return 0, "", "population missing"
		case denominator > *size:
			return 0, "", "denominator greater than population"
		case denominator == *size:
			return math.Inf(1), words + ", finite population correction", ""
		}
		factor *= (*size - denominator) / (*size - 1)
		words += ", finite population correction"
	}
	worth = denominator / factor
	if worth <= 0 || !finite(worth) {
		return 0, "", reasonNotFinite
	}
	return worth, words, ""
}
