package render

import (
	"fmt"
	"path"
	"strings"

	"levelfield/scorecard"
)

// downloadsView is what the page of downloads reads.
type downloadsView struct {
	Doc               document
	AsOf, Attribution string
	Groups            []downloadGroup
}

type downloadGroup struct {
	ID, CaptionID, Title, Say string
	Rows                      []downloadRow
}

// downloadRow is one file with what a reader should know before taking it.
type downloadRow struct {
	download
	Format, Size, Licence string
}

// Listed is a file of a publication, by its path and its length.
type Listed struct {
	Path  string
	Bytes int64
}

// Downloads renders the page that lists the files of a publication, all of which are made before it.
func Downloads(models []scorecard.Model, book *scorecard.Handbook, files []Listed) (File, error) {
	templates, err := parseTemplates()
	if err != nil {
		return File{}, err
	}
	view := newDownloads(models, files)
	if len(models) > 0 {
		view.Doc = view.Doc.noticed(models[0].Internal)
	}
	view.Doc.Nav = (&siteWriter{book: book != nil}).navigation("", downloadsPage, false)
	data, err := templates.render("downloads", view)
	if err != nil {
		return File{}, fmt.Errorf("render %s: %w", downloadsPage, err)
	}
	return File{Path: downloadsPage, Data: data}, nil
}

// fileKinds are the kinds of file in words, by the end of the name.
var fileKinds = map[string]string{
	".csv": "CSV, UTF-8", ".parquet": "Parquet", ".json": "JSON", ".pdf": "PDF", ".html": "one HTML file", ".svg": "SVG",
}

// newDownloads lists the files of a publication: those that are here by their size, of the charts only how many.
func newDownloads(models []scorecard.Model, files []Listed) downloadsView {
	view := downloadsView{Doc: linkedDocument("Downloads", "Every file of these scorecards with its format, size and licence.", "index", "")}
	size := map[string]int64{}
	for _, file := range files {
		size[file.Path] = file.Bytes
	}
	licence := licenceOf(models)
	row := func(file download) (downloadRow, bool) {
		bytes, held := size[file.Path]
		return downloadRow{file, fileKinds[path.Ext(file.Path)], sizeWords(bytes), licence}, held
	}
	group := func(id, title, say string, files []download) {
		shown := downloadGroup{ID: id, CaptionID: id + "-caption", Title: title, Say: say}
		for _, file := range files {
			if listed, held := row(file); held {
				shown.Rows = append(shown.Rows, listed)
			}
		}
		if len(shown.Rows) > 0 {
			view.Groups = append(view.Groups, shown)
		}
	}
	group("data", "The figures", "Numbers stand at full precision. An empty cell is a number that does not exist, and the status and the reason beside it say why.", sharedDownloads)
	var boards, saved []download
	for _, model := range models {
		view.AsOf = max(view.AsOf, model.AsOf)
		view.Attribution = model.Attribution
		boards = append(boards,
			download{model.ID + "/pack.pdf", model.Title + ": board pack", "the scorecard to print; the web pages are the accessible edition"},
			download{model.ID + "/scorecard.html", model.Title + ": one file", "the scorecard with all its indicators, which opens without a network"},
		)
		charts := chartFiles(model.ID, files)
		saved = append(saved, download{"data/model/" + model.ID + ".json", model.Title + " as data", fmt.Sprintf("the whole scorecard, from which it can be rendered again. Its %d charts are drawings (SVG), each linked below its chart", charts)})
	}
	group("boards", "The scorecards", "", boards)
	saved = append(saved, download{handbookFile, "What stands behind the scorecards", "coverage, methods, definitions, inequalities and deliverables as data"})
	group("models", "The scorecards as data", "These say every figure, verdict and sentence of a page in a form that programs read.", saved)
	return view
}

// chartFiles counts the drawings of a board.
func chartFiles(board string, files []Listed) int {
	n := 0
	for _, file := range files {
		if strings.HasPrefix(file.Path, board+"/charts/") {
			n++
		}
	}
	return n
}

// licenceOf is the licence of all sources, or where to look where they differ.
func licenceOf(models []scorecard.Model) string {
	name := ""
	for _, model := range models {
		for _, source := range model.Sources {
			if name != "" && source.Licence != name {
				return "as each source says"
			}
			name = source.Licence
		}
	}
	return name
}

// sizeWords is a number of bytes as people read it.
func sizeWords(bytes int64) string {
	const kilo, mega = 1000.0, 1000000.0
	switch n := float64(bytes); {
	case n >= 10*mega:
		return fmt.Sprintf("%.0f MB", n/mega)
	case n >= mega:
		return fmt.Sprintf("%.1f MB", n/mega)
	case n >= kilo:
		return fmt.Sprintf("%.0f kB", n/kilo)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
