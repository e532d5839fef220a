package stats

// The rules of special cause variation, in the order in which they are looked for.
const (
	// RuleAboveLimit and RuleBelowLimit are a point outside the limits.
	RuleAboveLimit, RuleBelowLimit = "above-limit", "below-limit"
	// RuleRising and RuleFalling are seven points in a row, each above (below) the last.
	RuleRising, RuleFalling = "rising", "falling"
	// RuleNearUpper and RuleNearLower are two of three points in a row in the outer third
	// between mean and limit, with all three on that side of the mean.
	RuleNearUpper, RuleNearLower = "near-upper-limit", "near-lower-limit"
	// RuleAboveMean and RuleBelowMean are seven points in a row on one side of the mean.
	RuleAboveMean, RuleBelowMean = "above-mean", "below-mean"
)

// The kinds of variation.
const (
	// Improvement and Concern are special cause variation in the good and the other
	// direction.
	Improvement, Concern = "improvement", "concern"
	// NeutralHigh and NeutralLow are special cause variation of a measure without a good
	// direction.
	NeutralHigh, NeutralLow = "neutral-high", "neutral-low"
	// CommonCause is variation that no rule picks out.
	CommonCause = "common-cause"
)

// The assurances of a target against limits.
const (
	// ConsistentPass and ConsistentFail say that the process as it is will meet the
	// target each time, or never.
	ConsistentPass, ConsistentFail = "consistent-pass", "consistent-fail"
	// Inconsistent says that the target lies on or within the limits: it will be met and
	// missed by chance.
	Inconsistent = "inconsistent"
)

// runLength is the number of points in a row that make a run or a trend. A stable process
// puts seven on one side of its mean once in 64 windows of seven, and orders seven one way
// once in 2520.
const runLength = 7

// controlLines are the lines that rules look at: the mean, and the distances from it of
// the near and the outer limits.
type controlLines struct{ mean, near, width float64 }

// side is 1 above the mean, -1 below and 0 on it.
func (l controlLines) side(v float64) int { return sign(v - l.mean) }

// outside reports whether a value lies beyond the limits; on them it does not.
func (l controlLines) outside(v float64) bool { return v > l.mean+l.width || v < l.mean-l.width }

// nearLimit reports whether a value lies within the limits and in the outer third.
func (l controlLines) nearLimit(v float64) bool {
	return !l.outside(v) && (v > l.mean+l.near || v < l.mean-l.near)
}

// flag gives each point of a stretch the first rule that it breaks. A missing point ends
// every run.
func flag(stretch []ControlledPoint, lines controlLines) {
	trends, nears, runs := make([]int, len(stretch)), make([]int, len(stretch)), make([]int, len(stretch))
	trend, run := 0, 0 // signed lengths up to the present point
	for i, p := range stretch {
		if p.Value == nil {
			trend, run = 0, 0
			continue
		}
		trend = extended(trend, step(stretch, i))
		if trend >= runLength-1 || trend <= 1-runLength {
			mark(trends, i, runLength, sign(float64(trend)))
		}
		run = extended(run, lines.side(*p.Value))
		if run >= runLength || run <= -runLength {
			mark(runs, i, runLength, sign(float64(run)))
		}
		markNear(nears, stretch, i, lines)
	}
	for i := range stretch {
		p := &stretch[i]
		switch {
		case p.Value == nil:
		case lines.outside(*p.Value):
			p.Rule = pick(lines.side(*p.Value), RuleAboveLimit, RuleBelowLimit)
		case trends[i] != 0:
			p.Rule = pick(trends[i], RuleRising, RuleFalling)
		case nears[i] != 0:
			p.Rule = pick(nears[i], RuleNearUpper, RuleNearLower)
		case runs[i] != 0:
			p.Rule = pick(runs[i], RuleAboveMean, RuleBelowMean)
		}
	}
}

// step is the direction from the point before to this one; 0 where they are equal or one
// is missing.
func step(stretch []ControlledPoint, i int) int {
	if i == 0 || stretch[i-1].Value == nil {
		return 0
	}
	return sign(*stretch[i].Value - *stretch[i-1].Value)
}

// extended adds one more in a direction to a signed length, or begins anew.
func extended(length, direction int) int {
	switch {
	case direction == 0:
		return 0
	case length*direction > 0:
		return length + direction
	}
	return direction
}

// mark gives the last count points up to the i-th a direction. A point of two trends has
// that of the later one.
func mark(directions []int, i, count, direction int) {
	for j := i - count + 1; j <= i; j++ {
		directions[j] = direction
	}
}

// markNear looks at three points in a row up to the i-th: where all are on one side of the
// mean and two at least are near the limit, those near it are marked.
func markNear(nears []int, stretch []ControlledPoint, i int, lines controlLines) {
	if i < 2 || stretch[i-1].Value == nil || stretch[i-2].Value == nil {
		return
	}
	side, close := lines.side(*stretch[i].Value), 0
	for _, p := range stretch[i-2 : i+1] {
		if lines.side(*p.Value) != side || side == 0 {
			return
		}
		if lines.nearLimit(*p.Value) {
			close++
		}
	}
	if close < 2 {
		return
	}
	for j := i - 2; j <= i; j++ {
		if lines.nearLimit(*stretch[j].Value) {
			nears[j] = side
		}
	}
}

// pick chooses by direction.
func pick(direction int, up, down string) string {
	if direction > 0 {
		return up
	}
	return down
}

// variationOf says what a rule means where one direction is good.
func variationOf(rule string, polarity Polarity) string {
	high := false
	switch rule {
	case "":
		return CommonCause
	case RuleAboveLimit, RuleRising, RuleNearUpper, RuleAboveMean:
		high = true
	}
	switch {
	case polarity != High && polarity != Low && high:
		return NeutralHigh
	case polarity != High && polarity != Low:
		return NeutralLow
	case high == (polarity == High):
		return Improvement
	}
	return Concern
}

// assuranceOf says whether the limits lie on one side of the target.
func assuranceOf(target, lower, upper float64, polarity Polarity) string {
	switch {
	case target > upper && polarity == High, target < lower && polarity == Low:
		return ConsistentFail
	case target > upper, target < lower:
		return ConsistentPass
	}
	return Inconsistent
}
