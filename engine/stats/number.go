package stats

import (
	"math"
	"strconv"
)

// finite reports whether v is an ordinary number: NaN is not at most anything.
func finite(v float64) bool { return math.Abs(v) <= math.MaxFloat64 }

// known reports whether v points at an ordinary number. A caller's NaN or infinity is
// treated like an absent number, so that it can never travel into a result.
func known(v *float64) bool { return v != nil && finite(*v) }

// number returns a pointer to v, or nil where v is not an ordinary number.
func number(v float64) *float64 {
	if !finite(v) {
		return nil
	}
	return &v
}

// shownDigits is the number of significant digits of a number quoted in a reason or a
// warning: enough for any published figure, few enough to hide binary remainders.
const shownDigits = 6

// shown writes a number for a reason or a warning: "3.4", "5174".
func shown(v float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', shownDigits, 64), 64)
	if err != nil {
		return strconv.FormatFloat(v, 'g', shownDigits, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// shownStatistic writes a test statistic as tables print it, to two decimals.
func shownStatistic(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

// sign returns -1, 0 or 1.
func sign(v float64) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}
