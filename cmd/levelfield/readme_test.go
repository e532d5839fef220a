package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/publish"
)

// The README's own words that its tests look for: the project that it teaches, the figure that the project's page must
// show, the command that runs all tests, and the beginnings of a command line that mean this program.
const (
	taught      = "my-council"
	shownFigure = "93.9%"
	allTests    = "go test ./..."
	fromSource  = "go run ./cmd/levelfield"
	installed   = "levelfield"
)

// block is one fenced block of the README.
type block struct {
	// line is where the block begins.
	line int
	// language is its first word, and marks are those after it: file=PATH or in=FOLDER.
	language string
	marks    map[string]string
	text     string
}

// readme is the text of the README with its blocks.
func readme(t *testing.T) (text string, blocks []block) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	open := false
	for i, line := range strings.Split(string(data), "\n") {
		info, fence := strings.CutPrefix(line, "```")
		switch {
		case fence && !open:
			blocks = append(blocks, newBlock(i+1, info))
			open = true
		case fence:
			open = false
		case open:
			blocks[len(blocks)-1].text += line + "\n"
		}
	}
	if open || len(blocks) == 0 {
		t.Fatalf("README.md: got %d blocks, the last one open: %t, want closed blocks", len(blocks), open)
	}
	return string(data), blocks
}

func newBlock(line int, info string) block {
	b := block{line: line, marks: map[string]string{}}
	for i, word := range strings.Fields(info) {
		if name, value, marked := strings.Cut(word, "="); marked {
			b.marks[name] = value
		} else if i == 0 {
			b.language = word
		}
	}
	return b
}

// taughtProject writes every block with a file into a folder of its own, as a reader of the README does.
func taughtProject(t *testing.T, blocks []block) (folder string) {
	t.Helper()
	folder = t.TempDir()
	written := 0
	for _, b := range blocks {
		name, named := b.marks["file"]
		if !named {
			continue
		}
		if !filepath.IsLocal(name) || !strings.HasPrefix(name, taught+"/") {
			t.Fatalf("README.md:%d: got the file %s, want one in %s", b.line, name, taught)
		}
		target := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, []byte(b.text), 0o644); err != nil {
			t.Fatal(err)
		}
		written++
	}
	if written == 0 {
		t.Fatal("README.md: got no block with file=PATH, want a project")
	}
	return folder
}

// runIn runs the program in a folder, as its user does, and returns what it printed and its exit code.
func runIn(t *testing.T, folder string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, complaints bytes.Buffer
	command := exec.CommandContext(t.Context(), "levelfield", args...)
	command.Dir, command.Stdout, command.Stderr = folder, &out, &complaints
	var exit *exec.ExitError
	if err := command.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatalf("run levelfield %s: %v", strings.Join(args, " "), err)
	}
	return out.String(), complaints.String(), command.ProcessState.ExitCode()
}

// TestReadmeCommands runs every line of every block of commands: those of a clone in an empty folder that stands for
// it, and those of the project that the README teaches beside that project.
func TestReadmeCommands(t *testing.T) {
	t.Parallel()
	_, blocks := readme(t)
	clone, beside := t.TempDir(), taughtProject(t, blocks)
	ran := 0
	for _, b := range blocks {
		switch {
		case b.marks["file"] != "":
			continue
		case b.language != "sh":
			t.Logf("README.md:%d: no command, but: %s", b.line, strings.SplitN(b.text, "\n", 2)[0])
			continue
		}
		folder := clone
		if in, taughtThere := b.marks["in"]; taughtThere {
			if in != taught {
				t.Fatalf("README.md:%d: got a block in %q, want one in %s", b.line, in, taught)
			}
			folder = beside
		}
		for i, line := range strings.Split(strings.TrimSpace(b.text), "\n") {
			ran += readmeLine(t, fmt.Sprintf("README.md:%d", b.line+1+i), folder, line)
		}
	}
	if ran == 0 {
		t.Error("README.md: got no command of the program, want some")
	}
	checkShown(t, filepath.Join(beside, taught, "out"), shownFigure)
	checkWritten(t, filepath.Join(clone, "out"), blocks)
}

// readmeLine runs one line of a block of commands and returns how many commands of the program it ran. The command
// that runs all tests is not run: it is what is running.
func readmeLine(t *testing.T, place, folder, line string) int {
	t.Helper()
	if line == allTests {
		t.Logf("%s: not run by itself, since this test is a part of it: %s", place, line)
		return 0
	}
	arguments, source := strings.CutPrefix(line, fromSource+" ")
	if !source {
		var known bool
		if arguments, known = strings.CutPrefix(line, installed+" "); !known {
			t.Errorf("%s: got %q, want a command line that begins with %q or %q, or %q", place, line, fromSource, installed, allTests)
			return 0
		}
	}
	stdout, stderr, code := runIn(t, folder, strings.Fields(arguments)...)
	if code != 0 || stdout == "" {
		t.Errorf("%s: %s: got exit code %d and %d bytes, want 0 and an answer: %s", place, line, code, len(stdout), stderr)
	}
	return 1
}

// checkShown holds a publication to be whole, with a figure on the page of each board.
func checkShown(t *testing.T, out, figure string) {
	t.Helper()
	if err := publish.Verify(out); err != nil {
		t.Errorf("the project of the README: %v", err)
	}
	boards, err := filepath.Glob(filepath.Join(out, "*", "index.html"))
	if err != nil || len(boards) == 0 {
		t.Fatalf("the project of the README: got the boards %q, %v, want one", boards, err)
	}
	for _, board := range boards {
		page, err := os.ReadFile(board)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(page, []byte(figure)) {
			t.Errorf("%s: got no %s, want it shown", board, figure)
		}
	}
}

var publishedName = regexp.MustCompile(`[\w<>*/-]*\.(html|pdf|svg|csv|parquet|json)\b`)

// checkWritten holds the README's list of what a build writes against a publication: a name without a folder stands
// beside the one that begins the line, and an ending alone is another form of the file before it.
func checkWritten(t *testing.T, out string, blocks []block) {
	t.Helper()
	if err := publish.Verify(out); err != nil {
		t.Errorf("the built-in project: %v", err)
	}
	found := 0
	for _, b := range blocks {
		if !strings.HasPrefix(b.text, "out/") {
			continue
		}
		for _, line := range strings.Split(strings.TrimSpace(b.text), "\n") {
			folder, before := "", ""
			for _, name := range publishedName.FindAllString(line, -1) {
				switch {
				case strings.HasPrefix(name, "."):
					name = strings.TrimSuffix(before, filepath.Ext(before)) + name
				case strings.HasPrefix(name, "out/"):
					name = strings.TrimPrefix(name, "out/")
					folder = filepath.Dir(name)
				default:
					name = filepath.Join(folder, name)
				}
				before = name
				pattern := filepath.Join(out, strings.ReplaceAll(name, "<board>", "*"))
				if files, err := filepath.Glob(pattern); err != nil || len(files) == 0 {
					t.Errorf("README.md names %s: got none, %v", name, err)
				}
				found++
			}
		}
	}
	if found == 0 {
		t.Error("README.md: got no list of what a build writes, want one")
	}
}

var (
	quotedFault = regexp.MustCompile(`(?m)^(\S+\.yaml):\d+:\d+: (\w+): is "(\w+)" .*$`)
	commandRow  = regexp.MustCompile("(?m)^\\| `([a-z]+)")
	helpCommand = regexp.MustCompile(`(?m)^  ([a-z]+)  +[A-Z]`)
	helpCode    = regexp.MustCompile(`(?m)^  ([0-9]+)  [a-z]`)
	codesText   = regexp.MustCompile(`(?s)exit codes: (.*?)\n\n`)
	codeNumber  = regexp.MustCompile(`\b[0-9]+\b`)
)

// TestReadmeFault makes the fault that the README quotes in the project that it teaches: the line must be the one that
// check prints, with the code for faults, and nothing may be published.
func TestReadmeFault(t *testing.T) {
	t.Parallel()
	text, blocks := readme(t)
	found := quotedFault.FindAllStringSubmatch(text, -1)
	if len(found) != 1 {
		t.Fatalf("README.md: got %d quoted faults, want 1", len(found))
	}
	line, file, field, faulty := found[0][0], found[0][1], found[0][2], found[0][3]
	folder := taughtProject(t, blocks)
	target := filepath.Join(folder, filepath.FromSlash(file))
	definition, err := os.ReadFile(target)
	if err != nil {
		t.Fatalf("README.md quotes a fault of a file that it does not show: %v", err)
	}
	right := regexp.MustCompile(`(?m)^` + field + `: .*$`).FindString(string(definition))
	if err := replace(target, right, field+": "+faulty); err != nil {
		t.Fatal(err)
	}
	_, stderr, code := runIn(t, folder, "check", "--project", taught)
	if first, _, _ := strings.Cut(stderr, "\n"); code != 3 || first != line {
		t.Errorf("check: got exit code %d and\n%s\nwant 3 and\n%s", code, first, line)
	}
	_, stderr, code = runIn(t, folder, "build", "--project", taught, "--out", taught+"/out")
	if first, _, _ := strings.Cut(stderr, "\n"); code != 3 || first != line {
		t.Errorf("build: got exit code %d and\n%s\nwant 3 and\n%s", code, first, line)
	}
	if _, err := os.Lstat(filepath.Join(folder, taught, "out")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("build of a faulty project: got %v, want nothing published", err)
	}
}

// TestReadmeNamesEveryCommand holds the README's table of commands and its list of exit codes against the help. A command
// with commands of its own has a row for each.
func TestReadmeNamesEveryCommand(t *testing.T) {
	t.Parallel()
	text, _ := readme(t)
	help, _, _ := runIn(t, t.TempDir(), "--help")
	if diff := cmp.Diff(firstGroups(helpCommand, help), slices.Compact(firstGroups(commandRow, text))); diff != "" {
		t.Errorf("commands: -help +README.md:\n%s", diff)
	}
	codes := codesText.FindStringSubmatch(text)
	if codes == nil {
		t.Fatal(`README.md: got no paragraph with "exit codes:", want one`)
	}
	told := codeNumber.FindAllString(codes[1], -1)
	slices.Sort(told)
	if diff := cmp.Diff(firstGroups(helpCode, help), told); diff != "" {
		t.Errorf("exit codes: -help +README.md:\n%s", diff)
	}
}

// firstGroups are what the first group of a pattern matches, sorted.
func firstGroups(pattern *regexp.Regexp, text string) []string {
	var found []string
	for _, match := range pattern.FindAllStringSubmatch(text, -1) {
		found = append(found, match[1])
	}
	slices.Sort(found)
	return found
}
