package stats

import "math"

// DifferenceNewcombe is the first proportion minus the second, from two independent
// pairs of counts, with hybrid score limits. With p the shares and l, u their Wilson
// limits:
//
//	L = d - sqrt((p1 - l1)^2 + (u2 - p2)^2)
//	U = d + sqrt((u1 - p1)^2 + (p2 - l2)^2)
//
// Source: R. G. Newcombe, Stat. Med. 17 (1998) 873-890, method 10. Valid wherever both
// proportions are; the limits never leave -1 to 1 (times the multiplier). A pair that
// is no proportion gives status x and a reason that says which pair.
func DifferenceNewcombe(x1, n1, x2, n2, multiplier float64) Estimate {
	if reason := twoProportionsFault(x1, n1, x2, n2, multiplier); reason != "" {
		return unavailable(reason)
	}
	first, second := x1/n1, x2/n2
	difference := first - second
	return estimated("Newcombe hybrid score", difference*multiplier, func(c confidence) (lower, upper float64) {
		below := math.Hypot(first-wilsonLower(first, n1, c.z), wilsonUpper(second, n2, c.z)-second)
		above := math.Hypot(wilsonUpper(first, n1, c.z)-first, second-wilsonLower(second, n2, c.z))
		lower, upper = math.Max(-1, difference-below), math.Min(1, difference+above)
		return lower * multiplier, upper * multiplier
	})
}

// twoProportionsFault returns why two pairs of counts are not two proportions, or "".
func twoProportionsFault(x1, n1, x2, n2, multiplier float64) string {
	if reason := proportionFault(x1, n1); reason != "" {
		return "first value: " + reason
	}
	if reason := proportionFault(x2, n2); reason != "" {
		return "second value: " + reason
	}
	if !positive(multiplier) {
		return reasonMultiplier
	}
	return ""
}

// moverMethod is the method of DifferenceMover in the words of a methods page.
const moverMethod = "MOVER (square and add)"

// DifferenceMover is a minus b for two independent estimates, from their own limits
// (the method of variance estimates recovery), at 95% and at 99.8%:
//
//	L = d - sqrt((a - la)^2 + (ub - b)^2)
//	U = d + sqrt((ua - a)^2 + (b - lb)^2)
//
// Source: G. Y. Zou and A. Donner, Stat. Med. 27 (2008) 1693-1702. It is Newcombe's
// method for any kind of limits and keeps their asymmetry. Not valid for estimates that
// share data: an area and the region it is part of are not independent
// ([DifferenceMoverCorrelated] is for those).
//
// Where an estimate lacks the limits of a level, or lies outside them, that level is left
// out, with a warning; where one lacks its value, the result has status x.
func DifferenceMover(a, b Estimate) Estimate { return DifferenceMoverCorrelated(a, b, 0) }

// DifferenceMoverCorrelated is DifferenceMover for two estimates whose sampling errors
// are correlated, such as two answers of one survey. With r the correlation and each
// distance as there:
//
//	L = d - sqrt((a - la)^2 + (ub - b)^2 - 2 r (a - la)(ub - b))
//	U = d + sqrt((ua - a)^2 + (b - lb)^2 - 2 r (ua - a)(b - lb))
//
// Source: G. Y. Zou and A. Donner, Stat. Med. 27 (2008) 1693-1702, section 2. A positive
// correlation narrows the interval and a negative one widens it. The correlation is taken
// as known: its own error is in no limit. Outside -1 to 1, or not a number, it gives
// status x.
func DifferenceMoverCorrelated(a, b Estimate, correlation float64) Estimate {
	if reason := pairFault(a, b); reason != "" {
		return unavailable(reason)
	}
	if !finite(correlation) || correlation < -1 || correlation > 1 {
		return unavailable("correlation is not between -1 and 1")
	}
	value := *a.Value - *b.Value
	if !finite(value) {
		return unavailable(reasonNotFinite)
	}
	e := Estimate{Value: &value, Method: moverMethod}
	if correlation != 0 {
		e.Method += " with a correlation of " + shown(correlation)
	}
	e.Lower95, e.Upper95 = moverDifference(*a.Value, *b.Value, a.At95(), b.At95(), correlation)
	e.Lower998, e.Upper998 = moverDifference(*a.Value, *b.Value, a.At998(), b.At998(), correlation)
	e.nest()
	e.warnLimits()
	return e
}

// pairFault returns why two estimates cannot be combined, or "".
func pairFault(a, b Estimate) string {
	if !a.HasValue() {
		return "first " + missingWords(a)
	}
	if !b.HasValue() {
		return "second " + missingWords(b)
	}
	return ""
}

// missingWords says that an estimate has no value and, where it is known, why.
func missingWords(e Estimate) string {
	if e.Reason == "" || e.Reason == reasonValueMissing {
		return reasonValueMissing
	}
	return reasonValueMissing + ": " + e.Reason
}

// reasonWithoutLimits is why two values give no limits at a level.
const reasonWithoutLimits = "one of the two values has none, or lies outside its own"

// warnLimits warns of the limits that two estimates could not give.
func (e *Estimate) warnLimits() {
	has95, has998 := e.At95().Complete(), e.At998().Complete()
	e.warnIf(!has95 && !has998, "no limits: "+reasonWithoutLimits)
	e.warnIf(has95 && !has998, "no 99.8% limits: "+reasonWithoutLimits)
	e.warnIf(!has95 && has998, "no 95% limits: "+reasonWithoutLimits)
}

// moverDifference squares and adds the distances from each value to its limits.
func moverDifference(first, second float64, a, b Limits, correlation float64) (lower, upper *float64) {
	if !a.hold(first) || !b.hold(second) {
		return nil, nil
	}
	difference := first - second
	lower = number(difference - third(first-*a.Lower, *b.Upper-second, correlation))
	upper = number(difference + third(*a.Upper-first, second-*b.Lower, correlation))
	return lower, upper
}

// third is the third side of a triangle of which the correlation is the cosine between
// the other two. The law of cosines is written as a sum of squares, in which nothing
// cancels as the correlation nears 1: sqrt((p - r q)^2 + q^2 (1 - r^2)).
func third(p, q, correlation float64) float64 {
	return math.Hypot(p-correlation*q, q*math.Sqrt(1-correlation*correlation))
}
