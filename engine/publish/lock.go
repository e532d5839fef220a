package publish

import (
	"fmt"
	"path/filepath"

	"github.com/gofrs/flock"

	"levelfield/engine/archive/durable"
)

// lockMode lets another account that shares the folder find the lock held.
const lockMode = 0o644

// Lock takes the lock at path, making its folder where it is missing, or returns
// [ErrLocked] at once when another run holds it. The system frees the lock when
// the process ends, however it ends; the file stays.
func Lock(path string) (unlock func() error, err error) {
	if err := durable.MakeFolder(filepath.Dir(path)); err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	lock := flock.New(path, flock.SetPermissions(lockMode))
	held, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	if !held {
		return nil, fmt.Errorf("lock %s: %w", path, ErrLocked)
	}
	return lock.Unlock, nil
}
