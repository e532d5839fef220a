// Package measure turns aggregated tables into results: values with intervals, comparisons, trends and changes.
//
// Arrow records come in, [results.Set] goes out; every number is made by engine/stats. [Measure] goes through the
// indicators one kind of measure at a time (values.go, kinds.go), hides what may not be told (protection.go), derives differences and indices from values already made
// (difference.go, composite.go), puts a row with its reason where nobody published a figure (absent.go), and then judges: against
// comparators (compare.go), over recent periods (trend.go), since the baseline (change.go) and against targets (target.go). The package reads no
// files and no clock, and decides no wording beyond the reasons that belong to a number.
package measure

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/indicators"
	"levelfield/seeds"
)

// Place is an area as the results print it.
type Place struct{ Name, Type string }

// Scope is what the results are about and what they are held against.
type Scope struct {
	// Focus, England and Region are area codes; Region may be empty.
	Focus, England, Region string
	// Places are all known areas by code.
	Places map[string]Place
	// Ranked are the codes among which a position is counted: upper-tier and unitary authorities.
	Ranked map[string]bool
	// Neighbours are the members of each neighbour set of the focus area, nearest first.
	Neighbours map[string][]string
	// DefaultSet is the neighbour set of definitions that name none.
	DefaultSet string
	// Withheld are the datasets of which there is no table, by id, with the reason.
	Withheld map[string]string
	// Targets are what was set for the focus area, by indicator.
	Targets map[string][]seeds.Target
	// AsOf is the newest release date of what there is (2006-01-02): the day on which an indicator has no figures.
	AsOf string
	// Protection hides what may not be told; nil where every figure is public already.
	Protection *Protection
}

// Indicator is a definition with the tables its expressions were aggregated in.
type Indicator struct {
	Definition indicators.Definition
	// Table is the id of its dataset's table; "" for a measure made of other indicators.
	Table string
	// England is the id of the dataset from which England's value comes instead; "" for the same dataset.
	England string
}

// Item is the name under which the expression at path of an indicator's measure is aggregated.
func Item(indicator, path string) string { return indicator + "/" + path }

// EnglandPath is the path of the expression that reads England's value from another dataset.
const EnglandPath = "compare.england.value"

// Measure computes every result. The tables are keyed by dataset id; indicators may come in any order. An error means
// that a table does not have the shape that the plan promised; faults of data are statuses of rows, never errors.
func Measure(scope Scope, tables map[string]Table, wanted []Indicator) (results.Set, error) {
	return new(Keeper).Measure(scope, tables, wanted)
}

// Measure is [Measure], which keeps the values of indicators for the next call.
func (k *Keeper) Measure(scope Scope, tables map[string]Table, wanted []Indicator) (results.Set, error) {
	m := &measurer{
		scope: scope, tables: tables, decoded: map[string][]row{}, definitions: map[string]indicators.Definition{}, made: map[string][]results.Value{},
		ranked: slices.Sorted(maps.Keys(scope.Ranked)),
	}
	ordered := slices.Clone(wanted)
	slices.SortFunc(ordered, func(a, b Indicator) int { return strings.Compare(a.Definition.ID, b.Definition.ID) })
	k.settle(scope, ordered)
	for _, indicator := range ordered {
		m.definitions[indicator.Definition.ID] = indicator.Definition
		if len(indicator.Definition.Operands()) > 0 {
			continue
		}
		values, err := k.values(m, indicator)
		if err != nil {
			return results.Set{}, fmt.Errorf("measure %s: %w", indicator.Definition.ID, err)
		}
		m.made[indicator.Definition.ID] = values
	}
	// From here on what is hidden is gone: all that follows is made of what may be told.
	m.protect()
	for _, definition := range m.derivedInOrder(ordered) {
		values, err := m.derive(definition)
		if err != nil {
			return results.Set{}, fmt.Errorf("measure %s: %w", definition.ID, err)
		}
		values = m.withAbsent(definition, values)
		results.SortValues(values)
		m.made[definition.ID] = values
	}
	set := results.Set{Values: m.all()}
	set.Index = results.NewIndex(set.Values)
	index := set.Index
	for _, indicator := range ordered {
		set.Comparisons = append(set.Comparisons, m.comparisons(indicator.Definition, index)...)
		set.Trends = append(set.Trends, m.trends(indicator.Definition, index)...)
		set.Changes = append(set.Changes, m.changes(indicator.Definition, index)...)
		set.Targets = append(set.Targets, m.targets(indicator.Definition, index)...)
	}
	return set, nil
}

// measurer carries what one call of Measure has found so far.
type measurer struct {
	scope       Scope
	tables      map[string]Table
	decoded     map[string][]row
	definitions map[string]indicators.Definition
	// ranked are the codes among which a position is counted, sorted.
	ranked []string
	// made are the values of each indicator, in the order of [results.SortValues].
	made map[string][]results.Value
}

// all are the values that were made so far, in that order, which begins with the indicator.
func (m *measurer) all() results.Values {
	parts := make(results.Values, 0, len(m.made))
	for _, id := range slices.Sorted(maps.Keys(m.made)) {
		parts = append(parts, m.made[id])
	}
	return parts
}

// protect hides what may not be told among all values that were made so far.
func (m *measurer) protect() {
	if p := m.scope.Protection; p == nil || len(p.Policies) == 0 {
		return
	}
	all := slices.Concat(m.all()...)
	// They stand in the order in which the audit reads them: where a search is given up, it is so for both.
	m.scope.Protection.protect(all)
	m.made = map[string][]results.Value{}
	for from := 0; from < len(all); {
		id, to := all[from].Indicator, from+1
		for to < len(all) && all[to].Indicator == id {
			to++
		}
		m.made[id] = all[from:to:to]
		from = to
	}
}

// rowsOf decodes a table once.
func (m *measurer) rowsOf(id string) (Table, []row, error) {
	table, found := m.tables[id]
	if !found {
		return Table{}, nil, fmt.Errorf("the dataset %s was not aggregated", id)
	}
	if rows, decoded := m.decoded[id]; decoded {
		return table, rows, nil
	}
	rows, err := table.rows()
	if err != nil {
		return Table{}, nil, fmt.Errorf("dataset %s: %w", id, err)
	}
	m.decoded[id] = rows
	return table, rows, nil
}

// value is the empty result of an indicator for an area and period.
func (m *measurer) value(definition indicators.Definition, area string, when period.Period) results.Value {
	place := m.scope.Places[area]
	return results.Value{
		Indicator: definition.ID,
		Area:      area,
		AreaName:  place.Name,
		AreaType:  place.Type,
		Period:    when,
		Unit:      definition.Unit,
	}
}
