package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"levelfield/datasets/source"
	"levelfield/engine/archive"
	"levelfield/engine/archive/durable"
	"levelfield/engine/publish"
)

// refreshedName is the file in the state folder that holds what the last refresh looked at.
const refreshedName = "refreshed.json"

// refreshed is what a refresh looked at and what came of it. Where nothing of it has changed, nothing needs to be imported
// and checked to say so: most refreshes find nothing, and a scheduler may ask every hour.
type refreshed struct {
	// Sources is the hash of everything that was looked at, Manifest that of the publication's manifest.
	Sources  string `json:"sources"`
	Manifest string `json:"manifest"`
	Report   Report `json:"report"`
}

// unchanged says whether a refresh would find what the last one found: the same files, options and day, nothing to fetch,
// and the publication whole. Whatever is in doubt, it says no.
func unchanged(sources string, options Options) (report Report, same bool, err error) {
	text, err := os.ReadFile(filepath.Join(options.State, refreshedName))
	if err != nil || sources == "" {
		return Report{}, false, nil
	}
	var last refreshed
	if json.Unmarshal(text, &last) != nil || last.Sources != sources {
		return Report{}, false, nil
	}
	unlock, err := prepare(options)
	if err != nil {
		return Report{}, false, err
	}
	defer unlock()
	manifest, err := os.ReadFile(filepath.Join(options.Out, publish.ManifestName))
	if err != nil || durable.Sum(manifest) != last.Manifest || publish.Verify(options.Out) != nil {
		return Report{}, false, nil
	}
	return last.Report, true, nil
}

// remember keeps what a refresh looked at; the caller holds the lock.
func remember(sources string, report Report, options Options) error {
	manifest, err := os.ReadFile(filepath.Join(options.Out, publish.ManifestName))
	if err != nil {
		return fmt.Errorf("remember what was refreshed: %w", err)
	}
	report.Nothing, report.New, report.Files, report.Run, report.Values, report.Boards, report.SignOffs = true, nil, 0, "", 0, nil, nil
	text, err := durable.JSON(refreshed{Sources: sources, Manifest: durable.Sum(manifest), Report: report})
	if err != nil {
		return fmt.Errorf("remember what was refreshed: %w", err)
	}
	return durable.WriteFile(filepath.Join(options.State, refreshedName), text)
}

// sourcesOf is the hash of everything that a refresh looks at, taken before it looks, so that a change in between makes
// the next one look again. It is empty where that cannot be told: of a faulty project, and of one that asks the network.
func sourcesOf(options Options) (string, error) {
	project, faults := Load(options.project())
	if len(faults.Errors()) > 0 {
		return "", nil
	}
	sum := sha256.New()
	put := json.NewEncoder(sum)
	err := put.Encode([]any{
		options.Version, options.Out, options.Boards, options.Area, options.AsOf, options.KeepGoing, options.Edition, options.Internal, options.Now.Format(time.DateOnly),
	})
	paths := (&computation{project: project}).definitionFiles()
	if _, missing := fs.Stat(project.Files, areasFile); missing == nil {
		paths = append(paths, areasFile)
	}
	for _, dataset := range project.Datasets.Datasets {
		if source.Networked(dataset.Source.Kind) && options.Client != nil {
			return "", nil
		}
		walked := fs.WalkDir(project.Files, dataset.Folder, func(name string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				paths = append(paths, name)
			}
			return err
		})
		imported, listed := importedReleases(options.State, dataset.ID)
		err = errors.Join(err, walked, listed, put.Encode(imported))
	}
	slices.Sort(paths)
	for _, name := range slices.Compact(paths) {
		err = errors.Join(err, putFile(sum, project.Files, name))
	}
	if err != nil {
		return "", fmt.Errorf("look for what has changed: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// putFile adds a file, its name and its length to a sum.
func putFile(sum hash.Hash, files fs.FS, name string) error {
	file, err := files.Open(name)
	if err != nil {
		return err
	}
	length, err := io.Copy(sum, file)
	_, _ = fmt.Fprintf(sum, "\x00%s\x00%d\x00", name, length) // a hash takes everything
	return errors.Join(err, file.Close())
}

// importedReleases are the files that somebody has brought as releases of a dataset.
func importedReleases(state, dataset string) ([]string, error) {
	if _, missing := os.Stat(state); missing != nil {
		return nil, nil
	}
	store, err := archive.Open(state)
	if err != nil {
		return nil, err
	}
	kept, err := store.List(dataset)
	var hashes []string
	for _, snapshot := range kept {
		if snapshot.Imported {
			hashes = append(hashes, snapshot.Released+" "+snapshot.SHA256)
		}
	}
	return hashes, err
}
