package stats

// weightedPoint is one observation of a weighted regression.
type weightedPoint struct {
	time, value, weight float64
}

// fitWeighted prepares the test of a series of values with 95% limits, or says why it
// cannot.
func fitWeighted(points []Point) (fit, string) {
	for _, p := range points {
		if !positive(*p.Estimate.Upper95 - *p.Estimate.Lower95) {
			return fit{}, "an interval has no width (" + p.Period + ")"
		}
	}
	slope, variance := weightedSlope(weighted(points))
	return fit{
		points:    points,
		statistic: slope * slope / variance,
		direction: sign(slope),
		gradient: func(points []Point) float64 {
			slope, _ := weightedSlope(weighted(points))
			return slope
		},
	}, ""
}

// weighted gives each value the weight 1/s^2, s = (upper - lower) / (2 z) its standard
// error. The guidance prints 2 z as 3.92; the full quantile, as everywhere here, moves
// the statistic by 0.004%.
func weighted(points []Point) []weightedPoint {
	observations := make([]weightedPoint, len(points))
	for i, p := range points {
		deviation := (*p.Estimate.Upper95 - *p.Estimate.Lower95) / (2 * at95.z)
		observations[i] = weightedPoint{time: p.Year, value: *p.Estimate.Value, weight: 1 / (deviation * deviation)}
	}
	return observations
}

// weightedSlope is the weighted least-squares slope and its variance, from centred sums:
//
//	slope = sum w (t - tbar)(y - ybar) / sum w (t - tbar)^2,  Var = 1 / sum w (t - tbar)^2
//
// which is S0/(S0 S2 - S1^2) without its cancellation.
func weightedSlope(observations []weightedPoint) (slope, variance float64) {
	var weight, time, value float64
	for _, o := range observations {
		weight += o.weight
		time += o.weight * (o.time - observations[0].time)
		value += o.weight * o.value
	}
	time, value = time/weight, value/weight
	var products, squares float64
	for _, o := range observations {
		distance := o.time - observations[0].time - time
		products += o.weight * distance * (o.value - value)
		squares += o.weight * distance * distance
	}
	return products / squares, 1 / squares
}
