package scorecard

import (
	"fmt"
	"math"

	"levelfield/engine/stats"
	"levelfield/indicators"
)

// forecastSentences say where the figures lead by the period of a target that is not due, and how likely that meets it. It is
// what would come if nothing changed, and said as such.
func forecastSentences(definition indicators.Definition, forecast *stats.Forecast) []string {
	switch {
	case forecast == nil:
		return nil
	case !forecast.HasValue() || forecast.Probability == nil || forecast.RequiredChange == nil:
		return []string{"No forecast is made: " + lowerFirst(forecast.Reason) + "."}
	}
	unit := unitOf(definition)
	line := fmt.Sprintf("A straight line through the %s comparable figures would lead to %s by then", inWords(forecast.Points), unit.Format(*forecast.Value))
	if forecast.At95().Complete() {
		line += fmt.Sprintf(" (95%% limits of a new figure %s to %s)", unit.Format(*forecast.Lower95), unit.Format(*forecast.Upper95))
	}
	sentences := []string{line + ".", fmt.Sprintf("If nothing changes its course, the probability that the target is met is %s.", chanceWords(*forecast.Probability))}
	if *forecast.RequiredChange == 0 {
		return append(sentences, "The latest figure is there already.")
	}
	change := changeUnit(definition)
	if math.Abs(*forecast.RequiredChange) < math.Pow10(-change.Decimals) {
		change.Decimals++
	}
	return append(sentences, fmt.Sprintf("The target asks for a change of %s a year from the latest figure on.", change.FormatSigned(*forecast.RequiredChange)))
}

// chanceWords is a probability in per cent, never as a certainty.
func chanceWords(p float64) string {
	switch {
	case p < 0.01:
		return "under 1%"
	case p > 0.99:
		return "over 99%"
	}
	return fmt.Sprintf("about %.0f%%", 100*p)
}
