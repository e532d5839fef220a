package stats

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// RuleFunnel is the rule of CompareFunnel.
const RuleFunnel = "funnel"

// FunnelReference is the centre of a funnel: all that was counted over all that could be,
// sum x / sum n. A pair in which either is missing, negative or without a denominator is
// left out. With none left it is nil.
func FunnelReference(x, n []float64) *float64 {
	var cases, size float64
	for i := range min(len(x), len(n)) {
		if rateFault(x[i], n[i]) == "" {
			cases, size = cases+x[i], size+n[i]
		}
	}
	if size == 0 {
		return nil
	}
	return number(cases / size)
}

// FunnelProportion gives the control limits of a proportion for an area of the given
// size: Value is the reference, a share between 0 and 1, and the limits are those that an
// area of this size would keep within by chance if it were like the reference.
//
//	p -/+ z sqrt(p (1-p) / n), held within 0 and 1, all times the multiplier
//
// Source: D. J. Spiegelhalter, Stat. Med. 24 (2005) 1185-1202, section 3. The normal
// approximation needs n p (1-p) of about 5 or more; below it the lower limit is too low
// and the upper too, and a warning says so ([CompareWithLimits] holds there). Limits clip
// at the multiplier in use; the reference implementation clips at 100 whatever it is.
// Areas that differ by more than chance everywhere (over-dispersion) make most of them
// stand outside: then the funnel is the wrong chart.
func FunnelProportion(reference, n, multiplier float64) Estimate {
	if reason := funnelFault(reference, n, multiplier); reason != "" {
		return unavailable(reason)
	}
	if reference > 1 {
		return unavailable("reference is greater than one")
	}
	e := estimated("Normal control limits of a proportion", reference*multiplier, func(c confidence) (lower, upper float64) {
		width := c.z * math.Sqrt(reference*(1-reference)/n)
		return math.Max(0, reference-width) * multiplier, math.Min(1, reference+width) * multiplier
	})
	e.warnIf(e.HasValue() && n*reference*(1-reference) < funnelSmall, "too few expected for normal limits")
	return e
}

// funnelSmall is the n p (1-p) under which normal limits of a proportion are no longer
// near the exact ones.
const funnelSmall = 5

// FunnelRate gives the control limits of a rate for an area of the given size: Value is
// the reference, events a head, and the limits are exact Poisson ones. With E = rate x n
// the events expected and F the Poisson distribution, continued between whole counts by
// the gamma distribution:
//
//	lower: the count o with F(o; E) = alpha/2,  upper: that with 1 - F(o - 1; E) = alpha/2
//
// as o / n x per. An area lies outside exactly where the exact limits of its own count
// ([Rate] under 10) do not hold E. Sources: D. J. Spiegelhalter, Stat. Med. 24 (2005)
// 1185-1202, section 3; F. Garwood, Biometrika 28 (1936) 437-442. Below about 3.7
// expected events (6.9 at 99.8%) no count is too few and the lower limit is 0. Valid for
// independent events; where one person has several the limits are too narrow.
func FunnelRate(rate, n, per float64) Estimate {
	if reason := funnelFault(rate, n, per); reason != "" {
		return unavailable(reason)
	}
	expected := rate * n
	if !positive(expected) {
		return unavailable("no events are expected")
	}
	scaled := func(count float64) float64 { return count / n * per }
	return estimated("Exact Poisson control limits", rate*per, func(c confidence) (lower, upper float64) {
		return scaled(poissonFewest(expected, c.tail)), scaled(poissonMost(expected, c.tail))
	})
}

// FunnelRatio gives the control limits of a standardised ratio, observed over expected,
// for an area with the given number of expected events: those of [FunnelRate] about 1,
// times the multiplier (100 for a standardised mortality ratio).
func FunnelRatio(expected, multiplier float64) Estimate { return FunnelRate(1, expected, multiplier) }

// FunnelDenominator is the population at which a standardised rate belongs in a funnel of
// crude rates: the one that would give the rate from the count, per x count / rate. It is
// nil where there is no such population.
func FunnelDenominator(count, rate, per float64) *float64 {
	if !(count >= 0) || !positive(rate) || !positive(per) {
		return nil
	}
	return number(per * count / rate)
}

// CompareFunnel says whether a value lies on or within its funnel's 95% limits (similar),
// outside them (better or worse, lower or higher), or outside the 99.8% limits (best or
// worst). Among many areas one in twenty lies outside at 95% by chance, which is why both
// levels are drawn.
func CompareFunnel(value float64, limits Estimate, polarity Polarity) Comparison {
	verdict := Comparison{Rule: RuleFunnel, Outcome: NotCompared}
	switch {
	case !finite(value):
		verdict.Reason = reasonValueMissing
	case !limits.HasInterval() || !limits.At998().Complete():
		verdict.Reason = "no limits"
		if limits.Reason != "" {
			verdict.Reason += ": " + limits.Reason
		}
	case !polarity.Valid():
		verdict.Reason = "polarity is not high, low or neutral"
	default:
		verdict.Outcome = limits.outcome(value, polarity)
	}
	return verdict
}

// funnelFault returns why there is no funnel at a size, or "".
func funnelFault(reference, n, multiplier float64) string {
	switch {
	case !finite(reference):
		return "reference value missing"
	case !finite(n):
		return reasonDenominatorMissing
	case reference < 0 || n < 0:
		return reasonNegative
	case n == 0:
		return reasonDenominatorZero
	case !positive(multiplier):
		return reasonMultiplier
	}
	return ""
}

// poissonFewest is the count, not necessarily whole, at or under which the given part of
// a Poisson distribution lies; 0 where no events at all are likelier than that.
func poissonFewest(expected, tail float64) float64 {
	if math.Exp(-expected) >= tail {
		return 0
	}
	return crossing(0, expected, func(count float64) bool { return mathext.GammaIncRegComp(count+1, expected) < tail })
}

// poissonMost is the count at or over which the given part of it lies.
func poissonMost(expected, tail float64) float64 {
	// Nine standard deviations and forty events are beyond both levels at every size.
	far := expected + 9*math.Sqrt(expected) + 40
	return crossing(far, expected, func(count float64) bool { return mathext.GammaIncReg(count, expected) < tail })
}
