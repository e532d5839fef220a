package statstable

import (
	"math"

	"levelfield/engine/stats"
)

// wholeNumber is an option that is a whole number from nought.
func wholeNumber(name string, otherwise float64, usage string) Option {
	return Option{Name: name, Usage: usage, Default: otherwise,
		Valid: func(v float64) bool { return v >= 0 && v <= 1e6 && v == math.Trunc(v) }, Is: "a whole number from 0"}
}

var spc = Method{
	Name:  "spc",
	Short: "Limits of an XmR control chart for each series, and the points that break its rules",
	Long: `The mean of the values and limits at 2.66 times their mean moving range (Shewhart 1931; Wheeler 2000). A point breaks the first
of these rules that holds: outside the limits; one of seven that rise or fall; in the outer third with another in three, all
on one side of the mean; one of seven on one side. Variation is improvement, concern, neutral-high, neutral-low or
common-cause; assurance says whether the latest limits keep to one side of the target: consistent-pass, consistent-fail or
inconsistent.

Limits begin afresh at a row with a text in the column rebase. A missing value ends a run. Fewer than 12 values have no limits, nor
have periods that overlap, or annual values that follow each other closely (autocorrelation of 0.5 or more). Values that do not
vary have a mean and no limits.`,
	Reads: []Column{
		{Name: "series", Is: "the series"},
		{Name: "period", Is: "the period, such as 2023-03, or the number of the point"},
		{Name: "value", Number: true, Is: "the value"},
		polarityColumn(false),
		{Name: "target", Number: true, Optional: true, Is: "the value to be reached, as at the latest period"},
		{Name: "rebase", Optional: true, Is: "a text or 1 where the process is known to have changed"},
	},
	By: "series",
	Takes: []Option{
		wholeNumber("baseline", 0, "the number of first values that limits rest on, 0 for all"),
		{Name: "screen", Usage: "leave moving ranges beyond 3.267 times their mean out of the limits", Switch: true},
		wholeNumber("minimum", 12, "the number of values below which there are no limits"),
	},
	Adds: []string{"mean", "lower_limit", "upper_limit", "rule", "variation", "assurance", "status", "reason"},
	Refuses: func(o Options) string {
		if baseline := o.Float("baseline"); baseline > 0 && baseline < o.Float("minimum") {
			return "--baseline is smaller than --minimum: no series would have limits"
		}
		return ""
	},
	Example: controlExample,
	Check: func(t *Table, _ Options) []Finding {
		found := append(periodFaults(t, "period"), oneOf(t, "polarity", polarityWords...)...)
		return append(found, agree(t, "series", "polarity")...)
	},
	Each: controlled,
}

// controlExample is a series with a point outside its limits, and one too short for limits.
const controlExample = "series,period,value,polarity,target\n" +
	"Medway,2021-Q1,61,high,55\nMedway,2021-Q2,58,high,55\nMedway,2021-Q3,63,high,55\nMedway,2021-Q4,60,high,55\n" +
	"Medway,2022-Q1,57,high,55\nMedway,2022-Q2,62,high,55\nMedway,2022-Q3,59,high,55\nMedway,2022-Q4,64,high,55\n" +
	"Medway,2023-Q1,60,high,55\nMedway,2023-Q2,58,high,55\nMedway,2023-Q3,61,high,55\nMedway,2023-Q4,79,high,55\n" +
	"Slough,2023-Q3,44,high,\nSlough,2023-Q4,47,high,\n"

// controlled gives each point of a series its limits and what they show.
func controlled(rows []Row, o Options) [][]Cell {
	ordered := inTime(rows)
	options := stats.ControlOptions{
		Polarity: stats.Polarity(common(rows, "polarity")), Baseline: int(o.Float("baseline")), Screen: o.On("screen"),
		Minimum: max(1, int(o.Float("minimum"))), Annual: annual(ordered), Target: ordered[len(ordered)-1].Number("target"),
	}
	points := make([]stats.ControlPoint, len(ordered))
	for i, r := range ordered {
		points[i] = stats.ControlPoint{Period: r.Text("period"), Value: r.Number("value"), Rebase: marked(r.Text("rebase"))}
	}
	chart := stats.Control(points, options)
	if overlapping(ordered) {
		chart = stats.ControlChart{Points: make([]stats.ControlledPoint, len(points)), Status: stats.StatusUnavailable, Reason: "periods overlap"}
	}
	place := make(map[int]int, len(rows))
	for i, r := range rows {
		place[r.index] = i
	}
	cells := make([][]Cell, len(rows))
	for i, p := range chart.Points {
		status, reason := chart.Status, reasonOf(chart.Reason, chart.Warnings)
		switch {
		case status != "":
		case p.LowerLimit == nil && p.Variation == "":
			status = stats.StatusUnavailable
		case p.Value == nil:
			status, reason = stats.StatusUnavailable, "value missing"
		}
		cells[place[ordered[i].index]] = []Cell{
			Number(p.Mean), Number(p.LowerLimit), Number(p.UpperLimit), Text(p.Rule), Text(p.Variation), Text(chart.Assurance),
			Text(status), Text(reason),
		}
	}
	return cells
}

// annual reports whether the periods are years, or longer, that follow one another.
func annual(ordered []dated) bool {
	const nearly = 0.99 // a twelfth is not a year, and one with binary remainders is
	for i, r := range ordered {
		if r.length < nearly || i > 0 && r.middle-ordered[i-1].middle < nearly {
			return false
		}
	}
	return true
}

// overlapping reports whether periods share a part, so that neighbours are alike because they are partly the same.
func overlapping(ordered []dated) bool {
	const remainder = 1e-6
	for i := 1; i < len(ordered); i++ {
		before, after := ordered[i-1], ordered[i]
		distance := after.middle - before.middle
		if distance > 0 && before.length > 0 && after.length > 0 && distance < (before.length+after.length)/2-remainder {
			return true
		}
	}
	return false
}
