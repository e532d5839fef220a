package statstable

import (
	"fmt"

	"levelfield/engine/stats"
)

var proportion = Method{
	Name:  "proportion",
	Short: "A share of a count, with Wilson's score limits or others",
	Long: `x / n times the multiplier, with limits of the kind asked for: Wilson's score (1927; Newcombe 1998, method 3), the same
with continuity correction (method 4), Clopper and Pearson's exact limits (1934), Jeffreys' (Brown, Cai and DasGupta 2001) or
mid-P (Lancaster 1961). At x = 0 the lower limit is exactly 0, at x = n the upper is exactly the multiplier.

With a column deff, the design effect of a survey, limits are those of n / deff cases (Kish 1965). With a column population,
the size of a finite population of which n is a sample, those of n (population - 1) / (population - n) cases.`,
	Reads: []Column{
		{Name: "x", Number: true, Is: "the numerator"},
		{Name: "n", Number: true, Is: "the denominator"},
		{Name: "deff", Number: true, Optional: true, Is: "the design effect of the survey"},
		{Name: "population", Number: true, Optional: true, Is: "the size of the population that was sampled"},
	},
	Takes: []Option{
		choice("interval", "the kind of limits", stats.ProportionIntervals()),
		aboveNought("multiplier", 1, "what a share of one is written as: 100 gives percentages"),
	},
	Adds:         Usual(),
	Example:      "area,x,n\nMedway,79,167\nSlough,0,12\nNowhere,3,0\n",
	ExampleFlags: "--multiplier 100",
	Row: func(r Row, o Options) []Cell {
		asked := stats.ProportionOptions{Interval: stats.ProportionInterval(o.Word("interval")), Multiplier: o.Float("multiplier")}
		asked.DesignEffect, asked.Population = r.optional("deff"), r.optional("population")
		return Cells(stats.ProportionWith(r.Float("x"), r.Float("n"), asked))
	},
}

// optional is the number in a column, NaN where its cell is empty, and nil where the column is not there.
func (r Row) optional(column string) *float64 {
	if !r.Has(column) {
		return nil
	}
	v := r.Float(column)
	return &v
}

// choice is an option that is one of several words, the first of which is the default.
func choice[W ~string](name, usage string, words []W) Option {
	option := Option{Name: name, Usage: usage}
	for _, word := range words {
		option.Choices = append(option.Choices, fmt.Sprint(word))
	}
	return option
}
