package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"levelfield/datasets"
	"levelfield/datasets/source"
	"levelfield/engine/archive"
	"levelfield/engine/fault"
	"levelfield/engine/period"
	"levelfield/engine/quality"
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
	table, found := source.Open(dataset, received)
	faults.Add(found...)
	if table == nil {
		return imported{}, faults, nil
	}
	rows, found, err := i.session.Load(ctx, tableOf(dataset.ID), typesOf(dataset), table, table.Place)
	if err != nil {
		return imported{}, nil, err
	}
	faults.Add(found...)
	faults.Add(table.Faults()...)
	found, err = i.known(ctx, dataset, table)
	if err != nil {
		return imported{}, nil, err
	}
	faults.Add(found...)
	if len(faults.Errors()) > 0 {
		return imported{}, faults, nil
	}
	found, err = quality.Check(ctx, i.session, dataset, tableOf(dataset.ID), table.Place)
	if err != nil {
		return imported{}, nil, err
	}
	faults.Add(found...)
	return imported{dataset: dataset, received: received, rows: rows, warnings: faults.Warnings()}, faults, nil
}

// receive obtains the dataset's file. A file of the network is fetched when there is a client; without one the newest
// that the archive holds is taken, so that every command but refresh works offline.
func (i importer) receive(ctx context.Context, dataset datasets.Dataset) (source.Received, error) {
	previous := i.previous(dataset)
	if dataset.Source.Kind == "http" && i.options.Client == nil {
		if previous == nil {
			return source.Received{}, fmt.Errorf("%s has never been fetched: run levelfield refresh with a network first", dataset.ID)
		}
		return *previous, nil
	}
	return source.Receive(ctx, dataset, source.Options{
		Files: i.project.Files, Client: i.options.Client, Previous: previous, AllowLoopback: i.options.AllowLoopback,
	})
}

// previous is the file of the newest snapshot, for a conditional request; nil when there is none.
func (i importer) previous(dataset datasets.Dataset) *source.Received {
	if i.kept == nil || dataset.Source.Kind != "http" {
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

// known holds areas and periods of a dataset against the project's areas and the dataset's kind of period.
func (i importer) known(ctx context.Context, dataset datasets.Dataset, table *source.Table) (fault.List, error) {
	var faults fault.List
	area, when := dataset.Role("area")[0].Name, dataset.Role("period")[0].Name
	err := i.eachOf(ctx, dataset, area, func(code string, row int) {
		if _, found := i.project.Areas.Lookup(code); !found {
			faults.Add(table.Place(row, area).Errorf(area, "no area has the code %q", code).Hint("areas are known by their nine-character ONS codes, such as E06000034"))
		}
	})
	if err != nil {
		return nil, err
	}
	err = i.eachOf(ctx, dataset, when, func(label string, row int) {
		if _, err := period.Parse(period.Kind(dataset.Periods.Kind), label); err != nil {
			faults.Add(table.Place(row, when).Errorf(when, "%v", err))
		}
	})
	return faults, err
}

// eachOf visits the distinct values of a column with the first row of each.
func (i importer) eachOf(ctx context.Context, dataset datasets.Dataset, column string, visit func(value string, row int)) error {
	name := warehouse.Identifier(column)
	found, err := i.session.Strings(ctx, fmt.Sprintf("SELECT %s, min(_row)::VARCHAR FROM %s GROUP BY 1 ORDER BY min(_row)", name, warehouse.Identifier(tableOf(dataset.ID))))
	if err != nil {
		return fmt.Errorf("look through %s of %s: %w", column, dataset.ID, err)
	}
	for _, pair := range found {
		row, err := strconv.Atoi(pair[1])
		if err != nil {
			return fmt.Errorf("look through %s of %s: %w", column, dataset.ID, err)
		}
		visit(pair[0], row)
	}
	return nil
}
