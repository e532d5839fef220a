package stats

import "math"

// fewestGroups is the number of ordered groups under which no slope is given: a line
// through fewer says nothing that the two ends do not.
const fewestGroups = 5

// Gradient is a measure over ordered groups, such as deciles of deprivation: a place in
// each slice is a group, the first the one where the slope begins.
type Gradient struct {
	// Populations are the sizes of the groups.
	Populations []float64
	// Values are the measure; NaN where missing.
	Values []float64
	// Errors are standard errors on the scale of [SlopeOptions]. Where it is nil they are
	// taken from published 95% limits, (U - L) / (2 z) on that scale.
	Errors           []float64
	Lower95, Upper95 []float64
}

// SlopeOptions are what [SlopeIndex] is asked for.
type SlopeOptions struct {
	// Scale is the scale on which the values are normal: Linear, Log for rates, or Logit
	// for shares between 0 and 1. Empty is Linear.
	Scale Scale
	// Transform fits the line on that scale; without, it is fitted to the values. It makes
	// no difference on the linear scale.
	Transform bool
	// Multiplier is what the slope and the intercept are multiplied by. Below 0 it turns
	// the slope's sign and the relative index over, and leaves the intercept's sign.
	Multiplier float64
}

// Slope is the slope index of inequality and the relative index.
type Slope struct {
	// SII is the absolute gap between the two ends of the population, by the line.
	SII Estimate
	// RII is the ratio of the line's values at its two ends, the last to the first.
	RII Estimate
	// Intercept is the line's value at the first end; nil where there is no slope.
	Intercept *float64
}

// SlopeIndex is the slope index of inequality of a measure over ordered groups, and the
// relative index: the line through the values against where the middle of each group
// stands in the population from 0 to 1, weighted by the size of the groups. With a the
// share of each group in the population, b = the shares before it + a/2,
//
//	S = sum(a (b - 1/2)^2),  c = a (b - 1/2) / S,  d = a - c/2
//	SII = sum(c y),  intercept = sum(d y),  RII = (intercept + SII) / intercept
//
// The line is linear in the values, so its limits need no simulation:
//
//   - On the linear scale, SII -/+ z sqrt(sum(c^2 se^2)), and for RII Fieller's limits,
//     which are the percentiles of the ratio. Exact for normal values.
//   - With Transform, the same slope of log or logit values; its limits stay straight
//     about the middle of the line, and SII and RII are its two ends taken back.
//   - On the log or logit scale without, the values are lognormal or logit-normal, and
//     the limits are percentiles of their combination by Cornish and Fisher's expansion
//     to the fourth cumulant: within the noise of a simulation of 3 million draws.
//
// Sources: E. R. Pamuk, Soc. Sci. Med. 20 (1985) 805-811; A. Low and A. Low, J. Public
// Health 26 (2004) 388-395; E. C. Fieller, J. R. Stat. Soc. B 16 (1954) 175-185; L. J.
// Hayes and G. Berry, J. Epidemiol. Community Health 56 (2002) 669-670; E. A. Cornish
// and R. A. Fisher, Rev. Int. Stat. Inst. 5 (1938) 307-320.
//
// Valid for a measure that is close to a line over the groups, not one that is part of
// what orders them. Fewer than five groups, and a group in which something is missing,
// give both status x. RII needs a line above 0 at both ends; where the intercept is not
// clearly above 0, RII's limits are unbounded and absent, with a warning.
func SlopeIndex(g Gradient, options SlopeOptions) Slope {
	if options.Scale == "" {
		options.Scale = Linear
	}
	var room [pointsWithin]point
	points := room[:0]
	if groups := len(g.Values); groups > pointsWithin {
		points = make([]point, 0, groups)
	}
	points, reason := g.on(options, points)
	if reason != "" {
		return Slope{SII: unavailable(reason), RII: unavailable(reason)}
	}
	line := fitted(points)
	var s Slope
	numbers := new(slopeNumbers)
	switch {
	case options.Scale == Linear:
		s = line.linear(numbers, options.Multiplier)
	case options.Transform:
		s = line.transformed(numbers, options.Scale, options.Multiplier)
	default:
		s = line.combined(numbers, options.Scale, options.Multiplier)
	}
	if options.Multiplier < 0 {
		s.RII = s.RII.reciprocal()
	}
	if s.SII.Value == nil {
		s.Intercept = nil
	}
	return s
}

// pointsWithin is the number of groups for which the points are found room on the stack:
// any breakdown in use has fewer, and more cost an allocation and nothing else.
const pointsWithin = 12

// on are the groups as points on the scale, in the room given, or why they are none.
func (g *Gradient) on(options SlopeOptions, points []point) (_ []point, reason string) {
	groups := len(g.Values)
	fromLimits := g.Errors == nil
	switch {
	case len(g.Populations) != groups || !fromLimits && len(g.Errors) != groups || fromLimits && (len(g.Lower95) != groups || len(g.Upper95) != groups):
		return nil, "columns of unequal length"
	case options.Scale != Linear && options.Scale != Log && options.Scale != Logit:
		return nil, "no scale is called " + string(options.Scale)
	case !finite(options.Multiplier) || options.Multiplier == 0:
		return nil, "multiplier is not a number other than zero"
	case groups < fewestGroups:
		return nil, "fewer than five groups"
	}
	points = points[:groups]
	for i := range points {
		p := &points[i]
		p.population, p.value = g.Populations[i], g.Values[i]
		p.scaled = options.Scale.forward(p.value)
		if fromLimits {
			p.deviation = (options.Scale.forward(g.Upper95[i]) - options.Scale.forward(g.Lower95[i])) / (2 * at95.z)
		} else {
			p.deviation = g.Errors[i]
		}
		if reason := p.fault(options.Scale, fromLimits); reason != "" {
			return nil, reason
		}
	}
	return points, ""
}

// point is one group: its value as it is and on the scale, the standard error of the
// latter, and the weights of the line.
type point struct {
	population, value, scaled, deviation float64
	slope, intercept                     float64
}

func (p *point) fault(scale Scale, fromLimits bool) string {
	switch {
	case !finite(p.population):
		return "population missing in a group"
	case p.population <= 0:
		return "population is not above zero in a group"
	case !finite(p.value):
		return "value missing in a group"
	case !finite(p.scaled):
		return "a value has no place on the " + scale.words() + " scale"
	case !finite(p.deviation) && fromLimits:
		return "limits missing in a group, or without a place on the " + scale.words() + " scale"
	case !finite(p.deviation):
		return "standard error missing in a group"
	case p.deviation < 0 && fromLimits:
		return "limits in the wrong order in a group"
	case p.deviation < 0:
		return "standard error negative in a group"
	}
	return ""
}

// line is the fitted line: its points with their weights, and sums over them on the
// scale on which they are given.
type line struct {
	points []point
	// slope and intercept are of the values, and the variances and covariance of the two
	// of standard errors.
	slope, intercept               float64
	varSlope, varIntercept, covary float64
}

// slopeNumbers are the numbers of a [Slope], which share one allocation.
type slopeNumbers struct {
	sii, rii  [5]float64
	intercept float64
}

// fitted gives each point its weights and adds the line on the scale of the points.
func fitted(points []point) line {
	total, before, spread := 0.0, 0.0, 0.0
	for _, p := range points {
		total += p.population
	}
	for i := range points {
		p := &points[i]
		share := p.population / total
		from := before + share/2 - 0.5
		before += share
		p.slope, p.intercept = share*from, share
		spread += share * from * from
	}
	l := line{points: points}
	for i := range points {
		p := &points[i]
		p.slope /= spread
		p.intercept -= p.slope / 2
		variance := p.deviation * p.deviation
		l.slope += p.slope * p.scaled
		l.intercept += p.intercept * p.scaled
		l.varSlope += p.slope * p.slope * variance
		l.varIntercept += p.intercept * p.intercept * variance
		l.covary += p.slope * p.intercept * variance
	}
	return l
}

// The methods of a slope index in the words of a methods page.
const (
	slopeMethod       = "Weighted regression on the population rank"
	slopeTransformed  = slopeMethod + ", on the "
	slopeCombination  = slopeMethod + ", Cornish-Fisher limits on the "
	relativeFieller   = slopeMethod + ", Fieller limits"
	reasonNoRelative  = "the line is not above zero at both ends"
	warningUnbounded  = " limits unbounded: the line may be zero at its first end"
	slopeScaleSpelled = " scale"
)

// linear is the index of values that are normal as they are.
func (l *line) linear(n *slopeNumbers, multiplier float64) Slope {
	s := Slope{Intercept: n.first(l.intercept * math.Abs(multiplier))}
	s.SII = n.gap(slopeMethod, multiplier, l.slope, func(c confidence) (lower, upper float64) {
		half := c.z * math.Sqrt(l.varSlope)
		return l.slope - half, l.slope + half
	})
	last := l.intercept + l.slope
	if l.intercept <= 0 || last <= 0 {
		s.RII = unavailable(reasonNoRelative)
		return s
	}
	s.RII = n.relative(relativeFieller, last/l.intercept, l.fieller)
	return s
}

// first is the line's value at its first end, or nil where it is no number.
func (n *slopeNumbers) first(value float64) *float64 {
	if n.intercept = value; !finite(value) {
		return nil
	}
	return &n.intercept
}

// gap is a difference with its limits times a multiplier, which below 0 turns them over.
func (n *slopeNumbers) gap(method string, multiplier, value float64, limits func(c confidence) (lower, upper float64)) Estimate {
	at := both(limits).times(multiplier)
	if multiplier < 0 {
		at = pairs{lower95: at.upper95, upper95: at.lower95, lower998: at.upper998, upper998: at.lower998}
	}
	return at.estimate(&n.sii, method, value*multiplier)
}

// relative is a ratio with limits that may be unbounded: NaN is a limit that is absent.
func (n *slopeNumbers) relative(method string, value float64, limits func(c confidence) (lower, upper float64)) Estimate {
	if !finite(value) {
		return unavailable(reasonNotFinite)
	}
	at := both(limits)
	n.rii = [5]float64{value, at.lower95, at.upper95, at.lower998, at.upper998}
	e := Estimate{Value: &n.rii[0], Method: method}
	for i, limit := range [...]**float64{&e.Lower95, &e.Upper95, &e.Lower998, &e.Upper998} {
		if finite(n.rii[1+i]) {
			*limit = &n.rii[1+i]
		}
	}
	e.nest()
	e.warnIf(!e.At95().Complete(), "95%"+warningUnbounded)
	e.warnIf(!e.At998().Complete(), "99.8%"+warningUnbounded)
	return e
}

// fieller are the roots r of Var(N - rD) z^2 = (N - rD)^2 for N the line at its last end
// and D at its first: NaN where D is within z of 0, since the limits are then none.
func (l *line) fieller(c confidence) (lower, upper float64) {
	z2 := c.z * c.z
	last := l.intercept + l.slope
	varLast := l.varIntercept + l.varSlope + 2*l.covary
	covary := l.varIntercept + l.covary
	square := l.intercept*l.intercept - z2*l.varIntercept
	half := last*l.intercept - z2*covary
	free := last*last - z2*varLast
	inside := half*half - square*free
	if square <= 0 || inside < 0 {
		return math.NaN(), math.NaN()
	}
	far := half + math.Copysign(math.Sqrt(inside), half)
	first, second := far/square, free/far
	if !finite(first) || !finite(second) {
		return math.NaN(), math.NaN()
	}
	return min(first, second), max(first, second)
}

// transformed is the index of a line on the log or logit scale, taken back at its ends.
func (l *line) transformed(n *slopeNumbers, scale Scale, multiplier float64) Slope {
	middle := l.intercept + l.slope/2
	ends := func(slope float64) (first, last float64) {
		return scale.back(middle - slope/2), scale.back(middle + slope/2)
	}
	first, last := ends(l.slope)
	s := Slope{Intercept: n.first(first * math.Abs(multiplier))}
	method := slopeTransformed + scale.words() + slopeScaleSpelled
	limits := func(of func(first, last float64) float64) func(confidence) (lower, upper float64) {
		return func(c confidence) (lower, upper float64) {
			half := c.z * math.Sqrt(l.varSlope)
			return of(ends(l.slope - half)), of(ends(l.slope + half))
		}
	}
	difference := func(first, last float64) float64 { return last - first }
	ratio := func(first, last float64) float64 { return last / first }
	s.SII = n.gap(method, multiplier, last-first, limits(difference))
	s.RII = estimated(method, last/first, limits(ratio))
	return s
}

// Times is the estimate times a factor above 0, such as 100 for a ratio as a percentage. A
// product that is too large to hold gives status x.
func (e Estimate) Times(factor float64) Estimate {
	if e.HasValue() && !positive(factor) {
		return unavailable(reasonMultiplier)
	}
	return e.each(func(v float64) float64 { return v * factor })
}

// each is the estimate with a function of its numbers; one that is no number any more
// leaves no value.
func (e Estimate) each(f func(float64) float64) Estimate {
	n := new([5]float64)
	for i, at := range [...]**float64{&e.Value, &e.Lower95, &e.Upper95, &e.Lower998, &e.Upper998} {
		if *at == nil {
			continue
		}
		if n[i] = f(**at); !finite(n[i]) {
			return unavailable(reasonNotFinite)
		}
		*at = &n[i]
	}
	return e
}

// reciprocal is a ratio the other way round. A lower limit that is not above 0 becomes
// an upper one without bound: it is absent, with a warning.
func (e Estimate) reciprocal() Estimate {
	for _, level := range []struct {
		lower **float64
		name  string
	}{{&e.Lower95, "95%"}, {&e.Lower998, "99.8%"}} {
		if *level.lower != nil && **level.lower <= 0 {
			*level.lower = nil
			e.warnIf(true, level.name+" upper limit unbounded: the line may be zero at its last end")
		}
	}
	return e.each(func(v float64) float64 { return 1 / v }).turned()
}

// turned is the estimate with its lower limits in the place of its upper ones.
func (e Estimate) turned() Estimate {
	e.Lower95, e.Upper95 = e.Upper95, e.Lower95
	e.Lower998, e.Upper998 = e.Upper998, e.Lower998
	return e
}
