package period

import (
	"fmt"
	"regexp"
	"time"
)

var (
	termForm = regexp.MustCompile(`^(\d{4}/\d{2}) (autumn term|spring term|summer term|autumn and spring terms)$`)
	weekForm = regexp.MustCompile(`^(\d{4})-W(\d{2})$`)
)

// schoolTerm is a part of an academic year: how many months after its start it begins, and how many it lasts.
type schoolTerm struct {
	name          string
	after, months int
}

// schoolTerms share the academic year out. Easter, which parts spring from summer, is never later than 25 April.
var schoolTerms = []schoolTerm{
	{"autumn term", 0, 4}, {"spring term", 4, 4}, {"summer term", 8, 4}, {"autumn and spring terms", 0, 8},
}

func term(label string) (start, end time.Time, form string) {
	const want = "2020/21 autumn term"
	m := termForm.FindStringSubmatch(label)
	if m == nil {
		return start, end, want
	}
	year, _, wrong := split(m[1], time.September)
	if wrong != "" {
		return start, end, want
	}
	for _, one := range schoolTerms {
		if one.name == m[2] {
			start = year.AddDate(0, one.after, 0)
			return start, start.AddDate(0, one.months, -1), ""
		}
	}
	return start, end, want
}

func taxYear(label string) (start, end time.Time, form string) {
	april, _, form := split(label, time.April)
	if form != "" {
		return start, end, form
	}
	start = april.AddDate(0, 0, 5)
	return start, start.AddDate(1, 0, -1), ""
}

// week reads a week as ISO 8601 counts them: Monday to Sunday, the first is the one with 4 January.
func week(label string) (start, end time.Time, form string) {
	const want = "2021-W05"
	m := weekForm.FindStringSubmatch(label)
	if m == nil {
		return start, end, want
	}
	fourth := day(number(m[1]), 1, 4)
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
	start = monday.AddDate(0, 0, 7*(number(m[2])-1))
	if weekLabel(start) != label {
		return time.Time{}, time.Time{}, want
	}
	return start, start.AddDate(0, 0, 6), ""
}

func weekLabel(monday time.Time) string {
	year, number := monday.ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, number)
}
