package render

import (
	"fmt"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"levelfield/scorecard"
)

// Format is one way in which boards are printed, from their models alone.
type Format struct {
	// Name is how a user asks for it, What it makes of a board.
	Name, What string
	// OnRequest is printed only where it is asked for by name: no page needs it.
	OnRequest bool
	// ends are the ends of its files' names.
	ends []string
	// board prints one board, shared what belongs to all of them; either may be missing.
	board  func(*siteWriter, scorecard.Model)
	shared func(*siteWriter, []scorecard.Model, *scorecard.Handbook)
}

// The names of the formats.
const (
	HTML   = "html"
	Single = "single"
	SVG    = "svg"
	PNG    = "png"
	PDF    = "pdf"
	JSON   = "json"
)

// formats are all formats, in the order in which their files are made. A new one is a file that prints a model and a line
// here.
var formats = []Format{
	{Name: HTML, ends: []string{".html", ".css"}, What: "pages to read in a browser", shared: (*siteWriter).shared, board: (*siteWriter).board},
	{Name: Single, ends: []string{".html"}, What: "a scorecard with all its indicators as one file that needs no network", board: (*siteWriter).single},
	{Name: SVG, ends: []string{".svg"}, What: "each chart as a drawing", board: (*siteWriter).drawings},
	{Name: PNG, ends: []string{".png"}, What: "each chart as a picture for slides and documents; only where it is named", OnRequest: true, board: (*siteWriter).pictures},
	{Name: PDF, ends: []string{".pdf"}, What: "a paper for a meeting", board: (*siteWriter).pack},
	{Name: JSON, ends: []string{".json"}, What: "the scorecard as data, from which it can be printed again", shared: (*siteWriter).savedBook, board: (*siteWriter).saved},
}

// Formats lists all formats.
func Formats() []Format { return slices.Clone(formats) }

// Print prints boards in some formats, or in all but those on request where none is named. The models decide everything that is printed: equal
// ones give equal bytes in an equal order of files, format by format and board by board, whatever the number of processors.
func Print(models []scorecard.Model, book *scorecard.Handbook, names ...string) ([]File, error) {
	for _, name := range names {
		if !slices.ContainsFunc(formats, func(f Format) bool { return f.Name == name }) {
			return nil, fmt.Errorf("print as %q: no such format", name)
		}
	}
	pieces, err := piecesOf(models, book, names)
	if err != nil {
		return nil, err
	}
	return (&Shelf{pieces}).Files()
}

// piece is what one format makes of one board, or of all of them.
type piece struct {
	siteWriter
	format Format
	// board is the id of the one board; "" for what is shared.
	board string
	write func(*siteWriter)
	once  sync.Once
}

// print writes the piece, once.
func (p *piece) print() { p.once.Do(func() { p.write(&p.siteWriter) }) }

// piecesOf are the pieces of what is to be printed, none of which is printed yet; no name stands for all formats.
func piecesOf(models []scorecard.Model, book *scorecard.Handbook, names []string) ([]*piece, error) {
	templates, err := parseTemplates()
	if err != nil {
		return nil, err
	}
	var pieces []*piece
	known := withMethods(book)
	add := func(format Format, board string, write func(*siteWriter)) {
		writer := siteWriter{templates: templates, taken: map[string]bool{}, book: book != nil, recorded: known}
		pieces = append(pieces, &piece{siteWriter: writer, format: format, board: board, write: write})
	}
	for _, model := range models {
		if err := checkNames(model); err != nil {
			return nil, err
		}
	}
	for _, format := range formats {
		if len(names) > 0 && !slices.Contains(names, format.Name) || len(names) == 0 && format.OnRequest {
			continue
		}
		if format.shared != nil {
			add(format, "", func(w *siteWriter) { format.shared(w, models, book) })
		}
		for _, model := range models {
			add(format, model.ID, func(w *siteWriter) { format.board(w, model) })
		}
	}
	return pieces, nil
}

// sideBySide prints pieces, as many at once as there are processors. Each writes for itself alone.
func sideBySide(pieces []*piece) {
	waiting := make(chan *piece)
	var working sync.WaitGroup
	for range min(len(pieces), runtime.GOMAXPROCS(0)) {
		working.Go(func() {
			for one := range waiting {
				one.print()
			}
		})
	}
	for _, one := range pieces {
		waiting <- one
	}
	close(waiting)
	working.Wait()
}

// Shelf is a publication of which a file is printed when somebody asks for it, and then kept: a preview is looked at page
// by page. It may be asked by several at once.
type Shelf struct{ pieces []*piece }

// NewShelf makes a publication in all formats, of which nothing is printed yet.
func NewShelf(models []scorecard.Model, book *scorecard.Handbook) (*Shelf, error) {
	pieces, err := piecesOf(models, book, nil)
	return &Shelf{pieces}, err
}

// Files are all files, in the order of their making.
func (s *Shelf) Files() ([]File, error) {
	sideBySide(s.pieces)
	all := siteWriter{taken: map[string]bool{}}
	for _, done := range s.pieces {
		if all.err == nil {
			all.err = done.err
		}
		for _, file := range done.files {
			all.add(file.Path, file.Data)
		}
	}
	return all.files, all.err
}

// File is the file at a path. The error is that of the piece that the file belongs to.
func (s *Shelf) File(name string) (data []byte, found bool, err error) {
	board, _, inside := strings.Cut(name, "/")
	if folder := path.Dir(name) + "/"; folder == modelFolder {
		board = strings.TrimSuffix(path.Base(name), ".json")
	} else if !inside || strings.HasPrefix(name, "data/") {
		board = ""
	}
	for _, one := range s.pieces {
		if one.board != board || !slices.Contains(one.format.ends, path.Ext(name)) {
			continue
		}
		if one.print(); one.err != nil {
			return nil, false, one.err
		}
		if at := slices.IndexFunc(one.files, func(f File) bool { return f.Path == name }); at >= 0 {
			return one.files[at].Data, true, nil
		}
	}
	return nil, false, nil
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
