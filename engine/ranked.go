package engine

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"levelfield/engine/aggregate"
	"levelfield/engine/measure"
	"levelfield/engine/stats"
	"levelfield/engine/warehouse"
)

// The tables of the ranks that are wanted of a dataset, and of the values that stand there; both are gone when they were read.
func ranksOf(dataset string) string  { return "ranks_" + dataset }
func rankedOf(dataset string) string { return "ranked_" + dataset }

// letGo lets go of the records of a table.
func letGo(table measure.Table) {
	warehouse.Release(table.Records)
	for _, records := range table.Ranked {
		warehouse.Release(records)
	}
}

// ranked picks, from the aggregated dataset, the single values of which quantiles and their limits are made, by the item's name. The
// ranks follow from the number of values of a group alone: the statistics choose them, and the database finds them. Items of one
// expression share a query, whose records are retained for each.
func (c *computation) ranked(ctx context.Context, id string, input aggregate.Input) (picked map[string]measure.Records, err error) {
	picked = map[string]measure.Records{}
	defer func() {
		if err != nil {
			letGo(measure.Table{Ranked: picked})
			picked = nil
		}
	}()
	for i, item := range input.Items {
		if _, done := picked[item.Name]; done || !item.Spread {
			continue
		}
		same := slices.DeleteFunc(slices.Clone(input.Items), func(other aggregate.Item) bool {
			return !other.Spread || other.Expression.SQL(aggregate.DuckDB) != item.Expression.SQL(aggregate.DuckDB)
		})
		statement := aggregate.Ranked(input, item, ranksOf(id), aggregate.DuckDB)
		ranks, err := c.ranks(ctx, id, i, same)
		if err != nil {
			return picked, err
		}
		records, err := c.pick(ctx, id, ranks, statement)
		if err != nil {
			return picked, err
		}
		for j, one := range same {
			c.rankings[one.Name], picked[one.Name] = statement, records
			for _, record := range records {
				if j > 0 {
					record.Retain()
				}
			}
		}
	}
	return picked, nil
}

// ranks are the ranks that items of one expression want of the groups of a dataset, as rows of SQL: number of values, rank. The
// expression's values are counted by the item at a place.
func (c *computation) ranks(ctx context.Context, id string, at int, items []aggregate.Item) ([]string, error) {
	counts, err := c.session.Strings(ctx, fmt.Sprintf("SELECT DISTINCT CAST(v_%d AS BIGINT) FROM %s WHERE v_%d > 0 ORDER BY 1", at, warehouse.Identifier(aggregatedOf(id)), at))
	if err != nil {
		return nil, err
	}
	var rows []string
	for _, count := range counts {
		n, err := strconv.Atoi(count[0])
		if err != nil {
			return nil, err
		}
		wanted := map[int]bool{}
		for _, item := range items {
			for _, rank := range stats.RanksOfQuantile(n, c.plan.shares[item.Name]).All() {
				wanted[rank] = true
			}
		}
		for _, rank := range slices.Sorted(maps.Keys(wanted)) {
			rows = append(rows, fmt.Sprintf("(%d, %d)", n, rank))
		}
	}
	return rows, nil
}

// ranksQuery is a query of rows of ranks.
func ranksQuery(rows []string) string {
	return "SELECT * FROM (VALUES " + strings.Join(rows, ", ") + `) AS k("of", "rank")`
}

// pick runs a statement for the values at ranks; without any there is none.
func (c *computation) pick(ctx context.Context, id string, ranks []string, statement string) (measure.Records, error) {
	if len(ranks) == 0 {
		return nil, nil
	}
	for _, table := range []struct{ name, query string }{
		{ranksOf(id), ranksQuery(ranks)},
		{rankedOf(id), statement},
	} {
		if err := c.session.Drop(ctx, table.name); err != nil {
			return nil, err
		}
		if err := c.session.Create(ctx, table.name, table.query); err != nil {
			return nil, err
		}
	}
	records, err := c.session.Arrow(ctx, "SELECT * FROM "+warehouse.Identifier(rankedOf(id)))
	if err != nil {
		return nil, err
	}
	for _, name := range []string{ranksOf(id), rankedOf(id)} {
		if err := c.session.Drop(ctx, name); err != nil {
			warehouse.Release(records)
			return nil, err
		}
	}
	return records, nil
}
