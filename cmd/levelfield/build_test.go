package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/cmd/internal/cli"
	"levelfield/engine/publish"
)

// TestBuildTwiceGivesEqualBytes builds the built-in project into two folders with states of their own, and holds every
// file of one against the other, the board packs included.
func TestBuildTwiceGivesEqualBytes(t *testing.T) {
	t.Parallel()
	var trees [2]map[string]string
	for i := range trees {
		folder := t.TempDir()
		_, stderr, code := run(cli.Process{}, "build", "--out", filepath.Join(folder, "out"), "--state", filepath.Join(folder, "state"), "--quiet")
		if code != 0 {
			t.Fatalf("build: got exit code %d, want 0: %s", code, stderr)
		}
		trees[i] = tree(t, filepath.Join(folder, "out"))
	}
	if len(trees[0]) < 100 || trees[0]["domain-4/pack.pdf"] == "" {
		t.Errorf("got %d files and a board pack of %d bytes", len(trees[0]), len(trees[0]["domain-4/pack.pdf"]))
	}
	for name, text := range trees[0] {
		if trees[1][name] != text {
			t.Errorf("%s differs from one build to the next", name)
		}
	}
	if len(trees[0]) != len(trees[1]) {
		t.Errorf("got %d files, then %d", len(trees[0]), len(trees[1]))
	}
}

// tree is every file below folder by its path.
func tree(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	fsys := os.DirFS(folder)
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		files[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestLockHeld holds that a run beside another begins nothing, says so and ends with a code of its own.
func TestLockHeld(t *testing.T) {
	t.Parallel()
	folder := projectCopy(t)
	unlock, err := publish.Lock(filepath.Join(folder, ".levelfield", "lock"))
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"build", "refresh"} {
		stdout, stderr, code := run(cli.Process{}, command, "--project", folder, "--out", filepath.Join(folder, "out"))
		if want := "another run holds the lock\nRun this again when it has ended"; code != 5 || stdout != "" || !strings.Contains(stderr, want) {
			t.Errorf("%s: got exit code %d, want 5, with %q in: %s%s", command, code, want, stdout, stderr)
		}
	}
	if got := published(t, filepath.Join(folder, "out")); got != nil {
		t.Errorf("got a publication, want none: %+v", got)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	built(t, folder, filepath.Join(folder, "out"))
}

// TestEveryHelpEndsWithItsExitCodes holds the help of every command to the table of exit codes.
func TestEveryHelpEndsWithItsExitCodes(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"":            "0123456",
		"build":       "012345",
		"check":       "0123",
		"refresh":     "0123456",
		"explain":     "0123",
		"coverage":    "0123",
		"import":      "0123",
		"new":         "0123",
		"new dataset": "0123",
		"version":     "012",
	}
	for command, codes := range want {
		args := strings.Fields(command + " --help")
		stdout, _, code := run(cli.Process{}, args...)
		_, end, found := strings.Cut(stdout, "\nEXIT STATUS\n")
		if code != 0 || !found {
			t.Errorf("%q: got exit code %d and no EXIT STATUS in:\n%s", args, code, stdout)
			continue
		}
		got := ""
		for line := range strings.Lines(end) {
			got += strings.Fields(line)[0]
		}
		if diff := cmp.Diff(codes, got); diff != "" {
			t.Errorf("%q: exit codes: -want +got:\n%s", args, diff)
		}
	}
}
