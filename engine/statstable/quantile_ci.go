package statstable

import "levelfield/engine/stats"

var quantileInterval = Method{
	Name:  "quantile-ci",
	Short: "The median or another quantile of each group's values, with limits",
	Long: `The p quantile of the values of a group, that of rank 1 + (n - 1)p between the ranks, with limits that are values of the group
by the binomial distribution of ranks (Conover 1999; Campbell and Gardner 1988). A limit for which there are too few values is
left out, and reason says so: the median has 95% limits from 6 values and 99.8% limits from 10.`,
	Reads: []Column{
		{Name: "group", Is: "the group"},
		{Name: "v", Number: true, Is: "the value"},
	},
	By: "group",
	Takes: []Option{{
		Name: "p", Usage: "the quantile", Default: 0.5,
		Valid: func(v float64) bool { return v > 0 && v < 1 }, Is: "a number between 0 and 1",
	}},
	Adds:    Usual(),
	Example: "group,v\nMedway,3.5\nMedway,4.25\nMedway,3\nSlough,\n",
	Group: func(rows []Row, o Options) []Cell {
		return Cells(stats.QuantileInterval(Floats(rows, "v"), o.Float("p")))
	},
}
