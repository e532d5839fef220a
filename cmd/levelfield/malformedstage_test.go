package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Where the dataset lies that the cases of testdata/malformed spoil.
const (
	spoiltFolder = "project/datasets/business"
	spoiltYAML   = spoiltFolder + "/dataset.yaml"
	csvSource    = "source: {kind: csv, file: figures.csv}"
)

// stages are the projects that cases begin with, one for each kind of file, each built once.
type stages struct {
	root  string
	mutex sync.Mutex
	built map[string]*stage
}

type stage struct {
	once   sync.Once
	folder string
}

// stand copies the project of a kind, with what its first build has published and kept, into a folder of the test's own.
func (s *stages) stand(t *testing.T, kind string) (folder string) {
	t.Helper()
	s.mutex.Lock()
	one, known := s.built[kind]
	if !known {
		one = &stage{}
		s.built[kind] = one
	}
	s.mutex.Unlock()
	one.once.Do(func() { one.folder = firstBuild(t, s.root, kind) })
	if one.folder == "" {
		t.Fatalf("the sound project of kind %s was not built", kind)
	}
	folder = t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(one.folder)); err != nil {
		t.Fatal(err)
	}
	return folder
}

// firstBuild makes the project of a kind in a folder below root and builds it.
func firstBuild(t *testing.T, root, kind string) (folder string) {
	t.Helper()
	source, known := kindsOfFigures[kind]
	if !known {
		t.Fatalf("%q is no kind of figures", kind)
	}
	folder = filepath.Join(root, kind)
	if err := os.CopyFS(filepath.Join(folder, "project"), os.DirFS("testdata/project")); err != nil {
		t.Fatal(err)
	}
	if source.write != nil {
		figures := readFigures(t, filepath.Join(folder, "project"))
		if err := os.Remove(filepath.Join(folder, spoiltFolder, "figures.csv")); err != nil {
			t.Fatal(err)
		}
		put(t, folder, spoiltFolder+"/"+source.file, source.write(t, figures))
		text, err := os.ReadFile(filepath.Join(folder, spoiltYAML))
		if err != nil {
			t.Fatal(err)
		}
		put(t, folder, spoiltYAML, []byte(strings.NewReplacer(append(source.changes, csvSource, source.yaml)...).Replace(string(text))))
	}
	all, _ := child(t, folder, false, []string{"build", "--project", "project", "--out", "project/out", "--quiet"})
	if all[0].Code != 0 {
		t.Fatalf("the sound project of kind %s: got exit code %d, want 0: %s", kind, all[0].Code, all[0].Stderr)
	}
	return folder
}

// readFigures are the records of the project's figures, the headings first.
func readFigures(t *testing.T, project string) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(project, "datasets", "business", "figures.csv"))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func put(t *testing.T, folder, name string, data []byte) {
	t.Helper()
	name = filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// spoil does to the project what the case says, and returns the path of the figures.
func (c malformed) spoil(t *testing.T, folder string) (figures string) {
	t.Helper()
	figures = spoiltFolder + "/" + kindsOfFigures[c.kind].file
	for _, file := range c.archive.Files {
		changed, is := strings.CutPrefix(file.Name, "change ")
		switch {
		case is:
			changeFile(t, folder, changed, string(file.Data))
		case file.Name != "stderr" && file.Name != "import":
			put(t, folder, file.Name, file.Data)
		}
	}
	if c.maker != "" {
		maker, known := makers[c.maker]
		if !known {
			t.Fatalf("%q is no maker", c.maker)
		}
		maker(t, folder, figures)
	}
	return figures
}

// changeFile changes lines of a file, or of a part of an archive, which stands behind an exclamation mark.
func changeFile(t *testing.T, folder, name, changes string) {
	t.Helper()
	name, member, inside := strings.Cut(name, "!")
	text, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	if !inside {
		put(t, folder, name, changeLines(t, name, text, changes))
		return
	}
	var parts []part
	found := false
	for _, one := range partsOf(t, text) {
		if one.name == member {
			found, one.text = true, string(changeLines(t, member, []byte(one.text), changes))
		}
		parts = append(parts, one)
	}
	if !found {
		t.Fatalf("%s has no part %s", name, member)
	}
	put(t, folder, name, archiveOf(t, parts...))
}

// partsOf are the files of an archive.
func partsOf(t *testing.T, data []byte) []part {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var parts []part
	for _, entry := range archive.File {
		reader, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part{entry.Name, string(text)})
	}
	return parts
}

// changeLines replaces lines that stand once: those behind - by those behind +, with an empty line between two changes.
// Lines that begin with -" or +" are strings of Go.
func changeLines(t *testing.T, name string, text []byte, changes string) []byte {
	t.Helper()
	for change := range strings.SplitSeq(changes, "\n\n") {
		var before, after []byte
		for line := range strings.Lines(change) {
			line = strings.TrimSuffix(line, "\n")
			if line == "" {
				continue
			}
			written := strings.TrimPrefix(line[1:], " ") + "\n"
			if quoted, err := strconv.Unquote(line[1:]); err == nil {
				written = quoted
			}
			switch line[0] {
			case '-':
				before = append(before, written...)
			case '+':
				after = append(after, written...)
			default:
				t.Fatalf("the line %q of a change begins with neither - nor +", line)
			}
		}
		if strings.TrimSpace(change) == "" {
			continue
		}
		if n := bytes.Count(text, before); n != 1 {
			t.Fatalf("%q stands %d times in %s, want once", before, n, name)
		}
		text = bytes.Replace(text, before, after, 1)
	}
	return text
}

// longestHeld is the length of the longest file that is held to its bytes; of longer ones, which the cases make, the length
// is.
const longestHeld = 16 << 20

// standing is what stands in a folder: every file, folder, link and device with its content.
func standing(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(folder, name)
		found[filepath.ToSlash(relative)] = fmt.Sprintf("%s, %d bytes", info.Mode(), info.Size())
		if err != nil || !info.Mode().IsRegular() || info.Size() > longestHeld {
			return err
		}
		text, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrPermission) {
			return nil
		}
		found[filepath.ToSlash(relative)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// resultsOf are the published figures, without the name of the file that they rest on.
func resultsOf(t *testing.T, folder string) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, "project", "out", "data", "results.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		rows[i] = row[:len(row)-1]
	}
	return rows
}
