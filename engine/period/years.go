package period

import (
	"strings"
	"time"
)

// firstMonth is the month in which the years of a kind begin.
var firstMonth = map[Kind]time.Month{Calendar: time.January, Academic: time.September, Financial: time.April, Tax: time.April}

// oneYear is the period that a single year names.
func oneYear(year int, meaning Meaning) (span, error) {
	if meaning.Months != "" {
		return window(year, meaning)
	}
	switch meaning.Kind {
	case Calendar, "":
		return fitting(day(year, 1, 1), 12), nil
	case Academic, Financial, Tax:
		if meaning.Names == "" {
			return span{}, unclear("a single year can be the one in which %s year starts or the one in which it ends: say names: start or names: end", withArticle(meaning.Kind))
		}
		if meaning.Names == End {
			year--
		}
		return splitYear(year, Meaning{Kind: meaning.Kind})
	case Pooled:
		return poolOf(year, meaning)
	}
	return span{}, unclear("a single year does not say which part of it is meant: say months, such as months: Dec to Feb")
}

// poolOf is several calendar years, of which one names the first or the last.
func poolOf(year int, meaning Meaning) (span, error) {
	if meaning.Years < 2 || meaning.Names == "" {
		return span{}, unclear("a single year does not say which years are pooled: say years, such as years: 3, and names: start or names: end")
	}
	if meaning.Names == End {
		year -= meaning.Years - 1
	}
	return fitting(day(year, 1, 1), 12*meaning.Years), nil
}

// splitYear is the year that starts in the first of two calendar years.
func splitYear(first int, meaning Meaning) (span, error) {
	if meaning.Months != "" {
		if meaning.Names == End {
			first++
		}
		return window(first, meaning)
	}
	switch meaning.Kind {
	case Academic, Financial:
		found := fitting(day(first, int(firstMonth[meaning.Kind]), 1), 12)
		found.kinds = []Kind{meaning.Kind}
		return found, nil
	case Tax:
		return span{start: day(first, 4, 1), months: 12, kinds: []Kind{Tax}}, nil
	}
	return span{}, unclear("two years can be an academic, a financial or a tax year, and the dataset has the kind %q: say kind: academic, financial or tax", meaning.Kind)
}

// window is the months that the dataset means of the year that a label names.
func window(year int, meaning Meaning) (span, error) {
	from, to, several := strings.Cut(meaning.Months, " to ")
	if !several {
		to = from
	}
	first, errFirst := time.Parse("Jan", from)
	last, errLast := time.Parse("Jan", to)
	if errFirst != nil || errLast != nil {
		return span{}, unclear("months is %q: write it as Dec to Feb, or Mar for a single month", meaning.Months)
	}
	count := (int(last.Month()-first.Month())+12)%12 + 1
	if last.Month() < first.Month() {
		if meaning.Names == "" {
			return span{}, unclear("%s lies in two years: say names: start or names: end for the one in the label", meaning.Months)
		}
		if meaning.Names == End {
			year--
		}
	}
	return fitting(day(year, int(first.Month()), 1), count), nil
}
