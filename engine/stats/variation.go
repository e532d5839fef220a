package stats

import "math"

// PublishedCV is a published value with its coefficient of variation, a fraction (0.05
// for "CV 5%"), as earnings surveys print it:
//
//	value (1 -/+ z CV)
//
// A coefficient of variation belongs to quantities that cannot be negative, so the
// lower limit of a value above zero is clipped to 0, with a warning (from a CV of 51%
// at 95% and 32% at 99.8%). A missing or negative CV leaves the value without limits,
// with a warning.
func PublishedCV(value, cv float64) Estimate {
	if !finite(value) {
		return unavailable(reasonValueMissing)
	}
	if !finite(cv) {
		return PublishedOnly(value, "no coefficient of variation published")
	}
	if cv < 0 {
		return PublishedOnly(value, "published coefficient of variation is negative")
	}
	const method = "Published value and coefficient of variation"
	e := estimated(method, value, func(c confidence) (lower, upper float64) {
		half := math.Abs(value) * cv * c.z
		return value - half, value + half
	})
	if value < 0 {
		return e
	}
	zero := 0.0
	return e.Clip(&zero, nil)
}
