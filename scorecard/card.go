package scorecard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/seeds"
)

// card is one indicator as a row of a table.
func (b *builder) card(definition indicators.Definition) Card {
	card := Card{Indicator: definition.ID, Short: definition.Short, Title: definition.Title, Basis: basis(definition)}
	unit := unitOf(definition)
	latest, found := b.latest(definition.ID, "", "")
	if !found {
		card.Value = Figure{Text: "[x]", Reason: cmp.Or(b.without[definition.ID], "no figure is held")}
		card.England, card.Region, card.Neighbours = Figure{Text: "[x]"}, Figure{Text: "[x]"}, Figure{Text: "[x]"}
		card.Verdict = Chip{Outcome: stats.NotCompared, Word: "Not compared", Shape: "–", Tone: None, Reason: card.Value.Reason}
		card.Trend = Chip{Outcome: stats.CannotCalculate, Word: "No trend", Shape: "–", Tone: None, Reason: "no figures"}
		return card
	}
	card.Period, card.Age = latest.Period.Short(), age(latest.Period, definition.FollowUp, b.in.AsOf)
	card.Value = figure(latest, unit)
	if latest.HasValue() && !latest.HasInterval() {
		card.Value.Reason = noInterval(definition)
	}
	card.England = figure(b.elsewhere(latest, b.england()), unit)
	if card.England.Text == "[x]" {
		card.England.Reason = "not held"
	}
	card.Region = figure(b.elsewhere(latest, b.region()), unit)
	if region := b.elsewhere(latest, b.region()); region.HasValue() {
		short := unit
		short.Suffix = strings.TrimSuffix(short.Suffix, " points")
		card.RegionNote = "Region " + short.Format(*region.Value)
	}
	card.Neighbours = b.neighbours(definition, latest, unit)
	verdict, judged := b.verdicts[comparisonKey{latest.Key(), b.england()}]
	if judged {
		card.Verdict = verdictChip(verdict)
		card.Position = b.place(definition, verdict)
		if verdict.ComparatorLow != nil && verdict.ComparatorHigh != nil {
			card.England.Interval = ""
			card.England.Reason = fmt.Sprintf("known only between %s and %s", unit.Plain(*verdict.ComparatorLow), unit.Format(*verdict.ComparatorHigh))
		}
	}
	if trend, found := b.trends[seriesKey{indicator: definition.ID, area: b.focus()}]; found {
		card.Trend = trendChip(trend)
	}
	b.judged(&card.Verdict, definition.ID, seeds.OfEngland, latest.Period.Label)
	b.judged(&card.Trend, definition.ID, seeds.OfTrend, latest.Period.Label)
	card.Target = b.targetOf(definition)
	if closed(definition) {
		card.Verdict = Chip{Outcome: card.Verdict.Outcome, Word: "Older series", Shape: "–", Tone: None, Reason: "context only"}
		card.Trend = Chip{Outcome: card.Trend.Outcome, Word: "Older series", Shape: "–", Tone: None}
	}
	b.withEnds(definition, latest, &card)
	card.Change = b.change(definition)
	card.Spark = b.spark(definition)
	card.Strip = b.strip(definition, latest, card.Verdict.Tone)
	return card
}

// closed says whether the definition's series is no longer published on this basis.
func closed(definition indicators.Definition) bool {
	return definition.Series == "superseded" || definition.Series == "discontinued"
}

// operand is one side of a difference at the area and period of its value.
func (b *builder) operand(indicator, breakdown, name string, of results.Value) results.Value {
	key := results.Key{Indicator: name, Area: of.Area, Period: of.Period.Label}
	if indicator != "" {
		key.Indicator, key.Breakdown, key.Category = indicator, breakdown, name
	}
	return b.value(key)
}

// neighbours is the median of the neighbours with the number that have a value.
func (b *builder) neighbours(definition indicators.Definition, latest results.Value, unit Unit) Figure {
	set := b.set(definition)
	if len(b.in.Neighbours[set]) == 0 {
		return Figure{}
	}
	verdict, found := b.verdicts[comparisonKey{latest.Key(), set}]
	if !found || verdict.ComparatorValue == nil {
		return Figure{Text: "[x]", Reason: fmt.Sprintf("none of %d neighbours has a figure", len(b.in.Neighbours[set]))}
	}
	return Figure{Text: unit.Format(*verdict.ComparatorValue), Reason: fmt.Sprintf("median of %d of %d", verdict.Of, len(b.in.Neighbours[set]))}
}

// change is the indicator's row of the table "since the strategy began".
func (b *builder) change(definition indicators.Definition) Since {
	change, found := b.changes[seriesKey{indicator: definition.ID, area: b.focus()}]
	row := Since{Indicator: definition.ID, Short: definition.Short}
	if !found {
		row.Reason = "no baseline"
		if definition.Baseline != "" {
			row.Reason = "no later figure than the baseline"
		}
		return row
	}
	unit := unitOf(definition)
	row.From, row.To = since(change.From), since(change.To)
	row.First, row.Last = orMarker(change.First, unit), orMarker(change.Last, unit)
	england, beside := b.changes[seriesKey{indicator: definition.ID, area: b.england()}]
	if beside && england.First != nil && england.Last != nil {
		row.England = unit.Format(*england.First) + " to " + unit.Format(*england.Last)
	}
	if definition.Money {
		return b.moneyChange(row, change)
	}
	points := changeUnit(definition)
	if !change.Change.HasValue() {
		row.Reason = "not comparable: the series breaks in between"
		if change.First == nil || change.Last == nil {
			row.Reason = change.Change.Reason
		}
		return row
	}
	row.Change = points.FormatSigned(*change.Change.Value)
	if change.Change.HasInterval() {
		plain := Unit{Decimals: points.Decimals}
		row.Interval = plain.Format(*change.Change.Lower95) + " to " + plain.Format(*change.Change.Upper95)
	} else {
		row.Reason = "not tested: no interval"
	}
	return row
}

// moneyChange replaces a change in cash by the ratio to England's, then and now, with the interval of what lies between.
func (b *builder) moneyChange(row Since, change results.Change) Since {
	key := results.Key{Indicator: change.Indicator, Area: b.focus(), Period: change.From.Label}
	then, heldThen := b.ratio(b.value(key))
	key.Period = change.To.Label
	now, heldNow := b.ratio(b.value(key))
	if heldThen && heldNow {
		row.Change = then + " to " + now + " of England's"
	}
	if change.Change.HasInterval() {
		points := Unit{}
		row.Interval = points.Format(*change.Change.Lower95*100) + " to " + points.Format(*change.Change.Upper95*100) + " points"
		return row
	}
	row.Reason = "cash terms"
	return row
}

func orMarker(value *float64, unit Unit) string {
	if value == nil {
		return "[x]"
	}
	return unit.Format(*value)
}

// since is the table of changes since the strategy began: every current line of the board that has one.
func (b *builder) since() []Since {
	var rows []Since
	for _, id := range b.order() {
		definition := b.in.Definitions[id]
		if row := b.change(definition); row.Change != "" && definition.Series != "superseded" {
			rows = append(rows, row)
		}
	}
	return rows
}

// part is one category of a breakdown.
type part struct{ breakdown, category string }

// categories are the categories of a definition's breakdowns for which the focus area has figures.
func (b *builder) categories(definition indicators.Definition) []part {
	if definition.Measure.Slope != nil {
		return nil // its two indices are no groups of people
	}
	parts := slices.Clone(b.parts(definition.ID, b.focus()))
	slices.SortFunc(parts, func(a, c part) int {
		return strings.Compare(a.breakdown+"\x00"+a.category, c.breakdown+"\x00"+c.category)
	})
	return parts
}

// twoEnds are the categories of the first breakdown that has exactly two, between which a gap lies.
func (b *builder) twoEnds(definition indicators.Definition) []part {
	parts := b.categories(definition)
	for len(parts) > 0 {
		n := 1
		for n < len(parts) && parts[n].breakdown == parts[0].breakdown {
			n++
		}
		if n == 2 {
			return parts[:n]
		}
		parts = parts[n:]
	}
	return nil
}

// categoryName is a category as tables and charts print it.
func categoryName(definition indicators.Definition, category string) string {
	if name := definition.Says.Names[category]; name != "" {
		return name
	}
	return capital(strings.ReplaceAll(category, "-", " "))
}
