package archive_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/archive"
)

// neetSum is sha256sum (GNU coreutils 9) of neetText.
const (
	neetText = "area,period,neet\nE06000034,2025,2.2\n"
	neetSum  = "2aac8fcf909354f1e8e62637cef80877a1609a99b012242cc3f2fc556f0042fd"
)

func open(t *testing.T) (store *archive.Store, root string) {
	t.Helper()
	root = filepath.Join(t.TempDir(), "project", ".levelfield")
	store, err := archive.Open(root)
	if err != nil {
		t.Fatal(err)
	}
	return store, root
}

func keepNEET(t *testing.T, store *archive.Store) string {
	t.Helper()
	manifest := archive.SnapshotManifest{
		Received: "2025-04-01T09:30:00Z", Source: "https://example.org/neet?a=1&b=2", Released: "2025-03-27", Rows: 1,
	}
	sha, existed, err := store.Snapshot("dfe-neet", archive.File{Path: "neet.csv", Data: []byte(neetText)}, manifest, archive.File{Path: "typed.parquet", Data: []byte("PAR1")})
	if err != nil || existed {
		t.Fatalf("snapshot: got existed %v, error %v", existed, err)
	}
	return sha
}

func change(t *testing.T, text string, path ...string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(path...), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestSnapshotIsKeptByContent(t *testing.T) {
	t.Parallel()
	store, root := open(t)
	sha := keepNEET(t, store)
	if sha != neetSum {
		t.Errorf("got address %s, want %s", sha, neetSum)
	}
	text, err := os.ReadFile(filepath.Join(root, "snapshots", "dfe-neet", neetSum, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	want := `{
  "dataset": "dfe-neet",
  "sha256": "2aac8fcf909354f1e8e62637cef80877a1609a99b012242cc3f2fc556f0042fd",
  "file": "neet.csv",
  "bytes": 36,
  "received": "2025-04-01T09:30:00Z",
  "source": "https://example.org/neet?a=1&b=2",
  "released": "2025-03-27",
  "rows": 1,
  "faults": [],
  "files": [
    {
      "path": "neet.csv",
      "sha256": "2aac8fcf909354f1e8e62637cef80877a1609a99b012242cc3f2fc556f0042fd",
      "bytes": 36
    },
    {
      "path": "typed.parquet",
      "sha256": "fbc62d3b511368ee275ddc74117d8689b430e1427220e25d30816201d89ca7b6",
      "bytes": 4
    }
  ]
}
`
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}
	for file, want := range map[string]string{"neet.csv": neetText, "typed.parquet": "PAR1"} {
		got, err := store.Read("dfe-neet", sha, file)
		if err != nil || string(got) != want {
			t.Errorf("read %s: got %q and %v, want %q", file, got, err, want)
		}
	}
	if _, err := store.Read("dfe-neet", sha, "manifest.json"); !errors.Is(err, archive.ErrNone) {
		t.Errorf("read what is not listed: got %v, want %v", err, archive.ErrNone)
	}
	if _, err := store.Read("dfe-neet", "../..", "neet.csv"); !errors.Is(err, archive.ErrNone) {
		t.Errorf("read a false address: got %v, want %v", err, archive.ErrNone)
	}
}

func TestKeptSnapshotIsNotRewritten(t *testing.T) {
	t.Parallel()
	store, root := open(t)
	sha := keepNEET(t, store)
	folder := filepath.Join(root, "snapshots", "dfe-neet", sha)
	before := stamp(t, folder)
	again, existed, err := store.Snapshot("dfe-neet", archive.File{Path: "other.csv", Data: []byte(neetText)}, archive.SnapshotManifest{Source: "elsewhere"})
	if again != sha || !existed || err != nil {
		t.Errorf("got %s, existed %v, error %v; want %s, true, none", again, existed, err, sha)
	}
	if diff := cmp.Diff(before, stamp(t, folder)); diff != "" {
		t.Errorf("the snapshot was rewritten:\n%s", diff)
	}
}

// stamp says when each file of a folder was last written.
func stamp(t *testing.T, folder string) map[string]string {
	t.Helper()
	content, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	stamps := map[string]string{}
	for _, entry := range content {
		info, err := entry.Info()
		if err != nil {
			t.Fatal(err)
		}
		stamps[entry.Name()] = fmt.Sprint(info.ModTime().UnixNano(), info.Size())
	}
	return stamps
}

func TestCorruptSnapshotIsReported(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		spoil func(t *testing.T, folder string)
		says  string
	}{
		"file changed": {func(t *testing.T, folder string) {
			change(t, strings.Replace(neetText, "2.2", "2.3", 1), folder, "neet.csv")
		}, "neet.csv: sha256"},
		"file shortened": {func(t *testing.T, folder string) { change(t, "", folder, "neet.csv") }, "neet.csv: 0 bytes"},
		"file gone": {func(t *testing.T, folder string) {
			if err := os.Remove(filepath.Join(folder, "neet.csv")); err != nil {
				t.Fatal(err)
			}
		}, "neet.csv: missing"},
		"made file changed": {func(t *testing.T, folder string) { change(t, "PAR2", folder, "typed.parquet") }, "typed.parquet: sha256"},
		"file added":        {func(t *testing.T, folder string) { change(t, "", folder, "note.txt") }, "note.txt: not listed"},
		"manifest of another": {func(t *testing.T, folder string) {
			change(t, `{"dataset": "dfe-neet", "sha256": "00", "file": "neet.csv"}`, folder, "manifest.json")
		}, "another snapshot"},
		"manifest cut off": {func(t *testing.T, folder string) { change(t, `{"dataset": `, folder, "manifest.json") }, "JSON"},
		"manifest gone": {func(t *testing.T, folder string) {
			if err := os.Remove(filepath.Join(folder, "manifest.json")); err != nil {
				t.Fatal(err)
			}
		}, "manifest.json"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store, root := open(t)
			sha := keepNEET(t, store)
			folder := filepath.Join(root, "snapshots", "dfe-neet", sha)
			c.spoil(t, folder)
			_, _, again := store.Snapshot("dfe-neet", archive.File{Path: "neet.csv", Data: []byte(neetText)}, archive.SnapshotManifest{})
			for act, err := range map[string]error{"verify": store.Verify("dfe-neet", sha), "snapshot": again} {
				if !errors.Is(err, archive.ErrCorrupt) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), folder) {
					t.Errorf("%s: got %v, want an error with %q and the folder", act, err, c.says)
				}
			}
		})
	}
}

func TestReadHoldsBytesAgainstTheHash(t *testing.T) {
	t.Parallel()
	store, _ := open(t)
	sha := keepNEET(t, store)
	latest, err := store.Latest("dfe-neet")
	if err != nil {
		t.Fatal(err)
	}
	change(t, strings.Replace(neetText, "2.2", "2.3", 1), latest.Path("neet.csv"))
	if got, err := store.Read("dfe-neet", sha, "neet.csv"); !errors.Is(err, archive.ErrCorrupt) {
		t.Errorf("got %q and %v, want %v", got, err, archive.ErrCorrupt)
	}
}

func TestVintagesAreInOrder(t *testing.T) {
	t.Parallel()
	store, root := open(t)
	if _, err := store.Latest("aps"); !errors.Is(err, archive.ErrNone) {
		t.Errorf("latest of nothing: got %v, want %v", err, archive.ErrNone)
	}
	for _, vintage := range []struct{ text, released, received string }{
		{"revised late", "2024-01-16", "2024-03-01T00:30:00+01:00"}, // 23:30 on 29 February in UTC
		{"newest", "2025-01-21", "2025-01-22T08:00:00Z"},
		{"undated", "", ""},
		{"first", "2024-01-16", "2024-02-29T23:00:00Z"},
		{"old, received last", "2023-01-17", "2025-06-01T08:00:00Z"},
	} {
		manifest := archive.SnapshotManifest{Released: vintage.released, Received: vintage.received}
		if _, _, err := store.Snapshot("aps", archive.File{Path: "aps.csv", Data: []byte(vintage.text)}, manifest); err != nil {
			t.Fatal(err)
		}
	}
	change(t, "", root, "snapshots", "aps", ".DS_Store")
	list, err := store.List("aps")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, snapshot := range list {
		text, err := store.Read("aps", snapshot.SHA256, snapshot.File)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(text))
	}
	want := []string{"undated", "old, received last", "first", "revised late", "newest"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("vintages (-want +got):\n%s", diff)
	}
	latest, err := store.Latest("aps")
	if err != nil || latest.SHA256 != list[len(list)-1].SHA256 {
		t.Errorf("latest: got %s and %v, want %s", latest.SHA256, err, list[len(list)-1].SHA256)
	}
}

func TestSnapshotRefuses(t *testing.T) {
	t.Parallel()
	store, root := open(t)
	cases := map[string]struct {
		dataset, file string
		manifest      archive.SnapshotManifest
		extra         []archive.File
	}{
		"dataset climbs":    {"../aps", "aps.csv", archive.SnapshotManifest{}, nil},
		"file climbs":       {"aps", "../aps.csv", archive.SnapshotManifest{}, nil},
		"file has a query":  {"aps", "aps.csv?x=1", archive.SnapshotManifest{}, nil},
		"file is manifest":  {"aps", "manifest.json", archive.SnapshotManifest{}, nil},
		"extra is the file": {"aps", "aps.csv", archive.SnapshotManifest{}, []archive.File{{Path: "APS.csv"}}},
		"released":          {"aps", "aps.csv", archive.SnapshotManifest{Released: "27 March 2025"}, nil},
		"received":          {"aps", "aps.csv", archive.SnapshotManifest{Received: "2025-03-27"}, nil},
	}
	for name, c := range cases {
		if _, _, err := store.Snapshot(c.dataset, archive.File{Path: c.file}, c.manifest, c.extra...); err == nil {
			t.Errorf("%s: was kept", name)
		}
	}
	if left, err := os.ReadDir(root); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestSnapshotOfAFileOnDisk keeps a file that is read where it lies, and refuses one that is not the file received.
func TestSnapshotOfAFileOnDisk(t *testing.T) {
	t.Parallel()
	store, root := open(t)
	text := strings.Repeat("area,period,value\n", 200_000)
	sum := sha256.Sum256([]byte(text))
	on := archive.File{Path: "large.csv", From: strings.NewReader(text), SHA256: hex.EncodeToString(sum[:])}
	sha, existed, err := store.Snapshot("aps", on, archive.SnapshotManifest{}, archive.File{Path: "typed.parquet", From: strings.NewReader("PAR1")})
	if err != nil || existed || sha != on.SHA256 {
		t.Fatalf("got %s, %v, %v, want it kept under %s", sha, existed, err, on.SHA256)
	}
	if err := store.Verify("aps", sha); err != nil {
		t.Error(err)
	}
	if data, err := store.Read("aps", sha, "typed.parquet"); err != nil || string(data) != "PAR1" {
		t.Errorf("got %q and %v, want what was made from it", data, err)
	}
	on.From = strings.NewReader(text[1:] + "\n")
	if _, existed, err := store.Snapshot("gone", on, archive.SnapshotManifest{}); err == nil || existed || !strings.Contains(err.Error(), "changed while it was read") {
		t.Errorf("got %v and %v, want that it changed while it was read", existed, err)
	}
	if _, err := os.Stat(filepath.Join(root, "snapshots", "gone")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want nothing kept of it", err)
	}
}

func TestKilledWriteLeavesNothing(t *testing.T) {
	t.Parallel()
	store, root := open(t)
	for _, folder := range []string{neetSum, "run-1"} {
		if err := os.MkdirAll(filepath.Join(root, "aside", folder), 0o755); err != nil {
			t.Fatal(err)
		}
		change(t, "area,per", root, "aside", folder, "neet.csv")
	}
	if list, err := store.List("dfe-neet"); err != nil || len(list) > 0 {
		t.Errorf("got %v and %v, want no snapshot", list, err)
	}
	sha := keepNEET(t, store) // even without Recover
	if err := store.Verify("dfe-neet", sha); err != nil {
		t.Error(err)
	}
	if err := store.Recover(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(filepath.Join(root, "aside")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("aside: got %v, want it gone", err)
	}
}
