package stats

import "math"

// RatioMoverLog is a / b for two independent estimates of quantities that cannot be
// negative, from their own limits on the log scale (square and add of the logarithms), at
// 95% and at 99.8%. With t the values, l and u their limits:
//
//	L = exp(ln(t1/t2) - sqrt(ln(t1/l1)^2 + ln(u2/t2)^2))
//	U = exp(ln(t1/t2) + sqrt(ln(u1/t1)^2 + ln(t2/l2)^2))
//
// Source: G. Y. Zou and A. Donner, Stat. Med. 27 (2008) 1693-1702, applied to logarithms.
// It turns over: the ratio of b to a has the reciprocal limits. Valid for values and
// limits above 0; a lower limit of 0 leaves the limit that needs it absent, with a
// warning, and a divisor or dividend of 0 or less gives status x. [RatioMover] can take a
// dividend of 0.
func RatioMoverLog(a, b Estimate) Estimate {
	if reason := pairFault(a, b); reason != "" {
		return unavailable(reason)
	}
	first, second := *a.Value, *b.Value
	if second <= 0 {
		return unavailable(reasonDivisor)
	}
	if first <= 0 {
		return unavailable("dividend is not above zero")
	}
	value := first / second
	if !finite(value) || value == 0 {
		return unavailable(reasonNotFinite)
	}
	e := Estimate{Value: &value, Method: "MOVER on the log scale (ratio by square and add)"}
	e.Lower95, e.Upper95 = logRatioLimits(first, second, a.At95(), b.At95())
	e.Lower998, e.Upper998 = logRatioLimits(first, second, a.At998(), b.At998())
	e.nest()
	for _, limit := range []*float64{e.Lower95, e.Upper95, e.Lower998, e.Upper998} {
		if limit == nil {
			e.Warnings = append(e.Warnings, "a limit is not given: one of the two values lacks its own above zero, or lies outside them")
			break
		}
	}
	return e
}

// logRatioLimits gives the limits of one level that the two pairs of limits allow.
func logRatioLimits(first, second float64, a, b Limits) (lower, upper *float64) {
	if !a.hold(first) || !b.hold(second) {
		return nil, nil
	}
	ratio := first / second
	lower = number(ratio * math.Exp(-math.Hypot(math.Log(first / *a.Lower), math.Log(*b.Upper/second))))
	upper = number(ratio * math.Exp(math.Hypot(math.Log(*a.Upper/first), math.Log(second / *b.Lower))))
	if *a.Lower <= 0 {
		lower = nil
	}
	if *b.Lower <= 0 {
		upper = nil
	}
	return lower, upper
}

// RatioRatesLog is the ratio of two rates, x1/n1 over x2/n2, from independent Poisson
// counts, with limits that are normal on the log scale:
//
//	(x1/n1) / (x2/n2) x exp(-/+ z sqrt(1/x1 + 1/x2))
//
// Source: K. J. Rothman, S. Greenland and T. L. Lash, Modern Epidemiology, 3rd edition
// (2008), equation 14-8. Good from about 10 events on each side; under that
// [RatioRatesExact] is the method. With no event in the second rate there is no ratio
// (status x); with none in the first the ratio is 0 and has no limits, with a warning. The
// denominators may be smaller than the counts.
func RatioRatesLog(x1, n1, x2, n2 float64) Estimate {
	if reason := twoRatesFault(x1, n1, x2, n2); reason != "" {
		return unavailable(reason)
	}
	ratio := x1 / n1 / (x2 / n2)
	if x1 == 0 {
		return Estimate{Value: &ratio, Method: "Ratio of rates, normal on the log scale",
			Warnings: []string{"no limits: the first count is zero"}}
	}
	error := math.Sqrt(1/x1 + 1/x2)
	return estimated("Ratio of rates, normal on the log scale", ratio, func(c confidence) (lower, upper float64) {
		return ratio * math.Exp(-c.z*error), ratio * math.Exp(c.z*error)
	})
}

// reasonDivisor is why a ratio does not exist.
const reasonDivisor = "divisor is not above zero"

// twoRatesFault returns why two pairs of counts have no ratio of rates, or "".
func twoRatesFault(x1, n1, x2, n2 float64) string {
	if reason := rateFault(x1, n1); reason != "" {
		return "first value: " + reason
	}
	if reason := rateFault(x2, n2); reason != "" {
		return "second value: " + reason
	}
	if x2 == 0 {
		return reasonDivisor
	}
	if ratio := x1 / n1 / (x2 / n2); !finite(ratio) {
		return reasonNotFinite
	}
	return ""
}

// rateFault returns why a count and its denominator are no rate, or "". The count may
// exceed the denominator.
func rateFault(count, denominator float64) string {
	if finite(count) && finite(denominator) && count > denominator && denominator > 0 {
		return ""
	}
	return proportionFault(count, denominator)
}
