package statstable

import "levelfield/engine/stats"

var rate = Method{
	Name:  "rate",
	Short: "Events for a number of people, with Byar's or exact limits",
	Long: `x / n for so many people, with limits for a Poisson count: byar is exact under 10 (Garwood 1936) and Byar's from 10 (Breslow
and Day 1987), as public health profiles publish; exact is exact throughout. x may exceed n. At x = 0 the lower limit is
exactly 0.`,
	Reads: []Column{
		{Name: "x", Number: true, Is: "the count of events"},
		{Name: "n", Number: true, Is: "the population, or the years of life lived"},
	},
	Takes: []Option{
		{Name: "interval", Usage: "the kind of limits", Choices: []string{"byar", "exact"}},
		aboveNought("per", 100000, "the number of people that the rate is for"),
	},
	Adds:    Usual(),
	Example: "area,x,n\nMedway,4,5104\nSlough,412,81200\nNowhere,,9000\n",
	Row: func(r Row, o Options) []Cell {
		if o.Word("interval") == "exact" {
			return Cells(stats.RateExact(r.Float("x"), r.Float("n"), o.Float("per")))
		}
		return Cells(stats.Rate(r.Float("x"), r.Float("n"), o.Float("per")))
	},
}
