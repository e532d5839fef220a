package scorecard

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"levelfield/engine/results"
	"levelfield/engine/stats"
)

// familyLevel is the level at which the verdicts of a board are held together, that of each verdict alone.
const familyLevel = 0.05

// mostDoubted is how many lines are named that do not hold among the others.
const mostDoubted = 3

// chance says how many of the verdicts of a board would look different by chance alone, and how many of those that do hold when
// all are taken as one family: each was tested as if it were the only one.
func (b *builder) chance(verdicts []results.Comparison) string {
	t := count(verdicts)
	switch {
	case t.lines == 0:
		return "No current line holds a figure."
	case t.tested == 0:
		return fmt.Sprintf("None of %s current %s could be tested. Each shows a position or the reason for none.", inWords(t.lines), plural(t.lines, "line", "lines"))
	}
	said := fmt.Sprintf("%s of %s current %s an interval and %s tested. ", capital(inWords(t.tested)), inWords(t.lines),
		plural(t.lines, "line", "lines")+plural(t.tested, " has", " have"), plural(t.tested, "was", "were"))
	if t.unjudged > 0 {
		said += fmt.Sprintf("%s of them %s higher or lower than England and %s no judgement. ", capital(inWords(t.unjudged)), plural(t.unjudged, "is", "are"), plural(t.unjudged, "carries", "carry"))
	}
	if expected := int(math.Round(familyLevel * float64(t.tested))); expected > 0 {
		said += fmt.Sprintf("At 95%% confidence, about %s of them would look different by chance alone. ", inWords(expected))
	} else {
		said += "At 95% confidence, fewer than one of them would look different by chance alone. "
	}
	said += b.held(verdicts)
	if t.tested < t.lines {
		said += "The others show a position or the reason for none."
	}
	return strings.TrimSpace(said)
}

// held says how many of the verdicts that differ from England still do as one family, by Benjamini and Hochberg.
func (b *builder) held(verdicts []results.Comparison) string {
	var probabilities []float64
	var tested []results.Comparison
	for _, verdict := range verdicts {
		if p := b.probability(verdict); p != nil && judged(verdict.Outcome) {
			probabilities, tested = append(probabilities, *p), append(tested, verdict)
		}
	}
	adjusted, _ := stats.Adjust(probabilities, stats.BenjaminiHochberg)
	differ, lost := 0, []string(nil)
	for i, verdict := range tested {
		if verdict.Outcome == stats.Similar {
			continue
		}
		if differ++; *adjusted[i] > familyLevel {
			lost = append(lost, b.in.Definitions[verdict.Indicator].Short)
		}
	}
	const method = "(Benjamini and Hochberg, 5%)"
	holding := inWords(differ - len(lost))
	if differ == len(lost) {
		holding = "none"
	}
	said := fmt.Sprintf("%s %s different", capital(inWords(differ)), plural(differ, "looks", "look"))
	switch {
	case differ == 0:
		return ""
	case len(lost) == 0:
		return fmt.Sprintf("%s, and %s when all are taken as one family %s. ", said, plural(differ, "still does", "all still do"), method)
	}
	said += fmt.Sprintf(". Taken as one family %s, %s still %s. ", method, holding, plural(differ-len(lost), "does", "do"))
	if len(lost) <= mostDoubted {
		slices.Sort(lost)
		said += fmt.Sprintf("%s: %s. ", plural(len(lost), "The exception", "The exceptions"), strings.Join(lost, "; "))
	}
	return said
}

// probability is the p value of a verdict against England.
func (b *builder) probability(verdict results.Comparison) *float64 {
	latest, held := b.latest(verdict.Indicator, verdict.Breakdown, verdict.Category)
	if !held || latest.Key() != verdict.Key {
		return nil
	}
	low, high := verdict.ComparatorLow, verdict.ComparatorHigh
	if low == nil || high == nil {
		low, high = verdict.ComparatorValue, verdict.ComparatorValue
	}
	return stats.Probability(latest.Estimate, low, high)
}

// judged says whether an outcome is one of a test.
func judged(outcome string) bool {
	return slices.Contains([]string{stats.Better, stats.Best, stats.Similar, stats.Worse, stats.Worst, stats.Lower, stats.Higher}, outcome)
}
