package render

import (
	"levelfield/scorecard"
)

// areasView is what the page that compares areas reads.
type areasView struct {
	Doc   document
	Model scorecard.Model
	Tabs  []navLink
	Heads []areaHead
	Parts []areasPart
	Lead  string
}

// areaHead is a column: Kind tells the script which columns a reader may leave out.
type areaHead struct{ Name, Kind string }

type areasPart struct {
	ID, CaptionID, Code, Title string
	Rows                       []areasRow
}

type areasRow struct {
	scorecard.ComparedLine
	Href  string
	Cells []areaCell
}

type areaCell struct {
	Text  string
	Focus bool
}

// newAreas makes the page that sets a board's lines side by side for every area of its comparison.
func newAreas(model scorecard.Model) areasView {
	s := newSheet(model, onSite)
	view := areasView{
		Doc:   linkedDocument("Compare areas: "+model.Title, "The lines of "+model.Title+" for "+model.Area+" beside England and its neighbours.", "index", "../").marked(model),
		Model: model, Tabs: boardTabs(model, areasPage),
		Lead: "The lines of this scorecard for " + model.Area + ", England, the region and its " + model.Compared.Set + ".",
	}
	for _, area := range model.Compared.Areas {
		kind := "other"
		if area.Role == scorecard.FocusRole || area.Role == scorecard.EnglandRole {
			kind = string(area.Role)
		}
		view.Heads = append(view.Heads, areaHead{area.Name, kind})
	}
	for _, part := range model.Compared.Parts {
		drawn := areasPart{ID: s.id("part " + part.Code), CaptionID: s.id("areas " + part.Code), Code: part.Code, Title: part.Title}
		for _, line := range part.Lines {
			row := areasRow{ComparedLine: line, Href: s.href(line.Indicator)}
			for i, text := range line.Figures {
				row.Cells = append(row.Cells, areaCell{text, i == 0})
			}
			drawn.Rows = append(drawn.Rows, row)
		}
		view.Parts = append(view.Parts, drawn)
	}
	return view
}
