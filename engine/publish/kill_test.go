package publish

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A test binary started with these set is not testing: it does one act on a
// publication and kills itself at the step it was given.
const (
	killAct      = "PUBLISH_TEST_ACT"      // publish, roll-back or recover
	killOut      = "PUBLISH_TEST_OUT"      // the publication
	killEdition  = "PUBLISH_TEST_EDITION"  // what to publish
	killExchange = "PUBLISH_TEST_EXCHANGE" // "no" to switch by two renames
	killStep     = "PUBLISH_TEST_STEP"     // where to die; empty to live
)

func TestMain(m *testing.M) {
	if act := os.Getenv(killAct); act != "" {
		err := perform(act, os.Getenv(killOut), os.Getenv(killEdition), os.Getenv(killExchange) != "no", killAt(os.Getenv(killStep)))
		if err != nil {
			os.Stderr.WriteString(err.Error() + "\n")
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// killAt is a hook that ends the process the hard way at a step.
func killAt(fatal string) Hook {
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

// perform does one act, as a run would that holds the lock.
func perform(act, out, edition string, exchanges bool, hook Hook) error {
	s, err := newSite(out, []Hook{hook})
	if err != nil {
		return err
	}
	if !exchanges {
		s.exchange = func(_, _ string) error { return errCannotExchange }
	}
	switch act {
	case "recover":
		return s.recover()
	case "roll-back":
		return s.rollback()
	}
	staged, err := s.stage(editionFiles(edition), Manifest{Version: edition, AsOf: "2025-03-31"})
	if err != nil {
		return err
	}
	return staged.Switch()
}

func editionFiles(edition string) []File {
	return []File{
		{Path: "index.html", Data: []byte("<h1>" + edition + "</h1>\n")},
		{Path: "data/results.csv", Data: []byte("edition\n" + edition + "\n")},
		{Path: "skills/charts/qualified.svg", Data: []byte("<svg>" + edition + "</svg>\n")},
		{Path: "only-" + edition + ".html", Data: []byte(edition)},
	}
}

// scene is a state of a publication and an act upon it.
type scene struct {
	name      string
	published []string // editions, in order, before the act
	act       string
	before    string // the edition in out before the act
	after     string // and after it
	kept      string // the edition kept after the act
}

var scenes = []scene{
	{"first publication", nil, "publish", "", "new", ""},
	{"second publication", []string{"one"}, "publish", "one", "new", "one"},
	{"third publication", []string{"one", "two"}, "publish", "two", "new", "two"},
	{"equal publication", []string{"one", "new"}, "publish", "new", "new", "new"},
	{"roll back", []string{"one", "two"}, "roll-back", "two", "one", "two"},
}

// stand makes the state of a scene in a new folder.
func (sc scene) stand(t *testing.T, exchanges bool) (out string) {
	t.Helper()
	out = filepath.Join(t.TempDir(), "out")
	for _, edition := range sc.published {
		if err := perform("publish", out, edition, exchanges, func(string) {}); err != nil {
			t.Fatalf("publish %s: %v", edition, err)
		}
	}
	return out
}

// steps lists the steps of the scene's act, which it does in a copy.
func (sc scene) steps(t *testing.T, exchanges bool) []string {
	t.Helper()
	var steps []string
	out := sc.stand(t, exchanges)
	if err := perform(sc.act, out, "new", exchanges, func(step string) { steps = append(steps, step) }); err != nil {
		t.Fatalf("%s: %v", sc.act, err)
	}
	if got := editionIn(t, out); got != sc.after {
		t.Errorf("%s: got edition %q, want %q", sc.name, got, sc.after)
	}
	if got := editionIn(t, previousOf(out)); got != sc.kept {
		t.Errorf("%s: kept edition %q, want %q", sc.name, got, sc.kept)
	}
	checkNothingLeft(t, out)
	return steps
}

func previousOf(out string) string {
	return filepath.Join(filepath.Dir(out), "."+filepath.Base(out)+".previous")
}

// editionIn says which edition folder holds, having verified that it is whole;
// empty when there is none.
func editionIn(t *testing.T, folder string) string {
	t.Helper()
	if _, err := os.Lstat(folder); errors.Is(err, os.ErrNotExist) {
		return ""
	}
	if err := Verify(folder); err != nil {
		t.Fatalf("not whole: %v", err)
	}
	manifest, err := ReadManifest(folder)
	if err != nil {
		t.Fatal(err)
	}
	return manifest.Version
}

// checkNothingLeft fails when anything but the publication and the one before
// stands in the folder.
func checkNothingLeft(t *testing.T, out string) {
	t.Helper()
	content, err := os.ReadDir(filepath.Dir(out))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range content {
		if name := entry.Name(); name != "out" && name != ".out.previous" {
			t.Errorf("left beside out: %s", name)
		}
	}
}

// die runs an act in a process of its own that is killed at step.
func die(t *testing.T, act, out string, exchanges bool, step string) {
	t.Helper()
	command := exec.Command(os.Args[0])
	exchange := "yes"
	if !exchanges {
		exchange = "no"
	}
	command.Env = append(os.Environ(), killAct+"="+act, killOut+"="+out, killEdition+"=new", killExchange+"="+exchange, killStep+"="+step)
	printed, err := command.CombinedOutput()
	var exit *exec.ExitError
	// A process that fails by itself says why; a killed one has no time to.
	if !errors.As(err, &exit) || len(printed) > 0 {
		t.Fatalf("%s was to be killed at %s: got %v: %s", act, step, err, printed)
	}
}

// checkAfterKill holds the state after a kill and a Recover against what a
// scene allows, and publishes again.
func (sc scene) checkAfterKill(t *testing.T, out string, exchanges bool) {
	t.Helper()
	if err := perform("recover", out, "", exchanges, func(string) {}); err != nil {
		t.Fatalf("recover: %v", err)
	}
	checkNothingLeft(t, out)
	got, kept := editionIn(t, out), editionIn(t, previousOf(out))
	switch {
	case got == sc.after && kept == sc.kept:
	case got == sc.before && (len(sc.published) < 2 || kept == sc.published[len(sc.published)-2]):
	default:
		t.Fatalf("got edition %q with %q kept, want %q with %q, or the state before", got, kept, sc.after, sc.kept)
	}
	if err := perform("publish", out, "next", exchanges, func(string) {}); err != nil {
		t.Fatalf("publish after recovery: %v", err)
	}
	if next := editionIn(t, out); next != "next" {
		t.Errorf("got edition %q, want next", next)
	}
	if before := editionIn(t, previousOf(out)); before != got {
		t.Errorf("kept edition %q, want %q", before, got)
	}
	checkNothingLeft(t, out)
}

// TestKilledAtEveryStep kills a process of its own at each step of each scene.
func TestKilledAtEveryStep(t *testing.T) {
	t.Parallel()
	eachScene(t, func(t *testing.T, sc scene, exchanges bool) {
		for _, step := range sc.steps(t, exchanges) {
			t.Run(step, func(t *testing.T) {
				out := sc.stand(t, exchanges)
				die(t, sc.act, out, exchanges, step)
				if exchanges && canExchange(t) {
					// Even before anything recovers, out is one or the other.
					if got := editionIn(t, out); got != sc.before && got != sc.after {
						t.Fatalf("before recovery: got edition %q, want %q or %q", got, sc.before, sc.after)
					}
				}
				sc.checkAfterKill(t, out, exchanges)
			})
		}
	})
}

// TestKilledWhileRecovering kills a process at each step of each recovery from
// a kill inside a switch.
func TestKilledWhileRecovering(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("some hundreds of processes")
	}
	eachScene(t, func(t *testing.T, sc scene, exchanges bool) {
		for _, step := range sc.steps(t, exchanges) {
			if strings.HasPrefix(step, "staged-file:") {
				continue // nothing but a removal is left to do
			}
			for _, second := range recoverySteps(t, sc, exchanges, step) {
				t.Run(step+" then "+second, func(t *testing.T) {
					out := sc.stand(t, exchanges)
					die(t, sc.act, out, exchanges, step)
					die(t, "recover", out, exchanges, second)
					sc.checkAfterKill(t, out, exchanges)
				})
			}
		}
	})
}

// recoverySteps lists the steps of the recovery from a kill at step.
func recoverySteps(t *testing.T, sc scene, exchanges bool, step string) []string {
	t.Helper()
	out := sc.stand(t, exchanges)
	die(t, sc.act, out, exchanges, step)
	var steps []string
	if err := perform("recover", out, "", exchanges, func(step string) { steps = append(steps, step) }); err != nil {
		t.Fatalf("recover after %s: %v", step, err)
	}
	return steps
}

func eachScene(t *testing.T, run func(t *testing.T, sc scene, exchanges bool)) {
	for _, exchanges := range []bool{true, false} {
		way := map[bool]string{true: "exchange", false: "two renames"}[exchanges]
		for _, sc := range scenes {
			t.Run(way+"/"+sc.name, func(t *testing.T) {
				t.Parallel()
				run(t, sc, exchanges)
			})
		}
	}
}

// canExchange says whether the file system of the test exchanges folders.
func canExchange(t *testing.T) bool {
	t.Helper()
	return exchange(t.TempDir(), t.TempDir()) == nil
}

// TestStepsAreThoseDocumented keeps the promise of the comment on Hook.
func TestStepsAreThoseDocumented(t *testing.T) {
	t.Parallel()
	staging := []string{"staged-file:1", "staged-file:2", "staged-file:3", "staged-file:4", "synced", "manifest"}
	third := scenes[2]
	renames := []string{"before-switch", "after-journal", "after-discard", "after-previous", "after-exchange", "after-unjournal", "switched"}
	if got, want := third.steps(t, false), slices.Concat(staging, renames); !slices.Equal(got, want) {
		t.Errorf("two renames: got steps %q, want %q", got, want)
	}
	if !canExchange(t) {
		t.Skip("this file system cannot exchange folders")
	}
	exchanged := []string{"before-switch", "after-journal", "after-exchange", "after-discard", "after-previous", "after-unjournal", "switched"}
	if got, want := third.steps(t, true), slices.Concat(staging, exchanged); !slices.Equal(got, want) {
		t.Errorf("exchange: got steps %q, want %q", got, want)
	}
}
