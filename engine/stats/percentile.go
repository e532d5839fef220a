package stats

import "math"

// leastForPercentile is the number of areas under which a percentile of them is no
// yardstick: the guard of the quantiles of areas.
const leastForPercentile = 5

// Percentile is the value below which p of a hundred of the values that exist lie, p from
// 0 to 100, and how many values there are. Between two values it is found by
//
//	x[j] + (h - j)(x[j+1] - x[j]),  h = (n - 1) p/100,  j = floor(h),  x ascending from x[0]
//
// Source: Hyndman and Fan (1996), American Statistician 50, 361-365, definition 7, which
// spreadsheets and R use by default. With fewer than five values, or p outside its range,
// it is nil.
func Percentile(values []*float64, p float64) (percentile *float64, n int) {
	present := presentInOrder(values)
	n = len(present)
	if n < leastForPercentile || math.IsNaN(p) || p < 0 || p > 100 {
		return nil, n
	}
	h := float64(n-1) * p / 100
	j := min(int(h), n-2)
	part := h - float64(j)
	return number(present[j]*(1-part) + present[j+1]*part), n
}
