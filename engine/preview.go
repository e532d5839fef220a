package engine

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"levelfield/engine/aggregate"
	"levelfield/engine/archive"
	"levelfield/engine/fault"
	"levelfield/engine/measure"
	"levelfield/engine/publish"
	"levelfield/engine/results"
	"levelfield/engine/warehouse"
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

// desk is what stays between the builds of a preview. Its database is never locked, since datasets go on being loaded; the
// author's SQL does not run in it either.
type desk struct {
	session *warehouse.Session
	folder  string
	kept    map[string]*onDesk
	// stale says that a dataset was imported anew since the results were measured.
	stale bool
	basis basis
	set   results.Set
	index *scorecard.Index
	guard *measure.Protection
}

// basis is what results are measured of, beside the tables.
type basis struct {
	scope      measure.Scope
	indicators []measure.Indicator
	// warnings are those that travel with the values of each dataset.
	warnings map[string][]string
	// policies say what may be told, unless the edition is internal.
	policies map[string]measure.Policy
	internal bool
}

// onDesk is one dataset in the warehouse.
type onDesk struct {
	// mark identifies what it was imported from.
	mark   string
	one    imported
	faults fault.List
	table  *measure.Table
}

func newDesk(ctx context.Context, options Options) (*desk, error) {
	folder, err := os.MkdirTemp("", "levelfield-")
	if err != nil {
		return nil, fmt.Errorf("make room for the warehouse: %w", err)
	}
	session, err := warehouse.Open(ctx, warehouse.Options{Memory: options.Memory, Threads: options.Threads, TempDir: folder})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	return &desk{session: session, folder: folder, kept: map[string]*onDesk{}}, nil
}

// dataset is [importer.dataset], or what that found before where nothing that it rests on has changed.
func (d *desk) dataset(ctx context.Context, in importer, id string) (imported, fault.List, error) {
	if d == nil {
		return in.dataset(ctx, id)
	}
	mark, err := in.mark(id)
	if err != nil {
		return imported{}, nil, err
	}
	if held, is := d.kept[id]; is && held.mark == mark {
		return held.one, held.faults, nil
	}
	d.forget(id)
	d.stale = true
	for _, table := range []string{tableOf(id), "previous_" + id, aggregatedOf(id)} {
		if err := d.session.Drop(ctx, table); err != nil {
			return imported{}, nil, err
		}
	}
	if err := os.RemoveAll(in.parquetOf(tableOf(id))); err != nil {
		return imported{}, nil, err
	}
	one, faults, err := in.dataset(ctx, id)
	if err == nil && (one.blank || one.received.Name != "") {
		d.kept[id] = &onDesk{mark: mark, one: one, faults: faults}
	}
	return one, faults, err
}

// forget lets a dataset go.
func (d *desk) forget(id string) {
	held, is := d.kept[id]
	if !is {
		return
	}
	delete(d.kept, id)
	if held.table != nil {
		letGo(*held.table)
	}
	_ = held.one.received.Close()
}

// table is the aggregated table of a dataset, which the caller releases.
func (d *desk) table(id string, aggregated func() (measure.Table, error)) (measure.Table, error) {
	if d == nil {
		return aggregated()
	}
	held, is := d.kept[id]
	if !is {
		return measure.Table{}, fmt.Errorf("the dataset %s was not imported", id)
	}
	if held.table == nil {
		made, err := aggregated()
		if err != nil {
			return measure.Table{}, err
		}
		held.table = &made
	}
	for _, record := range held.table.Records {
		record.Retain()
	}
	for _, picked := range held.table.Ranked {
		for _, record := range picked {
			record.Retain()
		}
	}
	return *held.table, nil
}

// measured are the results of the build before, where nothing that they rest on has changed.
func (d *desk) measured(on basis) (results.Set, *scorecard.Index, *measure.Protection, bool) {
	if d == nil || d.index == nil || d.stale || !reflect.DeepEqual(on, d.basis) {
		return results.Set{}, nil, nil, false
	}
	return d.set, d.index, d.guard, true
}

// keep keeps results for the next build.
func (d *desk) keep(on basis, set results.Set, index *scorecard.Index, guard *measure.Protection) {
	if d != nil {
		d.basis, d.set, d.index, d.guard, d.stale = on, set, index, guard, false
	}
}

// mark identifies everything that the import of a dataset rests on: the releases that may count, the files of its folder by
// length and time, the areas, the day, and what its indicators make of it, with the places that faults would name.
func (i *importer) mark(id string) (string, error) {
	hash := sha256.New()
	encoder := json.NewEncoder(hash)
	var err error
	put := func(value any) { err = errors.Join(err, encoder.Encode(value)) }
	for _, one := range i.releases[id] {
		put(one.dataset)
		put(one.earlier)
		if one.kept != nil {
			put(one.kept.SHA256)
		}
	}
	put(i.options.Now.Format(time.DateOnly))
	if input, read := i.plan.inputs[id]; read {
		put(aggregate.Statement(input, aggregate.DuckDB))
		for _, item := range input.Items {
			put(item.Name)
			put(i.plan.shares[item.Name])
			put(i.plan.written[item.Name].at)
		}
	}
	for _, area := range i.project.Areas.Small() {
		put(area)
	}
	dataset, _ := i.project.Datasets.Lookup(id)
	folder := dataset.Folder
	if at := slices.IndexFunc(i.releases[id], func(one vintage) bool { return one.kept == nil }); at >= 0 {
		folder = i.releases[id][at].dataset.Folder
	}
	walked := fs.WalkDir(i.project.Files, folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			put([]any{name, info.Size(), info.ModTime().UnixNano()})
		}
		return err
	})
	if errors.Is(walked, fs.ErrNotExist) {
		walked = nil
	}
	if err = errors.Join(err, walked); err != nil {
		return "", fmt.Errorf("look at %s: %w", id, err)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
