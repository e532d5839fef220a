package scorecard

import "levelfield/engine/stats"

// Count is how the current lines of one part of a board stand, or those of the whole board. A line of several parts counts in
// each of them, and once in the whole.
type Count struct {
	// Code, Label and Title are those of the part; the whole board's are empty.
	Code  string `json:"code,omitempty"`
	Label string `json:"label,omitempty"`
	Title string `json:"title,omitempty"`
	// Lines are the current lines; each is one of the next four.
	Lines   int `json:"lines"`
	Better  int `json:"better"`
	Similar int `json:"similar"`
	Worse   int `json:"worse"`
	// Untested are those that are none of the three: most were not tested, and the measure of the others carries no judgement.
	Untested int `json:"untested"`
	// GettingBetter and GettingWorse are the lines whose recent trend says so.
	GettingBetter int `json:"getting_better"`
	GettingWorse  int `json:"getting_worse"`
	// WithoutFigure are the lines that hold no figure for the area, those that nobody publishes among them. They are not
	// among the current lines.
	WithoutFigure int `json:"without_figure"`
}

// counts are those of each part of the board, and of the whole behind them.
func (b *builder) counts(goals []Goal) []Count {
	var counts []Count
	for _, goal := range goals {
		var ids []string
		missing := 0
		for _, table := range goal.Tables {
			for _, card := range table.Cards {
				ids = append(ids, card.Indicator)
			}
			missing += len(table.Missing)
		}
		count := b.count(b.withPartners(ids), missing)
		count.Code, count.Label, count.Title = goal.Code, goal.Label, goal.Title
		counts = append(counts, count)
	}
	return append(counts, b.count(b.order(), len(b.in.Board.Missing)))
}

// count counts lines, and what is missing beside them.
func (b *builder) count(ids []string, missing int) Count {
	var held []string
	without := missing
	for _, id := range ids {
		if closed(b.in.Definitions[id]) {
			continue
		}
		if latest, found := b.latest(id, "", ""); !found || !latest.HasValue() {
			without++
			continue
		}
		held = append(held, id)
	}
	t := count(b.verdictsOf(held))
	return Count{
		Lines: len(held), Better: t.better, Similar: t.similar, Worse: t.worse, Untested: len(held) - t.better - t.similar - t.worse,
		GettingBetter: len(b.trending(held, stats.GettingBetter)), GettingWorse: len(b.trending(held, stats.GettingWorse)), WithoutFigure: without,
	}
}
