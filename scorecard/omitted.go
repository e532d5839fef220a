package scorecard

import (
	"fmt"
	"strings"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// telling is what a sentence on a figure says besides the figure: why no test was made, and that its count is worked back.
// What is the same for a figure and all its groups is said once, behind them.
type telling struct{ why, workedBack bool }

// omission is why no test was made against England, as a sentence without its stop: of one figure, and of several.
type omission struct{ one, all string }

// omission is empty for a figure that was tested, that is held against bounds, or for which there is nothing to test by.
func (b *builder) omission(definition indicators.Definition, v results.Value) omission {
	verdict, found := b.verdicts[comparisonKey{v.Key(), b.england()}]
	how := definition.Compare.England
	none := ""
	if how != nil {
		none = strings.TrimSuffix(how.None, ".")
	}
	switch {
	case !found || verdict.Outcome == stats.CannotCompare:
		return omission{}
	case verdict.ComparatorValue == nil:
		return omission{none, none}
	case definition.Measure.Count != nil:
		return omission{
			"A total depends on the size of the area, so it is not held against England's",
			"Totals depend on the size of the area, so none of these is held against England's",
		}
	case verdict.Outcome == stats.Position:
		why := untested(definition)
		return omission{"The difference is not tested, because " + why, "None of these differences is tested, because " + why}
	case verdict.Outcome != stats.NotCompared:
		return omission{}
	case definition.Measure.Published != nil && definition.Measure.Published.Interval == "lost":
		const why = ", because the survey's interval is not held"
		return omission{"The two are not compared" + why, "None of these is compared with England's" + why}
	}
	why := lowerFirst(strings.TrimSuffix(verdict.Reason, "."))
	return omission{"The two are not compared: " + why, "None of these is compared with England's: " + why}
}

// sharedOmission is the reason that a figure and all its groups have in common, or false.
func (b *builder) sharedOmission(definition indicators.Definition, latest results.Value, groups []results.Value) (omission, bool) {
	shared := b.omission(definition, latest)
	if shared.all == "" || len(groups) == 0 {
		return omission{}, false
	}
	for _, v := range groups {
		if b.omission(definition, v) != shared {
			return omission{}, false
		}
	}
	return shared, true
}

// said are the latest figures of the groups that a page puts into words, in the order of their names.
func (b *builder) said(definition indicators.Definition) []results.Value {
	var values []results.Value
	for _, part := range b.categories(definition) {
		v, found := b.latest(definition.ID, part.breakdown, part.category)
		if found && v.HasValue() && definition.Says.Categories[part.category] != "" {
			values = append(values, v)
		}
	}
	return values
}

// unheld says that no figure is held anywhere, and what would have to be fetched.
func unheld(definition indicators.Definition) []string {
	sentences := []string{fmt.Sprintf("No figure is held for %s [x].", lowerFirst(definition.Short))}
	if definition.Fetch != nil && definition.Fetch.What != "" {
		sentences = append(sentences, "Not fetched yet: "+lowerFirst(strings.TrimSuffix(strings.TrimSpace(definition.Fetch.What), "."))+".")
	}
	return sentences
}

// unranked says that a place would mislead: for a gap, whose ends matter more, a total, an older series and a figure
// whose reference is known only within bounds.
func unranked(definition indicators.Definition) bool {
	how := definition.Compare.England
	return gap(definition) != nil || total(definition) || closed(definition) || how != nil && how.Bounded()
}

// total says that a figure grows with the place that it is of: a count, and one that carries no judgement and may not be held
// against England's.
func total(definition indicators.Definition) bool {
	how := definition.Compare.England
	return definition.Measure.Count != nil || how != nil && how.None != "" && definition.Polarity == "neutral" && !counted(definition)
}
