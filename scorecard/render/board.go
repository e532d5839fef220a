package render

import (
	"slices"
	"strings"

	"levelfield/scorecard"
)

// highlight is a line of the summary with its link.
type highlight struct {
	scorecard.Highlight
	Href string
}

// goalView is a goal with its tables drawn.
type goalView struct {
	ID    string
	Code  string
	Title string
	// Statement is the strategy's own title of the goal, where the heading says it differently.
	Statement string
	Say       string
	Tables    []cardTable
}

// sinceRow is one line of the table of changes, with its link.
type sinceRow struct {
	scorecard.Since
	Href string
}

// boardView is what the board's template reads.
type boardView struct {
	Doc    document
	Model  scorecard.Model
	Single bool
	// Book says that the publication has the pages of the handbook.
	Book       bool
	Facts      string
	NeedsFocus []highlight
	DoingWell  []highlight
	// Standing is how the lines stand part by part; without rows on a board of one part.
	Standing countTable
	// NoFocus and NotWell stand where no line is listed.
	NoFocus, NotWell string
	Front            cardTable
	Figures          []figure
	Goals            []goalView
	Deliverables     []milestoneGroup
	Commitments      []milestoneGroup
	// PromisedSay introduces the deliverables; Unrecorded takes the place of the commitments' statuses where none has one.
	PromisedSay, Unrecorded string
	Since                   []sinceRow
	// Targets, Comments and Routes stand where the project has targets and commentary.
	Targets  []targetRow
	Comments []comment
	Routes   []route
	// Shorthand is the part of the glossary that explains signs such as [x], Words the rest.
	Shorthand, Words []scorecard.Term
	// Changes stand in the single file alone.
	Changes *changesView
	// Tabs are the board's own pages.
	Tabs []navLink
	// Indicators are the pages of the single file.
	Indicators []indicatorView
}

// newBoard makes a board's view; s says which file it becomes part of.
func newBoard(model scorecard.Model, s *sheet) (boardView, error) {
	view := boardView{
		Doc: linkedDocument(model.Title+": "+model.Area+" scorecard",
			model.Kicker+": "+model.Title+". Figures released to "+british(model.AsOf)+".", "board", "../").marked(model).noticed(model.Internal),
		Model:      model,
		Single:     s.placing == inFile,
		Facts:      joined(" · ", model.Facts...),
		NeedsFocus: s.highlights(model.NeedsFocus),
		DoingWell:  s.highlights(model.DoingWell),
		NoFocus:    noFocus,
		NotWell:    notWell,
	}
	// The ids of the sections are links from outside: they are taken before anything else can take them.
	for _, fixed := range []string{"front", "charts", "promised", "since", "targets", "targets-caption", "commentary", "reading", "sources", "downloads", "boards", "indicators",
		"changed", "verdicts", "verdicts-caption", "new", "new-caption", "revised", "revised-caption", "added", "gone"} {
		s.ids[fixed] = true
	}
	for _, goal := range model.Goals {
		view.Goals = append(view.Goals, goalView{
			ID: s.id("goal " + goal.Code), Code: goal.Code, Title: goal.Title, Statement: ownStatement(goal), Say: goal.Say,
		})
	}
	view.Standing = s.standing(model.Counts)
	var err error
	if view.Front, err = s.cardTable("The strongest lines of this board", model.Front, nil); err != nil {
		return view, err
	}
	if view.Figures, err = s.figures(model.Charts); err != nil {
		return view, err
	}
	for i, goal := range model.Goals {
		for _, table := range goal.Tables {
			drawn, err := s.cardTable(table.Title, table.Cards, table.Missing)
			if err != nil {
				return view, err
			}
			markHeadlines(drawn.Rows, model.Front)
			view.Goals[i].Tables = append(view.Goals[i].Tables, drawn)
		}
	}
	view.Deliverables = s.milestones(model, deliverables(model), "Deliverable")
	view.PromisedSay = promisedSay(model, deliverables(model))
	view.Commitments = s.milestones(model, model.Commitments, "Commitment")
	view.Unrecorded = unrecorded(model.Commitments)
	for _, row := range model.Since {
		view.Since = append(view.Since, sinceRow{Since: row, Href: s.href(row.Indicator)})
	}
	view.Targets, view.Comments, view.Routes = s.targets(model.Targets), s.comments(model.Commentary, 4), routes(model, s.href)
	view.Changes = s.changes(model.Changed)
	view.Shorthand, view.Words = parted(model.Glossary)
	if !view.Single {
		view.Tabs = boardTabs(model, indexPage)
	}
	return view, nil
}

// standing is the table of how the lines of each part of a board stand.
func (s *sheet) standing(counts []scorecard.Count) countTable {
	table := countTable{
		ID: s.id("standing"), Caption: "How the lines of each part stand",
		Heads: []string{"Part", "Better than England", "Similar", "Worse", "Not judged", "Getting better", "Getting worse", "Without a figure"},
	}
	const severalParts = 3 // two parts, and the whole behind them
	if len(counts) < severalParts {
		return table
	}
	for _, count := range counts {
		name := joined(" ", count.Code, count.Title)
		if name == "" {
			name = "Every line once"
		}
		table.Rows = append(table.Rows, texts(name, count.Better, count.Similar, count.Worse, count.Untested, count.GettingBetter, count.GettingWorse, count.WithoutFigure))
	}
	return table
}

// What is said where a list of the summary is empty: the rules by which a line gets there.
const (
	noFocus = "No line tested worse than England or getting worse, and none stands in the worst fifth."
	notWell = "No line tested better than England or getting better, and none stands in the best fifth."
)

// ownStatement is the strategy's own title of a goal, or nothing where the heading is already that.
func ownStatement(goal scorecard.Goal) string {
	if strings.TrimSuffix(goal.Statement, ".") == goal.Title {
		return ""
	}
	return goal.Statement
}

// markHeadlines marks the rows of a goal's table that the front table holds as well.
func markHeadlines(rows []cardRow, front []scorecard.Card) {
	for i := range rows {
		rows[i].Headline = slices.ContainsFunc(front, func(card scorecard.Card) bool { return card.Indicator == rows[i].Indicator })
	}
}

func (s *sheet) highlights(lines []scorecard.Highlight) []highlight {
	var linked []highlight
	for _, line := range lines {
		linked = append(linked, highlight{Highlight: line, Href: s.href(line.Indicator)})
	}
	return linked
}
