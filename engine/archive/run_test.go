package archive_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/archive"
)

func runFiles(text string) []archive.File {
	return []archive.File{{Path: "model/skills.json", Data: []byte("{}\n")}, {Path: "results.parquet", Data: []byte(text)}}
}

func saveRuns(t *testing.T, store *archive.Store, ids ...string) {
	t.Helper()
	for _, id := range ids {
		if err := store.SaveRun(id, runFiles(id)); err != nil {
			t.Fatal(err)
		}
	}
}

func wantCurrent(t *testing.T, store *archive.Store, want string) {
	t.Helper()
	if got, err := store.Current(); err != nil || got != want {
		t.Errorf("current run: got %q and %v, want %q", got, err, want)
	}
}

func TestRunsAreKeptAndCurrent(t *testing.T) {
	t.Parallel()
	store, root := open(t)
	wantCurrent(t, store, "")
	saveRuns(t, store, "20250401T093000Z-b", "20250701T093000Z-a")
	wantCurrent(t, store, "20250701T093000Z-a")
	ids, err := store.Runs()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"20250401T093000Z-b", "20250701T093000Z-a"}, ids); diff != "" {
		t.Errorf("runs (-want +got):\n%s", diff)
	}
	got, err := store.ReadRun("20250401T093000Z-b", "results.parquet")
	if err != nil || string(got) != "20250401T093000Z-b" {
		t.Errorf("got %q and %v", got, err)
	}
	files, err := store.RunFiles("20250401T093000Z-b")
	if err != nil || len(files) != 2 || files[0].Path != "model/skills.json" {
		t.Errorf("files of a run: got %v and %v", files, err)
	}
	if err := store.SetCurrent("20250401T093000Z-b"); err != nil {
		t.Fatal(err)
	}
	wantCurrent(t, store, "20250401T093000Z-b")
	if err := store.SetCurrent("never"); !errors.Is(err, archive.ErrNone) {
		t.Errorf("got %v, want %v", err, archive.ErrNone)
	}
	if err := os.RemoveAll(filepath.Join(root, "runs")); err != nil {
		t.Fatal(err)
	}
	wantCurrent(t, store, "")
}

func TestRunIsNeverChanged(t *testing.T) {
	t.Parallel()
	store, root := open(t)
	saveRuns(t, store, "one", "two")
	before := stamp(t, filepath.Join(root, "runs", "one"))
	saveRuns(t, store, "one")
	wantCurrent(t, store, "one")
	if err := store.SaveRun("one", runFiles("other")); !errors.Is(err, archive.ErrExists) {
		t.Errorf("got %v, want %v", err, archive.ErrExists)
	}
	if diff := cmp.Diff(before, stamp(t, filepath.Join(root, "runs", "one"))); diff != "" {
		t.Errorf("the run was rewritten:\n%s", diff)
	}
	for _, id := range []string{"", "..", "a/b", "2025-04-01T09:30"} {
		if err := store.SaveRun(id, nil); err == nil {
			t.Errorf("run %q was saved", id)
		}
	}
	if err := store.SaveRun("three", []archive.File{{Path: "manifest.json"}}); err == nil {
		t.Error("a run was saved over its manifest")
	}
}

func TestCorruptRunIsReported(t *testing.T) {
	t.Parallel()
	store, root := open(t)
	saveRuns(t, store, "one")
	if err := store.VerifyRun("one"); err != nil {
		t.Error(err)
	}
	change(t, "two", root, "runs", "one", "results.parquet")
	_, reading := store.ReadRun("one", "results.parquet")
	for act, err := range map[string]error{"verify": store.VerifyRun("one"), "read": reading} {
		if !errors.Is(err, archive.ErrCorrupt) {
			t.Errorf("%s: got %v, want %v", act, err, archive.ErrCorrupt)
		}
	}
	change(t, "../../elsewhere\n", root, "CURRENT")
	if got, err := store.Current(); err == nil {
		t.Errorf("a CURRENT that climbs: got %q, want an error", got)
	}
}

func TestPrune(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		current       string
		keep          int
		removed, left []string
	}{
		"oldest go":           {"d", 2, []string{"a", "b"}, []string{"c", "d"}},
		"the current stays":   {"a", 2, []string{"b", "c"}, []string{"a", "d"}},
		"only the current":    {"b", 1, []string{"a", "c", "d"}, []string{"b"}},
		"fewer than are kept": {"d", 9, nil, []string{"a", "b", "c", "d"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store, _ := open(t)
			saveRuns(t, store, "a", "b", "c", "d", c.current)
			removed, err := store.Prune(c.keep)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.removed, removed); diff != "" {
				t.Errorf("removed (-want +got):\n%s", diff)
			}
			left, err := store.Runs()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.left, left); diff != "" {
				t.Errorf("left (-want +got):\n%s", diff)
			}
			wantCurrent(t, store, c.current)
		})
	}
	store, _ := open(t)
	if _, err := store.Prune(0); err == nil {
		t.Error("every run was pruned")
	}
}
