package stats

import "math"

// combined is the index of a line fitted to values that are lognormal or logit-normal:
// percentiles of a sum of independent, skewed parts.
func (l *line) combined(n *slopeNumbers, scale Scale, multiplier float64) Slope {
	first, last := 0.0, 0.0
	parts := make([]cumulants, len(l.points))
	for i, p := range l.points {
		first += p.intercept * p.value
		last += (p.intercept + p.slope) * p.value
		parts[i] = cumulantsOn(scale, p.scaled, p.deviation)
	}
	s := Slope{Intercept: n.first(first * math.Abs(multiplier))}
	method := slopeCombination + scale.words() + slopeScaleSpelled
	s.SII = n.gap(method, multiplier, last-first, func(c confidence) (lower, upper float64) {
		sum := l.sum(parts, func(p *point) float64 { return p.slope })
		return sum.percentile(-c.z), sum.percentile(c.z)
	})
	if first <= 0 || last <= 0 {
		s.RII = unavailable(reasonNoRelative)
		return s
	}
	s.RII = n.relative(method, last/first, func(c confidence) (lower, upper float64) {
		return l.ratioPercentile(parts, -c.z, last/first), l.ratioPercentile(parts, c.z, last/first)
	})
	return s
}

// sum are the cumulants of the parts, each times its weight.
func (l *line) sum(parts []cumulants, weight func(*point) float64) cumulants {
	var sum cumulants
	for i := range l.points {
		w := weight(&l.points[i])
		power := w
		for order := range sum {
			sum[order] += power * parts[i][order]
			power *= w
		}
	}
	return sum
}

// ratioPercentile is the ratio r of the line's ends at which last - r first has its
// percentile at 0: P(last / first <= r) = P(last - r first <= 0) where first is above 0.
// It is NaN where no r does, since first may then be 0.
func (l *line) ratioPercentile(parts []cumulants, deviate, value float64) float64 {
	// Beyond this many times the ratio, and this part of it, a limit says nothing.
	const widest = 1e6
	below := func(r float64) float64 {
		return -l.sum(parts, func(p *point) float64 { return p.slope + (1-r)*p.intercept }).percentile(deviate)
	}
	low, high := value/widest, value*widest
	if first := l.sum(parts, func(p *point) float64 { return p.intercept }); first.percentile(-math.Abs(deviate)) <= 0 {
		return math.NaN()
	}
	if !(below(low) < 0 && below(high) > 0) {
		return math.NaN()
	}
	return increasingRoot(low, high, value, func(r float64) (v, slope float64) {
		const step = 1e-6 // of the ratio: only how fast the search ends depends on it
		v = below(r)
		return v, (below(r*(1+step)) - v) / (r * step)
	})
}

// cumulants are the first four of a distribution.
type cumulants [4]float64

// percentile is the percentile at a standard normal deviate by Cornish and Fisher's
// expansion to the fourth cumulant.
func (k cumulants) percentile(z float64) float64 {
	sd := math.Sqrt(k[1])
	if sd == 0 {
		return k[0]
	}
	skew, peak := k[2]/(sd*sd*sd), k[3]/(k[1]*k[1])
	w := z + skew*(z*z-1)/6 + peak*(z*z*z-3*z)/24 - skew*skew*(2*z*z*z-5*z)/36
	return k[0] + sd*w
}

// cumulantsOn are those of a value whose logarithm or logit is normal.
func cumulantsOn(scale Scale, centre, deviation float64) cumulants {
	if scale == Log {
		return lognormalCumulants(centre, deviation)
	}
	return logitNormalCumulants(centre, deviation)
}

// lognormalCumulants are in closed form (N. L. Johnson, S. Kotz and N. Balakrishnan,
// Continuous Univariate Distributions 1, 2nd ed. 1994, section 14.3).
func lognormalCumulants(centre, deviation float64) cumulants {
	more := math.Expm1(deviation * deviation)
	w := 1 + more
	mean := math.Exp(centre + deviation*deviation/2)
	variance := mean * mean * more
	return cumulants{
		mean,
		variance,
		variance * mean * more * (w + 2),
		variance * variance * (w*w*w*w + 2*w*w*w + 3*w*w - 6),
	}
}

// The moments of a logit-normal value have no closed form. The trapezoidal rule is as
// exact for them as numbers allow: its error falls as exp(-2 pi^2 / step^2) on smooth
// functions under a normal density, and beyond reach the density is under 1e-17.
const (
	trapezoid = 0.25
	reach     = 9.0
)

func logitNormalCumulants(centre, deviation float64) cumulants {
	var mass, mean float64
	each := func(add func(value, weight float64)) {
		for x := -reach; x <= reach; x += trapezoid {
			add(Logit.back(centre+deviation*x), math.Exp(-x*x/2))
		}
	}
	each(func(value, weight float64) {
		mass += weight
		mean += weight * value
	})
	mean /= mass
	var second, third, fourth float64
	each(func(value, weight float64) {
		distance := value - mean
		square := distance * distance
		second += weight * square
		third += weight * square * distance
		fourth += weight * square * square
	})
	second, third, fourth = second/mass, third/mass, fourth/mass
	return cumulants{mean, second, third, fourth - 3*second*second}
}
