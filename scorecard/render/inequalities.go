package render

import (
	"levelfield/scorecard"
)

// inequalityView is one grouping of the page of inequalities.
type inequalityView struct {
	ID, Title, Say, CaptionID string
	Gaps                      []gapRow
	Figures                   []figure
	Tables                    []dataTable
}

type gapRow struct {
	scorecard.Inequality
	Href string
}

type withinRow struct {
	scorecard.WithinLine
	Href string
}

// inequalities are the groupings with their tables and drawings.
func (s *sheet) inequalities(book scorecard.Handbook) ([]inequalityView, error) {
	var views []inequalityView
	for _, group := range book.Inequalities.Groups {
		view := inequalityView{ID: s.id(group.Title), Title: group.Title, Say: group.Say}
		view.CaptionID = s.id(group.Title + " table")
		for _, one := range group.Gaps {
			view.Gaps = append(view.Gaps, gapRow{one, book.Pages[one.Indicator]})
		}
		var err error
		if view.Figures, err = s.figures(group.Charts); err != nil {
			return nil, err
		}
		for i := range view.Figures {
			view.Figures[i].File = "" // the drawing stands in no board, and so in no file of its own
		}
		for _, table := range group.Tables {
			view.Tables = append(view.Tables, s.dataTable(table))
		}
		views = append(views, view)
	}
	return views, nil
}

// within are the lines with figures of small areas.
func within(book scorecard.Handbook) []withinRow {
	var rows []withinRow
	for _, line := range book.Inequalities.Within {
		rows = append(rows, withinRow{line, book.Pages[line.Indicator]})
	}
	return rows
}

// linked puts the page of each indicator beside its line.
func linked(book scorecard.Handbook, lines []scorecard.Highlight) []highlight {
	var list []highlight
	for _, line := range lines {
		list = append(list, highlight{line, book.Pages[line.Indicator]})
	}
	return list
}
