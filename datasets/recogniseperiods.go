package datasets

import (
	"fmt"
	"slices"

	"levelfield/engine/period"
)

// years are the kinds that one label can leave open.
var years = []period.Kind{period.Calendar, period.Financial, period.Academic}

// wholeKinds are the kinds of labels that stand alone, in the order in which they are tried: a rolling year also fits a
// calendar year, and so comes after it.
var wholeKinds = []period.Kind{
	period.Calendar, period.Financial, period.Academic, period.Quarter, period.Month, period.Pooled, period.Rolling,
	period.Months, period.Instant, period.Term, period.Week,
}

// wholeForms are the forms of labels that stand alone, the written one first.
var wholeForms = []period.Form{
	period.Written, period.StartDuration, period.SlashYears, period.DashYears, period.PooledYears, period.MonthRange,
	period.YearEnding, period.MonthOfYear, period.Date, period.SixDigits, period.MonthDigits, period.Year,
}

// identifiedKinds are the kinds of labels with a time identifier. A reporting year ends in March unless somebody says
// otherwise, so the financial year comes first.
var identifiedKinds = []period.Kind{
	period.Financial, period.Academic, period.Tax, period.Calendar, period.Quarter, period.Month, period.Term, period.Months, period.Week,
}

// periodsOf finds the first form and kind that read every label, and what of it a person has to decide. Without one the
// best is taken, so that the import names the labels that it does not read.
func periodsOf(labels []string) (found Periods, decide string) {
	var tried []Periods
	for _, form := range wholeForms {
		for _, kind := range wholeKinds {
			tried = append(tried, Periods{Kind: string(kind), Form: written(form)})
		}
	}
	found, unread := best(tried, labels)
	if len(unread) > 0 || len(labels) == 0 {
		return found, "no one form reads every label" + example(unread)
	}
	return found, found.open(labels)
}

// identifiedPeriods does the same for labels that a time identifier completes.
func identifiedPeriods(labels, identifiers []string) (found Periods, decide string) {
	var whole []string
	for _, label := range labels {
		for _, identifier := range identifiers {
			whole = append(whole, label+" "+identifier)
		}
	}
	var tried []Periods
	for _, kind := range identifiedKinds {
		tried = append(tried, Periods{Kind: string(kind), Form: string(period.TimeIdentifier)})
	}
	found, unread := best(tried, whole)
	if len(unread) > 0 || len(whole) == 0 {
		return found, "no one kind reads every label" + example(unread)
	}
	// What the publisher calls a reporting or a calendar year may be another: a winter, or the year to a day.
	if slices.Contains(identifiers, "Reporting year") || slices.Contains(identifiers, "Calendar year") {
		read, _ := found.Read(whole[0])
		decide = fmt.Sprintf("%q is read as %s, the %s year; state names or months if the publisher means another", whole[0], read.Period.Label, found.Kind)
	}
	return found, decide
}

// best is the first that reads every label, or else the one that reads most of them, with the labels that it does not
// read.
func best(tried []Periods, labels []string) (found Periods, unread []string) {
	found, unread = tried[0], labels
	for _, periods := range tried {
		if period.Usable(period.Form(periods.Form), periods.means()) != nil {
			continue
		}
		if left := periods.unread(labels); len(left) < len(unread) {
			found, unread = periods, left
		}
		if len(unread) == 0 {
			break
		}
	}
	return found, unread
}

// unread are the labels that cannot be read.
func (p Periods) unread(labels []string) []string {
	var left []string
	for _, label := range labels {
		if _, err := p.Read(label); err != nil {
			left = append(left, label)
		}
	}
	return left
}

// open says what the labels leave open: a year alone, or two that are of more than one kind.
func (p Periods) open(labels []string) string {
	for _, kind := range years {
		other := Periods{Kind: string(kind), Form: p.Form}
		if other.Kind != p.Kind && slices.Contains(years, period.Kind(p.Kind)) && len(other.unread(labels)) == 0 {
			return fmt.Sprintf("%q is read as of the kind %s and could be of the kind %s", labels[0], p.Kind, kind)
		}
	}
	if p.Kind == string(period.Calendar) && p.Form == "" {
		return fmt.Sprintf("%q is read as the calendar year; state form, names and months if the publisher means another", labels[0])
	}
	return ""
}

func written(form period.Form) string {
	if form == period.Written {
		return ""
	}
	return string(form)
}

func example(labels []string) string {
	if len(labels) == 0 {
		return ": there are none"
	}
	return fmt.Sprintf(", such as %q", labels[0])
}
