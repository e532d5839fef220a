package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"levelfield/engine/archive/durable"
)

// runManifest lists the files of a run.
type runManifest struct {
	ID    string  `json:"id"`
	Files []Entry `json:"files"`
}

// SaveRun keeps the files of a run under its id, which sorts by time (such as
// 20250327T093000Z-4f1c), and makes it the current one. The path manifest.json is
// the archive's. To save the same files under the same id again changes nothing;
// other files are refused with [ErrExists].
func (s *Store) SaveRun(id string, files []File) error {
	if err := durable.CheckName(id); err != nil {
		return fmt.Errorf("save run: %w", err)
	}
	entries, err := durable.Describe(files, manifestName)
	if err != nil {
		return fmt.Errorf("save run %s: %w", id, err)
	}
	kept, err := s.findRun(id)
	switch {
	case errors.Is(err, ErrNone):
		if err := s.keep(s.runFolder(id), files, runManifest{ID: id, Files: entries}); err != nil {
			return fmt.Errorf("save run %s: %w", id, err)
		}
	case err != nil:
		return fmt.Errorf("save run %s: %w", id, err)
	case !slices.Equal(kept.Files, entries):
		return fmt.Errorf("save run %s: %w", id, ErrExists)
	}
	return s.SetCurrent(id)
}

// SetCurrent makes a kept run the current one, in one step.
func (s *Store) SetCurrent(id string) error {
	if _, err := s.findRun(id); err != nil {
		return fmt.Errorf("make run current: %w", err)
	}
	if err := durable.WriteFile(s.currentPath(), []byte(id+"\n")); err != nil {
		return fmt.Errorf("make run %s current: %w", id, err)
	}
	return nil
}

// Current returns the id of the current run: empty before the first, and when
// somebody removed the run it names.
func (s *Store) Current() (string, error) {
	text, err := os.ReadFile(s.currentPath())
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("current run: %w", err)
	}
	id := strings.TrimSuffix(string(text), "\n")
	if err := durable.CheckName(id); err != nil {
		return "", fmt.Errorf("current run: read %s: %w", s.currentPath(), err)
	}
	_, err = s.findRun(id)
	if errors.Is(err, ErrNone) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("current run: %w", err)
	}
	return id, nil
}

// Runs returns the ids of the kept runs, sorted, the oldest first.
func (s *Store) Runs() ([]string, error) {
	ids, err := folders(filepath.Join(s.root, "runs"))
	if err != nil {
		return nil, fmt.Errorf("list runs: %w", err)
	}
	return ids, nil
}

// RunFiles lists the files of a run, sorted by path.
func (s *Store) RunFiles(id string) ([]Entry, error) {
	run, err := s.findRun(id)
	return run.Files, err
}

// ReadRun returns a file of a run, held against its SHA-256.
func (s *Store) ReadRun(id, file string) ([]byte, error) {
	run, err := s.findRun(id)
	if err != nil {
		return nil, err
	}
	data, err := readEntry(s.runFolder(id), run.Files, file)
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", id, err)
	}
	return data, nil
}

// VerifyRun holds a run against its manifest. The error wraps [ErrCorrupt] and
// names every file that differs.
func (s *Store) VerifyRun(id string) error {
	run, err := s.findRun(id)
	if err != nil {
		return err
	}
	if err := verify(s.runFolder(id), run.Files); err != nil {
		return fmt.Errorf("run %s: %w", id, err)
	}
	return nil
}

// Prune removes the oldest runs until keep are left, never the current one, and
// returns the ids of those removed. Snapshots stay: a run can be made again from
// them.
func (s *Store) Prune(keep int) (removed []string, err error) {
	if keep < 1 {
		return nil, fmt.Errorf("prune runs: keep %d: at least one run is kept", keep)
	}
	ids, err := s.Runs()
	if err != nil {
		return nil, err
	}
	current, err := s.Current()
	if err != nil {
		return nil, err
	}
	if err := durable.MakeFolder(s.aside()); err != nil {
		return nil, fmt.Errorf("prune runs: %w", err)
	}
	excess := len(ids) - keep
	for _, id := range ids {
		if len(removed) >= excess {
			break
		}
		if id == current {
			continue
		}
		if err := s.removeRun(id); err != nil {
			return removed, fmt.Errorf("prune run %s: %w", id, err)
		}
		removed = append(removed, id)
	}
	return removed, nil
}

// removeRun moves the run aside first, so that a run in its place is whole.
func (s *Store) removeRun(id string) error {
	waiting := filepath.Join(s.aside(), id)
	if err := os.RemoveAll(waiting); err != nil {
		return err
	}
	if err := durable.Rename(s.runFolder(id), waiting); err != nil {
		return err
	}
	return os.RemoveAll(waiting)
}

func (s *Store) runFolder(id string) string { return filepath.Join(s.root, "runs", id) }

func (s *Store) currentPath() string { return filepath.Join(s.root, "CURRENT") }

func (s *Store) findRun(id string) (runManifest, error) {
	if err := durable.CheckName(id); err != nil {
		return runManifest{}, fmt.Errorf("run: %w", err)
	}
	if _, err := os.Lstat(s.runFolder(id)); errors.Is(err, os.ErrNotExist) {
		return runManifest{}, fmt.Errorf("run %s: %w", id, ErrNone)
	}
	text, err := os.ReadFile(filepath.Join(s.runFolder(id), manifestName))
	if err != nil {
		return runManifest{}, fmt.Errorf("run %s: %w: %w", id, ErrCorrupt, err)
	}
	var run runManifest
	if err := json.Unmarshal(text, &run); err != nil {
		return runManifest{}, fmt.Errorf("run %s: %w: %w", id, ErrCorrupt, err)
	}
	if run.ID != id {
		return runManifest{}, fmt.Errorf("run %s: %w: its manifest is of run %q", id, ErrCorrupt, run.ID)
	}
	return run, nil
}
