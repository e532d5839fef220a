package seeds

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"levelfield/engine/fault"
)

// builtin is everything built in, loaded without a single fault.
type builtin struct {
	strategy   Strategy
	areas      Areas
	neighbours Neighbours
	project    Project
	progress   []Progress
}

func load(t *testing.T) builtin {
	t.Helper()
	var (
		b      builtin
		faults [5]fault.List
	)
	b.strategy, faults[0] = LoadStrategy(Files(), "strategy.yaml")
	b.areas, faults[1] = LoadAreas(Files(), "areas.csv")
	b.neighbours, faults[2] = LoadNeighbours(Files(), "neighbours.csv", b.areas)
	b.project, faults[3] = LoadProject(Files(), "project/levelfield.yaml", b.areas, b.neighbours)
	b.progress, faults[4] = LoadProgress(Files(), "project/progress", b.strategy)
	for _, list := range faults {
		if len(list) > 0 {
			t.Fatalf("the built-in tree has faults:\n%v", list.Sorted())
		}
	}
	return b
}

// shared is a folder of publishers' files beside the repository; without it the test is skipped.
func shared(t *testing.T, name string) string {
	t.Helper()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if root == filepath.Dir(root) {
			t.Fatal("no go.mod above the test")
		}
		root = filepath.Dir(root)
	}
	path := filepath.Join(root, "..", "shared", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("shared data not present: %v", err)
	}
	return path
}

// TestBadFiles holds the faults of each file in an archive against its last part, want.
func TestBadFiles(t *testing.T) {
	t.Parallel()
	b := load(t)
	archives, err := filepath.Glob("testdata/bad/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives in testdata/bad: %v", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			tree, want := fstest.MapFS{}, ""
			for _, file := range archive.Files {
				if file.Name == "want" {
					want = string(file.Data)
					continue
				}
				tree[file.Name] = &fstest.MapFile{Data: file.Data}
			}
			if diff := cmp.Diff(want, loadAll(tree, b)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// loadAll reads whatever the tree holds with the loader for its name; what it refers to is the built-in.
func loadAll(tree fs.FS, b builtin) string {
	var faults fault.List
	read := func(path string, load func() fault.List) {
		if _, err := fs.Stat(tree, path); err == nil {
			faults.Add(load()...)
		}
	}
	read("areas.csv", func() fault.List { _, f := LoadAreas(tree, "areas.csv"); return f })
	read("neighbours.csv", func() fault.List { _, f := LoadNeighbours(tree, "neighbours.csv", b.areas); return f })
	read("strategy.yaml", func() fault.List { _, f := LoadStrategy(tree, "strategy.yaml"); return f })
	read("levelfield.yaml", func() fault.List { _, f := LoadProject(tree, "levelfield.yaml", b.areas, b.neighbours); return f })
	read("progress", func() fault.List { _, f := LoadProgress(tree, "progress", b.strategy); return f })
	read("targets.csv", func() fault.List { _, f := LoadTargets(tree, "targets.csv"); return f })
	read("overrides.csv", func() fault.List { _, f := LoadOverrides(tree, "overrides.csv"); return f })
	read("commentary", func() fault.List { _, f := LoadCommentary(tree, "commentary"); return f })
	read("approvals.yaml", func() fault.List { _, f := LoadApprovals(tree, "approvals.yaml"); return f })
	if len(faults) == 0 {
		return ""
	}
	return faults.Sorted().Error() + "\n"
}

func TestMissingFiles(t *testing.T) {
	t.Parallel()
	empty := fstest.MapFS{}
	_, faults := LoadAreas(empty, "areas.csv")
	if got, want := faults.Error(), "areas.csv: is missing"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	reports, faults := LoadProgress(empty, "progress", Strategy{})
	if len(reports)+len(faults) != 0 {
		t.Errorf("no progress folder: got %d reports and faults %v, want none", len(reports), faults)
	}
}
