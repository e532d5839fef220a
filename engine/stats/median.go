package stats

// Median is the middle of the values that exist, or the mean of the middle two, and
// how many there are ("13 of 20"). It describes a group of neighbours and is never a
// test. With no value it is nil.
func Median(values []*float64) (median *float64, n int) {
	present := presentInOrder(values)
	n = len(present)
	if n == 0 {
		return nil, 0
	}
	middle := present[n/2]
	if n%2 == 0 {
		middle = midpoint(present[n/2-1], middle)
	}
	return &middle, n
}

// midpoint is the mean of two numbers. The plain sum rounds best; halves are added
// only where it would overflow.
func midpoint(a, b float64) float64 {
	if mean := (a + b) / 2; finite(mean) {
		return mean
	}
	return a/2 + b/2
}
