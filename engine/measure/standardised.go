package measure

import (
	"fmt"
	"slices"

	"levelfield/datasets"
	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// banded is the value of an area with the age bands that it is made of, by their labels.
type banded struct {
	value results.Value
	bands Strata
	// labels are the bands in the order of their rows; flags and missing the letters on their figures.
	labels         []string
	flags, missing string
	first          int
	// members is the number of areas of which a band is the sum, 0 for none, and figures how many of them have one of every band.
	members, figures int
}

// standardised makes the values of a measure that adds up over age bands.
func (m *measurer) standardised(definition indicators.Definition, table Table, rows []row) ([]results.Value, error) {
	groups, err := m.bandedRows(definition, table, rows)
	if err != nil {
		return nil, err
	}
	references := map[results.Key]banded{}
	for _, g := range groups {
		if g.value.Area == m.scope.England {
			references[g.value.Key()] = g
		}
	}
	values := make([]results.Value, len(groups))
	for i, g := range groups {
		switch {
		case g.missing != "":
			letters := orderLetters(g.missing)
			g.value.Estimate = stats.Missing(letters, reasonFor(letters))
		case definition.Measure.DSR != nil:
			directly(*definition.Measure.DSR, g, &g.value)
		default:
			key := g.value.Key()
			key.Area = m.scope.England
			indirectly(*definition.Measure.ISR, g, references[key], &g.value)
		}
		tellSum(&g.value, definition, table, g.members, g.figures)
		finish(&g.value, table, g.flags, g.first)
		values[i] = g.value
	}
	return values, nil
}

// bandedRows gathers the rows of each area, period and category by age band, in the order in which they first stand.
func (m *measurer) bandedRows(definition indicators.Definition, table Table, rows []row) ([]banded, error) {
	name := definition.Measure.Bands()
	categories := table.Dataset.Role("category")
	at := slices.IndexFunc(categories, func(c datasets.Column) bool { return c.Name == name })
	if at < 0 {
		return nil, fmt.Errorf("no category column %s was aggregated", name)
	}
	paths := itemPaths(table, definition.ID)
	kind := definition.Measure.Kind()
	var groups []banded
	places := map[results.Key]int{}
	shown := shownRows(table, definition, rows, paths, func(r *row) (breakdown, category string, shown bool) {
		if r.categories[at] == categories[at].Total {
			return "", "", false
		}
		all := slices.Clone(r.categories)
		all[at] = categories[at].Total
		return placeOf(table, definition, all)
	})
	for _, r := range shown {
		label := r.categories[at]
		when, err := period.Parse(period.Kind(table.Dataset.Periods.Kind), r.period)
		if err != nil {
			return nil, err
		}
		value := m.value(definition, r.area, when)
		value.Breakdown, value.Category = r.breakdown, r.category
		place, known := places[value.Key()]
		if !known {
			place = len(groups)
			places[value.Key()] = place
			groups = append(groups, banded{value: value, bands: Strata{}, first: r.first, members: r.members, figures: r.members})
		}
		groups[place].figures = min(groups[place].figures, fewest(r.row, paths))
		groups[place].add(label, r.cells[paths[kind+".numerator"]], r.cells[paths[kind+".denominator"]], r.first)
	}
	return groups, nil
}

// add takes the figures of one band.
func (g *banded) add(label string, count, population cell, first int) {
	g.first = min(g.first, first)
	g.flags += " " + count.flags + " " + population.flags
	if count.value == nil || population.value == nil {
		letters := orderLetters(count.missing + " " + population.missing)
		if letters == "" {
			letters = stats.StatusUnavailable
		}
		g.missing += " " + letters
		return
	}
	g.labels = append(g.labels, label)
	g.bands[label] = Stratum{*count.value, *population.value}
}

// without is the first band of those wanted that the area has no row for, or that it has beyond them, in words.
func (g banded) without(wanted func(label string) bool, labels []string, whose string) string {
	for _, label := range g.labels {
		if !wanted(label) {
			return fmt.Sprintf("the band %s is not in %s", label, whose)
		}
	}
	for _, label := range labels {
		if _, has := g.bands[label]; !has {
			return "no row for the band " + label
		}
	}
	return ""
}

// directly is the rate with the ages of the standard population.
func directly(spec indicators.DSR, g banded, into *results.Value) {
	labels := sorted(spec.Standard)
	if reason := g.without(func(label string) bool { return slices.Contains(labels, label) }, labels, "the standard population"); reason != "" {
		into.Estimate = stats.Missing(stats.StatusUnavailable, reason)
		return
	}
	var s stats.Strata
	people := 0.0
	for _, label := range labels {
		s.Counts = append(s.Counts, g.bands[label].Count)
		s.Populations = append(s.Populations, g.bands[label].Population)
		s.Standard = append(s.Standard, spec.Standard[label])
		people += g.bands[label].Population
	}
	rate := stats.DSR(s, stats.DSRInterval(spec.Interval), spec.Per)
	into.Estimate, into.Numerator, into.Denominator = rate.Estimate, rate.Count, &people
	if into.HasValue() {
		into.Method = "Directly standardised rate: " + into.Method
	}
}

// indirectly is the ratio of the events to those that England's rates would give.
func indirectly(spec indicators.ISR, g, reference banded, into *results.Value) {
	switch {
	case len(reference.bands) == 0:
		into.Estimate = stats.Missing(stats.StatusUnavailable, "no figures of England to hold it against")
		return
	case reference.missing != "":
		into.Estimate = stats.Missing(stats.StatusUnavailable, "a figure of England is missing")
		return
	}
	has := func(label string) bool {
		_, is := reference.bands[label]
		return is
	}
	if reason := g.without(has, reference.labels, "England's figures"); reason != "" {
		into.Estimate = stats.Missing(stats.StatusUnavailable, reason)
		return
	}
	var observed, events, people float64
	var populations, counts, sizes []float64
	for _, label := range reference.labels {
		own, whole := g.bands[label], reference.bands[label]
		observed, events, people = observed+own.Count, events+whole.Count, people+whole.Population
		populations, counts, sizes = append(populations, own.Population), append(counts, whole.Count), append(sizes, whole.Population)
	}
	expected, reason := stats.Expected(populations, counts, sizes)
	switch {
	case reason != "":
		into.Estimate = stats.Missing(stats.StatusUnavailable, reason)
		return
	case spec.Per > 0:
		into.Estimate = stats.ISRate(observed, expected, events, people, spec.Per)
	default:
		into.Estimate = stats.ISRatio(observed, expected, spec.RatioOf)
	}
	into.Numerator, into.Denominator = &observed, &expected
	if into.HasValue() {
		into.Method = "Observed over expected events: " + into.Method
	}
}
