package measure

import (
	"fmt"
	"slices"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// round makes a value of rounded counts, so that it tells no more than they do. A directly standardised rate is made of counts that
// are not printed, and is itself rounded whether counts are or not.
func (p *Protection) round(v *results.Value, policy Policy) {
	definition := p.Definitions[v.Indicator]
	if definition.Measure.DSR == nil && policy.Round <= 1 {
		return
	}
	printed := rounded{value: v, definition: definition, policy: policy}
	flags, warnings := v.Status, v.Warnings
	how := fmt.Sprintf("counts rounded to the nearest %d", policy.Round)
	switch m := definition.Measure; {
	case !v.HasValue():
	case m.Count != nil:
		v.Value = printed.count(v.Value)
	case m.DSR != nil:
		strata, method := p.Strata[v.Key()], v.Method
		weights := weightsOf(*m.DSR, strata, policy)
		v.Estimate = weights.public(strata, policy)
		v.Method = method
		how = fmt.Sprintf("rounded to the nearest %v to protect confidentiality", weights.step)
	default:
		reference := p.Strata[englandsKey(*v, p.England)]
		if estimate, made := printed.estimate(reference); made {
			v.Estimate = estimate
		}
	}
	v.Numerator, v.Denominator, v.WorkedBack = printed.count(v.Numerator), printed.count(v.Denominator), printed.count(v.WorkedBack)
	if !v.HasValue() {
		return
	}
	v.Status = orderLetters(v.Status + " " + flags)
	v.Method += ", " + how
	v.Warnings = append(slices.Clone(warnings), v.Warnings...)
	slices.Sort(v.Warnings)
	v.Warnings = slices.Compact(v.Warnings)
}

// rounded is a value whose counts are printed rounded.
type rounded struct {
	value      *results.Value
	definition indicators.Definition
	policy     Policy
}

// count is a count as it is printed, nil where there is none.
func (r rounded) count(number *float64) *float64 {
	if number == nil {
		return nil
	}
	to := r.policy.Rounded(*number)
	return &to
}

// estimate is the estimate that the printed counts give; it is not made where one is missing. England's bands are there for a rate
// by England's.
func (r rounded) estimate(england Strata) (made stats.Estimate, is bool) {
	v, m := r.value, r.definition.Measure
	numerator := v.Numerator
	if numerator == nil {
		numerator = v.WorkedBack
	}
	part, whole := r.count(numerator), r.count(v.Denominator)
	if whole == nil || part == nil && m.Mean == nil {
		return made, false
	}
	switch {
	case m.Proportion != nil:
		return stats.Proportion(*part, *whole, multiplier(r.definition.Unit)), true
	case m.Rate != nil:
		return stats.Rate(*part, *whole, m.Rate.Per), true
	case m.Ratio != nil:
		return ratioOf(r.definition, *part, *whole), true
	case m.ISR != nil && m.ISR.Per > 0:
		events, people := england.sums()
		return stats.ISRate(*part, *whole, events, people, m.ISR.Per), true
	case m.ISR != nil:
		return stats.ISRatio(*part, *whole, m.ISR.RatioOf), true
	case m.Mean != nil && v.Upper95 != nil:
		// The limits of a deviation of 1 say what deviation these are of.
		unit := stats.MeanOf(0, 1, *v.Denominator)
		if unit.Upper95 == nil {
			return made, false
		}
		return stats.MeanOf(*v.Value, (*v.Upper95-*v.Value) / *unit.Upper95, *whole), true
	}
	return made, false
}

// englandsKey is the key of England's figure beside a value.
func englandsKey(v results.Value, england string) results.Key {
	key := v.Key()
	key.Area = england
	return key
}
