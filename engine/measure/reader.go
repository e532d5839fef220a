package measure

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"levelfield/engine/disclosure"
	"levelfield/engine/results"
	"levelfield/indicators"
)

// cellKey names one count: a column, or an expression that is none, in an area, a period and a category of each category
// column of the dataset.
type cellKey struct {
	dataset, term, area, period, categories string
}

// reader is what a reader of the values has before him: the cells, what is printed of them, and how they hang together.
type reader struct {
	*Protection
	publication disclosure.Publication
	truth       map[int]float64
	truly       bool
	// items are the positions of the rows, by that of their values.
	items map[int]int
	// cells are the positions of cells, in order of the keys' making.
	cells map[cellKey]int
	order []cellKey
	// broken says of which terms a breakdown of a category column shows every category.
	broken map[[3]string]bool
	// strata are the cells of age bands, each with its guard.
	strata map[int]bool
	// bands are how many bands figures have, by indicator, period and area; apart are the cells that are not held against other areas'.
	bands map[[3]string]int
	apart map[cellKey]bool
	// whole is the printed denominator of a share that is worked back.
	whole   map[cellKey]float64
	related map[string]bool
	// counts are how many parts of a kind an area has on a day.
	counts map[[3]string]int
}

// reader reads values. Truly says that the numbers are the true ones, of which the small are hidden first; otherwise they are
// those that are printed.
func (p *Protection) reader(values []results.Value, truly bool) *reader {
	r := &reader{
		Protection: p, truth: map[int]float64{}, truly: truly, items: map[int]int{}, cells: map[cellKey]int{},
		broken: map[[3]string]bool{}, strata: map[int]bool{}, apart: map[cellKey]bool{}, whole: map[cellKey]float64{}, related: map[string]bool{}, counts: map[[3]string]int{},
	}
	for i, v := range values {
		policy, is := p.Policies[v.Dataset]
		definition := p.Definitions[v.Indicator]
		if is && !policy.InternalOnly && definition.Dataset == v.Dataset {
			r.row(i, v, definition, policy)
		}
	}
	r.forms()
	r.checkedSums()
	r.identities()
	r.breakdowns()
	r.areas()
	return r
}

// counted is a count that a row prints.
type counted struct {
	term  string
	path  string
	value *float64
	// low and high are the range of a count that is worked back; step is set then.
	low, high float64
	worked    bool
	// between is set where the count itself is not printed, and what is tells between which numbers it lies.
	between *disclosure.Range
}

// row reads one value.
func (r *reader) row(i int, v results.Value, definition indicators.Definition, policy Policy) {
	part, whole := r.countsOf(v, definition)
	if part == nil && whole == nil {
		return
	}
	known := policy.Known[v.Area]
	few := r.tooFew(v, definition, policy, part)
	if _, held := r.Strata[v.Key()]; held && !v.HasValue() && !suppressed(v) && !few {
		r.unprinted(r.key(v, definition, part.term))
		if definition.Measure.DSR != nil {
			r.rated(v, definition, policy, part, &disclosure.Item{})
		}
		return // nothing is told, and the count follows from others all the same
	}
	item := disclosure.Item{Name: fmt.Sprint(v.Key()), Public: known, Cost: 1, Hidden: suppressed(v) && v.Denominator == nil}
	printed := item.Hidden
	for _, c := range []*counted{part, whole} {
		if c == nil {
			continue
		}
		cell := r.cell(r.key(v, definition, c.term))
		r.recordBreakdown(definition, v.Dataset, c.term)
		small := false
		if c.value != nil {
			small = r.truly && !known && policy.Small(*c.value)
			r.truth[cell] = *c.value
			if c == part || part == nil || part.value == nil {
				item.Cost = *c.value + 1 // who is counted, not who is not
			}
			item.Shows = append(item.Shows, disclosure.Shown{Cell: cell, Range: rangeOf(c, policy, known)})
		}
		if c == part && definition.Measure.Counts() {
			item.Guards = append(item.Guards, policy.Guard(cell, small, valueOf(c)))
		} else {
			guard := policy.Unprinted(cell)
			if small {
				guard.Cover = policy.Guard(cell, true, valueOf(c)).Cover
			}
			item.Guards = append(item.Guards, guard)
		}
		item.Hidden = item.Hidden || small
	}
	item.Hidden = r.beside(v, definition, policy, part, whole, &item) || item.Hidden
	if v.Headline() {
		const read = 10 // a headline is what most people read: a group is hidden first
		item.Cost *= read
	}
	if !item.Hidden && !printed && len(item.Shows) == 0 {
		return // nothing is printed, and nothing hidden
	}
	r.items[i] = r.publication.Add(item)
}

// beside relates and guards what a value tells beside its counts, and says whether that is too much.
func (r *reader) beside(v results.Value, definition indicators.Definition, policy Policy, part, whole *counted, item *disclosure.Item) bool {
	switch m := definition.Measure; {
	case m.Proportion != nil && part != nil && whole != nil:
		return r.rest(v, definition, policy, part, whole, item)
	case m.DSR != nil:
		return r.rated(v, definition, policy, part, item)
	case m.ISR != nil:
		return r.told(v, definition, policy, part, item)
	case m.Mean != nil:
		// The mean of nobody knows how many people may be that of one.
		return v.HasValue() && part.value == nil && !policy.Known[v.Area]
	}
	return false
}

// rest relates a part to its whole, guards what is left of it, and says whether that is too small to be told.
func (r *reader) rest(v results.Value, definition indicators.Definition, policy Policy, part, whole *counted, item *disclosure.Item) bool {
	key := r.key(v, definition, part.term)
	rest := r.cell(r.key(v, definition, "rest of "+part.term+" in "+whole.term))
	wholeCell := r.cell(r.key(v, definition, whole.term))
	r.relate(disclosure.Relation{Terms: []disclosure.Term{{Cell: wholeCell, Factor: 1}, {Cell: r.cell(key), Factor: -1}, {Cell: rest, Factor: -1}}})
	if whole.value != nil && part.worked {
		r.whole[key] = *whole.value
	}
	guard := policy.Unprinted(rest)
	small := false
	known := policy.Known[v.Area]
	if part.value != nil && whole.value != nil {
		left := math.Max(0, *whole.value-*part.value)
		r.truth[rest] = left
		small = r.truly && !policy.ShowComplement && !known && policy.Small(left)
		if small {
			guard.Cover = policy.Guard(rest, true, left).Cover
		}
		if !policy.ShowComplement && !known {
			item.Shows = append(item.Shows, disclosure.Shown{Cell: rest, Range: restRange(rangeOf(part, policy, known), rangeOf(whole, policy, known), policy)})
		}
	}
	if !policy.ShowComplement && !known {
		r.publication.Add(disclosure.Item{Name: "rest", Hidden: true, Guards: []disclosure.Guard{guard}})
	}
	return small
}

// restRange is what a printed part and whole say of the rest, for a reader who knows that it is not small, since both would be
// hidden then.
func restRange(part, whole disclosure.Range, policy Policy) disclosure.Range {
	r := disclosure.Range{Low: math.Max(0, whole.Low-part.High), High: math.Max(0, whole.High-part.Low)}
	switch below := float64(policy.Below); {
	case r.High < below && r.Low <= 0 && !policy.HideZeroes:
		return disclosure.Range{}
	case r.High >= below && (r.Low > 0 || policy.HideZeroes):
		r.Low = math.Max(r.Low, below)
	}
	return r
}

// valueOf is the number of a count, 0 without one.
func valueOf(c *counted) float64 {
	if c.value == nil {
		return 0
	}
	return *c.value
}

// rangeOf is where a printed count places the true one.
func rangeOf(c *counted, policy Policy, known bool) disclosure.Range {
	if c.between != nil {
		return *c.between
	}
	if known {
		return disclosure.Range{Low: *c.value, High: *c.value}
	}
	low, high := policy.Range(policy.Rounded(*c.value))
	if c.worked && policy.Round <= 1 {
		return disclosure.Range{Low: c.low, High: c.high}
	}
	return disclosure.Range{Low: low, High: high}
}

// countsOf are the counts that a value prints or hides: the part and the whole. Values that are not counts have none.
func (r *reader) countsOf(v results.Value, definition indicators.Definition) (part, whole *counted) {
	m := definition.Measure
	switch {
	case m.Count != nil:
		return r.counted(definition, "count.value", v.Value), nil
	case m.Rate != nil:
		return r.counted(definition, "rate.numerator", v.Numerator), r.counted(definition, "rate.denominator", v.Denominator)
	case m.Ratio != nil:
		return r.counted(definition, "ratio.numerator", v.Numerator), r.counted(definition, "ratio.denominator", v.Denominator)
	case m.DSR != nil:
		return r.counted(definition, "dsr.numerator", v.Numerator), r.counted(definition, "dsr.denominator", v.Denominator)
	case m.ISR != nil:
		return r.counted(definition, "isr.numerator", v.Numerator), nil
	case m.Mean != nil:
		return r.counted(definition, "mean.count", v.Denominator), nil
	case m.Proportion != nil && m.Proportion.Share == "":
		return r.counted(definition, "proportion.numerator", v.Numerator), r.counted(definition, "proportion.denominator", v.Denominator)
	case m.Proportion != nil:
		part, whole = r.counted(definition, "proportion.share", nil), r.counted(definition, "proportion.denominator", v.Denominator)
		part.term = "share " + part.term
		if v.HasValue() && v.Denominator != nil {
			n, half := *v.Denominator, m.Proportion.Step/2
			share := *v.Value / multiplier(definition.Unit)
			count := math.Round(share * n)
			part.value, part.worked = &count, true
			part.low, part.high = math.Max(0, math.Ceil((share-half)*n)), math.Min(n, math.Floor((share+half)*n))
			if part.high < part.low {
				part.low, part.high = count, count
			}
		}
		return part, whole
	}
	return nil, nil
}

// counted is the count that an expression of a measure gives. An expression that is one column is that column; others are
// themselves, as they are written.
func (r *reader) counted(definition indicators.Definition, path string, value *float64) *counted {
	term := "= " + strings.Join(strings.Fields(definition.Measure.Expressions()[path]), " ")
	if form := r.Forms[Item(definition.ID, path)]; len(form) == 1 {
		for column, factor := range form {
			if factor == 1 || path == "proportion.share" {
				term = column
			}
		}
	}
	return &counted{term: term, path: path, value: value}
}

// key is the cell of a term at the place of a value.
func (r *reader) key(v results.Value, definition indicators.Definition, term string) cellKey {
	return cellKey{v.Dataset, term, v.Area, v.Period.Label, strings.Join(r.categories(v, definition), "\x00")}
}

// categories are the categories at which a value stands, one for each category column of its dataset.
func (r *reader) categories(v results.Value, definition indicators.Definition) []string {
	var categories []string
	for _, column := range r.Datasets[v.Dataset].Role("category") {
		category := column.Total
		if only, picked := definition.Only[column.Name]; picked {
			category = only
		}
		if v.Breakdown != "" && definition.Breakdowns[v.Breakdown] == column.Name {
			category = v.Category
		}
		categories = append(categories, category)
	}
	return categories
}

// cell is the position of a cell, which is made where it is new.
func (r *reader) cell(key cellKey) int {
	if at, known := r.cells[key]; known {
		return at
	}
	at := r.publication.Cell(strings.Join([]string{key.dataset, key.term, key.area, key.period, strings.ReplaceAll(key.categories, "\x00", ", ")}, " / "))
	r.cells[key] = at
	r.order = append(r.order, key)
	return at
}

// unprinted is the position of a cell that no row may print; a guard stands over a new one.
func (r *reader) unprinted(key cellKey) int {
	_, known := r.cells[key]
	at := r.cell(key)
	if policy := r.Policies[key.dataset]; !known && !policy.Known[key.area] {
		r.publication.Add(disclosure.Item{Name: "unprinted", Hidden: true, Guards: []disclosure.Guard{policy.Unprinted(at)}})
	}
	return at
}

// recordBreakdown notes of which category columns every category is shown.
func (r *reader) recordBreakdown(definition indicators.Definition, dataset, term string) {
	for _, column := range definition.Breakdowns {
		r.broken[[3]string{dataset, term, column}] = true
	}
}

// relate adds a relation once.
func (r *reader) relate(relation disclosure.Relation) {
	slices.SortFunc(relation.Terms, func(a, b disclosure.Term) int { return a.Cell - b.Cell })
	if text := fmt.Sprint(relation); !r.related[text] {
		r.related[text] = true
		r.publication.Relate(relation)
	}
}

// sorted are numbers of a map in the order of its keys, so that equal input gives equal relations.
func sorted[K ~string, V any](of map[K]V) []K { return slices.Sorted(maps.Keys(of)) }
