package quality

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"levelfield/datasets"
	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

// Other is another dataset in the same session, for the rule that holds two sources of one figure against each other.
type Other struct {
	Dataset datasets.Dataset
	Table   string
}

// agreement finds cells in which another dataset has another figure than this one: two sources of one number that do not
// agree. Cells meet where area, period and the categories that both know are equal, and every other category stands at
// its total. The figures of this dataset are those that are used; the check says why.
func agreement(ctx context.Context, c check) (fault.List, error) {
	id, column, _ := strings.Cut(c.With, "/")
	other, loaded := c.known.Others[id]
	if !loaded {
		return nil, nil
	}
	query, err := c.disagreement(other, column)
	if err != nil {
		return nil, err
	}
	totals, err := c.session.Strings(ctx, "SELECT count(*), count(*) FILTER (_apart) FROM ("+query+") AS cells")
	if err != nil {
		return nil, err
	}
	met, apart := totals[0][0], totals[0][1]
	switch {
	case met == "0":
		message := fmt.Sprintf("no cell in common with %s: no area has a figure for the same period in both", c.With)
		return fault.List{c.fault(0, c.Column, message).Hint("look whether the two write their periods alike, or leave the check out")}, nil
	case apart == "0":
		return nil, nil
	}
	faults := fault.List{c.fault(0, c.Column, fmt.Sprintf("%s of %s cells differ from those of %s (%s, %s): %s",
		apart, met, c.With, other.Dataset.Publisher, other.Dataset.Release, c.Why))}
	rows, err := c.session.Strings(ctx, c.listed(query))
	if err != nil {
		return nil, err
	}
	for _, found := range rows {
		row, err := strconv.Atoi(found[0])
		if err != nil {
			return nil, fmt.Errorf("row number %q: %w", found[0], err)
		}
		faults.Add(c.fault(row, c.Column, fmt.Sprintf("%sread %s for %s in %s, where %s has %s", c.rowOf(row), found[3], found[1], found[2], c.With, found[4])))
	}
	return faults, nil
}

// disagreement is the query for the cells that both datasets have, with whether they are further apart than the check
// allows.
func (c check) disagreement(other Other, column string) (string, error) {
	if _, known := other.Dataset.Column(column); !known {
		return "", fmt.Errorf("%s has no column %s", other.Dataset.ID, column)
	}
	theirs := check{dataset: other.Dataset}
	conditions := []string{
		fmt.Sprintf("a.%s = b.%s", warehouse.Identifier(c.role("area")), warehouse.Identifier(theirs.role("area"))),
		fmt.Sprintf("a.%s = b.%s", warehouse.Identifier(c.role("period")), warehouse.Identifier(theirs.role("period"))),
	}
	for _, one := range []struct {
		row           string
		own, opposite datasets.Dataset
	}{{"a", c.dataset, other.Dataset}, {"b", other.Dataset, c.dataset}} {
		for _, category := range one.own.Role("category") {
			name := warehouse.Identifier(category.Name)
			switch opposite, shared := one.opposite.Column(category.Name); {
			case shared && opposite.Role == "category":
				conditions = append(conditions, "a."+name+" IS NOT DISTINCT FROM b."+name)
			case category.Total != "":
				conditions = append(conditions, one.row+"."+name+" = "+warehouse.Literal(category.Total))
			default:
				return "", fmt.Errorf("the category %s of %s has no total, and the other dataset does not know it", category.Name, one.own.ID)
			}
		}
	}
	slices.Sort(conditions)
	value, with := "a."+warehouse.Identifier(c.Column), "b."+warehouse.Identifier(column)
	return fmt.Sprintf("SELECT a._row AS _row, a.%s AS _area, a.%s AS _period, %s::DOUBLE AS _ours, %s::DOUBLE AS _theirs, abs(%[3]s - %[4]s) > %[5]s AS _apart "+
		"FROM %[6]s AS a JOIN %[7]s AS b ON %[8]s WHERE %[3]s IS NOT NULL AND %[4]s IS NOT NULL",
		warehouse.Identifier(c.role("area")), warehouse.Identifier(c.role("period")), value, with, number(c.Tolerance+slack),
		warehouse.Identifier(c.table), warehouse.Identifier(other.Table), strings.Join(slices.Compact(conditions), " AND ")), nil
}

// listed is the query for the cells that are told one by one: those furthest apart, or all of the areas that the check
// names.
func (c check) listed(query string) string {
	condition, limit := "_apart", largest
	if len(c.Areas) > 0 {
		condition, limit = condition+" AND _area IN ("+literals(c.Areas)+")", most
	}
	return fmt.Sprintf("SELECT _row, _area, _period, _ours, _theirs FROM (%s) AS cells WHERE %s ORDER BY abs(_ours - _theirs) DESC, _row LIMIT %d", query, condition, limit)
}
