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
	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/warehouse"
	"levelfield/indicators"
	"levelfield/seeds"
)

// membersTable is the name of the table of the areas by which a dataset is added up.
func membersTable(dataset string) string { return "members_" + dataset }

// finest are the kinds of small area in the order in which they are added up: those that may be parts of another come before it.
var finest = []string{
	"output-area", "lsoa", "data-zone", "msoa", "ward", "constituency", "metropolitan-county", "itl-region", "nuts-region", "city-region",
	"combined-authority",
}

// The levels at which areas are added up are those of the small areas, then the districts of a county, then the authorities of a
// region and of England.
var (
	districtLevel  = len(finest)
	authorityLevel = districtLevel + 1
	rollupLevels   = authorityLevel + 1
)

// membership says of which areas an area is a part when areas are added up. Only kinds of area of which every one is known are
// parts: small ones where the dataset says that the project names all of them.
func membership(area seeds.Area, england string, complete []string) (wholes []string, level int) {
	small := slices.Index(finest, area.Type)
	switch {
	case area.Parent == "":
	case area.Type == seeds.District:
		return []string{area.Parent}, districtLevel
	case area.UpperTier():
		return []string{area.Parent, england}, authorityLevel
	case small >= 0 && slices.Contains(complete, area.Type):
		return []string{area.Parent}, small
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
	parts := partsOf(slices.Concat(c.project.Areas.All(), c.project.Areas.Small()), one.areas, completeOf(one.dataset), c.project.Config.Comparators.England)
	members, levels := memberRows(parts)
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

// part says that an area is a part of another.
type part struct {
	area  seeds.Area
	whole string
	level int
}

// partsOf are the parts of every area of which the dataset has a part, at one level only where they are small areas.
func partsOf(areas []seeds.Area, held, complete []string, england string) []part {
	wanted := map[string]bool{}
	kinds := map[string]string{} // the kind of small area by which a whole is added up
	for level := range rollupLevels {
		for _, area := range areas {
			wholes, at := membership(area, england, complete)
			if _, there := slices.BinarySearch(held, area.Code); at != level || !there && !wanted[area.Code] {
				continue
			}
			for _, whole := range wholes {
				wanted[whole] = true
				if chosen, is := kinds[whole]; level < districtLevel && (!is || slices.Index(complete, area.Type) < slices.Index(complete, chosen)) {
					kinds[whole] = area.Type
				}
			}
		}
	}
	var parts []part
	for _, area := range areas {
		wholes, level := membership(area, england, complete)
		for _, whole := range wholes {
			if wanted[whole] && (level >= districtLevel || kinds[whole] == area.Type) {
				parts = append(parts, part{area, whole, level})
			}
		}
	}
	return parts
}

// memberRows are parts as rows of SQL: area, whole, level, and the first and the last day on which the area was in force; with the
// levels that there are.
func memberRows(parts []part) (rows []string, levels []int) {
	for _, p := range parts {
		until := p.area.ValidTo
		if until == "" {
			until = "9999-12-31"
		}
		rows = append(rows, fmt.Sprintf("(%s, %s, %d, %s, %s)", warehouse.Literal(p.area.Code), warehouse.Literal(p.whole), p.level,
			warehouse.Literal(p.area.ValidFrom), warehouse.Literal(until)))
		levels = append(levels, p.level)
	}
	slices.Sort(levels)
	return rows, slices.Compact(levels)
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
	label := warehouse.Literal(value.Period.Label)
	own := "SELECT " + area + " FROM " + rows + " WHERE " + when + " = " + label
	return "WITH RECURSIVE parts(area) AS (SELECT area FROM " + members + " WHERE period = " + label + " AND whole = " + warehouse.Literal(value.Area) +
		" UNION SELECT m.area FROM " + members + " AS m JOIN parts ON m.whole = parts.area WHERE m.period = " + label +
		" AND parts.area NOT IN (" + own + ")) SELECT area FROM parts"
}

// completeOf are the kinds of small area of which a dataset says that every one is named.
func completeOf(dataset datasets.Dataset) []string {
	if dataset.Areas == nil {
		return nil
	}
	return dataset.Areas.Complete
}

// completeReferences are the faults of the kinds of area that a dataset says are named in full.
func (p Project) completeReferences(dataset datasets.Dataset) fault.List {
	var faults fault.List
	complete := completeOf(dataset)
	for i, kind := range complete {
		at := fmt.Sprintf("areas.complete[%d]", i)
		if !slices.ContainsFunc(p.Areas.Small(), func(area seeds.Area) bool { return area.Type == kind }) {
			faults.Add(p.Datasets.At(dataset.ID, at).Errorf(at, "%s names no area of the kind %s", areasFile, kind).
				Hint("name all of them there with their parents, or leave the kind out"))
		}
	}
	if len(complete) > 0 && dataset.Aggregates != aggregate.Sum {
		const at = "areas.complete"
		faults.Add(p.Datasets.At(dataset.ID, at).Errorf(at, "small areas are to be added up, and aggregates is %s", dataset.Aggregates).
			Hint("write aggregates: sum, or leave complete out"))
	}
	return faults
}
