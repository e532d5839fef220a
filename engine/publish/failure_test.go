package publish

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFailedExchangeChangesNothing stands for a publication that is itself a
// mounted volume: the system refuses to move it.
func TestFailedExchangeChangesNothing(t *testing.T) {
	t.Parallel()
	out := scene{published: []string{"one", "two"}}.stand(t, true)
	for _, act := range []string{"publish", "roll-back"} {
		s, err := newSite(out, nil)
		if err != nil {
			t.Fatal(err)
		}
		s.exchange = func(_, _ string) error { return syscall.EBUSY }
		err = s.rollback()
		if act == "publish" {
			var staged *Staged
			if staged, err = s.stage(editionFiles("new"), Manifest{Version: "new"}); err == nil {
				err = staged.Switch()
			}
		}
		if !errors.Is(err, syscall.EBUSY) || !strings.Contains(err.Error(), "mounted volume") {
			t.Errorf("%s: got error %v, want one that names the mounted volume", act, err)
		}
		if got, kept := editionIn(t, out), editionIn(t, previousOf(out)); got != "two" || kept != "one" {
			t.Errorf("%s: got edition %q with %q kept, want two with one", act, got, kept)
		}
	}
	if err := Recover(out); err != nil {
		t.Fatal(err)
	}
	checkNothingLeft(t, out)
}

// TestFailedRenameIsUndone lets the second of the two renames fail.
func TestFailedRenameIsUndone(t *testing.T) {
	t.Parallel()
	out := scene{published: []string{"one", "two"}}.stand(t, false)
	err := perform("publish", out, "new", false, func(step string) {
		if step != "after-previous" {
			return
		}
		s, err := newSite(out, nil)
		if err != nil {
			t.Error(err)
			return
		}
		j, _, err := s.readJournal()
		if err != nil {
			t.Error(err)
		}
		if err := os.RemoveAll(filepath.Join(filepath.Dir(out), j.Incoming)); err != nil {
			t.Error(err)
		}
	})
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got error %v, want %v", err, os.ErrNotExist)
	}
	if got, kept := editionIn(t, out), editionIn(t, previousOf(out)); got != "two" || kept != "one" {
		t.Errorf("got edition %q with %q kept, want two with one", got, kept)
	}
	checkNothingLeft(t, out)
}

// TestDamagedStagingIsNotSwitchedTo has the staged publication spoilt between a
// kill and the next start, with the old one in its place and moved out of it.
func TestDamagedStagingIsNotSwitchedTo(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"after-journal", "after-previous"} {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			out := scene{published: []string{"one", "two"}}.stand(t, false)
			die(t, "publish", out, false, step)
			s, err := newSite(out, nil)
			if err != nil {
				t.Fatal(err)
			}
			j, begun, err := s.readJournal()
			if err != nil || !begun {
				t.Fatalf("no journal: %v", err)
			}
			spoilt := filepath.Join(filepath.Dir(out), j.Incoming, "index.html")
			if err := os.WriteFile(spoilt, []byte("spoilt"), fileModeForTest); err != nil {
				t.Fatal(err)
			}
			if err := Recover(out); err != nil {
				t.Fatal(err)
			}
			if got := editionIn(t, out); got != "two" {
				t.Errorf("got edition %q, want two", got)
			}
			checkNothingLeft(t, out)
		})
	}
}

// TestEqualPublicationRepairs publishes over a damaged copy of the same edition.
func TestEqualPublicationRepairs(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"", "after-journal"} {
		t.Run("killed at "+step, func(t *testing.T) {
			t.Parallel()
			out := scene{published: []string{"one", "new"}}.stand(t, true)
			if err := os.WriteFile(filepath.Join(out, "index.html"), []byte("spoilt"), fileModeForTest); err != nil {
				t.Fatal(err)
			}
			if step == "" {
				if err := perform("publish", out, "new", true, func(string) {}); err != nil {
					t.Fatal(err)
				}
			} else {
				die(t, "publish", out, true, step)
				if err := Recover(out); err != nil {
					t.Fatal(err)
				}
			}
			if got := editionIn(t, out); got != "new" {
				t.Errorf("got edition %q, want new", got)
			}
		})
	}
}

const fileModeForTest = 0o644
