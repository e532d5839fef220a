package engine

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"levelfield/datasets"
	"levelfield/engine/archive"
	"levelfield/engine/fault"
	"levelfield/engine/publish"
	"levelfield/engine/results"
	"levelfield/scorecard"
	"levelfield/scorecard/render"
)

// begin checks the whole project and only then, when it is sound, takes the lock, so that a faulty project leaves
// nothing behind. The caller calls done when nothing more is read or written.
func begin(ctx context.Context, options Options) (c computation, done func(), err error) {
	if err := sameEdition(options); err != nil {
		return c, nil, err
	}
	c, err = open(ctx, options)
	var faults fault.List
	if errors.As(err, &faults) {
		err = c.discreet(faults)
	}
	if err != nil {
		return c, nil, err
	}
	unlock, err := prepare(options)
	if err != nil {
		c.close()
		return c, nil, err
	}
	return c, func() { unlock(); c.close() }, nil
}

// prepare takes the lock of the state folder and completes what a killed run left behind.
func prepare(options Options) (unlock func(), err error) {
	store, err := archive.Open(options.State)
	if err != nil {
		return nil, err
	}
	release, err := publish.Lock(store.LockPath())
	if err != nil {
		return nil, err
	}
	unlock = func() { _ = release() }
	if err := store.Recover(); err != nil {
		unlock()
		return nil, err
	}
	if err := publish.Recover(options.Out); err != nil {
		unlock()
		return nil, err
	}
	return unlock, nil
}

// finish keeps what was imported, measures it and publishes it; the caller holds the lock.
func (c *computation) finish(ctx context.Context, options Options) (Report, error) {
	if err := c.archive(ctx, options); err != nil {
		return Report{}, err
	}
	if err := c.measure(ctx, options); err != nil {
		return Report{}, err
	}
	return c.publish(options)
}

// areaName is the name of the focus area.
func (c *computation) areaName() string {
	area, _ := c.project.Areas.Lookup(c.project.Config.Focus)
	return area.Name
}

// publish builds the models, renders them, keeps the run and publishes it.
func (c *computation) publish(options Options) (Report, error) {
	options.step("build boards")
	models, err := c.models(options)
	if err != nil {
		return Report{}, err
	}
	models, signOffs, err := c.sign(models)
	if err != nil {
		return Report{}, err
	}
	options.step("render")
	licence := c.project.Config.Licence
	rights := render.Rights{Licence: licence.Name, Attribution: licence.Attribution}
	if c.internal {
		rights.Internal = scorecard.InternalNotice
	}
	files, err := renderAll(c.set, models, scorecard.NewHandbook(c.input(options), models), rights)
	if err != nil {
		return Report{}, err
	}
	manifest, err := c.manifest(options)
	if err != nil {
		return Report{}, err
	}
	options.step("publish")
	staged, err := publish.Stage(options.Out, files, manifest, hooks(options)...)
	if err != nil {
		return Report{}, err
	}
	if err := c.auditStaged(staged); err != nil {
		return Report{}, err
	}
	run, err := c.save(options, files)
	if err != nil {
		return Report{}, err
	}
	if err := staged.Switch(); err != nil {
		return Report{}, err
	}
	report := c.report(models)
	report.Files, report.Out, report.Run, report.New, report.SignOffs = len(files), options.Out, run, c.fresh(), signOffs
	return report, nil
}

// report says what was computed.
func (c *computation) report(models []scorecard.Model) Report {
	report := Report{
		Project: c.project.Config.Title, Area: c.areaName(), AsOf: c.asOf, Indicators: len(c.plan.indicators), Datasets: len(c.imported), Values: c.set.Values.Len(),
		Warnings: c.discreet(c.warnings).Sorted(),
	}
	for _, model := range models {
		report.Boards = append(report.Boards, model.ID)
	}
	return report
}

func hooks(options Options) []publish.Hook {
	if options.Hook == nil {
		return nil
	}
	return []publish.Hook{options.Hook}
}

// fresh are the datasets whose file the archive had not seen before.
func (c *computation) fresh() []string {
	var ids []string
	for id, one := range c.imported {
		if one.fresh {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// models are the boards of the run, in the project's order.
func (c *computation) models(options Options) ([]scorecard.Model, error) {
	wanted, err := c.boards(options)
	if err != nil {
		return nil, err
	}
	before, err := c.before(options, wanted)
	if err != nil {
		return nil, err
	}
	in := c.input(options)
	models := make([]scorecard.Model, len(wanted))
	var tasks []func() error
	for i, id := range wanted {
		at := slices.IndexFunc(c.project.Boards.Boards, func(b scorecard.Board) bool { return b.ID == id })
		in.Board, in.Siblings, in.Before = c.project.Boards.Boards[at], nil, before[id]
		for _, other := range wanted {
			if other != id {
				in.Siblings = append(in.Siblings, scorecard.Link{ID: other, Title: c.boardTitle(other)})
			}
		}
		one := in
		tasks = append(tasks, func() error { models[i] = scorecard.Build(one); return nil })
	}
	return models, together(tasks...)
}

func (c *computation) boardTitle(id string) string {
	at := slices.IndexFunc(c.project.Boards.Boards, func(b scorecard.Board) bool { return b.ID == id })
	return c.project.Boards.Boards[at].Title
}

// input is what every board of the run is built from.
func (c *computation) input(options Options) scorecard.Input {
	in := scorecard.Input{
		Strategy: c.project.Strategy, Project: c.project.Config, Definitions: c.definitions(), Datasets: map[string]datasets.Dataset{},
		Results: c.set, Index: c.index, Areas: map[string]string{}, Neighbours: c.scope().Neighbours, SetNames: c.setNames(),
		AsOf: c.asOf, Edition: options.Edition, Internal: c.internal, Snapshots: map[string]string{}, Quality: map[string]scorecard.DatasetQuality{},
		Commentary: c.project.written(options.AsOf), Overrides: c.project.Overrides,
	}
	for _, dataset := range c.project.Datasets.Datasets {
		one := c.imported[dataset.ID]
		in.Datasets[dataset.ID], in.Snapshots[dataset.ID] = dataset, c.snapshotOf(dataset.ID)
		rows := one.rows
		if c.hides(dataset.ID) {
			rows = scorecard.RowsNotTold // where a row is a person, their number is a count like others
		}
		in.Quality[dataset.ID] = scorecard.DatasetQuality{Rows: rows, Protected: c.hides(dataset.ID), Warnings: c.warningsOf(dataset.ID, one.warnings.Sorted())}
	}
	for _, area := range slices.Concat(c.project.Areas.All(), c.project.Areas.Small()) {
		in.Areas[area.Code] = area.Name
	}
	in.TilePlaces, in.Boundaries = c.project.Tiles, c.project.Boundaries
	for _, area := range c.project.Areas.UpperTier() {
		in.Authorities = append(in.Authorities, area.Code)
	}
	for _, area := range c.project.Areas.Small() {
		if c.project.Areas.Inside(area, c.project.Config.Focus) {
			in.Within = append(in.Within, area.Code)
		}
	}
	return in
}

// setNames puts the neighbour sets into words: who made them, when, and how many members they have for the area.
func (c *computation) setNames() map[string]string {
	makers := map[string]string{"dfe": "Department for Education", "ons": "Office for National Statistics"}
	named := map[string]string{}
	for _, set := range c.project.Neighbours.Sets() {
		maker, about, _ := strings.Cut(set, "-")
		words := fmt.Sprintf("%d statistical neighbours", len(c.project.Neighbours.Of(set, c.project.Config.Focus)))
		if full, known := makers[maker]; known {
			words += fmt.Sprintf(" (%s, %s)", full, about)
		}
		named[set] = words
	}
	return named
}

// renderAll makes every file of the publication but its manifest: the boards, the tables and the values for analysis tools
// side by side.
func renderAll(set results.Set, models []scorecard.Model, book scorecard.Handbook, rights render.Rights) ([]publish.File, error) {
	var boards, tables []render.File
	var parquet []byte
	words := strings.TrimSpace(rights.Internal + " " + rights.Attribution)
	err := together(
		func() (err error) { boards, err = render.Print(models, &book); return err },
		func() (err error) { tables, err = render.Data(set, rights); return err },
		func() (err error) { parquet, err = archive.Parquet(set.Values, words); return err },
	)
	if err != nil {
		return nil, err
	}
	files := append(published(boards, tables, noticeOf(models)), publish.File{Path: "data/results.parquet", Data: parquet})
	if files, err = withDownloads(files, models, &book); err != nil {
		return nil, err
	}
	slices.SortFunc(files, func(a, b publish.File) int { return cmp.Compare(a.Path, b.Path) })
	return files, nil
}

// noticeOf is the file that says what an internal edition is; the public one has none.
func noticeOf(models []scorecard.Model) []render.File {
	if len(models) == 0 || models[0].Internal == "" {
		return nil
	}
	return []render.File{{Path: "INTERNAL.txt", Data: []byte(models[0].Internal + "\n")}}
}

// withDownloads adds the page that lists the files of a publication, which is made last.
func withDownloads(files []publish.File, models []scorecard.Model, book *scorecard.Handbook) ([]publish.File, error) {
	listed := make([]render.Listed, len(files))
	for i, file := range files {
		listed[i] = render.Listed{Path: file.Path, Bytes: sizeOf(file)}
	}
	page, err := render.Downloads(models, book, listed)
	if err != nil {
		return nil, err
	}
	return append(files, published([]render.File{page})...), nil
}

// sizeOf is the length of a file in bytes.
func sizeOf(file publish.File) int64 {
	if file.From != nil {
		return file.From.Size()
	}
	return int64(len(file.Data))
}

// published are rendered files as publish takes them.
func published(rendered ...[]render.File) []publish.File {
	var files []publish.File
	for _, file := range slices.Concat(rendered...) {
		files = append(files, publish.File{Path: file.Path, Data: file.Data})
	}
	return files
}

// together does several things side by side and returns what went wrong in any of them.
func together(tasks ...func() error) error {
	var working sync.WaitGroup
	errs := make([]error, len(tasks))
	for i, task := range tasks {
		working.Go(func() { errs[i] = task() })
	}
	working.Wait()
	return errors.Join(errs...)
}

// manifest says what the publication was made from.
func (c *computation) manifest(options Options) (publish.Manifest, error) {
	manifest := publish.Manifest{
		Version: options.Version, AsOf: c.asOf, Licence: c.project.Config.Licence.Name, Attribution: c.project.Config.Licence.Attribution,
	}
	if c.internal {
		manifest.Edition = internalEdition
	}
	for _, dataset := range c.project.Datasets.Datasets {
		if _, held := c.imported[dataset.ID]; !held {
			continue
		}
		manifest.Datasets = append(manifest.Datasets, publish.Dataset{ID: dataset.ID, Snapshot: c.snapshotOf(dataset.ID), Released: dataset.Released, Title: dataset.Title})
	}
	for _, path := range c.definitionFiles() {
		text, err := fs.ReadFile(c.project.Files, path)
		if err != nil {
			return publish.Manifest{}, fmt.Errorf("describe %s: %w", path, err)
		}
		sum := sha256.Sum256(text)
		manifest.Definitions = append(manifest.Definitions, publish.Definition{Path: path, SHA256: hex.EncodeToString(sum[:])})
	}
	return manifest, nil
}

// snapshotOf is the hash of a dataset's file, as far as it may be told: who knows all but a few figures of a file finds those by
// its hash.
func (c *computation) snapshotOf(id string) string {
	if c.hides(id) {
		return ""
	}
	return c.imported[id].received.SHA256
}

// definitionFiles are the project's definition files, sorted.
func (c *computation) definitionFiles() []string {
	paths := []string{projectFile, strategyFile}
	for _, definition := range c.project.Indicators.Definitions {
		paths = append(paths, definition.File)
	}
	for _, dataset := range c.project.Datasets.Datasets {
		paths = append(paths, dataset.File)
	}
	for _, board := range c.project.Boards.Boards {
		paths = append(paths, board.File)
	}
	if reports, err := fs.Glob(c.project.Files, "progress/*.csv"); err == nil {
		paths = append(paths, reports...)
	}
	paths = append(paths, c.project.governanceFiles()...)
	slices.Sort(paths)
	return paths
}

// save keeps the run's results and models in the archive, under its time and a part of its content's hash.
func (c *computation) save(options Options, files []publish.File) (string, error) {
	store, err := archive.Open(options.State)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	var kept []archive.File
	for _, file := range files {
		if strings.HasPrefix(file.Path, "data/model/") || file.Path == "data/results.parquet" || file.Path == "data/handbook.json" {
			kept = append(kept, archive.File{Path: strings.TrimPrefix(file.Path, "data/"), Data: file.Data})
			hash.Write(file.Data)
		}
	}
	record, err := c.releaseRecord()
	if err != nil {
		return "", err
	}
	kept = append(kept, record)
	sources, err := c.protectedSources()
	if err != nil {
		return "", err
	}
	if sources != nil {
		kept = append(kept, archive.File{Path: sourcesFile, Data: sources})
	}
	id := options.Now.UTC().Format("20060102T150405.000Z") + "-" + hex.EncodeToString(hash.Sum(nil))[:8]
	if err := store.SaveRun(id, kept); err != nil {
		return "", err
	}
	_, err = store.Prune(keptRuns)
	return id, err
}

// keptRuns is how many runs the archive holds: two years of quarters and the builds between them.
const keptRuns = 24
