package scorecard

import (
	"fmt"

	"levelfield/engine/results"
)

// bullets are values against their targets: the figure of the target's period, or the latest one where that is not due.
func (b *builder) bullets(chart Chart, asked BoardChart) (Chart, string) {
	for _, id := range asked.Indicators {
		definition := b.in.Definitions[id]
		set, found := b.target(id)
		if !found {
			continue
		}
		shown := b.shownTarget(definition, set)
		value := b.pointAt(seriesKey{indicator: id, area: b.focus()}, set.Period.Label)
		if set.Status.Outcome == results.TargetNotDue {
			value, _ = b.latest(id, "", "")
		}
		if !value.HasValue() {
			continue
		}
		words := shown.Asked
		if set.Period.Label != value.Period.Label {
			words += " " + dated(set.Period.Words())
		}
		if set.Tolerance > 0 {
			words += ", tolerance " + exactly(changeUnit(definition), set.Tolerance)
		}
		verdict := shown.Status.Word
		if shown.Status.Reason != "" {
			verdict += ", " + shown.Status.Reason
		}
		chart.Bullets = append(chart.Bullets, Bullet{
			Label: definition.Short, Period: value.Period.Short(), Unit: unitOf(definition), Value: value.Value, Lower: value.Lower95, Upper: value.Upper95,
			Status: value.Status, England: b.elsewhere(value, b.england()).Value, Low: set.Lower, High: set.Upper,
			Words: words, Verdict: verdict, Tone: shown.Status.Tone,
		})
	}
	if len(chart.Bullets) == 0 {
		return chart, "no target is set for " + b.area(b.focus()) + ", or no figure is held"
	}
	chart.Kind, chart.Series, chart.Source = BulletChart, b.named()[:1], manySources
	chart.Subtitle = fmt.Sprintf("Each figure of %s against its target, on a scale of its own", b.area(b.focus()))
	return chart, ""
}
