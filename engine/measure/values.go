package measure

import (
	"fmt"
	"strings"

	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/indicators"
)

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
	shown := shownRows(table, definition, rows, paths, func(r *row) (breakdown, category string, shown bool) {
		return placeOf(table, definition, r.categories)
	})
	values := make([]results.Value, 0, len(shown))
	in, periods := inputs{cells: make(map[string]cell, len(paths))}, map[string]period.Period{}
	for _, r := range shown {
		when, read := periods[r.period]
		if !read {
			parsed, err := period.Parse(period.Kind(table.Dataset.Periods.Kind), r.period)
			if err != nil {
				return nil, err
			}
			when, periods[r.period] = parsed, parsed
		}
		value := m.value(definition, r.area, when)
		value.Breakdown, value.Category = r.breakdown, r.category
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
		tellSum(&value, definition, table, r.members, fewest(r.row, paths))
		finish(&value, table, flags, r.first)
		values = append(values, value)
	}
	return values, nil
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

// placeOf says whether a group of these categories is the indicator's headline or a category of one of its breakdowns. Every category
// column that is not broken down must stand at its total, or at the one category that the definition picks.
func placeOf(table Table, definition indicators.Definition, categories []string) (breakdown, category string, shown bool) {
	for i, column := range table.Dataset.Role("category") {
		value := categories[i]
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
