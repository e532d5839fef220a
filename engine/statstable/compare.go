package statstable

import (
	"fmt"

	"levelfield/engine/stats"
)

var compare = Method{
	Name:  "compare",
	Short: "How a value stands against a reference: better, similar or worse",
	Long: `By the rule interval, the value is similar where the reference lies on or within its 95% limits, else better or worse, and best
or worst where it lies outside the 99.8% limits too, if those are there (Fingertips, comparator methods 1 and 17). The rule
interval-998 gives a verdict only where they are. double holds two intervals against each other, which need not overlap for
a difference to be one by chance (method 12). difference tests the difference of the two, and is the strictest that is fair:
with counts of the area and of the parent that it is a part of, the area is taken out of the parent first (Newcombe 1998).

A reference that is known only within bounds stands in reference_low and reference_high: a verdict is given if it holds at both.
A value without limits has a position and no verdict. A neutral measure is lower, similar or higher.`,
	Reads: []Column{
		{Name: "value", Number: true, Is: "the value"},
		{Name: "lower95", Number: true, Is: "its lower 95% limit"},
		{Name: "upper95", Number: true, Is: "its upper 95% limit"},
		{Name: "lower998", Number: true, Optional: true, Is: "its lower 99.8% limit"},
		{Name: "upper998", Number: true, Optional: true, Is: "its upper 99.8% limit"},
		{Name: "reference", Number: true, Optional: true, Is: "the value that it is held against"},
		{Name: "ref_lower95", Number: true, Optional: true, Is: "the lower 95% limit of that, for double and difference"},
		{Name: "ref_upper95", Number: true, Optional: true, Is: "its upper 95% limit"},
		{Name: "reference_low", Number: true, Optional: true, Is: "the least that the reference can be"},
		{Name: "reference_high", Number: true, Optional: true, Is: "the most that it can be"},
		{Name: "x", Number: true, Optional: true, Is: "the numerator of the area, for difference"},
		{Name: "n", Number: true, Optional: true, Is: "its denominator"},
		{Name: "ref_x", Number: true, Optional: true, Is: "the numerator of the parent that the area is a part of"},
		{Name: "ref_n", Number: true, Optional: true, Is: "its denominator"},
		{Name: "polarity", Is: "which direction is good: high, low or neutral"},
	},
	AnyOf: [][]string{{"reference"}, {"reference_low", "reference_high"}},
	Takes: []Option{{Name: "rule", Usage: "the rule of comparison",
		Choices: []string{stats.RuleInterval, stats.RuleInterval998, stats.RuleDouble, stats.RuleDifference}}},
	Adds: []string{"outcome", "rule", "status", "reason"},
	Example: "area,value,lower95,upper95,reference,polarity\nMedway,47.3,39.9,54.9,54,high\nSlough,3.8,3.3,4.4,2.9,low\n" +
		"Nowhere,,,,2.9,low\n",
	Check: func(t *Table, _ Options) []Finding { return oneOf(t, "polarity", polarityWords...) },
	Row:   func(r Row, o Options) []Cell { return verdictCells(compared(r, o.Word("rule"))) },
}

// verdictCells are a verdict as the columns outcome, rule, status and reason.
func verdictCells(verdict stats.Comparison) []Cell {
	status := ""
	if verdict.Outcome == stats.NotCompared {
		status = stats.StatusUnavailable
	}
	return []Cell{Text(verdict.Outcome), Text(verdict.Rule), Text(status), Text(verdict.Reason)}
}

// compared is the verdict on a row by a rule.
func compared(r Row, rule string) stats.Comparison {
	area := stats.Estimate{Value: r.Number("value"), Lower95: r.Number("lower95"), Upper95: r.Number("upper95"),
		Lower998: r.Number("lower998"), Upper998: r.Number("upper998")}
	polarity := stats.Polarity(r.Text("polarity"))
	if wrong := outOfOrder(area); wrong != "" {
		return stats.Comparison{Outcome: stats.NotCompared, Rule: rule, Reason: wrong}
	}
	low, high := r.Number("reference_low"), r.Number("reference_high")
	switch {
	case low == nil && high == nil:
	case rule == stats.RuleInterval:
		return stats.CompareBounded(area, low, high, polarity)
	default:
		return stats.Comparison{Outcome: stats.NotCompared, Rule: rule, Reason: "a reference within bounds is compared by the rule interval"}
	}
	reference := stats.Published(r.Float("reference"), r.Number("ref_lower95"), r.Number("ref_upper95"), stats.Linear)
	switch rule {
	case stats.RuleInterval998:
		return stats.CompareAt998(area, r.Number("reference"), polarity)
	case stats.RuleDouble:
		return stats.CompareDouble(area, reference, polarity)
	case stats.RuleDifference:
		if r.Number("x") != nil && r.Number("n") != nil && r.Number("ref_x") != nil && r.Number("ref_n") != nil {
			return stats.CompareRemainder(r.Float("x"), r.Float("n"), r.Float("ref_x"), r.Float("ref_n"), polarity)
		}
		return stats.CompareDifference(with998(area), reference, polarity)
	}
	return stats.Compare(area, r.Number("reference"), polarity)
}

// with998 derives the 99.8% limits of a value that has none, so that a difference can be best or worst.
func with998(e stats.Estimate) stats.Estimate {
	if !e.HasInterval() || e.At998().Complete() {
		return e
	}
	return stats.Published(*e.Value, e.Lower95, e.Upper95, stats.Linear)
}

// outOfOrder is what is wrong with limits that cannot be those of the value, or empty.
func outOfOrder(e stats.Estimate) string {
	for _, pair := range []struct {
		level  string
		limits stats.Limits
	}{{"95%", e.At95()}, {"99.8%", e.At998()}} {
		if pair.limits.Complete() && *pair.limits.Lower > *pair.limits.Upper {
			return fmt.Sprintf("the %s limits are in the wrong order", pair.level)
		}
	}
	return ""
}
