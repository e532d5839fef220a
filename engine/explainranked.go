package engine

import (
	"context"
	"fmt"
	"strconv"

	"levelfield/engine/measure"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/engine/warehouse"
	"levelfield/indicators"
)

// explainQuantile adds to an explanation the statement that picks ranks, and the formula with what it picked.
func (c *computation) explainQuantile(ctx context.Context, definition indicators.Definition, e *Explanation) (err error) {
	ranking := c.rankings[measure.Item(definition.ID, "quantile.value")]
	e.Statement += ";\n\n" + ranking
	e.Formula, err = c.quantileFormula(ctx, definition, e.Value, ranking)
	return err
}

// quantileFormula is a quantile with the ranks and the values that it and its limits are.
func (c *computation) quantileFormula(ctx context.Context, definition indicators.Definition, v results.Value, statement string) ([]string, error) {
	if !v.HasValue() || v.Denominator == nil {
		return formula(definition, v), nil
	}
	n, p := int(*v.Denominator), definition.Measure.Quantile.Share()
	ranks := stats.RanksOfQuantile(n, p)
	at, err := c.atRanks(ctx, definition, v, n, ranks.All(), statement)
	if err != nil {
		return nil, fmt.Errorf("explain %s: %w", definition.ID, err)
	}
	x := func(rank int) string { return printed(at[rank]) }
	lines := []string{
		fmt.Sprintf("x(k) is the k-th lowest of n = %d values, and the quantile p = %s stands at rank 1 + (n − 1) × p = %s", n, exact(p), exact(float64(ranks.Below)+ranks.Part)),
	}
	if ranks.Above == ranks.Below {
		lines = append(lines, fmt.Sprintf("value = x(%d) = %s", ranks.Below, exact(*v.Value)))
	} else {
		lines = append(lines, fmt.Sprintf("value = x(%d) + %s × (x(%d) − x(%d)) = %s + %s × (%s − %s) = %s", ranks.Below, exact(ranks.Part), ranks.Above, ranks.Below,
			x(ranks.Below), exact(ranks.Part), x(ranks.Above), x(ranks.Below), exact(*v.Value)))
	}
	for _, limit := range []struct {
		name, rule string
		rank       int
	}{
		{"lower 95%", "the greatest k with P(B ≤ k − 1) ≤ 0.025", ranks.Lower95},
		{"upper 95%", "the least k with P(B ≤ k − 1) ≥ 0.975", ranks.Upper95},
		{"lower 99.8%", "the greatest k with P(B ≤ k − 1) ≤ 0.001", ranks.Lower998},
		{"upper 99.8%", "the least k with P(B ≤ k − 1) ≥ 0.999", ranks.Upper998},
	} {
		if limit.rank == 0 {
			lines = append(lines, fmt.Sprintf("%s limit: no rank from 1 to %d is %s, for B binomial with n and p", limit.name, n, limit.rule))
			continue
		}
		lines = append(lines, fmt.Sprintf("%s limit = x(%d) = %s, %s for B binomial with n and p", limit.name, limit.rank, x(limit.rank), limit.rule))
	}
	return lines, nil
}

// atRanks are the values of a group of n at ranks.
func (c *computation) atRanks(ctx context.Context, definition indicators.Definition, v results.Value, n int, ranks []int, statement string) (map[int]*float64, error) {
	if err := c.session.Drop(ctx, ranksOf(v.Dataset)); err != nil {
		return nil, err
	}
	var rows []string
	for _, rank := range ranks {
		rows = append(rows, fmt.Sprintf("(%d, %d)", n, rank))
	}
	if err := c.session.Create(ctx, ranksOf(v.Dataset), ranksQuery(rows)); err != nil {
		return nil, err
	}
	found, err := c.session.Strings(ctx, "SELECT _rank, _value FROM ("+statement+") AS picked WHERE "+c.group(definition, v, "= "+warehouse.Literal(v.Area)))
	if err != nil {
		return nil, err
	}
	values := map[int]*float64{}
	for _, cells := range found {
		rank, err := strconv.Atoi(cells[0])
		if err != nil {
			return nil, err
		}
		value, err := strconv.ParseFloat(cells[1], 64)
		if err != nil {
			return nil, err
		}
		values[rank] = &value
	}
	return values, c.session.Drop(ctx, ranksOf(v.Dataset))
}
