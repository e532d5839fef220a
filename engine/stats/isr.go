package stats

// Expected is the number of events that a group would have at the rates of a reference
// population, band by band:
//
//	E = sum(n X_ref / N_ref)
//
// The slices have one length, and a place in each is the same band. The reason says why
// there is none: something is missing or negative in a band, or a reference population
// is zero.
func Expected(populations, referenceCounts, referencePopulations []float64) (expected float64, reason string) {
	if len(populations) == 0 || len(referenceCounts) != len(populations) || len(referencePopulations) != len(populations) {
		return 0, "no rows, or columns of unequal length"
	}
	for i, n := range populations {
		count, population := referenceCounts[i], referencePopulations[i]
		switch {
		case !finite(n):
			return 0, reasonDenominatorMissing + " in a band"
		case !finite(count) || !finite(population):
			return 0, "reference missing in a band"
		case n < 0 || count < 0 || population < 0:
			return 0, reasonNegative + " in a band"
		case population == 0:
			return 0, "reference population is zero in a band"
		}
		expected += n * (count / population)
	}
	if !finite(expected) {
		return 0, reasonNotFinite
	}
	return expected, ""
}

// ISRatio is the indirectly standardised ratio of observed to expected events times a
// number for "as expected": 1, or 100 for a standardised mortality ratio. Limits are
// those of the observed count divided by the expected, which is taken as known: exact
// Poisson under 10 and Byar's from 10, as [Rate].
//
// Source: N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II, IARC
// 1987, pp. 65-72. Valid where the reference is much larger than the group. Ratios of
// two groups have different weights and do not compare with each other, only each with
// its reference. An expected count of zero, and a count that is missing or negative,
// give status x.
func ISRatio(observed, expected, ratioOf float64) Estimate {
	return standardisedIndirectly(observed, expected, ratioOf)
}

// ISRate is the indirectly standardised rate: the ratio of observed to expected events
// times the crude rate of the reference population, referenceCount / referencePopulation,
// for so many people. Limits and validity are those of [ISRatio].
func ISRate(observed, expected, referenceCount, referencePopulation, per float64) Estimate {
	crude := Rate(referenceCount, referencePopulation, per)
	if !crude.HasValue() {
		return unavailable("reference: " + crude.Reason)
	}
	return standardisedIndirectly(observed, expected, *crude.Value)
}

func standardisedIndirectly(observed, expected, times float64) Estimate {
	switch {
	case !finite(observed):
		return unavailable("observed count missing")
	case !finite(expected):
		return unavailable("expected count missing")
	case observed < 0 || expected < 0:
		return unavailable(reasonNegative)
	case expected == 0:
		return unavailable("expected count is zero")
	case !finite(times) || times < 0:
		return unavailable(reasonMultiplier)
	}
	limits, method := countLimits(observed)
	scaled := func(events float64) float64 { return events / expected * times }
	return estimated(method, scaled(observed), func(c confidence) (lower, upper float64) {
		lower, upper = limits(observed, c)
		return scaled(lower), scaled(upper)
	})
}
