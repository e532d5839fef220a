package engine

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"levelfield/engine/aggregate"
	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/warehouse"
	"levelfield/indicators"
	"levelfield/seeds"
)

// membersTable is the name of the table of the areas by which a dataset is added up.
func membersTable(dataset string) string { return "members_" + dataset }

// The levels at which areas are added up: the districts of a county, then the authorities of a region and of England.
const (
	districtLevel = iota
	authorityLevel
	rollupLevels
)

// membership says of which areas an area is a part when areas are added up. Only kinds of area of which every one is known are
// parts: a project may name some of the small areas of a place, and nothing says that these are all.
func membership(area seeds.Area, england string) (wholes []string, level int) {
	switch {
	case area.Type == seeds.District && area.Parent != "":
		return []string{area.Parent}, districtLevel
	case area.UpperTier() && area.Parent != "":
		return []string{area.Parent, england}, authorityLevel
	}
	return nil, 0
}

// rollup makes the table of the areas by which a dataset is added up, and says how; nil where its rows may not be added up, or
// are of no area that is a part of another.
func (c *computation) rollup(ctx context.Context, id string) (*aggregate.Rollup, error) {
	one := c.imported[id]
	if one.dataset.Aggregates != aggregate.Sum {
		return nil, nil
	}
	members, levels := memberRows(c.project.Areas.All(), one.areas, c.project.Config.Comparators.England)
	days, err := dayRows(period.Kind(one.dataset.Periods.Kind), one.periods)
	if err != nil || len(members) == 0 || len(days) == 0 {
		return nil, err
	}
	query := `SELECT d.period, m.area, m.whole, m.level, count(*) OVER (PARTITION BY d.period, m.whole, m.level) AS "of"
FROM (VALUES ` + strings.Join(members, ", ") + ") AS m(area, whole, level, since, until)\nJOIN (VALUES " + strings.Join(days, ", ") +
		") AS d(period, day) ON m.since <= d.day AND d.day <= m.until"
	if err := c.session.Drop(ctx, membersTable(id)); err != nil {
		return nil, err
	}
	if err := c.session.Create(ctx, membersTable(id), query); err != nil {
		return nil, fmt.Errorf("add up the areas of %s: %w", id, err)
	}
	c.rolledUp[id] = true
	return &aggregate.Rollup{Members: membersTable(id), Levels: levels}, nil
}

// memberRows are the parts of every area of which the dataset has a part, as rows of SQL: area, whole, level, and the first and
// the last day on which it was in force; with the levels that there are.
func memberRows(areas []seeds.Area, held []string, england string) (rows []string, levels []int) {
	wanted := map[string]bool{}
	for level := range rollupLevels {
		before := len(wanted)
		for _, area := range areas {
			wholes, at := membership(area, england)
			if _, there := slices.BinarySearch(held, area.Code); at == level && (there || wanted[area.Code]) {
				for _, whole := range wholes {
					wanted[whole] = true
				}
			}
		}
		if len(wanted) > before {
			levels = append(levels, level)
		}
	}
	for _, area := range areas {
		wholes, level := membership(area, england)
		for _, whole := range wholes {
			if wanted[whole] {
				until := area.ValidTo
				if until == "" {
					until = "9999-12-31"
				}
				rows = append(rows, fmt.Sprintf("(%s, %s, %d, %s, %s)", warehouse.Literal(area.Code), warehouse.Literal(whole), level,
					warehouse.Literal(area.ValidFrom), warehouse.Literal(until)))
			}
		}
	}
	return rows, levels
}

// dayRows are the periods with their last days, on which an area has to be in force to be a part, as rows of SQL.
func dayRows(kind period.Kind, labels []string) ([]string, error) {
	var rows []string
	for _, label := range labels {
		when, err := period.Parse(kind, label)
		if err != nil {
			return nil, err
		}
		rows = append(rows, fmt.Sprintf("(%s, %s)", warehouse.Literal(label), warehouse.Literal(when.End)))
	}
	return rows, nil
}

// membersOf is the number of areas of which a value is the sum, 0 where it rests on rows of its own.
func (c *computation) membersOf(ctx context.Context, definition indicators.Definition, value results.Value) (int, error) {
	if !c.rolledUp[value.Dataset] {
		return 0, nil
	}
	found, err := c.session.Strings(ctx, "SELECT max(_members)::VARCHAR FROM "+warehouse.Identifier(aggregatedOf(value.Dataset))+
		" WHERE "+c.group(definition, value, "= "+warehouse.Literal(value.Area)))
	if err != nil {
		return 0, fmt.Errorf("explain %s: %w", definition.ID, err)
	}
	if len(found) == 0 || found[0][0] == "" {
		return 0, nil
	}
	return strconv.Atoi(found[0][0])
}

// summedAreas is a query of the areas whose rows a sum rests on: its parts, and the parts of those that have no row of their own.
func (c *computation) summedAreas(value results.Value) string {
	dataset := c.imported[value.Dataset].dataset
	members, rows := warehouse.Identifier(membersTable(dataset.ID)), warehouse.Identifier(tableOf(dataset.ID))
	area, when := warehouse.Identifier(dataset.Role("area")[0].Name), warehouse.Identifier(dataset.Role("period")[0].Name)
	parts := "SELECT area FROM " + members + " WHERE period = " + warehouse.Literal(value.Period.Label) + " AND whole "
	own := "SELECT " + area + " FROM " + rows + " WHERE " + when + " = " + warehouse.Literal(value.Period.Label)
	first := parts + "= " + warehouse.Literal(value.Area)
	return first + " UNION " + parts + "IN (" + first + ") AND whole NOT IN (" + own + ")"
}
