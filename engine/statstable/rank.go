package statstable

import "levelfield/engine/stats"

var rank = Method{
	Name:  "rank",
	Short: "The place of each area among all, ties sharing the better",
	Long: `1 is the lowest value where low is good, and else the highest. Areas with the same value share the better place, and an area
without one has none and is not counted. A rank is a position and no verdict: neighbours in a list need not differ.`,
	Reads: []Column{
		{Name: "area", Is: "the area"},
		{Name: "value", Number: true, Is: "its value"},
		polarityColumn(true),
	},
	Adds:    []string{"rank", "of", "status", "reason"},
	Example: "area,value,polarity\nMedway,5,low\nSlough,3.5,low\nReading,5,low\nNowhere,,low\n",
	Check: func(t *Table, _ Options) []Finding {
		return append(oneOf(t, "polarity", polarityWords...), agree(t, "", "polarity")...)
	},
	Each: func(rows []Row, _ Options) [][]Cell {
		values := make([]*float64, len(rows))
		for i, r := range rows {
			values[i] = r.Number("value")
		}
		ranks, of := stats.Rank(values, stats.Polarity(common(rows, "polarity")))
		cells := make([][]Cell, len(rows))
		for i, place := range ranks {
			if cells[i] = []Cell{Count(place), Count(of), {}, {}}; place == 0 {
				cells[i] = []Cell{{}, Count(of), Text(stats.StatusUnavailable), Text("value missing")}
			}
		}
		return cells
	},
}
