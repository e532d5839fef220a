package render

import (
	"cmp"
	"fmt"
	"strings"

	"levelfield/scorecard"
)

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
	// Inequalities, Within and NoGap are of the page of inequalities, Promised of that of deliverables.
	Inequalities []inequalityView
	Within       []withinRow
	NoGap        []highlight
	Promised     []promisedView
	Changes      *changesView
	Definitions  []definitionEntry
	// Shorthand is the part of the glossary that explains signs such as [x], Words the rest.
	Shorthand, Words []scorecard.Term
}

// definitionEntry is what one indicator counts, with its page and the anchor of its entry.
type definitionEntry struct {
	scorecard.DefinitionRecord
	ID, Href string
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
	Rows        []coveredRow
}

type coveredRow struct {
	scorecard.CoveredStatement
	Named, Unheld []namedIndicator
}

type missingGroupings struct {
	Indicator     namedIndicator
	Held, Missing string
}

type methodGroup struct {
	ID, Code, Title string
	Entries         []methodEntry
}

type methodEntry struct {
	scorecard.MethodRecord
	ID, Href string
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
	templates := map[string]string{
		inequalitiesPage: "inequalities", deliverablesPage: "deliverables", changesPage: "changes", coveragePage: "coverage", methodsPage: "methods", definitionsPage: "definitions",
	}
	for _, page := range sitePages {
		template, known := templates[page.path]
		if !known {
			continue
		}
		view, err := newBook(book, page)
		if err != nil {
			w.fail(fmt.Errorf("render %s: %w", page.path, err))
			return
		}
		view.Doc = linkedDocument(page.title+": "+book.Area, page.title+", "+book.Strategy+". Figures released to "+british(book.AsOf)+".", "index", "").noticed(book.Internal)
		if book.SignOff != nil {
			view.Doc = view.Doc.draft()
		}
		view.Doc.Nav = w.navigation("", page.path, false)
		w.page(page.path, template, view)
	}
}

// withMethods are the indicators of which a handbook says how they are made; of none where there is no handbook.
func withMethods(book *scorecard.Handbook) map[string]bool {
	known := map[string]bool{}
	if book == nil {
		return known
	}
	for _, group := range book.Methods {
		for _, entry := range group.Entries {
			known[entry.Indicator] = true
		}
	}
	return known
}

// newBook makes the view of one page of the handbook.
func newBook(book scorecard.Handbook, page sitePage) (bookView, error) {
	s := &sheet{area: book.Area, ids: map[string]bool{}}
	for _, fixed := range []string{"top", "main", "counts", "groupings", "groupings-caption", "datasets", "datasets-caption", "within", "within-caption", "missing", "new", "new-caption", "revised",
		"revised-caption", "verdicts", "verdicts-caption", "added", "gone", "signs", "words", "indicators", "filter"} {
		s.ids[fixed] = true
	}
	view := bookView{Book: book, Lead: page.what}
	var err error
	switch page.path {
	case coveragePage:
		s.coverage(book, &view)
	case methodsPage:
		s.methods(book, &view)
	case inequalitiesPage:
		view.Inequalities, err = s.inequalities(book)
		view.Within, view.NoGap = within(book), linked(book, book.Inequalities.Missing)
	case deliverablesPage:
		view.Lead, view.Promised = promisedLead(book), s.promised(book)
	case changesPage:
		view.Lead, view.Changes = book.Changed.Say, newChanges(book.Changed, func(indicator string) string { return book.Pages[indicator] })
	case definitionsPage:
		for _, record := range book.Definitions {
			view.Definitions = append(view.Definitions, definitionEntry{record, s.id(record.Indicator), book.Pages[record.Indicator]})
		}
		view.Shorthand, view.Words = parted(book.Glossary)
	}
	return view, err
}

// parted are the signs of a glossary, such as [x], and its words.
func parted(glossary []scorecard.Term) (signs, words []scorecard.Term) {
	for _, term := range glossary {
		if isMarker(term.Term) {
			signs = append(signs, term)
		} else {
			words = append(words, term)
		}
	}
	return signs, words
}

// coverage fills the page of what is measured.
func (s *sheet) coverage(book scorecard.Handbook, view *bookView) {
	view.Lead = coverageLead(book.Coverage)
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
}

// methods fills the page of methods.
func (s *sheet) methods(book scorecard.Handbook, view *bookView) {
	for _, group := range book.Methods {
		drawn := methodGroup{ID: s.id("goal " + group.Code), Code: group.Code, Title: group.Title}
		for _, entry := range group.Entries {
			drawn.Entries = append(drawn.Entries, methodEntry{entry, anchor(entry.Indicator), book.Pages[entry.Indicator]})
		}
		view.Methods = append(view.Methods, drawn)
	}
}

// kindWords are the kinds of statement as headings.
var kindWords = map[string]string{
	"aim": "Aims", "ambition": "Ambitions", "means": "Means", "challenge": "Challenges", "commitment": "Commitments", "deliverable": "Deliverables",
}

func (s *sheet) coveredPart(book scorecard.Handbook, part scorecard.CoveredPart) coveredPart {
	drawn := coveredPart{ID: s.id("goal " + cmp.Or(part.Code, "domain")), Code: part.Code, Title: part.Title}
	for _, kind := range part.Kinds {
		table := coveredTable{ID: s.id("covered " + part.Code + " " + kind.Kind), Caption: kindWords[kind.Kind]}
		for _, covered := range kind.Statements {
			row := coveredRow{CoveredStatement: covered}
			for _, id := range covered.WithFigure {
				row.Named = append(row.Named, named(book, id, true))
			}
			for _, id := range covered.Without {
				row.Unheld = append(row.Unheld, named(book, id, false))
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
