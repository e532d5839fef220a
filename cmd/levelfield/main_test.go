package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"levelfield/cmd/internal/cli"
)

// killAtEnv names the step of a run at which a process started by the tests kills itself. Only this test binary reads
// it: the program itself has no such switch.
const killAtEnv = "LEVELFIELD_TEST_KILL_AT"

var update = flag.Bool("update", false, "rewrite the expected output in testdata/script and testdata/malformed")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"levelfield": func() {
		process := cli.System()
		if step := os.Getenv(killAtEnv); step != "" {
			process.Hook = killAt(step)
		}
		if step := os.Getenv(interruptAtEnv); step != "" {
			process.Hook = interruptAt(step)
		}
		os.Exit(cli.Main(process))
	}, eachName: each})
}

// TestScripts runs testdata/script: one file is one behaviour. Each begins in a folder that holds nothing but copies of
// testdata/project and testdata/protected.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                "testdata/script",
		UpdateScripts:      *update,
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			if err := os.CopyFS(filepath.Join(env.WorkDir, "protected"), os.DirFS("testdata/protected")); err != nil {
				return err
			}
			return os.CopyFS(filepath.Join(env.WorkDir, "project"), os.DirFS("testdata/project"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "change": change, "workbook": workbook, "zipped": zipped},
	})
}

// exits runs a command and holds its exit code against the first argument: exits 3 levelfield check.
func exits(script *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		script.Fatalf("usage: exits CODE COMMAND [ARGUMENTS]")
	}
	want, err := strconv.Atoi(args[0])
	script.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := script.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		script.Check(err)
	}
	if got != want {
		script.Fatalf("%q exits with %d, want %d", args[1:], got, want)
	}
}

// change replaces a text that stands once in a file: change FILE OLD NEW, in which \n is a new line.
func change(script *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 3 {
		script.Fatalf("usage: change FILE OLD NEW")
	}
	lines := strings.NewReplacer(`\n`, "\n")
	script.Check(replace(script.MkAbs(args[0]), lines.Replace(args[1]), lines.Replace(args[2])))
}

func replace(file, before, after string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if n := bytes.Count(text, []byte(before)); n != 1 {
		return fmt.Errorf("%q stands %d times in %s, want once", before, n, file)
	}
	return os.WriteFile(file, bytes.Replace(text, []byte(before), []byte(after), 1), 0o644)
}

// run is one command in this process.
func run(process cli.Process, args ...string) (stdout, stderr string, code int) {
	var out, errors bytes.Buffer
	process.Args, process.Stdout, process.Stderr = args, &out, &errors
	process.LookupEnv = func(string) (string, bool) { return "", false }
	process.Now = func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }
	code = cli.Main(process)
	return out.String(), errors.String(), code
}

// built runs a build of the project in folder that must succeed.
func built(t *testing.T, folder, out string) {
	t.Helper()
	if _, stderr, code := run(cli.Process{}, "build", "--project", folder, "--out", out, "--quiet"); code != 0 {
		t.Fatalf("build: got exit code %d, want 0: %s", code, stderr)
	}
}

// projectCopy is a copy of testdata/project in a folder of the test's own.
func projectCopy(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "project")
	if err := os.CopyFS(folder, os.DirFS("testdata/project")); err != nil {
		t.Fatal(err)
	}
	return folder
}
