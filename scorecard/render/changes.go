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

// changesView is what the page of changes lists.
type changesView struct {
	New, Revised []changedFigure
	Verdicts     []changedVerdict
	Added, Gone  []highlight
}

func newChanges(book scorecard.Handbook) changesView {
	figures := func(list []scorecard.ChangedFigure) []changedFigure {
		var rows []changedFigure
		for _, one := range list {
			rows = append(rows, changedFigure{one, book.Pages[one.Indicator]})
		}
		return rows
	}
	view := changesView{
		New: figures(book.Changed.New), Revised: figures(book.Changed.Revised),
		Added: linked(book, book.Changed.Added), Gone: linked(book, book.Changed.Gone),
	}
	for _, one := range book.Changed.Verdicts {
		view.Verdicts = append(view.Verdicts, changedVerdict{one, book.Pages[one.Indicator]})
	}
	return view
}
