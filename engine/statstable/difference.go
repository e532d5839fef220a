package statstable

import "levelfield/engine/stats"

var difference = Method{
	Name:  "difference",
	Short: "The first value less the second, with limits for the difference",
	Long: `Of counts, the difference of two shares: Newcombe's hybrid score limits (1998, method 10), or those of Miettinen and Nurminen
(1985). Of published values with their limits, square and add (Zou and Donner 2008), whatever the interval asked for but
miettinen-nurminen, which needs counts; limits at 99.8% are derived from those at the confidence given, each side by itself.

The two are taken as independent. --correlation says how far they are not: the two rates of one survey, or one group at two
times. An area and the region it is part of are a case for compare --rule difference.`,
	Reads:   pairColumns("the first value", "the second value"),
	AnyOf:   pairSets,
	Takes:   []Option{{Name: "interval", Usage: "how the limits are found", Choices: []string{byNewcombe, byScore, byMover}}, correlationOption, confidenceOption},
	Adds:    Usual(),
	Refuses: scoreWithoutCorrelation,
	Example: "area,x1,n1,x2,n2\nMedway,56,70,48,80\nNowhere,3,0,5,10\n",
	Row:     func(r Row, o Options) []Cell { return Cells(subtracted(r, o)) },
}

var change = Method{
	Name:  "change",
	Short: "The change from a first period to a second, with limits",
	Long: `The second value less the first: a change since a baseline. Counts, published values, intervals and options are those of
difference. Rolling periods that overlap share data and are not independent; nor are two periods on either side of a break
comparable, which only you can know.`,
	Reads:   pairColumns("the first period", "the second period"),
	AnyOf:   pairSets,
	Takes:   difference.Takes,
	Adds:    Usual(),
	Refuses: scoreWithoutCorrelation,
	Example: "area,value1,lower1,upper1,value2,lower2,upper2\nMedway,2.0,1.7,2.4,3.8,3.3,4.4\nNowhere,,,,3.8,3.3,4.4\n",
	Row:     func(r Row, o Options) []Cell { return Cells(changed(r, o)) },
}

// changed is the second value less the first.
func changed(r Row, o Options) stats.Estimate {
	if x1, n1, x2, n2, read := counts(r); read {
		return asChange(subtractedCounts(x2, n2, x1, n1, o), "first value", "second value")
	}
	if o.Word("interval") == byScore {
		return stats.Missing(stats.StatusUnavailable, "score limits need counts")
	}
	first, last := published(r, o, stats.Linear)
	return asChange(stats.DifferenceMoverCorrelated(last, first, o.Float("correlation")), "first value", "second value")
}

// asChange turns the words for the two values over, since the second is subtracted from.
func asChange(e stats.Estimate, first, second string) stats.Estimate {
	switch {
	case len(e.Reason) >= len(first) && e.Reason[:len(first)] == first:
		e.Reason = second + e.Reason[len(first):]
	case len(e.Reason) >= len(second) && e.Reason[:len(second)] == second:
		e.Reason = first + e.Reason[len(second):]
	}
	if e.Method != "" {
		e.Method = "Change between two periods: " + e.Method
	}
	return e
}
