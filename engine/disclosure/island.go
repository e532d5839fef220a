package disclosure

import (
	"maps"
	"slices"
)

// island is a publication that hangs together.
type island struct {
	Publication
	// from are the positions of its items in the whole, and truth its cells' true numbers.
	from  []int
	truth map[int]float64
	// faults are what an attempt could not achieve; given are the guards, by item and cell, that were given up, and how far.
	faults []Fault
	given  map[[2]int]grade
}

// islands parts the publication, in the order of the first cells.
func (p *Publication) islands(truth map[int]float64) []*island {
	roots := p.roots()
	found := map[int]*island{}
	local := make([]int, len(p.cells))
	for cell, name := range p.cells {
		home := found[roots[cell]]
		if home == nil {
			home = &island{truth: map[int]float64{}}
			found[roots[cell]] = home
		}
		local[cell] = home.Cell(name)
		if p.measured[cell] {
			local[cell] = home.Measured(name)
		}
		if number, known := truth[cell]; known {
			home.truth[local[cell]] = number
		}
	}
	for _, relation := range p.relations {
		moved := Relation{Range: relation.Range}
		for _, term := range relation.Terms {
			moved.Terms = append(moved.Terms, Term{local[term.Cell], term.Factor})
		}
		found[roots[relation.Terms[0].Cell]].Relate(moved)
	}
	for at, item := range p.items {
		cells := item.cells()
		if len(cells) == 0 {
			continue
		}
		home := found[roots[cells[0]]]
		home.Add(item.moved(local))
		home.from = append(home.from, at)
	}
	var list []*island
	for _, at := range slices.Sorted(maps.Keys(found)) {
		list = append(list, found[at])
	}
	return list
}

// roots are for each cell the first one with which it hangs together, by relations or by items.
func (p *Publication) roots() []int {
	root := make([]int, len(p.cells))
	for i := range root {
		root[i] = i
	}
	find := func(cell int) int {
		for root[cell] != cell {
			root[cell] = root[root[cell]]
			cell = root[cell]
		}
		return cell
	}
	join := func(a, b int) {
		a, b = find(a), find(b)
		root[max(a, b)] = min(a, b)
	}
	for _, relation := range p.relations {
		for _, term := range relation.Terms {
			join(relation.Terms[0].Cell, term.Cell)
		}
	}
	for _, item := range p.items {
		for _, cell := range item.cells() {
			join(item.cells()[0], cell)
		}
	}
	for cell := range root {
		root[cell] = find(cell)
	}
	return root
}

// cells are the cells that an item shows or guards.
func (i Item) cells() []int {
	var cells []int
	for _, shown := range i.Shows {
		cells = append(cells, shown.Cell)
	}
	for _, guard := range i.Guards {
		cells = append(cells, guard.Cell)
	}
	return cells
}

// moved is the item with its cells at other positions.
func (i Item) moved(to []int) Item {
	i.Shows, i.Guards = slices.Clone(i.Shows), slices.Clone(i.Guards)
	for at := range i.Shows {
		i.Shows[at].Cell = to[i.Shows[at].Cell]
	}
	for at := range i.Guards {
		i.Guards[at].Cell = to[i.Guards[at].Cell]
	}
	return i
}
