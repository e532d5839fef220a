package preview

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// An editor that saves a file makes several changes in a row, and a version control system that switches makes thousands:
// a build waits until nothing has changed for quiet, but no longer than patience.
const (
	quiet    = 40 * time.Millisecond
	patience = 400 * time.Millisecond
)

// watch gives the names of the files that have changed in folders, and in those below them, each time some have. Names that
// begin with a dot, and those that editors give to their own copies, are no change.
func watch(ctx context.Context, folders, except []string) (<-chan []string, error) {
	changes := make(chan []string)
	if len(folders) == 0 {
		return changes, nil
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch for changes: %w", err)
	}
	w := &watching{Watcher: watcher, except: except}
	for _, folder := range folders {
		if err := w.addAll(folder); err != nil {
			return nil, errors.Join(fmt.Errorf("watch for changes in %s: %w", folder, err), watcher.Close())
		}
	}
	go w.collect(ctx, changes)
	return changes, nil
}

// watching is a watcher of whole trees.
type watching struct {
	*fsnotify.Watcher
	except []string
}

// ours says whether a name is one of the project's.
func (w *watching) ours(name string) bool {
	base := filepath.Base(name)
	hidden := strings.HasPrefix(base, ".") && base != "." && base != ".."
	copied := strings.HasSuffix(base, "~") || strings.HasPrefix(base, "#") || strings.HasSuffix(base, ".tmp") || strings.HasPrefix(base, "~$")
	if hidden || copied {
		return false
	}
	absolute, err := filepath.Abs(name)
	return err == nil && !slices.ContainsFunc(w.except, func(other string) bool {
		other, err := filepath.Abs(other)
		return err == nil && (absolute == other || strings.HasPrefix(absolute, other+string(filepath.Separator)))
	})
}

// addAll watches a folder and those below it. A folder that goes while it is looked at needs no watching.
func (w *watching) addAll(folder string) error {
	return filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name != folder:
			return nil
		case err != nil:
			return err
		case !entry.IsDir():
			return nil
		case !w.ours(name):
			return filepath.SkipDir
		}
		return w.Add(name)
	})
}

// collect gathers changes until it is quiet, and hands them over when somebody is ready for them.
func (w *watching) collect(ctx context.Context, changes chan<- []string) {
	defer func() { _ = w.Close() }()
	var changed []string
	var first time.Time
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	var ready chan<- []string
	for {
		select {
		case <-ctx.Done():
			return
		case event, open := <-w.Events:
			if !open {
				return
			}
			if !w.counts(event) {
				continue
			}
			if len(changed) == 0 {
				first = time.Now()
			}
			if !slices.Contains(changed, event.Name) {
				changed = append(changed, event.Name)
			}
			timer.Reset(max(0, min(quiet, patience-time.Since(first))))
		case _, open := <-w.Errors:
			if !open {
				return
			}
			// Changes were lost: what they were does not matter, since a build looks at everything.
			changed = append(changed, "")
			timer.Reset(quiet)
		case <-timer.C:
			if len(changed) > 0 {
				ready = changes
			}
		case ready <- changed:
			changed, ready = nil, nil
		}
	}
}

// counts says whether an event is a change of the project. A folder that has come is watched from now on.
func (w *watching) counts(event fsnotify.Event) bool {
	if !w.ours(event.Name) || event.Op == fsnotify.Chmod {
		return false
	}
	if event.Has(fsnotify.Create) {
		if info, err := os.Lstat(event.Name); err == nil && info.IsDir() {
			// One that cannot be watched is told by the build, which cannot read it either.
			_ = w.addAll(event.Name)
		}
	}
	return true
}
