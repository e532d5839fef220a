package measure

import (
	"fmt"
	"math"
	"strings"

	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// kind computes one value from the items of a group. Each kind of measure is one function of this type.
type kind func(in inputs, definition indicators.Definition, into *results.Value)

var kinds = map[string]kind{
	"proportion": proportionOrShare,
	"rate":       rate,
	"count":      count,
	"mean":       mean,
	"quantile":   quantile,
	"ratio":      ratio,
	"published":  published,
}

// inputs are the cells of one group by expression path, with the flags and missing statuses of those that were used.
type inputs struct {
	cells map[string]cell
}

// number is the value at path; when it is missing the estimate says so with the publisher's status.
func (in inputs) number(path string) (float64, *stats.Estimate) {
	c := in.cells[path]
	if c.value != nil {
		return *c.value, nil
	}
	letters := orderLetters(c.missing)
	if letters == "" {
		letters = stats.StatusUnavailable
	}
	missing := stats.Missing(letters, reasonFor(letters))
	return 0, &missing
}

// optional is the value at path or nil.
func (in inputs) optional(path string) *float64 { return in.cells[path].value }

// values computes an indicator's value in every group of its table that is its headline or a category of one of its
// breakdowns.
func (m *measurer) values(indicator Indicator) ([]results.Value, error) {
	definition := indicator.Definition
	if _, withheld := m.scope.Withheld[indicator.Table]; withheld || definition.Awaited() {
		return nil, nil
	}
	table, rows, err := m.rowsOf(indicator.Table)
	if err != nil {
		return nil, err
	}
	var values []results.Value
	if definition.Measure.Bands() != "" {
		values, err = m.standardised(definition, table, rows)
	} else {
		values, err = m.grouped(definition, table, rows)
	}
	if err != nil || indicator.England == "" {
		return values, err
	}
	england, err := m.borrowed(indicator)
	if err != nil {
		return nil, err
	}
	return append(withoutArea(values, m.scope.England), england...), nil
}

// grouped computes a value from each group of the table by itself.
func (m *measurer) grouped(definition indicators.Definition, table Table, rows []row) ([]results.Value, error) {
	compute, known := kinds[definition.Measure.Kind()]
	if !known {
		return nil, fmt.Errorf("no way to compute a measure of kind %q", definition.Measure.Kind())
	}
	paths := itemPaths(table, definition.ID)
	published := publishedAt(rows, func(r row) bool {
		_, _, shown := placeOf(table, definition, r)
		return shown
	})
	values := make([]results.Value, 0, shownOf(table, definition, rows))
	in, periods := inputs{cells: make(map[string]cell, len(paths))}, map[string]period.Period{}
	for _, r := range rows {
		breakdown, category, shown := placeOf(table, definition, r)
		if !shown || !showsSum(table, definition, r, paths, published) {
			continue
		}
		when, read := periods[r.period]
		if !read {
			parsed, err := period.Parse(period.Kind(table.Dataset.Periods.Kind), r.period)
			if err != nil {
				return nil, err
			}
			when, periods[r.period] = parsed, parsed
		}
		value := m.value(definition, r.area, when)
		value.Breakdown, value.Category = breakdown, category
		flags := ""
		for path, at := range paths {
			in.cells[path] = r.cells[at]
			if letters := r.cells[at].flags; letters != "" {
				flags += " " + letters
			}
		}
		if r.members > 0 {
			delete(in.cells, uncounted)
		}
		compute(in, definition, &value)
		tellSum(&value, definition, table, r.members, fewest(r, paths))
		finish(&value, table, flags, r.first)
		values = append(values, value)
	}
	return values, nil
}

// shownOf counts the groups that are shown, so that a table of a million is taken up at once.
func shownOf(table Table, definition indicators.Definition, rows []row) int {
	count := 0
	for _, r := range rows {
		if _, _, shown := placeOf(table, definition, r); shown {
			count++
		}
	}
	return count
}

// borrowed is England's series from the other dataset that the definition names.
func (m *measurer) borrowed(indicator Indicator) ([]results.Value, error) {
	if _, withheld := m.scope.Withheld[indicator.England]; withheld {
		return nil, nil
	}
	table, rows, err := m.rowsOf(indicator.England)
	if err != nil {
		return nil, err
	}
	at, found := itemPaths(table, indicator.Definition.ID)[EnglandPath]
	if !found {
		return nil, fmt.Errorf("no value of England was aggregated from %s", indicator.England)
	}
	var values []results.Value
	for _, r := range rows {
		if r.area != m.scope.England || r.members > 0 {
			continue
		}
		when, err := period.Parse(period.Kind(table.Dataset.Periods.Kind), r.period)
		if err != nil {
			return nil, err
		}
		value := m.value(indicator.Definition, r.area, when)
		in := inputs{cells: map[string]cell{"published.value": r.cells[at]}}
		published(in, indicator.Definition, &value)
		value.Warnings = append(value.Warnings, "England's figure comes from another dataset: "+table.Dataset.Title)
		finish(&value, table, r.cells[at].flags, r.first)
		values = append(values, value)
	}
	return values, nil
}

// finish adds what every value of a table carries.
func finish(value *results.Value, table Table, flags string, first int) {
	value.Dataset, value.Snapshot, value.Row = table.Dataset.ID, table.Snapshot, first
	if value.HasValue() {
		value.Status = orderLetters(value.Status + " " + flags)
	} else {
		value.Numerator, value.WorkedBack = nil, nil
		if strings.Contains(value.Status, "c") {
			value.Denominator = nil
		}
	}
	value.Warnings = append(value.Warnings, table.Warnings...)
}

func withoutArea(values []results.Value, area string) []results.Value {
	kept := values[:0]
	for _, v := range values {
		if v.Area != area {
			kept = append(kept, v)
		}
	}
	return kept
}

// itemPaths are the positions of an indicator's items in a table, by expression path.
func itemPaths(table Table, indicator string) map[string]int {
	paths := map[string]int{}
	for i, item := range table.Items {
		if path, own := strings.CutPrefix(item, indicator+"/"); own {
			paths[path] = i
		}
	}
	return paths
}

// placeOf says whether a group is the indicator's headline or a category of one of its breakdowns. Every category
// column that is not broken down must stand at its total, or at the one category that the definition picks.
func placeOf(table Table, definition indicators.Definition, r row) (breakdown, category string, shown bool) {
	for i, column := range table.Dataset.Role("category") {
		value := r.categories[i]
		whole := column.Total
		if only, picked := definition.Only[column.Name]; picked {
			whole = only
		}
		if value == whole {
			continue
		}
		name := ""
		for key, of := range definition.Breakdowns {
			if of == column.Name {
				name = key
			}
		}
		if name == "" || breakdown != "" {
			return "", "", false
		}
		breakdown, category = name, value
	}
	return breakdown, category, true
}

// proportionOrShare is a proportion of counts. Where they were not published, and nobody withheld them, the published share
// stands in their place, without an interval.
func proportionOrShare(in inputs, definition indicators.Definition, into *results.Value) {
	proportion(in, definition, into)
	share := in.optional(uncounted)
	if share == nil || into.HasValue() || into.Status != stats.StatusUnavailable {
		return
	}
	into.Denominator = nil
	into.Estimate = stats.PublishedOnly(*share*multiplier(definition.Unit), "a published share whose counts are not held, so it has no interval")
}

func proportion(in inputs, definition indicators.Definition, into *results.Value) {
	spec := definition.Measure.Proportion
	denominator, missing := in.number("proportion.denominator")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	if spec.Share != "" {
		into.Denominator = &denominator
		share, missing := in.number("proportion.share")
		if missing != nil {
			into.Estimate = *missing
			return
		}
		into.Estimate = stats.ProportionFromShare(share, denominator, spec.Step/2, multiplier(definition.Unit))
		if into.HasValue() {
			back := math.Round(share * denominator)
			into.WorkedBack = &back
		}
		return
	}
	numerator, missing := in.number("proportion.numerator")
	if missing != nil {
		into.Estimate = *missing
		if !strings.Contains(missing.Status, "c") {
			into.Denominator = &denominator
		}
		return
	}
	into.Numerator, into.Denominator = &numerator, &denominator
	into.Estimate = stats.Proportion(numerator, denominator, multiplier(definition.Unit))
}

func rate(in inputs, definition indicators.Definition, into *results.Value) {
	numerator, missing := in.number("rate.numerator")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	denominator, missing := in.number("rate.denominator")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	into.Numerator, into.Denominator = &numerator, &denominator
	into.Estimate = stats.Rate(numerator, denominator, definition.Measure.Rate.Per)
}

func count(in inputs, _ indicators.Definition, into *results.Value) {
	value, missing := in.number("count.value")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	into.Estimate = stats.PublishedOnly(value, indicators.Published{Interval: "complete-count"}.NoInterval())
	into.Method = "Count"
}

func mean(in inputs, _ indicators.Definition, into *results.Value) {
	value, missing := in.number("mean.value")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	deviation, count := in.optional("mean.deviation"), in.optional("mean.count")
	into.Denominator = count
	if deviation == nil || count == nil {
		into.Estimate = stats.PublishedOnly(value, "no standard deviation or size of the sample is published for this value")
		return
	}
	into.Estimate = stats.MeanOf(value, *deviation, *count)
}

// quantile is found among the single values of a group, of which the table holds those at the ranks that are asked for.
func quantile(in inputs, definition indicators.Definition, into *results.Value) {
	count, missing := in.number("quantile.value")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	ranked, whole := in.cells["quantile.value"].ranked, true
	estimate := stats.QuantileAtRanks(int(count), definition.Measure.Quantile.Share(), func(rank int) float64 {
		value, held := ranked[rank]
		whole = whole && held
		return value
	})
	if !whole {
		estimate = stats.Missing(stats.StatusUnavailable, "the values at the ranks of the quantile are not held")
	}
	into.Denominator, into.Estimate = &count, estimate
}

func ratio(in inputs, definition indicators.Definition, into *results.Value) {
	numerator, missing := in.number("ratio.numerator")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	denominator, missing := in.number("ratio.denominator")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	into.Estimate = ratioOf(definition, numerator, denominator)
	if into.HasValue() {
		into.Numerator, into.Denominator = &numerator, &denominator
	}
}

// ratioOf is one figure over another, without an interval.
func ratioOf(definition indicators.Definition, numerator, denominator float64) stats.Estimate {
	if denominator == 0 {
		return stats.Missing(stats.StatusUnavailable, "denominator is zero")
	}
	e := stats.PublishedOnly(numerator/denominator*multiplier(definition.Unit), definition.Measure.Ratio.NoInterval())
	if e.HasValue() {
		e.Method = "Ratio of two figures"
	}
	return e
}

func published(in inputs, definition indicators.Definition, into *results.Value) {
	value, missing := in.number("published.value")
	if missing != nil {
		into.Estimate = *missing
		return
	}
	spec := definition.Measure.Published
	switch {
	case spec == nil:
		into.Estimate = stats.PublishedOnly(value, "no interval is published")
	case spec.Lower != "":
		lower, upper := in.optional("published.lower"), in.optional("published.upper")
		scale := stats.Scale(spec.Scale)
		switch {
		case scale == "":
			scale = stats.Linear
		case scale == stats.Logit && definition.Unit == "%":
			scale = stats.LogitPercent
		}
		into.Estimate = stats.Published(value, lower, upper, scale)
	case spec.HalfWidth != "":
		half, missing := in.number("published.half_width")
		if missing != nil {
			into.Estimate = stats.PublishedOnly(value, "no half-width is published for this value")
			return
		}
		into.Estimate = stats.PublishedHalfWidth(value, half, nil, nil)
	case spec.CV != "":
		cv, missing := in.number("published.cv")
		if missing != nil {
			into.Estimate = stats.PublishedOnly(value, "no coefficient of variation is published for this value")
			return
		}
		into.Estimate = stats.PublishedCV(value, cv)
	default:
		into.Estimate = stats.PublishedOnly(value, spec.NoInterval())
	}
	if definition.Unit == "%" && into.HasInterval() {
		floor, ceiling := 0.0, 100.0
		into.Estimate = into.Clip(&floor, &ceiling)
	}
}

// multiplier turns a share of one into the unit.
func multiplier(unit string) float64 {
	if unit == "%" {
		return 100
	}
	return 1
}
