package stats

import "math"

// RatioMover is a / b for two independent estimates, from their own limits (MOVER-R),
// at 95% and at 99.8%. With A = t2^2 - (t2 - k)^2 for the limit k of the divisor and
// B = t1^2 - (t1 - m)^2 for the limit m of the dividend:
//
//	L = (t1 t2 - sqrt((t1 t2)^2 - A B)) / A   with k = u2, m = l1
//	U = (t1 t2 + sqrt((t1 t2)^2 - A B)) / A   with k = l2, m = u1
//
// Source: A. Donner and G. Y. Zou, Stat. Methods Med. Res. 21 (2012) 347-359; the
// behaviour at a divisor near 0 after R. G. Newcombe, Stat. Methods Med. Res. 25 (2016)
// 1774-1778. Valid for a divisor above 0 and a dividend that cannot be negative.
//
// A divisor whose lower limit reaches 0 leaves the upper limit unbounded: it is absent,
// with a warning. A dividend whose lower limit is below 0 leaves the lower limit
// absent, with a warning. A divisor of 0 or less, or a missing value, gives status x; a
// dividend below 0 gives the ratio without limits.
func RatioMover(a, b Estimate) Estimate {
	if reason := pairFault(a, b); reason != "" {
		return unavailable(reason)
	}
	first, second := *a.Value, *b.Value
	if second <= 0 {
		return unavailable(reasonDivisor)
	}
	value := first / second
	if !finite(value) {
		return unavailable(reasonNotFinite)
	}
	e := Estimate{Value: &value, Method: "MOVER-R (ratio by square and add)"}
	if first < 0 {
		e.Warnings = append(e.Warnings, "no limits: the first value is negative")
		return e
	}
	var warning95, warning998 string
	e.Lower95, e.Upper95, warning95 = moverRatio(first, second, a.At95(), b.At95())
	e.Lower998, e.Upper998, warning998 = moverRatio(first, second, a.At998(), b.At998())
	e.nest()
	if warning95 == warning998 {
		e.warnIf(warning95 != "", warning95)
		return e
	}
	e.warnIf(warning95 != "", "at 95%: "+warning95)
	e.warnIf(warning998 != "", "at 99.8%: "+warning998)
	return e
}

// moverRatio gives the limits of one level, and a warning for what is absent.
func moverRatio(first, second float64, a, b Limits) (lower, upper *float64, warning string) {
	if !a.hold(first) || !b.hold(second) {
		return nil, nil, "no limits: " + reasonWithoutLimits
	}
	product := first * second
	divisor := *b.Upper * (2*second - *b.Upper)
	dividend := *a.Lower * (2*first - *a.Lower)
	switch {
	case *a.Lower < 0:
		warning = "lower limit not given: the first value's lower limit is negative"
	case dividend == 0:
		lower = number(0)
	default:
		// The quotient's numerator cancels as A nears 0; multiplied through by its
		// conjugate it does not, and it holds for A of 0 and below.
		lower = number(dividend / (product + math.Sqrt(product*product-divisor*dividend)))
	}
	if *b.Lower <= 0 {
		unbounded := "upper limit unbounded: the second value's lower limit is not above zero"
		if warning != "" {
			return lower, nil, warning + "; " + unbounded
		}
		return lower, nil, unbounded
	}
	divisor = *b.Lower * (2*second - *b.Lower)
	dividend = *a.Upper * (2*first - *a.Upper)
	upper = number((product + math.Sqrt(product*product-divisor*dividend)) / divisor)
	return lower, upper, warning
}
