package period

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Form is how a publisher writes a period. Each is named after what stands there.
type Form string

// The forms, each with labels that were seen.
const (
	Written        Form = "written"         // the written form of the kind; the form of a dataset that names none
	StartDuration  Form = "start-duration"  // 2019-08-01/P1Y, 2022-01-01/P3Y, 2020-08-01T00:00:00/P3M
	Year           Form = "year"            // 2021, 2022 (Rev), 2025 (prov)
	SlashYears     Form = "slash-years"     // 2021/22, 2020/2021
	DashYears      Form = "dash-years"      // 2016-17 (OT)
	SixDigits      Form = "six-digits"      // 202021, for two years
	TimeIdentifier Form = "time-identifier" // 202021 Academic year, 2020/2021 AY, 2021 M3
	PooledYears    Form = "pooled-years"    // 2014-16, 2015 - 17, 2013/14-15/16
	Sortable       Form = "sortable"        // 20200000, which names the year of the start
	MonthRange     Form = "month-range"     // Jan 2018-Dec 2018
	MonthOfYear    Form = "month"           // 2018-12, December 2018
	MonthDigits    Form = "month-digits"    // 201805, C_UC_DATE:201805
	YearEnding     Form = "year-ending"     // FYE 2015, FYE 2021 [p], C_CILIF_YEAR:2014
	Date           Form = "date"            // 2023-04-19, 16 April 2008
)

// Part says which of the years of a period that touches two a single year names.
type Part string

// The parts.
const (
	Start Part = "start"
	End   Part = "end"
)

// Meaning is what a dataset says of its labels beyond what they say themselves.
type Meaning struct {
	// Kind is the kind of period that is meant.
	Kind Kind
	// Names is the part that a single year names: End where the label is the year in which the period ends, or in which
	// a cohort turns 19.
	Names Part
	// Months are those meant of the year that the label names, such as "Dec to Feb" or "Mar".
	Months string
	// Years is how many years are pooled where the label names one of them.
	Years int
	// Shift is how many years to move the label on (or, below 0, back) where its publisher labels by another year, such
	// as that of the destination and not that of the cohort.
	Shift int
}

// Reading is a label that has been read.
type Reading struct {
	Period Period
	// Letters are those of the status that the label itself carries: p provisional, r revised.
	Letters string
	// Note is what the label says and the written form does not.
	Note string
}

// Forms lists the forms, Written first.
func Forms() []Form {
	names := make([]Form, 0, len(forms))
	for name := range forms {
		if name != Written {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return append([]Form{Written}, names...)
}

// Read reads a publisher's label. The error says what was read and how a label of the form is written, or what the
// dataset has to state because the label leaves it open.
func Read(form Form, label string, meaning Meaning) (Reading, error) {
	if form == Written || form == "" {
		read, err := Parse(meaning.Kind, label)
		return Reading{Period: read}, err
	}
	one, known := forms[form]
	if !known {
		return Reading{}, fmt.Errorf("%q is not a form of periods", form)
	}
	text, letters, note, unknown := withoutMarks(strings.TrimSpace(label))
	found, err := one.read(text, meaning)
	switch {
	case errors.Is(err, errOtherForm) && unknown != "":
		return Reading{}, fmt.Errorf("%q ends with the mark %q, which is none of p, prov, provisional, r, rev, revised, final, OT, outturn and note 1", label, unknown)
	case errors.Is(err, errOtherForm):
		return Reading{}, fmt.Errorf("%q is not written as %s", label, one.example)
	case err != nil:
		return Reading{}, fmt.Errorf("%q: %w", label, err)
	}
	if !found.fits(meaning.Kind) {
		natural := found.kinds[0]
		return Reading{}, fmt.Errorf("%q is %s period (%s), not %s one", label, withArticle(natural), written(natural, found.start, found.months), withArticle(meaning.Kind))
	}
	read, err := found.write(meaning)
	if err != nil {
		return Reading{}, fmt.Errorf("%q: %w", label, err)
	}
	return Reading{Period: read, Letters: letters, Note: joined(found.note, note)}, nil
}

// Usable says whether labels of a form can be read with a meaning: the error names what is to be stated, or what is
// stated and has no use.
func Usable(form Form, meaning Meaning) error {
	one, known := forms[form]
	if !known && form != "" {
		return fmt.Errorf("%q is not a form of periods", form)
	}
	for _, option := range []struct {
		name  string
		given bool
	}{{"names", meaning.Names != ""}, {"months", meaning.Months != ""}, {"years", meaning.Years != 0}, {"shift", meaning.Shift != 0}} {
		if option.given && !slices.Contains(one.takes, option.name) {
			return fmt.Errorf("%s has no use where the form is %s", option.name, formName(form))
		}
	}
	if !known || form == Written {
		return nil
	}
	found, err := one.read(one.example, meaning)
	if err == nil && found.fits(meaning.Kind) {
		_, err = found.write(meaning)
	}
	var unclear *unclearError
	if errors.As(err, &unclear) {
		return unclear
	}
	return nil
}

func formName(form Form) Form {
	if form == "" {
		return Written
	}
	return form
}

// errOtherForm says that a label is not of the form; [Read] says which was expected.
var errOtherForm = errors.New("another form")

// unclearError says what a dataset has to state before any label of the form can be read.
type unclearError struct{ message string }

func (e *unclearError) Error() string { return e.message }

func unclear(format string, args ...any) error { return &unclearError{fmt.Sprintf(format, args...)} }

// span is what a label says before it is written down: months from the first of one, or, with none, a day or a week.
type span struct {
	start  time.Time
	months int
	// kinds are those that the span can be written as, the most natural first.
	kinds []Kind
	note  string
}

// fitting is a span of whole months with the kinds that begin and last like it.
func fitting(start time.Time, count int) span {
	found := span{start: start, months: count}
	switch {
	case count == 1:
		found.kinds = []Kind{Month}
	case count == 3 && start.Month()%3 == 1:
		found.kinds = []Kind{Quarter}
	case count == 12 && start.Month() == time.January:
		found.kinds = []Kind{Calendar, Rolling}
	case count == 12 && start.Month() == time.April:
		found.kinds = []Kind{Financial, Rolling}
	case count == 12 && start.Month() == time.September:
		found.kinds = []Kind{Academic, Rolling}
	case count == 12 && start.Month() == time.August:
		found.kinds = []Kind{Academic, Rolling}
		found.note = "the year runs from August to July"
	case count == 12:
		found.kinds = []Kind{Rolling}
	case count%12 == 0 && (start.Month() == time.January || start.Month() == time.April):
		found.kinds = []Kind{Pooled}
	}
	found.kinds = append(found.kinds, Months)
	return found
}

// write is the period in the written form of the kind that the dataset means.
func (s span) write(meaning Meaning) (Period, error) {
	start := s.start
	if meaning.Shift != 0 {
		if s.months == 0 {
			return Period{}, unclear("a day or a week cannot be moved by years: leave out shift")
		}
		start = start.AddDate(meaning.Shift, 0, 0)
	}
	kind := meaning.Kind
	if kind == "" {
		kind = s.kinds[0]
	}
	return Parse(kind, written(kind, start, s.months))
}

// fits says whether the span can be written as the kind; as no kind stated, it always can.
func (s span) fits(kind Kind) bool { return kind == "" || slices.Contains(s.kinds, kind) }

// written is the written form of a span that the kind fits.
func written(kind Kind, start time.Time, count int) string {
	last := start.AddDate(0, max(count, 1)-1, 0)
	switch kind {
	case Calendar:
		return start.Format("2006")
	case Academic, Financial, Tax:
		return splitLabel(start.Year())
	case Quarter:
		return fmt.Sprintf("%s-Q%d", start.Format("2006"), (start.Month()+2)/3)
	case Month:
		return start.Format("2006-01")
	case Pooled:
		if start.Month() == time.April {
			return splitLabel(start.Year()) + " to " + splitLabel(last.Year()-1)
		}
		return start.Format("2006") + " to " + last.Format("2006")
	case Term:
		return termLabel(start, count)
	case Week:
		return weekLabel(start)
	case Instant:
		return start.Format(isoDate)
	}
	return start.Format("Jan 2006") + " to " + last.Format("Jan 2006")
}

func splitLabel(year int) string { return fmt.Sprintf("%04d/%02d", year, (year+1)%100) }

func termLabel(start time.Time, count int) string {
	began := start.AddDate(0, -8, 0).Year() // the academic year that a month belongs to
	for _, one := range schoolTerms {
		if one.months == count && day(began, 9, 1).AddDate(0, one.after, 0).Equal(start) {
			return splitLabel(began) + " " + one.name
		}
	}
	return splitLabel(began)
}

func joined(notes ...string) string {
	return strings.Join(slices.DeleteFunc(notes, func(note string) bool { return note == "" }), "; ")
}
