package engine

import (
	"context"
	"maps"
	"slices"

	"levelfield/datasets"
	"levelfield/engine/aggregate"
	"levelfield/engine/fault"
	"levelfield/engine/measure"
	"levelfield/engine/warehouse"
	"levelfield/indicators"
)

// plan is what a run will aggregate: one input a dataset, and the indicators with the tables they read.
type plan struct {
	inputs     map[string]aggregate.Input
	indicators []measure.Indicator
	// written is where the expression of each item stands, by the item's name.
	written map[string]written
	// shares are the shares of the quantiles that are wanted of items of single values, by the item's name.
	shares map[string]float64
}

// datasets are the ids of the datasets that the plan reads, sorted.
func (p plan) datasets() []string { return slices.Sorted(maps.Keys(p.inputs)) }

// tableOf is the name of a dataset's table in the warehouse.
func tableOf(dataset string) string { return "data_" + dataset }

// aggregatedOf is the name of a dataset's aggregated table.
func aggregatedOf(dataset string) string { return "aggregated_" + dataset }

// makePlan has every expression parsed and accepted, and gathers the items of each dataset. Every refusal of every
// expression is a fault at the expression.
func makePlan(ctx context.Context, project Project, session *warehouse.Session) (plan, fault.List, error) {
	p := plan{inputs: map[string]aggregate.Input{}, written: map[string]written{}, shares: map[string]float64{}}
	var faults fault.List
	for _, definition := range project.Indicators.Definitions {
		found, err := p.add(ctx, project, session, definition)
		if err != nil {
			return plan{}, nil, err
		}
		faults.Add(found...)
	}
	return p, faults, nil
}

func (p *plan) add(ctx context.Context, project Project, session *warehouse.Session, definition indicators.Definition) (fault.List, error) {
	indicator := measure.Indicator{Definition: definition, Table: definition.Dataset}
	var faults fault.List
	if dataset, known := project.Datasets.Lookup(definition.Dataset); known {
		expressions := definition.Measure.Expressions()
		for _, path := range slices.Sorted(maps.Keys(expressions)) {
			at := project.Indicators.At(definition.ID, "measure."+path)
			item := aggregate.Item{Name: measure.Item(definition.ID, path), Single: definition.Measure.Single()}
			if quantile := definition.Measure.Quantile; quantile != nil {
				item.Spread, p.shares[item.Name] = true, quantile.Share()
			}
			found, err := p.item(ctx, session, dataset, item, expressions[path], at, "measure."+path)
			if err != nil {
				return nil, err
			}
			faults.Add(found...)
		}
	}
	if how := definition.Compare.England; how != nil && how.Dataset != "" {
		if dataset, known := project.Datasets.Lookup(how.Dataset); known {
			indicator.England = how.Dataset
			at := project.Indicators.At(definition.ID, measure.EnglandPath)
			item := aggregate.Item{Name: measure.Item(definition.ID, measure.EnglandPath), Single: true}
			found, err := p.item(ctx, session, dataset, item, how.Value, at, measure.EnglandPath)
			if err != nil {
				return nil, err
			}
			faults.Add(found...)
		}
	}
	p.indicators = append(p.indicators, indicator)
	return faults, nil
}

// item has one expression parsed and accepted and adds it to its dataset's input.
func (p *plan) item(ctx context.Context, session *warehouse.Session, dataset datasets.Dataset, item aggregate.Item, expression string, at fault.Place, path string) (fault.List, error) {
	tree, err := session.Parse(ctx, expression)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return fault.List{at.Errorf(path, "%q is not an expression: %v", expression, err)}, nil
	}
	accepted, refusals := aggregate.Accept(tree, columnsOf(dataset))
	if len(refusals) > 0 {
		var faults fault.List
		for _, refusal := range refusals {
			faults.Add(at.Errorf(path, "%s", refusal))
		}
		return faults, nil
	}
	if item.Spread && accepted.HasAggregate() {
		return fault.List{at.Errorf(path, "%q is not the value of one row", expression).Hint("leave out sum, count, min, max and avg: each row gives one value, and the quantile is found among them")}, nil
	}
	p.written[item.Name] = written{at, path}
	input, started := p.inputs[dataset.ID]
	if !started {
		input = inputOf(dataset)
	}
	item.Expression = accepted
	input.Items = append(input.Items, item)
	p.inputs[dataset.ID] = input
	return nil, nil
}

// columnsOf is a dataset as an expression may see it.
func columnsOf(dataset datasets.Dataset) []aggregate.Column {
	columns := make([]aggregate.Column, len(dataset.Columns))
	for i, column := range dataset.Columns {
		columns[i] = aggregate.Column{Name: column.Name, Type: column.Type, Role: column.Role, Status: dataset.StatusOf(column.Name)}
	}
	return columns
}

func inputOf(dataset datasets.Dataset) aggregate.Input {
	input := aggregate.Input{
		Table: tableOf(dataset.ID), Area: dataset.Role("area")[0].Name, Period: dataset.Role("period")[0].Name, Aggregates: dataset.Aggregates,
	}
	for _, column := range dataset.Role("category") {
		input.Categories = append(input.Categories, aggregate.Category{Name: column.Name, Total: column.Total})
	}
	return input
}
