package render

import "levelfield/scorecard"

// The pages of a publication beside its boards, as seen from its folder.
const (
	indexPage        = "index.html"
	inequalitiesPage = "inequalities.html"
	deliverablesPage = "deliverables.html"
	changesPage      = "changes.html"
	coveragePage     = "coverage.html"
	methodsPage      = "methods.html"
	definitionsPage  = "definitions.html"
	downloadsPage    = "downloads.html"
	areasPage        = "compare-areas.html" // in a board's folder
	handbookFile     = "data/handbook.json"
)

// sitePage is a page that every other one links to.
type sitePage struct {
	path string
	// short is its name in the navigation, title its heading, what says what it holds.
	short, title, what string
	// book says that the page is made from the handbook.
	book bool
}

var sitePages = []sitePage{
	{indexPage, "Scorecards", "", "", false},
	{inequalitiesPage, "Inequalities", "Inequalities", "every gap between groups with both ends, and how far apart places are", true},
	{deliverablesPage, "Deliverables", "Deliverables and commitments", "what was promised, with owner, due date, status and the figures beside it", true},
	{changesPage, "What changed", "What changed", "new figures, revised figures and changed verdicts since the release before", true},
	{coveragePage, "Coverage", "What of the strategy is measured", "every statement of the strategy with its indicators, milestones and gaps", true},
	{methodsPage, "Methods", "Methods and data quality", "where each figure comes from, how it is made and what to keep in mind", true},
	{definitionsPage, "Definitions", "Definitions", "what each indicator counts, and what the words and signs mean", true},
	{downloadsPage, "Downloads", "Downloads", "every file with its format, size, licence and what it holds", false},
}

// navLink is one entry of the navigation. Current is "page" on the page itself, "true" in the part that it heads.
type navLink struct{ Href, Name, Current string }

// navigation is the entries as seen from a page; root leads from there to the publication's folder, and current is the
// path of the page, or of the one that heads it.
func (w *siteWriter) navigation(root, current string, within bool) []navLink {
	var links []navLink
	for _, page := range sitePages {
		if page.book && !w.book {
			continue
		}
		link := navLink{Href: root + page.path, Name: page.short}
		if page.path == current {
			link.Current = "page"
			if within {
				link.Current = "true"
			}
		}
		links = append(links, link)
	}
	return links
}

// boardTabs are the pages of one board; current is the file of the page that they stand on.
func boardTabs(model scorecard.Model, current string) []navLink {
	if model.Compared == nil {
		return nil
	}
	tabs := []navLink{{Href: indexPage, Name: "Scorecard"}, {Href: areasPage, Name: "Compare areas"}}
	for i := range tabs {
		if tabs[i].Href == current {
			tabs[i].Current = "page"
		}
	}
	return tabs
}

// behind are the handbook's pages as a list with what each holds.
func (w *siteWriter) behind() []download {
	var pages []download
	for _, page := range sitePages {
		if page.book && w.book {
			pages = append(pages, download{page.path, page.title, page.what})
		}
	}
	return pages
}
