package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"levelfield/engine/archive/durable"
)

// Recover ends what a killed run left half done at out: it completes a switch
// that had begun, and removes what was only staged. Afterwards out is a whole
// publication, or absent if there was none. Each run calls it first, holding the
// lock. It also refuses, before any work is done, an out that [Stage] would.
func Recover(out string, hooks ...Hook) error {
	s, err := newSite(out, hooks)
	if err != nil {
		return err
	}
	return s.recover()
}

func (s *site) recover() error {
	j, begun, err := s.readJournal()
	if err != nil {
		return fmt.Errorf("recover %s: %w", s.out, err)
	}
	if begun {
		if err := s.resume(j); err != nil {
			return fmt.Errorf("recover %s: %w", s.out, err)
		}
	}
	if err := s.restoreLost(); err != nil {
		return fmt.Errorf("recover %s: %w", s.out, err)
	}
	if err := s.removeStale(); err != nil {
		return fmt.Errorf("recover %s: %w", s.out, err)
	}
	return s.check()
}

// resume carries out the rest of a journalled switch from wherever it stopped.
func (s *site) resume(j journal) error {
	incoming := filepath.Join(s.parent, j.Incoming)
	brought, err := s.broughtIn(incoming, j.Manifest)
	if err != nil {
		return err
	}
	if brought {
		return s.finish(incoming)
	}
	whole, err := s.isWhole(incoming, j.Manifest)
	if err != nil {
		return err
	}
	if !whole {
		// A rollback takes the previous publication after writing its journal.
		if present, err := exists(incoming); err != nil || present {
			return err
		}
		if whole, err = s.isWhole(s.previous(), j.Manifest); err != nil || !whole {
			return err
		}
	}
	if err := s.bringIn(incoming); err != nil {
		return s.explain(errors.Join(err, s.forget(j.Manifest)))
	}
	return s.finish(incoming)
}

// broughtIn says whether the journalled publication is in its place already.
// When the new and the old one are equal, either answer ends in the same bytes,
// unless out was damaged: then the staged one is still to come.
func (s *site) broughtIn(incoming, id string) (bool, error) {
	outID, err := identity(s.out)
	if err != nil || outID != id {
		return false, err
	}
	incomingID, err := identity(incoming)
	if err != nil || incomingID != id {
		return err == nil, err
	}
	return s.isWhole(s.out, id)
}

// isWhole says whether folder holds the publication id, undamaged.
func (s *site) isWhole(folder, id string) (bool, error) {
	found, err := identity(folder)
	if err != nil || found != id {
		return false, err
	}
	err = Verify(folder)
	var damaged *DamagedError
	if errors.As(err, &damaged) {
		return false, nil
	}
	return err == nil, err
}

// restoreLost brings the previous publication back when a switch stopped
// between its two renames and the new one has since been damaged or removed.
// Only a switch leaves a journal, so an out that its owner removed stays away.
func (s *site) restoreLost() error {
	journalled, err := exists(s.journal())
	if err != nil || !journalled {
		return err
	}
	occupied, err := exists(s.out)
	if err != nil {
		return err
	}
	if !occupied && Verify(s.previous()) == nil {
		if err := durable.Rename(s.previous(), s.out); err != nil {
			return err
		}
	}
	return s.removeJournal()
}

// removeStale removes what runs left beside out: stagings, the discarded
// publication and a journal that was never put in place.
func (s *site) removeStale() error {
	content, err := os.ReadDir(s.parent)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range content {
		path := filepath.Join(s.parent, entry.Name())
		if !s.isStaging(entry.Name()) && path != s.journal()+".new" {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}
