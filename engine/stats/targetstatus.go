package stats

import "math"

// The outcomes of a value against a target.
const (
	// TargetMet means that the whole 95% interval lies where the target asks.
	TargetMet = "met"
	// TargetNotMet means that the whole 95% interval lies elsewhere.
	TargetNotMet = "not-met"
	// TargetCannotTell means that the interval lies on both sides of a limit of the target, or
	// that there is no interval.
	TargetCannotTell = "cannot-tell"
)

// How a value that has not met its target stands to the target widened by its tolerance.
const (
	// WithinTolerance means that the whole interval lies inside the wider target.
	WithinTolerance = "within"
	// BeyondTolerance means that the whole interval lies outside it.
	BeyondTolerance = "beyond"
)

// TargetRange is the values that a target asks for: at least Lower, at most Upper, or
// between the two. A nil limit is open. Tolerance, in the unit of the value, is how far
// outside a value is still told as near; 0 tells nothing as near.
type TargetRange struct {
	Lower, Upper *float64
	Tolerance    float64
	// AsCounted holds the value alone against the target: the target is about what was
	// counted, not about the chance behind it.
	AsCounted bool
}

// TargetStatus is how a value stands against its target.
type TargetStatus struct {
	// Outcome is TargetMet, TargetNotMet or TargetCannotTell.
	Outcome string
	// Tolerance is WithinTolerance, BeyondTolerance or TargetCannotTell; empty where the
	// target is met or has no tolerance.
	Tolerance string
	// Reason says why it cannot be told, or is empty.
	Reason string
}

// StatusAgainstTarget holds an area's 95% interval [L, U] against a target T = [a, b]:
// met where a <= L and U <= b, not met where U < a or L > b, and otherwise it cannot be
// told. With a tolerance d, T is widened to [a-d, b+d] and held against the interval in
// the same way. A value as counted stands for both limits.
//
// So either claim errs in at most 2.5 of 100 cases for a target with one limit, which is
// the one-sided test of the value against it; for a range both such tests must agree.
//
// Source: guarded acceptance and guarded rejection, JCGM 106 (2012), "The role of
// measurement uncertainty in conformity assessment", 8.3; for a range, two one-sided
// tests, Schuirmann (1987), J Pharmacokinet Biopharm 15, 657-680. A target is a fixed
// number: where it was itself estimated, as a percentile of areas is, its own error is
// ignored, which is right while one area hardly moves it.
//
// A target without a limit, with its limits in the wrong order or with a negative
// tolerance, and a missing value or interval, cannot be told.
func StatusAgainstTarget(area Estimate, target TargetRange) TargetStatus {
	cannot := func(reason string) TargetStatus { return TargetStatus{Outcome: TargetCannotTell, Reason: reason} }
	lower, upper := math.Inf(-1), math.Inf(1)
	if known(target.Lower) {
		lower = *target.Lower
	}
	if known(target.Upper) {
		upper = *target.Upper
	}
	interval := area.At95()
	if target.AsCounted {
		interval = Limits{Lower: area.Value, Upper: area.Value}
	}
	switch {
	case !area.HasValue():
		return cannot(missingWords(area))
	case !known(target.Lower) && !known(target.Upper):
		return cannot("the target has no limit")
	case lower > upper, target.Tolerance < 0, !finite(target.Tolerance):
		return cannot("the target is not a range of values")
	case !interval.Complete():
		return cannot(positionReason(area))
	}
	status := TargetStatus{Outcome: standing(interval, lower, upper, TargetMet, TargetNotMet)}
	if status.Outcome == TargetCannotTell {
		status.Reason = "the 95% interval lies on both sides of the target"
	}
	if target.Tolerance > 0 && status.Outcome != TargetMet {
		status.Tolerance = standing(interval, lower-target.Tolerance, upper+target.Tolerance, WithinTolerance, BeyondTolerance)
	}
	return status
}

// standing says whether an interval lies inside a range, outside it, or neither.
func standing(interval Limits, lower, upper float64, inside, outside string) string {
	switch {
	case lower <= *interval.Lower && *interval.Upper <= upper:
		return inside
	case *interval.Upper < lower || *interval.Lower > upper:
		return outside
	}
	return TargetCannotTell
}
