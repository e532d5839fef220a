package disclosure

import (
	"cmp"
	"math"
	"slices"
)

// Protect hides further items until no guarded count of a hidden one can be worked back, and says what the audit still finds,
// because an item that would have to be hidden is public. The range that a true count asks for is kept as far as can be. Truth is the true number of each cell where it is
// known, by which a partner is chosen that is large enough to hide behind; it changes nothing in what is judged.
//
// At each step the first guard that is broken is taken. Of the relations that break it alone, a row is hidden whose count
// is large enough to cover it: in one attempt the cheapest, in another the one that leaves fewest guards broken. Then the
// dearest rows are shown again one by one where that breaks no guard. The attempt that costs least is kept. Publications
// that do not hang together are protected each by itself.
func (p *Publication) Protect(truth map[int]float64) []Fault {
	var faults []Fault
	for _, island := range p.islands(truth) {
		if !slices.ContainsFunc(island.items, func(item Item) bool { return item.Hidden && len(item.Guards) > 0 }) {
			continue
		}
		best := island.attempt(false)
		if len(island.items) <= mostAhead && len(island.measured) == 0 {
			if other := island.attempt(true); other.better(best) {
				best = other
			}
		}
		for i, item := range best.items {
			at := island.from[i]
			p.items[at].Hidden, p.items[at].Secondary = item.Hidden, item.Secondary
		}
		for _, fault := range best.faults {
			fault.Item = island.from[fault.Item]
			faults = append(faults, fault)
		}
	}
	slices.SortStableFunc(faults, func(a, b Fault) int { return cmp.Compare(a.Item, b.Item) })
	return faults
}

// grade is how much of a guard is given up where no item is left that could be hidden.
type grade int

const (
	cover  grade = iota + 1 // what the true count asks for: the audit, which does not know it, is content
	anyway                  // the guard itself
)

// attempt protects a copy of the island.
func (l *island) attempt(ahead bool) *island {
	if l.memory == nil {
		l.memory = map[string][]Range{}
	}
	copied := *l
	copied.items, copied.given = slices.Clone(l.items), map[[2]int]grade{}
	for {
		view, broken := copied.broken(mostLeft)
		if len(broken) == 0 {
			break
		}
		partner := copied.partner(view, broken, ahead)
		if partner < 0 {
			first := broken[0]
			given := cover
			if first.guard.broken(view.bounds(first.guard.Cell), false) {
				given = anyway
			}
			copied.given[[2]int{first.item, first.guard.Cell}] = given
			continue
		}
		copied.items[partner].Hidden, copied.items[partner].Secondary = true, true
	}
	copied.showAgain()
	copied.faults = copied.Audit()
	return &copied
}

// better says whether an attempt achieves more than another, or the same at less cost.
func (l *island) better(than *island) bool {
	cost := func(of *island) float64 {
		sum := 0.0
		for _, item := range of.items {
			if item.Secondary {
				sum += item.Cost
			}
		}
		return sum
	}
	return cmp.Or(cmp.Compare(len(l.faults), len(than.faults)), cmp.Compare(cost(l), cost(than))) < 0
}

// brokenGuard is a guard that does not hold, with the position of its item.
type brokenGuard struct {
	item  int
	guard Guard
}

// broken are the first guards of hidden items that do not hold, at most as many as asked for, with the view in which they
// do not.
func (l *island) broken(most int) (*view, []brokenGuard) {
	v := l.guarding()
	var list []brokenGuard
	for at, item := range l.items {
		if !item.Hidden {
			continue
		}
		for _, guard := range item.Guards {
			given := l.given[[2]int{at, guard.Cell}]
			if given != anyway && guard.broken(v.bounds(guard.Cell), given != cover) {
				if list = append(list, brokenGuard{at, guard}); len(list) == most {
					return v, list
				}
			}
		}
	}
	return v, list
}

// candidate is an item that could be hidden: the largest of its counts that bears on the guard covers it.
type candidate struct {
	item         int
	cost, number float64
	// left is how many guards are broken when it is hidden.
	left int
}

// partner is the item to hide so that one of the broken guards may hold; −1 where there is none left for the first. A cell
// that is shown elsewhere is hidden there; then the first guard is served that one relation breaks by itself, since what
// follows from several mostly goes with it.
func (l *island) partner(v *view, broken []brokenGuard, ahead bool) int {
	ways := []func(Guard) map[int]bool{
		func(g Guard) map[int]bool { return map[int]bool{g.Cell: true} },
		func(g Guard) map[int]bool { return v.sharing(g, true) },
		func(g Guard) map[int]bool { return v.sharing(g, false) },
		func(Guard) map[int]bool { return nil },
	}
	for way, cellsOf := range ways {
		guards := broken
		if way >= 2 {
			guards = broken[:1]
		}
		for _, b := range guards {
			if list := l.candidates(cellsOf(b.guard), way == len(ways)-1); len(list) > 0 {
				return l.choose(list, l.need(b.guard), ahead)
			}
		}
	}
	return -1
}

// need is how large a count must be to cover a guard's.
func (l *island) need(guard Guard) float64 {
	if known, knows := l.truth[guard.Cell]; knows && guard.Cover != nil {
		return math.Max(guard.Width, guard.Cover.High-known)
	}
	return guard.Width
}

// candidates are the items that show one of the cells, or any cell.
func (l *island) candidates(cells map[int]bool, any bool) []candidate {
	var list []candidate
	for at, item := range l.items {
		if item.Hidden || item.Public {
			continue
		}
		c, shows := candidate{item: at, cost: item.Cost}, false
		for _, shown := range item.Shows {
			if !any && !cells[shown.Cell] {
				continue
			}
			number, known := l.truth[shown.Cell]
			if !known {
				number = shown.High
			}
			c.number, shows = math.Max(c.number, number), true
		}
		if shows {
			list = append(list, c)
		}
	}
	return list
}

// mostAhead is up to how many items a publication that hangs together is protected with a look ahead too: it saves a figure in
// some tables, and a hundred areas with ten groups each take it a second. Where something is measured it would take minutes.
const mostAhead = 1000

// mostTried is how many candidates are tried for what they leave broken: the cheapest ones.
const mostTried = 8

// mostLeft is up to how many broken guards are counted for a candidate.
const mostLeft = 30

// choose takes of the candidates whose count is large enough the cheapest, or, with a look ahead, the one that leaves
// fewest guards broken. Where no count is large enough it takes the largest.
func (l *island) choose(list []candidate, need float64, ahead bool) int {
	enough := slices.DeleteFunc(slices.Clone(list), func(c candidate) bool { return c.number < need })
	if len(enough) == 0 {
		return slices.MinFunc(list, func(a, b candidate) int {
			return cmp.Or(cmp.Compare(b.number, a.number), cmp.Compare(a.cost, b.cost))
		}).item
	}
	slices.SortStableFunc(enough, func(a, b candidate) int { return cmp.Compare(a.cost, b.cost) })
	if !ahead {
		return enough[0].item
	}
	enough = enough[:min(len(enough), mostTried)]
	for i, c := range enough {
		l.items[c.item].Hidden = true
		_, left := l.broken(mostLeft)
		enough[i].left = len(left)
		l.items[c.item].Hidden = false
	}
	return slices.MinFunc(enough, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.left, b.left), cmp.Compare(a.cost, b.cost))
	}).item
}

// sharing are the cells that stand in a relation with a guard's cell; binding asks for relations that by themselves break
// the guard.
func (v *view) sharing(guard Guard, binding bool) map[int]bool {
	cells := map[int]bool{}
	for _, at := range v.of[guard.Cell] {
		if v.dropped[at] || binding && !guard.broken(v.implied(at, guard.Cell), true) {
			continue
		}
		for _, term := range v.publication.relations[at].Terms {
			cells[term.Cell] = true
		}
	}
	return cells
}

// implied is what one relation says of a cell, given what is printed of its others.
func (v *view) implied(at, cell int) Range {
	relation := v.publication.relations[at]
	low, high, factor := relation.Range.Low, relation.Range.High, 1.0
	for _, term := range relation.Terms {
		if term.Cell == cell {
			factor = term.Factor
			continue
		}
		least, most := times(v.printed[term.Cell], term.Factor)
		low, high = low-most, high-least
	}
	from, to := low/factor, high/factor
	if factor < 0 {
		from, to = to, from
	}
	return Range{math.Max(0, from), to}
}

// showAgain shows the dearest items that were hidden for others, where nothing is broken by that.
func (l *island) showAgain() {
	var hidden []int
	for at, item := range l.items {
		if item.Secondary {
			hidden = append(hidden, at)
		}
	}
	slices.SortStableFunc(hidden, func(a, b int) int { return cmp.Compare(l.items[b].Cost, l.items[a].Cost) })
	for _, at := range hidden {
		l.items[at].Hidden, l.items[at].Secondary = false, false
		if _, broken := l.broken(1); len(broken) > 0 {
			l.items[at].Hidden, l.items[at].Secondary = true, true
		}
	}
}
