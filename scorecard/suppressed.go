package scorecard

import (
	"fmt"
	"slices"
	"strings"

	"levelfield/engine/results"
	"levelfield/indicators"
)

// isSuppressed says whether a value is hidden to protect confidentiality.
func isSuppressed(v results.Value) bool {
	return !v.HasValue() && slices.Contains(strings.Fields(v.Status), "c")
}

// suppressedPeriods are the periods of a series whose value is hidden, as the footnote of a chart or a table; "" for none.
func (b *builder) suppressedPeriods(key seriesKey) string {
	var periods []string
	for _, v := range b.series(key) {
		if isSuppressed(v) {
			periods = append(periods, v.Period.Words())
		}
	}
	if len(periods) == 0 {
		return ""
	}
	return fmt.Sprintf("Suppressed [c]: %s.", names(periods))
}

// newerSuppressed are the categories of which a newer figure than the one in the table is hidden, as a footnote.
func (b *builder) newerSuppressed(definition indicators.Definition, parts []part) string {
	var found []string
	for _, p := range parts {
		series := b.series(seriesKey{definition.ID, b.focus(), p.breakdown, p.category})
		latest, held := b.latest(definition.ID, p.breakdown, p.category)
		if n := len(series); held && n > 0 && latest.HasValue() && isSuppressed(series[n-1]) && latest.Period.Before(series[n-1].Period) {
			found = append(found, categoryName(definition, p.category)+" "+dated(series[n-1].Period.Words()))
		}
	}
	if len(found) == 0 {
		return ""
	}
	return fmt.Sprintf("Suppressed [c]: %s.", names(found))
}
