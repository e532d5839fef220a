package statstable

import (
	"strconv"

	"levelfield/engine/stats"
)

var trend = Method{
	Name:  "trend",
	Short: "Whether each series has changed: its last five periods, or all of them",
	Long: `Tests for a change along a straight line, at 99.8%. Of counts, the statistic is the chi-square of Cochran (1954) and Armitage
(1955) and the slope that of the logit; of values with limits, both are of a regression weighted by 1 / variance. The change
counts only if its direction stays when each period is left out in turn (Fingertips, recent trend).

The rule recent takes the last five periods that can be used. The rule all takes every one, and of rolling periods that overlap
only those that do not, from the latest backwards. A period with a text in the column break begins a new series: what is before
it is left out. Fewer than five periods cannot be tested, nor can overlapping ones by the rule recent.`,
	Reads: []Column{
		{Name: "series", Is: "the series"},
		{Name: "period", Is: "the period, such as 2023, 2022/23 or Jul 2022 to Jun 2023"},
		{Name: "x", Number: true, Optional: true, Is: "the numerator of a share"},
		{Name: "n", Number: true, Optional: true, Is: "its denominator"},
		{Name: "value", Number: true, Optional: true, Is: "or a value"},
		{Name: "lower95", Number: true, Optional: true, Is: "its lower 95% limit"},
		{Name: "upper95", Number: true, Optional: true, Is: "its upper 95% limit"},
		polarityColumn(false),
		{Name: "break", Optional: true, Is: "a text where periods before are not comparable: why"},
	},
	AnyOf: [][]string{{"x", "n"}, {"value", "lower95", "upper95"}},
	By:    "series",
	Takes: []Option{{Name: "rule", Usage: "the periods that are tested", Choices: []string{stats.RuleRecent, stats.RuleAll}}},
	Adds:  []string{"from", "to", "points", "statistic", "slope", "outcome", "rule", "status", "reason"},
	Example: "series,period,x,n,polarity\nMedway,2019,402,6105,low\nMedway,2020,431,6120,low\nMedway,2021,466,6133,low\n" +
		"Medway,2022,498,6150,low\nMedway,2023,541,6171,low\nSlough,2022,51,812,low\nSlough,2023,49,800,low\n",
	Check: func(t *Table, _ Options) []Finding {
		found := append(periodFaults(t, "period"), oneOf(t, "polarity", polarityWords...)...)
		return append(found, agree(t, "series", "polarity")...)
	},
	Group: func(rows []Row, o Options) []Cell { return trendCells(trendOf(rows, o.Word("rule"))) },
}

func trendCells(t stats.Trend) []Cell {
	status := ""
	if t.Outcome == stats.CannotCalculate {
		status = stats.StatusUnavailable
	}
	return []Cell{Text(t.From), Text(t.To), Count(t.Points), Number(t.Statistic), Number(t.Slope), Text(t.Outcome), Text(t.Rule), Text(status), Text(t.Reason)}
}

// trendOf is the trend of a series since its last break.
func trendOf(rows []Row, rule string) stats.Trend {
	polarity := stats.Neutral
	if word := common(rows, "polarity"); word != "" {
		polarity = stats.Polarity(word)
	}
	ordered, broken := sinceBreak(inTime(rows))
	points := make([]stats.Point, len(ordered))
	counted := false
	for i, r := range ordered {
		points[i] = point(r)
		counted = counted || points[i].Numerator != nil
	}
	test := stats.RecentTrend
	if rule == stats.RuleAll {
		test = stats.LongTrend
	}
	found := test(points, polarity, counted)
	if broken != "" {
		found.Reason += "; " + strconv.Itoa(len(rows)-len(ordered)) + " periods before a break left out (" + broken + ")"
	}
	return found
}

// sinceBreak is the tail of a series from its last break, and the break's place and reason.
func sinceBreak(ordered []dated) (tail []dated, broken string) {
	for i := len(ordered) - 1; i > 0; i-- {
		if why := ordered[i].Text("break"); marked(why) {
			return ordered[i:], ordered[i].Text("period") + ": " + why
		}
	}
	return ordered, ""
}

// point is a row as a period of a series.
func point(r dated) stats.Point {
	return stats.Point{
		Period: r.Text("period"), Year: r.middle, Span: r.length, Numerator: r.Number("x"), Denominator: r.Number("n"),
		Estimate: stats.Published(r.Float("value"), r.Number("lower95"), r.Number("upper95"), stats.Linear),
	}
}
