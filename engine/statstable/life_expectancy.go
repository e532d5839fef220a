package statstable

import "levelfield/engine/stats"

var lifeExpectancy = Method{
	Name:  "life-expectancy",
	Short: "The years of life left at the start of each age band",
	Long: `An abridged life table of each group by Chiang's second method (1984), with Silcocks' variance for the open last band (2001),
from a row for each age band: 0, 1, 5, 10 and so on to 85 or 90. Bands are put in order by their starting age, as numbers.

A group of 5,000 people or fewer, or one in which a number is missing, a band has no people or the last one no deaths, has no
life table; nor has an age whose 95% limits are more than 20 years apart.`,
	Reads: []Column{
		{Name: "group", Is: "the group"},
		{Name: "start_age", Number: true, Is: "the age at which the band begins"},
		{Name: "deaths", Number: true, Is: "the deaths in the band"},
		{Name: "population", Number: true, Is: "the population of the band"},
	},
	By:      "group",
	Adds:    Usual(),
	Example: "group,start_age,deaths,population\nA,0,9,20000\nA,65,800,9000\nA,80,700,3000\nB,0,9,900\nB,80,70,300\n",
	Each: func(rows []Row, _ Options) [][]Cell {
		cells := make([][]Cell, len(rows))
		for i, e := range stats.LifeExpectancy(Floats(rows, "start_age"), Floats(rows, "deaths"), Floats(rows, "population")) {
			cells[i] = Cells(e)
		}
		return cells
	},
}
