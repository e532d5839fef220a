package durable

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

const (
	folderMode = 0o755
	fileMode   = 0o644
	// syncsAtOnce is how many files are brought to the disk side by side. A
	// journalling file system commits waiting syncs together, so several are
	// quicker than one after the other; beyond about ten nothing is gained.
	syncsAtOnce = 8
)

// WriteTree writes files into folder, which must not exist, and brings files
// and folders to the disk. After each file it calls step, when given, with the
// number of files written so far. The folder's own name is not durable before
// it is moved by [Rename].
func WriteTree(folder string, files []File, step func(written int)) error {
	if err := check(files); err != nil {
		return err
	}
	if err := MakeFolder(filepath.Dir(folder)); err != nil {
		return err
	}
	if err := os.Mkdir(folder, folderMode); err != nil {
		return err
	}
	ordered := slices.Clone(files)
	slices.SortFunc(ordered, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	for i, file := range ordered {
		path := filepath.Join(folder, filepath.FromSlash(file.Path))
		if err := os.MkdirAll(filepath.Dir(path), folderMode); err != nil {
			return err
		}
		if err := writeNew(path, file); err != nil {
			return err
		}
		if step != nil {
			step(i + 1)
		}
	}
	return syncTree(folder)
}

// AddFile writes one more file, which must not exist, at the top of a folder
// made by [WriteTree], and brings both to the disk.
func AddFile(folder string, file File) error {
	if err := CheckName(file.Path); err != nil {
		return err
	}
	path := filepath.Join(folder, file.Path)
	if err := writeNew(path, file); err != nil {
		return err
	}
	if err := syncFile(path); err != nil {
		return err
	}
	return SyncFolder(folder)
}

// WriteFile puts data at path in one step: a reader, and a start after a crash,
// sees the old content or the new one. The new content waits beside it under
// the name with ".new" added.
func WriteFile(path string, data []byte) error {
	waiting := path + ".new"
	if err := os.Remove(waiting); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := writeNew(waiting, File{Data: data}); err != nil {
		return err
	}
	if err := syncFile(waiting); err != nil {
		return err
	}
	return Rename(waiting, path)
}

// Rename moves a file or a folder and brings the move to the disk.
func Rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	if err := SyncFolder(filepath.Dir(to)); err != nil {
		return err
	}
	if filepath.Dir(from) == filepath.Dir(to) {
		return nil
	}
	return SyncFolder(filepath.Dir(from))
}

// Remove deletes one file, if it is there, and brings that to the disk.
func Remove(path string) error {
	err := os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(path))
}

// MakeFolder makes a folder and those above it where they are missing, each
// brought to the disk.
func MakeFolder(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		return fmt.Errorf("make folder %s: a file is in the way", path)
	}
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	above := filepath.Dir(path)
	if err := MakeFolder(above); err != nil {
		return err
	}
	if err := os.Mkdir(path, folderMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return SyncFolder(above)
}

// writeNew writes a file that must not exist, and holds it against the SHA-256
// that it is to have, if one is known.
func writeNew(path string, content File) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	if content.From == nil {
		_, err = file.Write(content.Data)
		return errors.Join(err, file.Close())
	}
	sum := sha256.New()
	// Large writes, since the file is long.
	_, err = io.CopyBuffer(io.MultiWriter(file, sum), content.reader(), make([]byte, 1<<20))
	if found := hex.EncodeToString(sum.Sum(nil)); err == nil && content.SHA256 != "" && found != content.SHA256 {
		err = fmt.Errorf("%s changed while it was read: sha256 %.12s, where %.12s was received", content.Path, found, content.SHA256)
	}
	return errors.Join(err, file.Close())
}

func syncFile(path string) error {
	// Windows flushes only a handle that may write.
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// syncTree brings every file of folder to the disk, then every folder, the
// deepest first.
func syncTree(folder string) error {
	var group errgroup.Group
	group.SetLimit(syncsAtOnce)
	var folders []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			folders = append(folders, path)
		default:
			group.Go(func() error { return syncFile(path) })
		}
		return nil
	})
	if err := errors.Join(err, group.Wait()); err != nil {
		return err
	}
	for _, path := range slices.Backward(folders) {
		if err := SyncFolder(path); err != nil {
			return err
		}
	}
	return nil
}
