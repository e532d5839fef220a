// Package render turns a [scorecard.Model] into the files of a publication: pages to read in a browser, one page that
// works from a memory stick, drawings, and the data behind them. It sees nothing but the model and the rows of the
// run; every figure, verdict and sentence is printed exactly as the model holds it.
//
// [Print] writes boards in some or all [Formats]: index.html for all boards and the pages that stand behind them, and for
// each board its scorecard, a page that compares areas, a page for each indicator, a single self-contained file, the charts
// as SVG, a pack as PDF and the model as JSON. [LoadModel] reads the last one back, so that a saved model prints the same
// files again. [Data] writes the tables of a run as CSV with their metadata, and [Downloads] the page that lists all files.
//
//	model, faults := render.LoadModel("skills.json", saved)
//	...
//	files, err := render.Print([]scorecard.Model{model}, nil, render.PDF)
//
// Pages ask for nothing from elsewhere, and say so in a content security policy. They carry one script of ours, which the
// policy allows by its hash: it sorts and filters tables and leaves out areas, and a page without it says all the same.
// Equal models give equal bytes.
//
// The package writes no file and chooses no word about a figure: writing is engine/publish's work, words are
// package scorecard's, drawing is scorecard/chart's.
package render

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"levelfield/scorecard"
	"levelfield/scorecard/chart"
)

// File is one file of a publication: its path with forward slashes, relative to the publication's folder.
type File struct {
	Path string
	Data []byte
}

// safeName is what may become a part of a path: a saved model comes from outside, and must not write outside.
var safeName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// Site renders everything that is read in a browser: the index, the stylesheet and the handbook's pages, where there is
// one, each board with its indicators, its single file and its charts, all of it as data, and the downloads. It is [Print]
// without the pack. The others are the files of the publication that are made elsewhere: the downloads list them.
func Site(models []scorecard.Model, book *scorecard.Handbook, others ...File) ([]File, error) {
	files, err := Print(models, book, HTML, Single, SVG, JSON)
	if err != nil {
		return nil, err
	}
	var listed []Listed
	for _, file := range slices.Concat(others, files) {
		listed = append(listed, Listed{file.Path, int64(len(file.Data))})
	}
	page, err := Downloads(models, book, listed)
	if err != nil {
		return nil, err
	}
	return append(files, page), nil
}

// siteWriter collects files and keeps the first error.
type siteWriter struct {
	templates *templates
	files     []File
	taken     map[string]bool
	// book says that there is a handbook to link to.
	book bool
	// recorded are the indicators of which the handbook says how they are made.
	recorded map[string]bool
	err      error
}

// add appends a file whose path nobody has taken yet.
func (w *siteWriter) add(path string, data []byte) {
	if w.err != nil {
		return
	}
	if w.taken[path] {
		w.err = fmt.Errorf("render %s: two pages have this path", path)
		return
	}
	w.taken[path] = true
	w.files = append(w.files, File{Path: path, Data: data})
}

// page renders one template into one file.
func (w *siteWriter) page(path, template string, view any) {
	if w.err != nil {
		return
	}
	data, err := w.templates.render(template, view)
	if err != nil {
		w.err = fmt.Errorf("render %s: %w", path, err)
		return
	}
	w.add(path, data)
}

// shared renders the pages that stand before and behind all boards.
func (w *siteWriter) shared(models []scorecard.Model, book *scorecard.Handbook) {
	w.add("style.css", []byte(stylesheet(brandOf(models))))
	front := newIndex(models, book)
	front.Book, front.Doc.Nav = w.behind(), w.navigation("", indexPage, false)
	w.page(indexPage, "index", front)
	if book != nil {
		w.handbook(reaching(*book, models))
	}
}

// reaching is a handbook that leads to pages of these boards only, where not all of a publication are printed.
func reaching(book scorecard.Handbook, models []scorecard.Model) scorecard.Handbook {
	printed := map[string]bool{}
	for _, model := range models {
		printed[model.ID] = true
	}
	book.Pages = maps.Clone(book.Pages)
	maps.DeleteFunc(book.Pages, func(_, page string) bool {
		board, _, inside := strings.Cut(page, "/")
		return inside && safeName.MatchString(board) && !printed[board]
	})
	return book
}

// board renders the pages in one board's folder.
func (w *siteWriter) board(model scorecard.Model) {
	view, err := newBoard(model, newSheet(model, onSite))
	if err != nil {
		w.fail(fmt.Errorf("render board %s: %w", model.ID, err))
		return
	}
	view.Book, view.Doc.Nav = w.book, w.navigation("../", indexPage, true)
	w.page(model.ID+"/index.html", "board", view)
	if model.Compared != nil {
		areas := newAreas(model)
		areas.Doc = areas.Doc.marked(model).noticed(model.Internal)
		areas.Doc.Nav = view.Doc.Nav
		w.page(model.ID+"/"+areasPage, "areas", areas)
	}
	for i := range model.Pages {
		page, err := newIndicatorPage(model, i)
		if err != nil {
			w.fail(fmt.Errorf("render indicator %s: %w", model.Pages[i].Card.Indicator, err))
			return
		}
		page.Doc.Nav = view.Doc.Nav
		if indicator := model.Pages[i].Card.Indicator; w.recorded[indicator] {
			page.Methods = "../" + methodsPage + "#" + anchor(indicator)
		}
		w.page(model.ID+"/"+model.Pages[i].Card.Indicator+".html", "indicator", page)
	}
}

// single renders a board with everything about its indicators as one file.
func (w *siteWriter) single(model scorecard.Model) {
	single, err := newSingle(model, stylesheet(model.Brand))
	if err != nil {
		w.fail(fmt.Errorf("render single file of %s: %w", model.ID, err))
		return
	}
	w.page(model.ID+"/scorecard.html", "single", single)
}

// drawings renders the charts of a board as files of their own.
func (w *siteWriter) drawings(model scorecard.Model) {
	for _, drawn := range drawnCharts(model) {
		data, err := chart.StandaloneSVG(inBrand(drawn, model.Brand), joined(" ", model.Internal, model.Attribution))
		if err != nil {
			w.fail(fmt.Errorf("draw %s: %w", drawn.ID, err))
			return
		}
		w.add(model.ID+"/charts/"+drawn.ID+".svg", data)
	}
}

// pictureResolution makes a picture about 1,500 pixels wide: sharp on a slide and on paper.
const pictureResolution = 144

// pictures are the charts as PNG. A picture has no words beside it, so that the mark of an internal edition is drawn in it.
func (w *siteWriter) pictures(model scorecard.Model) {
	for _, drawn := range drawnCharts(model) {
		drawn = inBrand(drawn, model.Brand)
		drawn.Note = joined(" ", model.Internal, drawn.Note)
		data, err := chart.PNG(drawn, pictureResolution)
		if err != nil {
			w.fail(fmt.Errorf("draw %s: %w", drawn.ID, err))
			return
		}
		w.add(model.ID+"/charts/"+drawn.ID+".png", data)
	}
}

func (w *siteWriter) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// drawnCharts lists the charts that are files of their own: the board's and the indicators', each once.
func drawnCharts(model scorecard.Model) []scorecard.Chart {
	var charts []scorecard.Chart
	seen := map[string]bool{}
	keep := func(candidates []scorecard.Chart) {
		for _, candidate := range candidates {
			if !seen[candidate.ID] {
				seen[candidate.ID] = true
				charts = append(charts, candidate)
			}
		}
	}
	keep(model.Charts)
	for _, page := range model.Pages {
		keep(page.Charts)
	}
	return charts
}

// checkNames refuses a model whose ids cannot be file names.
func checkNames(model scorecard.Model) error {
	names := []string{model.ID}
	for _, page := range model.Pages {
		names = append(names, page.Card.Indicator)
	}
	for _, drawn := range drawnCharts(model) {
		names = append(names, drawn.ID)
	}
	for _, name := range names {
		if !safeName.MatchString(name) {
			return fmt.Errorf("render board %q: %q cannot be a file name", model.ID, name)
		}
	}
	return checkBrand(model)
}
