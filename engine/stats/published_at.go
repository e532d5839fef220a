package stats

import "gonum.org/v1/gonum/stat/distuv"

// PublishedAt is a published value with limits at any confidence level in (0, 1), such as
// 0.9 for the 90% intervals of some surveys. Limits at 95% are kept as they are
// ([Published]); from any other level both of ours are derived, side by side, on the
// publisher's scale g:
//
//	g(limit) = g(value) + (g(published) - g(value)) z / z(confidence)
//
// and Method says so. What cannot be derived is left out with a warning, as there. A
// confidence that is none gives status x.
func PublishedAt(value float64, lower, upper *float64, confidence float64, scale Scale) Estimate {
	const ours95, ours998 = 0.95, 0.998
	if confidence == ours95 {
		return Published(value, lower, upper, scale)
	}
	if !(confidence > 0 && confidence < 1) {
		return unavailable("confidence is not between 0 and 1")
	}
	checked := Published(value, lower, upper, scale)
	if checked.Lower998 == nil || checked.Upper998 == nil {
		// What keeps the 99.8% limits from being derived keeps the others from it too.
		checked.Lower95, checked.Upper95, checked.Lower998, checked.Upper998 = nil, nil, nil, nil
		return checked
	}
	z := distuv.UnitNormal.Quantile((1 + confidence) / 2)
	e := Estimate{Value: &value, Method: "Published value and limits; ours derived on the " + scale.words() + " scale"}
	e.Lower95, e.Upper95 = scale.widenBy(value, lower, at95.z/z), scale.widenBy(value, upper, at95.z/z)
	e.Lower998, e.Upper998 = scale.widenBy(value, lower, at998.z/z), scale.widenBy(value, upper, at998.z/z)
	if confidence == ours998 {
		e.Lower998, e.Upper998 = number(*lower), number(*upper)
	}
	e.nest()
	return e
}
