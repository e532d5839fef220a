package stats

import "math"

// StatusUnavailable is the status of an estimate that has no value because its
// inputs do not allow one. Reason then says why.
const StatusUnavailable = "x"

// Reasons shared by several methods, in the words a page prints.
const (
	reasonNumeratorMissing   = "numerator missing"
	reasonDenominatorMissing = "denominator missing"
	reasonDenominatorZero    = "denominator is zero"
	reasonNegative           = "negative"
	reasonNumeratorGreater   = "numerator greater than denominator"
	reasonValueMissing       = "value missing"
	reasonMultiplier         = "multiplier is not a positive number"
	reasonNotFinite          = "result is too large to hold"
)

// Estimate is one computed or published value with its uncertainty.
//
// A number that does not exist is nil; none is ever NaN or infinite. A value without
// limits is a valid estimate: it can be shown and ranked, not compared. An estimate
// without a value has a Status and a Reason and no other number.
type Estimate struct {
	// Value is the point estimate, in the unit that the multiplier asked for.
	Value *float64 `json:"value,omitempty"`
	// Lower95 and Upper95 are the 95% limits.
	Lower95 *float64 `json:"lower95,omitempty"`
	Upper95 *float64 `json:"upper95,omitempty"`
	// Lower998 and Upper998 are the 99.8% limits.
	Lower998 *float64 `json:"lower998,omitempty"`
	Upper998 *float64 `json:"upper998,omitempty"`
	// Method is the method in the words a methods page prints, such as "Wilson score".
	Method string `json:"method,omitempty"`
	// Status is empty for a value, and a marker such as "x" where there is none.
	Status string `json:"status,omitempty"`
	// Reason says why there is no value, such as "denominator is zero".
	Reason string `json:"reason,omitempty"`
	// Warnings are caveats that travel with the value, in the order they arose.
	Warnings []string `json:"warnings,omitempty"`
}

// Limits is one pair of limits. Either may be nil: an absent limit is unknown or
// unbounded, and the estimate's warnings say which.
type Limits struct {
	Lower, Upper *float64
}

// Complete reports whether both limits are known.
func (l Limits) Complete() bool { return known(l.Lower) && known(l.Upper) }

// hold reports whether both limits are known and v lies between them.
func (l Limits) hold(v float64) bool { return l.Complete() && *l.Lower <= v && v <= *l.Upper }

// At95 returns the 95% limits.
func (e Estimate) At95() Limits { return Limits{Lower: e.Lower95, Upper: e.Upper95} }

// At998 returns the 99.8% limits.
func (e Estimate) At998() Limits { return Limits{Lower: e.Lower998, Upper: e.Upper998} }

// HasValue reports whether the estimate holds a usable value.
func (e Estimate) HasValue() bool { return known(e.Value) }

// HasInterval reports whether the estimate holds a value and both 95% limits.
func (e Estimate) HasInterval() bool { return e.HasValue() && e.At95().Complete() }

// Missing returns an estimate without a value. The status is a marker such as "x" or
// "c"; the reason is printed beside it.
func Missing(status, reason string) Estimate {
	return Estimate{Status: status, Reason: reason}
}

// Clip returns the estimate with its limits held inside a value's natural range and a
// warning for each side that was clipped. A nil bound is open. A limit is never moved
// past the value, because some published values lie outside their range (100.2% of
// young people offered a place is real: the count and the cohort differ in date).
func (e Estimate) Clip(floor, ceiling *float64) Estimate {
	if !e.HasValue() {
		return e
	}
	clipped := e
	clipped.Warnings = append([]string(nil), e.Warnings...)
	if known(floor) {
		bound := math.Min(*floor, *e.Value)
		raised95, moved95 := raise(e.Lower95, bound)
		raised998, moved998 := raise(e.Lower998, bound)
		clipped.Lower95, clipped.Lower998 = raised95, raised998
		if moved95 || moved998 {
			clipped.Warnings = append(clipped.Warnings, "lower limit clipped to "+shown(bound))
		}
	}
	if known(ceiling) {
		bound := math.Max(*ceiling, *e.Value)
		lowered95, moved95 := reduce(e.Upper95, bound)
		lowered998, moved998 := reduce(e.Upper998, bound)
		clipped.Upper95, clipped.Upper998 = lowered95, lowered998
		if moved95 || moved998 {
			clipped.Warnings = append(clipped.Warnings, "upper limit clipped to "+shown(bound))
		}
	}
	return clipped
}

func (e *Estimate) warnIf(happened bool, warning string) {
	if happened {
		e.Warnings = append(e.Warnings, warning)
	}
}

// unavailable is Missing with the status of inputs that allow no value.
func unavailable(reason string) Estimate { return Missing(StatusUnavailable, reason) }

// estimated builds an estimate from a value and a rule that gives its limits at a
// confidence level.
func estimated(method string, value float64, limits func(confidence) (lower, upper float64)) Estimate {
	return both(limits).estimate(new([5]float64), method, value)
}

// pairs are the limits of an estimate at both levels.
type pairs struct{ lower95, upper95, lower998, upper998 float64 }

// both are the limits that a rule gives at the two levels.
func both(limits func(confidence) (lower, upper float64)) (p pairs) {
	p.lower95, p.upper95 = limits(at95)
	p.lower998, p.upper998 = limits(at998)
	return p
}

// times are the limits multiplied by a factor, each in its place.
func (p pairs) times(factor float64) pairs {
	return pairs{p.lower95 * factor, p.upper95 * factor, p.lower998 * factor, p.upper998 * factor}
}

// estimate is the estimate of a value with these limits. Limits that floating-point
// rounding put a hair inside the value or inside the narrower level are widened to it. The
// five numbers are put in one place, which may be part of a larger one: millions of
// estimates are made at a time, and to find room for each number would take longer than to
// work it out.
func (p pairs) estimate(room *[5]float64, method string, value float64) Estimate {
	if !finite(value) || !finite(p.lower95) || !finite(p.upper95) || !finite(p.lower998) || !finite(p.upper998) {
		return unavailable(reasonNotFinite)
	}
	room[0], room[1], room[2] = value, min(p.lower95, value), max(p.upper95, value)
	room[3], room[4] = min(p.lower998, room[1]), max(p.upper998, room[2])
	return Estimate{Value: &room[0], Lower95: &room[1], Upper95: &room[2], Lower998: &room[3], Upper998: &room[4], Method: method}
}

// nest widens limits that floating-point rounding put a hair inside the value or inside
// the narrower level.
func (e *Estimate) nest() {
	e.Lower95, _ = reduce(e.Lower95, *e.Value)
	e.Upper95, _ = raise(e.Upper95, *e.Value)
	e.nest998()
}

// nest998 is nest for the 99.8% limits alone, where those at 95% are a publisher's.
func (e *Estimate) nest998() {
	for _, inner := range []*float64{e.Lower95, e.Upper95, e.Value} {
		if inner != nil {
			e.Lower998, _ = reduce(e.Lower998, *inner)
			e.Upper998, _ = raise(e.Upper998, *inner)
		}
	}
}

// raise returns the limit held at or above the bound, and whether it moved.
func raise(limit *float64, bound float64) (*float64, bool) {
	if known(limit) && *limit < bound {
		return number(bound), true
	}
	return limit, false
}

// reduce returns the limit held at or below the bound, and whether it moved.
func reduce(limit *float64, bound float64) (*float64, bool) {
	if known(limit) && *limit > bound {
		return number(bound), true
	}
	return limit, false
}
