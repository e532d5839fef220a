package stats

import (
	"slices"
	"strings"
)

// The outcomes of a trend.
const (
	// GettingBetter and GettingWorse are significant changes of a measure with a good
	// direction.
	GettingBetter, GettingWorse = "getting-better", "getting-worse"
	// Increasing and Decreasing are significant changes of a neutral measure.
	Increasing, Decreasing = "increasing", "decreasing"
	// NoSignificantChange means that the test found no change, or that it hangs on one
	// period.
	NoSignificantChange = "no-significant-change"
	// CannotCalculate means that the test could not be made; the reason says why.
	CannotCalculate = "cannot-calculate"
)

// The rules of a trend.
const (
	// RuleRecent is the rule of RecentTrend, the last five periods.
	RuleRecent = "recent"
	// RuleAll is the rule of LongTrend, every period.
	RuleAll = "all"
	// RuleRecentRatio is that of RecentTrend where the points are ratios to a
	// comparator, as amounts of money are.
	RuleRecentRatio = "recent-ratio"
)

const (
	// recentPeriods is the number of periods tested. Fewer cannot tell a trend from one
	// odd year; more would hide a turn.
	recentPeriods = 5
	// trendThreshold is the 99.8% quantile of chi-square with 1 degree of freedom
	// (= 3.0902^2), printed as 9.55 in the guidance.
	trendThreshold = 9.54953570608324
)

// Point is one period of a series.
type Point struct {
	// Period is the label of the period, such as "2021/22".
	Period string
	// Year is the position on the time axis. Only distances matter.
	Year float64
	// Numerator and Denominator are the counts of a proportion; nil where unknown. A
	// numerator worked back from a percentage need not be whole.
	Numerator, Denominator *float64
	// Estimate is the value with its limits.
	Estimate Estimate
	// Span is the length of the period on the scale of Year: 3 for a rolling three-year
	// period. With 0 the length is unknown and overlap is not checked.
	Span float64
}

// Trend is what a series shows over the periods tested.
type Trend struct {
	// From and To are the labels of the first and last period used.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// Points is the number of periods used.
	Points int `json:"points"`
	// Statistic is the chi-square with 1 degree of freedom, nil where there is none.
	Statistic *float64 `json:"statistic,omitempty"`
	// Slope is the gradient per unit of Year: on the logit scale for proportions, in the
	// value's own unit otherwise.
	Slope *float64 `json:"slope,omitempty"`
	// Outcome is one of the trend outcomes of this package, such as GettingWorse.
	Outcome string `json:"outcome"`
	// Rule is RuleRecent, RuleAll, or RuleRecentRatio where the caller passed ratios.
	Rule string `json:"rule"`
	// Reason explains the outcome in words.
	Reason string `json:"reason,omitempty"`
}

// fit is a gradient test of some points; how it is made depends on the measure.
type fit struct {
	points []Point
	// statistic is the chi-square of all points.
	statistic float64
	// direction is the sign of the effect that the statistic tests.
	direction int
	// gradient is the slope of a subset of the points: all of them, or all but one.
	gradient func(points []Point) float64
	// notes are caveats for the reason.
	notes []string
}

// RecentTrend tests the last five periods that can be used, at 99.8%: the recent trend
// of the Fingertips public health technical guidance.
//
// For a proportion (each point with Numerator and Denominator) the statistic is
// Cochran-Armitage's and the gradient the regression of the logit on time. For
// anything else (each point with Value and 95% limits) both come from a regression
// weighted by 1/s^2. With t the time, c of d the counts, N = sum d and C = sum c,
// w = 1/s^2 and s = (upper - lower) / (2 x 1.959964):
//
//	proportion  chi2 = N (N sum ct - C sum dt)^2 / (C (N-C) (N sum dt^2 - (sum dt)^2))
//	otherwise   chi2 = slope^2 / Var,  Var = S0 / (S0 S2 - S1^2),  Sk = sum w t^k
//
// Sources: W. G. Cochran, Biometrics 10 (1954) 417-451; P. Armitage, Biometrics 11
// (1955) 375-386. Change is significant if
//
//	chi-square(1) > 9.54953570608324
//
// and the gradient keeps its sign when each of the five is left out in turn. Where very
// unequal denominators set the weighted test against the unweighted gradient, the
// outcome is no significant change too: neither direction is established.
//
// Points are taken in order of Year; those without the numbers needed are passed over,
// and the reason says "periods are not consecutive" when the five are unevenly spaced.
// Fewer than five, two points at one Year, overlapping periods, counts all 0 or all
// full, and an interval without width cannot be calculated. The caller passes no point
// from before a break.
func RecentTrend(points []Point, polarity Polarity, proportion bool) Trend {
	usable := inOrder(points, proportion)
	return trendOver(RuleRecent, usable[max(0, len(usable)-recentPeriods):], polarity, proportion)
}

// trendOver tests points that are in order of time and have the numbers needed. The notes
// are caveats for the reason.
func trendOver(rule string, points []Point, polarity Polarity, proportion bool, notes ...string) Trend {
	trend := Trend{Rule: rule, Points: len(points)}
	if len(points) > 0 {
		trend.From, trend.To = points[0].Period, points[len(points)-1].Period
	}
	if reason := spacingFault(points); reason != "" {
		return trend.cannot(strings.Join(append([]string{reason}, notes...), "; "))
	}
	var tested fit
	var reason string
	if proportion {
		tested, reason = fitProportion(points)
	} else {
		tested, reason = fitWeighted(points)
	}
	if reason != "" {
		return trend.cannot(reason)
	}
	if uneven(points) {
		tested.notes = append(tested.notes, "periods are not consecutive")
	}
	tested.notes = append(tested.notes, notes...)
	return trend.conclude(tested, polarity)
}

// cannot marks the trend as one that could not be calculated.
func (t Trend) cannot(reason string) Trend {
	t.Outcome, t.Reason = CannotCalculate, reason
	return t
}

// conclude applies the threshold and the guards to a fit.
func (t Trend) conclude(f fit, polarity Polarity) Trend {
	slope := f.gradient(f.points)
	if !finite(slope) || !finite(f.statistic) {
		return t.cannot(reasonNotFinite)
	}
	t.Slope, t.Statistic = &slope, &f.statistic
	t.Outcome = NoSignificantChange
	var reason string
	switch period, stable := f.stable(slope); {
	case f.statistic <= trendThreshold:
		reason = "chi-square " + shownStatistic(f.statistic) + " does not exceed " + shownStatistic(trendThreshold)
	case !stable:
		reason = "the direction depends on one period (" + period + ")"
	case f.direction != sign(slope):
		reason = "the test and the gradient differ in direction"
	default:
		t.Outcome = trendOutcome(sign(slope), polarity)
		reason = "chi-square " + shownStatistic(f.statistic) + " exceeds " + shownStatistic(trendThreshold)
	}
	t.Reason = strings.Join(append([]string{reason}, f.notes...), "; ")
	return t
}

// stable leaves out each point in turn. Where the gradient changes sign it returns the
// period that was left out.
func (f fit) stable(slope float64) (period string, ok bool) {
	for i := range f.points {
		rest := slices.Delete(slices.Clone(f.points), i, i+1)
		if sign(f.gradient(rest)) != sign(slope) {
			return f.points[i].Period, false
		}
	}
	return "", true
}

// trendOutcome names a significant change.
func trendOutcome(direction int, polarity Polarity) string {
	rising := direction > 0
	switch polarity {
	case High, Low:
		if rising == (polarity == High) {
			return GettingBetter
		}
		return GettingWorse
	}
	if rising {
		return Increasing
	}
	return Decreasing
}

// inOrder returns, in order of time, the points with the numbers needed.
func inOrder(points []Point, proportion bool) []Point {
	return slices.DeleteFunc(inTime(points), func(p Point) bool { return !p.usable(proportion) })
}

// inTime returns, in order of time, the points that have one.
func inTime(points []Point) []Point {
	timed := slices.DeleteFunc(slices.Clone(points), func(p Point) bool { return !finite(p.Year) })
	slices.SortStableFunc(timed, func(a, b Point) int { return sign(a.Year - b.Year) })
	return timed
}

// usable reports whether a point has the numbers that its kind of test needs.
func (p Point) usable(proportion bool) bool {
	if !proportion {
		return p.Estimate.HasInterval()
	}
	return known(p.Numerator) && known(p.Denominator) && proportionFault(*p.Numerator, *p.Denominator) == ""
}

// overlapTolerance forgives the binary remainder of periods that begin in the middle of
// a year, such as 2020.25; periods overlap by far more or not at all.
const overlapTolerance = 1e-6

// spacingFault returns why the points are no series of separate periods, or "".
func spacingFault(points []Point) string {
	for i := 1; i < len(points); i++ {
		before, after := points[i-1], points[i]
		distance := after.Year - before.Year
		if distance <= 0 {
			return "two values for one period (" + after.Period + ")"
		}
		if overlap(before, after) {
			return "periods overlap"
		}
	}
	if len(points) < recentPeriods {
		return "fewer than five periods"
	}
	return ""
}

// overlap reports whether two periods of known length share a part, the first being the
// earlier.
func overlap(before, after Point) bool {
	half := (before.Span + after.Span) / 2
	return before.Span > 0 && after.Span > 0 && after.Year-before.Year < half-overlapTolerance
}

// uneven reports whether the distances between the points differ.
func uneven(points []Point) bool {
	for i := 2; i < len(points); i++ {
		first, this := points[1].Year-points[0].Year, points[i].Year-points[i-1].Year
		if this-first > overlapTolerance || first-this > overlapTolerance {
			return true
		}
	}
	return false
}
