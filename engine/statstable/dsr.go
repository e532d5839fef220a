package statstable

import "levelfield/engine/stats"

var dsr = Method{
	Name:  "dsr",
	Short: "The directly standardised rate of each group",
	Long: `The rate that each group would have with the age structure of the standard population, from a row for each age band. Limits are
Dobson's (1991), for which the group needs 10 events, the same from exact Poisson limits, or the gamma limits of Fay and Feuer (1997) or of Tiwari, Clegg and Zou
(2006), which hold from 0 events on. A limit below 0 is clipped, and reason says so.

With a column freq, events that are not independent of each other: x is the number of people who had freq events each, band
says which rows are of one age band, and the rows of a band agree in n and stdpop. Missing counts are not taken for 0.`,
	Reads: []Column{
		{Name: "group", Is: "the group"},
		{Name: "x", Number: true, Is: "the count of events or, with freq, of people"},
		{Name: "n", Number: true, Is: "the population of the band"},
		{Name: "stdpop", Number: true, Is: "the standard population of the band"},
		{Name: "freq", Number: true, Optional: true, Is: "the number of events that each of the people had"},
		{Name: "band", Optional: true, Is: "the age band; needed beside freq"},
	},
	By: "group",
	Takes: []Option{
		choice("interval", "the kind of limits", stats.DSRIntervals()),
		aboveNought("per", 100000, "the number of people that the rate is for"),
	},
	Adds: Usual("count"),
	Example: "group,band,x,n,stdpop\nMedway,0-64,12,40000,77000\nMedway,65+,30,9000,23000\n" +
		"Slough,0-64,1,40000,77000\nSlough,65+,2,9000,23000\n",
	Check: func(t *Table, _ Options) []Finding {
		if t.Has("freq") && !t.Has("band") {
			return []Finding{{Column: "band", Message: "is not among the columns", Next: "beside freq it says which rows are of one age band"}}
		}
		return nil
	},
	Group: func(rows []Row, o Options) []Cell {
		s := stats.Strata{Counts: Floats(rows, "x"), Populations: Floats(rows, "n"), Standard: Floats(rows, "stdpop")}
		if rows[0].Has("freq") {
			s.Frequency, s.Bands = Floats(rows, "freq"), bands(rows)
		} else if band, twice := firstTwice(rows, "band"); twice {
			return append([]Cell{{}}, Cells(stats.Missing(stats.StatusUnavailable, "the band "+band+" stands twice"))...)
		}
		rate := stats.DSR(s, stats.DSRInterval(o.Word("interval")), o.Float("per"))
		return append([]Cell{Number(rate.Count)}, Cells(rate.Estimate)...)
	},
}

// bands numbers the bands of the rows.
func bands(rows []Row) []int {
	numbers := make([]int, len(rows))
	known := map[string]int{}
	for i, r := range rows {
		number, is := known[r.Text("band")]
		if !is {
			number = len(known)
			known[r.Text("band")] = number
		}
		numbers[i] = number
	}
	return numbers
}

// firstTwice is the first label of a column that two of the rows have, where the column is there.
func firstTwice(rows []Row, column string) (label string, twice bool) {
	if !rows[0].Has(column) {
		return "", false
	}
	seen := make(map[string]bool, len(rows))
	for _, r := range rows {
		label := r.Text(column)
		if seen[label] {
			return label, true
		}
		seen[label] = true
	}
	return "", false
}
