package scorecard

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// funnelCuts is at how many sizes the limits of a funnel are worked out, from the smallest area to the largest.
const funnelCuts = 48

// mostNamed is how many areas outside the farther limits of a funnel are named beside the focus area: more would cover it.
const mostNamed = 6

// limitsAt are the control limits of a kind of measure about a reference, at a size, in the unit of the indicator.
type limitsAt func(size float64) stats.Estimate

// funnelLimits are the limits of an indicator about England's value; nil where the kind of measure has none.
func funnelLimits(base indicators.Definition, unit string, england float64) limitsAt {
	switch m := base.Measure; {
	case m.Proportion != nil:
		multiplier := 1.0
		if unit == "%" {
			multiplier = 100
		}
		return func(size float64) stats.Estimate { return stats.FunnelProportion(england/multiplier, size, multiplier) }
	case m.Rate != nil:
		return func(size float64) stats.Estimate { return stats.FunnelRate(england/m.Rate.Per, size, m.Rate.Per) }
	case m.ISR != nil: // the denominator is the events expected at England's rates
		return func(size float64) stats.Estimate { return stats.FunnelRatio(size, england) }
	}
	return nil
}

// countedBy is the definition whose counts a measure rests on: of pooled years that of one year.
func (b *builder) countedBy(definition indicators.Definition) indicators.Definition {
	if pooled := definition.Measure.Pooled; pooled != nil {
		return b.in.Definitions[pooled.Of]
	}
	return definition
}

// funnel is every ranked authority by the number its figure is of, between the limits within which chance would keep an
// area of that size about England's figure.
func (b *builder) funnel(chart Chart, definition indicators.Definition) (Chart, string) {
	base := b.countedBy(definition)
	latest, found := b.latest(definition.ID, "", "")
	if !found || !latest.HasValue() {
		return chart, "no figure is held for " + b.area(b.focus())
	}
	england := b.elsewhere(latest, b.england()).Value
	if verdict := b.verdicts[comparisonKey{latest.Key(), b.england()}]; verdict.ComparatorValue != nil {
		england = verdict.ComparatorValue
	}
	if england == nil {
		return chart, "no figure is held for " + b.area(b.england()) + " " + dated(latest.Period.Words())
	}
	limits := funnelLimits(base, definition.Unit, *england)
	if limits == nil {
		return chart, "no counts are held"
	}
	placed := b.placeDots(definition, latest, limits)
	if reason := placed.reason(b, latest); reason != "" {
		return chart, reason
	}
	chart.Kind, chart.Unit, chart.Source, chart.Dots = FunnelChart, unitOf(definition), b.source(definition), placed.dots
	chart.HigherIsBetter = higherIsBetter(definition)
	chart.Reference = &Mark{Label: b.area(b.england()), Value: england}
	chart.Funnel = cutsOf(placed.dots, limits)
	chart.PartNames[0] = sizeWords(base)
	chart.Subtitle = fmt.Sprintf("%s, %s, %s. Upper-tier and unitary authorities by size, about %s's figure",
		definition.Short, unitWords(definition), latest.Period.Words(), b.area(b.england()))
	chart.Note = joinSentences(placed.words(b), chart.Note)
	return chart, ""
}

// sizeWords name the axis of sizes.
func sizeWords(base indicators.Definition) string {
	switch {
	case base.Measure.Rate != nil:
		return "Population"
	case base.Measure.ISR != nil:
		return "Events expected at England's rates"
	}
	return "Number that the share is of"
}

// dots are the authorities of a funnel, with those that it leaves out.
type dots struct {
	dots []Dot
	// outside95 and outside998 are how many lie beyond each pair of limits.
	outside95, outside998 int
	// hidden are suppressed, absent have no figure or no count, tooSmall are under the size at which the limits hold.
	hidden, absent, tooSmall int
	focus                    *Dot
	focusReason              string
}

func (b *builder) placeDots(definition indicators.Definition, latest results.Value, limits limitsAt) dots {
	var placed dots
	for _, code := range b.in.Authorities {
		v := b.elsewhere(latest, code)
		reason := ""
		switch at := (stats.Estimate{}); {
		case isSuppressed(v):
			placed.hidden++
			continue
		case !v.HasValue() || v.Denominator == nil || !(*v.Denominator > 0):
			reason = "no count is held with the figure of " + latest.Period.Words()
			placed.absent++
		default:
			at = limits(*v.Denominator)
			if !at.HasInterval() || len(at.Warnings) > 0 {
				reason = "the area is too small for limits"
				placed.tooSmall++
				break
			}
			placed.add(b, code, v, at, stats.Polarity(definition.Polarity))
		}
		if code == b.focus() {
			placed.focusReason = reason
		}
	}
	slices.SortStableFunc(placed.dots, func(a, c Dot) int { return cmp.Compare(a.Size, c.Size) })
	for i := range placed.dots {
		if placed.dots[i].Role == FocusRole {
			placed.focus = &placed.dots[i]
		}
		placed.dots[i].Named = placed.outside998 <= mostNamed && (placed.dots[i].Tone == Better || placed.dots[i].Tone == Worse)
	}
	return placed
}

// add places one authority by the judgement on its value against the limits at its size.
func (d *dots) add(b *builder, code string, v results.Value, limits stats.Estimate, polarity stats.Polarity) {
	dot := Dot{Label: b.area(code), Role: NeighbourRole, Size: *v.Denominator, Value: v.Value, Tone: None}
	if code == b.focus() {
		dot.Role = FocusRole
	}
	switch stats.CompareFunnel(*v.Value, limits, polarity).Outcome {
	case stats.Best:
		dot.Tone = Better
	case stats.Worst:
		dot.Tone = Worse
	case stats.Better, stats.Worse:
		dot.Tone = Similar
	}
	if dot.Tone != None {
		d.outside95++
	}
	if dot.Tone == Better || dot.Tone == Worse {
		d.outside998++
	}
	d.dots = append(d.dots, dot)
}

// reason is why the funnel is not drawn, or "". Where most areas stand outside, they differ by more than chance everywhere,
// and limits of chance alone would call nearly all of them exceptional.
func (d dots) reason(b *builder, latest results.Value) string {
	switch {
	case d.focus == nil && d.focusReason != "":
		return d.focusReason
	case d.focus == nil:
		return b.area(b.focus()) + " is not among the authorities"
	case len(d.dots) < fewestRanged:
		return fmt.Sprintf("%s of the authorities hold a figure with its counts in %s, and a funnel needs %d", inWords(len(d.dots)), latest.Period.Words(), fewestRanged)
	case 2*d.outside95 > len(d.dots):
		return fmt.Sprintf("%d of %d authorities lie outside the 95%% limits, so areas differ by more than chance everywhere and a funnel would say nothing of one", d.outside95, len(d.dots))
	}
	return ""
}

// words say where the focus area lies, how many lie outside, and what is left out.
func (d dots) words(b *builder) string {
	where := map[Tone]string{
		None:    "lies inside the 95% limits: no further from England's figure than chance may put an area of its size",
		Similar: "lies between the 95% and the 99.8% limits: among so many areas a few lie there by chance",
		Better:  "lies outside the 99.8% limits, on the better side", Worse: "lies outside the 99.8% limits, on the worse side",
	}[d.focus.Tone]
	said := fmt.Sprintf("%s %s. Of %d authorities %d lie outside the 95%% limits, %d of them outside the 99.8%% limits; by chance alone about %.0f and %.0f would.",
		d.focus.Label, where, len(d.dots), d.outside95, d.outside998, 0.05*float64(len(d.dots)), 0.002*float64(len(d.dots)))
	if float64(d.outside95) > 3*0.05*float64(len(d.dots)) {
		said += " So many outside say that authorities differ by more than chance, which makes lying there weaker evidence on any one of them."
	}
	for _, left := range []struct {
		count int
		why   string
	}{{d.hidden, "suppressed [c]"}, {d.absent, "without a figure or its counts"}, {d.tooSmall, "too small for these limits"}} {
		if left.count > 0 {
			said += fmt.Sprintf(" Left out, %s: %d.", left.why, left.count)
		}
	}
	return said
}

// cutsOf are the limits from the smallest size to the largest, at sizes of one ratio.
func cutsOf(list []Dot, limits limitsAt) []FunnelCut {
	least, most := list[0].Size, list[len(list)-1].Size
	var cuts []FunnelCut
	for i := range funnelCuts {
		size := least * math.Pow(most/least, float64(i)/(funnelCuts-1))
		if i == funnelCuts-1 {
			size = most
		}
		at := limits(size)
		cuts = append(cuts, FunnelCut{Size: size, Lower95: at.Lower95, Upper95: at.Upper95, Lower998: at.Lower998, Upper998: at.Upper998})
	}
	return cuts
}

// joinSentences joins two texts, either of which may be empty.
func joinSentences(first, second string) string {
	if first == "" || second == "" {
		return first + second
	}
	return first + " " + second
}
