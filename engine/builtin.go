package engine

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"levelfield/datasets"
	"levelfield/indicators"
	"levelfield/scorecard"
	"levelfield/seeds"
)

// BuiltIn is the project that ships with the program, laid out as a project folder: levelfield.yaml, strategy.yaml, areas.csv,
// tiles.csv, indicators, datasets, boards and progress.
func BuiltIn() fs.FS { return builtIn() }

func builtIn() mounts {
	return mounts{
		{"indicators", indicators.Files(), "."},
		{"datasets", datasets.Files(), "."},
		{"boards", scorecard.Files(), "boards"},
		{"progress", seeds.Files(), "project/progress"},
		{"levelfield.yaml", seeds.Files(), "project/levelfield.yaml"},
		{"areas.csv", seeds.Files(), "project/areas.csv"},
		{"tiles.csv", seeds.Files(), "project/tiles.csv"},
		{"strategy.yaml", seeds.Files(), "strategy.yaml"},
	}
}

// mount puts a file or folder of another file system at a name.
type mount struct {
	name  string
	files fs.FS
	from  string
}

// mounts is a file system made of others, one a name at its top.
type mounts []mount

// Open finds the mount that the name begins with and opens the rest of the name in it.
func (m mounts) Open(name string) (fs.File, error) {
	files, inside, found := m.resolve(name)
	if !found {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return files.Open(inside)
}

// ReadDir lists a folder inside a mount; the top lists nothing, since nobody walks a project from its top.
func (m mounts) ReadDir(name string) ([]fs.DirEntry, error) {
	files, inside, found := m.resolve(name)
	if !found {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	return fs.ReadDir(files, inside)
}

func (m mounts) resolve(name string) (files fs.FS, inside string, found bool) {
	top, rest, below := strings.Cut(name, "/")
	i := slices.IndexFunc(m, func(one mount) bool { return one.name == top })
	if i < 0 {
		return nil, "", false
	}
	inside = m[i].from
	switch {
	case below && inside == ".":
		inside = rest
	case below:
		inside += "/" + rest
	}
	return m[i].files, inside, true
}

// isProject says whether a folder holds a project.
func isProject(fsys fs.FS) bool {
	_, err := fs.Stat(fsys, projectFile)
	return !errors.Is(err, fs.ErrNotExist)
}
