package publish

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"levelfield/engine/archive/durable"
)

// Switch puts the staged publication in the place of the one before, which is
// kept beside it as .out.previous. When it returns an error before the exchange,
// out is as it was.
func (s *Staged) Switch(hooks ...Hook) error {
	s.site.hooks = append(s.site.hooks, hooks...)
	present, err := exists(s.folder)
	if err != nil {
		return fmt.Errorf("publish into %s: %w", s.site.out, err)
	}
	if !present {
		return fmt.Errorf("publish into %s: nothing is staged at %s", s.site.out, s.folder)
	}
	if err := s.site.check(); err != nil {
		return err
	}
	return s.site.begin(s.folder, s.id)
}

// begin writes the journal of a switch to the publication id, which is or will
// be at incoming, and carries it out.
func (s *site) begin(incoming, id string) error {
	s.step("before-switch")
	if err := s.removeEmpty(); err != nil {
		return err
	}
	j := journal{Incoming: filepath.Base(incoming), Manifest: id}
	if err := s.writeJournal(j); err != nil {
		return fmt.Errorf("publish into %s: %w", s.out, err)
	}
	s.step("after-journal")
	if err := s.bringIn(incoming); err != nil {
		return s.explain(errors.Join(err, s.forget(id)))
	}
	return s.finish(incoming)
}

// forget removes the journal of a switch to the publication id that could not be
// carried out, so that no later start tries it again. It stays where the next
// start has work to do: the new publication came in and an error came after, or
// the old one is neither in its place nor gone.
func (s *site) forget(id string) error {
	found, err := identity(s.out)
	if err != nil || found == id {
		return err
	}
	occupied, err := exists(s.out)
	if err != nil {
		return err
	}
	kept, err := exists(s.previous())
	if err != nil || !occupied && kept {
		return err
	}
	return s.removeJournal()
}

// removeEmpty takes away an out that is an empty folder, so that the first
// publication is a rename.
func (s *site) removeEmpty() error {
	content, err := os.ReadDir(s.out)
	if err != nil || len(content) > 0 {
		return nil // absent, or a publication: not for us
	}
	if err := durable.Remove(s.out); err != nil {
		return s.explain(err)
	}
	return nil
}

// bringIn makes incoming the publication. When a rename fails, those before it
// are undone. Afterwards the one before is at incoming, or already kept, or there was
// none.
func (s *site) bringIn(incoming string) error {
	present, err := exists(incoming)
	if err != nil {
		return err
	}
	if !present {
		if err := durable.Rename(s.previous(), incoming); err != nil {
			return err
		}
		s.step("after-take")
	}
	err = s.putInPlace(incoming)
	if err != nil && !present {
		return errors.Join(err, durable.Rename(incoming, s.previous()))
	}
	return err
}

func (s *site) putInPlace(incoming string) error {
	occupied, err := exists(s.out)
	if err != nil {
		return err
	}
	if !occupied {
		if err := durable.Rename(incoming, s.out); err != nil {
			return err
		}
		s.step("after-exchange")
		return nil
	}
	err = s.exchange(incoming, s.out)
	if errors.Is(err, errCannotExchange) {
		return s.twoRenames(incoming)
	}
	if err != nil {
		return err
	}
	if err := durable.SyncFolder(s.parent); err != nil {
		return err
	}
	s.step("after-exchange")
	return nil
}

// twoRenames is the switch where folders cannot be exchanged: out becomes the
// previous one, then incoming becomes out.
func (s *site) twoRenames(incoming string) error {
	moved, err := s.discardPrevious()
	if err != nil {
		return err
	}
	restore := func(err error) error {
		if !moved {
			return err
		}
		return errors.Join(err, durable.Rename(s.discarded(), s.previous()))
	}
	if err := durable.Rename(s.out, s.previous()); err != nil {
		return restore(err)
	}
	s.step("after-previous")
	if err := durable.Rename(incoming, s.out); err != nil {
		if undone := durable.Rename(s.previous(), s.out); undone != nil {
			return errors.Join(err, undone)
		}
		return restore(err)
	}
	s.step("after-exchange")
	return nil
}

// finish ends a switch after incoming was brought in: what an exchange left at
// incoming becomes the previous publication, and the journal goes.
func (s *site) finish(incoming string) error {
	left, err := exists(incoming)
	if err != nil {
		return fmt.Errorf("publish into %s: %w", s.out, err)
	}
	if left {
		if _, err := s.discardPrevious(); err != nil {
			return fmt.Errorf("publish into %s: %w", s.out, err)
		}
		if err := durable.Rename(incoming, s.previous()); err != nil {
			return fmt.Errorf("publish into %s: %w", s.out, err)
		}
		s.step("after-previous")
	}
	if err := s.removeJournal(); err != nil {
		return fmt.Errorf("publish into %s: %w", s.out, err)
	}
	s.step("after-unjournal")
	// The publication is made. Where a reader still has one of the discarded
	// files open this can fail on some systems; the next Recover tries again.
	_ = os.RemoveAll(s.discarded())
	s.step("switched")
	return nil
}

// discardPrevious moves the kept publication, if there is one, out of the way in
// one step, so that a publication at previous is always whole.
func (s *site) discardPrevious() (moved bool, err error) {
	if err := os.RemoveAll(s.discarded()); err != nil {
		return false, err
	}
	kept, err := exists(s.previous())
	if err != nil || !kept {
		return false, err
	}
	if err := durable.Rename(s.previous(), s.discarded()); err != nil {
		return false, err
	}
	s.step("after-discard")
	return true, nil
}

// explain adds the next step to the one error whose cause is seldom guessed.
func (s *site) explain(err error) error {
	if errors.Is(err, syscall.EXDEV) || errors.Is(err, syscall.EBUSY) {
		return fmt.Errorf("publish into %s: it is a mounted volume, which cannot be switched; name a folder inside it: %w", s.out, err)
	}
	return fmt.Errorf("publish into %s: %w", s.out, err)
}
