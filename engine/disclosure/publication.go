package disclosure

import "math"

// Publication is what a reader is about to be told. The zero Publication tells nothing.
type Publication struct {
	cells     []string
	index     map[string]int
	measured  map[int]bool
	relations []Relation
	items     []Item
	memory    map[string][]Range
}

// Range is the least and the greatest number that something may be; High is +Inf where nothing bounds it.
type Range struct{ Low, High float64 }

// Width is how far the two lie apart.
func (r Range) Width() float64 { return r.High - r.Low }

// single says whether there is one number only.
func (r Range) single() bool { return r.High <= r.Low }

// anything is a count of which nothing is known.
var anything = Range{0, math.Inf(1)}

// Term is a cell with its factor in a relation.
type Term struct {
	Cell   int
	Factor float64
}

// Relation is a sum of terms that lies in a range, for a sum of parts 0 to 0: 1 × whole − 1 × part − 1 × part = 0.
type Relation struct {
	Terms []Term
	Range Range
}

// Shown is a cell that an item prints, with the range in which the print places it: one number for an exact count.
type Shown struct {
	Cell int
	Range
}

// Guard is a count that must stay unknown while its item is hidden.
type Guard struct {
	Cell int
	// Width is how far the least and the greatest number that it may be for a reader must lie apart, as long as it may be
	// smaller than Below: a count that is known to be as large as that needs no protection.
	Width, Below float64
	// Exact says that to know the count exactly is too much however large it is, Zero that to know that it is zero tells
	// nothing, and Few that to know how few it can be tells nothing, as long as it may be zero.
	Exact, Zero, Few bool
	// Cover, where it is set, lies in the range: what the true count itself asks for, k to either side. Only Protect knows it.
	Cover *Range
}

// Item is a row: it prints some cells, or hides them all. A hidden item without cells to show stands for counts that nobody
// prints.
type Item struct {
	Name   string
	Shows  []Shown
	Guards []Guard
	// Hidden says that the row prints no number, Public that it cannot be hidden, since its numbers are known already.
	Hidden, Public bool
	// Secondary says that Protect hid it.
	Secondary bool
	// Cost is how much is lost by hiding it.
	Cost float64
}

// Fault is a hidden count that can be worked back more closely than its guard allows.
type Fault struct {
	// Item is the position of the hidden item, and Cell the name of the count.
	Item int
	Cell string
	Range
}

// Cell is the position of a cell by its name, which makes it where it is new. Any count is zero or more.
func (p *Publication) Cell(name string) int {
	if at, known := p.index[name]; known {
		return at
	}
	if p.index == nil {
		p.index = map[string]int{}
	}
	p.index[name] = len(p.cells)
	p.cells = append(p.cells, name)
	return len(p.cells) - 1
}

// Measured is the position of a cell that is no count, such as a rate: a number of any kind that is zero or more.
func (p *Publication) Measured(name string) int {
	at := p.Cell(name)
	if p.measured == nil {
		p.measured = map[int]bool{}
	}
	p.measured[at] = true
	return at
}

// Has says whether there is a cell of that name.
func (p *Publication) Has(name string) bool { _, known := p.index[name]; return known }

// Relate adds a relation.
func (p *Publication) Relate(relation Relation) { p.relations = append(p.relations, relation) }

// Sum adds the relation that a whole is the sum of its parts.
func (p *Publication) Sum(whole int, parts ...int) {
	terms := []Term{{whole, 1}}
	for _, part := range parts {
		terms = append(terms, Term{part, -1})
	}
	p.Relate(Relation{Terms: terms})
}

// Add adds an item and returns its position.
func (p *Publication) Add(item Item) int {
	p.items = append(p.items, item)
	return len(p.items) - 1
}

// Item is the item at a position.
func (p *Publication) Item(at int) Item { return p.items[at] }

// Items is how many items there are.
func (p *Publication) Items() int { return len(p.items) }

// printed is what the items that are not hidden say of each cell by themselves.
func (p *Publication) printed() []Range {
	ranges := make([]Range, len(p.cells))
	for i := range ranges {
		ranges[i] = anything
	}
	for _, item := range p.items {
		if item.Hidden {
			continue
		}
		for _, shown := range item.Shows {
			r := &ranges[shown.Cell]
			narrowed := Range{math.Max(r.Low, shown.Low), math.Min(r.High, shown.High)}
			// Two prints that exclude each other leave the first.
			if narrowed.Low <= narrowed.High {
				*r = narrowed
			}
		}
	}
	return ranges
}

// Audit is the reader's work: every guarded count of a hidden item that can be worked back more closely than its guard
// allows, in the order of the items. It knows nothing but what the items show and how the cells are related.
func (p *Publication) Audit() []Fault {
	var faults []Fault
	view := p.guarding()
	for at, item := range p.items {
		if !item.Hidden {
			continue
		}
		for _, guard := range item.Guards {
			if r := view.bounds(guard.Cell); guard.broken(r, false) {
				faults = append(faults, Fault{at, p.cells[guard.Cell], r})
			}
		}
	}
	return faults
}

// content says whether a guard holds for a range and for every wider one.
func (g Guard) content(r Range) bool {
	if g.Few && r.Low <= 0 {
		return true
	}
	return !r.single() && r.Width() >= g.Width && (g.Cover == nil || r.Low <= g.Cover.Low && r.High >= g.Cover.High)
}

// broken says whether a reader who knows a range knows too much. True says that what the true count asks for is held too.
func (g Guard) broken(r Range, truly bool) bool {
	switch {
	case g.Zero && r.High <= 0, g.Few && r.Low <= 0:
		return false
	case g.Exact && r.single(), r.Low < g.Below && r.Width() < g.Width:
		return true
	}
	return truly && g.Cover != nil && (r.Low > g.Cover.Low || r.High < g.Cover.High)
}
