package stats

import "slices"

// fewestAreas is the number under which areas are not put into quantiles: four areas in
// four quarters say no more than their ranks.
const fewestAreas = 5

// AreaQuantiles puts areas into so many quantiles by their values, NaN where one is
// missing. Quantile 1 holds the lowest values or, with highFirst, the highest. With r the
// rank from the first, ties sharing the better rank, of N areas and k quantiles:
//
//	q = k + 1 - ceiling((N + 1 - r) k / N), at least 1
//
// as deprivation quantiles are made in England's public health profiles (PHE, Technical
// Guide: Assigning Deprivation Categories, 2018), but in whole numbers: dividing N by k
// first misplaces an area on a boundary for k of 20 and 100. Quantiles need not be of
// one size, and ties are never parted.
//
// An area without a value is in quantile 0. The reason says why no area is in any:
// "fewer than five areas", "fewer areas than quantiles", "fewer than two quantiles".
func AreaQuantiles(values []float64, quantiles int, highFirst bool) (of []int, reason string) {
	ordered := make([]float64, 0, len(values))
	for _, v := range values {
		if finite(v) {
			ordered = append(ordered, v)
		}
	}
	of = make([]int, len(values))
	areas := len(ordered)
	switch {
	case quantiles < 2:
		return of, "fewer than two quantiles"
	case areas < fewestAreas:
		return of, "fewer than five areas"
	case areas < quantiles:
		return of, "fewer areas than quantiles"
	}
	slices.Sort(ordered)
	for i, v := range values {
		if !finite(v) {
			continue
		}
		before, _ := slices.BinarySearch(ordered, v)
		if highFirst {
			notHigher, _ := slices.BinarySearchFunc(ordered, v, firstAbove)
			before = areas - notHigher
		}
		remaining := areas - before
		of[i] = max(1, quantiles+1-(remaining*quantiles+areas-1)/areas)
	}
	return of, ""
}
