package stats

// Shrink draws the shares of areas towards their common mean, the more so the smaller
// the area: empirical-Bayes values for ranking and mapping small areas. With p = x/n,
//
//	m = sum(x) / sum(n)
//	A = max(0, sum(n (p - m)^2) / sum(n) - m / mean(n))
//	value = m + A / (A + m/n) (p - m)
//
// Source: R. J. Marshall, Appl. Stat. 40 (1991) 283-294 (the global estimator). Valid
// for rare events, as rates or small shares, of areas that have something in common;
// where they vary no more than chance, A is 0 and every value the common mean. A shrunk
// value has no interval here and is no published rate.
//
// The slices have one length. An area that is no share, by the faults of [Rate], has
// status x and takes no part; so have all if fewer than two areas are left or nobody
// has an event.
func Shrink(counts, denominators []float64) []Estimate {
	values := make([]Estimate, len(counts))
	if len(denominators) != len(counts) {
		for i := range values {
			values[i] = unavailable("columns of unequal length")
		}
		return values
	}
	var sum, size, areas float64
	for i, x := range counts {
		crude := Rate(x, denominators[i], 1)
		if values[i] = crude; crude.HasValue() {
			sum, size, areas = sum+x, size+denominators[i], areas+1
		}
	}
	mean := sum / size
	spread := 0.0
	for i, crude := range values {
		if crude.HasValue() {
			spread += denominators[i] * (*crude.Value - mean) * (*crude.Value - mean) / size
		}
	}
	between := max(0, spread-mean/(size/areas))
	for i, crude := range values {
		switch {
		case !crude.HasValue():
		case areas < 2:
			values[i] = unavailable("fewer than two areas")
		case sum == 0:
			values[i] = unavailable("no events in any area")
		default:
			value := mean + between/(between+mean/denominators[i])*(*crude.Value-mean)
			values[i] = Estimate{Value: number(value), Method: "Empirical Bayes (Marshall, global)"}
			if values[i].Value == nil {
				values[i] = unavailable(reasonNotFinite)
			}
		}
	}
	return values
}
