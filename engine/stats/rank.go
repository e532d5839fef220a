package stats

import "slices"

// Rank gives each value its place among the values: 1 is the best (the highest where
// neither direction is better), ties share the better place, and a missing value has
// rank 0 and is not counted. A rank is a position and carries no verdict.
func Rank(values []*float64, polarity Polarity) (ranks []int, of int) {
	ascending := presentInOrder(values)
	of = len(ascending)
	ranks = make([]int, len(values))
	for i, value := range values {
		if !known(value) {
			continue
		}
		lower, _ := slices.BinarySearch(ascending, *value)
		ranks[i] = lower + 1
		if polarity != Low {
			notHigher, _ := slices.BinarySearchFunc(ascending, *value, firstAbove)
			ranks[i] = of - notHigher + 1
		}
	}
	return ranks, of
}

// firstAbove steers a binary search past every element equal to the target.
func firstAbove(element, target float64) int {
	if element <= target {
		return -1
	}
	return 1
}

// presentInOrder returns the values that exist, lowest first.
func presentInOrder(values []*float64) []float64 {
	present := make([]float64, 0, len(values))
	for _, value := range values {
		if known(value) {
			present = append(present, *value)
		}
	}
	slices.Sort(present)
	return present
}
