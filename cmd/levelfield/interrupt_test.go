package main

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"
)

// interruptAtEnv names the step of a run at which a process started by the tests interrupts itself, as a user does with
// Ctrl-C.
const interruptAtEnv = "LEVELFIELD_TEST_INTERRUPT_AT"

// interruptAt is a hook that interrupts the process at a step and goes on once the signal has arrived.
func interruptAt(chosen string) func(step string) {
	return func(step string) {
		if step != chosen {
			return
		}
		arrived := make(chan os.Signal, 1)
		signal.Notify(arrived, os.Interrupt)
		defer signal.Stop(arrived)
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Signal(os.Interrupt)
		}
		if err != nil {
			os.Exit(1)
		}
		<-arrived
	}
}

// TestInterruptEndsInGoodOrder interrupts a build as it begins to load: it says so, publishes nothing and leaves
// nothing in the temporary folder.
func TestInterruptEndsInGoodOrder(t *testing.T) {
	t.Parallel()
	folder, temporary := projectCopy(t), t.TempDir()
	out := filepath.Join(folder, "out")
	command := exec.Command("levelfield", "build", "--project", folder, "--out", out)
	command.Env = append(os.Environ(), interruptAtEnv+"=load", "TMPDIR="+temporary)
	printed, err := command.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(string(printed), "levelfield: stopped by a signal\n") {
		t.Errorf("got %v, want exit code 1, and that it was stopped in: %s", err, printed)
	}
	if got := published(t, out); got != nil {
		t.Errorf("got a publication, want none: %+v", got)
	}
	left, err := os.ReadDir(temporary)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range left {
		t.Errorf("left in the temporary folder: %s", entry.Name())
	}
	built(t, folder, out)
}
