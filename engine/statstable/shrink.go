package statstable

import "levelfield/engine/stats"

var shrink = Method{
	Name:  "shrink",
	Short: "Shares of small areas, drawn towards their common mean",
	Long: `The empirical-Bayes value of each area's x / n, drawn towards the mean of all areas the more so the smaller n is (Marshall 1991,
the global estimator): for ranking and mapping small areas, in which the largest and the smallest shares are mostly chance. It
has no limits, and is no published rate.

With a column neighbours, the names of each area's neighbours with ; between them, it is drawn towards the mean of these and itself
(the local estimator).`,
	Reads: []Column{
		{Name: "area", Is: "the area"},
		{Name: "x", Number: true, Is: "the count of events"},
		{Name: "n", Number: true, Is: "the population"},
		{Name: "neighbours", Optional: true, Is: "the areas next to it, with ; between them"},
	},
	Check:   func(t *Table, _ Options) []Finding { return strangers(t) },
	Adds:    []string{"value", "method", "status", "reason"},
	Example: "area,x,n\nA,15,196\nB,195,3909\nC,449,6441\nD,,200\n",
	Each: func(rows []Row, _ Options) [][]Cell {
		cells := make([][]Cell, len(rows))
		x, n := Floats(rows, "x"), Floats(rows, "n")
		values := stats.Shrink(x, n)
		if len(rows) > 0 && rows[0].Has("neighbours") {
			values = stats.ShrinkLocal(x, n, neighboursOf(rows))
		}
		for i, e := range values {
			cells[i] = []Cell{Number(e.Value), Text(e.Method), Text(e.Status), Text(reasonOf(e.Reason, e.Warnings))}
		}
		return cells
	},
}
