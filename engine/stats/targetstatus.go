package stats

// How a value that has not met its target stands to the target widened by its tolerance.
const (
	// WithinTolerance means that the whole interval lies inside the wider target.
	WithinTolerance = "within"
	// BeyondTolerance means that the whole interval lies outside it.
	BeyondTolerance = "beyond"
)

// TargetStanding is how a value stands against its target, and how near it is.
type TargetStanding struct {
	// Outcome is TargetMet, TargetNotMet or TargetCannotTell.
	Outcome string
	// Tolerance is WithinTolerance, BeyondTolerance or TargetCannotTell; empty where the
	// target is met or has no tolerance.
	Tolerance string
	// Reason says why it cannot be told, or is empty.
	Reason string
}

// TargetRule is what a target asks for and how it is held against.
type TargetRule struct {
	Target
	// Tolerance, in the unit of the value, is how far outside the target a value is still
	// told as near; 0 tells nothing as near.
	Tolerance float64
	// AsCounted holds the value alone against the target: the target is about what was
	// counted, not about the chance behind it.
	AsCounted bool
}

// StatusAgainstTarget holds an area's 95% interval [L, U] against a target T = [a, b], as
// [TargetStatus] does: met where a <= L and U <= b, not met where U < a or L > b, and
// otherwise it cannot be told. With a tolerance d, T is widened to [a-d, b+d] and held
// against the interval in the same way. A value as counted stands for both limits.
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
func StatusAgainstTarget(area Estimate, rule TargetRule) TargetStanding {
	against := func(target Target) Comparison {
		if rule.AsCounted && area.HasValue() {
			return TargetStatusOfCount(*area.Value, target)
		}
		return TargetStatus(area, target)
	}
	found := against(rule.Target)
	standing := TargetStanding{Outcome: found.Outcome, Reason: found.Reason}
	if rule.Tolerance < 0 || !finite(rule.Tolerance) {
		return TargetStanding{Outcome: TargetCannotTell, Reason: "the tolerance is not a number of nought or more"}
	}
	if found.Outcome == NotCompared {
		standing.Outcome = TargetCannotTell
		return standing
	}
	held := rule.AsCounted || area.HasInterval()
	if rule.Tolerance > 0 && held && found.Outcome != TargetMet {
		nearness := map[string]string{TargetMet: WithinTolerance, TargetNotMet: BeyondTolerance, TargetCannotTell: TargetCannotTell}
		standing.Tolerance = nearness[against(rule.widened()).Outcome]
	}
	return standing
}

// widened is the target with its tolerance added on each side.
func (r TargetRule) widened() Target {
	wide := Target{}
	if known(r.Least) {
		wide.Least = number(*r.Least - r.Tolerance)
	}
	if known(r.Most) {
		wide.Most = number(*r.Most + r.Tolerance)
	}
	return wide
}
