package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"levelfield/engine/archive/durable"
)

// ManifestName is the path of the manifest in a publication.
const ManifestName = "manifest.json"

// Manifest lists what a publication holds and what it was made from.
type Manifest struct {
	Files       []Entry      `json:"files"`                 // every file but the manifest, filled by Stage
	Datasets    []Dataset    `json:"datasets"`              // the snapshots the numbers come from
	Definitions []Definition `json:"definitions"`           // the files that say what is computed
	Version     string       `json:"version"`               // of the program
	AsOf        string       `json:"as_of"`                 // the date up to which releases count
	Licence     string       `json:"licence,omitempty"`     // of the figures in every file
	Attribution string       `json:"attribution,omitempty"` // the words that the licence asks for
	Edition     string       `json:"edition,omitempty"`     // internal, or nothing for the public edition
}

// Entry is one published file: its path, SHA-256 and length.
type Entry = durable.Entry

// Dataset names the snapshot of a dataset that a publication used.
type Dataset struct {
	ID       string `json:"id"`
	Snapshot string `json:"snapshot"` // the SHA-256 that addresses it
	Released string `json:"released"`
	Title    string `json:"title"`
}

// Definition is a file of the project that a publication was computed by.
type Definition struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// encode writes the manifest sorted and indented, so that equal publications
// have equal manifests.
func (m Manifest) encode() ([]byte, error) {
	// Appending to an empty slice, never nil, prints [] where a list is empty.
	m.Files = append([]Entry{}, m.Files...)
	m.Datasets = append([]Dataset{}, m.Datasets...)
	m.Definitions = append([]Definition{}, m.Definitions...)
	slices.SortFunc(m.Files, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(m.Datasets, func(a, b Dataset) int {
		return slices.Compare(
			[]string{a.ID, a.Snapshot, a.Released, a.Title},
			[]string{b.ID, b.Snapshot, b.Released, b.Title})
	})
	slices.SortFunc(m.Definitions, func(a, b Definition) int {
		return slices.Compare([]string{a.Path, a.SHA256}, []string{b.Path, b.SHA256})
	})
	return durable.JSON(m)
}

// ReadManifest reads the manifest of the publication in folder. A file of that
// name which lacks one of our five members, such as a web application's
// manifest, is refused with [ErrRefused].
func ReadManifest(folder string) (Manifest, error) {
	manifest, _, err := readManifest(folder)
	return manifest, err
}

// readManifest also returns the SHA-256 of the manifest, which identifies the
// publication, since the manifest holds the SHA-256 of everything else.
func readManifest(folder string) (Manifest, string, error) {
	path := filepath.Join(folder, ManifestName)
	text, err := os.ReadFile(path)
	if err != nil {
		return Manifest{}, "", fmt.Errorf("read manifest: %w", err)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil {
		return Manifest{}, "", fmt.Errorf("read manifest %s: %w: not a manifest of ours: %w", path, ErrRefused, err)
	}
	for _, member := range []string{"files", "datasets", "definitions", "version", "as_of"} {
		if _, has := members[member]; !has {
			return Manifest{}, "", fmt.Errorf("read manifest %s: %w: not a manifest of ours: it has no %q", path, ErrRefused, member)
		}
	}
	var manifest Manifest
	if err := json.Unmarshal(text, &manifest); err != nil {
		return Manifest{}, "", fmt.Errorf("read manifest %s: %w: not a manifest of ours: %w", path, ErrRefused, err)
	}
	return manifest, durable.Sum(text), nil
}

// identity is the SHA-256 of the manifest of the publication in folder, and
// empty when there is no publication.
func identity(folder string) (string, error) {
	info, err := os.Lstat(folder)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	_, id, err := readManifest(folder)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrRefused) {
		return "", nil
	}
	return id, err
}
