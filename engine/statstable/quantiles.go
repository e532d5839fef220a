package statstable

import (
	"math"

	"levelfield/engine/stats"
)

var quantiles = Method{
	Name:  "quantiles",
	Short: "The quantile of each area among the areas of its group",
	Long: `Puts the areas of a group into so many quantiles by their values, quantile 1 first. Ties share the better rank and are never
parted, and bounds are found in whole numbers. Fewer than five areas, or fewer areas than quantiles, are put into none.`,
	Reads: []Column{
		{Name: "group", Is: "the areas that belong together"},
		{Name: "v", Number: true, Is: "the value of an area"},
	},
	By: "group",
	Takes: []Option{
		{Name: "into", Usage: "the number of quantiles", Default: 10, Valid: func(v float64) bool { return v >= 2 && v <= 1000 && v == math.Trunc(v) }, Is: "a whole number from 2 to 1000"},
		{Name: "first", Usage: "which values quantile 1 holds", Choices: []string{"high", "low"}},
	},
	Adds:         []string{"quantile", "status", "reason"},
	Example:      "group,area,v\nKent,A,3\nKent,B,9\nKent,C,\nKent,D,5\nKent,E,7\nKent,F,1\n",
	ExampleFlags: "--into 5",
	Each: func(rows []Row, o Options) [][]Cell {
		of, reason := stats.AreaQuantiles(Floats(rows, "v"), int(o.Float("into")), o.Word("first") == "high")
		cells := make([][]Cell, len(rows))
		for i, quantile := range of {
			switch {
			case rows[i].Number("v") == nil:
				cells[i] = []Cell{{}, Text(stats.StatusUnavailable), Text("value missing")}
			case reason != "":
				cells[i] = []Cell{{}, Text(stats.StatusUnavailable), Text(reason)}
			default:
				cells[i] = []Cell{Count(quantile), {}, {}}
			}
		}
		return cells
	},
}
