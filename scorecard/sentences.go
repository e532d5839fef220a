package scorecard

import (
	"fmt"
	"strings"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// lead is the opening paragraph of a page: what the figure is, how it stands against England, and what the recent
// periods show. Each sentence claims what a test found, or says that there was no test.
func (b *builder) lead(definition indicators.Definition) []string {
	latest, found := b.latest(definition.ID, "", "")
	if !found {
		return unheld(definition)
	}
	if !latest.HasValue() {
		return b.blank(definition, latest)
	}
	groups := b.said(definition)
	shared, alike := b.sharedOmission(definition, latest, groups)
	sentences := []string{b.headline(definition, latest, telling{why: !alike, workedBack: len(groups) == 0})}
	sentences = append(sentences, b.endsSentence(definition, latest)...)
	sentences = append(sentences, b.boundsSentence(definition, latest)...)
	if definition.Money {
		sentences = append(sentences, b.moneySentence(definition, latest)...)
	}
	if trend := b.trendSentence(definition); trend != "" {
		sentences = append(sentences, trend)
	}
	if target := b.targetOf(definition); target != nil {
		sentences = append(sentences, target.Sentences...)
	}
	sentences = append(sentences, b.overrideSentences(definition.ID, latest.Period.Label)...)
	for _, v := range groups {
		sentences = append(sentences, b.headline(definition, v, telling{why: !alike}))
	}
	if alike {
		sentences = append(sentences, shared.all+".")
	}
	if len(groups) > 0 && latest.WorkedBack != nil {
		sentences = append(sentences, "The counts are worked back from published percentages.")
	}
	switch words := seriesWords[definition.Series]; definition.Series {
	case "superseded", "discontinued":
		sentences = append(sentences, fmt.Sprintf("This is a %s, shown for context only.", words))
	case "proposed":
		sentences = append(sentences, "The measure is "+words+".")
	}
	return sentences
}

// blank says that there is no figure, and what England's was.
func (b *builder) blank(definition indicators.Definition, latest results.Value) []string {
	sentences := []string{fmt.Sprintf("No %s figure is held for %s [x].", b.area(b.focus()), lowerFirst(definition.Says.Noun))}
	if strings.Contains(latest.Status, "c") {
		sentences[0] = fmt.Sprintf("The %s figure for %s is not shown [c].", b.area(b.focus()), lowerFirst(definition.Says.Noun))
	}
	if england := b.elsewhere(latest, b.england()); england.HasValue() {
		unit := unitOf(definition)
		text := unit.Format(*england.Value)
		if definition.Unit == "percentage points" {
			text = unit.Plain(*england.Value) + " percentage points"
		}
		sentences = append(sentences, fmt.Sprintf("England's was %s %s.", text, dated(latest.Period.Words())))
		if ends := b.endsWords(definition, england); ends != "" {
			sentences = append(sentences, "England's two ends: "+ends+".")
		}
	}
	return append(sentences, capital(strings.TrimSuffix(latest.Reason, "."))+".")
}

// headline is the value, its interval or count, and the verdict against England.
func (b *builder) headline(definition indicators.Definition, v results.Value, tell telling) string {
	unit := unitOf(definition)
	of := definition.Says.Of
	if v.Breakdown != "" {
		of = definition.Says.Categories[v.Category]
	}
	opening, note := "", ""
	value := unit.Format(*v.Value)
	if strings.Contains(v.Status, "p") {
		value += " [p]"
	}
	switch interval := intervalWords(v, unit); {
	case strings.Contains(of, valuePlace):
		if interval != "" {
			value += " (" + interval + ")"
		}
		opening = when(v) + ", " + strings.ReplaceAll(of, valuePlace, value)
	case v.Numerator != nil && v.Denominator != nil && definition.Unit == "%":
		opening = fmt.Sprintf("%s of %s %s %s (%s, %s)", thousands(*v.Numerator), thousands(*v.Denominator), afterOf(of), dated(v.Period.Words()), value, interval)
	case v.WorkedBack != nil && v.Denominator != nil:
		about := "About " + thousands(*v.WorkedBack)
		if *v.WorkedBack == 0 {
			about = "Almost none"
		}
		opening = fmt.Sprintf("%s of %s %s %s (%s, %s", about, thousands(*v.Denominator), afterOf(of), dated(v.Period.Words()), value, interval)
		if opening, note = workedBack(opening); !tell.workedBack {
			opening, note = strings.Replace(opening, "; "+workedBackWords, "", 1), ""
		}
	case interval != "":
		opening = fmt.Sprintf("%s, %s (%s) %s", when(v), value, interval, of)
	default:
		opening = fmt.Sprintf("%s, %s %s", when(v), value, of)
	}
	return within(opening, b.against(definition, v, unit, tell.why)) + note
}

// valuePlace stands in a definition's words where the value belongs, when it does not come first.
const valuePlace = "{value}"

// when is the period as a sentence begins with it.
func when(v results.Value) string {
	return capital(dated(v.Period.Words()))
}

// against is the verdict as the end of a sentence. With why, a difference that was not tested is followed by the reason.
func (b *builder) against(definition indicators.Definition, v results.Value, unit Unit, why bool) string {
	verdict, found := b.verdicts[comparisonKey{v.Key(), b.england()}]
	if !found || verdict.Outcome == stats.CannotCompare {
		return ""
	}
	reason := ""
	if omitted := b.omission(definition, v); why && omitted.one != "" {
		reason = ". " + omitted.one
	}
	if verdict.ComparatorValue == nil {
		if how := definition.Compare.England; how != nil && how.None != "" {
			return b.position(definition, verdict, ": ") + reason
		}
		return fmt.Sprintf("; no figure for England is held for the same period%s", b.position(definition, verdict, ": "))
	}
	if definition.Measure.Count != nil {
		return reason
	}
	england := unit.Format(*verdict.ComparatorValue)
	switch verdict.Outcome {
	case stats.Similar:
		return ", similar to England, " + england
	case stats.Better, stats.Best, stats.Worse, stats.Worst, stats.Higher, stats.Lower:
		direction := "lower"
		if *v.Value > *verdict.ComparatorValue {
			direction = "higher"
		}
		limit := ""
		if verdict.Outcome == stats.Better || verdict.Outcome == stats.Worse {
			limit = " (at 95%, not at 99.8%)"
		}
		return fmt.Sprintf(": %s than England, %s%s", direction, england, limit)
	}
	return fmt.Sprintf(", against %s in England%s%s", england, b.position(definition, verdict, ": "), reason)
}

// leastRanked is the least number of authorities among which a place means something.
const leastRanked = 10

// place is "joint 19th of 151" for a table, where 1st is best, or nothing where a place would mislead: no rank or too few
// areas, a gap whose ends matter more, a total, an older series, a reference known only within bounds.
func (b *builder) place(definition indicators.Definition, verdict results.Comparison) string {
	switch {
	case verdict.Rank == 0, verdict.Of < leastRanked, unranked(definition):
		return ""
	case verdict.Ties > 0:
		return fmt.Sprintf("joint %s of %d", ordinal(verdict.Rank), verdict.Of)
	}
	return fmt.Sprintf("%s of %d", ordinal(verdict.Rank), verdict.Of)
}

// position is the place in a sentence, behind a joint: "19th highest of 151 authorities", or for the lower half "124th of
// 151 authorities, where 1st is highest".
func (b *builder) position(definition indicators.Definition, verdict results.Comparison, joint string) string {
	place := b.place(definition, verdict)
	if place == "" {
		return ""
	}
	end := "highest"
	if definition.Polarity == "low" {
		end = "lowest"
	}
	switch {
	case verdict.Rank == 1:
		return joint + strings.Replace(place, "1st", end, 1) + " authorities"
	case 2*verdict.Rank <= verdict.Of:
		return joint + strings.Replace(place, " of ", " "+end+" of ", 1) + " authorities"
	}
	return joint + place + " authorities, where 1st is " + end
}

// untested says why an indicator's values are not tested.
func untested(definition indicators.Definition) string {
	switch reason := noInterval(definition); {
	case strings.Contains(reason, "counts not held"):
		return "no counts are held"
	case strings.Contains(reason, "an end has none"):
		return "at least one of the two ends has no interval"
	case strings.Contains(reason, "modelled"):
		return "the figure is modelled and its uncertainty is not published"
	default:
		return "no interval is published"
	}
}

// boundsSentence says what is known in the area and in England where England's value lies between two bounds.
func (b *builder) boundsSentence(definition indicators.Definition, v results.Value) []string {
	verdict, found := b.verdicts[comparisonKey{v.Key(), b.england()}]
	if !found || verdict.Rule != "bounded" || verdict.ComparatorLow == nil || verdict.ComparatorHigh == nil {
		return nil
	}
	unit := unitOf(definition)
	var sentences []string
	between := fmt.Sprintf("England's share lies between %s and %s", unit.Format(*verdict.ComparatorLow), unit.Format(*verdict.ComparatorHigh))
	if how := definition.Compare.England; how.Unknown != "" {
		open := v.Key()
		open.Indicator = how.Unknown
		own := b.value(open)
		open.Area = b.england()
		theirs := b.value(open)
		if own.HasValue() && *own.Value < 0.5 && how.Known != "" {
			sentences = append(sentences, fmt.Sprintf("%s in %s.", how.Known, b.area(b.focus())))
		}
		if theirs.HasValue() {
			between = fmt.Sprintf("In England %s is not known, so %s", unit.Format(*theirs.Value), between)
		}
	}
	if verdict.Outcome == stats.CannotCompare {
		return append(sentences, between+", and no verdict is given.")
	}
	return append(sentences, between+".")
}

// moneySentence sets an amount in cash terms beside England's, now and at the baseline.
func (b *builder) moneySentence(definition indicators.Definition, v results.Value) []string {
	now, held := b.ratio(v)
	if !held {
		return nil
	}
	text := fmt.Sprintf("%s %s %s of England's %s", definition.Says.Noun, was(definition), now, dated(v.Period.Words()))
	key := v.Key()
	key.Period = string(definition.Baseline)
	if then, held := b.ratio(b.value(key)); held {
		text += fmt.Sprintf(", and %s %s", then, dated(b.value(key).Period.Words()))
	}
	caveat := " (cash terms)."
	if !v.HasInterval() {
		caveat = " (cash terms, no interval published)."
	}
	return []string{text + caveat}
}

// ratio is a value as a percentage of England's, in whole per cents.
func (b *builder) ratio(v results.Value) (string, bool) {
	if !v.HasValue() {
		return "", false
	}
	england := b.elsewhere(v, b.england())
	if !england.HasValue() || *england.Value == 0 {
		return "", false
	}
	return Unit{Suffix: "%"}.Format(*v.Value / *england.Value * 100), true
}

// trendSentence says what the recent trend shows: rose or fell only if the test says so.
func (b *builder) trendSentence(definition indicators.Definition) string {
	key := seriesKey{indicator: definition.ID, area: b.focus()}
	trend, found := b.trends[key]
	if !found {
		return ""
	}
	first, last := b.pointAt(key, trend.From), b.pointAt(key, trend.To)
	if trend.Rule == stats.RuleRecentRatio {
		return b.ratioTrend(trend, first, last)
	}
	switch trend.Outcome {
	case stats.GettingBetter, stats.GettingWorse, stats.Increasing, stats.Decreasing:
		if !first.HasValue() || !last.HasValue() {
			return ""
		}
		unit := unitOf(definition)
		if closed(definition) {
			return fmt.Sprintf("%s %s from %s %s to %s %s.", theMeasure(definition), moved(trend, "rose", "fell"),
				unit.Format(*first.Value), dated(since(first.Period)), unit.Format(*last.Value), dated(since(last.Period)))
		}
		return fmt.Sprintf("%s %s since %s, from %s to %s.", theMeasure(definition), moved(trend, "has risen", "has fallen"), since(first.Period), unit.Format(*first.Value), unit.Format(*last.Value))
	case stats.NoSignificantChange:
		return fmt.Sprintf("There is no significant change from %s to %s.", since(first.Period), since(last.Period))
	}
	if trend.Points > 0 && trend.Points < 5 && strings.HasPrefix(trend.Reason, "fewer than five") {
		verb := "are"
		if trend.Points == 1 {
			verb = "is"
		}
		return fmt.Sprintf("%s comparable %s %s too few for a trend.", capital(inWords(trend.Points)), plural(trend.Points, "year", "years"), verb)
	}
	return ""
}

// ratioTrend says what the recent trend of the ratio to England's shows; the amounts themselves neither rise nor fall in it.
func (b *builder) ratioTrend(trend results.Trend, first, last results.Value) string {
	then, heldThen := b.ratio(first)
	now, heldNow := b.ratio(last)
	switch trend.Outcome {
	case stats.GettingBetter, stats.GettingWorse, stats.Increasing, stats.Decreasing:
		if heldThen && heldNow {
			return fmt.Sprintf("As a share of England's, it %s since %s, from %s to %s.", moved(trend, "has risen", "has fallen"), since(first.Period), then, now)
		}
	case stats.NoSignificantChange:
		return fmt.Sprintf("Against England's, there is no significant change from %s to %s.", since(first.Period), since(last.Period))
	}
	return ""
}

func (b *builder) pointAt(key seriesKey, label string) results.Value {
	return b.value(results.Key{Indicator: key.indicator, Area: key.area, Period: label, Breakdown: key.breakdown, Category: key.category})
}

// moved chooses the verb of a significant trend by the sign of its slope.
func moved(trend results.Trend, rose, fell string) string {
	if trend.Slope != nil && *trend.Slope > 0 {
		return rose
	}
	return fell
}

// theMeasure names the measure as a subject: shares are shares.
func theMeasure(definition indicators.Definition) string {
	switch definition.Unit {
	case "%":
		return "The share"
	case "percentage points", "points":
		return "The gap"
	}
	return "The figure"
}

func was(definition indicators.Definition) string {
	if definition.Says.Plural {
		return "were"
	}
	return "was"
}

// intervalWords is "3.3% to 4.4%", or nothing.
func intervalWords(v results.Value, unit Unit) string {
	if !v.HasInterval() {
		return ""
	}
	return unit.Format(*v.Lower95) + " to " + unit.Format(*v.Upper95)
}

// afterOf drops the leading "of" where the count stands before the people.
func afterOf(of string) string { return strings.TrimPrefix(of, "of ") }

func thousands(count float64) string { return Unit{}.Format(count) }

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
