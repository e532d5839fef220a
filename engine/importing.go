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

// importer brings datasets into the warehouse and, when it has a store, into the archive.
type importer struct {
	options Options
	project Project
	session *warehouse.Session
	store   *archive.Store
}

// dataset receives, types and checks one dataset. Faults of level error come back as faults; the dataset's warnings
// stay with it.
func (i importer) dataset(ctx context.Context, dataset datasets.Dataset) (imported, fault.List, error) {
	received, err := source.Receive(ctx, dataset, source.Options{
		Files: i.project.Files, Client: i.options.Client, Previous: i.previous(dataset), AllowLoopback: i.options.AllowLoopback,
	})
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
	if len(faults.Errors()) > 0 {
		return imported{}, faults, nil
	}
	found, err = i.known(ctx, dataset, table)
	if err != nil {
		return imported{}, nil, err
	}
	faults.Add(found...)
	found, err = quality.Check(ctx, i.session, dataset, tableOf(dataset.ID), table.Place)
	if err != nil {
		return imported{}, nil, err
	}
	faults.Add(found...)
	result := imported{dataset: dataset, received: received, rows: rows, warnings: faults.Warnings()}
	if len(faults.Errors()) > 0 || i.store == nil {
		return result, faults, nil
	}
	result.fresh, err = i.keep(ctx, result, faults)
	return result, faults, err
}

// previous is the file of the newest snapshot, for a conditional request; nil when there is none.
func (i importer) previous(dataset datasets.Dataset) *source.Received {
	if i.store == nil || dataset.Source.Kind != "http" {
		return nil
	}
	latest, err := i.store.Latest(dataset.ID)
	if err != nil {
		return nil
	}
	data, err := i.store.Read(dataset.ID, latest.SHA256, latest.File)
	if err != nil {
		return nil
	}
	return &source.Received{Name: latest.File, Data: data, SHA256: latest.SHA256, ETag: latest.ETag, LastModified: latest.LastModified, URL: latest.Source}
}

// keep puts the file as received and its typed Parquet into the archive; an equal file is there already.
func (i importer) keep(ctx context.Context, result imported, faults fault.List) (fresh bool, err error) {
	if _, err := i.store.Read(result.dataset.ID, result.received.SHA256, result.received.Name); err == nil {
		return false, nil
	}
	folder, err := os.MkdirTemp("", "levelfield-")
	if err != nil {
		return false, fmt.Errorf("archive %s: %w", result.dataset.ID, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	file := filepath.Join(folder, "typed.parquet")
	if err := i.session.WriteParquet(ctx, tableOf(result.dataset.ID), file); err != nil {
		return false, fmt.Errorf("archive %s: %w", result.dataset.ID, err)
	}
	typed, err := os.ReadFile(file)
	if err != nil {
		return false, fmt.Errorf("archive %s: %w", result.dataset.ID, err)
	}
	manifest := archive.SnapshotManifest{
		Received: i.options.Now.UTC().Format(time.RFC3339), Released: result.dataset.Released, Rows: result.rows, Source: result.received.URL,
		ETag: result.received.ETag, LastModified: result.received.LastModified,
	}
	if manifest.Source == "" {
		manifest.Source = result.dataset.Folder + "/" + result.dataset.Source.File
	}
	for _, f := range faults.Sorted() {
		manifest.Faults = append(manifest.Faults, f.String())
	}
	_, existed, err := i.store.Snapshot(result.dataset.ID, result.received.Data, result.received.Name, manifest, map[string][]byte{"typed.parquet": typed})
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
