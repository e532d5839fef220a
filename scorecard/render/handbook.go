package render

import (
	"cmp"
	"fmt"
	"strings"

	"levelfield/scorecard"
)

// The pages of the handbook, and its file as data.
const (
	coveragePage = "coverage.html"
	methodsPage  = "methods.html"
	handbookFile = "data/handbook.json"
)

// handbookLinks are the handbook's pages, as seen from the publication's folder.
var handbookLinks = []download{
	{coveragePage, "What is measured", "every statement of the strategy with its indicators, milestones and gaps"},
	{methodsPage, "Methods and data quality", "where each figure comes from, how it is made and what to keep in mind"},
}

// bookView is what the pages of the handbook read.
type bookView struct {
	Doc        document
	Book       scorecard.Handbook
	Lead       string
	ByKind     countTable
	ByGoal     countTable
	Parts      []coveredPart
	Breakdowns []missingGroupings
	Methods    []methodGroup
}

// countTable is a table of counts: the first column heads the rows.
type countTable struct {
	ID, Caption string
	Heads       []string
	Rows        [][]string
}

// namedIndicator is an indicator in a list, with its page where it has one.
type namedIndicator struct {
	Short, Href string
	Held        bool
}

// coveredPart is a goal's statements, a table a kind.
type coveredPart struct {
	ID, Code, Title string
	Tables          []coveredTable
}

type coveredTable struct {
	ID, Caption string
	// Last heads the last column: the status of what is followed, or the gap.
	Last string
	Rows []coveredRow
}

type coveredRow struct {
	scorecard.CoveredStatement
	Named []namedIndicator
}

type missingGroupings struct {
	Indicator     namedIndicator
	Held, Missing string
}

type methodGroup struct {
	ID, Code, Title, CaptionID, Caption string
	Entries                             []methodEntry
}

type methodEntry struct {
	scorecard.MethodRecord
	Href string
}

// handbook renders the pages that stand behind all boards.
func (w *siteWriter) handbook(book scorecard.Handbook) {
	for _, page := range book.Pages {
		for _, name := range strings.Split(page, "/") {
			if !safeName.MatchString(name) {
				w.fail(fmt.Errorf("render handbook: %q cannot be a file name", page))
				return
			}
		}
	}
	for _, page := range []struct{ path, template, title string }{
		{coveragePage, "coverage", "What of the strategy is measured"}, {methodsPage, "methods", "Methods and data quality"},
	} {
		view := newBook(book)
		view.Doc = linkedDocument(page.title+": "+book.Area, page.title+", "+book.Strategy+". Figures released to "+british(book.AsOf)+".", "index", "").marked(book.Internal)
		w.page(page.path, page.template, view)
	}
	data, err := indented(book)
	if err != nil {
		w.fail(fmt.Errorf("save handbook: %w", err))
		return
	}
	w.add(handbookFile, data)
}

func newBook(book scorecard.Handbook) bookView {
	s := &sheet{ids: map[string]bool{"top": true, "main": true, "counts": true, "groupings": true, "groupings-caption": true, "datasets": true, "datasets-caption": true}}
	view := bookView{Book: book, Lead: coverageLead(book.Coverage)}
	view.ByKind = countTable{
		ID: s.id("by kind"), Caption: "Statements by kind",
		Heads: []string{"Kind", "Statements", "With a figure", "Followed as milestones", "Gaps"},
	}
	for _, count := range book.Coverage.Counts {
		view.ByKind.Rows = append(view.ByKind.Rows, texts(kindWords[count.Kind], count.Statements, count.WithFigure, count.Milestones, count.Gaps))
	}
	view.ByGoal = countTable{
		ID: s.id("by goal"), Caption: "Indicators by goal",
		Heads: []string{
			"Goal", "Indicators", "With a figure for " + book.Area, "With one for England", "Both, and current", "With an interval", "With a recent trend",
		},
	}
	for _, count := range book.Coverage.Goals {
		name := count.Goal
		if name == "all" {
			name = "All"
		}
		view.ByGoal.Rows = append(view.ByGoal.Rows, texts(name, count.Indicators, count.WithFigure, count.WithEngland, count.Current, count.WithInterval, count.WithTrend))
	}
	for _, part := range book.Parts {
		view.Parts = append(view.Parts, s.coveredPart(book, part))
	}
	for _, one := range book.Coverage.Breakdowns {
		view.Breakdowns = append(view.Breakdowns, missingGroupings{
			Indicator: named(book, one.Indicator, true), Held: spaced(one.Held), Missing: spaced(one.Missing),
		})
	}
	for _, group := range book.Methods {
		drawn := methodGroup{ID: s.id("goal " + group.Code), Code: group.Code, Title: group.Title, CaptionID: s.id("methods " + group.Code), Caption: "Indicators of goal " + group.Code}
		for _, entry := range group.Entries {
			drawn.Entries = append(drawn.Entries, methodEntry{entry, book.Pages[entry.Indicator]})
		}
		view.Methods = append(view.Methods, drawn)
	}
	return view
}

// kindWords are the kinds of statement as headings.
var kindWords = map[string]string{
	"aim": "Aims", "ambition": "Ambitions", "means": "Means", "challenge": "Challenges", "commitment": "Commitments", "deliverable": "Deliverables",
}

func (s *sheet) coveredPart(book scorecard.Handbook, part scorecard.CoveredPart) coveredPart {
	drawn := coveredPart{ID: s.id("goal " + cmp.Or(part.Code, "domain")), Code: part.Code, Title: part.Title}
	for _, kind := range part.Kinds {
		table := coveredTable{ID: s.id("covered " + part.Code + " " + kind.Kind), Caption: kindWords[kind.Kind], Last: "Gap"}
		if kind.Kind == "deliverable" || kind.Kind == "commitment" {
			table.Last = "Status or gap"
		}
		for _, covered := range kind.Statements {
			row := coveredRow{CoveredStatement: covered}
			for _, id := range covered.WithFigure {
				row.Named = append(row.Named, named(book, id, true))
			}
			for _, id := range covered.Without {
				row.Named = append(row.Named, named(book, id, false))
			}
			table.Rows = append(table.Rows, row)
		}
		drawn.Tables = append(drawn.Tables, table)
	}
	return drawn
}

func named(book scorecard.Handbook, id string, held bool) namedIndicator {
	return namedIndicator{Short: cmp.Or(book.Shorts[id], id), Href: book.Pages[id], Held: held}
}

// coverageLead says how much of the strategy is measured.
func coverageLead(coverage scorecard.Coverage) string {
	var all, measured, milestones, gaps int
	for _, count := range coverage.Counts {
		all, measured, milestones, gaps = all+count.Statements, measured+count.WithFigure, milestones+count.Milestones, gaps+count.Gaps
	}
	return fmt.Sprintf("Of the strategy’s %d statements, %d have an indicator with a figure, %d are followed as milestones, and %d are gaps.", all, measured, milestones, gaps)
}

// spaced is a list of names of groupings as words.
func spaced(list []string) string { return strings.ReplaceAll(strings.Join(list, ", "), "-", " ") }

func texts(cells ...any) []string {
	list := make([]string, len(cells))
	for i, cell := range cells {
		list[i] = fmt.Sprint(cell)
	}
	return list
}
