package scorecard

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/seeds"
)

// Target is what was set for an indicator, and how the figure of that period stands against it.
type Target struct {
	Indicator string `json:"indicator"`
	Short     string `json:"short"`
	// Period is the period that the target is for, in words, and Asked what it asks for: "at least 60%".
	Period string `json:"period"`
	Asked  string `json:"asked"`
	// Value is the figure of that period; its text is empty where none is held yet.
	Value  Figure `json:"value"`
	Status Chip   `json:"status"`
	// Sentences say the same in words.
	Sentences []string `json:"sentences"`
	// Source is who set the target, and where it stands.
	Source string `json:"source"`
}

// target is the target that counts for an indicator now: that of its latest figure's period, else the next one to come, else
// the last one.
func (b *builder) target(indicator string) (results.Target, bool) {
	set := b.targets[indicator]
	if len(set) == 0 {
		return results.Target{}, false
	}
	latest, held := b.latest(indicator, "", "")
	for _, target := range set {
		if held && target.Period.Label == latest.Period.Label || target.Status.Outcome == results.TargetNotDue {
			return target, true
		}
	}
	return set[len(set)-1], true
}

// nextTarget is the first target of an indicator that is not due.
func (b *builder) nextTarget(indicator string) (results.Target, bool) {
	set := b.targets[indicator]
	at := slices.IndexFunc(set, func(target results.Target) bool { return target.Status.Outcome == results.TargetNotDue })
	if at < 0 {
		return results.Target{}, false
	}
	return set[at], true
}

// targetOf is the target that counts now as a board shows it, with what is said of the next one to come; or nil.
func (b *builder) targetOf(definition indicators.Definition) *Target {
	set, found := b.target(definition.ID)
	if !found {
		return nil
	}
	target := b.shownTarget(definition, set)
	if next, found := b.nextTarget(definition.ID); found && next.Period != set.Period {
		target.Sentences = append(target.Sentences, targetHead(next, Target{Period: next.Period.Words(), Asked: asked(definition, next)}))
		target.Sentences = append(target.Sentences, forecastSentences(definition, next.Forecast)...)
	}
	return &target
}

// shownTarget is a target in words, with a judgement in the place of its status where one is in force.
func (b *builder) shownTarget(definition indicators.Definition, set results.Target) Target {
	target := Target{
		Indicator: definition.ID, Short: definition.Short, Period: set.Period.Words(), Asked: asked(definition, set),
		Status: targetChip(set.Status, set.AsCounted), Source: set.Source,
	}
	value := b.pointAt(seriesKey{indicator: definition.ID, area: b.focus()}, set.Period.Label)
	if value.HasValue() {
		target.Value = figure(value, unitOf(definition))
	}
	target.Sentences = append(target.Sentences, targetHead(set, target))
	judged, overridden := b.override(definition.ID, seeds.OfTarget, set.Period.Label)
	if !overridden {
		target.Sentences = append(target.Sentences, b.targetSentences(definition, set, value)...)
		return target
	}
	tested := target.Status.Word
	target.Status = judgedChip(judged)
	target.Status.Override = overrideOf(judged, tested)
	target.Sentences = append(target.Sentences, overrideSentence("The status against the target", judged, tested))
	return target
}

// targetHead says what the target is.
func targetHead(set results.Target, target Target) string {
	return fmt.Sprintf("The target for %s is %s.", target.Period, target.Asked)
}

// targetSentences say how the figure stands against its target, and no more than the interval supports.
func (b *builder) targetSentences(definition indicators.Definition, set results.Target, value results.Value) []string {
	var sentences []string
	say := func(sentence string) { sentences = append(sentences, sentence) }
	counted := ""
	if set.AsCounted {
		counted = ", as counted"
	}
	switch set.Status.Outcome {
	case stats.TargetMet:
		say("It is met" + counted + ".")
	case stats.TargetNotMet:
		say("It is not met" + counted + ".")
	case results.TargetNotDue:
		say("No figure is held for that period yet.")
		sentences = append(sentences, forecastSentences(definition, set.Forecast)...)
	case results.TargetNoFigure:
		say("No figure of that period is held.")
	default:
		say("Whether it is met cannot be told: " + b.untold(definition, set, value) + ".")
	}
	near := exactly(changeUnit(definition), set.Tolerance)
	switch set.Status.Tolerance {
	case stats.WithinTolerance:
		say("The figure is within the tolerance of " + near + ".")
	case stats.BeyondTolerance:
		say("The figure is beyond the tolerance of " + near + ".")
	}
	return sentences
}

// untold is why it cannot be told whether a target is met.
func (b *builder) untold(definition indicators.Definition, set results.Target, value results.Value) string {
	switch {
	case !value.HasValue():
		return "there is no figure"
	case set.Lower == nil && set.Upper == nil:
		return lowerFirst(set.Status.Reason)
	case !value.HasInterval():
		return untested(definition)
	}
	return "the figure's 95% interval lies on both sides of the target"
}

// asked is what a target asks for: "at least 60%".
func asked(definition indicators.Definition, set results.Target) string {
	unit := unitOf(definition)
	lower, upper := limitWords(unit, set.Lower, set.Basis), limitWords(unit, set.Upper, set.Basis)
	of := ""
	switch set.Basis {
	case seeds.FromPercentile:
		low, high := percentileWords(set.LowerPercentile), percentileWords(set.UpperPercentile)
		if set.Kind == seeds.InRange {
			return after(fmt.Sprintf("between the %s and the %s percentile of authorities", low, high), joinWith(lower, upper))
		}
		of = fmt.Sprintf("the %s%s percentile of authorities", low, high)
	case seeds.FromEnglandLastYear:
		of = "England's figure of the year before"
	}
	least := map[string]string{seeds.AtLeast: "at least ", seeds.AtMost: "at most "}[set.Kind]
	switch {
	case of != "":
		return after(least+of, lower+upper)
	case set.Kind == seeds.InRange:
		return "between " + lower + " and " + upper
	}
	return least + lower + upper
}

// after puts a number behind what it is, where it is known.
func after(what, number string) string {
	if number == "" {
		return what
	}
	return what + ", " + number
}

func joinWith(lower, upper string) string {
	if lower == "" || upper == "" {
		return ""
	}
	return lower + " and " + upper
}

// limitWords prints a limit: as it was written where somebody wrote it, rounded as the figures are where it was worked out.
func limitWords(unit Unit, limit *float64, basis string) string {
	switch {
	case limit == nil:
		return ""
	case basis == seeds.FromValue:
		return exactly(unit, *limit)
	}
	return unit.Format(*limit)
}

// exactly prints a number that somebody wrote with all its decimals and no more.
func exactly(unit Unit, number float64) string {
	_, decimals, _ := strings.Cut(strconv.FormatFloat(math.Abs(number), 'f', -1, 64), ".")
	unit.Decimals = len(decimals)
	return unit.Format(number)
}

// percentileWords is "75th", or nothing.
func percentileWords(p *float64) string {
	switch {
	case p == nil:
		return ""
	case *p == math.Trunc(*p):
		return ordinal(int(*p))
	}
	return strconv.FormatFloat(*p, 'f', -1, 64) + "th"
}

// targetChip is a status against a target as word, shape and tone.
func targetChip(standing stats.TargetStanding, counted bool) Chip {
	chip := Chip{Outcome: standing.Outcome, Tone: None, Shape: "–"}
	switch standing.Outcome {
	case stats.TargetMet:
		chip.Word, chip.Shape, chip.Tone = "Met", "✓", Better
	case stats.TargetNotMet:
		chip.Word, chip.Shape, chip.Tone = "Not met", "!", Worse
	case stats.TargetCannotTell:
		chip.Word, chip.Shape = "Cannot tell", "?"
	case results.TargetNotDue:
		chip.Word = "Not due yet"
	default:
		chip.Word = "No figure"
	}
	if counted && chip.Tone != None {
		chip.Reason = "as counted"
	}
	if standing.Tolerance == stats.WithinTolerance {
		chip.Word += ", within tolerance"
		if chip.Tone == Worse {
			chip.Tone = Similar
		}
	}
	return chip
}

// targetsOf are the targets of indicators that count now, in the order of the ids, each once.
func (b *builder) targetsOf(ids []string) []Target {
	var targets []Target
	for _, id := range ids {
		if target := b.targetOf(b.in.Definitions[id]); target != nil && !closed(b.in.Definitions[id]) {
			targets = append(targets, *target)
		}
	}
	return targets
}

// targetFact counts a board's targets by their status.
func targetFact(targets []Target) string {
	if len(targets) == 0 {
		return "the strategy sets no numeric target"
	}
	counts := map[string]int{}
	for _, target := range targets {
		counts[target.Status.Outcome]++
	}
	var parts []string
	for _, each := range []struct{ outcome, words string }{
		{stats.TargetMet, "met"}, {stats.TargetNotMet, "not met"}, {stats.TargetCannotTell, "cannot be told"}, {seeds.UnderReview, "under review"}, {results.TargetNotDue, "not due yet"},
	} {
		if n := counts[each.outcome]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, each.words))
		}
	}
	fact := fmt.Sprintf("%d %s with a target", len(targets), plural(len(targets), "line", "lines"))
	if len(parts) > 0 {
		fact += ": " + strings.Join(parts, ", ")
	}
	return fact
}

// targetTable is every target of an indicator with the figure of its period, newest first; no table where there is one only.
func (b *builder) targetTable(definition indicators.Definition) (DataTable, bool) {
	set := b.targets[definition.ID]
	if len(set) < 2 {
		return DataTable{}, false
	}
	table := DataTable{
		Caption: definition.Short + ": targets, period by period", Heads: []string{"Period", "Target", b.area(b.focus()), "95% interval", "Status", "Set by"},
		Numeric: []bool{false, false, true, true, false, false},
	}
	for _, each := range slices.Backward(set) {
		target := b.shownTarget(definition, each)
		text := target.Value.Text
		if text == "" {
			text = "–"
		}
		table.Rows = append(table.Rows, []string{target.Period, target.Asked, text, target.Value.Interval, target.Status.Word, target.Source})
	}
	if strings.Join(columnTexts(table, 3), "") == "" {
		drop(&table, 3)
	}
	return table, true
}

// targetLine is the targets of an indicator as a series of its trend chart, each at the time of its period.
func (b *builder) targetLine(definition indicators.Definition) (Series, bool) {
	line := Series{Name: "Target", Role: TargetRole}
	for _, set := range b.targets[definition.ID] {
		point := Point{Label: since(set.Period), X: set.Period.Year(), Lower: set.Lower, Upper: set.Upper, GapBefore: len(line.Points) > 0}
		switch {
		case set.Lower != nil && set.Upper == nil:
			point.Y, point.Lower = set.Lower, nil
		case set.Upper != nil && set.Lower == nil:
			point.Y, point.Upper = set.Upper, nil
		case set.Lower == nil:
			continue
		}
		line.Points = append(line.Points, point)
	}
	return line, len(line.Points) > 0
}
