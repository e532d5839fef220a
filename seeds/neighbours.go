package seeds

import (
	"io/fs"
	"maps"
	"slices"
	"strconv"

	"levelfield/engine/fault"
)

var neighbourColumns = []string{"set", "area", "rank", "neighbour"}

// Neighbours is named sets of areas that are alike; the zero Neighbours has none.
type Neighbours struct {
	sets map[string]map[string][]string
}

// Sets is the names of the sets, sorted.
func (n Neighbours) Sets() []string { return slices.Sorted(maps.Keys(n.sets)) }

// Has says whether a set has this name.
func (n Neighbours) Has(set string) bool { _, found := n.sets[set]; return found }

// Of is the codes of the neighbours of area in the set, the most alike first; none if the set leaves the area out.
func (n Neighbours) Of(set, area string) []string { return slices.Clone(n.sets[set][area]) }

// LoadNeighbours reads a table of neighbours. Ranks of an area run from 1 in the order of the rows, and every code has
// to be one of areas.
func LoadNeighbours(fsys fs.FS, path string, areas Areas) (Neighbours, fault.List) {
	rows, faults := readTable(fsys, path, neighbourColumns)
	neighbours := Neighbours{sets: map[string]map[string][]string{}}
	for _, read := range rows {
		faults.Add(neighbours.add(read, areas)...)
	}
	return neighbours, faults
}

func (n Neighbours) add(read row, areas Areas) fault.List {
	var faults fault.List
	set, area, neighbour := read.get("set"), read.get("area"), read.get("neighbour")
	if set == "" {
		faults.Add(read.faultf("set", "is empty").Hint("name the set, such as dfe-2025"))
	}
	for _, column := range []string{"area", "neighbour"} {
		if _, found := areas.Lookup(read.get(column)); !found {
			faults.Add(read.faultf(column, "no area %q", read.get(column)).Hint("use a code of the table of areas"))
		}
	}
	if area == neighbour {
		faults.Add(read.faultf("neighbour", "an area is not its own neighbour"))
	}
	known := n.sets[set][area]
	if slices.Contains(known, neighbour) {
		faults.Add(read.faultf("neighbour", "%q stands twice for %s", neighbour, area).Hint("keep one of the two"))
	}
	want := len(known) + 1
	if rank, err := strconv.Atoi(read.get("rank")); err != nil || rank != want {
		faults.Add(read.faultf("rank", "is %q, must be %d", read.get("rank"), want).Hint("ranks of an area run from 1, in order"))
	}
	if set == "" || area == "" {
		return faults
	}
	if n.sets[set] == nil {
		n.sets[set] = map[string][]string{}
	}
	n.sets[set][area] = append(known, neighbour)
	return faults
}
