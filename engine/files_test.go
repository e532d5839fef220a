package engine_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"levelfield/engine"
)

// denied are files of which some may not be read.
type denied struct {
	fs.FS
	not string
}

// Open refuses the files that may not be read.
func (d denied) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, d.not) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return d.FS.Open(name)
}

// TestFilesThatAreNone tells, once and at its place, of what stands in the place of a file and cannot be read as one.
func TestFilesThatAreNone(t *testing.T) {
	t.Parallel()
	pipe := &fstest.MapFile{Mode: fs.ModeNamedPipe | 0o600}
	huge := &fstest.MapFile{Data: make([]byte, 17<<20)}
	link := &fstest.MapFile{Data: []byte("../elsewhere"), Mode: fs.ModeSymlink}
	for _, c := range []struct {
		name, file string
		in         *fstest.MapFile
		want       string
	}{
		{"a pipe for a dataset.yaml", "datasets/figures/dataset.yaml", pipe, "datasets/figures/dataset.yaml: cannot be read: it is no file but a pipe or a device"},
		{"a pipe for an indicator", "indicators/firms.yaml", pipe, "indicators/firms.yaml: cannot be read: it is no file but a pipe or a device"},
		{"a pipe for a board", "boards/board.yaml", pipe, "boards/board.yaml: cannot be read: it is no file but a pipe or a device"},
		{"a pipe for the project", "levelfield.yaml", pipe, "levelfield.yaml: cannot be read: it is no file but a pipe or a device"},
		{"a pipe for figures", "datasets/figures/figures.csv", pipe, "datasets/figures/dataset.yaml:7:27: source.file: datasets/figures/figures.csv is not a file of its own but a pipe (put the file itself there)"},
		{"17 MiB of a definition", "datasets/figures/dataset.yaml", huge, "datasets/figures/dataset.yaml: cannot be read: it is longer than 16 MiB"},
		{"a link for a dataset", "datasets/other", link, "datasets/other: is no folder of its own but a link (put the folder itself there)"},
		{"figures that may not be read", "datasets/figures/figures.csv", nil, "datasets/figures/figures.csv: cannot be read: permission denied (allow the user that runs this to read it)"},
		{"a definition that may not be read", "indicators/firms.yaml", nil, "indicators/firms.yaml: cannot be read: permission denied (allow the user that runs this to read it)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			project := soundProject(t)
			files := denied{project, c.file}
			if c.in != nil {
				project[c.file], files.not = c.in, "nothing"
			}
			faults, err := engine.Check(t.Context(), engine.Options{Project: files})
			if got := faults.Error(); err != nil || got != c.want {
				t.Errorf("got %q and %v, want %q", got, err, c.want)
			}
		})
	}
}

// soundProject is a case of testdata/pipeline that is built without a fault.
func soundProject(t *testing.T) fstest.MapFS {
	t.Helper()
	base, err := txtar.ParseFile("testdata/pipeline-base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	archive, err := txtar.ParseFile("testdata/pipeline/counts.txtar")
	if err != nil {
		t.Fatal(err)
	}
	project, _ := projectOf(base, archive)
	return project
}
