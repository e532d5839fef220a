package stats

import "math"

// logitCorrection is added to both counts of a logit where one of the points has 0 or
// all: J. B. S. Haldane, Ann. Hum. Genet. 20 (1956) 309-311, and F. J. Anscombe,
// Biometrika 43 (1956) 461-464.
const logitCorrection = 0.5

// fitProportion prepares the test of a series of proportions, or says why it cannot.
func fitProportion(points []Point) (fit, string) {
	statistic, direction, reason := cochranArmitage(points)
	if reason != "" {
		return fit{}, reason
	}
	tested := fit{points: points, statistic: statistic, direction: direction}
	correction := 0.0
	for _, p := range points {
		if *p.Numerator == 0 || *p.Numerator == *p.Denominator {
			correction = logitCorrection
		}
	}
	if correction > 0 {
		tested.notes = []string{"direction by the logit with a continuity correction, because a count is 0 or all"}
	}
	tested.gradient = func(points []Point) float64 { return logitGradient(points, correction) }
	return tested, ""
}

// cochranArmitage is the chi-square for a linear trend in proportions, without the
// N/(N-1) that some texts add:
//
//	chi2 = N (N sum(c t) - C sum(d t))^2 / (C (N-C) (N sum(d t^2) - (sum d t)^2))
//
// Years are taken from their weighted mean, which leaves the value unchanged and saves
// the eight digits that years around 2020 would lose.
func cochranArmitage(points []Point) (statistic float64, direction int, reason string) {
	var cohort, cases, sum float64
	for _, p := range points {
		cohort += *p.Denominator
		cases += *p.Numerator
		sum += *p.Denominator * (p.Year - points[0].Year)
	}
	switch {
	case cases == 0:
		return 0, 0, "every numerator is zero"
	case cases >= cohort:
		return 0, 0, "every numerator equals its denominator"
	}
	mean := sum / cohort
	var effect, spread float64
	for _, p := range points {
		distance := p.Year - points[0].Year - mean
		effect += *p.Numerator * distance
		spread += *p.Denominator * distance * distance
	}
	share := cases / cohort
	return effect * effect / (share * (1 - share) * spread), sign(effect), ""
}

// logitGradient is the unweighted least-squares slope of ln(c / (d-c)) on time.
func logitGradient(points []Point, correction float64) float64 {
	weighted := make([]weightedPoint, len(points))
	for i, p := range points {
		odds := (*p.Numerator + correction) / (*p.Denominator - *p.Numerator + correction)
		weighted[i] = weightedPoint{time: p.Year, value: math.Log(odds), weight: 1}
	}
	slope, _ := weightedSlope(weighted)
	return slope
}
