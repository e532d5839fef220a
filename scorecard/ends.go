package scorecard

import (
	"fmt"

	"levelfield/engine/results"
	"levelfield/indicators"
)

// withEnds puts both ends of a gap beside it: a gap is never shown alone.
func (b *builder) withEnds(definition indicators.Definition, latest results.Value, card *Card) {
	if gap(definition) == nil || !latest.HasValue() {
		return
	}
	if ends := b.ends(definition, latest); ends != "" {
		card.Value.Reason = ends
	}
	if ends := b.ends(definition, b.elsewhere(latest, b.england())); ends != "" {
		card.England.Reason = ends
	}
}

// gap is the difference that a definition is, or that its publisher printed as one number; nil for anything else.
func gap(definition indicators.Definition) *indicators.Difference {
	if definition.Ends != nil {
		return definition.Ends
	}
	return definition.Measure.Difference
}

// ends is a difference written out, "78.1 − 5.3", or "" where an end is not held.
func (b *builder) ends(definition indicators.Definition, of results.Value) string {
	d := gap(definition)
	if d == nil || !of.HasValue() {
		return ""
	}
	first, second := b.sides(*d, of)
	if !first.HasValue() || !second.HasValue() {
		return ""
	}
	unit := Unit{Decimals: max(definition.Decimals, b.in.Definitions[first.Indicator].Decimals)}
	return unit.Format(*first.Value) + " − " + unit.Format(*second.Value)
}

// endsSentence gives both ends of a gap, the area's and England's: a gap alone can narrow because both ends fall.
func (b *builder) endsSentence(definition indicators.Definition, latest results.Value) []string {
	own := b.endsWords(definition, latest)
	if own == "" {
		return nil
	}
	sentences := []string{"The two ends: " + own + "."}
	if england := b.endsWords(definition, b.elsewhere(latest, b.england())); england != "" {
		sentences = append(sentences, "England's two ends: "+england+".")
	}
	return sentences
}

// endsWords names both ends of a gap with their figures, or is empty where one is not held.
func (b *builder) endsWords(definition indicators.Definition, of results.Value) string {
	d := gap(definition)
	if d == nil || !of.HasValue() {
		return ""
	}
	first, second := b.sides(*d, of)
	if !first.HasValue() || !second.HasValue() {
		return ""
	}
	units := [2]Unit{b.endUnit(*d, d.Second), b.endUnit(*d, d.First)}
	names := b.sideNames(*d)
	return fmt.Sprintf("%s, %s; %s, %s", lowerFirst(names[0]), units[0].Format(*second.Value), lowerFirst(names[1]), units[1].Format(*first.Value))
}

// endUnit is how an end of a gap is printed: as the indicator whose category it is, or as the indicator that it is.
func (b *builder) endUnit(d indicators.Difference, end string) Unit {
	if d.Of != "" {
		end = d.Of
	}
	return unitOf(b.in.Definitions[end])
}
