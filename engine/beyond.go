package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/aggregate"
	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

// written is where an expression stands.
type written struct {
	at   fault.Place
	path string
}

// beyond finds the expressions that come to numbers which the database cannot hold, or to none that is finite, over the figures of a dataset. Nothing
// but arithmetic comes to them; the names of their items are given too.
func (i *importer) beyond(ctx context.Context, dataset datasets.Dataset) (faults fault.List, names []string, err error) {
	input := inputOf(dataset)
	for _, item := range i.plan.inputs[dataset.ID].Items {
		if item.Expression.Calculates() {
			input.Items = append(input.Items, item)
		}
	}
	if sound, err := i.holds(ctx, input); sound || err != nil {
		return nil, nil, err
	}
	for _, item := range input.Items {
		one := input
		one.Items = []aggregate.Item{item}
		sound, err := i.holds(ctx, one)
		if err != nil {
			return nil, nil, err
		}
		if !sound {
			names = append(names, item.Name)
			stands := i.plan.written[item.Name]
			f := stands.at.Errorf(stands.path, "comes to numbers that are too large to be reckoned with, by the figures of %s", dataset.ID)
			faults.Add(f.Hint("look for a factor that is wrong, and for figures that are far too large"))
		}
	}
	return faults, names, nil
}

// holds says whether every item of an input comes to numbers that the database can hold.
func (i *importer) holds(ctx context.Context, input aggregate.Input) (bool, error) {
	if len(input.Items) == 0 {
		return true, nil
	}
	var values []string
	for at := range input.Items {
		values = append(values, fmt.Sprintf("isfinite(v_%d)", at))
	}
	statement := aggregate.Statement(input, aggregate.DuckDB)
	found, err := i.session.Strings(ctx, fmt.Sprintf("SELECT count(*) FROM (%s) AS found WHERE NOT (%s)", statement, strings.Join(values, " AND ")))
	if warehouse.IsBeyondRange(err) {
		return false, nil
	}
	return err == nil && found[0][0] == "0", err
}

// without is the plan without some of the items of a dataset.
func (p plan) without(dataset string, names []string) []aggregate.Item {
	return slices.DeleteFunc(slices.Clone(p.inputs[dataset].Items), func(item aggregate.Item) bool { return slices.Contains(names, item.Name) })
}
