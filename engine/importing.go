package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"levelfield/datasets"
	"levelfield/datasets/source"
	"levelfield/engine/archive"
	"levelfield/engine/fault"
	"levelfield/engine/quality"
	"levelfield/engine/schedule"
	"levelfield/engine/warehouse"
)

// imported is one dataset in the warehouse.
type imported struct {
	dataset  datasets.Dataset
	received source.Received
	rows     int
	warnings fault.List
	// fresh says that the archive had not seen the file before.
	fresh bool
}

// importer brings datasets into the warehouse. It reads the archive, where there is one, and writes nothing.
type importer struct {
	options Options
	project Project
	session *warehouse.Session
	// kept is the archive of earlier runs; nil when there is none yet.
	kept *archive.Store
}

// dataset receives, types and checks one dataset. Faults of level error come back as faults; the dataset's warnings
// stay with it.
func (i importer) dataset(ctx context.Context, dataset datasets.Dataset) (imported, fault.List, error) {
	received, err := i.receive(ctx, dataset)
	var faults fault.List
	switch {
	case errors.As(err, &faults):
		return imported{}, faults, nil
	case err != nil:
		return imported{}, nil, err
	}
	read, err := i.load(ctx, dataset, received, tableOf(dataset.ID))
	if err != nil {
		return imported{}, nil, err
	}
	faults = read.faults
	if read.table == nil || len(faults.Errors()) > 0 {
		return imported{}, faults, nil
	}
	previous, err := i.previousTable(ctx, dataset, received)
	if err != nil {
		return imported{}, nil, err
	}
	judged := quality.Context{Areas: i.project.Areas, Today: i.options.Now, Deadline: schedule.Deadline, Previous: previous}
	found, err := judged.Check(ctx, i.session, dataset, tableOf(dataset.ID), read.table.Place)
	if err != nil {
		return imported{}, nil, err
	}
	faults.Add(found...)
	return imported{dataset: dataset, received: received, rows: read.rows, warnings: faults.Warnings()}, faults, nil
}

// loaded is a dataset's table in the warehouse. The table of the source is nil, as is what was typed, when the rows
// cannot be read at all.
type loaded struct {
	table  *source.Table
	typed  *typing
	rows   int
	faults fault.List
}

// load types the rows of a received file into a table of the warehouse.
func (i importer) load(ctx context.Context, dataset datasets.Dataset, received source.Received, name string) (loaded, error) {
	table, faults := source.Open(dataset, received)
	if table == nil {
		return loaded{faults: faults}, nil
	}
	typed := newTyping(dataset, i.project.Areas, table, table.Place)
	rows, found, err := i.session.Load(ctx, name, typesOf(dataset), typed, table.Place)
	if err != nil {
		return loaded{}, err
	}
	faults.Add(found...)
	faults.Add(table.Faults()...)
	faults.Add(typed.faults()...)
	return loaded{table: table, typed: typed, rows: rows, faults: faults}, nil
}

// previousTable loads the typed table of the newest other file that the archive holds of a dataset, for the rule that
// compares releases; "" when there is none or no rule asks for it.
func (i importer) previousTable(ctx context.Context, dataset datasets.Dataset, received source.Received) (string, error) {
	asked := slices.ContainsFunc(dataset.Checks, func(check datasets.Check) bool { return check.Rule == "previous-release" })
	if i.kept == nil || !asked {
		return "", nil
	}
	snapshots, err := i.kept.List(dataset.ID)
	if err != nil {
		return "", err
	}
	for _, snapshot := range slices.Backward(snapshots) {
		if snapshot.SHA256 != received.SHA256 {
			name := "previous_" + dataset.ID
			return name, i.session.LoadParquet(ctx, name, snapshot.Path("typed.parquet"))
		}
	}
	return "", nil
}

// receive obtains the dataset's file. A file of the network is fetched when there is a client; without one the newest
// that the archive holds is taken, so that every command but refresh works offline.
func (i importer) receive(ctx context.Context, dataset datasets.Dataset) (source.Received, error) {
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
func (i importer) previous(dataset datasets.Dataset) *source.Received {
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

// archive keeps every imported file that the archive does not hold yet, with its typed Parquet.
func (c *computation) archive(ctx context.Context, options Options) error {
	store, err := archive.Open(options.State)
	if err != nil {
		return err
	}
	for _, dataset := range c.project.Datasets.Datasets {
		one := c.imported[dataset.ID]
		if one.fresh, err = c.keep(ctx, options, store, one); err != nil {
			return err
		}
		c.imported[dataset.ID] = one
	}
	return nil
}

func (c *computation) keep(ctx context.Context, options Options, store *archive.Store, result imported) (fresh bool, err error) {
	if _, err := store.Read(result.dataset.ID, result.received.SHA256, result.received.Name); err == nil {
		return false, nil
	}
	file := filepath.Join(c.folder, "typed.parquet")
	if err := c.session.WriteParquet(ctx, tableOf(result.dataset.ID), file); err != nil {
		return false, fmt.Errorf("archive %s: %w", result.dataset.ID, err)
	}
	typed, err := os.ReadFile(file)
	if err != nil {
		return false, fmt.Errorf("archive %s: %w", result.dataset.ID, err)
	}
	manifest := archive.SnapshotManifest{
		Received: options.Now.UTC().Format(time.RFC3339), Released: result.dataset.Released, Rows: result.rows, Source: result.received.URL,
		ETag: result.received.ETag, LastModified: result.received.LastModified,
	}
	if manifest.Source == "" {
		manifest.Source = result.dataset.Folder + "/" + result.dataset.Source.File
	}
	for _, f := range result.warnings.Sorted() {
		manifest.Faults = append(manifest.Faults, f.String())
	}
	_, existed, err := store.Snapshot(result.dataset.ID, result.received.Data, result.received.Name, manifest, map[string][]byte{"typed.parquet": typed})
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
