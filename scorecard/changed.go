package scorecard

import (
	"fmt"
	"slices"
	"strings"
)

// Changed is what a board, or all of them, shows now and did not show at the release before.
type Changed struct {
	// Before is the date to which the figures of the release before were released; "" for a first publication.
	Before string `json:"before,omitempty"`
	// Say is what changed, in a sentence or two.
	Say string `json:"say"`
	// New are figures of periods that were not held, Revised those that read otherwise, Verdicts those that turned.
	New      []ChangedFigure  `json:"new,omitempty"`
	Revised  []ChangedFigure  `json:"revised,omitempty"`
	Verdicts []ChangedVerdict `json:"verdicts,omitempty"`
	// Added and Gone are indicators that came to the boards and that left them.
	Added []Highlight `json:"added,omitempty"`
	Gone  []Highlight `json:"gone,omitempty"`
}

// ChangedFigure is one figure of one area. Then is the figure as it was printed: of the same period where it is revised, of
// the newest period held before where it is new. It is "" where the publisher no longer shows it, and where the edition
// hides figures of the same data: what is hidden or rounded today is not printed from yesterday.
type ChangedFigure struct {
	Indicator string `json:"indicator"`
	Short     string `json:"short"`
	Area      string `json:"area"`
	Period    string `json:"period"`
	Then      string `json:"then,omitempty"`
	Now       string `json:"now"`
	Why       string `json:"why,omitempty"`
}

// ChangedVerdict is a verdict against England or a recent trend that turned.
type ChangedVerdict struct {
	Indicator string `json:"indicator"`
	Short     string `json:"short"`
	What      string `json:"what"`
	Then      Chip   `json:"then"`
	Now       Chip   `json:"now"`
}

// firstPublication is what is said where there is nothing to compare with.
const firstPublication = "This is the first publication: no earlier release is held, so nothing can be set beside it. From the next release on, new figures, revised figures and changed verdicts stand here."

// Why a figure reads otherwise than before.
const (
	byPublisher = "the data behind it changed"
	byMethod    = "the same data, worked out anew"
)

// changedSince holds a board against itself at the release before; nil stands for a first publication.
func changedSince(before *Model, now Model) Changed {
	if before == nil {
		return Changed{Say: firstPublication}
	}
	changed := Changed{Before: before.AsOf}
	then := map[string]Page{}
	for _, page := range before.Pages {
		then[page.Card.Indicator] = page
	}
	for _, page := range now.Pages {
		old, known := then[page.Card.Indicator]
		if !known {
			changed.Added = append(changed.Added, Highlight{page.Card.Indicator, page.Card.Short, printed(page.Card)})
			continue
		}
		delete(then, page.Card.Indicator)
		why := byMethod
		if page.Dataset == "" || snapshotOf(*before, page.Dataset) != snapshotOf(now, page.Dataset) {
			why = byPublisher
		}
		for _, area := range []string{now.Area, "England"} {
			changed.figures(old, page, area, why, guarded(now, page.Dataset))
		}
		changed.verdict(page.Card, "Against England", old.Card.Verdict, page.Card.Verdict)
		changed.verdict(page.Card, "Recent trend", old.Card.Trend, page.Card.Trend)
	}
	for _, page := range before.Pages {
		if _, left := then[page.Card.Indicator]; left {
			changed.Gone = append(changed.Gone, Highlight{page.Card.Indicator, page.Card.Short, ""})
		}
	}
	changed.Say = changed.say()
	return changed
}

// printed is the newest figure of a card as a phrase.
func printed(card Card) string {
	if card.Period == "" {
		return "no figure is held"
	}
	return card.Value.Text + " " + dated(card.Period)
}

func snapshotOf(model Model, dataset string) string {
	at := slices.IndexFunc(model.Sources, func(s Source) bool { return s.ID == dataset })
	if at < 0 {
		return ""
	}
	return model.Sources[at].Snapshot
}

// guarded says whether a dataset, or for a measure made of others any of the board's, has figures that the edition hides.
func guarded(model Model, dataset string) bool {
	return slices.ContainsFunc(model.Sources, func(s Source) bool { return s.Protected && (dataset == "" || s.ID == dataset) })
}

// figures compares the printed history of one area; of guarded data nothing is printed from before.
func (c *Changed) figures(before, now Page, area, why string, guarded bool) {
	then := printedHistory(before.History, area)
	newest := ""
	if len(then) > 0 {
		newest = then[0].text
	}
	for _, shown := range printedHistory(now.History, area) {
		figure := ChangedFigure{Indicator: now.Card.Indicator, Short: now.Card.Short, Area: area, Period: shown.period, Now: shown.text}
		at := slices.IndexFunc(then, func(p printedFigure) bool { return p.period == shown.period })
		switch {
		case at < 0 && !isMarker(shown.text):
			if !guarded {
				figure.Then = newest
			}
			c.New = append(c.New, figure)
		case at >= 0 && then[at].text != shown.text && (!isMarker(shown.text) || !isMarker(then[at].text)):
			figure.Then, figure.Why = then[at].text, why
			if isMarker(shown.text) || guarded {
				figure.Then = ""
			}
			c.Revised = append(c.Revised, figure)
		}
	}
}

func (c *Changed) verdict(card Card, what string, then, now Chip) {
	if then.Outcome != now.Outcome && (then.Word != "" || now.Word != "") {
		c.Verdicts = append(c.Verdicts, ChangedVerdict{card.Indicator, card.Short, what, then, now})
	}
}

// printedFigure is one cell of a printed history.
type printedFigure struct{ period, text string }

// printedHistory is one area's column of a history, newest first, or nothing where the table has no such column.
func printedHistory(table DataTable, area string) []printedFigure {
	at := slices.Index(table.Heads, area)
	if at < 1 {
		return nil
	}
	var figures []printedFigure
	for _, row := range table.Rows {
		if at < len(row) && row[at] != "" {
			figures = append(figures, printedFigure{row[0], row[at]})
		}
	}
	return figures
}

// isMarker says whether a cell holds shorthand such as "[c]" in place of a number.
func isMarker(text string) bool { return strings.HasPrefix(text, "[") }

// say counts what changed.
func (c Changed) say() string {
	var counts []string
	count := func(n int, one, several string) {
		if n > 0 {
			counts = append(counts, fmt.Sprintf("%s %s", inWords(n), plural(n, one, several)))
		}
	}
	count(len(c.New), "new figure", "new figures")
	count(len(c.Revised), "revised figure", "revised figures")
	count(len(c.Verdicts), "changed verdict or trend", "changed verdicts or trends")
	count(len(c.Added), "new line", "new lines")
	count(len(c.Gone), "line that left", "lines that left")
	opening := "Since the release before, with figures to " + BritishDate(c.Before)
	if len(counts) == 0 {
		return opening + ", nothing here has changed."
	}
	return opening + ": " + names(counts) + "."
}

// mergeChanged is what changed on any of the boards, each line once.
func mergeChanged(models []Model) Changed {
	merged := Changed{Say: firstPublication}
	seen := map[string]bool{}
	compared := false
	for _, model := range models {
		if model.Changed == nil || model.Changed.Before == "" {
			continue
		}
		compared = true
		merged.Before = max(merged.Before, model.Changed.Before)
		once := func(key string) bool {
			known := seen[key]
			seen[key] = true
			return !known
		}
		for _, f := range model.Changed.New {
			if once("new " + f.Indicator + f.Area + f.Period) {
				merged.New = append(merged.New, f)
			}
		}
		for _, f := range model.Changed.Revised {
			if once("revised " + f.Indicator + f.Area + f.Period) {
				merged.Revised = append(merged.Revised, f)
			}
		}
		for _, v := range model.Changed.Verdicts {
			if once("verdict " + v.Indicator + v.What) {
				merged.Verdicts = append(merged.Verdicts, v)
			}
		}
		for _, h := range model.Changed.Added {
			if once("added " + h.Indicator) {
				merged.Added = append(merged.Added, h)
			}
		}
		for _, h := range model.Changed.Gone {
			if once("gone " + h.Indicator) {
				merged.Gone = append(merged.Gone, h)
			}
		}
	}
	if compared {
		merged.Say = merged.say()
	}
	return merged
}
