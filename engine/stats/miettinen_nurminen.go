package stats

import "math"

// DifferenceMiettinenNurminen is the first proportion minus the second, from two
// independent pairs of counts, with score limits: every difference D that a score test
// would not reject at the level. With d the observed difference, P1 and P2 the most
// likely proportions under P1 - P2 = D, and N = n1 + n2:
//
//	(d - D)^2 = z^2 V(D),  V(D) = (P1(1-P1)/n1 + P2(1-P2)/n2) N/(N-1)
//
// P2 is the root between max(0, -D) and min(1, 1-D) of the cubic
//
//	N P^3 + ((n1 + 2 n2) D - N - x1 - x2) P^2 + (n2 D^2 - (N + 2 x2) D + x1 + x2) P + x2 D (1 - D) = 0
//
// Source: O. Miettinen and M. Nurminen, Stat. Med. 4 (1985) 213-226, equations 8 and 9
// and appendix 1. Its coverage is the closest to nominal of the methods that Newcombe
// compared (1998, method 5 is the same without N/(N-1)); [DifferenceNewcombe] is close to
// it and needs no iteration. Valid wherever both proportions are and N > 1; the limits
// never leave -1 to 1 (times the multiplier). A pair that is no proportion gives status
// x and a reason that says which pair.
func DifferenceMiettinenNurminen(x1, n1, x2, n2, multiplier float64) Estimate {
	if reason := twoProportionsFault(x1, n1, x2, n2, multiplier); reason != "" {
		return unavailable(reason)
	}
	if n1+n2 <= 1 || !finite(n1+n2) {
		return unavailable("the two denominators together are not above one")
	}
	pair := scorePair{x1: x1, n1: n1, x2: x2, n2: n2}
	difference := pair.difference()
	return estimated("Miettinen-Nurminen score", difference*multiplier, func(c confidence) (lower, upper float64) {
		lower = crossing(-1, difference, func(d float64) bool { return pair.score(d) > c.z })
		upper = crossing(1, difference, func(d float64) bool { return pair.score(d) < -c.z })
		return lower * multiplier, upper * multiplier
	})
}

// scorePair is a pair of proportions whose difference is tested.
type scorePair struct{ x1, n1, x2, n2 float64 }

func (p scorePair) difference() float64 { return p.x1/p.n1 - p.x2/p.n2 }

// score is the standardised distance of the observed difference from d, which falls as d
// rises. Where the most likely proportions leave no variance it is infinite.
func (p scorePair) score(d float64) float64 {
	first, second, rest := p.likely(d)
	total := p.n1 + p.n2
	variance := (first*rest/p.n1 + second*(1-second)/p.n2) * total / (total - 1)
	return (p.difference() - d) / math.Sqrt(variance)
}

// likely are the proportions of greatest likelihood whose difference is d, and what is left
// of the first to 1. The cubic's middle root in closed form begins; the steps to the root
// of the likelihood's slope end it, because the cubic loses half its digits where a
// proportion is close to 0 or 1.
func (p scorePair) likely(d float64) (first, second, rest float64) {
	low, high := math.Max(0, -d), math.Min(1, 1-d)
	at := func(second float64) (float64, float64, float64) { return second + d, second, (1 - d) - second }
	if value, _ := p.slope(d, low); !(value > 0) {
		return at(low)
	}
	if value, _ := p.slope(d, high); !(value < 0) {
		return at(high)
	}
	second = p.middleRoot(d)
	const steps = 100 // halving alone needs half as many
	for range steps {
		if !(second > low && second < high) {
			second = midpoint(low, high)
		}
		value, steepness := p.slope(d, second)
		if value > 0 {
			low = second
		} else {
			high = second
		}
		next := second + value/steepness
		// The step after one so small would be lost in rounding.
		settled := math.Abs(next-second) <= 1e-9*second
		if second = next; settled {
			break
		}
	}
	return at(math.Max(low, math.Min(high, second)))
}

// slope is the derivative of the likelihood's logarithm in the second proportion, which
// falls throughout, and how steeply it falls.
func (p scorePair) slope(d, second float64) (value, steepness float64) {
	for _, part := range [4][2]float64{
		{p.x1, second + d}, {p.x1 - p.n1, (1 - d) - second}, {p.x2, second}, {p.x2 - p.n2, 1 - second},
	} {
		if part[0] != 0 {
			value += part[0] / part[1]
			steepness += math.Abs(part[0]) / (part[1] * part[1])
		}
	}
	return value, steepness
}

// middleRoot is the root of the cubic that lies between 0 and 1, but for rounding.
func (p scorePair) middleRoot(d float64) float64 {
	total, cases := p.n1+p.n2, p.x1+p.x2
	square := ((p.n1+2*p.n2)*d - total - cases) / total
	linear := (p.n2*d*d - (total+2*p.x2)*d + cases) / total
	constant := p.x2 * d * (1 - d) / total
	third := square / 3
	q := third*third*third - square*linear/6 + constant/2
	r := math.Copysign(math.Sqrt(math.Max(0, third*third-linear/3)), q)
	cosine := math.Max(-1, math.Min(1, q/(r*r*r)))
	return 2*r*math.Cos((math.Pi+math.Acos(cosine))/3) - third
}

// crossing halves the interval between a far end, at which beyond holds or which is the
// limit itself, and a near one, at which it does not, until no number lies between.
func crossing(far, near float64, beyond func(float64) bool) float64 {
	for {
		middle := midpoint(far, near)
		if middle == far || middle == near {
			return middle
		}
		if beyond(middle) {
			far = middle
		} else {
			near = middle
		}
	}
}
