package stats

import "math"

// Cluster is whether an area and its neighbours are high or low together.
type Cluster struct {
	// Z is Getis and Ord's Gi*, a standard normal deviate where the values have nothing to do with their place: high above 0 where
	// the neighbourhood is high. Probability is its two-sided p value.
	Z, Probability *float64
	// Moran is Anselin's local Moran's I: above 0 where the area is like its neighbours, below where it is unlike them.
	Moran *float64
	// Status and Reason say why there is nothing.
	Status, Reason string
}

// Clusters finds for each area whether it and its neighbours are high or low together. With N the neighbours of i, k their number
// with i among them, xbar the mean of all n values and s^2 their variance over n,
//
//	Gi* = (sum over N and i of x - k xbar) / (s sqrt((n k - k^2) / (n - 1)))
//	Ii  = (x_i - xbar) / s^2  mean over N of (x_j - xbar)
//
// Sources: J. K. Ord and A. Getis, Geogr. Anal. 27 (1995) 286-306 (with weights 0 and 1); L. Anselin, Geogr. Anal. 27 (1995) 93-115
// (with the weights of a row adding up to 1). The p value holds where each neighbourhood has several areas and the values are no
// further from normal than rates of like populations are; many areas are tested at once, so it is one of a family ([Adjust]).
// Neighbours share neighbours: what is found near what is found is no second finding.
//
// The slices have one length. A value that is not finite gives status x and is nobody's neighbour, and so has an area without
// neighbours, or with all others for neighbours. Fewer than three values, or values that are all alike, have none.
func Clusters(values []float64, neighbours Neighbours) []Cluster {
	found := make([]Cluster, len(values))
	refuse := func(reason string) []Cluster {
		for i := range found {
			found[i] = Cluster{Status: StatusUnavailable, Reason: reason}
		}
		return found
	}
	if len(neighbours) != len(values) {
		return refuse("columns of unequal length")
	}
	n, mean := 0.0, 0.0
	for _, x := range values {
		if finite(x) {
			n++
			mean += (x - mean) / n
		}
	}
	variance := 0.0
	for _, x := range values {
		if finite(x) {
			variance += (x - mean) * (x - mean) / n
		}
	}
	switch {
	case n < 3:
		return refuse("fewer than three areas have a value")
	case variance == 0:
		return refuse("the values are all alike")
	case !finite(variance):
		return refuse(reasonNotFinite)
	}
	for i, x := range values {
		near := neighbours.of(i, false, func(other int) bool { return finite(values[other]) })
		k := float64(len(near) + 1)
		switch {
		case !finite(x):
			found[i] = Cluster{Status: StatusUnavailable, Reason: reasonValueMissing}
			continue
		case k < 2:
			found[i] = Cluster{Status: StatusUnavailable, Reason: "no neighbour has a value"}
			continue
		}
		sum := 0.0
		for _, j := range near {
			sum += values[j] - mean
		}
		found[i].Moran = number((x - mean) / variance * (sum / (k - 1)))
		if k == n {
			found[i].Status, found[i].Reason = StatusUnavailable, "all other areas are its neighbours"
			continue
		}
		z := (sum + x - mean) / math.Sqrt(variance*(n*k-k*k)/(n-1))
		found[i].Z, found[i].Probability = number(z), number(math.Erfc(math.Abs(z)/math.Sqrt2))
	}
	return found
}
