package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/cmd/internal/cli"
	"levelfield/engine/publish"
)

// The fewest moments of a build at which it is killed, and the fewest of them from the first staged file to the switch.
const (
	fewestMoments  = 25
	fewestSwitches = 10
)

// killAt is a hook that ends the process the hard way at a step.
func killAt(fatal string) func(step string) {
	return func(step string) {
		if step != fatal {
			return
		}
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Kill()
		}
		if err != nil {
			os.Exit(1)
		}
		select {} // the signal may take a moment
	}
}

// vintages are the changes that make one edition of the project's figures after another.
var vintages = [][2]string{
	{"E06000033,2024,855,7695", "E06000033,2024,860,7695"},
	{"E06000033,2024,860,7695", "E06000033,2024,865,7695"},
}

// scene is a project with its publication, before a build that is to be killed.
type scene struct {
	name string
	// earlier is how many publications there have been.
	earlier int
	// from is the first step at which the build is killed.
	from string
}

// scenes cover every step on an empty place, where the first publication comes into being, and those of the switch
// where there are publications to lose.
var scenes = []scene{{"first publication", 0, "load"}, {"third publication", 2, "synced"}}

// stand makes the state of a scene in a new folder: the project, published earlier times, and a new figure.
func (s scene) stand(t *testing.T) (folder string) {
	t.Helper()
	folder = projectCopy(t)
	for i := range s.earlier {
		built(t, folder, filepath.Join(folder, "out"))
		if err := replace(filepath.Join(folder, "datasets", "business", "figures.csv"), vintages[i][0], vintages[i][1]); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// steps are those of a build of the scene, each once.
func steps(t *testing.T, stood string) []string {
	t.Helper()
	folder := copyOf(t, stood)
	var found []string
	hook := func(step string) {
		if !slices.Contains(found, step) {
			found = append(found, step)
		}
	}
	if _, stderr, code := run(cli.Process{Hook: hook}, "build", "--project", folder, "--out", filepath.Join(folder, "out")); code != 0 {
		t.Fatalf("build: got exit code %d, want 0: %s", code, stderr)
	}
	return found
}

func copyOf(t *testing.T, folder string) string {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "project")
	if err := os.CopyFS(copied, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	return copied
}

// TestKilledBuildLeavesAWholePublication kills a build at each of its steps, in a process of its own: the publication
// is then the one before or the new one, whole, or none where there was none; and the next build succeeds.
func TestKilledBuildLeavesAWholePublication(t *testing.T) {
	t.Parallel()
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			stood := s.stand(t)
			before := published(t, filepath.Join(stood, "out"))
			finished := copyOf(t, stood)
			built(t, finished, filepath.Join(finished, "out"))
			after := published(t, filepath.Join(finished, "out"))
			moments := steps(t, stood)
			staged := slices.Index(moments, "staged-file:1")
			switched := slices.Index(moments, "after-exchange")
			if len(moments) < fewestMoments || staged < 0 || switched-staged < fewestSwitches {
				t.Fatalf("got %d moments, %d of them from staging to switch, want at least %d and %d: %q",
					len(moments), switched-staged, fewestMoments, fewestSwitches, moments)
			}
			for _, moment := range moments[slices.Index(moments, s.from):] {
				t.Run(moment, func(t *testing.T) {
					folder := copyOf(t, stood)
					out := filepath.Join(folder, "out")
					die(t, folder, out, moment)
					if got := published(t, out); !cmp.Equal(got, before) && !cmp.Equal(got, after) {
						t.Fatalf("killed at %s: got neither the publication before nor the new one: %+v", moment, got)
					}
					built(t, folder, out)
					if diff := cmp.Diff(after, published(t, out)); diff != "" {
						t.Errorf("the build after: -want +got:\n%s", diff)
					}
					checkNothingLeft(t, folder)
				})
			}
		})
	}
}

// die runs a build that is killed at a step.
func die(t *testing.T, folder, out, step string) {
	t.Helper()
	command := exec.Command("levelfield", "build", "--project", folder, "--out", out)
	command.Env = append(os.Environ(), killAtEnv+"="+step)
	printed, err := command.CombinedOutput()
	var exit *exec.ExitError
	// A process that fails by itself says why; a killed one has no time to.
	if !errors.As(err, &exit) || exit.ExitCode() != -1 || len(printed) > 0 {
		t.Fatalf("build was to be killed at %s: got %v: %s", step, err, printed)
	}
}

// published is the manifest of the publication in out, which must be whole, and nil when there is none.
func published(t *testing.T, out string) *publish.Manifest {
	t.Helper()
	if _, err := os.Lstat(out); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := publish.Verify(out); err != nil {
		t.Fatalf("not whole: %v", err)
	}
	manifest, err := publish.ReadManifest(out)
	if err != nil {
		t.Fatal(err)
	}
	return &manifest
}

// checkNothingLeft fails when a build left anything half done beside the publication or in the archive.
func checkNothingLeft(t *testing.T, folder string) {
	t.Helper()
	content, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range content {
		if name := entry.Name(); strings.HasPrefix(name, ".out.") && name != ".out.previous" {
			t.Errorf("left beside out: %s", name)
		}
	}
	aside, err := os.ReadDir(filepath.Join(folder, ".levelfield", "aside"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, entry := range aside {
		t.Errorf("left in the archive: %s", entry.Name())
	}
}
