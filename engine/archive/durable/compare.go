package durable

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Compare holds the files in folder against entries, both ways, and says what
// differs, one sentence a file, sorted. Files at the paths in except are passed
// over. The error is for a folder that cannot be read.
func Compare(folder string, entries []Entry, except ...string) ([]string, error) {
	listed := make(map[string]Entry, len(entries))
	for _, entry := range entries {
		listed[entry.Path] = entry
	}
	var problems []string
	found := make(map[string]bool, len(entries))
	err := Walk(folder, func(path string, kind fs.DirEntry) error {
		if slices.Contains(except, path) {
			return nil
		}
		entry, isListed := listed[path]
		found[path] = true
		switch {
		case !isListed:
			problems = append(problems, path+": not listed")
		case !kind.Type().IsRegular():
			problems = append(problems, path+": not a regular file")
		default:
			differs, err := compareFile(filepath.Join(folder, filepath.FromSlash(path)), entry)
			if err != nil {
				return err
			}
			if differs != "" {
				problems = append(problems, path+": "+differs)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		if !found[entry.Path] {
			problems = append(problems, entry.Path+": missing")
		}
	}
	slices.SortFunc(problems, strings.Compare)
	return problems, nil
}

// Walk calls visit for everything in folder that is not itself a folder, with
// its path relative to folder and forward slashes, in the order of the paths'
// elements. A folder that is itself a link is refused.
func Walk(folder string, visit func(path string, kind fs.DirEntry) error) error {
	info, err := os.Lstat(folder)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("read %s: not a real folder", folder)
	}
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		return visit(filepath.ToSlash(relative), entry)
	})
}

// compareFile says how the file at path differs from its entry, or nothing.
func compareFile(path string, entry Entry) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := sha256.New()
	length, err := io.Copy(hash, file)
	if err != nil {
		return "", err
	}
	if length != entry.Bytes {
		return fmt.Sprintf("%d bytes, where %d were written", length, entry.Bytes), nil
	}
	if sum := hex.EncodeToString(hash.Sum(nil)); sum != entry.SHA256 {
		return fmt.Sprintf("sha256 %.12s, where %.12s was written", sum, entry.SHA256), nil
	}
	return "", nil
}
