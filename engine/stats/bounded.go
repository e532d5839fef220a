package stats

// CompareBounded sets an area's interval against a reference that is known only to lie
// between low and high. A verdict is given only if it holds at both bounds: the same
// outcome at both, or the milder of two on the same side (best and better give better).
// Otherwise the outcome is CannotCompare and the reason names both bounds.
//
// England's share of young people not in education, employment or training lies between
// those known to be (3.4%) and those plus the not known (5.6%); an area at 3.8 (3.3 to
// 4.4) is similar to the one and better than the other, so neither is established.
//
// A missing bound is not compared; bounds in the wrong order are not compared either,
// because then one of them is not what the caller thinks it is.
func CompareBounded(area Estimate, low, high *float64, polarity Polarity) Comparison {
	if area.HasValue() && (!known(low) || !known(high)) {
		return Comparison{Outcome: NotCompared, Rule: RuleBounded, Reason: "a bound of the reference is missing"}
	}
	atLow, atHigh := Compare(area, low, polarity), Compare(area, high, polarity)
	if known(low) && known(high) && *low > *high {
		return Comparison{Outcome: NotCompared, Rule: RuleBounded, Reason: "bounds of the reference are in the wrong order"}
	}
	if atLow.Outcome == atHigh.Outcome {
		atLow.Rule = RuleBounded
		return atLow
	}
	if milder, shared := milderOutcome(atLow.Outcome, atHigh.Outcome); shared {
		return Comparison{Outcome: milder, Rule: RuleBounded}
	}
	return Comparison{
		Outcome: CannotCompare,
		Rule:    RuleBounded,
		Reason: "the reference lies between " + shown(*low) + " and " + shown(*high) +
			": " + atLow.Outcome + " against the first, " + atHigh.Outcome + " against the second",
	}
}

// milderOutcome returns the milder of two different outcomes on the same side.
func milderOutcome(first, second string) (string, bool) {
	switch {
	case first == Best && second == Better, first == Better && second == Best:
		return Better, true
	case first == Worst && second == Worse, first == Worse && second == Worst:
		return Worse, true
	}
	return "", false
}
