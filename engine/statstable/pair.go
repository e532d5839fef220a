package statstable

import "levelfield/engine/stats"

// pairColumns are what a method of two values reads: counts of both, or published values with limits.
func pairColumns(first, second string) []Column {
	return []Column{
		{Name: "x1", Number: true, Optional: true, Is: "the numerator of " + first},
		{Name: "n1", Number: true, Optional: true, Is: "its denominator"},
		{Name: "x2", Number: true, Optional: true, Is: "the numerator of " + second},
		{Name: "n2", Number: true, Optional: true, Is: "its denominator"},
		{Name: "value1", Number: true, Optional: true, Is: "or " + first + " as published"},
		{Name: "lower1", Number: true, Optional: true, Is: "its lower limit"},
		{Name: "upper1", Number: true, Optional: true, Is: "its upper limit"},
		{Name: "value2", Number: true, Optional: true, Is: "and " + second + " as published"},
		{Name: "lower2", Number: true, Optional: true, Is: "its lower limit"},
		{Name: "upper2", Number: true, Optional: true, Is: "its upper limit"},
	}
}

// pairSets are the two ways to give a pair.
var pairSets = [][]string{{"x1", "n1", "x2", "n2"}, {"value1", "lower1", "upper1", "value2", "lower2", "upper2"}}

// counts are the four counts of a row, and whether it is to be read by them: its table has them, and it has one at least
// or has no published values.
func counts(r Row) (x1, n1, x2, n2 float64, read bool) {
	if !r.Has("x1") || !r.Has("n1") || !r.Has("x2") || !r.Has("n2") {
		return 0, 0, 0, 0, false
	}
	given := false
	for _, column := range pairSets[0] {
		given = given || r.Number(column) != nil
	}
	return r.Float("x1"), r.Float("n1"), r.Float("x2"), r.Float("n2"), given || !r.Has("value1")
}

// published are the two published values of a row, with limits at the confidence that was asked for.
func published(r Row, o Options, scale stats.Scale) (first, second stats.Estimate) {
	confidence := o.Float("confidence")
	first = stats.PublishedAt(r.Float("value1"), r.Number("lower1"), r.Number("upper1"), confidence, scale)
	second = stats.PublishedAt(r.Float("value2"), r.Number("lower2"), r.Number("upper2"), confidence, scale)
	return first, second
}

// confidenceOption is the level of published limits.
var confidenceOption = Option{
	Name: "confidence", Usage: "the confidence of the published limits", Default: 0.95,
	Valid: func(v float64) bool { return v > 0 && v < 1 }, Is: "a number between 0 and 1",
}

// correlationOption is the correlation of two published values.
var correlationOption = Option{
	Name: "correlation", Usage: "the correlation between the errors of the two values", Default: 0,
	Valid: func(v float64) bool { return v >= -1 && v <= 1 }, Is: "a number from -1 to 1",
}

// The words of --interval.
const (
	byNewcombe, byScore, byMover = "newcombe", "miettinen-nurminen", "mover"
	byLog, byExact               = "log", "exact"
)

// subtracted is a first value less a second by what was asked for.
func subtracted(r Row, o Options) stats.Estimate {
	correlation := o.Float("correlation")
	if x1, n1, x2, n2, read := counts(r); read {
		return subtractedCounts(x1, n1, x2, n2, o)
	}
	if o.Word("interval") == byScore {
		return stats.Missing(stats.StatusUnavailable, "score limits need counts")
	}
	first, second := published(r, o, stats.Linear)
	return stats.DifferenceMoverCorrelated(first, second, correlation)
}

func subtractedCounts(x1, n1, x2, n2 float64, o Options) stats.Estimate {
	switch {
	case o.Word("interval") == byScore:
		return stats.DifferenceMiettinenNurminen(x1, n1, x2, n2, 1)
	case o.Word("interval") == byNewcombe && o.Float("correlation") == 0:
		return stats.DifferenceNewcombe(x1, n1, x2, n2, 1)
	}
	return stats.DifferenceMoverCorrelated(stats.Proportion(x1, n1, 1), stats.Proportion(x2, n2, 1), o.Float("correlation"))
}

// scoreWithoutCorrelation refuses the options that exclude each other.
func scoreWithoutCorrelation(o Options) string {
	if o.Word("interval") == byScore && o.Float("correlation") != 0 {
		return "--interval miettinen-nurminen is for independent values and takes no --correlation"
	}
	return ""
}
