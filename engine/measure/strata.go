package measure

import (
	"math"
	"strings"

	"levelfield/engine/disclosure"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// Stratum is one age band of a group: events and people.
type Stratum struct{ Count, Population float64 }

// Strata are the age bands of which one standardised figure is made, by their labels.
type Strata map[string]Stratum

// StrataOf reads the age bands of a standardised measure out of its table, by the figure that is made of them. A figure of which
// a number is missing in a band has none.
func StrataOf(table Table, definition indicators.Definition) (map[results.Key]Strata, error) {
	rows, err := table.rows()
	if err != nil {
		return nil, err
	}
	groups, err := new(measurer).bandedRows(definition, table, rows)
	if err != nil {
		return nil, err
	}
	found := map[results.Key]Strata{}
	for _, g := range groups {
		if g.missing == "" {
			found[g.value.Key()] = g.bands
		}
	}
	return found, nil
}

// sums are the events and the people of all bands.
func (s Strata) sums() (events, people float64) {
	for _, label := range sorted(s) {
		events, people = events+s[label].Count, people+s[label].Population
	}
	return events, people
}

// standardises says whether the bands are those of a standard population, with people in each.
func (s Strata) standardises(standard map[string]float64) bool {
	for label, stratum := range s {
		if _, is := standard[label]; !is || stratum.Population <= 0 {
			return false
		}
	}
	return len(s) == len(standard)
}

// tooFew says whether a directly standardised rate is not given because its events are too few, which tells between which numbers
// they lie.
func (r *reader) tooFew(v results.Value, definition indicators.Definition, policy Policy, part *counted) bool {
	spec, strata := definition.Measure.DSR, r.Strata[v.Key()]
	if spec == nil || v.HasValue() || suppressed(v) || !strata.standardises(spec.Standard) {
		return false
	}
	events := 0.0
	if r.truly {
		events, _ = strata.sums()
	}
	// Small ones are hidden, so that what is left is none, or those from the policy's limit on.
	part.value, part.between = &events, &disclosure.Range{Low: 0, High: stats.DSRFewest - 1}
	if stats.DSRInterval(spec.Interval) == stats.DobsonExact {
		part.between.High = 0 // given from one event on
	}
	switch {
	case policy.HideZeroes:
		part.between.Low = math.Min(policy.Width(), part.between.High)
	case policy.Below >= stats.DSRFewest:
		part.between.High = 0
	}
	return true
}

// rated relates a directly standardised rate to the counts of its bands, of which it is a sum with the weight of each, and the
// variance that its limits tell to the same counts, with the squares of the weights. The populations are taken to be known. It
// says whether the figure must be hidden because what is left of it would be nothing.
func (r *reader) rated(v results.Value, definition indicators.Definition, policy Policy, part *counted, item *disclosure.Item) (hide bool) {
	spec, strata := definition.Measure.DSR, r.Strata[v.Key()]
	sum := disclosure.Relation{Terms: []disclosure.Term{{Cell: r.cell(r.key(v, definition, part.term)), Factor: 1}}}
	for _, label := range sorted(spec.Standard) {
		sum.Terms = append(sum.Terms, disclosure.Term{Cell: r.stratum(v, definition, part.term, v.Area, label), Factor: -1})
	}
	r.relate(sum)
	if policy.Known[v.Area] || !v.HasValue() || part.value == nil {
		return false
	}
	if !strata.standardises(spec.Standard) {
		return true // nothing is known of what the rate tells
	}
	weights := weightsOf(*spec, strata, policy)
	printed := v.Estimate
	if r.truly {
		printed = weights.public(strata, policy)
		if !printed.HasValue() || *part.value > 0 && (*printed.Value == 0 || policy.Rounded(*part.value) == 0) {
			return true // a zero beside numbers, or for them
		}
	}
	rate, variance, most := r.publication.Measured("rate "+item.Name), r.publication.Measured("variance "+item.Name), weights.sums.Most
	rated, varied := disclosure.Relation{Terms: []disclosure.Term{{Cell: rate, Factor: -1}}}, disclosure.Relation{Terms: []disclosure.Term{{Cell: variance, Factor: -1}}}
	for _, label := range sorted(strata) {
		cell, factor := r.stratum(v, definition, part.term, v.Area, label), weights.of[label]/most
		rated.Terms = append(rated.Terms, disclosure.Term{Cell: cell, Factor: factor})
		varied.Terms = append(varied.Terms, disclosure.Term{Cell: cell, Factor: factor * factor})
	}
	r.relate(rated)
	r.relate(varied)
	events := policy.Rounded(*part.value)
	_, greatest := policy.Range(events)
	rates, variances := weights.told(printed, events, greatest)
	item.Shows = append(item.Shows, disclosure.Shown{Cell: rate, Range: over(rates, most)}, disclosure.Shown{Cell: variance, Range: over(variances, most*most)})
	return false
}

// over is a range over a number.
func over(r disclosure.Range, by float64) disclosure.Range {
	return disclosure.Range{Low: r.Low / by, High: r.High / by}
}

// mostTogether is up to how many bands that nobody prints are held against each other: those of a period, or else those of an area,
// or else those of a figure. In one program with whole numbers some hundred take seconds, and a thousand would take hours.
const mostTogether = 120

// together says with which bands those of a figure hang together: with all of the period, or with those of the same area.
func (r *reader) together(v results.Value, column string) (areas, categories bool) {
	if r.printsBands(v.Dataset, column) {
		return true, true
	}
	if r.bands == nil {
		r.bands = map[[3]string]int{}
		for key, strata := range r.Strata {
			r.bands[[3]string{key.Indicator, key.Period}] += len(strata)
			r.bands[[3]string{key.Indicator, key.Period, key.Area}] += len(strata)
		}
	}
	return r.bands[[3]string{v.Indicator, v.Period.Label}] <= mostTogether, r.bands[[3]string{v.Indicator, v.Period.Label, v.Area}] <= mostTogether
}

// stratum is the cell of the count in one age band. Where an indicator prints bands of the dataset, it hangs together with all
// that is printed of it; otherwise nothing but rates tells of it.
func (r *reader) stratum(v results.Value, definition indicators.Definition, term, area, label string) int {
	column := definition.Measure.Bands()
	key := r.key(v, definition, term)
	categories := strings.Split(key.categories, "\x00")
	for i, category := range r.Datasets[v.Dataset].Role("category") {
		if category.Name == column {
			categories[i] = label
		}
	}
	key.area, key.categories = area, strings.Join(categories, "\x00")
	var cell int
	areas, categoriesToo := r.together(v, column)
	if categoriesToo {
		cell = r.cell(key)
		r.apart[key] = !areas
		r.broken[[3]string{v.Dataset, term, column}] = true
	} else {
		cell = r.publication.Cell(strings.Join([]string{key.dataset, key.term, key.area, key.period, strings.ReplaceAll(key.categories, "\x00", ", ")}, " / "))
	}
	if policy := r.Policies[v.Dataset]; !r.strata[cell] && !policy.Known[area] {
		r.strata[cell] = true
		r.publication.Add(disclosure.Item{Name: "stratum", Hidden: true, Guards: []disclosure.Guard{policy.Stratum(cell)}})
	}
	return cell
}

// printsBands says whether an indicator of a dataset shows the categories of a column one by one.
func (r *reader) printsBands(dataset, column string) bool {
	for _, definition := range r.Definitions {
		_, shows := definition.Only[column]
		for _, of := range definition.Breakdowns {
			shows = shows || of == column
		}
		if shows && definition.Dataset == dataset {
			return true
		}
	}
	return false
}

// told shows the counts of England in each band beside an indirectly standardised ratio: whoever knows the populations works them
// back from the expected events of a few areas. It says whether one of them is too small to be told.
func (r *reader) told(v results.Value, definition indicators.Definition, policy Policy, part *counted, item *disclosure.Item) (hide bool) {
	strata, held := r.Strata[englandsKey(v, r.England)]
	known := policy.Known[r.England]
	for _, label := range sorted(strata) {
		cell, count := r.stratum(v, definition, part.term, r.England, label), strata[label].Count
		if !v.HasValue() {
			continue
		}
		item.Shows = append(item.Shows, disclosure.Shown{Cell: cell, Range: disclosure.Range{Low: count, High: count}})
		if r.truly {
			r.truth[cell] = count
		}
		hide = hide || !known && policy.Small(count)
	}
	return hide || v.HasValue() && !held
}
