package measure

import (
	"fmt"
	"slices"
	"strings"

	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// withAbsent adds a row without a value, but with its reason, wherever the focus area has a headline figure and
// England none, or the other way round: what nobody published is told, never left out and never guessed. An indicator
// without any figure has such a row for both, dated by the day of the newest release.
func (m *measurer) withAbsent(definition indicators.Definition, values []results.Value) []results.Value {
	held := map[string]map[string]bool{m.scope.Focus: {}, m.scope.England: {}}
	periods := map[string]period.Period{}
	var sample results.Value
	samples := map[string]results.Value{}
	for _, v := range values {
		labels, wanted := held[v.Area]
		if !wanted || !v.Headline() {
			continue
		}
		labels[v.Period.Label] = true
		periods[v.Period.Label] = v.Period
		sample, samples[v.Area] = v, v
	}
	var labels []string
	for label := range periods {
		labels = append(labels, label)
	}
	slices.Sort(labels)
	if today, err := period.Parse(period.Instant, m.scope.AsOf); len(labels) == 0 && err == nil {
		labels, periods[today.Label] = append(labels, today.Label), today
		sample.Dataset = definition.Dataset
	}
	for _, label := range labels {
		for _, area := range []string{m.scope.Focus, m.scope.England} {
			if held[area][label] {
				continue
			}
			absent := m.value(definition, area, periods[label])
			source, own := samples[area]
			if !own {
				source = sample
			}
			absent.Dataset, absent.Snapshot = source.Dataset, source.Snapshot
			absent.Estimate = stats.Missing(stats.StatusUnavailable, m.whyAbsent(definition, area))
			values = append(values, absent)
		}
	}
	return values
}

func (m *measurer) whyAbsent(definition indicators.Definition, area string) string {
	if definition.Fetch != nil && (area == m.scope.Focus || definition.Awaited()) {
		return "not fetched yet: " + inSentence(definition.Fetch.What)
	}
	if why, withheld := m.scope.Withheld[m.datasetOf(definition, area)]; withheld {
		return why
	}
	if of := m.withoutFigures(definition); of != "" {
		return fmt.Sprintf("made of %q, of which no figure is held", m.definitions[of].Short)
	}
	for _, missing := range m.tables[definition.Dataset].Dataset.Missing {
		if missing.Area == area {
			return missing.Why
		}
	}
	return "no figure is held for this area and period"
}

// datasetOf is the dataset that an area's figures come from.
func (m *measurer) datasetOf(definition indicators.Definition, area string) string {
	if how := definition.Compare.England; how != nil && how.Dataset != "" && area == m.scope.England {
		return how.Dataset
	}
	return definition.Dataset
}

// withoutFigures is the first indicator that another is made of and that has no figure at all, "" for none.
func (m *measurer) withoutFigures(definition indicators.Definition) string {
	for _, operand := range definition.Operands() {
		if !slices.ContainsFunc(m.made[operand], results.Value.HasValue) {
			return operand
		}
	}
	return ""
}

// inSentence is a definition's text as the end of a sentence.
func inSentence(text string) string {
	text = strings.TrimSuffix(strings.TrimSpace(text), ".")
	if len(text) > 1 && text[1] >= 'a' && text[1] <= 'z' {
		return strings.ToLower(text[:1]) + text[1:]
	}
	return text
}

// financialYear is the written form of the financial year that begins in the calendar year.
func financialYear(begins int) string { return fmt.Sprintf("%d/%02d", begins, (begins+1)%100) }
