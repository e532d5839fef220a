package render

import (
	"levelfield/scorecard"
)

// indexView is what the front page of all boards reads.
type indexView struct {
	Doc         document
	Title       string
	Boards      []scorecard.Model
	AsOf        string
	Attribution string
	Brand       *scorecard.Brand
	// Results are the data files that all boards share, Book the pages that stand behind them.
	Results, Book []download
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

// newIndex makes the front page. Its date is the newest of the boards'.
func newIndex(models []scorecard.Model, withBook bool) indexView {
	view := indexView{Title: "Scorecards", Boards: models, Results: sharedDownloads, Brand: brandOf(models)}
	if withBook {
		view.Book = handbookLinks
	}
	areas := map[string]bool{}
	for _, model := range models {
		areas[model.Area] = true
		view.AsOf = max(view.AsOf, model.AsOf)
		if view.Attribution == "" {
			view.Attribution = model.Attribution
		}
	}
	if len(areas) == 1 {
		view.Title = "Scorecards for " + models[0].Area
	}
	view.Doc = linkedDocument(view.Title, view.Title+". Figures released to "+british(view.AsOf)+".", "index", "")
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
