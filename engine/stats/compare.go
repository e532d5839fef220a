package stats

import "strings"

// The outcomes of a comparison.
const (
	// Best is better at 99.8%, Better at 95%.
	Best, Better = "best", "better"
	// Similar means that the reference lies within the 95% limits.
	Similar = "similar"
	// Worse holds at 95%, Worst at 99.8%.
	Worse, Worst = "worse", "worst"
	// Lower and Higher are the outcomes of a neutral measure at 95%.
	Lower, Higher = "lower", "higher"
	// Position means that a value has no interval: it has a rank and no verdict.
	Position = "position"
	// NotCompared means that a value or the reference is missing.
	NotCompared = "not-compared"
	// CannotCompare means that the reference is known only within bounds that do not
	// agree on a verdict.
	CannotCompare = "cannot-compare"
)

// The rules of comparison.
const (
	// RuleInterval compares the area's interval with the reference value.
	RuleInterval = "interval"
	// RuleInterval998 does so only where the 99.8% limits are known too.
	RuleInterval998 = "interval-998"
	// RuleBounded compares at both bounds of the reference.
	RuleBounded = "bounded"
	// RuleDouble compares the area's interval with the reference's interval.
	RuleDouble = "double"
	// RuleDifference tests the difference of the two.
	RuleDifference = "difference"
	// RuleLimits compares the area's value with control limits about the reference.
	RuleLimits = "limits"
)

// Comparison is how an estimate stands against a reference.
type Comparison struct {
	// Outcome is one of the outcomes of this package, such as Better.
	Outcome string
	// Rule is the rule that was applied, such as RuleInterval.
	Rule string
	// Reason says why there is no verdict, or is empty.
	Reason string
}

// Compare sets an area's interval against the reference value: L <= c <= U is similar,
// both ends included. Outside the 95% limits the area is better or worse by its
// polarity; outside the 99.8% limits too, best or worst. A neutral measure is lower,
// similar or higher. The direction is that of the value against the reference.
//
// Source: Fingertips public health technical guidance, comparator methods 1 and 17. The
// rule ignores the reference's own error and that a country contains its areas: right
// for one authority against England, too bold against a region, where the difference of
// the two ([DifferenceMover]) is the stricter choice.
//
// A value without both 95% limits, or outside of them, has a position and no verdict; a missing value,
// reference or polarity is not compared. Without 99.8% limits the verdict stays at 95%.
func Compare(area Estimate, reference *float64, polarity Polarity) Comparison {
	verdict := Comparison{Rule: RuleInterval}
	if reason := comparisonFault(area, reference, polarity); reason != "" {
		verdict.Outcome, verdict.Reason = NotCompared, reason
		return verdict
	}
	if !area.judgeable() {
		verdict.Outcome, verdict.Reason = Position, positionReason(area)
		return verdict
	}
	verdict.Outcome = intervalOutcome(area, *reference, polarity)
	return verdict
}

// comparisonFault returns why an area cannot be set against a reference value, or "".
func comparisonFault(area Estimate, reference *float64, polarity Polarity) string {
	switch {
	case !area.HasValue():
		return missingWords(area)
	case !known(reference):
		return "reference value missing"
	case !polarity.Valid():
		return "polarity is not high, low or neutral"
	}
	return ""
}

// judgeable reports whether an estimate has both 95% limits and its value between them.
func (e Estimate) judgeable() bool { return e.HasInterval() && e.At95().hold(*e.Value) }

// positionReason says why a value has no interval to be judged by, with the estimate's own warnings.
func positionReason(area Estimate) string {
	reason := "no interval"
	switch {
	case area.HasInterval():
		reason = "the limits do not hold the value"
	case known(area.Lower95) || known(area.Upper95):
		reason = "only one limit is known"
	}
	if len(area.Warnings) == 0 {
		return reason
	}
	return reason + ": " + strings.ReplaceAll(strings.Join(area.Warnings, "; "), "no limits: ", "")
}

// intervalOutcome applies the rule to an area with a complete 95% interval.
func intervalOutcome(area Estimate, reference float64, polarity Polarity) string {
	if area.At95().hold(reference) {
		return Similar
	}
	far := area.At998().Complete() && !area.At998().hold(reference)
	return outcomeOf(*area.Value > reference, far, polarity)
}

// outcomeOf names a difference that is established at 95%, and far where it is at 99.8%.
func outcomeOf(higher, far bool, polarity Polarity) string {
	if polarity == Neutral {
		if higher {
			return Higher
		}
		return Lower
	}
	good := higher == (polarity == High)
	switch {
	case good && far:
		return Best
	case good:
		return Better
	case far:
		return Worst
	}
	return Worse
}
