package stats

// The standings against a target.
const (
	// TargetMet and TargetNotMet are established: the whole interval is on that side.
	TargetMet, TargetNotMet = "met", "not-met"
	// TargetCannotTell means that the interval holds values of both kinds.
	TargetCannotTell = "cannot-tell"
)

// RuleTarget is the rule of TargetStatus.
const RuleTarget = "target"

// Target is what a value is to reach: at least, at most, or between. Both ends count as
// reached; nil is open.
type Target struct {
	Least, Most *float64
}

// AtLeast is the target of a value that should not be lower.
func AtLeast(v float64) Target { return Target{Least: &v} }

// AtMost is the target of a value that should not be higher.
func AtMost(v float64) Target { return Target{Most: &v} }

// fault returns why this is no target, or "".
func (t Target) fault() string {
	switch {
	case !known(t.Least) && !known(t.Most):
		return "target missing"
	case known(t.Least) && known(t.Most) && *t.Least > *t.Most:
		return "the least of the target is greater than its most"
	}
	return ""
}

// reached reports whether a value meets the target.
func (t Target) reached(v float64) bool {
	return (!known(t.Least) || v >= *t.Least) && (!known(t.Most) || v <= *t.Most)
}

// nearest is the value that meets the target and is nearest to v.
func (t Target) nearest(v float64) float64 {
	if known(t.Least) && v < *t.Least {
		return *t.Least
	}
	if known(t.Most) && v > *t.Most {
		return *t.Most
	}
	return v
}

// TargetStatus says whether a target is met as far as the 95% interval allows: met where
// every value of the interval meets it, not met where none does, else it cannot be told.
// It is the rule of [Compare] for a reference that should be passed and not equalled, so
// that "similar" becomes the admission that the figure does not decide. A value without
// an interval cannot tell either: of a complete count, whose value is the whole truth,
// [TargetStatusOfCount] asks.
//
// A missing value or target is not compared.
func TargetStatus(area Estimate, target Target) Comparison {
	verdict := Comparison{Rule: RuleTarget, Outcome: NotCompared}
	switch {
	case !area.HasValue():
		verdict.Reason = missingWords(area)
		return verdict
	case target.fault() != "":
		verdict.Reason = target.fault()
		return verdict
	case !area.HasInterval():
		verdict.Outcome, verdict.Reason = TargetCannotTell, positionReason(area)
		return verdict
	}
	lower, upper := *area.Lower95, *area.Upper95
	switch {
	case target.reached(lower) && target.reached(upper):
		verdict.Outcome = TargetMet
	case known(target.Least) && upper < *target.Least, known(target.Most) && lower > *target.Most:
		verdict.Outcome = TargetNotMet
	default:
		verdict.Outcome = TargetCannotTell
		verdict.Reason = "values that meet the target and values that do not lie within " + shown(lower) + " to " + shown(upper)
	}
	return verdict
}

// TargetStatusOfCount says whether a complete count meets a target. It has no sampling
// error, and what it says of the future is another question.
func TargetStatusOfCount(value float64, target Target) Comparison {
	verdict := Comparison{Rule: RuleTarget, Outcome: NotCompared}
	switch {
	case !finite(value):
		verdict.Reason = reasonValueMissing
	case target.fault() != "":
		verdict.Reason = target.fault()
	case target.reached(value):
		verdict.Outcome = TargetMet
	default:
		verdict.Outcome = TargetNotMet
	}
	return verdict
}
