package measure

import (
	"maps"
	"reflect"
	"slices"

	"github.com/apache/arrow/go/v17/arrow"

	"levelfield/engine/results"
)

// Keeper measures again and again while somebody works on a project. The values of an indicator whose definition and tables are
// those of the call before are not computed again; what is made of several indicators, and every verdict, always is. One call at
// a time; the zero Keeper is ready.
type Keeper struct {
	scope Scope
	kept  map[string]keptValues
}

// keptValues are the values of an indicator that reads tables, with all that they were computed from beside the scope.
type keptValues struct {
	indicator      Indicator
	table, england Table
	values         []results.Value
}

// settle forgets what the call rests on no more: everything where the scope is another, and indicators that are gone. Targets and
// protection have no part in the values that are kept.
func (k *Keeper) settle(scope Scope, wanted []Indicator) {
	scope.Targets, scope.Protection = nil, nil
	if k.kept == nil || !reflect.DeepEqual(k.scope, scope) {
		k.scope, k.kept = scope, map[string]keptValues{}
	}
	there := make(map[string]bool, len(wanted))
	for _, indicator := range wanted {
		there[indicator.Definition.ID] = true
	}
	for id := range k.kept {
		if !there[id] {
			delete(k.kept, id)
		}
	}
}

// values are the values of an indicator that reads tables, in the order of [results.SortValues]. They are not changed by anybody.
func (k *Keeper) values(m *measurer, indicator Indicator) ([]results.Value, error) {
	id := indicator.Definition.ID
	now := keptValues{indicator: indicator, table: m.tables[indicator.Table], england: m.tables[indicator.England]}
	if kept, is := k.kept[id]; is && kept.same(now) {
		return kept.values, nil
	}
	delete(k.kept, id)
	values, err := m.values(indicator)
	if err != nil {
		return nil, err
	}
	values = m.withAbsent(indicator.Definition, values)
	results.SortValues(values)
	now.values = slices.Clip(values)
	k.kept[id] = now
	return now.values, nil
}

func (k keptValues) same(now keptValues) bool {
	return sameTable(k.table, now.table) && sameTable(k.england, now.england) && reflect.DeepEqual(k.indicator, now.indicator)
}

// sameTable says whether two tables are one: their records are the same in memory, not only in what they say.
func sameTable(a, b Table) bool {
	return slices.Equal(a.Records, b.Records) && maps.EqualFunc(a.Ranked, b.Ranked, slices.Equal[[]arrow.Record]) && a.Snapshot == b.Snapshot && slices.Equal(a.Items, b.Items) && slices.Equal(a.Warnings, b.Warnings) &&
		reflect.DeepEqual(a.Dataset, b.Dataset)
}
