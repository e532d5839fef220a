package statstable

import (
	"fmt"
	"slices"
	"strings"

	"levelfield/engine/stats"
)

var cluster = Method{
	Name:  "cluster",
	Short: "Whether areas and their neighbours are high or low together",
	Long: `Two statistics of each area among its neighbours. z is Getis and Ord's Gi* (1995), a standard normal deviate where values have
nothing to do with their place, above 0 where an area and its neighbours are high together; p is its two-sided p value. moran is
Anselin's local Moran's I (1995), above 0 where an area is like its neighbours and below where it is unlike them.

Every area is tested, so levelfield stats adjust takes the p values as one family. An area without neighbours, or with all others
for neighbours, has no z; values that are all alike have none.`,
	Reads: []Column{
		{Name: "area", Is: "the area"},
		{Name: "value", Number: true, Is: "the value, such as a rate or a share"},
		{Name: "neighbours", Is: "the areas next to it, with ; between them"},
	},
	Adds:    []string{"z", "p", "moran", "status", "reason"},
	Example: "area,value,neighbours\nA,12.1,B;C\nB,11.4,A;C\nC,9.8,A;B;D\nD,4.2,C\nE,3.9,\n",
	Check:   func(t *Table, _ Options) []Finding { return strangers(t) },
	Each: func(rows []Row, _ Options) [][]Cell {
		cells := make([][]Cell, len(rows))
		for i, c := range stats.Clusters(Floats(rows, "value"), neighboursOf(rows)) {
			cells[i] = []Cell{Number(c.Z), Number(c.Probability), Number(c.Moran), Text(c.Status), Text(c.Reason)}
		}
		return cells
	},
}

// neighbourNames are the names in a cell of neighbours.
func neighbourNames(r Row) []string {
	var names []string
	for name := range strings.SplitSeq(r.Text("neighbours"), ";") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// neighboursOf are the neighbours of each row, by the row of theirs.
func neighboursOf(rows []Row) stats.Neighbours {
	at := make(map[string]int, len(rows))
	for i, r := range rows {
		at[r.Text("area")] = i
	}
	neighbours := make(stats.Neighbours, len(rows))
	for i, r := range rows {
		for _, name := range neighbourNames(r) {
			neighbours[i] = append(neighbours[i], at[name])
		}
	}
	return neighbours
}

// strangers are the neighbours that are no area of the table, those that are not so the other way round, and the areas that
// stand twice.
func strangers(t *Table) []Finding {
	if !t.Has("neighbours") {
		return nil
	}
	var found []Finding
	near, rows := map[string][]string{}, t.Rows()
	for i := range rows {
		area := rows[i].Text("area")
		if _, twice := near[area]; twice {
			found = append(found, Finding{Row: &rows[i], Column: "area", Message: fmt.Sprintf("%q stands twice", area), Next: "neighbours name an area, so each has one row"})
		}
		near[area] = neighbourNames(rows[i])
	}
	for i := range rows {
		area := rows[i].Text("area")
		for _, name := range neighbourNames(rows[i]) {
			back, is := near[name]
			switch {
			case !is:
				found = append(found, Finding{Row: &rows[i], Column: "neighbours", Message: fmt.Sprintf("no area %q", name), Next: "name areas of this table, with ; between them"})
			case !slices.Contains(back, area):
				found = append(found, Finding{Row: &rows[i], Column: "neighbours", Message: fmt.Sprintf("%q is a neighbour of %q, and not the other way round", name, area), Next: "name both, each in the other's row"})
			}
		}
	}
	return found
}
