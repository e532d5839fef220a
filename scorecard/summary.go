package scorecard

import (
	"fmt"
	"strings"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// Board lines in the outer fifth of all authorities are told under "needs focus" and "doing well" as positions; a
// fifth is what published quintiles call lowest and highest.
const outerFifth = 0.2

// highlightLimit keeps the two lists to what a board can discuss.
const highlightLimit = 5

// verdictsOf are the latest headline verdicts against England of the board's live indicators that hold a figure.
func (b *builder) verdictsOf(ids []string) []results.Comparison {
	var found []results.Comparison
	for _, id := range ids {
		if closed(b.in.Definitions[id]) {
			continue
		}
		latest, held := b.latest(id, "", "")
		if !held || !latest.HasValue() {
			continue
		}
		if verdict, judged := b.verdicts[comparisonKey{latest.Key(), b.england()}]; judged {
			found = append(found, verdict)
		}
	}
	return found
}

// tally counts verdicts by family; unjudged are those of a test whose measure carries no judgement.
type tally struct{ better, similar, worse, unjudged, position, tested, lines int }

func count(verdicts []results.Comparison) tally {
	t := tally{lines: len(verdicts)}
	for _, verdict := range verdicts {
		switch verdict.Outcome {
		case stats.Better, stats.Best:
			t.better++
		case stats.Similar:
			t.similar++
		case stats.Worse, stats.Worst:
			t.worse++
		case stats.Higher, stats.Lower:
			t.unjudged++
		case stats.Position:
			t.position++
		}
		if judged(verdict.Outcome) {
			t.tested++
		}
	}
	return t
}

// tiles are the board's large numbers, with the sentence on chance.
func (b *builder) tiles(model Model) ([]Tile, string) {
	verdicts := b.verdictsOf(b.order())
	t := count(verdicts)
	tiles := []Tile{
		{Number: fmt.Sprint(t.better), Shape: "✓", Label: "better than England"},
		{Number: fmt.Sprint(t.similar), Shape: "=", Label: "similar to England"},
		{Number: fmt.Sprint(t.worse), Shape: "!", Label: "worse than England"},
	}
	if len(model.Deliverables) > 0 {
		moving := 0
		for _, milestone := range model.Deliverables {
			if milestone.Shape == "●" || milestone.Shape == "◐" {
				moving++
			}
		}
		tiles = append(tiles, Tile{Number: fmt.Sprintf("%d of %d", moving, len(model.Deliverables)), Label: "year-one deliverables done or under way, by the strategy's own account"})
	}
	return tiles, b.chance(verdicts)
}

// highlights are what needs focus and what is doing well: verdicts first, then trends, then positions in the outer
// fifth, each as a sentence that says what was tested.
func (b *builder) highlights() (focus, well []Highlight) {
	type found struct {
		highlight Highlight
		bad       bool
	}
	var byStrength [3][]found
	for _, id := range b.order() {
		definition := b.in.Definitions[id]
		latest, held := b.latest(id, "", "")
		if !held || !latest.HasValue() || closed(definition) || forbidden(definition) {
			continue
		}
		strength, bad, notable := b.notable(definition, latest)
		if notable {
			byStrength[strength] = append(byStrength[strength], found{Highlight{id, definition.Short, b.reasonSentence(definition, latest, strength)}, bad})
		}
	}
	for _, group := range byStrength {
		for _, f := range group {
			if f.bad && len(focus) < highlightLimit {
				focus = append(focus, f.highlight)
			}
			if !f.bad && len(well) < highlightLimit {
				well = append(well, f.highlight)
			}
		}
	}
	return focus, well
}

// notable ranks what makes a line worth telling: 0 a verdict, 1 a trend, 2 a position.
func (b *builder) notable(definition indicators.Definition, latest results.Value) (strength int, bad, notable bool) {
	verdict := b.verdicts[comparisonKey{latest.Key(), b.england()}]
	trend := b.trends[seriesKey{indicator: definition.ID, area: b.focus()}]
	target := b.standing(definition, latest)
	if target == stats.TargetNotMet {
		return 0, true, true
	}
	switch verdict.Outcome {
	case stats.Worse, stats.Worst:
		return 0, true, true
	case stats.Better, stats.Best:
		return 0, false, true
	}
	if target == stats.TargetMet {
		return 0, false, true
	}
	switch trend.Outcome {
	case stats.GettingWorse:
		return 1, true, true
	case stats.GettingBetter:
		return 1, false, true
	}
	if verdict.Outcome != stats.Position || definition.Polarity == "neutral" || b.place(definition, verdict) == "" || verdict.Of < 20 {
		return 0, false, false
	}
	switch share := float64(verdict.Rank) / float64(verdict.Of); {
	case share > 1-outerFifth:
		return 2, true, true
	case share <= outerFifth:
		return 2, false, true
	}
	return 0, false, false
}

// reasonSentence is why a line is highlighted, in one or two sentences.
func (b *builder) reasonSentence(definition indicators.Definition, latest results.Value, strength int) string {
	unit := unitOf(definition)
	if strength == 1 {
		return strings.TrimSpace(b.trendSentence(definition) + " " + strings.Join(b.boundsSentence(definition, latest), " "))
	}
	value := unit.Format(*latest.Value)
	if strings.Contains(latest.Status, "p") {
		value += " [p]"
	}
	if interval := intervalWords(latest, unit); interval != "" {
		value += " (" + interval + ")"
	}
	sentence := fmt.Sprintf("%s %s%s.", value, dated(latest.Period.Words()), b.against(definition, latest, unit, true))
	if trend := b.trends[seriesKey{indicator: definition.ID, area: b.focus()}]; trend.Outcome == stats.GettingBetter || trend.Outcome == stats.GettingWorse {
		sentence += " " + b.trendSentence(definition)
	}
	if set, found := b.target(definition.ID); found && b.standing(definition, latest) != "" {
		sentence += " " + strings.Join(b.shownTarget(definition, set).Sentences, " ")
	}
	return sentence
}

// forbidden says whether the definition refuses a verdict: such a line is never told as good or bad news.
func forbidden(definition indicators.Definition) bool {
	how := definition.Compare.England
	return how != nil && how.None != ""
}

// standing is the status of the latest figure against its own target, met or not met, as it is shown; else "".
func (b *builder) standing(definition indicators.Definition, latest results.Value) string {
	set, found := b.target(definition.ID)
	if !found || set.Period.Label != latest.Period.Label {
		return ""
	}
	switch shown := b.shownTarget(definition, set).Status.Outcome; shown {
	case stats.TargetMet, stats.TargetNotMet:
		return shown
	}
	return ""
}

// facts are what a reader should know of the board before its figures.
func (b *builder) facts(model Model) []string {
	live, older, blank := 0, 0, len(b.in.Board.Missing)
	oldest, months := "", -1
	for _, id := range b.order() {
		latest, held := b.latest(id, "", "")
		switch {
		case closed(b.in.Definitions[id]):
			older++
		case !held || !latest.HasValue():
			blank++
		default:
			live++
			if old := latest.Period.AgeInMonths(b.in.AsOf) - 12*b.in.Definitions[id].FollowUp; old > months {
				oldest, months = latest.Period.Short(), old
			}
		}
	}
	facts := []string{fmt.Sprintf("%d current %s with a figure", live, plural(live, "line", "lines"))}
	if older > 0 {
		facts = append(facts, fmt.Sprintf("%d from older series, for context", older))
	}
	if blank > 0 {
		facts = append(facts, fmt.Sprintf("%d without a figure for %s", blank, b.area(b.focus())))
	}
	if oldest != "" {
		facts = append(facts, "oldest current figure "+oldest)
	}
	return append(facts, targetFact(model.Targets))
}

// say is a goal in a few sentences: which lines were tested with what result, which show a trend, and how many carry
// no verdict.
func (b *builder) say(ids []string) string {
	lines := b.verdictsOf(ids)
	if len(lines) == 0 {
		return "No current figure is held for this goal."
	}
	byOutcome := map[string][]string{}
	tested := 0
	for _, verdict := range lines {
		family := map[string]string{stats.Better: "better", stats.Best: "better", stats.Worse: "worse", stats.Worst: "worse", stats.Similar: "similar", stats.Higher: "higher", stats.Lower: "lower"}[verdict.Outcome]
		if family != "" {
			byOutcome[family] = append(byOutcome[family], lowerFirst(b.in.Definitions[verdict.Indicator].Short))
			tested++
		}
	}
	var sentences []string
	say := func(opening string, list []string) {
		if len(list) > 0 {
			sentences = append(sentences, opening+": "+strings.Join(list, "; ")+".")
		}
	}
	say("Worse than England", byOutcome["worse"])
	say("Better than England", byOutcome["better"])
	say("Similar to England", byOutcome["similar"])
	say("Higher than England, without judgement", byOutcome["higher"])
	say("Lower than England, without judgement", byOutcome["lower"])
	say("Getting worse", b.trending(ids, stats.GettingWorse))
	say("Getting better", b.trending(ids, stats.GettingBetter))
	say("Target met", b.standingAs(ids, stats.TargetMet))
	say("Target not met", b.standingAs(ids, stats.TargetNotMet))
	switch rest := len(lines) - tested; {
	case tested == 0 && len(lines) == 1:
		sentences = append(sentences, "The one line could not be tested against England.")
	case tested == 0:
		sentences = append(sentences, fmt.Sprintf("None of the %s lines could be tested against England.", inWords(len(lines))))
	case rest == 1:
		sentences = append(sentences, fmt.Sprintf("One of the %s current lines could not be tested: it shows a position, or why there is none.", inWords(len(lines))))
	case rest > 1:
		sentences = append(sentences, fmt.Sprintf("%s of the %s current lines could not be tested: they show a position, or why there is none.", capital(inWords(rest)), inWords(len(lines))))
	}
	return strings.Join(sentences, " ")
}

// standingAs are the short names of the live lines whose latest figure stands so against its target.
func (b *builder) standingAs(ids []string, outcome string) []string {
	var found []string
	for _, id := range ids {
		definition := b.in.Definitions[id]
		if latest, held := b.latest(id, "", ""); held && !closed(definition) && b.standing(definition, latest) == outcome {
			found = append(found, lowerFirst(definition.Short))
		}
	}
	return found
}

// trending are the short names of the live lines whose recent trend has the outcome.
func (b *builder) trending(ids []string, outcome string) []string {
	var found []string
	for _, id := range ids {
		definition := b.in.Definitions[id]
		if !closed(definition) && b.trends[seriesKey{indicator: id, area: b.focus()}].Outcome == outcome {
			found = append(found, lowerFirst(definition.Short))
		}
	}
	return found
}
