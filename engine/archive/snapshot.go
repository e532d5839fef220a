package archive

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"levelfield/engine/archive/durable"
)

// SnapshotManifest says what a snapshot is and where it came from. Snapshot fills
// Dataset, SHA256, File, Bytes and Files; the rest is the caller's.
type SnapshotManifest struct {
	Dataset  string `json:"dataset"`
	SHA256   string `json:"sha256"`            // of the file as received: the snapshot's address
	File     string `json:"file"`              // the name it is kept under
	Bytes    int64  `json:"bytes"`             // its length
	Received string `json:"received"`          // when, in RFC 3339; empty when not known
	Source   string `json:"source"`            // where from: a URL, or a path in the project
	Released string `json:"released"`          // the publisher's release date, such as 2025-03-27
	Release  string `json:"release,omitempty"` // what the publisher calls the release
	// Imported says that somebody brought the file as a release of the dataset; the others are what a run has read.
	Imported bool `json:"imported,omitempty"`
	// ETag and LastModified are what the server said of the file's version, for the next conditional request.
	ETag         string   `json:"etag,omitempty"`
	LastModified string   `json:"last_modified,omitempty"`
	Rows         int      `json:"rows"`
	Faults       []string `json:"faults"` // what the import reported, as printed
	Files        []Entry  `json:"files"`  // the file and what was made from it
}

// Snapshot is a file as received, kept in a folder of its own.
type Snapshot struct {
	SnapshotManifest
	folder string
}

// Path is where a file of the snapshot lies, for a reader that wants a file and
// not bytes. It is not held against its SHA-256: [Store.Verify] does that.
func (s Snapshot) Path(file string) string {
	return filepath.Join(s.folder, filepath.FromSlash(file))
}

// isAddress recognises a SHA-256 in hexadecimal.
var isAddress = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Snapshot keeps a file as received, under its own name, in a folder addressed by
// its SHA-256, with the extra files made from it. Where the same bytes are kept
// already they are verified and nothing is written, whatever the name, the
// manifest and the extra files are now: what was kept first stays.
func (s *Store) Snapshot(dataset string, received File, m SnapshotManifest, extra ...File) (sha string, existed bool, err error) {
	if err := errors.Join(durable.CheckName(dataset), durable.CheckName(received.Path), m.checkDates()); err != nil {
		return "", false, fmt.Errorf("snapshot %s: %w", dataset, err)
	}
	entries, err := durable.Describe(append([]File{received}, extra...), manifestName)
	if err != nil {
		return "", false, fmt.Errorf("snapshot %s: %w", dataset, err)
	}
	for _, entry := range entries {
		if entry.Path == received.Path {
			m.SHA256, m.Bytes = entry.SHA256, entry.Bytes
		}
	}
	place := s.snapshotFolder(dataset, m.SHA256)
	if _, err = os.Lstat(place); err == nil {
		return m.SHA256, true, s.Verify(dataset, m.SHA256)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return "", false, fmt.Errorf("snapshot %s: %w", dataset, err)
	}
	m.Dataset, m.File, m.Files = dataset, received.Path, entries
	m.Faults = append([]string{}, m.Faults...)
	if err := s.keep(place, append([]File{received}, extra...), m); err != nil {
		return "", false, fmt.Errorf("snapshot %s: %w", dataset, err)
	}
	return m.SHA256, false, nil
}

// List returns the snapshots of a dataset by release date, those of one date in
// the order they were received. A snapshot whose manifest cannot be read is an
// error that wraps [ErrCorrupt].
func (s *Store) List(dataset string) ([]Snapshot, error) {
	if err := durable.CheckName(dataset); err != nil {
		return nil, fmt.Errorf("list snapshots of %s: %w", dataset, err)
	}
	names, err := folders(filepath.Join(s.root, "snapshots", dataset))
	if err != nil {
		return nil, fmt.Errorf("list snapshots of %s: %w", dataset, err)
	}
	var list []Snapshot
	for _, name := range names {
		if !isAddress.MatchString(name) {
			continue
		}
		snapshot, err := s.find(dataset, name)
		if err != nil {
			return nil, fmt.Errorf("list snapshots of %s: %w", dataset, err)
		}
		list = append(list, snapshot)
	}
	slices.SortFunc(list, func(a, b Snapshot) int {
		return cmp.Or(cmp.Compare(a.Released, b.Released), a.receivedAt().Compare(b.receivedAt()), cmp.Compare(a.SHA256, b.SHA256))
	})
	return list, nil
}

// Latest returns the last of [Store.List], or an error that wraps [ErrNone].
func (s *Store) Latest(dataset string) (Snapshot, error) {
	list, err := s.List(dataset)
	if err != nil {
		return Snapshot{}, err
	}
	if len(list) == 0 {
		return Snapshot{}, fmt.Errorf("latest snapshot of %s: %w", dataset, ErrNone)
	}
	return list[len(list)-1], nil
}

// Read returns a file of a snapshot, held against its SHA-256.
func (s *Store) Read(dataset, sha, file string) ([]byte, error) {
	snapshot, err := s.find(dataset, sha)
	if err != nil {
		return nil, err
	}
	data, err := readEntry(snapshot.folder, snapshot.Files, file)
	if err != nil {
		return nil, fmt.Errorf("snapshot %s of %s in %s: %w", sha, dataset, snapshot.folder, err)
	}
	return data, nil
}

// Verify holds a snapshot against its manifest, and the file as received against
// the snapshot's address. The error wraps [ErrCorrupt] and names every file that
// differs.
func (s *Store) Verify(dataset, sha string) error {
	snapshot, err := s.find(dataset, sha)
	if err != nil {
		return err
	}
	if err := verify(snapshot.folder, snapshot.Files); err != nil {
		return fmt.Errorf("snapshot %s of %s in %s: %w", sha, dataset, snapshot.folder, err)
	}
	return nil
}

func (s *Store) snapshotFolder(dataset, sha string) string {
	return filepath.Join(s.root, "snapshots", dataset, sha)
}

// find reads the manifest of a snapshot and holds it against the place it is in.
func (s *Store) find(dataset, sha string) (Snapshot, error) {
	if err := durable.CheckName(dataset); err != nil {
		return Snapshot{}, fmt.Errorf("snapshot %s: %w", dataset, err)
	}
	folder := s.snapshotFolder(dataset, sha)
	if _, err := os.Lstat(folder); !isAddress.MatchString(sha) || errors.Is(err, os.ErrNotExist) {
		return Snapshot{}, fmt.Errorf("snapshot %q of %s: %w", sha, dataset, ErrNone)
	}
	snapshot := Snapshot{folder: folder}
	text, err := os.ReadFile(filepath.Join(folder, manifestName))
	if err != nil {
		return Snapshot{}, fmt.Errorf("snapshot %s of %s in %s: %w: %w", sha, dataset, folder, ErrCorrupt, err)
	}
	if err := json.Unmarshal(text, &snapshot.SnapshotManifest); err != nil {
		return Snapshot{}, fmt.Errorf("snapshot %s of %s in %s: %w: %w", sha, dataset, folder, ErrCorrupt, err)
	}
	addressed := slices.ContainsFunc(snapshot.Files, func(entry Entry) bool {
		return entry.Path == snapshot.File && entry.SHA256 == sha
	})
	if snapshot.Dataset != dataset || snapshot.SHA256 != sha || !addressed {
		return Snapshot{}, fmt.Errorf("snapshot %s of %s in %s: %w: its manifest is of another snapshot", sha, dataset, folder, ErrCorrupt)
	}
	return snapshot, nil
}

// checkDates refuses dates by which snapshots could not be put in order.
func (m SnapshotManifest) checkDates() error {
	var faults []error
	if _, err := time.Parse(time.RFC3339, m.Received); m.Received != "" && err != nil {
		faults = append(faults, fmt.Errorf("received %q: not a time in RFC 3339, such as 2025-03-27T09:30:00Z", m.Received))
	}
	if _, err := time.Parse(time.DateOnly, m.Released); m.Released != "" && err != nil {
		faults = append(faults, fmt.Errorf("released %q: not a date, such as 2025-03-27", m.Released))
	}
	return errors.Join(faults...)
}

// receivedAt is the zero time when it is not known, so that such a snapshot
// counts as the oldest.
func (m SnapshotManifest) receivedAt() time.Time {
	at, err := time.Parse(time.RFC3339, m.Received)
	if err != nil {
		return time.Time{}
	}
	return at
}
