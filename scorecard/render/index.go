package render

import (
	"strings"

	"levelfield/scorecard"
)

// indexView is what the front page of all boards reads.
type indexView struct {
	Doc         document
	Title       string
	Boards      []boardSummary
	AsOf        string
	Attribution string
	Brand       *scorecard.Brand
	// Strategy, Lead and Changed are the handbook's: the strategy's name, how much of it is measured, and what changed.
	Strategy, Lead, Changed string
	// Book are the pages that stand behind the boards.
	Book []download
}

// download is one file that a page offers.
type download struct {
	Path string
	Name string
	What string
}

// sharedDownloads are the data files, as seen from the publication's folder.
var sharedDownloads = []download{
	{"data/results.csv", "results.csv", "every value with its limits, period, method, status and reason"},
	{"data/comparisons.csv", "comparisons.csv", "every comparison and position, with its rule"},
	{"data/trends.csv", "trends.csv", "every test of a recent trend"},
	{"data/progress.csv", "progress.csv", "deliverables and commitments with their recorded status"},
	{"data/results.parquet", "results.parquet", "the values again, for analysis tools"},
	{"data/csv-metadata.json", "csv-metadata.json", "what each column of the CSV files means (CSVW)"},
}

// boardSummary is one board on the front page.
type boardSummary struct {
	scorecard.Model
	// Part is what the board is of, where its kicker says more than the strategy's name.
	Part       string
	NeedsFocus []highlight
}

// DownloadsPage is the path of the page that lists all files.
const DownloadsPage = downloadsPage

// Tables are the paths of the files that pages link to and that are made of results, not of models.
func Tables() []string {
	var paths []string
	for _, file := range sharedDownloads {
		paths = append(paths, file.Path)
	}
	return paths
}

// newIndex makes the front page. Its date is the newest of the boards'.
func newIndex(models []scorecard.Model, book *scorecard.Handbook) indexView {
	view := indexView{Title: "Scorecards", Brand: brandOf(models)}
	if book != nil {
		view.Strategy, view.Lead = book.Strategy, coverageLead(book.Coverage)
		if book.Changed.Before != "" {
			view.Changed = book.Changed.Say
		}
	}
	areas := map[string]bool{}
	for _, model := range models {
		areas[model.Area] = true
		view.AsOf = max(view.AsOf, model.AsOf)
		if view.Attribution == "" {
			view.Attribution = model.Attribution
		}
		summary := boardSummary{Model: model, Part: model.Kicker}
		if _, part, more := strings.Cut(model.Kicker, " · "); more && book != nil {
			summary.Part = part
		}
		for _, line := range model.NeedsFocus {
			summary.NeedsFocus = append(summary.NeedsFocus, highlight{line, model.ID + "/" + line.Indicator + ".html"})
		}
		view.Boards = append(view.Boards, summary)
	}
	if len(areas) == 1 {
		view.Title = "Scorecards for " + models[0].Area
	}
	internal := ""
	for _, model := range models {
		internal = model.Internal
	}
	view.Doc = linkedDocument(view.Title, view.Title+". Figures released to "+british(view.AsOf)+".", "index", "").noticed(internal)
	return view
}

// Downloads are the data files as seen from a board's folder.
func (v boardView) Downloads() []download {
	shared := make([]download, 0, len(sharedDownloads))
	for _, file := range sharedDownloads {
		file.Path = "../" + file.Path
		shared = append(shared, file)
	}
	return shared
}
