package engine

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/aggregate"
	"levelfield/engine/fault"
	"levelfield/engine/measure"
	"levelfield/engine/warehouse"
	"levelfield/indicators"
)

// mostProportions is how many rows of one indicator are told one by one.
const mostProportions = 100

// proportions finds the rows of a dataset of which no proportion can be made: more in the part than in the whole, or fewer
// than none; items are those of the dataset that can be found. Rows that are added up are held against each other as their sums, and a row of which there is a fault already
// is left out.
func (i *importer) proportions(ctx context.Context, dataset datasets.Dataset, place warehouse.Place, items []aggregate.Item, known fault.List) (fault.List, error) {
	atFault := map[fault.Place]bool{}
	for _, f := range known.Errors() {
		atFault[fault.At(f.File, f.Line, 0)] = true
	}
	// A sum over rows that could not all be read says nothing.
	single := len(atFault) > 0
	var faults fault.List
	told := map[string]bool{}
	for _, indicator := range i.plan.indicators {
		definition := indicator.Definition
		if indicator.Table != dataset.ID || definition.Measure.Proportion == nil {
			continue
		}
		query, planned := improperRows(dataset, definition, items, single)
		if !planned {
			continue
		}
		rows, err := i.session.Strings(ctx, query)
		if err != nil {
			return nil, fmt.Errorf("look through the proportions of %s: %w", definition.ID, err)
		}
		for _, row := range rows {
			f, err := improper(dataset, definition, row, place)
			if err != nil {
				return nil, err
			}
			// Several indicators may rest on the same two columns.
			_, texts := parts(definition)
			key := fmt.Sprint(f.Place, texts)
			if !atFault[fault.At(f.File, f.Line, 0)] && !told[key] {
				told[key] = true
				faults.Add(f)
			}
		}
	}
	return faults, nil
}

// parts are the paths of the two expressions that a proportion is made of, and their texts: the part, or the share, and the
// whole.
func parts(definition indicators.Definition) (paths, texts [2]string) {
	spec := definition.Measure.Proportion
	paths, texts = [2]string{"proportion.numerator", "proportion.denominator"}, [2]string{spec.Numerator, spec.Denominator}
	if spec.Share != "" {
		paths[0], texts[0] = "proportion.share", spec.Share
	}
	return paths, texts
}

// improperRows is the query for the groups of rows of which an indicator can make no proportion: the first row, how many there
// are, area, period, and the two figures; single leaves groups of several rows out. It is false where an expression was
// refused.
func improperRows(dataset datasets.Dataset, definition indicators.Definition, items []aggregate.Item, single bool) (query string, planned bool) {
	input := inputOf(dataset)
	paths, _ := parts(definition)
	for _, path := range paths {
		name := measure.Item(definition.ID, path)
		at := slices.IndexFunc(items, func(item aggregate.Item) bool { return item.Name == name })
		if at < 0 {
			return "", false
		}
		input.Items = append(input.Items, items[at])
	}
	most := "v_1"
	if definition.Measure.Proportion.Share != "" {
		most = "1"
	}
	conditions := []string{"(v_0 < 0 OR v_1 < 0 OR v_0 > " + most + ")"}
	if single {
		conditions = append(conditions, `"rows" = 1`)
	}
	for _, category := range input.Categories {
		whole := category.Total
		if only, picked := definition.Only[category.Name]; picked {
			whole = only
		}
		if !isValue(definition.Breakdowns, category.Name) {
			conditions = append(conditions, warehouse.Identifier(category.Name)+" = "+warehouse.Literal(whole))
		}
	}
	return fmt.Sprintf(`SELECT first_row, "rows", area, period, v_0, v_1 FROM (%s) AS proportions WHERE %s ORDER BY first_row LIMIT %d`,
		aggregate.Statement(input, aggregate.DuckDB), strings.Join(conditions, " AND "), mostProportions), true
}

func isValue(of map[string]string, wanted string) bool {
	for _, value := range of {
		if value == wanted {
			return true
		}
	}
	return false
}

// improper is the fault of a group of rows, as the query gives it.
func improper(dataset datasets.Dataset, definition indicators.Definition, found []string, place warehouse.Place) (fault.Fault, error) {
	first, err := strconv.Atoi(found[0])
	if err != nil {
		return fault.Fault{}, fmt.Errorf("row number %q: %w", found[0], err)
	}
	_, texts := parts(definition)
	column := texts[0]
	if _, known := dataset.Column(column); !known {
		column = ""
	}
	at := place(first, column)
	rows := fmt.Sprintf("row %d", at.Line)
	if found[1] != "1" {
		rows = fmt.Sprintf("%s rows from row %d on", found[1], at.Line)
	}
	part := fmt.Sprintf("read %s = %s", texts[0], found[4])
	switch {
	case strings.HasPrefix(found[4], "-") || strings.HasPrefix(found[5], "-"):
		part += fmt.Sprintf(" and %s = %s, of which one is negative", texts[1], found[5])
	case definition.Measure.Proportion.Share != "":
		part += ", a share above 1"
	default:
		part += fmt.Sprintf(" above %s = %s", texts[1], found[5])
	}
	f := at.Errorf(column, "%s: %s, for %s in %s", rows, part, found[2], found[3])
	return f.Hint("the indicator %s makes a proportion of them: correct the figures, or let it measure a rate", definition.ID), nil
}
