package statstable

import "levelfield/engine/stats"

var adjust = Method{
	Name:  "adjust",
	Short: "The p values of a family of tests, adjusted for their number",
	Long: `Adjusts the p values of all rows as one family: by Benjamini and Hochberg (1995), which holds the share of false findings among
the findings, or by Holm (1979), which holds the probability of any. Benjamini and Yekutieli (2001) hold what the first does
however the tests depend on each other, and Bonferroni what Holm does, finding less. A missing p is no test and is not counted.`,
	Reads:   []Column{{Name: "p", Number: true, Is: "the p value of a test"}},
	Takes:   []Option{choice("by", "what is held", stats.Adjustments())},
	Adds:    []string{"adjusted", "status", "reason"},
	Example: "area,p\nA,0.001\nB,0.04\nC,\nD,0.2\n",
	Each: func(rows []Row, o Options) [][]Cell {
		adjusted, reasons := stats.Adjust(Floats(rows, "p"), stats.Adjustment(o.Word("by")))
		cells := make([][]Cell, len(rows))
		for i := range rows {
			status := ""
			if adjusted[i] == nil {
				status = stats.StatusUnavailable
			}
			cells[i] = []Cell{Number(adjusted[i]), Text(status), Text(reasons[i])}
		}
		return cells
	},
}
