// Package period is one type for every stretch of time a figure can describe, with one written form a kind.
//
// The written forms are those of the published results: 2023 (calendar year), 2022/23 (financial or academic year; the
// dataset says which), 2023-Q1, 2023-03, "Jul 2022 to Jun 2023" (rolling year), "2020 to 2022" (pooled years), 2026-01-01
// (an instant) and "Dec 2024 to Feb 2025" (months). Three more are rarer: "2020/21 autumn term", 2020/21 for a tax year, and
// 2021-W05 (a week as ISO 8601 counts them). Years that are pooled may be financial ones: "2013/14 to 2015/16". [Parse]
// reads a written form of a [Kind] into a [Period] with inclusive dates; periods of one kind sort by their end.
//
// Publishers write otherwise, and the same label can mean different years in two files of one publisher. [Read] turns a
// label of theirs into a [Reading], by the [Form] in which it is written and the [Meaning] that a dataset gives to it:
//
//	winter := period.Meaning{Kind: period.Months, Months: "Dec to Feb", Names: period.End}
//	read, err := period.Read(period.Year, "2021 (prov)", winter) // Dec 2020 to Feb 2021, with the letter p
//
// The package guesses no form and no meaning: where a label alone leaves two readings, the error says what to state.
package period

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Kind says how a written period is to be read.
type Kind string

// The kinds. Academic years run from 1 September to 31 August, financial years from 1 April to 31 March, tax years from
// 6 April to 5 April. Terms share the academic year out: autumn to December, spring to April, summer to August.
const (
	Calendar  Kind = "calendar"
	Academic  Kind = "academic"
	Financial Kind = "financial"
	Quarter   Kind = "quarter"
	Month     Kind = "month"
	Months    Kind = "months"
	Rolling   Kind = "rolling"
	Pooled    Kind = "pooled"
	Instant   Kind = "instant"
	Term      Kind = "term"
	Tax       Kind = "tax"
	Week      Kind = "week"
)

// Period is a stretch of time. Start and End are ISO dates (2006-01-02), both inclusive.
type Period struct {
	Label string `json:"label"`
	Kind  Kind   `json:"kind"`
	Start string `json:"start"`
	End   string `json:"end"`
}

const isoDate = "2006-01-02"

var (
	yearForm    = regexp.MustCompile(`^(\d{4})$`)
	splitForm   = regexp.MustCompile(`^(\d{4})/(\d{2})$`)
	quarterForm = regexp.MustCompile(`^(\d{4})-Q([1-4])$`)
	monthForm   = regexp.MustCompile(`^(\d{4})-(\d{2})$`)
	monthsForm  = regexp.MustCompile(`^([A-Z][a-z]{2}) (\d{4}) to ([A-Z][a-z]{2}) (\d{4})$`)
	pooledForm  = regexp.MustCompile(`^(\d{4}) to (\d{4})$`)
	poolOfSplit = regexp.MustCompile(`^(\d{4}/\d{2}) to (\d{4}/\d{2})$`)
)

// Parse reads label as a period of kind; the error says which form was expected.
func Parse(kind Kind, label string) (Period, error) {
	read, known := readers[kind]
	if !known {
		return Period{}, fmt.Errorf("%q is not a kind of period", kind)
	}
	start, end, form := read(label)
	if form != "" {
		return Period{}, fmt.Errorf("%q is not %s period: write it as %s", label, withArticle(kind), form)
	}
	if end.Before(start) {
		return Period{}, fmt.Errorf("%q ends before it starts", label)
	}
	return Period{Label: label, Kind: kind, Start: start.Format(isoDate), End: end.Format(isoDate)}, nil
}

func withArticle(kind Kind) string {
	if kind == Academic || kind == Instant {
		return "an " + string(kind)
	}
	return "a " + string(kind)
}

// reader gives the first and last day of a label, or the form it should have had.
type reader func(label string) (start, end time.Time, form string)

var readers = map[Kind]reader{
	Calendar: func(label string) (time.Time, time.Time, string) {
		m := yearForm.FindStringSubmatch(label)
		if m == nil {
			return time.Time{}, time.Time{}, "2023"
		}
		y := number(m[1])
		return day(y, 1, 1), day(y, 12, 31), ""
	},
	Academic:  func(label string) (time.Time, time.Time, string) { return split(label, time.September) },
	Financial: func(label string) (time.Time, time.Time, string) { return split(label, time.April) },
	Quarter: func(label string) (time.Time, time.Time, string) {
		m := quarterForm.FindStringSubmatch(label)
		if m == nil {
			return time.Time{}, time.Time{}, "2023-Q1"
		}
		first := day(number(m[1]), 3*number(m[2])-2, 1)
		return first, first.AddDate(0, 3, -1), ""
	},
	Month: func(label string) (time.Time, time.Time, string) {
		m := monthForm.FindStringSubmatch(label)
		if m == nil || number(m[2]) < 1 || number(m[2]) > 12 {
			return time.Time{}, time.Time{}, "2023-03"
		}
		first := day(number(m[1]), number(m[2]), 1)
		return first, first.AddDate(0, 1, -1), ""
	},
	Months: months,
	Rolling: func(label string) (time.Time, time.Time, string) {
		first, last, form := months(label)
		if form != "" || !last.Equal(first.AddDate(1, 0, -1)) {
			return first, last, "Jul 2022 to Jun 2023"
		}
		return first, last, ""
	},
	Pooled: pooled,
	Instant: func(label string) (time.Time, time.Time, string) {
		date, err := time.Parse(isoDate, label)
		if err != nil {
			return time.Time{}, time.Time{}, "2026-01-01"
		}
		return date, date, ""
	},
	Term: term,
	Tax:  taxYear,
	Week: week,
}

func split(label string, first time.Month) (start, end time.Time, form string) {
	m := splitForm.FindStringSubmatch(label)
	if m == nil || (number(m[1])+1)%100 != number(m[2]) {
		return start, end, "2022/23"
	}
	start = day(number(m[1]), int(first), 1)
	return start, start.AddDate(1, 0, -1), ""
}

// pooled reads calendar years, or financial ones, one after another.
func pooled(label string) (start, end time.Time, form string) {
	if m := pooledForm.FindStringSubmatch(label); m != nil {
		return day(number(m[1]), 1, 1), day(number(m[2]), 12, 31), ""
	}
	if m := poolOfSplit.FindStringSubmatch(label); m != nil {
		start, _, wrongFirst := split(m[1], time.April)
		_, end, wrongLast := split(m[2], time.April)
		if wrongFirst == "" && wrongLast == "" {
			return start, end, ""
		}
	}
	return start, end, "2020 to 2022"
}

func months(label string) (start, end time.Time, form string) {
	m := monthsForm.FindStringSubmatch(label)
	if m == nil {
		return start, end, "Dec 2024 to Feb 2025"
	}
	first, errFirst := time.Parse("Jan 2006", m[1]+" "+m[2])
	last, errLast := time.Parse("Jan 2006", m[3]+" "+m[4])
	if errFirst != nil || errLast != nil {
		return start, end, "Dec 2024 to Feb 2025"
	}
	return first, last.AddDate(0, 1, -1), ""
}

func day(year, month, date int) time.Time {
	return time.Date(year, time.Month(month), date, 0, 0, 0, 0, time.UTC)
}

// number reads digits that a pattern has already matched.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// Year is the position of the period's last month on a time axis, in years: December 2023 stands at 2024. Months, not
// days, are counted, so that yearly periods lie exactly a year apart whatever February does. Instants of one month lie apart
// by their days, of which every month has 31 here.
func (p Period) Year() float64 {
	end, err := time.Parse(isoDate, p.End)
	if err != nil {
		return 0
	}
	if p.Kind == Instant {
		const days = 31
		return float64(end.Year()) + (float64(end.Month()-1)+float64(end.Day())/days)/12
	}
	return float64(end.Year()) + float64(end.Month())/12
}

// Years is the length of the period in years, by months: 1 for a year, 3 for three pooled, 0.25 for a quarter. An instant
// has none, and a period whose days are no whole months is as long as the months that it touches.
func (p Period) Years() float64 {
	start, err := time.Parse(isoDate, p.Start)
	if err != nil || p.Start == p.End {
		return 0
	}
	return p.Year() - float64(start.Year()) - float64(start.Month()-1)/12
}

// EndDate is the last day of the period; the zero time when the period is empty.
func (p Period) EndDate() time.Time {
	end, err := time.Parse(isoDate, p.End)
	if err != nil {
		return time.Time{}
	}
	return end
}

// AgeInMonths is the number of whole months from the end of the period to date (2006-01-02); 0 when either is unknown
// or the period has not ended.
func (p Period) AgeInMonths(date string) int {
	at, err := time.Parse(isoDate, date)
	end := p.EndDate()
	if err != nil || end.IsZero() || at.Before(end) {
		return 0
	}
	months := (at.Year()-end.Year())*12 + int(at.Month()) - int(end.Month())
	if at.Day() < end.Day() && at.AddDate(0, 0, 1).Month() == at.Month() {
		months--
	}
	return max(months, 0)
}

// Compare orders periods by their end, then their start, then their label.
func (p Period) Compare(other Period) int {
	return cmp.Or(strings.Compare(p.End, other.End), strings.Compare(p.Start, other.Start), strings.Compare(p.Label, other.Label))
}

// Before says whether the period comes before another in the order of Compare.
func (p Period) Before(other Period) bool { return p.Compare(other) < 0 }

// Overlaps says whether the two share a day.
func (p Period) Overlaps(other Period) bool { return p.Start <= other.End && other.Start <= p.End }

// Short is the period as a table prints it: the label, with an instant as a British date.
func (p Period) Short() string {
	switch p.Kind {
	case Instant, Month:
		return p.Words()
	}
	return p.Label
}

// Words is the period as a reader meets it in a sentence: "2023", "2022/23", "December 2024 to February 2025",
// "January to December 2021", "1 January 2026", "March 2025".
func (p Period) Words() string {
	start, err := time.Parse(isoDate, p.Start)
	if err != nil {
		return p.Label
	}
	switch p.Kind {
	case Instant:
		return start.Format("2 January 2006")
	case Month:
		return start.Format("January 2006")
	case Months, Rolling:
		switch end := p.EndDate(); {
		case start.Year() == end.Year() && start.Month() == end.Month():
			return start.Format("January 2006")
		case start.Year() == end.Year():
			return start.Format("January") + " to " + p.EndDate().Format("January 2006")
		}
		return start.Format("January 2006") + " to " + p.EndDate().Format("January 2006")
	}
	return p.Label
}
