package stats

// PublishedHalfWidth is a published value with the half-width of its 95% interval, as
// surveys print it ("plus or minus 4.0"):
//
//	95%:   value -/+ h
//	99.8%: value -/+ h z998 / z95
//
// clipped to the natural range with a warning; a nil floor or ceiling is open. A
// half-width that is missing or negative leaves the value without limits, with a
// warning.
func PublishedHalfWidth(value, halfWidth float64, floor, ceiling *float64) Estimate {
	if !finite(value) {
		return unavailable(reasonValueMissing)
	}
	if !finite(halfWidth) {
		return PublishedOnly(value, "no half-width published")
	}
	if halfWidth < 0 {
		return PublishedOnly(value, "published half-width is negative")
	}
	const method = "Published value and 95% half-width; 99.8% limits derived on the linear scale"
	return estimated(method, value, func(c confidence) (lower, upper float64) {
		half := halfWidth * (c.z / at95.z)
		return value - half, value + half
	}).Clip(floor, ceiling)
}
