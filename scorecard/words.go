package scorecard

import (
	"fmt"
	"strings"
	"time"

	"levelfield/datasets"
	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/seeds"
)

// unitOf says how a definition's numbers are printed.
func unitOf(definition indicators.Definition) Unit {
	unit := Unit{Decimals: definition.Decimals, Words: definition.Unit}
	switch definition.Unit {
	case "%":
		unit.Suffix = "%"
	case "£":
		unit.Prefix = "£"
	case "percentage points", "points":
		unit.Suffix = " points"
	}
	return unit
}

// changeUnit says how a change in a definition's numbers is printed: a percentage changes by points.
func changeUnit(definition indicators.Definition) Unit {
	unit := unitOf(definition)
	if unit.Suffix == "%" {
		unit.Suffix = " points"
	}
	return unit
}

// verdictChip is an outcome of a comparison as word, shape and tone.
func verdictChip(c results.Comparison) Chip {
	chip := Chip{Outcome: c.Outcome, Tone: None, Shape: "–"}
	switch c.Outcome {
	case stats.Better:
		chip.Word, chip.Shape, chip.Tone = "Better", "✓", Better
	case stats.Best:
		chip.Word, chip.Shape, chip.Tone = "Better (99.8%)", "✓", Better
	case stats.Similar:
		chip.Word, chip.Shape, chip.Tone = "Similar", "=", Similar
	case stats.Worse:
		chip.Word, chip.Shape, chip.Tone = "Worse", "!", Worse
	case stats.Worst:
		chip.Word, chip.Shape, chip.Tone = "Worse (99.8%)", "!", Worse
	case stats.Lower:
		chip.Word, chip.Shape = "Lower", "▾"
	case stats.Higher:
		chip.Word, chip.Shape = "Higher", "▴"
	case stats.Position:
		chip.Word = "Not tested"
	case stats.CannotCompare:
		chip.Word, chip.Shape = "Cannot be compared", "?"
	default:
		chip.Word = "Not compared"
		if c.ComparatorValue == nil {
			chip.Reason = "no figure for England"
		}
	}
	return chip
}

// trendChip is the outcome of a recent trend as word, arrow and tone.
func trendChip(t results.Trend) Chip {
	chip := Chip{Outcome: t.Outcome, Tone: None, Shape: "–"}
	rising := t.Slope != nil && *t.Slope > 0
	direction, arrow := "Falling", "↓"
	if rising {
		direction, arrow = "Rising", "↑"
	}
	if t.Rule == stats.RuleRecentRatio {
		direction += " against England's"
	}
	switch t.Outcome {
	case stats.GettingBetter:
		chip.Word, chip.Shape, chip.Tone = direction+", getting better", arrow, Better
	case stats.GettingWorse:
		chip.Word, chip.Shape, chip.Tone = direction+", getting worse", arrow, Worse
	case stats.Increasing, stats.Decreasing:
		chip.Word, chip.Shape = direction, arrow
	case stats.NoSignificantChange:
		chip.Word, chip.Shape, chip.Tone = "No significant change", "→", Similar
	default:
		chip.Word, chip.Reason = "No trend", trendReason(t)
	}
	return chip
}

// trendReason is why there is no trend, in the few words that a table has room for.
func trendReason(t results.Trend) string {
	switch {
	case strings.HasPrefix(t.Reason, "fewer than five"):
		return "fewer than five comparable periods"
	case strings.HasPrefix(t.Reason, "amounts in cash"):
		return "cash terms"
	case strings.HasPrefix(t.Reason, "every numerator is zero"):
		return "nobody in any of these years"
	}
	return t.Reason
}

var populations = map[string]string{
	"residents":               "Residents",
	"jobs":                    "Jobs",
	"jobs-in-area":            "Jobs in the area",
	"pupils-of-area-schools":  "Pupils of local schools",
	"businesses":              "Businesses",
	"premises":                "Premises",
	"care-leavers":            "Care leavers",
	"adults-in-social-care":   "Adults receiving social care",
	"children":                "Children who live here",
	"households":              "Households",
	"children-in-social-care": "Children in social care",
	"dwellings":               "Dwellings",
	"adults":                  "Adults who live here",
	"workers":                 "People who work here",
	"learners":                "Learners",
	"neighbourhoods":          "Neighbourhoods",
	"places":                  "The whole area",
}

var polarities = map[string]string{
	"low":     "lower is better",
	"high":    "higher is better",
	"neutral": "no judgement",
}

var seriesWords = map[string]string{
	"superseded":   "superseded series",
	"discontinued": "discontinued series",
	"suspended":    "updates suspended by the publisher",
	"proposed":     "proposed, not agreed",
}

func labelWords(label string) string {
	switch label {
	case "accredited":
		return "accredited official statistics"
	case "official":
		return "official statistics"
	case "in-development":
		return "official statistics in development"
	case "management-information":
		return "management information"
	case "derived":
		return "our derivation from published figures"
	}
	return "local figures"
}

// basis is population, polarity, label and the state of the series in one line.
func basis(definition indicators.Definition) string {
	population, known := populations[definition.Population]
	if !known {
		population = definition.Population
	}
	parts := []string{population, polarities[definition.Polarity], labelWords(definition.Label)}
	if words := seriesWords[definition.Series]; words != "" {
		parts = append(parts, words)
	}
	return strings.Join(parts, " · ")
}

// statusWord is the recorded status of a milestone as word and shape. "Listed" is what the strategy says of a
// deliverable when it names it for the year and says no more.
func statusWord(status string) (word, shape string) {
	switch status {
	case seeds.Done:
		return "Done", "●"
	case seeds.UnderWay:
		return "Under way", "◐"
	case seeds.Listed:
		return "Listed for the year", "○"
	}
	return "Not recorded", "–"
}

// releasedOn says when a dataset was released, or that nothing is filled in of one that waits to be.
func (b *builder) releasedOn(d datasets.Dataset) string {
	if b.unfilled(d) {
		return "nothing is filled in yet"
	}
	return "released " + releasedWords(d)
}

// unfilled tells a template without rows: the run holds no snapshot of it.
func (b *builder) unfilled(d datasets.Dataset) bool { return d.Template && b.in.Snapshots[d.ID] == "" }

// releasedWords is a dataset's release date as exactly as it is known.
func releasedWords(d datasets.Dataset) string {
	if d.ReleasedPrecision == "month" && len(d.Released) >= len("2006-01") {
		return monthWords(d.Released[:len("2006-01")])
	}
	return BritishDate(d.Released)
}

// monthWords prints 2022-07 as July 2022 and a full date as a British date.
func monthWords(date string) string {
	if month, err := time.Parse("2006-01", date); err == nil {
		return month.Format("January 2006")
	}
	return BritishDate(date)
}

// marker is the GSS shorthand of a status, such as "[p]" or "[x]".
func marker(status string) string {
	letters := strings.Fields(status)
	for i := range letters {
		letters[i] = "[" + letters[i] + "]"
	}
	return strings.Join(letters, " ")
}

// figure prints a value with its interval, or with the reason for there being none.
func figure(v results.Value, unit Unit) Figure {
	if !v.HasValue() {
		text := marker(v.Status)
		if text == "" {
			text = "[x]"
		}
		reason := v.Reason
		if reason == "" {
			reason = "no figure is held"
		}
		return Figure{Text: text, Reason: reason}
	}
	f := Figure{Text: unit.Format(*v.Value), Marker: marker(v.Status)}
	if v.Unit == "%" && v.Denominator != nil && *v.Denominator < tinyCohort {
		f.Text += " of " + thousands(*v.Denominator)
	}
	if v.HasInterval() {
		f.Interval = unit.Plain(*v.Lower95) + " to " + unit.Plain(*v.Upper95)
		return f
	}
	return f
}

// tinyCohort is the number of people below which a share is never shown without it: one person then moves it by more than two
// points, and a reader takes 18.6% for more than it is.
const tinyCohort = 50

// noInterval is the reason why a definition's values have no interval.
func noInterval(definition indicators.Definition) string {
	published := definition.Measure.Published
	switch {
	case definition.Measure.Pair() != nil:
		return "no interval: an end has none"
	case definition.Measure.Ratio != nil:
		return "no interval: a ratio of two figures"
	case definition.Measure.Quantile != nil:
		return "no interval: too few values"
	case definition.Measure.Composite != nil:
		return "no interval: an index of several figures"
	case published == nil || published.Interval == "":
		return "no interval is published"
	case published.Interval == "complete-count" && counted(definition):
		return "no interval: counts not held"
	case published.Interval == "complete-count":
		return "no interval is held"
	case published.Interval == "modelled":
		return "no interval: a modelled figure"
	}
	return "no interval: the survey's is not held"
}

// counted says whether the measure is a share or a rate of people, for which an interval follows from counts; a score
// or an amount of money has none to follow from.
func counted(definition indicators.Definition) bool {
	return definition.Unit == "%" || strings.HasPrefix(definition.Unit, "per ")
}

// since is a period as it follows the word "since": the year in which it ends, or its own label.
func since(p period.Period) string {
	switch p.Kind {
	case period.Months, period.Rolling:
		return fmt.Sprint(p.EndDate().Year())
	}
	return p.Words()
}

// dated is a period in words behind its preposition: "in 2023", "on 1 January 2026".
func dated(words string) string {
	day, rest, _ := strings.Cut(words, " ")
	if len(day) <= len("31") && rest != "" && day[0] >= '0' && day[0] <= '9' && isCapital(rest[0]) {
		return "on " + words
	}
	return "in " + words
}

// span is from one period to another; periods of several years are set apart by their dashes: "2011–13 to 2022–24".
func span(from, to period.Period) string {
	words := func(p period.Period) string {
		first, last, several := strings.Cut(p.Label, " to ")
		if p.Kind == period.Pooled && several && len(last) == len("2024") {
			return first + "–" + last[2:]
		}
		return since(p)
	}
	if words(from) == words(to) {
		return words(to)
	}
	return words(from) + " to " + words(to)
}

// age is how long ago a period ended, or the years over which its members were followed.
func age(p period.Period, followUp int, asOf string) string {
	months := max(0, p.AgeInMonths(asOf)-12*followUp)
	switch {
	case months == 0:
		return "current"
	case months == 1:
		return "1 month old"
	}
	return fmt.Sprintf("%d months old", months)
}

// count words for sentences: "two years are too few".
var small = []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

func inWords(n int) string {
	if n >= 0 && n < len(small) {
		return small[n]
	}
	return fmt.Sprint(n)
}

// capital is text with its first letter in upper case.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// lowerFirst starts a text in the middle of a sentence. Abbreviations keep their capitals, and so do names: those whose next
// word has one or is a number ("Universal Credit", "Employment and Support Allowance", "T Level passes", "Level 3").
func lowerFirst(text string) string {
	first, rest, _ := strings.Cut(text, " ")
	if text == "" || len(first) > 1 && isCapital(first[1]) || nations[strings.TrimSuffix(first, "'s")] {
		return text
	}
	rest = strings.TrimPrefix(rest, "and ")
	name := rest != "" && (rest[0] >= '0' && rest[0] <= '9' || isCapital(rest[0]) && (len(rest) == 1 || !isCapital(rest[1])))
	if name && !openings[first] && !strings.HasSuffix(first, ",") {
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}

func isCapital(letter byte) bool { return letter >= 'A' && letter <= 'Z' }

// openings are words that begin a sentence and no name.
var openings = words("A An The This These That In On Of At By For From To Between Before After Since Until About Over Under No Not Only All Some Most Both")

// nations are names that reasons begin with.
var nations = map[string]bool{"England": true, "Scotland": true, "Wales": true}

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[word] = true
	}
	return set
}
