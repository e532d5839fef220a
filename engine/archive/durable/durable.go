// Package durable writes files and folders so that a crash leaves either the
// old state or the new one. It is the floor under engine/archive and
// engine/publish, which decide what is written where.
//
// [Describe] checks a set of [File] values and lists them as [Entry] values,
// sorted by path, with length and SHA-256. [WriteTree] writes the set into a
// new folder and brings it to the disk; [Rename] then moves that folder to its
// place. [WriteFile] replaces one small file. [Compare] holds a folder against
// its entries, both ways.
//
//	entries, err := durable.Describe(files)
//	err = durable.WriteTree("aside/new", files, nil)
//	err = durable.Rename("aside/new", "new")
//	problems, err := durable.Compare("new", entries)
//
// It takes no lock: callers hold one. It follows no link, and never writes into
// a folder that is already there, except to replace the one file it was given.
package durable

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// File is a file to be written: a path relative to the folder it goes into,
// with forward slashes, and its bytes.
type File struct {
	Path string
	Data []byte
	// From is where the bytes come from in the place of Data, when they are too
	// many to be held at once. Their SHA256 may be given where it is known: then
	// the file is read once, and writing fails if the bytes have another.
	From   Content
	SHA256 string
}

// Content is bytes that are read where they are.
type Content interface {
	io.ReaderAt
	Size() int64
}

// reader reads the bytes of the file from their start.
func (f File) reader() io.Reader {
	if f.From == nil {
		return bytes.NewReader(f.Data)
	}
	return io.NewSectionReader(f.From, 0, f.From.Size())
}

// entry describes the file.
func (f File) entry() (Entry, error) {
	if f.From == nil {
		return Entry{Path: f.Path, SHA256: Sum(f.Data), Bytes: int64(len(f.Data))}, nil
	}
	entry := Entry{Path: f.Path, SHA256: f.SHA256, Bytes: f.From.Size()}
	if entry.SHA256 != "" {
		return entry, nil
	}
	sum := sha256.New()
	_, err := io.Copy(sum, f.reader())
	entry.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return entry, err
}

// Entry describes a file that was written.
type Entry struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// Describe lists files sorted by path. It refuses a path that would leave the
// folder, that some system cannot hold, or that meets another one: the same
// path twice, two paths that differ in case only (one file on macOS and
// Windows), or a file where another needs a folder. The names in reserved, at the
// top of the folder, are refused in any case: a manifest goes there.
func Describe(files []File, reserved ...string) ([]Entry, error) {
	if err := check(files, reserved...); err != nil {
		return nil, err
	}
	entries := make([]Entry, 0, len(files))
	for _, file := range files {
		entry, err := file.entry()
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry)
	}
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	return entries, nil
}

// check refuses files that [Describe] refuses.
func check(files []File, reserved ...string) error {
	paths := make([]string, 0, len(files))
	for _, file := range files {
		if err := CheckPath(file.Path); err != nil {
			return err
		}
		first, _, _ := strings.Cut(file.Path, "/")
		if slices.ContainsFunc(reserved, func(name string) bool { return strings.EqualFold(name, first) }) {
			return fmt.Errorf("path %q: the name %s is reserved", file.Path, first)
		}
		paths = append(paths, file.Path)
	}
	slices.Sort(paths)
	return checkApart(paths)
}

// Sum is the SHA-256 of data in hexadecimal, the address of a content.
func Sum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// JSON is the form in which manifests are written: indented, with < > and & as
// they are, and a newline at the end.
func JSON(value any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(value)
	return text.Bytes(), err
}

// checkApart refuses sorted paths that cannot stand in one folder together.
func checkApart(paths []string) error {
	written := make(map[string]string, len(paths))
	for _, path := range paths {
		folded := strings.ToLower(path)
		if other, taken := written[folded]; taken {
			return fmt.Errorf("path %q: already taken by %q", path, other)
		}
		written[folded] = path
	}
	for _, path := range paths {
		folded := strings.ToLower(path)
		for i, r := range folded {
			if r != '/' {
				continue
			}
			if other, isFile := written[folded[:i]]; isFile {
				return fmt.Errorf("path %q: needs a folder where the file %q goes", path, other)
			}
		}
	}
	return nil
}
