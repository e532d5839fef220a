package engine

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"levelfield/engine/period"
	"levelfield/indicators"
)

// pooledFormula is the sum of the counts of the years, and the formula of what they are counts of.
func (c *computation) pooledFormula(pooled indicators.Pooled, e Explanation) []string {
	if !e.Value.HasValue() || e.Value.Numerator == nil || e.Value.Denominator == nil {
		return formula(indicators.Definition{}, e.Value)
	}
	var cases, sizes []string
	for _, year := range e.Operands {
		if year.Value.Numerator != nil && year.Value.Denominator != nil {
			cases, sizes = append(cases, exact(*year.Value.Numerator)), append(sizes, exact(*year.Value.Denominator))
		}
	}
	of, _ := c.project.Indicators.Lookup(pooled.Of)
	return append([]string{
		fmt.Sprintf("x = %s = %s, the counts of %d years", strings.Join(cases, " + "), exact(*e.Value.Numerator), len(cases)),
		fmt.Sprintf("n = %s = %s", strings.Join(sizes, " + "), exact(*e.Value.Denominator)),
	}, formula(of, e.Value)...)
}

// yearsOf are the written forms of the years that were pooled in a period.
func yearsOf(p period.Period) []string {
	var labels []string
	first, last := p.EndDate(), p.EndDate()
	if start, err := period.Parse(period.Instant, p.Start); err == nil {
		first = start.EndDate()
	}
	for begins := first.Year(); begins <= last.AddDate(-1, 0, 1).Year(); begins++ {
		label := strconv.Itoa(begins)
		if first.Month() != time.January {
			label = fmt.Sprintf("%d/%02d", begins, (begins+1)%100)
		}
		labels = append(labels, label)
	}
	return labels
}
