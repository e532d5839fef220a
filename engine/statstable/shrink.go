package statstable

import "levelfield/engine/stats"

var shrink = Method{
	Name:  "shrink",
	Short: "Shares of small areas, drawn towards their common mean",
	Long: `The empirical-Bayes value of each area's x / n, drawn towards the mean of all areas the more so the smaller n is (Marshall 1991,
the global estimator): for ranking and mapping small areas, in which the largest and the smallest shares are mostly chance. It
has no limits, and is no published rate.`,
	Reads: []Column{
		{Name: "area", Is: "the area"},
		{Name: "x", Number: true, Is: "the count of events"},
		{Name: "n", Number: true, Is: "the population"},
	},
	Adds:    []string{"value", "method", "status", "reason"},
	Example: "area,x,n\nA,15,196\nB,195,3909\nC,449,6441\nD,,200\n",
	Each: func(rows []Row, _ Options) [][]Cell {
		cells := make([][]Cell, len(rows))
		for i, e := range stats.Shrink(Floats(rows, "x"), Floats(rows, "n")) {
			cells[i] = []Cell{Number(e.Value), Text(e.Method), Text(e.Status), Text(reasonOf(e.Reason, e.Warnings))}
		}
		return cells
	},
}
