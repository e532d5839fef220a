package statstable

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"levelfield/engine/stats"
)

var sii = Method{
	Name:  "sii",
	Short: "The slope and the relative index of inequality of each group",
	Long: `The gap between the two ends of the population by a line through the values of ordered quantiles, weighted by their populations,
and the ratio of its ends, with limits in closed form (Pamuk 1985; Fieller 1954; Hayes and Berry 2002; Cornish and Fisher 1938):
nothing is simulated, and equal rows give equal limits.

Quantiles are put in order by the number in their label, 10 after 9, and where labels are not one text with a number by how
they stand in the file, which must be one order in all groups.

Rates are normal on the log scale and shares between 0 and 1 on the logit scale; with --transform the line is fitted there. se
is the standard error on that scale; without it, it is found from published 95% limits.

Fewer than five quantiles, or one without a value, have no line. A multiplier below 0 turns both indices over.`,
	Reads: []Column{
		{Name: "group", Is: "the group"},
		{Name: "quantile", Is: "the quantile, such as a decile of deprivation"},
		{Name: "population", Number: true, Is: "the population of the quantile"},
		{Name: "value", Number: true, Is: "the value of the quantile"},
		{Name: "se", Number: true, Optional: true, Is: "the standard error of the value on the scale chosen"},
		{Name: "lower95", Number: true, Optional: true, Is: "the lower 95% limit of the value"},
		{Name: "upper95", Number: true, Optional: true, Is: "the upper 95% limit of the value"},
	},
	AnyOf: [][]string{{"se"}, {"lower95", "upper95"}},
	By:    "group",
	Takes: []Option{
		{Name: "scale", Usage: "the scale on which values are normal", Choices: []string{string(stats.Linear), string(stats.Log), string(stats.Logit)}},
		{Name: "transform", Usage: "fit the line on the log or logit scale", Switch: true},
		{Name: "multiplier", Usage: "what the slope and the intercept are multiplied by; below 0 it turns them over", Default: 1, Valid: func(v float64) bool { return v != 0 }, Is: "a number other than 0"},
	},
	Adds: []string{
		"sii", "sii_lower95", "sii_upper95", "sii_lower998", "sii_upper998",
		"rii", "rii_lower95", "rii_upper95", "rii_lower998", "rii_upper998", "intercept", "method", "status", "reason",
	},
	Example: "group,quantile,population,value,se\n" +
		"Kent,1,7100,31.2,1.1\nKent,2,8300,28.4,1.3\nKent,3,6050,29.9,0.9\nKent,4,7700,25.1,1.6\nKent,5,5790,24.8,1.2\n" +
		"Essex,1,7100,31.2,1.1\nEssex,2,8300,28.4,1.3\n",
	Refuses: func(o Options) string {
		if o.On("transform") && o.Word("scale") == string(stats.Linear) {
			return "--transform needs --scale log or --scale logit"
		}
		return ""
	},
	Check: oneOrder,
	Group: slope,
}

// oneOrder finds a group whose quantiles, ordered by their place for want of numbers, stand otherwise than in the groups
// before it: one of the two would be upside down.
func oneOrder(t *Table, _ Options) []Finding {
	places := map[string]int{}
	lasts := map[string]Row{}
	for _, r := range t.Rows() {
		label := r.Text("quantile")
		if labelForm.MatchString(label) {
			continue
		}
		if _, known := places[label]; !known {
			places[label] = len(places)
		}
		last, again := lasts[r.Text("group")]
		if again && places[last.Text("quantile")] > places[label] {
			return []Finding{{Row: &r, Column: "quantile", Message: fmt.Sprintf("%q stands after %q, and before it elsewhere", label, last.Text("quantile")),
				Next: "write quantiles in one order in all groups, or number them"}}
		}
		lasts[r.Text("group")] = r
	}
	return nil
}

// slope is the line of one group.
func slope(rows []Row, o Options) []Cell {
	rows = inOrder(rows)
	var s stats.Slope
	if label, twice := firstTwice(rows, "quantile"); twice {
		s.SII = stats.Missing(stats.StatusUnavailable, "the quantile "+label+" stands twice")
	} else {
		g := stats.Gradient{Populations: Floats(rows, "population"), Values: Floats(rows, "value")}
		if rows[0].Has("se") {
			g.Errors = Floats(rows, "se")
		} else {
			g.Lower95, g.Upper95 = Floats(rows, "lower95"), Floats(rows, "upper95")
		}
		s = stats.SlopeIndex(g, stats.SlopeOptions{Scale: stats.Scale(o.Word("scale")), Transform: o.On("transform"), Multiplier: o.Float("multiplier")})
	}
	reason := reasonOf(s.SII.Reason, s.SII.Warnings)
	if reason == "" {
		if reason = reasonOf(s.RII.Reason, s.RII.Warnings); reason != "" {
			reason = "rii: " + reason
		}
	}
	cells := append(Cells(s.SII)[:5], Cells(s.RII)[:5]...)
	return append(cells, Number(s.Intercept), Text(s.SII.Method), Text(s.SII.Status), Text(reason))
}

// labelForm is a label with one number: 10, Decile 10, Q1 (most deprived).
var labelForm = regexp.MustCompile(`^([^0-9]*)([0-9]+)[^0-9]*$`)

// inOrder puts rows in the order of the numbers in their labels, if all labels have one after the same words, and else
// leaves them in the order of the file.
func inOrder(rows []Row) []Row {
	numbers := make(map[int]int, len(rows))
	words := ""
	for i, r := range rows {
		form := labelForm.FindStringSubmatch(r.Text("quantile"))
		if form == nil || i > 0 && form[1] != words {
			return rows
		}
		number, err := strconv.Atoi(form[2])
		if err != nil {
			return rows
		}
		words, numbers[r.index] = form[1], number
	}
	ordered := slices.Clone(rows)
	slices.SortStableFunc(ordered, func(a, b Row) int { return cmp.Compare(numbers[a.index], numbers[b.index]) })
	return ordered
}
