package scorecard

import (
	"cmp"
	"fmt"
	"slices"

	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/seeds"
)

// Commentary is what somebody wrote about one figure. It is their word: nothing in it was tested.
type Commentary struct {
	Indicator string `json:"indicator"`
	Short     string `json:"short"`
	// Period is that of the figure, in words; Author and Date are who wrote it and when.
	Period string `json:"period"`
	Author string `json:"author"`
	Date   string `json:"date"`
	// Text is Markdown; HTML in it is printed as text.
	Text string `json:"text"`
	// Older says why the words are older than the figure they stand beside, or is empty.
	Older string `json:"older,omitempty"`
}

// RouteHeading heads the part of a commentary that is asked for where a figure is worse than its target.
const RouteHeading = "Route to green"

// about is a comment with the period of the figure that it is about.
type about struct {
	seeds.Comment
	period period.Period
}

// comments are what was written about an indicator, on the newest figure first. What was written on a period without a figure
// is left out.
func (b *builder) comments(indicator string) []about {
	var found []about
	for _, comment := range b.in.Commentary {
		if comment.Indicator != indicator {
			continue
		}
		if on, held := b.commented(comment); held {
			found = append(found, about{comment, on})
		}
	}
	slices.SortStableFunc(found, func(x, y about) int { return cmp.Compare(y.period.End, x.period.End) })
	return found
}

// commented is the period of the figure that a comment is about.
func (b *builder) commented(comment seeds.Comment) (period.Period, bool) {
	for _, v := range b.series(seriesKey{indicator: comment.Indicator, area: b.focus()}) {
		if seeds.PeriodFolder(v.Period.Label) == comment.Folder {
			return v.Period, true
		}
	}
	return period.Period{}, false
}

// commentary is an indicator's commentary as a page shows it.
func (b *builder) commentary(definition indicators.Definition) []Commentary {
	var shown []Commentary
	for i, comment := range b.comments(definition.ID) {
		one := Commentary{
			Indicator: definition.ID, Short: definition.Short, Period: comment.period.Words(), Author: comment.Author, Date: BritishDate(comment.Date), Text: comment.Text,
		}
		if i == 0 {
			one.Older = b.older(definition, comment)
		}
		shown = append(shown, one)
	}
	return shown
}

// older says why a comment is older than the latest figure, or nothing.
func (b *builder) older(definition indicators.Definition, comment about) string {
	latest, found := b.latest(definition.ID, "", "")
	if !found {
		return ""
	}
	if comment.period.End < latest.Period.End {
		return fmt.Sprintf("This was written about %s; the latest figure is of %s.", comment.period.Words(), latest.Period.Words())
	}
	released, precision := b.released(definition)
	if comment.Date[:min(precision, len(comment.Date))] < released[:min(precision, len(released))] {
		return fmt.Sprintf("This was written on %s, before the figure was released (%s).", BritishDate(comment.Date), monthWords(released[:min(precision, len(released))]))
	}
	return ""
}

// released is the newest release that an indicator rests on, and how much of its date is known: a day or a month.
func (b *builder) released(definition indicators.Definition) (day string, precision int) {
	precision = len("2006-01-02")
	ids := []string{definition.ID}
	for i := 0; i < len(ids); i++ {
		of := b.in.Definitions[ids[i]]
		if d, known := b.in.Datasets[of.Dataset]; known && d.Released > day {
			day = d.Released
			if precision = len("2006-01-02"); d.ReleasedPrecision == "month" {
				precision = len("2006-01")
			}
		}
		for _, operand := range of.Operands() {
			if !slices.Contains(ids, operand) {
				ids = append(ids, operand)
			}
		}
	}
	return day, precision
}

// routeAsked says whether a route to green is asked for and not written: the figure is worse than its target, as shown.
func (b *builder) routeAsked(definition indicators.Definition) (set results.Target, asked bool) {
	set, found := b.target(definition.ID)
	if !found || b.shownTarget(definition, set).Status.Outcome != stats.TargetNotMet {
		return set, false
	}
	for _, comment := range b.comments(definition.ID) {
		if comment.period.Label == set.Period.Label && comment.Route {
			return set, false
		}
	}
	return set, true
}

// routeWords say that a route to green is asked for, or nothing.
func (b *builder) routeWords(definition indicators.Definition) string {
	if set, asked := b.routeAsked(definition); asked {
		return fmt.Sprintf("The target for %s is not met. A route to green is asked for, and none is written yet.", set.Period.Words())
	}
	return ""
}
