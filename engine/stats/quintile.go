package stats

import "math"

// fifths is the number of groups of a quintile.
const fifths = 5

// QuintileBounds are the six bounds of the fifths of a list of areas, lowest first: the
// least value, the 20%, 40%, 60% and 80% points, and the greatest. A point is interpolated
// between the two values about it, at position (n-1) p from the lowest, and rounded to
// ten decimals so that a value equal to it counts as equal.
//
// Source: R. J. Hyndman and Y. Fan, Am. Stat. 50 (1996) 361-365, definition 7, which
// spreadsheets call inclusive; the categories are comparator method 15 of the Fingertips
// public health technical guidance. They describe where an area lies among others and
// test nothing. Fewer than five values give nil and the reason.
func QuintileBounds(values []*float64) (bounds []float64, reason string) {
	present := presentInOrder(values)
	if len(present) < fifths {
		return nil, "fewer than five areas"
	}
	bounds = make([]float64, fifths+1)
	for i := range bounds {
		position := float64(len(present)-1) * float64(i) / fifths
		below := int(position)
		bounds[i] = present[below]
		if part := position - float64(below); part > 0 {
			bounds[i] += part * (present[below+1] - present[below])
		}
		if !finite(bounds[i]) {
			return nil, reasonNotFinite
		}
		if i > 0 && i < fifths {
			bounds[i] = roundedBound(bounds[i])
		}
	}
	return bounds, ""
}

// roundedBound rounds to ten decimals where a number has that many.
func roundedBound(v float64) float64 {
	const decimals = 1e10
	if rounded := math.Round(v*decimals) / decimals; finite(rounded) {
		return rounded
	}
	return v
}

// Quintile is the fifth in which a value lies: 1 for the lowest and 5 for the highest, or
// the other way round where high is good, so that 1 is the best where there is one of a
// low or high polarity. A value on a bound belongs to the lower fifth. A value beyond the
// bounds, or bounds that are none, give 0.
func Quintile(value float64, bounds []float64, polarity Polarity) int {
	if len(bounds) != fifths+1 || !finite(value) || value < bounds[0] {
		return 0
	}
	for i := 1; i <= fifths; i++ {
		if value <= bounds[i] {
			if polarity == High {
				return fifths + 1 - i
			}
			return i
		}
	}
	return 0
}
