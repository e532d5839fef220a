package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"levelfield/datasets"
	"levelfield/datasets/source"
	"levelfield/engine/archive"
	"levelfield/engine/archive/durable"
	"levelfield/engine/fault"
	"levelfield/engine/quality"
	"levelfield/engine/schedule"
	"levelfield/engine/warehouse"
)

// imported is one dataset in the warehouse.
type imported struct {
	dataset  datasets.Dataset
	release  vintage
	received source.Received
	rows     int
	warnings fault.List
	// place is where a cell stands in the file.
	place warehouse.Place
	// parquet is the file of typed rows of a large dataset, whose table is a view of it; "" for the others.
	parquet string
	// areas and periods are the codes and the labels of the rows, as they are written in the warehouse.
	areas, periods []string
	// blank says that it is a template in which nothing is filled in.
	blank bool
	// fresh says that the archive had not seen the file before.
	fresh bool
}

// importer brings datasets into the warehouse. It reads the archive, where there is one, and writes nothing there.
type importer struct {
	options Options
	project *Project
	session *warehouse.Session
	// folder is room on disk for large tables.
	folder string
	// kept is the archive of earlier runs; nil when there is none yet.
	kept *archive.Store
	// releases are those that count of each dataset, the one to take first.
	releases map[string][]vintage
	// plan is what the indicators make of the datasets.
	plan plan
}

// dataset receives, types and checks one dataset. Faults of level error come back as faults, and then nothing was
// imported; the dataset's warnings stay with it.
//
// Where the run goes on without faulty datasets, the release before is taken in the place of one that is faulty, and the
// faults become warnings: only a dataset of which no release can be read is left without figures.
func (i *importer) dataset(ctx context.Context, id string) (one imported, faults fault.List, err error) {
	for n, release := range i.releases[id] {
		one, found, err := i.release(ctx, release)
		if err != nil {
			return imported{}, nil, err
		}
		sound := len(found.Errors()) == 0
		if sound && n > 0 {
			newest := i.releases[id][0].dataset
			instead := fault.At(newest.File, 0, 0).Warnf("", "the release of %s is faulty: the figures are those released on %s", newest.Released, one.dataset.Released)
			one.warnings.Add(instead)
			found.Add(instead)
		}
		if sound || !i.options.KeepGoing {
			faults.Add(found...)
			return one, faults, nil
		}
		faults.Add(found.Demoted()...)
		if err := i.session.Drop(ctx, tableOf(id)); err != nil {
			return imported{}, nil, err
		}
	}
	return imported{}, faults, nil
}

// release receives, types and checks one release of a dataset.
func (i *importer) release(ctx context.Context, release vintage) (imported, fault.List, error) {
	dataset := release.dataset
	received, err := i.receiveVintage(ctx, release)
	var faults fault.List
	switch {
	case errors.As(err, &faults):
		return imported{}, i.releasePlaced(release, faults), nil
	case err != nil:
		return imported{}, nil, err
	}
	read, err := i.load(ctx, dataset, received, tableOf(dataset.ID))
	if err != nil {
		return imported{}, nil, errors.Join(err, received.Close())
	}
	faults = i.releasePlaced(release, read.faults)
	if read.table == nil {
		return imported{}, faults, received.Close()
	}
	if dataset.Template && read.rows == 0 && len(faults.Errors()) == 0 {
		return imported{dataset: dataset, blank: true}, faults, received.Close()
	}
	previous := ""
	if len(faults.Errors()) == 0 {
		if previous, err = i.previousTable(ctx, release, received); err != nil {
			return imported{}, nil, errors.Join(err, received.Close())
		}
	}
	judged := quality.Context{Areas: i.project.Areas, Today: i.options.Now, Deadline: schedule.Deadline, Previous: previous, Earlier: release.earlier}
	found, err := i.judge(ctx, judged, dataset, read.table.Place, faults)
	if err != nil {
		return imported{}, nil, errors.Join(err, received.Close())
	}
	if faults.Add(found...); len(faults.Errors()) > 0 {
		return imported{}, faults, received.Close()
	}
	return imported{
		dataset: dataset, release: release, received: received, rows: read.rows, warnings: faults.Warnings(), place: read.table.Place, parquet: read.parquet,
		areas: inWarehouse(read.typed.codes), periods: inWarehouse(read.typed.labels),
	}, faults, nil
}

// judge holds a loaded table against its checks, and against what its indicators make of it; known are the faults that it
// has already. Where some of it could not be read, only what could be is judged: the rest would look missing.
func (i *importer) judge(ctx context.Context, judged quality.Context, dataset datasets.Dataset, place warehouse.Place, known fault.List) (fault.List, error) {
	judged.Partial = len(known.Errors()) > 0
	faults, err := judged.Check(ctx, i.session, dataset, tableOf(dataset.ID), place)
	if err != nil {
		return nil, err
	}
	tooLarge, names, err := i.beyond(ctx, dataset)
	if err != nil {
		return nil, err
	}
	found, err := i.proportions(ctx, dataset, place, i.plan.without(dataset.ID, names), append(slices.Clone(known), faults...))
	return slices.Concat(faults, tooLarge, found), err
}

// placed gives faults of the definition that stands in the project, as far as they know no more than the part that is at
// fault, the place of that part.
func (p Project) placed(dataset datasets.Dataset, faults fault.List) fault.List {
	placed := slices.Clone(faults)
	for n, f := range placed {
		if f.File == dataset.File && f.Line == 0 && f.Path != "" && p.Datasets.Known(dataset.ID) {
			placed[n].Place = p.Datasets.At(dataset.ID, f.Path)
		}
	}
	return placed
}

// releasePlaced is placed for a release: one that is not the project's current one is described elsewhere.
func (i *importer) releasePlaced(release vintage, faults fault.List) fault.List {
	if release.earlier || release.kept != nil {
		return faults
	}
	return i.project.placed(release.dataset, faults)
}

// loaded is a dataset's table in the warehouse. The table of the source is nil, as is what was typed, when the rows
// cannot be read at all.
type loaded struct {
	table   *source.Table
	typed   *typing
	rows    int
	faults  fault.List
	parquet string
}

// load types the rows of a received file into a table of the warehouse. A file that is too large for the memory becomes a
// view of typed rows on disk.
func (i *importer) load(ctx context.Context, dataset datasets.Dataset, received source.Received, name string) (loaded, error) {
	table, faults := source.Open(dataset, received)
	return i.pour(ctx, dataset, table, faults, name)
}

// pour is load for a file that has been opened, with the faults of that.
func (i *importer) pour(ctx context.Context, dataset datasets.Dataset, table *source.Table, faults fault.List, name string) (loaded, error) {
	if table == nil {
		return loaded{faults: faults}, nil
	}
	typed := newTyping(dataset, i.project.Areas, table.Place)
	parts := func(yield func(warehouse.Rows) bool) {
		for part := range table.Parts() {
			if !yield(typed.part(part)) {
				return
			}
		}
	}
	read := loaded{table: table, typed: typed}
	var found fault.List
	var err error
	if table.Large() {
		read.parquet = i.parquetOf(name)
		read.rows, found, err = i.session.LoadLarge(ctx, name, read.parquet, typesOf(dataset), parts, table.Place)
	} else {
		read.rows, found, err = i.session.Load(ctx, name, typesOf(dataset), parts, table.Place)
	}
	if err != nil {
		return loaded{}, err
	}
	typed.settle()
	faults.Add(found...)
	faults.Add(table.Faults()...)
	faults.Add(typed.faults()...)
	read.faults = faults
	return read, nil
}

// parquetOf is the file of typed rows of a table that is not kept in memory.
func (i *importer) parquetOf(table string) string { return filepath.Join(i.folder, table+".parquet") }

// previousTable loads the newest release before another, for the rule that compares releases; "" when none is held or no
// rule asks for it.
func (i *importer) previousTable(ctx context.Context, release vintage, received source.Received) (string, error) {
	id := release.dataset.ID
	asked := slices.ContainsFunc(release.dataset.Checks, func(check datasets.Check) bool { return check.Rule == "previous-release" })
	if !asked {
		return "", nil
	}
	name := "previous_" + id
	for _, before := range i.releases[id] {
		same := before.kept == release.kept && before.earlier == release.earlier && before.dataset.Released == release.dataset.Released
		if before.dataset.Released > release.dataset.Released || same {
			continue
		}
		if before.kept == nil {
			return name, i.loadProjects(ctx, before, name)
		}
		if before.kept.SHA256 != received.SHA256 {
			return name, i.session.LoadParquet(ctx, name, before.kept.Path(typedName))
		}
	}
	return "", nil
}

// loadProjects loads an earlier release of which the project holds the file.
func (i *importer) loadProjects(ctx context.Context, release vintage, name string) error {
	received, err := i.receive(ctx, release.dataset)
	if err != nil {
		return err
	}
	read, err := i.load(ctx, release.dataset, received, name)
	if err = errors.Join(err, received.Close()); err != nil {
		return err
	}
	return read.faults.Err()
}

// receive obtains the dataset's file. A file of the network is fetched when there is a client; without one the newest
// that the archive holds is taken, so that every command but refresh works offline.
func (i *importer) receive(ctx context.Context, dataset datasets.Dataset) (source.Received, error) {
	previous := i.previous(dataset)
	if source.Networked(dataset.Source.Kind) && i.options.Client == nil {
		if previous == nil {
			return source.Received{}, fmt.Errorf("%s has never been fetched: run levelfield refresh with a network first", dataset.ID)
		}
		return *previous, nil
	}
	return source.Receive(ctx, dataset, source.Options{
		Files: i.project.Files, Client: i.options.Client, Previous: previous, AllowLoopback: i.options.AllowLoopback, Secrets: i.options.Secrets,
	})
}

// previous is the file of the newest snapshot, for a conditional request; nil when there is none.
func (i *importer) previous(dataset datasets.Dataset) *source.Received {
	if i.kept == nil || !source.Networked(dataset.Source.Kind) {
		return nil
	}
	latest, err := i.kept.Latest(dataset.ID)
	if err != nil {
		return nil
	}
	data, err := i.kept.Read(dataset.ID, latest.SHA256, latest.File)
	if err != nil {
		return nil
	}
	return &source.Received{Name: latest.File, Data: data, SHA256: latest.SHA256, ETag: latest.ETag, LastModified: latest.LastModified, URL: latest.Source}
}

// archive keeps every imported file that the archive does not hold yet, with its typed Parquet and its description.
func (c *computation) archive(ctx context.Context, options Options) error {
	store, err := archive.Open(options.State)
	if err != nil {
		return err
	}
	for id, one := range c.imported {
		if one.release.kept != nil || one.release.earlier {
			continue
		}
		if one.fresh, err = keep(ctx, c.session, c.folder, store, one, options.Now, false); err != nil {
			return err
		}
		c.imported[id] = one
	}
	return nil
}

// keep puts a file into the archive, and says whether it is new there.
func keep(ctx context.Context, session *warehouse.Session, folder string, store *archive.Store, one imported, now time.Time, byHand bool) (fresh bool, err error) {
	id := one.dataset.ID
	if store.Verify(id, one.received.SHA256) == nil {
		return false, nil
	}
	typed := one.parquet
	if typed == "" {
		typed = filepath.Join(folder, typedName)
		if err := session.WriteParquet(ctx, tableOf(id), typed); err != nil {
			return false, fmt.Errorf("archive %s: %w", id, err)
		}
	}
	rows, err := os.Open(typed)
	if err != nil {
		return false, fmt.Errorf("archive %s: %w", id, err)
	}
	defer func() { _ = rows.Close() }()
	info, err := rows.Stat()
	if err != nil {
		return false, fmt.Errorf("archive %s: %w", id, err)
	}
	manifest := archive.SnapshotManifest{
		Received: now.UTC().Format(time.RFC3339), Released: one.dataset.Released, Release: one.dataset.Release, Imported: byHand, Rows: one.rows,
		Source: one.received.URL, ETag: one.received.ETag, LastModified: one.received.LastModified,
	}
	if manifest.Source == "" {
		manifest.Source = path.Join(one.dataset.Folder, cmp.Or(one.dataset.Source.File, one.received.Name))
	}
	for _, f := range one.warnings.Sorted() {
		manifest.Faults = append(manifest.Faults, f.String())
	}
	description, err := durable.JSON(one.dataset)
	if err != nil {
		return false, fmt.Errorf("archive %s: %w", id, err)
	}
	file := archive.File{Path: one.received.Name, From: one.received.Content(), SHA256: one.received.SHA256}
	_, existed, err := store.Snapshot(id, file, manifest,
		archive.File{Path: typedName, From: io.NewSectionReader(rows, 0, info.Size())}, archive.File{Path: descriptionName, Data: description})
	return !existed, err
}

// typesOf is how the warehouse types a dataset's columns.
func typesOf(dataset datasets.Dataset) []warehouse.Column {
	types := map[string]warehouse.Type{"text": warehouse.Text, "integer": warehouse.Integer, "number": warehouse.Number}
	columns := make([]warehouse.Column, len(dataset.Columns))
	for i, column := range dataset.Columns {
		columns[i] = warehouse.Column{Name: column.Name, Type: types[column.Type], Status: dataset.StatusOf(column.Name)}
		if column.Type != "text" {
			columns[i].Markers = dataset.Source.Markers
		}
	}
	return columns
}
