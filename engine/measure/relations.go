package measure

import (
	"math"
	"slices"
	"strings"

	"levelfield/engine/disclosure"
	"levelfield/engine/period"
)

// forms relate each expression that is a sum of columns to the columns, at every place at which it stands.
func (r *reader) forms() {
	used := map[[2]string]map[string]float64{}
	for _, id := range sorted(r.Definitions) {
		definition := r.Definitions[id]
		for _, path := range sorted(definition.Measure.Expressions()) {
			form := r.Forms[Item(id, path)]
			if len(form) == 0 || path == "proportion.share" {
				continue
			}
			used[[2]string{definition.Dataset, r.counted(definition, path, nil).term}] = form
		}
	}
	for _, key := range slices.Clone(r.order) {
		form := used[[2]string{key.dataset, key.term}]
		if !strings.HasPrefix(key.term, "= ") || len(form) == 0 {
			continue
		}
		relation := disclosure.Relation{Terms: []disclosure.Term{{Cell: r.cell(key), Factor: 1}}}
		for _, column := range sorted(form) {
			at := key
			at.term = column
			r.inherit(key, column)
			relation.Terms = append(relation.Terms, disclosure.Term{Cell: r.unprinted(at), Factor: -form[column]})
		}
		r.relate(relation)
	}
}

// inherit lets a term be broken down as the one from which it follows.
func (r *reader) inherit(from cellKey, term string) {
	for _, column := range r.Datasets[from.dataset].Role("category") {
		if r.broken[[3]string{from.dataset, from.term, column.Name}] {
			r.broken[[3]string{from.dataset, term, column.Name}] = true
		}
	}
}

// checkedSums relate the columns that a check of the dataset says add up.
func (r *reader) checkedSums() {
	for _, id := range sorted(r.Policies) {
		for _, check := range r.Datasets[id].Checks {
			if check.Rule != "parts-sum" {
				continue
			}
			for _, prefix := range []string{"", "share "} {
				parts := make([]string, len(check.Parts))
				for i, part := range check.Parts {
					parts[i] = prefix + part
				}
				r.sum(id, prefix+check.Whole, parts, check.Tolerance, prefix != "")
			}
		}
	}
}

// identities relate the items of which one was found to be the sum of others.
func (r *reader) identities() {
	terms := map[string][2]string{} // dataset and term of each item
	for _, id := range sorted(r.Definitions) {
		definition := r.Definitions[id]
		for path := range definition.Measure.Expressions() {
			if path == "mean.value" || path == "mean.deviation" {
				continue // no counts
			}
			term := r.counted(definition, path, nil).term
			if path == "proportion.share" {
				term = "share " + term
			}
			terms[Item(id, path)] = [2]string{definition.Dataset, term}
		}
	}
	for _, identity := range r.Identities {
		whole, known := terms[identity.Whole]
		if !known {
			continue
		}
		var parts []string
		same := false
		for _, part := range identity.Parts {
			_, counts := terms[part]
			parts = append(parts, terms[part][1])
			same = same || !counts || terms[part][1] == whole[1]
		}
		if !same {
			r.sum(whole[0], whole[1], parts, 0, strings.HasPrefix(whole[1], "share "))
		}
	}
}

// sum relates a term to its parts at every place at which one of them stands. Counts that were worked back from rounded shares
// add up but for the rounding.
func (r *reader) sum(dataset, whole string, parts []string, tolerance float64, worked bool) {
	places := map[cellKey]bool{}
	for _, key := range slices.Clone(r.order) {
		if key.dataset != dataset || key.term != whole && !slices.Contains(parts, key.term) {
			continue
		}
		place := key
		place.term = ""
		if places[place] {
			continue
		}
		places[place] = true
		slack := tolerance
		relation := disclosure.Relation{}
		for i, term := range append([]string{whole}, parts...) {
			at := key
			at.term = term
			r.inherit(key, term)
			factor := -1.0
			if i == 0 {
				factor = 1
			}
			if worked {
				// Half a step of each share, and half a person of each count.
				slack = math.Max(slack, tolerance/100*r.whole[at]+float64(len(parts)+1))
			}
			relation.Terms = append(relation.Terms, disclosure.Term{Cell: r.unprinted(at), Factor: factor})
		}
		slack = math.Ceil(slack)
		relation.Range = disclosure.Range{Low: -slack, High: slack}
		r.relate(relation)
	}
}

// breakdowns relate each total to its categories. Where an indicator shows every category, they add up; where only some are
// picked, they are no more than the total.
func (r *reader) breakdowns() {
	type whole struct {
		key    cellKey
		column int
	}
	members := map[whole][]int{}
	var order []whole
	for _, key := range r.order {
		categories := strings.Split(key.categories, "\x00")
		for c, column := range r.Datasets[key.dataset].Role("category") {
			if categories[c] == column.Total {
				continue
			}
			above := slices.Clone(categories)
			above[c] = column.Total
			total := key
			total.categories = strings.Join(above, "\x00")
			if _, stands := r.cells[total]; !stands {
				continue
			}
			w := whole{total, c}
			if members[w] == nil {
				order = append(order, w)
			}
			members[w] = append(members[w], r.cells[key])
		}
	}
	for _, w := range order {
		column := r.Datasets[w.key.dataset].Role("category")[w.column].Name
		r.partition(r.cells[w.key], members[w], r.broken[[3]string{w.key.dataset, w.key.term, column}])
	}
}

// areas relate each area to its parts of one kind: they add up where all of them have a row, of those in force at the end of the
// period, or of those in force today, by which some publishers write earlier years.
func (r *reader) areas() {
	members := map[kin][]cellKey{}
	var order []kin
	for _, key := range r.order {
		above := key
		above.area = r.Parents[key.area]
		if _, stands := r.cells[above]; !stands || above.area == "" || r.apart[key] || r.apart[above] {
			continue
		}
		w := kin{above, r.Kinds[key.area]}
		if members[w] == nil {
			order = append(order, w)
		}
		members[w] = append(members[w], key)
	}
	for _, w := range order {
		parts, all := members[w], false
		for _, day := range []string{r.lastDay(w.whole), today} {
			if there := r.inForce(parts, day); !all && len(there) > 0 && len(there) >= r.partsOf(w, day) {
				parts, all = there, true
			}
		}
		cells := make([]int, len(parts))
		for i, part := range parts {
			cells[i] = r.cells[part]
		}
		r.partition(r.cells[w.whole], cells, all)
	}
}

// kin names the parts of a whole that are of one kind.
type kin struct {
	whole cellKey
	kind  string
}

// today is a day on which every area is in force that has not ended.
const today = "9999-12-31"

// lastDay is the last day of the period of a cell.
func (r *reader) lastDay(key cellKey) string {
	when, err := period.Parse(period.Kind(r.Datasets[key.dataset].Periods.Kind), key.period)
	if err != nil {
		return today
	}
	return when.End
}

// inForce are the cells of areas that are in force on a day.
func (r *reader) inForce(keys []cellKey, day string) []cellKey {
	var there []cellKey
	for _, key := range keys {
		if r.Lives[key.area].holds(day) {
			there = append(there, key)
		}
	}
	return there
}

// partsOf is how many parts of a kind a whole has on a day.
func (r *reader) partsOf(w kin, day string) int {
	at := [3]string{w.whole.area, w.kind, day}
	if n, known := r.counts[at]; known {
		return n
	}
	n := 0
	for area, parent := range r.Parents {
		if parent == w.whole.area && r.Kinds[area] == w.kind && r.Lives[area].holds(day) {
			n++
		}
	}
	r.counts[at] = n
	return n
}

// partition relates a whole to its parts, all of them or some.
func (r *reader) partition(whole int, parts []int, all bool) {
	relation := disclosure.Relation{Terms: []disclosure.Term{{Cell: whole, Factor: 1}}}
	for _, part := range parts {
		relation.Terms = append(relation.Terms, disclosure.Term{Cell: part, Factor: -1})
	}
	if !all {
		relation.Range.High = math.Inf(1)
	}
	r.relate(relation)
}
