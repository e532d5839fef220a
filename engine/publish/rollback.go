package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Rollback exchanges the publication with the one before it, so that a second
// Rollback undoes the first. The one before is verified first. The caller holds
// the lock and has called [Recover].
func Rollback(out string, hooks ...Hook) error {
	s, err := newSite(out, hooks)
	if err != nil {
		return err
	}
	return s.rollback()
}

func (s *site) rollback() error {
	if err := s.check(); err != nil {
		return err
	}
	_, id, err := readManifest(s.previous())
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("roll back %s: %w", s.out, ErrNoPrevious)
	}
	if err != nil {
		return fmt.Errorf("roll back %s: %w", s.out, err)
	}
	if err := Verify(s.previous()); err != nil {
		return fmt.Errorf("roll back %s: %w", s.out, err)
	}
	incoming := s.staging(id)
	if err := os.RemoveAll(incoming); err != nil {
		return fmt.Errorf("roll back %s: %w", s.out, err)
	}
	return s.begin(incoming, id)
}
