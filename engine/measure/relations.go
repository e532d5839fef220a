package measure

import (
	"math"
	"slices"
	"strings"

	"levelfield/engine/disclosure"
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
			parts = append(parts, terms[part][1])
			same = same || terms[part][1] == whole[1]
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

// areas relate each area to its parts of one kind: they add up where all of them have a row.
func (r *reader) areas() {
	type whole struct {
		key  cellKey
		kind string
	}
	members := map[whole][]int{}
	var order []whole
	for _, key := range r.order {
		above := key
		above.area = r.Parents[key.area]
		if _, stands := r.cells[above]; !stands || above.area == "" {
			continue
		}
		w := whole{above, r.Kinds[key.area]}
		if members[w] == nil {
			order = append(order, w)
		}
		members[w] = append(members[w], r.cells[key])
	}
	for _, w := range order {
		r.partition(r.cells[w.key], members[w], len(members[w]) >= r.Wholes[Kin{w.key.area, w.kind}])
	}
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
