// Package archive keeps what a project has received and computed: snapshots of
// datasets, addressed by their content, and the results of runs. Both are
// written once, whole, and never changed.
//
// A [Store] is the folder .levelfield of a project. [Store.Snapshot] keeps a
// publisher's file as it was received, with a [SnapshotManifest] that says when
// and where it came from; [Store.List] and [Store.Latest] find the vintages of a
// dataset, and [Store.Read] returns their bytes, held against their SHA-256.
// [Store.SaveRun] keeps the files of a run and makes it the current one;
// [Store.Current], [Store.Runs], [Store.ReadRun] and [Store.Prune] look after
// them.
//
//	store, err := archive.Open(".levelfield")
//	sha, existed, err := store.Snapshot("dfe-neet", archive.File{Path: "neet.csv", Data: received}, manifest)
//	latest, err := store.Latest("dfe-neet")
//	text, err := store.Read("dfe-neet", latest.SHA256, latest.File)
//
// On disk:
//
//	snapshots/<dataset>/<sha256>/   the file, what was made from it, manifest.json
//	runs/<id>/                      the files of the run, manifest.json
//	CURRENT                         the id of the current run
//	lock                            held by the run at work
//	aside/                          what is being written, of no value after a crash
//
// It reads no clock: times come in as text. It takes no lock: a caller that
// writes holds the one at [Store.LockPath], and calls [Store.Recover] first. It
// types no columns and publishes nothing.
package archive

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"levelfield/engine/archive/durable"
)

// File is a file of a snapshot or a run: its path in the folder there, with
// forward slashes, and its bytes.
type File = durable.File

// Entry is a file that was kept: its path, SHA-256 and length.
type Entry = durable.Entry

// manifestName is the path of the manifest in a snapshot and in a run.
const manifestName = "manifest.json"

var (
	// ErrCorrupt is wrapped by the error for a snapshot or a run whose files
	// are not those that were written.
	ErrCorrupt = errors.New("not as it was written")
	// ErrNone is wrapped by the error for a snapshot or a run that is not kept.
	ErrNone = errors.New("none is kept")
	// ErrExists is wrapped by the error for a run whose id is taken by another.
	ErrExists = errors.New("another is kept under that id")
)

// Store is the folder in which a project keeps snapshots and runs.
type Store struct {
	root string
}

// Open returns the store in the folder root, which it makes where it is missing.
func Open(root string) (*Store, error) {
	if err := durable.MakeFolder(root); err != nil {
		return nil, fmt.Errorf("open archive %s: %w", root, err)
	}
	return &Store{root: root}, nil
}

// LockPath is the file that a run locks while it writes.
func (s *Store) LockPath() string { return filepath.Join(s.root, "lock") }

// Recover removes what a killed run left half written. The caller holds the lock.
func (s *Store) Recover() error {
	if err := os.RemoveAll(s.aside()); err != nil {
		return fmt.Errorf("recover archive %s: %w", s.root, err)
	}
	return nil
}

func (s *Store) aside() string { return filepath.Join(s.root, "aside") }

// keep writes files and, last, a manifest into a folder aside, then moves it to
// its place, which must be free.
func (s *Store) keep(place string, files []File, manifest any) error {
	text, err := durable.JSON(manifest)
	if err != nil {
		return err
	}
	waiting := filepath.Join(s.aside(), filepath.Base(place))
	if err := os.RemoveAll(waiting); err != nil {
		return err
	}
	if err := durable.WriteTree(waiting, files, nil); err != nil {
		return errors.Join(err, os.RemoveAll(waiting))
	}
	if err := durable.AddFile(waiting, File{Path: manifestName, Data: text}); err != nil {
		return errors.Join(err, os.RemoveAll(waiting))
	}
	if err := durable.MakeFolder(filepath.Dir(place)); err != nil {
		return err
	}
	return durable.Rename(waiting, place)
}

// verify holds the files in folder against their entries.
func verify(folder string, entries []Entry) error {
	problems, err := durable.Compare(folder, entries, manifestName)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return fmt.Errorf("%w: %s", ErrCorrupt, strings.Join(problems, "; "))
	}
	return nil
}

// readEntry returns the bytes of one kept file, held against its entry.
func readEntry(folder string, entries []Entry, path string) ([]byte, error) {
	for _, entry := range entries {
		if entry.Path != path {
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(path)))
		if errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("%w: %s: missing", ErrCorrupt, path)
		}
		if err != nil {
			return nil, err
		}
		if durable.Sum(data) != entry.SHA256 {
			return nil, fmt.Errorf("%w: %s: sha256 %.12s, where %.12s was written", ErrCorrupt, path, durable.Sum(data), entry.SHA256)
		}
		return data, nil
	}
	return nil, fmt.Errorf("file %q: %w", path, ErrNone)
}

// folders lists the names of the real folders in path, sorted; none when path is
// missing.
func folders(path string) ([]string, error) {
	content, err := os.ReadDir(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range content {
		if entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	return names, nil
}
