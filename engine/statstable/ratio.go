package statstable

import "levelfield/engine/stats"

var ratio = Method{
	Name:  "ratio",
	Short: "The first value over the second, with limits for the ratio",
	Long: `By MOVER-R (Donner and Zou 2012), on the log scale, or exactly. Published values with their limits go by MOVER-R, or with log by
square and add of their logarithms. Counts go by MOVER-R as two shares with Wilson's limits; log and exact take them as events
of two rates, x for n, by the normal on the log scale or exactly given their sum (Przyborowski and Wilenski 1940).

Where the limits of the second value reach 0 the ratio has no upper limit: it is left empty, and the reason says so.`,
	Reads:   pairColumns("the first value", "the second value"),
	AnyOf:   pairSets,
	Takes:   []Option{{Name: "interval", Usage: "how the limits are found", Choices: []string{byMover, byLog, byExact}}, confidenceOption},
	Adds:    Usual(),
	Example: "area,x1,n1,x2,n2\nMedway,11,77000,25,81000\nNowhere,3,500,0,700\n",
	Row:     func(r Row, o Options) []Cell { return Cells(divided(r, o)) },
}

// divided is a first value over a second by what was asked for.
func divided(r Row, o Options) stats.Estimate {
	interval := o.Word("interval")
	if x1, n1, x2, n2, read := counts(r); read {
		switch interval {
		case byLog:
			return stats.RatioRatesLog(x1, n1, x2, n2)
		case byExact:
			return stats.RatioRatesExact(x1, n1, x2, n2)
		}
		return stats.RatioMover(stats.Proportion(x1, n1, 1), stats.Proportion(x2, n2, 1))
	}
	switch interval {
	case byLog:
		return stats.RatioMoverLog(published(r, o, stats.Log))
	case byExact:
		return stats.Missing(stats.StatusUnavailable, "exact limits need counts")
	}
	return stats.RatioMover(published(r, o, stats.Linear))
}
