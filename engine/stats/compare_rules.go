package stats

// CompareAt998 is [Compare] for an area whose 99.8% limits must be known, so that every
// verdict has been held against both levels: best, better, similar, worse or worst. An
// area without both 99.8% limits has a position and no verdict.
//
// Source: Fingertips public health technical guidance, comparator method 17.
func CompareAt998(area Estimate, reference *float64, polarity Polarity) Comparison {
	verdict := Compare(area, reference, polarity)
	verdict.Rule = RuleInterval998
	if verdict.Reason == "" && !area.At998().Complete() {
		verdict.Outcome, verdict.Reason = Position, "no 99.8% limits"
	}
	return verdict
}

// CompareDouble sets an area's interval against the reference's interval: intervals that
// overlap or touch are similar. Where both 99.8% intervals are known and lie apart too,
// the verdict is best or worst.
//
// Source: Fingertips public health technical guidance, comparator method 12. The rule
// takes the reference's error into account and goes too far: for two equal standard
// errors it needs a difference of 2 x 1.96 where 1.96 sqrt 2 would do, a level of 99.4%
// and not 95% (N. Schenker and J. F. Gentleman, Am. Stat. 55 (2001) 182-186). Similar
// therefore does not mean that no difference was found: [CompareDifference] is the test.
//
// An area without both 95% limits has a position; a missing value, reference, polarity or
// limit of the reference is not compared.
func CompareDouble(area, reference Estimate, polarity Polarity) Comparison {
	verdict := Compare(area, reference.Value, polarity)
	verdict.Rule = RuleDouble
	if verdict.Reason != "" {
		return verdict
	}
	if !reference.judgeable() {
		verdict.Outcome, verdict.Reason = NotCompared, "the reference has no interval"
		return verdict
	}
	verdict.Outcome = Similar
	if apart(area.At95(), reference.At95()) {
		verdict.Outcome = outcomeOf(*area.Value > *reference.Value, apart(area.At998(), reference.At998()), polarity)
	}
	return verdict
}

// apart reports whether two intervals are both known and share no point.
func apart(a, b Limits) bool {
	return a.Complete() && b.Complete() && (*a.Upper < *b.Lower || *b.Upper < *a.Lower)
}

// CompareDifference tests the difference between an area and a reference that is an
// estimate of its own, independent of the area: similar where 0 lies within the 95%
// limits of [DifferenceMover], else better or worse, and best or worst where 0 lies
// outside its 99.8% limits too. It is the test that [Compare] and [CompareDouble]
// approximate from either side. An area that is a part of its reference is not
// independent of it: see [CompareRemainder].
func CompareDifference(area, reference Estimate, polarity Polarity) Comparison {
	verdict := Comparison{Rule: RuleDifference, Outcome: NotCompared}
	if verdict.Reason = comparisonFault(area, reference.Value, polarity); verdict.Reason != "" {
		return verdict
	}
	if !area.judgeable() {
		verdict.Outcome, verdict.Reason = Position, positionReason(area)
		return verdict
	}
	if !reference.judgeable() {
		verdict.Reason = "the reference has no interval"
		return verdict
	}
	return differenceVerdict(DifferenceMover(area, reference), polarity)
}

// CompareRemainder tests an area of x of n against the rest of the parent that it is a
// part of, X - x of N - n, by [DifferenceNewcombe] of the two shares. An area's error is
// part of its parent's error, so that against the parent itself every difference looks
// smaller and less certain than it is; for an authority in England (about 0.3% of it) that
// is of no account, for a region or a ward it is. An area that is all of its parent, or is
// not contained in it, is not compared.
func CompareRemainder(x, n, parentX, parentN float64, polarity Polarity) Comparison {
	verdict := Comparison{Rule: RuleDifference, Outcome: NotCompared}
	switch {
	case !polarity.Valid():
		verdict.Reason = "polarity is not high, low or neutral"
	case n == parentN:
		verdict.Reason = "the area is all of its parent"
	case x > parentX || n > parentN:
		verdict.Reason = "the area's counts exceed its parent's"
	default:
		return differenceVerdict(DifferenceNewcombe(x, n, parentX-x, parentN-n, 1), polarity)
	}
	return verdict
}

// differenceVerdict judges a difference by whether its limits hold 0.
func differenceVerdict(difference Estimate, polarity Polarity) Comparison {
	zero := 0.0
	verdict := Compare(difference, &zero, polarity)
	verdict.Rule = RuleDifference
	if difference.HasValue() && verdict.Reason != "" {
		verdict.Outcome = NotCompared
	}
	return verdict
}

// CompareWithLimits sets an area's value against control limits about the reference:
// the Wilson limits that the reference proportion would have in a population of the
// area's size. On or between them is similar; outside the 95% limits is better or worse,
// outside the 99.8% limits best or worst. The limits are returned too, in the unit of the
// multiplier.
//
// Source: Fingertips public health technical guidance, comparator method 5. It asks
// whether the area could be a sample of the reference, which [Compare] asks the other way
// round; the two differ for small populations.
//
// The value and reference are in the unit of the multiplier (100 for percentages); a
// reference that is no proportion, or a denominator that is not above 0, is not compared.
func CompareWithLimits(value, denominator, reference, multiplier float64, polarity Polarity) (Comparison, Estimate) {
	verdict := Comparison{Rule: RuleLimits, Outcome: NotCompared}
	limits := Proportion(reference/multiplier*denominator, denominator, multiplier)
	switch {
	case !finite(value):
		verdict.Reason = reasonValueMissing
	case !limits.HasValue():
		verdict.Reason = "reference: " + limits.Reason
	case !polarity.Valid():
		verdict.Reason = "polarity is not high, low or neutral"
	default:
		verdict.Outcome = limits.outcome(value, polarity)
	}
	return verdict, limits
}

// outcome is that of a value against control limits, both levels of which are known.
func (e Estimate) outcome(value float64, polarity Polarity) string {
	if e.At95().hold(value) {
		return Similar
	}
	return outcomeOf(value > *e.Upper95, !e.At998().hold(value), polarity)
}
