package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"levelfield/engine/fault"
	"levelfield/engine/publish"
	"levelfield/scorecard"
	"levelfield/scorecard/render"
)

// ReplayOptions are what a replay of saved models needs.
type ReplayOptions struct {
	// From are saved models: files, folders of them, publications, or runs in the state folder.
	From []string
	// Formats are names of [render.Formats]; none stands for all.
	Formats []string
	// Out is the folder to publish into, State the one with the lock.
	Out, State string
	// Version is the program's version as the manifest prints it.
	Version string
	// Hook is called between durable steps of publishing; nil in production.
	Hook func(step string)
}

// ReplayReport is what a replay printed.
type ReplayReport struct {
	Boards []string `json:"boards"`
	AsOf   string   `json:"as_of"`
	Files  int      `json:"files"`
	Out    string   `json:"out"`
	// Handbook says that the pages behind all boards were there to print too.
	Handbook bool `json:"handbook"`
}

// mostSaved is the length of the longest saved model that is read: a board of a thousand indicators has less.
const mostSaved = 256 << 20

// modelsBelow is where a publication and a run have their models, seen from their folder.
var modelsBelow = []string{"data/model", "model"}

// handbookName is the saved handbook, beside the folder of the models.
const handbookName = "handbook.json"

// Replay prints saved models again, in any format, without data and without a database, and publishes what it printed into
// options.Out in one step. Models of one version of the program give the very bytes that the build wrote. The error is a
// [fault.List] when a file is no model that can be read; then nothing was published.
//
// Where the models stand in a publication, its handbook gives the order of the boards and the pages behind them.
func Replay(ctx context.Context, options ReplayOptions) (ReplayReport, error) {
	found, faults, err := findSaved(options)
	if err != nil {
		return ReplayReport{}, err
	}
	models, book, unread := found.read()
	faults.Add(unread...)
	if err := faults.Err(); err != nil {
		return ReplayReport{}, err
	}
	rendered, err := render.Print(models, book, options.Formats...)
	if err != nil {
		return ReplayReport{}, err
	}
	files := published(rendered, noticeOf(models))
	if len(options.Formats) == 0 || slices.Contains(options.Formats, render.HTML) {
		carried, closing, err := found.carry()
		defer closing()
		if err != nil {
			return ReplayReport{}, err
		}
		if files, err = withDownloads(append(files, carried...), models, book); err != nil {
			return ReplayReport{}, err
		}
	}
	if err := ctx.Err(); err != nil {
		return ReplayReport{}, err
	}
	unlock, err := prepare(Options{State: options.State, Out: options.Out})
	if err != nil {
		return ReplayReport{}, err
	}
	defer unlock()
	manifest := manifestOf(models, options.Version)
	staged, err := publish.Stage(options.Out, files, manifest, hooks(Options{Hook: options.Hook})...)
	if err != nil {
		return ReplayReport{}, err
	}
	report := ReplayReport{AsOf: manifest.AsOf, Files: len(files), Out: options.Out, Handbook: book != nil}
	for _, model := range models {
		report.Boards = append(report.Boards, model.ID)
	}
	return report, staged.Switch()
}

// manifestOf says what a replay rests on, as far as models know: no definition is among it.
func manifestOf(models []scorecard.Model, version string) publish.Manifest {
	manifest := publish.Manifest{Version: version}
	for _, model := range models {
		manifest.AsOf = max(manifest.AsOf, model.AsOf)
		manifest.Attribution = cmp.Or(manifest.Attribution, model.Attribution)
		for _, source := range model.Sources {
			dataset := publish.Dataset{ID: source.ID, Snapshot: source.Snapshot, Released: isoDay(source.Released), Title: source.Title}
			if !slices.Contains(manifest.Datasets, dataset) {
				manifest.Datasets = append(manifest.Datasets, dataset)
			}
		}
	}
	return manifest
}

// isoDay is a day that a model has in words, as manifests write it; other text stays as it is.
func isoDay(words string) string {
	day, err := time.Parse("2 January 2006", words)
	if err != nil {
		return words
	}
	return day.Format(time.DateOnly)
}

// savedFiles are the files of a replay.
type savedFiles struct {
	models []string
	// beside is the folder above that of the models, where it holds what all boards share; "" where there is none.
	beside string
}

// findSaved finds the models that are meant.
func findSaved(options ReplayOptions) (found savedFiles, faults fault.List, err error) {
	out, err := filepath.Abs(options.Out)
	if err != nil {
		return found, nil, fmt.Errorf("find %s: %w", options.Out, err)
	}
	for _, from := range options.From {
		files, err := modelsIn(from)
		switch {
		case err != nil:
			faults.Add(fault.At(from, 0, 0).Unread(err))
			continue
		case len(files) == 0:
			faults.Add(fault.At(from, 0, 0).Errorf("", "holds no saved model").Hint("a publication has its models in data/model"))
			continue
		}
		inside, err := filepath.Abs(files[0])
		if err != nil {
			return found, nil, fmt.Errorf("find %s: %w", from, err)
		}
		if inside == out || strings.HasPrefix(inside, out+string(filepath.Separator)) {
			return found, nil, fmt.Errorf("print %s into %s: the models would be replaced by what is made of them; name another folder with --out", from, options.Out)
		}
		found.models = append(found.models, files...)
		if folder := filepath.Dir(files[0]); filepath.Base(folder) == "model" {
			above := filepath.Dir(folder)
			if found.beside != "" && found.beside != above {
				faults.Add(fault.At(from, 0, 0).Errorf("", "is of another publication than %s", found.beside).Hint("print one publication at a time"))
			}
			found.beside = above
		}
	}
	return found, faults, nil
}

// modelsIn are the saved models that a name leads to: the file itself, or those in a folder.
func modelsIn(from string) ([]string, error) {
	info, err := os.Stat(from)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{from}, nil
	}
	folder := from
	for _, below := range modelsBelow {
		if inside, err := os.Stat(filepath.Join(from, below)); err == nil && inside.IsDir() {
			folder = filepath.Join(from, below)
			break
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) == ".json" && !entry.IsDir() {
			files = append(files, filepath.Join(folder, entry.Name()))
		}
	}
	return files, nil
}

// read reads all of them, with every fault of every file, in the order of the publication that they are from, or else in
// that of their names.
func (s savedFiles) read() (models []scorecard.Model, book *scorecard.Handbook, faults fault.List) {
	first := map[string]string{}
	for _, file := range s.models {
		data, err := readSaved(file)
		if err != nil {
			faults.Add(fault.At(file, 0, 0).Unread(err))
			continue
		}
		model, found := render.LoadModel(file, data)
		faults.Add(found...)
		if before, twice := first[model.ID]; twice && len(found) == 0 {
			faults.Add(fault.At(file, 0, 0).Errorf("id", "%s is the scorecard of %s too", model.ID, before).Hint("print them one by one"))
		}
		first[model.ID] = file
		models = append(models, model)
	}
	if s.beside == "" {
		return models, nil, faults
	}
	file := filepath.Join(s.beside, handbookName)
	data, err := readSaved(file)
	if errors.Is(err, fs.ErrNotExist) {
		return models, nil, faults
	}
	if err != nil {
		return models, nil, append(faults, fault.At(file, 0, 0).Unread(err))
	}
	read, found := render.LoadHandbook(file, data)
	place := map[string]int{}
	for i, board := range read.Boards {
		place[board.ID] = i
	}
	slices.SortStableFunc(models, func(a, b scorecard.Model) int { return cmp.Compare(place[a.ID], place[b.ID]) })
	return models, &read, append(faults, found...)
}

// readSaved reads a file that is one, and no longer than a model can be.
func readSaved(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("it is no file")}
	case info.Size() > mostSaved:
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("it is longer than %d MiB", mostSaved>>20)}
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(file, mostSaved+1))
	return data, errors.Join(err, file.Close())
}

// opened is a file as publish reads one.
type opened struct {
	*os.File
	size int64
}

// Size is the number of its bytes.
func (o opened) Size() int64 { return o.size }

// carry opens the tables beside the models, to which pages link and which no model can make again; closing closes them.
func (s savedFiles) carry() (files []publish.File, closing func(), err error) {
	var all []*os.File
	closing = func() {
		for _, file := range all {
			_ = file.Close()
		}
	}
	if s.beside == "" {
		return nil, closing, nil
	}
	for _, name := range render.Tables() {
		file, err := os.Open(filepath.Join(s.beside, path.Base(name)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, closing, fmt.Errorf("carry over the tables: %w", err)
		}
		all = append(all, file)
		info, err := file.Stat()
		if err != nil {
			return nil, closing, fmt.Errorf("carry over the tables: %w", err)
		}
		if info.Mode().IsRegular() {
			files = append(files, publish.File{Path: name, From: opened{file, info.Size()}})
		}
	}
	return files, closing, nil
}
