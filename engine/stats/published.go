package stats

import "math"

// Scale is the scale on which a publisher's interval is close to symmetric, and so the
// one on which limits at another confidence level can be derived from it.
type Scale string

// The scales of published intervals.
const (
	// Linear is for symmetric intervals: surveys of people and of earnings.
	Linear Scale = "linear"
	// Logit is for asymmetric intervals of a share between 0 and 1.
	Logit Scale = "logit"
	// LogitPercent is Logit for a percentage between 0 and 100.
	LogitPercent Scale = "logit-percent"
	// Log is for rates and ratios.
	Log Scale = "log"
)

// Published is a published value with its published 95% limits, which are kept as
// they are. The 99.8% limits are derived, side by side, on the publisher's scale g:
//
//	g(limit998) = g(value) + (g(limit95) - g(value)) z998 / z95
//
// and Method says so. A published limit at the end of its scale (0, or 1 and 100 for a
// share) stays there. Where the scale does not hold the value, or the limits do not
// hold it, nothing is derived and a warning says why; limits in the wrong order are
// dropped with a warning. A nil limit stays nil. A value that is NaN or infinite gives
// status x.
func Published(value float64, lower95, upper95 *float64, scale Scale) Estimate {
	if !finite(value) {
		return unavailable(reasonValueMissing)
	}
	e := Estimate{Value: &value, Method: "Published value and 95% limits"}
	if !known(lower95) && !known(upper95) {
		return PublishedOnly(value, "no limits published")
	}
	if known(lower95) && known(upper95) && *lower95 > *upper95 {
		return PublishedOnly(value, "published limits are in the wrong order")
	}
	if known(lower95) {
		e.Lower95 = number(*lower95)
	}
	if known(upper95) {
		e.Upper95 = number(*upper95)
	}
	e.warnIf(!e.At95().Complete(), "only one limit is published")
	if (e.Lower95 != nil && *e.Lower95 > value) || (e.Upper95 != nil && *e.Upper95 < value) {
		e.Warnings = append(e.Warnings, "published limits do not hold the value; 99.8% limits not derived")
		return e
	}
	e.Lower998 = scale.widen(value, e.Lower95)
	e.Upper998 = scale.widen(value, e.Upper95)
	if (e.Lower998 == nil) != (e.Lower95 == nil) || (e.Upper998 == nil) != (e.Upper95 == nil) {
		e.Lower998, e.Upper998 = nil, nil
		e.Warnings = append(e.Warnings, "99.8% limits cannot be derived on the "+scale.words()+" scale")
		return e
	}
	e.nest998()
	e.Method += "; 99.8% limits derived on the " + scale.words() + " scale"
	return e
}

// PublishedOnly is a published value without any interval. The warning says why there
// is none: a complete count, a modelled figure, or a survey whose interval was lost on
// the way; the three are not the same and a page says which.
func PublishedOnly(value float64, why string) Estimate {
	if !finite(value) {
		return unavailable(reasonValueMissing)
	}
	e := Estimate{Value: &value, Method: "Published value"}
	e.warnIf(why != "", why)
	return e
}

// widen derives the 99.8% limit that belongs to a 95% limit on the same side.
func (s Scale) widen(value float64, limit *float64) *float64 {
	return s.widenBy(value, limit, widening)
}

// widenBy moves a limit to so many times its distance from the value.
func (s Scale) widenBy(value float64, limit *float64, factor float64) *float64 {
	if limit == nil {
		return nil
	}
	if *limit == value || s.atEnd(*limit) {
		return number(*limit)
	}
	centre, edge := s.forward(value), s.forward(*limit)
	if !finite(centre) || !finite(edge) {
		return nil
	}
	return number(s.back(centre + (edge-centre)*factor))
}

// atEnd reports whether v is an end of the scale, from which no wider limit exists.
func (s Scale) atEnd(v float64) bool {
	switch s {
	case Logit:
		return v == 0 || v == 1
	case LogitPercent:
		return v == 0 || v == 100
	case Log:
		return v == 0
	}
	return false
}

// forward takes a value to the scale; NaN or infinite where the scale has no place.
func (s Scale) forward(v float64) float64 {
	switch s {
	case Linear:
		return v
	case Logit:
		return math.Log(v / (1 - v))
	case LogitPercent:
		return math.Log(v / (100 - v))
	case Log:
		return math.Log(v)
	}
	return math.NaN()
}

// back undoes forward.
func (s Scale) back(v float64) float64 {
	switch s {
	case Linear:
		return v
	case Logit:
		return 1 / (1 + math.Exp(-v))
	case LogitPercent:
		return 100 / (1 + math.Exp(-v))
	case Log:
		return math.Exp(v)
	}
	return math.NaN()
}

// words names the scale in a sentence.
func (s Scale) words() string {
	switch s {
	case LogitPercent:
		return "logit"
	case Linear, Logit, Log:
		return string(s)
	}
	return "unnamed"
}
