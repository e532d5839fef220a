package publish_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/publish"
)

var manifest = publish.Manifest{
	Datasets: []publish.Dataset{
		{ID: "dfe-neet", Snapshot: "b1", Released: "2025-03-27", Title: "NEET & not known"},
		{ID: "aps-employment", Snapshot: "a1", Released: "2025-01-21", Title: "Employment <16–64>"},
	},
	Definitions: []publish.Definition{{Path: "indicators/4B/b.yaml", SHA256: "22"}, {Path: "indicators/4A/a.yaml", SHA256: "11"}},
	Version:     "0.1.0",
	AsOf:        "2025-03-27",
}

func files(words ...string) []publish.File {
	list := []publish.File{{Path: "index.html", Data: []byte("<h1>Scorecards</h1>\n")}}
	for _, word := range words {
		list = append(list, publish.File{Path: "data/" + word + ".csv", Data: []byte(word + "\n")})
	}
	return list
}

func put(t *testing.T, out string, list []publish.File) {
	t.Helper()
	if err := publish.Recover(out); err != nil {
		t.Fatalf("recover: %v", err)
	}
	staged, err := publish.Stage(out, list, manifest)
	if err != nil {
		t.Fatalf("stage: %v", err)
	}
	if err := staged.Switch(); err != nil {
		t.Fatalf("switch: %v", err)
	}
	if err := publish.Verify(out); err != nil {
		t.Fatalf("verify: %v", err)
	}
}

func read(t *testing.T, path ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func write(t *testing.T, text string, path ...string) {
	t.Helper()
	file := filepath.Join(path...)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestManifestIsSortedAndIndented(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "deep", "out")
	put(t, out, files("results"))
	// The sums are those of sha256sum (GNU coreutils 9) of the same bytes.
	want := `{
  "files": [
    {
      "path": "data/results.csv",
      "sha256": "5f10e60dd5f8a5e21a05e6054b0c90183b95739c21a6710c29384113c2e57bb6",
      "bytes": 8
    },
    {
      "path": "index.html",
      "sha256": "d455e4f502861d642b50ce9ecf61c3d9573baaa0f5c6a61cb3389f48b987df9a",
      "bytes": 20
    }
  ],
  "datasets": [
    {
      "id": "aps-employment",
      "snapshot": "a1",
      "released": "2025-01-21",
      "title": "Employment <16–64>"
    },
    {
      "id": "dfe-neet",
      "snapshot": "b1",
      "released": "2025-03-27",
      "title": "NEET & not known"
    }
  ],
  "definitions": [
    {
      "path": "indicators/4A/a.yaml",
      "sha256": "11"
    },
    {
      "path": "indicators/4B/b.yaml",
      "sha256": "22"
    }
  ],
  "version": "0.1.0",
  "as_of": "2025-03-27"
}
`
	if diff := cmp.Diff(want, read(t, out, publish.ManifestName)); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}
	if manifest.Datasets[0].ID != "dfe-neet" {
		t.Error("Stage sorted the caller's slice")
	}
}

func TestEqualFilesGiveEqualBytes(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	one, two := filepath.Join(folder, "one"), filepath.Join(folder, "two")
	put(t, one, files("results", "trends"))
	put(t, two, files("trends", "results"))
	if diff := cmp.Diff(read(t, one, publish.ManifestName), read(t, two, publish.ManifestName)); diff != "" {
		t.Errorf("manifests of equal files differ:\n%s", diff)
	}
}

func TestEmptyListsPrintAsLists(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "out")
	staged, err := publish.Stage(out, nil, publish.Manifest{})
	if err != nil {
		t.Fatal(err)
	}
	want := "{\n  \"files\": [],\n  \"datasets\": [],\n  \"definitions\": [],\n  \"version\": \"\",\n  \"as_of\": \"\"\n}\n"
	if got := read(t, staged.Folder(), publish.ManifestName); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := staged.Discard(); err != nil {
		t.Fatal(err)
	}
	if err := staged.Switch(); err == nil {
		t.Error("a discarded publication was switched to")
	}
}

func TestStageRefusesPaths(t *testing.T) {
	t.Parallel()
	cases := map[string][]string{
		"climbs":           {"../index.html"},
		"absolute":         {"/index.html"},
		"backslash":        {`data\results.csv`},
		"not clean":        {"data//results.csv"},
		"empty":            {""},
		"colon":            {"data/2023:Q1.csv"},
		"trailing dot":     {"data/results."},
		"twice":            {"index.html", "index.html"},
		"differs by case":  {"data/a.csv", "data/A.csv"},
		"file and folder":  {"data", "data/a.csv"},
		"manifest":         {"manifest.json"},
		"manifest by case": {"Manifest.JSON"},
		"manifest folder":  {"manifest.json/a"},
	}
	for name, paths := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			var list []publish.File
			for _, path := range paths {
				list = append(list, publish.File{Path: path})
			}
			if _, err := publish.Stage(filepath.Join(folder, "out"), list, manifest); err == nil {
				t.Errorf("%q was staged", paths)
			}
			if left, _ := os.ReadDir(folder); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestPlacesRefused(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, says string
		make       func(t *testing.T, folder string) (out string)
	}{
		{"link", "it is a link", func(t *testing.T, folder string) string {
			put(t, filepath.Join(folder, "real"), files())
			if err := os.Symlink("real", filepath.Join(folder, "out")); err != nil {
				t.Skipf("no links here: %v", err)
			}
			return filepath.Join(folder, "out") + string(filepath.Separator)
		}},
		{"dangling link", "it is a link", func(t *testing.T, folder string) string {
			if err := os.Symlink("nowhere", filepath.Join(folder, "out")); err != nil {
				t.Skipf("no links here: %v", err)
			}
			return filepath.Join(folder, "out")
		}},
		{"file", "it is a file", func(t *testing.T, folder string) string {
			write(t, "x", folder, "out")
			return filepath.Join(folder, "out")
		}},
		{"somebody's folder", "no manifest.json of ours", func(t *testing.T, folder string) string {
			write(t, "x", folder, "out", "thesis.txt")
			return filepath.Join(folder, "out")
		}},
		{"web application", `it has no "files"`, func(t *testing.T, folder string) string {
			write(t, `{"name": "shop", "icons": []}`, folder, "out", "manifest.json")
			return filepath.Join(folder, "out")
		}},
		{"somebody's file", "robots.txt (1 in all)", func(t *testing.T, folder string) string {
			out := filepath.Join(folder, "out")
			put(t, out, files())
			write(t, "x", out, "robots.txt")
			return out
		}},
		{"working directory", "name a folder of its own", func(*testing.T, string) string { return "." }},
		{"above", "name a folder of its own", func(*testing.T, string) string { return "../.." }},
		{"nothing", "name a folder of its own", func(*testing.T, string) string { return "" }},
		{"root", "name a folder of its own", func(*testing.T, string) string { return string(filepath.Separator) }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			out := c.make(t, t.TempDir())
			_, staging := publish.Stage(out, files(), manifest)
			for act, err := range map[string]error{"stage": staging, "recover": publish.Recover(out), "roll back": publish.Rollback(out)} {
				if !errors.Is(err, publish.ErrRefused) || !strings.Contains(err.Error(), c.says) {
					t.Errorf("%s: got error %v, want a refusal that says %q", act, err, c.says)
				}
			}
		})
	}
}

func TestEmptyFolderAndDesktopLitterAreAccepted(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "out")
	if err := os.Mkdir(out, 0o755); err != nil {
		t.Fatal(err)
	}
	put(t, out, files("a"))
	write(t, "", out, "data", ".DS_Store")
	put(t, out, files("b"))
	put(t, out, files("c"))
}

func TestRollbackGoesBackAndForth(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "out")
	if err := publish.Rollback(out); !errors.Is(err, publish.ErrNoPrevious) {
		t.Errorf("before any publication: got %v, want %v", err, publish.ErrNoPrevious)
	}
	put(t, out, files("one"))
	if err := publish.Rollback(out); !errors.Is(err, publish.ErrNoPrevious) {
		t.Errorf("after the first publication: got %v, want %v", err, publish.ErrNoPrevious)
	}
	put(t, out, files("two"))
	for _, want := range []string{"one", "two", "one"} {
		if err := publish.Rollback(out); err != nil {
			t.Fatal(err)
		}
		if err := publish.Verify(out); err != nil {
			t.Error(err)
		}
		if got := read(t, out, "data", want+".csv"); got != want+"\n" {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestRollbackRefusesADamagedPublication(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	out := filepath.Join(folder, "out")
	put(t, out, files("one"))
	put(t, out, files("two"))
	write(t, "three", folder, ".out.previous", "data", "one.csv")
	var damaged *publish.DamagedError
	if err := publish.Rollback(out); !errors.As(err, &damaged) {
		t.Errorf("got %v, want a DamagedError", err)
	}
	if err := publish.Verify(out); err != nil {
		t.Errorf("the publication was touched: %v", err)
	}
}

func TestVerifyTellsEverythingAtOnce(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "out")
	put(t, out, files("changed", "gone", "longer", "same"))
	write(t, "CHANGED\n", out, "data", "changed.csv")
	write(t, "longer and longer\n", out, "data", "longer.csv")
	write(t, "", out, "data", "added.csv")
	if err := os.Remove(filepath.Join(out, "data", "gone.csv")); err != nil {
		t.Fatal(err)
	}
	var damaged *publish.DamagedError
	if err := publish.Verify(out); !errors.As(err, &damaged) {
		t.Fatalf("got %v, want a DamagedError", err)
	}
	for i, problem := range damaged.Problems {
		damaged.Problems[i], _, _ = strings.Cut(problem, " where")
	}
	want := []string{
		"data/added.csv: not listed",
		"data/changed.csv: sha256 34cd4b2b763a,", // sha256sum, as above
		"data/gone.csv: missing",
		"data/longer.csv: 18 bytes,",
	}
	if diff := cmp.Diff(want, damaged.Problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if err := publish.Verify(filepath.Join(t.TempDir(), "absent")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no publication: got %v, want %v", err, os.ErrNotExist)
	}
}

func TestRecoverLeavesWhatIsNotOurs(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	out := filepath.Join(folder, "out")
	put(t, out, files("one"))
	ours := []string{".out.staging-0123456789ab/index.html", ".out.staging-discarded/index.html", ".out.journal.new"}
	theirs := []string{".out.staging-notes/a", ".out.staging-0123456789abc/a", "xout.staging-0123456789ab/a", ".outer.staging-0123456789ab/a", ".out.txt"}
	for _, path := range append(ours, theirs...) {
		write(t, "x", folder, path)
	}
	write(t, `{"incoming": "../elsewhere", "manifest": "00"}`, folder, ".out.journal")
	if err := publish.Recover(out); err != nil {
		t.Fatal(err)
	}
	for _, path := range append(ours, ".out.journal") {
		if _, err := os.Lstat(filepath.Join(folder, path)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: got %v, want it removed", path, err)
		}
	}
	for _, path := range theirs {
		read(t, folder, path)
	}
	if err := publish.Verify(out); err != nil {
		t.Error(err)
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), ".levelfield", "lock")
	unlock, err := publish.Lock(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := publish.Lock(path); !errors.Is(err, publish.ErrLocked) {
		t.Errorf("second lock: got %v, want %v", err, publish.ErrLocked)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	unlock, err = publish.Lock(path)
	if err != nil {
		t.Fatalf("lock after unlock: %v", err)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	write(t, "x", filepath.Dir(path), "file")
	if _, err := publish.Lock(filepath.Join(filepath.Dir(path), "file", "lock")); err == nil || errors.Is(err, publish.ErrLocked) {
		t.Errorf("lock under a file: got %v, want another error", err)
	}
}
