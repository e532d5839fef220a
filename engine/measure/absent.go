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
// England none, or the other way round: what nobody published is told, never left out and never guessed.
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
	if definition.Fetch != nil && area == m.scope.Focus {
		return "not fetched yet: " + inSentence(definition.Fetch.What)
	}
	for _, missing := range m.tables[definition.Dataset].Dataset.Missing {
		if missing.Area == area {
			return missing.Why
		}
	}
	return "no figure is held for this area and period"
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
