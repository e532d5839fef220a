package period

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

var (
	identifiedForm = regexp.MustCompile(`^(\d{4})(?:(\d{2})|[/-](\d{2}|\d{4}))? (\S.*)$`)
	numberedForm   = regexp.MustCompile(`^(ayq|cyq|fyq|tyq|academic year q|calendar year q|financial year q|tax year q|week |w|m)(\d{1,2})$`)
)

// identified reads the years of a label by their identifier: first is the only one, or the one of two that comes first.
type identified func(first int, meaning Meaning) (span, error)

// ofTwo and ofOne are the identifiers that stand behind two years and behind one, by the publisher's words and by the
// codes of its interface.
var (
	ofTwo = map[string]identified{
		"academic year": kindOf(Academic), "ay": kindOf(Academic), "ayntp": kindOf(Academic),
		"financial year": kindOf(Financial), "fy": kindOf(Financial),
		"tax year": kindOf(Tax), "ty": kindOf(Tax),
		"autumn term": termOf(0), "t1": termOf(0),
		"spring term": termOf(1), "t2": termOf(1),
		"summer term": termOf(2), "t3": termOf(2),
		"autumn and spring term": termOf(3), "t1t2": termOf(3),
		"part 1 (april to september)": monthsFrom(0, time.April, 6), "p1": monthsFrom(0, time.April, 6),
		"part 2 (october to march)": monthsFrom(0, time.October, 6), "p2": monthsFrom(0, time.October, 6),
	}
	ofOne = map[string]identified{
		"calendar year": oneYear, "cy": oneYear,
		"reporting year": reportingYear, "ry": reportingYear,
	}
)

// timeIdentifier reads a year or two with the Department for Education's word or code for what they are. The same six
// digits are an academic, a financial or a tax year by it.
func timeIdentifier(label string, meaning Meaning) (span, error) {
	m := identifiedForm.FindStringSubmatch(label)
	if m == nil {
		return span{}, errOtherForm
	}
	first, two := number(m[1]), m[2]+m[3] != ""
	if two {
		if _, ok := consecutive([]string{"", m[1], m[2] + m[3]}); !ok {
			return span{}, errOtherForm
		}
	}
	word := strings.ToLower(strings.TrimSpace(m[4]))
	read, known := ofOne[word]
	needsTwo := false
	if !known {
		read, known = ofTwo[word]
		needsTwo = known
	}
	if !known {
		read, needsTwo, known = numbered(word)
	}
	switch {
	case !known:
		return span{}, fmt.Errorf("%q is no time identifier", m[4])
	case needsTwo != two:
		return span{}, fmt.Errorf("%s stands behind %s", m[4], map[bool]string{true: "two years, as in 202021", false: "one year, as in 2021"}[needsTwo])
	}
	return read(first, meaning)
}

// numbered is an identifier that ends with a number: a quarter, a week or a month.
func numbered(word string) (read identified, needsTwo, known bool) {
	if month, err := time.Parse("January", word); err == nil {
		return monthsFrom(0, month.Month(), 1), false, true
	}
	m := numberedForm.FindStringSubmatch(word)
	if m == nil {
		return nil, false, false
	}
	n := number(m[2])
	quarter := n >= 1 && n <= 4
	switch m[1] {
	case "ayq", "academic year q":
		return monthsFrom(3*(n-1), time.September, 3), true, quarter
	case "fyq", "financial year q":
		return financialQuarter(n), true, quarter
	case "cyq", "calendar year q":
		return monthsFrom(3*(n-1), time.January, 3), false, quarter
	case "tyq", "tax year q":
		return taxQuarter, true, quarter
	case "m":
		return monthsFrom(n-1, time.January, 1), false, n >= 1 && n <= 12
	}
	return weekOf(n), false, n >= 1 && n <= 53
}

func kindOf(kind Kind) identified {
	return func(first int, meaning Meaning) (span, error) {
		if meaning.Months == "" {
			meaning.Kind = kind
		}
		return splitYear(first, meaning)
	}
}

// reportingYear is the year to 31 March that the label names, unless the dataset means another.
func reportingYear(year int, meaning Meaning) (span, error) {
	if meaning.Kind == "" {
		meaning.Kind = Financial
	}
	if meaning.Names == "" {
		meaning.Names = End
	}
	return oneYear(year, meaning)
}

func termOf(which int) identified {
	one := schoolTerms[which]
	return func(first int, _ Meaning) (span, error) {
		return span{start: day(first, 9+one.after, 1), months: one.months, kinds: []Kind{Term, Months}}, nil
	}
}

// monthsFrom is count months that begin some months after one of the first year.
func monthsFrom(after int, month time.Month, count int) identified {
	return func(first int, _ Meaning) (span, error) {
		return fitting(day(first, int(month)+after, 1), count), nil
	}
}

// financialQuarter is a quarter of a financial year, written as the quarter of the calendar that it is.
func financialQuarter(n int) identified {
	return func(first int, meaning Meaning) (span, error) {
		found := fitting(day(first, 3*n+1, 1), 3)
		found.note = fmt.Sprintf("quarter %d of the financial year %s", n, splitLabel(first+meaning.Shift))
		return found, nil
	}
}

func weekOf(n int) identified {
	return func(year int, _ Meaning) (span, error) {
		monday, _, wrong := week(fmt.Sprintf("%04d-W%02d", year, n))
		if wrong != "" {
			return span{}, fmt.Errorf("%d has no week %d", year, n)
		}
		return span{start: monday, kinds: []Kind{Week}}, nil
	}
}

func taxQuarter(int, Meaning) (span, error) {
	return span{}, fmt.Errorf("a quarter of a tax year begins on the 6th of a month, which no written form holds")
}
