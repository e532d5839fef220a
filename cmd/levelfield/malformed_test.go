package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"levelfield/cmd/internal/cli"
)

const (
	// fewestMalformed is the fewest inputs that the table holds; those that only look odd are not counted.
	fewestMalformed = 80
	// mostMemory is the most that a process may take for any of them, in MiB. An empty run takes some 80.
	mostMemory = 700
)

// malformed is a case of testdata/malformed: what it does to a project that has been built, and what must be told of it.
//
// Its first lines say what is wrong, behind a #, and then, one a line, what else there is to know:
//
//	kind xlsx          the format of the figures, csv if not given
//	make NAME          a maker of this package changes the project
//	import REASON      why "levelfield import" is not tried
//	recognised REASON  why import reads the file as a release: in another layout than that of the dataset
//	asks REASON        why import asks which part of the file to read, and ends with 2
//	nobody             the commands run without the right to read every file
//	sound              nothing is wrong: the build succeeds, with the figures of the build before
//
// The sections "change FILE" replace lines that stand once, those behind - by those behind +; a section with the name of a
// file is the whole of it. What the commands write to standard error is in stderr, and for import in import, where it
// differs.
type malformed struct {
	name, file  string
	kind, maker string
	// notImported is the reason why import is not tried, imported the exit code of the one that is.
	notImported   string
	imported      int
	sound, nobody bool
	archive       *txtar.Archive
}

// TestMalformed puts malformed files into the place of sound ones. Each gives its faults with their places and exit code 3,
// at once and nothing else; what was published, kept and imported before stays as it was to the byte; nothing is left
// behind; and no process takes more memory than a small machine has.
func TestMalformed(t *testing.T) {
	t.Parallel()
	cases := malformedCases(t)
	stages := &stages{root: t.TempDir(), built: map[string]*stage{}}
	peaks := &peaks{of: map[string]int{}}
	t.Run("inputs", func(t *testing.T) {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				c.run(t, stages, peaks)
			})
		}
	})
	t.Run("memory", func(t *testing.T) { peaks.check(t) })
}

// malformedCases reads the table.
func malformedCases(t *testing.T) []malformed {
	t.Helper()
	files, err := filepath.Glob("testdata/malformed/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var cases []malformed
	wrong := 0
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c := malformed{name: strings.TrimSuffix(filepath.Base(file), ".txtar"), file: file, kind: "csv", imported: 3, archive: archive}
		for line := range strings.Lines(string(archive.Comment)) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
			switch key {
			case "", "#":
			case "kind":
				c.kind = value
			case "make":
				c.maker = value
			case "import":
				c.notImported = value
			case "recognised":
				c.imported = 0
			case "asks":
				c.imported = 2
			case "sound":
				c.sound = true
			case "nobody":
				c.nobody = true
			default:
				t.Fatalf("%s: %q is no key of a case", file, key)
			}
		}
		if !c.sound {
			wrong++
		}
		cases = append(cases, c)
	}
	for name := range makers {
		if !slices.ContainsFunc(cases, func(c malformed) bool { return c.maker == name }) {
			t.Errorf("no case is made by %q", name)
		}
	}
	if wrong < fewestMalformed {
		t.Errorf("got %d malformed inputs, want at least %d", wrong, fewestMalformed)
	}
	return cases
}

// want is what is to be written to standard error; what import writes is what the others do, if the case does not say.
func (c malformed) want(part string) string {
	if part == "import" && c.imported == 0 {
		return ""
	}
	for _, name := range []string{part, "stderr"} {
		for _, file := range c.archive.Files {
			if file.Name == name {
				return string(file.Data)
			}
		}
	}
	return ""
}

// run puts the case into a project that has been built, and runs the commands that must refuse it.
func (c malformed) run(t *testing.T, stages *stages, peaks *peaks) {
	folder := stages.stand(t, c.kind)
	figures := c.spoil(t, folder)
	commands := [][]string{{"check"}, {"build", "--out", "project/out"}}
	if c.notImported == "" {
		commands = append(commands, []string{"import", figures, "--dataset", "business", "--quiet"}, []string{"import", figures, "--quiet"})
	}
	for i := range commands {
		commands[i] = append(commands[i], "--project", "project")
	}
	before, published := standing(t, filepath.Join(folder, "project")), resultsOf(t, folder)
	ended, peak := child(t, folder, c.nobody, commands...)
	peaks.note(c.name, peak)
	for i, one := range ended[:min(len(ended), 3)] {
		c.hold(t, commands[i][0], one)
	}
	if len(ended) > 3 && !slices.Contains([]int{0, 2, 3}, ended[3].Code) {
		t.Errorf("import without a dataset: got exit code %d and %q", ended[3].Code, ended[3].Stderr)
	}
	if c.sound {
		if diff := cmp.Diff(published, resultsOf(t, folder)); diff != "" {
			t.Errorf("the figures are not those of the build before: -before +after:\n%s", diff)
		}
		return
	}
	after := standing(t, filepath.Join(folder, "project"))
	for name := range before {
		if after[name] != before[name] {
			t.Errorf("%s is not as it was", name)
		}
	}
	for name := range after {
		if _, stood := before[name]; !stood {
			t.Errorf("%s was not there before", name)
		}
	}
}

// hold holds a command to its exit code and to what it writes: an input that is malformed to 3 and its faults, one that only
// looks odd to 0 and no fault.
func (c malformed) hold(t *testing.T, command string, got ended) {
	t.Helper()
	if c.sound {
		if got.Code != 0 || got.Stderr != "" {
			t.Errorf("%s: got exit code %d and %q, want 0 and nothing", command, got.Code, got.Stderr)
		}
		return
	}
	part, code := "stderr", 3
	if command == "import" {
		part, code = command, c.imported
	}
	if got.Code != code || got.Stdout != "" {
		t.Errorf("%s: got exit code %d and the output %q, want %d and nothing", command, got.Code, got.Stdout, code)
	}
	if diff := cmp.Diff(c.want(part), got.Stderr); diff != "" && !c.rewrite(t, part, got.Stderr) {
		t.Errorf("%s: standard error: -want +got:\n%s", command, diff)
	}
}

// rewrite puts what was written into the case where the flag update asks for it.
func (c malformed) rewrite(t *testing.T, part, text string) bool {
	t.Helper()
	if !*update {
		return false
	}
	if part != "stderr" && text == c.want("stderr") {
		c.archive.Files = slices.DeleteFunc(c.archive.Files, func(file txtar.File) bool { return file.Name == part })
	} else if i := slices.IndexFunc(c.archive.Files, func(file txtar.File) bool { return file.Name == part }); i >= 0 {
		c.archive.Files[i].Data = []byte(text)
	} else {
		c.archive.Files = append(c.archive.Files, txtar.File{Name: part, Data: []byte(text)})
	}
	if err := os.WriteFile(c.file, txtar.Format(c.archive), 0o644); err != nil {
		t.Fatal(err)
	}
	return true
}

// peaks are the greatest memories that processes have taken, in MiB.
type peaks struct {
	mutex sync.Mutex
	of    map[string]int
}

func (p *peaks) note(process string, peak int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.of[process] = peak
}

func (p *peaks) check(t *testing.T) {
	for process, peak := range p.of {
		switch {
		case peak == 0:
			t.Skip("the system tells no peak memory of a process: /proc/self/status has no VmHWM")
		case peak > mostMemory:
			t.Errorf("%s took %d MiB, want at most %d", process, peak, mostMemory)
		}
	}
}

// ended is a command that has ended.
type ended struct {
	Stdout, Stderr string
	Code           int
}

// eachName is the command of this test binary that runs several commands one after another in one process, and eachNext
// parts their arguments.
const (
	eachName = "levelfield-each"
	eachNext = "then"
)

// each runs the commands that its arguments are, and writes how they have ended.
func each() {
	becomeNobody()
	var all []ended
	args := os.Args[1:]
	for len(args) > 0 {
		own := args
		if next := slices.Index(args, eachNext); next >= 0 {
			own, args = args[:next], args[next+1:]
		} else {
			args = nil
		}
		var stdout, stderr strings.Builder
		process := cli.System()
		process.Args, process.Stdout, process.Stderr = own, &stdout, &stderr
		code := cli.Main(process)
		all = append(all, ended{stdout.String(), stderr.String(), code})
		// What one has used is not to count for the next.
		debug.FreeOSMemory()
	}
	notePeak()
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

// child runs commands in a folder, in a process of their own that leaves nothing in its temporary folder, and says how they
// ended and the most memory that the process took, in MiB; nobody takes the right away to read everything.
func child(t *testing.T, folder string, nobody bool, commands ...[]string) (all []ended, peak int) {
	t.Helper()
	const temporary, note = "tmp", "peak"
	if err := os.Mkdir(filepath.Join(folder, temporary), 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		t.Fatal(err)
	}
	var args []string
	for i, one := range commands {
		if i > 0 {
			args = append(args, eachNext)
		}
		args = append(args, one...)
	}
	command := exec.CommandContext(t.Context(), eachName, args...)
	command.Dir = folder
	command.Env = append(os.Environ(), "TMPDIR="+temporary, peakEnv+"="+note)
	if nobody {
		command.Env = append(command.Env, asNobodyEnv+"=1")
		for _, name := range []string{folder, filepath.Join(folder, temporary)} {
			if err := os.Chmod(name, 0o777); err != nil {
				t.Fatal(err)
			}
		}
	}
	var stderr strings.Builder
	command.Stderr = &stderr
	printed, err := command.Output()
	if err == nil {
		err = json.Unmarshal(printed, &all)
	}
	if err != nil || len(all) != len(commands) || stderr.Len() > 0 {
		t.Fatalf("%q: got %d ends and %v: %s", commands, len(all), err, stderr.String())
	}
	left, err := os.ReadDir(filepath.Join(folder, temporary))
	if err != nil || len(left) > 0 {
		t.Errorf("%q left in the temporary folder: %v, %v", commands, left, err)
	}
	return all, notedPeak(t, filepath.Join(folder, note))
}

// peakEnv names the file into which a process started by the tests writes, at its end, the most memory that it has taken.
const peakEnv = "LEVELFIELD_TEST_PEAK"

// notePeak writes it, as the system knows it: what the parent took before does not count.
func notePeak() {
	file := os.Getenv(peakEnv)
	if file == "" {
		return
	}
	status, err := os.ReadFile("/proc/self/status")
	if err == nil {
		err = os.WriteFile(file, status, 0o600)
	}
	_ = err // a system without /proc has nothing to note
}

// notedPeak is what notePeak has written, in MiB, 0 for nothing.
func notedPeak(t *testing.T, file string) int {
	t.Helper()
	status, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	kibibytes, err := strconv.Atoi(strings.Fields(peak + " 0")[0])
	if err != nil {
		t.Fatal(err)
	}
	return kibibytes >> 10
}
