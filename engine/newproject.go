package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"levelfield/engine/archive/durable"
)

// NewProject writes the built-in project into a folder, from which it builds as it does from the program, and returns the
// paths of its files below the folder. The folder must be empty or not be there yet.
func NewProject(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("write the project: %w", err)
	case len(entries) > 0:
		return nil, refuseImport("%s is not empty, and nothing is overwritten: name a new folder", folder)
	}
	files, err := builtInFiles()
	if err != nil {
		return nil, err
	}
	if err := writeWhole(folder, files); err != nil {
		return nil, fmt.Errorf("write the project: %w", err)
	}
	var written []string
	for _, file := range files {
		written = append(written, file.Path)
	}
	return written, nil
}

// writeWhole writes a folder, which is empty or not there, aside and puts it in its place: it is whole or not there at all.
func writeWhole(folder string, files []durable.File) error {
	parent := filepath.Dir(filepath.Clean(folder))
	if err := durable.MakeFolder(parent); err != nil {
		return err
	}
	aside, err := os.MkdirTemp(parent, ".levelfield-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(aside) }()
	whole := filepath.Join(aside, "project")
	if err := durable.WriteTree(whole, files, nil); err != nil {
		return err
	}
	if err := os.Remove(folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return durable.Rename(whole, folder)
}

// builtInFiles are the files of the built-in project by their paths in a project folder.
func builtInFiles() ([]durable.File, error) {
	var files []durable.File
	for _, one := range builtIn() {
		err := fs.WalkDir(one.files, one.from, func(from string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := fs.ReadFile(one.files, from)
			if err != nil {
				return err
			}
			files = append(files, durable.File{Path: one.named(from), Data: data})
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read the built-in project: %w", err)
		}
	}
	return files, nil
}

// named is the path in the project of a path in the mount's file system.
func (m mount) named(from string) string {
	switch {
	case from == m.from:
		return m.name
	case m.from == ".":
		return path.Join(m.name, from)
	}
	return path.Join(m.name, from[len(m.from):])
}
