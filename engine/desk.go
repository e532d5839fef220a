package engine

import (
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
	"time"

	"levelfield/engine/aggregate"
	"levelfield/engine/fault"
	"levelfield/engine/measure"
	"levelfield/engine/results"
	"levelfield/engine/warehouse"
	"levelfield/scorecard"
)

// desk is what stays between the builds of a preview. Its database is never locked, since datasets go on being loaded; the
// author's SQL does not run in it either.
type desk struct {
	session *warehouse.Session
	folder  string
	kept    map[string]*onDesk
	// stale says that a dataset was imported anew since the results were measured.
	stale bool
	basis basis
	// keeper keeps the values of each indicator.
	keeper measure.Keeper
	set    results.Set
	index  *scorecard.Index
	guard  *measure.Protection
}

// basis is what results are measured of, beside the tables.
type basis struct {
	scope measure.Scope
	// indicators are without the words that have no part in their results.
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

// basis is what results are measured of, where the index has those of the build before. The short name of an indicator without a
// figure stands in the results, since the rows of what is made of it say so.
func (c *computation) basis(before *scorecard.Index) basis {
	on := basis{scope: c.scope(), policies: c.policies, internal: c.internal, warnings: map[string][]string{}}
	for _, indicator := range c.plan.indicators {
		short := indicator.Definition.Short
		indicator.Definition = indicator.Definition.Figures()
		if before == nil || before.Without(indicator.Definition.ID) {
			indicator.Definition.Short = short
		}
		on.indicators = append(on.indicators, indicator)
	}
	for id, one := range c.imported {
		on.warnings[id] = c.warningsOf(id, one.warnings)
	}
	return on
}

// found is the index of the build before, or nil.
func (d *desk) found() *scorecard.Index {
	if d == nil {
		return nil
	}
	return d.index
}

// measurer is what measures: with a desk, what it found before is kept.
func (d *desk) measurer() *measure.Keeper {
	if d == nil {
		return new(measure.Keeper)
	}
	return &d.keeper
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
