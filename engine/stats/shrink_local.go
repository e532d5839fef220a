package stats

// ShrinkLocal draws the share of each area towards the mean of its neighbourhood, itself among it, the more so the smaller the
// area. With p = x/n, and N the neighbourhood of area i,
//
//	m_i = sum over N of x / sum over N of n
//	A_i = max(0, sum over N of n_j (p_j - m_j)^2 / sum over N of n - m_i / mean over N of n)
//	value = m_i + A_i / (A_i + m_i/n_i) (p_i - m_i)
//
// Source: R. J. Marshall, Appl. Stat. 40 (1991) 283-294 (the local estimator), as spdep has it, where each share is held against
// the mean of its own neighbourhood. Valid for rare events of areas of which the near are alike; where a neighbourhood has no
// event, its value is 0. A shrunk value has no interval here and is no published rate.
//
// The slices have one length. An area that is no share, by the faults of [Rate], has status x and is nobody's neighbour; so has
// one without neighbours.
func ShrinkLocal(counts, denominators []float64, neighbours Neighbours) []Estimate {
	values := make([]Estimate, len(counts))
	if len(denominators) != len(counts) || len(neighbours) != len(counts) {
		for i := range values {
			values[i] = unavailable("columns of unequal length")
		}
		return values
	}
	crude := make([]Estimate, len(counts))
	for i, x := range counts {
		crude[i] = Rate(x, denominators[i], 1)
	}
	near, means, sizes := make([][]int, len(counts)), make([]float64, len(counts)), make([]float64, len(counts))
	for i := range counts {
		near[i] = neighbours.of(i, true, func(other int) bool { return crude[other].HasValue() })
		events := 0.0
		for _, j := range near[i] {
			events, sizes[i] = events+counts[j], sizes[i]+denominators[j]
		}
		means[i] = events / sizes[i]
	}
	for i := range counts {
		switch {
		case !crude[i].HasValue():
			values[i] = crude[i]
			continue
		case len(near[i]) < 2:
			values[i] = unavailable("no neighbour has a value")
			continue
		}
		spread := 0.0
		for _, j := range near[i] {
			apart := *crude[j].Value - means[j]
			spread += denominators[j] * apart * apart / sizes[i]
		}
		between, value := max(0, spread-means[i]/(sizes[i]/float64(len(near[i])))), means[i]
		if all := between + means[i]/denominators[i]; all > 0 {
			value += between / all * (*crude[i].Value - means[i])
		}
		if values[i] = (Estimate{Value: number(value), Method: "Empirical Bayes (Marshall, local)"}); values[i].Value == nil {
			values[i] = unavailable(reasonNotFinite)
		}
	}
	return values
}
