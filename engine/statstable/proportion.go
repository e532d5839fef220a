package statstable

import "levelfield/engine/stats"

var proportion = Method{
	Name:  "proportion",
	Short: "A share of a count, with Wilson's score limits or others",
	Long: `x / n with limits by Wilson's score (E. B. Wilson, 1927). Valid for every 0 <= x <= n; at 0 the lower limit is exactly
0, at n the upper exactly the multiplier.`,
	Reads: []Column{
		{Name: "x", Number: true, Is: "the numerator"},
		{Name: "n", Number: true, Is: "the denominator"},
	},
	Takes:   []Option{aboveNought("multiplier", 1, "what a share of one is written as: 100 gives percentages")},
	Adds:    Usual(),
	Example: "area,x,n\nMedway,79,167\nSlough,0,12\nNowhere,3,0\n",
	Row: func(r Row, o Options) []Cell {
		return Cells(stats.Proportion(r.Float("x"), r.Float("n"), o.Float("multiplier")))
	},
}
