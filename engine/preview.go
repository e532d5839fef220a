package engine

import (
	"cmp"
	"context"
	"errors"
	"os"
	"slices"
	"sync"

	"levelfield/engine/archive"
	"levelfield/engine/fault"
	"levelfield/engine/publish"
	"levelfield/engine/results"
	"levelfield/scorecard"
	"levelfield/scorecard/render"
)

// Preview builds a project again and again while somebody works on it, and publishes nothing: no file is written, in the
// state folder neither, and no lock is taken. What a change does not touch is kept from the build before: a dataset whose
// file, description and expressions are the same is neither read nor checked nor aggregated again, and where neither a
// figure nor a definition is new, nothing is measured again. Pages are printed when somebody asks for them.
//
// A preview does one build at a time; its editions stay readable while the next is built.
type Preview struct {
	turn sync.Mutex
	desk *desk
}

// Edition is what a preview has built.
type Edition struct {
	Report
	shelf   *render.Shelf
	tables  func() (map[string][]byte, error)
	listing func() (publish.File, error)
}

// File is the file of the edition at a path, as a build would publish it; the manifest is no file of a preview.
func (e *Edition) File(name string) (data []byte, found bool, err error) {
	switch {
	case slices.Contains(render.Tables(), name):
		tables, err := e.tables()
		return tables[name], err == nil, err
	case name == render.DownloadsPage:
		page, err := e.listing()
		return page.Data, err == nil, err
	}
	return e.shelf.File(name)
}

// Build builds the project as it is now. The error is a [fault.List] when definitions or data are faulty.
func (p *Preview) Build(ctx context.Context, options Options) (*Edition, error) {
	p.turn.Lock()
	defer p.turn.Unlock()
	options.Client = nil
	kept := p.desk != nil
	edition, err := p.build(ctx, options)
	var faults fault.List
	if err == nil || errors.As(err, &faults) || ctx.Err() != nil {
		return edition, err
	}
	// What went wrong may lie in what was kept.
	if cleared := p.clear(); cleared != nil || !kept {
		return nil, errors.Join(err, cleared)
	}
	return p.build(ctx, options)
}

// Close gives the warehouse and its room on disk back.
func (p *Preview) Close() error {
	p.turn.Lock()
	defer p.turn.Unlock()
	return p.clear()
}

func (p *Preview) clear() error {
	if p.desk == nil {
		return nil
	}
	d := p.desk
	p.desk = nil
	for id := range d.kept {
		d.forget(id)
	}
	return errors.Join(d.session.Close(), os.RemoveAll(d.folder))
}

func (p *Preview) build(ctx context.Context, options Options) (*Edition, error) {
	if p.desk == nil {
		made, err := newDesk(ctx, options)
		if err != nil {
			return nil, err
		}
		p.desk = made
	}
	options.desk = p.desk
	c, err := open(ctx, options)
	if err != nil {
		return nil, err
	}
	defer c.close()
	if err := c.measure(ctx, options); err != nil {
		return nil, err
	}
	models, err := c.models(options)
	if err != nil {
		return nil, err
	}
	models, signOffs, err := c.sign(models)
	if err != nil {
		return nil, err
	}
	book := scorecard.NewHandbook(c.input(options), models)
	edition, err := newEdition(c.set, models, &book, render.Rights{Licence: c.project.Config.Licence.Name, Attribution: c.project.Config.Licence.Attribution})
	if err != nil {
		return nil, err
	}
	edition.Report = c.report(models)
	edition.SignOffs = signOffs
	told, err := c.audit(func(name string) ([]byte, error) {
		data, _, err := edition.File(name)
		return data, err
	})
	if err == nil && len(told) > 0 {
		err = told.Sorted()
	}
	return edition, err
}

// newEdition makes an edition, of which nothing is printed yet.
func newEdition(set results.Set, models []scorecard.Model, book *scorecard.Handbook, rights render.Rights) (*Edition, error) {
	shelf, err := render.NewShelf(models, book)
	if err != nil {
		return nil, err
	}
	tables := sync.OnceValues(func() (map[string][]byte, error) { return tablesOf(set, rights) })
	// The page that lists all files knows how long each is.
	listing := sync.OnceValues(func() (publish.File, error) {
		files, err := shelf.Files()
		if err != nil {
			return publish.File{}, err
		}
		data, err := tables()
		if err != nil {
			return publish.File{}, err
		}
		all := published(files)
		for name, table := range data {
			all = append(all, publish.File{Path: name, Data: table})
		}
		slices.SortFunc(all, func(a, b publish.File) int { return cmp.Compare(a.Path, b.Path) })
		listed, err := withDownloads(all, models, book)
		if err != nil {
			return publish.File{}, err
		}
		return listed[len(listed)-1], nil
	})
	return &Edition{shelf: shelf, tables: tables, listing: listing}, nil
}

// tablesOf are the tables of results by path.
func tablesOf(set results.Set, rights render.Rights) (map[string][]byte, error) {
	files, err := render.Data(set, rights)
	if err != nil {
		return nil, err
	}
	byPath := map[string][]byte{}
	for _, file := range files {
		byPath[file.Path] = file.Data
	}
	byPath["data/results.parquet"], err = archive.Parquet(set.Values, rights.Attribution)
	return byPath, err
}
