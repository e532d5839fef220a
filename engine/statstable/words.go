package statstable

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"levelfield/engine/period"
	"levelfield/engine/stats"
)

// polarityWords are what a column of polarities may hold.
var polarityWords = []string{string(stats.High), string(stats.Low), string(stats.Neutral)}

// polarityColumn is the column of polarities.
func polarityColumn(optional bool) Column {
	return Column{Name: "polarity", Optional: optional, Is: "which direction is good: high, low or neutral (empty: neutral)"}
}

// polarityOf is the polarity of a row; an empty cell is neutral.
func polarityOf(r Row) stats.Polarity {
	if word := r.Text("polarity"); word != "" {
		return stats.Polarity(word)
	}
	return stats.Neutral
}

// oneOf finds the cells of a column that hold none of the words and are not empty.
func oneOf(t *Table, column string, words ...string) []Finding {
	var found []Finding
	for _, r := range t.Rows() {
		if word := r.Text(column); word != "" && !slices.Contains(words, word) {
			found = append(found, Finding{Row: &r, Column: column, Message: fmt.Sprintf("is %q", word),
				Next: "write one of " + strings.Join(words, ", ")})
		}
	}
	return found
}

// agree finds the rows whose cell in a column differs from the first that is not empty in their group: one series has
// one polarity, and one target.
func agree(t *Table, by string, columns ...string) []Finding {
	var found []Finding
	for _, column := range columns {
		first := map[string]Row{}
		for _, r := range t.Rows() {
			held, known := first[r.Text(by)]
			switch {
			case r.Text(column) == "":
			case !known:
				first[r.Text(by)] = r
			case held.Text(column) != r.Text(column):
				found = append(found, Finding{Row: &r, Column: column,
					Message: fmt.Sprintf("is %q, and %q before in the same %s", r.Text(column), held.Text(column), orTable(by))})
			}
		}
	}
	return found
}

// orTable names what rows are held together by.
func orTable(by string) string {
	if by == "" {
		return "table"
	}
	return by
}

// common is the text that a column holds in a group: the first that is not empty.
func common(rows []Row, column string) string {
	for _, r := range rows {
		if text := r.Text(column); text != "" {
			return text
		}
	}
	return ""
}

// marked reports whether a cell marks its row: it holds anything but a word for no.
func marked(text string) bool {
	switch strings.ToLower(text) {
	case "", "0", "no", "false":
		return false
	}
	return true
}

// kinds are the kinds of periods in the order in which a label is tried. Financial, academic and tax years are written
// alike; only the distances between periods count here, and these are the same.
var kinds = []period.Kind{
	period.Calendar, period.Financial, period.Quarter, period.Month, period.Rolling, period.Months, period.Pooled,
	period.Instant, period.Week, period.Term,
}

// periodForms says how periods are written.
const periodForms = "write 2023, 2022/23, 2023-Q1, 2023-03, 2026-01-01, Jul 2022 to Jun 2023 or 2020 to 2022, or a number"

// when is the middle of a period and its length, in years, and whether the label is a period. An instant has no length,
// and a plain number, such as the 1, 2, 3 of points in a row, is its own place.
func when(label string) (middle, length float64, is bool) {
	for _, kind := range kinds {
		p, err := period.Parse(kind, label)
		if err != nil {
			continue
		}
		if kind == period.Instant {
			return p.Year(), 0, true
		}
		if kind == period.Week {
			const days = 365.25
			length = 7 / days
			return float64(p.EndDate().Unix())/(days*24*60*60) - length/2, length, true
		}
		// Months count, not days, so that years lie exactly a year apart.
		length = p.Years()
		return p.Year() - length/2, length, true
	}
	if number, err := strconv.ParseFloat(label, 64); err == nil && !math.IsNaN(number) && !math.IsInf(number, 0) {
		return number, 0, true
	}
	return 0, 0, false
}

// periodFaults finds the cells of columns that are no period.
func periodFaults(t *Table, columns ...string) []Finding {
	var found []Finding
	for _, column := range columns {
		for _, r := range t.Rows() {
			label := r.Text(column)
			if _, _, is := when(label); !is && (label != "" || column == "period") {
				found = append(found, Finding{Row: &r, Column: column, Message: fmt.Sprintf("%q is no period", label), Next: periodForms})
			}
		}
	}
	return found
}

// dated is a row with the middle of its period and its length, in years.
type dated struct {
	Row
	middle, length float64
}

// inTime puts rows in the order of their periods, which periodFaults holds to be readable.
func inTime(rows []Row) []dated {
	ordered := make([]dated, len(rows))
	for i, r := range rows {
		ordered[i].Row = r
		ordered[i].middle, ordered[i].length, _ = when(r.Text("period"))
	}
	slices.SortStableFunc(ordered, func(a, b dated) int { return cmp.Compare(a.middle, b.middle) })
	return ordered
}
