package statstable

import "levelfield/engine/stats"

var mean = Method{
	Name:  "mean",
	Short: "The mean of each group's values, with Student's t limits",
	Long: `The mean of the values of a group with limits by Student's t (1908), and the standard deviation of the sample. The variance
is summed in a second pass, so that values far from 0 keep their digits. A group with a missing value, or with one value, has
no mean.`,
	Reads: []Column{
		{Name: "group", Is: "the group"},
		{Name: "v", Number: true, Is: "the value"},
	},
	By:      "group",
	Adds:    Usual("n", "sd"),
	Example: "group,v\nMedway,3.5\nMedway,4.25\nMedway,3\nSlough,4\n",
	Group: func(rows []Row, _ Options) []Cell {
		sample := stats.Mean(Floats(rows, "v"))
		return append([]Cell{Count(sample.N), Number(sample.SD)}, Cells(sample.Estimate)...)
	},
}
