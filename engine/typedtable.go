package engine

import (
	"context"
	"errors"
	"fmt"
	"os"

	"levelfield/datasets"
	"levelfield/datasets/source"
	"levelfield/engine/fault"
	"levelfield/engine/quality"
	"levelfield/engine/warehouse"
)

// TypedTable is a publisher's file as typed rows, in a database of its own under the name data.
type TypedTable struct {
	session *warehouse.Session
	folder  string
	dataset datasets.Dataset
}

// OpenTyped reads the file of a dataset, which lies in options.Project, types it and holds it against its checks. The table
// is nil where the faults hold an error.
func OpenTyped(ctx context.Context, options Options, dataset datasets.Dataset) (*TypedTable, fault.List, error) {
	project := Project{Files: options.project()}
	var faults fault.List
	if project.Areas, faults = loadAreas(); len(faults) > 0 {
		return nil, faults, nil
	}
	folder, err := os.MkdirTemp("", "levelfield-")
	if err != nil {
		return nil, nil, fmt.Errorf("make room for the warehouse: %w", err)
	}
	session, err := warehouse.Open(ctx, warehouse.Options{Memory: options.Memory, Threads: options.Threads, TempDir: folder})
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(folder))
	}
	table := &TypedTable{session: session, folder: folder, dataset: dataset}
	faults, err = table.load(ctx, importer{options: options, project: &project, session: session, folder: folder})
	if err != nil || len(faults.Errors()) > 0 {
		return nil, faults, errors.Join(err, table.Close())
	}
	return table, faults, nil
}

// typedTable is the name of the table of a [TypedTable].
const typedTable = "data"

func (t *TypedTable) load(ctx context.Context, in importer) (fault.List, error) {
	received, err := source.Receive(ctx, t.dataset, source.Options{Files: in.project.Files})
	if err != nil {
		return nil, err
	}
	defer func() { _ = received.Close() }()
	read, err := in.load(ctx, t.dataset, received, typedTable)
	if err != nil || read.table == nil {
		return read.faults, err
	}
	found, err := quality.Context{Areas: in.project.Areas}.Check(ctx, t.session, t.dataset, typedTable, read.table.Place)
	return append(read.faults, found...), err
}

// Exec runs a statement for its effect, such as the making of a macro.
func (t *TypedTable) Exec(ctx context.Context, statement string) error {
	return t.session.Exec(ctx, statement)
}

// Query runs a query over the table, and gives the names of its columns and its rows as texts: "" for nothing, numbers in
// their shortest form.
func (t *TypedTable) Query(ctx context.Context, query string) (columns []string, rows [][]string, err error) {
	return t.session.Table(ctx, query)
}

// Close throws the table away.
func (t *TypedTable) Close() error { return errors.Join(t.session.Close(), os.RemoveAll(t.folder)) }
