package stats

// Change is last minus first for two independent periods, by [DifferenceMover]: a
// change since a baseline. Rolling periods that overlap share data and are not
// independent; the caller keeps them apart.
//
// NEET of 2.0% of a cohort then and 3.8% now is +1.8 points, whichever direction is
// good.
func Change(first, last Estimate) Estimate {
	if !last.HasValue() {
		return unavailable("last " + missingWords(last))
	}
	if !first.HasValue() {
		return unavailable("first " + missingWords(first))
	}
	e := DifferenceMover(last, first)
	if e.HasValue() {
		e.Method = "Change between two periods: " + moverMethod
	}
	return e
}
