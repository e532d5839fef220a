package scorecard

import (
	"fmt"
	"maps"
	"strings"

	"levelfield/engine/stats"
	"levelfield/seeds"
)

// Override is a judgement that stands in the place of a status, with what the test found.
type Override struct {
	Tested string `json:"tested"` // the test's own word
	Reason string `json:"reason"`
	By     string `json:"by"`
	Until  string `json:"until"` // the last day on which it holds, in words
}

type overrideKey struct{ indicator, status, period string }

// override is the judgement in force on one status of the figure of a period.
func (b *builder) override(indicator, status, period string) (seeds.Override, bool) {
	found, held := b.overrides[overrideKey{indicator, status, period}]
	return found, held && !found.Expired(b.in.AsOf)
}

// takeBack replaces verdicts and trends that are under review, so that nothing more is said of them anywhere. The index is
// that of all boards of a run: what is replaced is replaced in a copy.
func (b *builder) takeBack() {
	if len(b.overrides) == 0 {
		return
	}
	own := *b.Index
	own.verdicts, own.trends = maps.Clone(own.verdicts), maps.Clone(own.trends)
	b.Index = &own
	for key := range b.overrides {
		latest, held := b.latest(key.indicator, "", "")
		if _, inForce := b.override(key.indicator, key.status, key.period); !inForce || !held || latest.Period.Label != key.period {
			continue
		}
		switch key.status {
		case seeds.OfEngland:
			at := comparisonKey{latest.Key(), b.england()}
			verdict := b.verdicts[at]
			b.tested[key] = verdictChip(verdict).Word
			verdict.Outcome, verdict.Rule, verdict.Reason, verdict.Rank = stats.NotCompared, "override", "the comparison is under review", 0
			b.verdicts[at] = verdict
		case seeds.OfTrend:
			at := seriesKey{indicator: key.indicator, area: b.focus()}
			trend := b.trends[at]
			b.tested[key] = trendChip(trend).Word
			trend.Outcome, trend.Rule, trend.Reason = stats.CannotCalculate, "override", "the trend is under review"
			b.trends[at] = trend
		}
	}
}

// judged puts a judgement in force into a chip of the latest figure.
func (b *builder) judged(chip *Chip, indicator, status, period string) {
	override, inForce := b.override(indicator, status, period)
	if !inForce {
		return
	}
	tested := b.tested[overrideKey{indicator, status, period}]
	*chip = judgedChip(override)
	chip.Override = overrideOf(override, tested)
}

// judgedChip is what an override shows.
func judgedChip(o seeds.Override) Chip {
	chip := targetChip(stats.TargetStanding{Outcome: o.Shown}, false)
	if o.Shown == seeds.UnderReview {
		chip = Chip{Word: "Under review", Shape: "?", Tone: None}
	} else {
		chip.Word += ", by judgement"
	}
	chip.Outcome = o.Shown
	chip.Reason = "until " + BritishDate(o.Until)
	return chip
}

func overrideOf(o seeds.Override, tested string) *Override {
	return &Override{Tested: tested, Reason: o.Reason, By: o.By, Until: BritishDate(o.Until)}
}

// overrideSentence says of a status that a judgement stands in its place, whose it is, and what the test found.
func overrideSentence(what string, o seeds.Override, tested string) string {
	shown := map[string]string{stats.TargetMet: "shown as met", stats.TargetNotMet: "shown as not met", stats.TargetCannotTell: "shown as one that cannot be told"}[o.Shown]
	if shown == "" {
		shown = "under review"
	}
	reason := strings.TrimSuffix(o.Reason, ".")
	return fmt.Sprintf("%s is %s until %s, by %s. The reason: %s. The test by itself says “%s”.", what, shown, BritishDate(o.Until), o.By, lowerFirst(reason), lowerFirst(tested))
}

// overrideSentences say which verdicts of the latest figure are under review.
func (b *builder) overrideSentences(indicator, period string) []string {
	var sentences []string
	for _, each := range []struct{ status, what string }{{seeds.OfEngland, "The verdict against England"}, {seeds.OfTrend, "The recent trend"}} {
		if o, inForce := b.override(indicator, each.status, period); inForce {
			sentences = append(sentences, overrideSentence(each.what, o, b.tested[overrideKey{indicator, each.status, period}]))
		}
	}
	return sentences
}
