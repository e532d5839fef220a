package period

import (
	"regexp"
	"strings"
	"time"
)

// form is one way of writing periods: a label as an example, the options of a [Meaning] that it takes, and its reader.
type form struct {
	example string
	takes   []string
	read    func(label string, meaning Meaning) (span, error)
}

// forms lists every form but the written one, whose readers are those of the kinds.
var forms = map[Form]form{
	Written:        {example: "2023"},
	StartDuration:  {"2019-08-01/P1Y", []string{"shift"}, startDuration},
	Year:           {"2021", []string{"names", "months", "years", "shift"}, year},
	SlashYears:     {"2021/22", []string{"names", "months", "shift"}, twoYears(slashForm)},
	DashYears:      {"2016-17", []string{"names", "months", "shift"}, twoYears(dashForm)},
	SixDigits:      {"202021", []string{"names", "months", "shift"}, twoYears(sixForm)},
	TimeIdentifier: {"202021 Academic year", []string{"names", "months", "shift"}, timeIdentifier},
	PooledYears:    {"2014-16", []string{"shift"}, pooledYears},
	Sortable:       {"20200000", []string{"years", "shift"}, sortable},
	MonthRange:     {"Jan 2018-Dec 2018", []string{"shift"}, monthRange},
	MonthOfYear:    {"2018-12", []string{"names", "shift"}, monthOfYear},
	MonthDigits:    {"201805", []string{"names", "shift"}, monthDigits},
	YearEnding:     {"FYE 2015", []string{"months", "shift"}, yearEnding},
	Date:           {"2023-04-19", []string{"shift"}, date},
}

var (
	durationForm  = regexp.MustCompile(`^(\d{4}-\d{2})-01(?:T00:00:00)?/P(?:(\d{1,2})Y)?(?:(\d{1,2})M)?$`)
	slashForm     = regexp.MustCompile(`^(\d{4})/(\d{2}|\d{4})$`)
	dashForm      = regexp.MustCompile(`^(\d{4}) ?[-–] ?(\d{2}|\d{4})$`)
	sixForm       = regexp.MustCompile(`^(\d{4})(\d{2})$`)
	poolForm      = regexp.MustCompile(`^(\d{4}) ?(?:[-–]|to) ?(\d{2}|\d{4})$`)
	splitPoolForm = regexp.MustCompile(`^(\d{4})/(\d{2}) ?(?:[-–]|to) ?(\d{2}|\d{4})/(\d{2})$`)
	sortableForm  = regexp.MustCompile(`^(\d{4})0000$`)
	rangeForm     = regexp.MustCompile(`^([A-Z][a-z]+ \d{4}) ?(?:[-–]|to) ?([A-Z][a-z]+ \d{4})$`)
	endingForm    = regexp.MustCompile(`^(?:FYE ?|[A-Za-z0-9_:]+:)?(\d{4})$`)
	digitsForm    = regexp.MustCompile(`^(?:[A-Za-z0-9_:]+:)?(\d{4})(\d{2})$`)
)

// startDuration reads a start and an ISO 8601 duration in years and months.
func startDuration(label string, _ Meaning) (span, error) {
	m := durationForm.FindStringSubmatch(label)
	if m == nil {
		return span{}, errOtherForm
	}
	start, err := time.Parse("2006-01", m[1])
	count := 12*number(m[2]) + number(m[3])
	if err != nil || count == 0 {
		return span{}, errOtherForm
	}
	return fitting(start, count), nil
}

func year(label string, meaning Meaning) (span, error) {
	m := yearForm.FindStringSubmatch(label)
	if m == nil {
		return span{}, errOtherForm
	}
	return oneYear(number(m[1]), meaning)
}

// yearEnding reads the year in which a period, of the financial kind if no other is meant, ends.
func yearEnding(label string, meaning Meaning) (span, error) {
	m := endingForm.FindStringSubmatch(label)
	if m == nil {
		return span{}, errOtherForm
	}
	meaning.Names = End
	if meaning.Kind == "" {
		meaning.Kind = Financial
	}
	return oneYear(number(m[1]), meaning)
}

// twoYears reads a year and the one after it, parted as the pattern says.
func twoYears(pattern *regexp.Regexp) func(string, Meaning) (span, error) {
	return func(label string, meaning Meaning) (span, error) {
		first, ok := consecutive(pattern.FindStringSubmatch(label))
		if !ok {
			return span{}, errOtherForm
		}
		return splitYear(first, meaning)
	}
}

// consecutive is the first of two matched years when the second is the one after it.
func consecutive(m []string) (first int, ok bool) {
	if m == nil {
		return 0, false
	}
	first = number(m[1])
	second := number(m[2])
	if len(m[2]) == 2 {
		return first, (first+1)%100 == second
	}
	return first, first+1 == second
}

// pooledYears reads the first and the last of several calendar years, or of several financial years.
func pooledYears(label string, _ Meaning) (span, error) {
	first, last, starts := 0, 0, time.January
	if m := poolForm.FindStringSubmatch(label); m != nil {
		first, last = number(m[1]), sameCentury(m[1], m[2])
	} else if m := splitPoolForm.FindStringSubmatch(label); m != nil {
		first, last, starts = number(m[1]), sameCentury(m[1], m[3]), time.April
		if (first+1)%100 != number(m[2]) || (last+1)%100 != number(m[4]) {
			return span{}, errOtherForm
		}
	}
	if last <= first {
		return span{}, errOtherForm
	}
	return fitting(day(first, int(starts), 1), 12*(last-first+1)), nil
}

// sameCentury is the later year, written with two digits or four, of which the first has four.
func sameCentury(first, later string) int {
	if len(later) == 4 {
		return number(later)
	}
	whole := number(first)/100*100 + number(later)
	if whole < number(first) {
		whole += 100
	}
	return whole
}

// sortable reads the key by which periods sort: the year in which they start, and not how long they are.
func sortable(label string, meaning Meaning) (span, error) {
	m := sortableForm.FindStringSubmatch(label)
	if m == nil {
		return span{}, errOtherForm
	}
	meaning.Names = Start
	return oneYear(number(m[1]), meaning)
}

// monthRange reads two months. Years that begin in different months overlap, and [Period.Overlaps] says so.
func monthRange(label string, _ Meaning) (span, error) {
	m := rangeForm.FindStringSubmatch(label)
	if m == nil {
		return span{}, errOtherForm
	}
	first, found := monthNamed(m[1])
	last, ended := monthNamed(m[2])
	count := (last.Year()-first.Year())*12 + int(last.Month()-first.Month()) + 1
	if !found || !ended || count < 1 {
		return span{}, errOtherForm
	}
	return fitting(first, count), nil
}

// monthNamed reads December 2018, Dec 2018 and 2018-12.
func monthNamed(text string) (time.Time, bool) {
	for _, layout := range []string{"2006-01", "January 2006", "Jan 2006"} {
		if found, err := time.Parse(layout, text); err == nil {
			return found, true
		}
	}
	return time.Time{}, false
}

func monthOfYear(label string, meaning Meaning) (span, error) {
	found, ok := monthNamed(label)
	if !ok {
		return span{}, errOtherForm
	}
	return oneMonth(found, meaning), nil
}

func monthDigits(label string, meaning Meaning) (span, error) {
	m := digitsForm.FindStringSubmatch(label)
	if m == nil {
		return span{}, errOtherForm
	}
	return monthOfYear(m[1]+"-"+m[2], meaning)
}

// oneMonth is a month, or the year that ends with it where the dataset means years: so the Labour Force Survey is dated.
func oneMonth(first time.Time, meaning Meaning) span {
	switch meaning.Kind {
	case Rolling, Calendar, Financial, Academic:
		if meaning.Names != Start {
			first = first.AddDate(0, -11, 0)
		}
		return fitting(first, 12)
	}
	return fitting(first, 1)
}

// date reads a day; where the dataset means months or calendar years, the one in which it lies, because reference days
// move from year to year.
func date(label string, meaning Meaning) (span, error) {
	found, err := time.Parse(isoDate, strings.TrimSuffix(label, "T00:00:00"))
	if err != nil {
		found, err = time.Parse("2 January 2006", label)
	}
	if err != nil {
		return span{}, errOtherForm
	}
	whole := span{start: found, kinds: []Kind{Instant}}
	switch meaning.Kind {
	case Month:
		whole = fitting(day(found.Year(), int(found.Month()), 1), 1)
	case Calendar:
		whole = fitting(day(found.Year(), 1, 1), 12)
	default:
		return whole, nil
	}
	whole.note = "the day is " + found.Format("2 January 2006")
	return whole, nil
}
