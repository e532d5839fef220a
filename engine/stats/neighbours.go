package stats

import "slices"

// Neighbours are those of each area, by their places in the slices of values. An area is none of its own.
type Neighbours [][]int

// of are the neighbours of an area that hold, each once and in order, and with self the area among them.
func (n Neighbours) of(area int, self bool, holds func(int) bool) []int {
	var found []int
	for _, other := range n[area] {
		if other != area && other >= 0 && other < len(n) && holds(other) {
			found = append(found, other)
		}
	}
	if self {
		found = append(found, area)
	}
	slices.Sort(found)
	return slices.Compact(found)
}
