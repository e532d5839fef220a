package render

import (
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
	ID     string
	Code   string
	Title  string
	Say    string
	Tables []cardTable
}

// milestoneGroup is one goal's deliverables or commitments.
type milestoneGroup struct {
	ID    string
	Code  string
	Title string
	// What heads the first column: "Deliverable" or "Commitment".
	What string
	Rows []scorecard.Milestone
}

// sinceRow is one line of the table of changes, with its link.
type sinceRow struct {
	scorecard.Since
	Href string
}

// boardView is what the board's template reads.
type boardView struct {
	Doc          document
	Model        scorecard.Model
	Single       bool
	NeedsFocus   []highlight
	DoingWell    []highlight
	Front        cardTable
	Figures      []figure
	Goals        []goalView
	Deliverables []milestoneGroup
	Commitments  []milestoneGroup
	Since        []sinceRow
	// Shorthand is the part of the glossary that explains signs such as [x], Words the rest.
	Shorthand, Words []scorecard.Term
	// Indicators are the pages of the single file.
	Indicators []indicatorView
}

// newBoard makes a board's view; s says which file it becomes part of.
func newBoard(model scorecard.Model, s *sheet) (boardView, error) {
	view := boardView{
		Doc: linkedDocument(model.Title+": "+model.Area+" scorecard",
			model.Kicker+": "+model.Title+". Figures released to "+british(model.AsOf)+".", "board", "../"),
		Model:      model,
		Single:     s.placing == inFile,
		NeedsFocus: s.highlights(model.NeedsFocus),
		DoingWell:  s.highlights(model.DoingWell),
	}
	// The ids of the sections are links from outside: they are taken before anything else can take them.
	for _, fixed := range []string{"front", "charts", "promised", "since", "reading", "sources", "downloads", "boards", "indicators"} {
		s.ids[fixed] = true
	}
	for _, goal := range model.Goals {
		view.Goals = append(view.Goals, goalView{ID: s.id("goal " + goal.Code), Code: goal.Code, Title: goal.Title, Say: goal.Say})
	}
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
			view.Goals[i].Tables = append(view.Goals[i].Tables, drawn)
		}
	}
	view.Deliverables = s.milestones(model, deliverables(model), "Deliverable")
	view.Commitments = s.milestones(model, model.Commitments, "Commitment")
	for _, row := range model.Since {
		view.Since = append(view.Since, sinceRow{Since: row, Href: s.href(row.Indicator)})
	}
	for _, term := range model.Glossary {
		if strings.HasPrefix(term.Term, "[") {
			view.Shorthand = append(view.Shorthand, term)
		} else {
			view.Words = append(view.Words, term)
		}
	}
	return view, nil
}

func (s *sheet) highlights(lines []scorecard.Highlight) []highlight {
	var linked []highlight
	for _, line := range lines {
		linked = append(linked, highlight{Highlight: line, Href: s.href(line.Indicator)})
	}
	return linked
}

// deliverables are the board's, or its goals' where the board lists none of its own.
func deliverables(model scorecard.Model) []scorecard.Milestone {
	if len(model.Deliverables) > 0 {
		return model.Deliverables
	}
	var gathered []scorecard.Milestone
	for _, goal := range model.Goals {
		gathered = append(gathered, goal.Milestones...)
	}
	return gathered
}

// milestones groups rows by goal, in the order in which the goals first appear.
func (s *sheet) milestones(model scorecard.Model, rows []scorecard.Milestone, what string) []milestoneGroup {
	titles := map[string]string{}
	for _, goal := range model.Goals {
		titles[goal.Code] = goal.Title
	}
	var groups []milestoneGroup
	at := map[string]int{}
	for _, row := range rows {
		i, seen := at[row.Goal]
		if !seen {
			i = len(groups)
			at[row.Goal] = i
			groups = append(groups, milestoneGroup{ID: s.id(what + " " + row.Goal), Code: row.Goal, Title: titles[row.Goal], What: what})
		}
		groups[i].Rows = append(groups[i].Rows, row)
	}
	return groups
}
