package engine

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// mostRead is the length of the longest definition that is read, far beyond any that a person writes. Figures are not read
// whole.
const mostRead = 16 << 20

// projectFiles are the files of a project folder, of which only those are opened that are files: a pipe would never end.
type projectFiles struct{ files fs.FS }

// onlyFiles wraps the files of a project, once.
func onlyFiles(fsys fs.FS) fs.FS {
	if wrapped, is := fsys.(projectFiles); is {
		return wrapped
	}
	return projectFiles{fsys}
}

// Open opens a file or a folder.
func (p projectFiles) Open(name string) (fs.File, error) {
	info, err := fs.Stat(p.files, name)
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("it is no file but a pipe or a device")}
	}
	return p.files.Open(name)
}

// ReadFile reads a file that is no longer than a definition can be.
func (p projectFiles) ReadFile(name string) ([]byte, error) {
	file, err := p.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(file, mostRead+1))
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	if len(data) > mostRead {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("it is longer than %d MiB", mostRead>>20)}
	}
	return data, nil
}

// ReadDir lists a folder.
func (p projectFiles) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(p.files, name) }

// Stat describes what a name leads to.
func (p projectFiles) Stat(name string) (fs.FileInfo, error) { return fs.Stat(p.files, name) }

// Lstat describes what a name is, a link too.
func (p projectFiles) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(p.files, name) }

// ReadLink is where a link leads to.
func (p projectFiles) ReadLink(name string) (string, error) { return fs.ReadLink(p.files, name) }
