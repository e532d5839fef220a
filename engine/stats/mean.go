package stats

import (
	"fmt"
	"math"
)

// Sample is the mean of a sample with what it was made from.
type Sample struct {
	Estimate
	// N is the number of values that exist.
	N int
	// SD is the standard deviation of the sample, with n - 1; nil where there is no mean.
	SD *float64
}

// Mean is the mean of a sample of values, NaN where one is missing, with limits by
// Student's t:
//
//	m -/+ t(1 - alpha/2; n - 1) s / sqrt n
//
// Source: Student, Biometrika 6 (1908) 1-25. Valid for a random sample of a roughly
// normal measure, or of any measure when n is large. The variance is that of the
// distances from the mean, summed in a second pass and corrected for what rounding left
// in the mean, so that values far from 0 keep their digits (T. F. Chan, G. H. Golub and
// R. J. LeVeque, Am. Stat. 37 (1983) 242-247).
//
// A sample in which a value is missing has status x and says how many: a mean of the
// rest would be that of another sample. So has one of fewer than two values.
func Mean(values []float64) Sample {
	n, reason := present(values)
	if reason == "" && n < 2 {
		reason = "fewer than two values"
	}
	if reason != "" {
		return Sample{Estimate: unavailable(reason), N: n}
	}
	size := float64(n)
	mean := 0.0
	for _, v := range values {
		mean += v / size
	}
	var sum, squares float64
	for _, v := range values {
		sum += v - mean
		squares += (v - mean) * (v - mean)
	}
	mean += sum / size
	sd := math.Sqrt(math.Max(0, squares-sum*sum/size) / (size - 1))
	if !finite(mean) || !finite(sd) {
		return Sample{Estimate: unavailable(reasonNotFinite), N: n}
	}
	e := MeanOf(mean, sd, size)
	if !e.HasValue() {
		return Sample{Estimate: e, N: n}
	}
	return Sample{Estimate: e, N: n, SD: &sd}
}

// MeanOf is the mean of a sample whose values are not held, from its published mean,
// standard deviation (with n - 1) and size; limits and validity are those of [Mean]. One
// of the three missing, a deviation below 0 and a size under 2 give status x.
func MeanOf(mean, deviation, size float64) Estimate {
	switch {
	case !finite(mean):
		return unavailable(reasonValueMissing)
	case !finite(deviation):
		return unavailable("standard deviation missing")
	case !finite(size):
		return unavailable("size of the sample missing")
	case deviation < 0:
		return unavailable(reasonNegative)
	case size < 2:
		return unavailable("fewer than two values")
	}
	return estimated("Student's t", mean, func(c confidence) (lower, upper float64) {
		half := studentT(c, size-1) * deviation / math.Sqrt(size)
		return mean - half, mean + half
	})
}

// present counts the values that exist, and says why the others make the sample none.
func present(values []float64) (n int, reason string) {
	for _, v := range values {
		if finite(v) {
			n++
		}
	}
	switch {
	case n == 0:
		return 0, reasonValueMissing
	case n < len(values):
		return n, fmt.Sprintf("%s: %d of %d", reasonValueMissing, len(values)-n, len(values))
	}
	return n, ""
}
