package render

import (
	"levelfield/scorecard"
)

// indicatorView is what an indicator's template reads, on its own page or as a part of the single file.
type indicatorView struct {
	ID   string
	Page scorecard.Page
	Area string
	// Level is the level of the title's heading, Sub of those below it.
	Level, Sub int
	Card       cardRow
	Beside     cardTable
	Figures    []figure
	History    dataTable
	Others     []dataTable
	Comments   []comment
	// GoalHref leads to the goal's part of the board.
	GoalHref string
	Single   bool
}

// indicatorPage is an indicator's own file.
type indicatorPage struct {
	Doc       document
	Model     scorecard.Model
	Indicator indicatorView
	// Before and After are the indicators beside it in the board's order.
	Before, After *scorecard.Card
	// Methods leads to what the handbook says of how the figure is made; "" where there is none.
	Methods string
}

// leadSentences is how many sentences of the opening stand in large type: more would be a wall.
const leadSentences = 2

// Lead is the opening of the page, in large type.
func (v indicatorView) Lead() []string { return v.Page.Lead[:min(leadSentences, len(v.Page.Lead))] }

// More is the rest of the opening.
func (v indicatorView) More() []string { return v.Page.Lead[min(leadSentences, len(v.Page.Lead)):] }

// newIndicator makes the view of one page of a model. level is the level of its title: 1 on its own page.
func newIndicator(page scorecard.Page, s *sheet, level int) (indicatorView, error) {
	view := indicatorView{
		ID: anchor(page.Card.Indicator), Page: page, Area: s.area, Level: level, Sub: level + 1,
		Single: s.placing == inFile,
	}
	view.GoalHref = goalHref(page.Goal, s.placing)
	view.Card = cardRow{Card: page.Card}
	var err error
	if len(page.Beside) > 0 {
		if view.Beside, err = s.cardTable("Figures to read with this one", page.Beside, nil); err != nil {
			return view, err
		}
	}
	if view.Figures, err = s.figures(page.Charts); err != nil {
		return view, err
	}
	view.History = s.dataTable(page.History)
	view.Comments = s.comments(page.Commentary, view.Sub+1)
	for _, other := range page.Others {
		view.Others = append(view.Others, s.dataTable(other))
	}
	return view, nil
}

// goalHref leads to a part of the board, or to its top where an indicator stands in none.
func goalHref(goal string, placing placing) string {
	fresh := &sheet{ids: map[string]bool{}}
	section := "#" + fresh.id("goal "+goal)
	if goal == "" {
		section = "#top"
	}
	if placing == inFile {
		return section
	}
	return "index.html" + section
}

// newIndicatorPage makes the file of the model's i-th page.
func newIndicatorPage(model scorecard.Model, i int) (indicatorPage, error) {
	page := model.Pages[i]
	s := newSheet(model, onSite)
	s.ids["figures"], s.ids["words"] = true, true
	view := indicatorPage{
		Doc: linkedDocument(page.Card.Title+": "+model.Area, page.Card.Title+", "+model.Area+", "+page.Card.Period+".",
			"indicator", "../").marked(model).noticed(model.Internal),
		Model: model,
	}
	if i > 0 {
		view.Before = &model.Pages[i-1].Card
	}
	if i+1 < len(model.Pages) {
		view.After = &model.Pages[i+1].Card
	}
	var err error
	view.Indicator, err = newIndicator(page, s, 1)
	return view, err
}

// newSingle makes the one file that holds a whole board and its indicators.
func newSingle(model scorecard.Model, style string) (boardView, error) {
	s := newSheet(model, inFile)
	view, err := newBoard(model, s)
	if err != nil {
		return view, err
	}
	view.Doc = closedDocument(view.Doc.Title, view.Doc.Description, view.Doc.Kind, style)
	view.Doc.Internal = model.Internal
	for _, page := range model.Pages {
		indicator, err := newIndicator(page, s, 2)
		if err != nil {
			return view, err
		}
		view.Indicators = append(view.Indicators, indicator)
	}
	return view, nil
}
