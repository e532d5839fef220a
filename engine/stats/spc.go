package stats

import (
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/stat/distuv"
)

const (
	// controlMinimum is the number of values below which there are no limits. The average
	// of eleven moving ranges is uncertain by about a fifth; of five, by a third, and
	// then limits move with every new point.
	controlMinimum = 12
	// limitFactor is 3 / d2 with d2 = 1.128, the mean range of two normal values in
	// standard deviations, rounded as Wheeler and every published chart round it.
	limitFactor = 2.66
	// screenFactor is D4 for ranges of two: a moving range beyond D4 times the average is
	// itself a signal and no measure of common variation.
	screenFactor = 3.267
	// rangeDeviations is d2.
	rangeDeviations = 1.128
	// autocorrelated is the lag-1 autocorrelation from which an annual series gets no
	// limits. At 0.5 the average moving range is sqrt(1 - 0.5) = 0.71 of what independent
	// values would give, three-sigma limits stand at 2.1 sigma, and one point in thirty is
	// flagged where nothing happened. Much lower and twelve independent values reach it by
	// chance: their sample autocorrelation has a standard error of about 0.27.
	autocorrelated = 0.5
)

// ControlPoint is one period of a series under statistical process control.
type ControlPoint struct {
	// Period is the label of the period.
	Period string
	// Value is nil for a missing value, which breaks a run and a trend.
	Value *float64
	// Rebase is true where limits are worked out afresh from this point on, because the
	// process is known to have changed.
	Rebase bool
}

// ControlOptions are the choices of a control chart.
type ControlOptions struct {
	// Polarity says which direction is good.
	Polarity Polarity
	// Target is the value to be reached, or nil.
	Target *float64
	// Baseline is the number of values, from the start and from each rebase, that the
	// limits rest on; 0 for all.
	Baseline int
	// Screen leaves moving ranges beyond 3.267 times their average out of the limits.
	Screen bool
	// Minimum is the least number of values that gives limits; 0 for 12.
	Minimum int
	// Annual says that the points are a year apart, so that autocorrelation is looked for.
	Annual bool
}

// ControlledPoint is a point with its limits and what they show.
type ControlledPoint struct {
	ControlPoint
	// Mean, LowerLimit and UpperLimit are in the unit of the values; nil where there are
	// none.
	Mean, LowerLimit, UpperLimit *float64
	// Rule is the rule that the point breaks, such as RuleAboveLimit; empty for common
	// cause variation and for a missing value.
	Rule string
	// Variation is Improvement, Concern, NeutralHigh, NeutralLow or CommonCause; empty
	// where there are no limits or no value.
	Variation string
}

// ControlChart is a series with its limits.
type ControlChart struct {
	Points []ControlledPoint
	// Variation is that of the latest point with a value.
	Variation string
	// Assurance is ConsistentPass, ConsistentFail or Inconsistent; empty without a target,
	// a good direction or limits.
	Assurance string
	// Probability is that of the next value meeting the target, if the process stays as
	// it is and its variation is normal; nil without assurance.
	Probability *float64
	// Method is the method in the words a methods page prints.
	Method string
	// Status is "x" where the series has no limits, and Reason says why.
	Status, Reason string
	// Warnings are caveats, in the order of the points.
	Warnings []string
}

// Control makes an XmR chart: individual values against limits from their moving ranges.
// With m the mean of the values and R the mean of the differences between neighbours,
// without their sign:
//
//	limits = m -/+ 2.66 R,  near limits = m -/+ (2/3) 2.66 R
//
// Each point has at most one of the rules of rules.go of which the first that holds
// counts. Limits are not clipped to a natural range: a point can only lie outside one
// that it can reach.
//
// Sources: W. A. Shewhart, Economic Control of Quality of Manufactured Product (1931);
// D. J. Wheeler, Understanding Variation, 2nd edition (2000), chapter 2; the rules and
// icons are those of NHS England, Making Data Count (2019).
//
// Valid for values in order of time whose errors are independent. A series of fewer than
// 12 values has status x, and so has an annual series whose neighbours are alike
// (lag-1 autocorrelation of 0.5 or more about the mean of each stretch between rebases):
// there the moving ranges understate the variation, and a trend is the question to ask.
// A stretch of fewer than 12 values after a rebase has no limits, with a warning. Values
// that do not vary have a mean and no limits ("no variation"). Where screening would
// leave no range but zero it screens nothing and warns.
func Control(points []ControlPoint, options ControlOptions) ControlChart {
	chart := ControlChart{Points: make([]ControlledPoint, len(points)), Method: "XmR control chart"}
	for i, p := range points {
		chart.Points[i].ControlPoint = p
		if !known(p.Value) {
			chart.Points[i].Value = nil
		}
	}
	if options.Minimum <= 0 {
		options.Minimum = controlMinimum
	}
	if reason := controlFault(chart.Points, options); reason != "" {
		chart.Status, chart.Reason = StatusUnavailable, reason
		return chart
	}
	for _, stretch := range stretches(chart.Points) {
		chart.limit(stretch, options)
	}
	chart.conclude(options)
	return chart
}

// controlFault returns why a series can have no limits, or "".
func controlFault(points []ControlledPoint, options ControlOptions) string {
	seen := map[string]bool{}
	for _, p := range points {
		if seen[p.Period] && p.Period != "" {
			return "two values for one period (" + p.Period + ")"
		}
		seen[p.Period] = true
	}
	if options.Baseline > 0 && options.Baseline < options.Minimum {
		return "a baseline of fewer than " + strconv.Itoa(options.Minimum) + " points"
	}
	if len(valuesOf(points)) < options.Minimum {
		return "fewer than " + strconv.Itoa(options.Minimum) + " points"
	}
	if options.Annual {
		if r := autocorrelation(points); r >= autocorrelated {
			return "each year is much like the one before (autocorrelation " + shownStatistic(r) + "): limits would be too narrow"
		}
	}
	return ""
}

// stretches cuts the points at each rebase.
func stretches(points []ControlledPoint) [][]ControlledPoint {
	var cut [][]ControlledPoint
	start := 0
	for i := range points {
		if points[i].Rebase && i > start {
			cut = append(cut, points[start:i])
			start = i
		}
	}
	return append(cut, points[start:])
}

// limit gives the points of a stretch their limits and rules.
func (c *ControlChart) limit(stretch []ControlledPoint, options ControlOptions) {
	if len(valuesOf(stretch)) < options.Minimum {
		c.Warnings = append(c.Warnings, "no limits from "+stretch[0].Period+": fewer than "+strconv.Itoa(options.Minimum)+" points")
		return
	}
	base := baseline(stretch, options.Baseline)
	mean := meanOf(valuesOf(base))
	ranges := movingRanges(base)
	average := meanOf(ranges)
	if options.Screen {
		kept := slices.DeleteFunc(slices.Clone(ranges), func(r float64) bool { return r >= screenFactor*average })
		switch screened := meanOf(kept); {
		case len(kept) == len(ranges):
		case len(kept) > 0 && screened > 0:
			average = screened
		default:
			c.Warnings = append(c.Warnings, "not screened: every moving range would have been left out")
		}
	}
	width := limitFactor * average
	if !finite(mean) || !finite(mean-width) || !finite(mean+width) {
		c.Warnings = append(c.Warnings, "no limits from "+stretch[0].Period+": "+reasonNotFinite)
		return
	}
	if !(width > 0) || mean-width == mean || mean+width == mean {
		c.flat(stretch, mean)
		return
	}
	for i := range stretch {
		stretch[i].Mean, stretch[i].LowerLimit, stretch[i].UpperLimit = number(mean), number(mean-width), number(mean+width)
	}
	flag(stretch, controlLines{mean: mean, near: width * 2 / 3, width: width})
	for i := range stretch {
		if stretch[i].Value != nil {
			stretch[i].Variation = variationOf(stretch[i].Rule, options.Polarity)
		}
	}
}

// flat gives a stretch whose baseline does not vary a mean and no limits.
func (c *ControlChart) flat(stretch []ControlledPoint, mean float64) {
	for i := range stretch {
		stretch[i].Mean = number(mean)
		if stretch[i].Value != nil && *stretch[i].Value == mean {
			stretch[i].Variation = CommonCause
		}
	}
	c.Warnings = append(c.Warnings, "no limits from "+stretch[0].Period+": no variation")
}

// conclude judges the latest point and the target.
func (c *ControlChart) conclude(options ControlOptions) {
	for i := len(c.Points) - 1; i >= 0; i-- {
		if c.Points[i].Value != nil {
			c.Variation = c.Points[i].Variation
			break
		}
	}
	last := c.Points[len(c.Points)-1]
	if last.LowerLimit == nil {
		c.Reason = c.Warnings[len(c.Warnings)-1]
		return
	}
	if known(options.Target) && (options.Polarity == High || options.Polarity == Low) {
		c.Assurance = assuranceOf(*options.Target, *last.LowerLimit, *last.UpperLimit, options.Polarity)
		deviation := (*last.UpperLimit - *last.Mean) / limitFactor / rangeDeviations
		meets := distuv.UnitNormal.CDF((*options.Target - *last.Mean) / deviation)
		if options.Polarity == High {
			meets = distuv.UnitNormal.CDF((*last.Mean - *options.Target) / deviation)
		}
		c.Probability = number(meets)
	}
}

// valuesOf are the values that exist.
func valuesOf(points []ControlledPoint) []float64 {
	values := make([]float64, 0, len(points))
	for _, p := range points {
		if p.Value != nil {
			values = append(values, *p.Value)
		}
	}
	return values
}

// baseline is the start of a stretch that holds the given number of values, or all of it.
func baseline(stretch []ControlledPoint, count int) []ControlledPoint {
	if count <= 0 {
		return stretch
	}
	for i, p := range stretch {
		if p.Value != nil {
			count--
		}
		if count == 0 {
			return stretch[:i+1]
		}
	}
	return stretch
}

// movingRanges are the distances between neighbours that both exist.
func movingRanges(points []ControlledPoint) []float64 {
	var ranges []float64
	for i := 1; i < len(points); i++ {
		if points[i].Value != nil && points[i-1].Value != nil {
			ranges = append(ranges, math.Abs(*points[i].Value-*points[i-1].Value))
		}
	}
	return ranges
}

// meanOf is the mean, taken from the first value so that a large common part loses
// nothing; 0 of none.
func meanOf(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sum := 0.0
	for _, v := range values {
		sum += v - values[0]
	}
	return values[0] + sum/float64(len(values))
}

// autocorrelation is the lag-1 autocorrelation of the values about the mean of their
// stretch; 0 where they do not vary.
func autocorrelation(points []ControlledPoint) float64 {
	var products, squares float64
	for _, stretch := range stretches(points) {
		mean := meanOf(valuesOf(stretch))
		for i, p := range stretch {
			if p.Value == nil {
				continue
			}
			squares += (*p.Value - mean) * (*p.Value - mean)
			if i > 0 && stretch[i-1].Value != nil {
				products += (*p.Value - mean) * (*stretch[i-1].Value - mean)
			}
		}
	}
	if r := products / squares; finite(r) {
		return r
	}
	return 0
}
