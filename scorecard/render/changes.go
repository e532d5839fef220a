package render

import "levelfield/scorecard"

// changedFigure is a figure that is new or reads otherwise, with the page of its indicator.
type changedFigure struct {
	scorecard.ChangedFigure
	Href string
}

type changedVerdict struct {
	scorecard.ChangedVerdict
	Href string
}

// changesView is what changed, on the page of changes or inside a board's single file, which can link to no other page.
type changesView struct {
	New, Revised []changedFigure
	Verdicts     []changedVerdict
	Added, Gone  []highlight
	Inside       bool
}

// newChanges lists what changed, with the page of each indicator.
func newChanges(changed scorecard.Changed, page func(indicator string) string) *changesView {
	figures := func(list []scorecard.ChangedFigure) []changedFigure {
		var rows []changedFigure
		for _, one := range list {
			rows = append(rows, changedFigure{one, page(one.Indicator)})
		}
		return rows
	}
	lines := func(list []scorecard.Highlight) []highlight {
		var rows []highlight
		for _, line := range list {
			rows = append(rows, highlight{line, page(line.Indicator)})
		}
		return rows
	}
	view := changesView{New: figures(changed.New), Revised: figures(changed.Revised), Added: lines(changed.Added), Gone: lines(changed.Gone)}
	for _, one := range changed.Verdicts {
		view.Verdicts = append(view.Verdicts, changedVerdict{one, page(one.Indicator)})
	}
	return &view
}

// changes are those of the board's own lines, for its single file; nil where nothing changed, and where a page tells it.
func (s *sheet) changes(changed *scorecard.Changed) *changesView {
	if s.placing != inFile || changed == nil || len(changed.New)+len(changed.Revised)+len(changed.Verdicts)+len(changed.Added)+len(changed.Gone) == 0 {
		return nil
	}
	view := newChanges(*changed, s.href)
	view.Inside = true
	return view
}
