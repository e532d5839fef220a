package render

import (
	"fmt"
	"runtime"
	"slices"
	"sync"

	"levelfield/scorecard"
)

// Format is one way in which boards are printed, from their models alone.
type Format struct {
	// Name is how a user asks for it, What it makes of a board.
	Name, What string
	// board prints one board, shared what belongs to all of them; either may be missing.
	board  func(*siteWriter, scorecard.Model)
	shared func(*siteWriter, []scorecard.Model, *scorecard.Handbook)
}

// The names of the formats.
const (
	HTML   = "html"
	Single = "single"
	SVG    = "svg"
	PDF    = "pdf"
	JSON   = "json"
)

// formats are all formats, in the order in which their files are made. A new one is a file that prints a model and a line
// here.
var formats = []Format{
	{Name: HTML, What: "pages to read in a browser", shared: (*siteWriter).shared, board: (*siteWriter).board},
	{Name: Single, What: "a scorecard with all its indicators as one file that needs no network", board: (*siteWriter).single},
	{Name: SVG, What: "each chart as a drawing", board: (*siteWriter).drawings},
	{Name: PDF, What: "a paper for a meeting", board: (*siteWriter).pack},
	{Name: JSON, What: "the scorecard as data, from which it can be printed again", shared: (*siteWriter).savedBook, board: (*siteWriter).saved},
}

// Formats lists all formats.
func Formats() []Format { return slices.Clone(formats) }

// Print prints boards in some formats, or in all where none is named. The models decide everything that is printed: equal
// ones give equal bytes in an equal order of files, format by format and board by board, whatever the number of processors.
func Print(models []scorecard.Model, book *scorecard.Handbook, names ...string) ([]File, error) {
	templates, err := parseTemplates()
	if err != nil {
		return nil, err
	}
	var work []*siteWriter
	known := withMethods(book)
	add := func(task func(*siteWriter)) {
		work = append(work, &siteWriter{templates: templates, taken: map[string]bool{}, book: book != nil, recorded: known, task: task})
	}
	for _, model := range models {
		if err := checkNames(model); err != nil {
			return nil, err
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(formats, func(f Format) bool { return f.Name == name }) {
			return nil, fmt.Errorf("print as %q: no such format", name)
		}
	}
	for _, format := range formats {
		if len(names) > 0 && !slices.Contains(names, format.Name) {
			continue
		}
		if format.shared != nil {
			add(func(w *siteWriter) { format.shared(w, models, book) })
		}
		for _, model := range models {
			add(func(w *siteWriter) { format.board(w, model) })
		}
	}
	sideBySide(work)
	all := siteWriter{taken: map[string]bool{}}
	for _, done := range work {
		if all.err == nil {
			all.err = done.err
		}
		for _, file := range done.files {
			all.add(file.Path, file.Data)
		}
	}
	return all.files, all.err
}

// sideBySide does the work of all writers, as many at once as there are processors. Each writes for itself alone.
func sideBySide(work []*siteWriter) {
	waiting := make(chan *siteWriter)
	var working sync.WaitGroup
	for range min(len(work), runtime.GOMAXPROCS(0)) {
		working.Go(func() {
			for one := range waiting {
				one.task(one)
			}
		})
	}
	for _, one := range work {
		waiting <- one
	}
	close(waiting)
	working.Wait()
}

func (w *siteWriter) pack(model scorecard.Model) {
	data, err := Pack(model)
	if err != nil {
		w.fail(err)
		return
	}
	w.add(model.ID+"/pack.pdf", data)
}

func (w *siteWriter) saved(model scorecard.Model) {
	data, err := saveModel(model)
	if err != nil {
		w.fail(err)
		return
	}
	w.add(modelFolder+model.ID+".json", data)
}

func (w *siteWriter) savedBook(_ []scorecard.Model, book *scorecard.Handbook) {
	if book == nil {
		return
	}
	data, err := indented(book)
	if err != nil {
		w.fail(fmt.Errorf("save handbook: %w", err))
		return
	}
	w.add(handbookFile, data)
}
