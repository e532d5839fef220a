package engine

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// fill gives a dataset the words that a person has said.
func (words ImportWords) fill(dataset *datasets.Dataset) {
	for _, one := range []struct {
		said string
		into *string
	}{{words.Title, &dataset.Title}, {words.Publisher, &dataset.Publisher}, {words.Release, &dataset.Release}, {words.Released, &dataset.Released}, {words.Label, &dataset.Label}} {
		if one.said != "" {
			*one.into = one.said
		}
	}
}

// unsaid are the flags for the words that a dataset lacks.
func unsaid(dataset datasets.Dataset) []string {
	var missing []string
	for _, one := range []struct{ flag, text string }{
		{"--title", dataset.Title}, {"--publisher", dataset.Publisher}, {"--release", dataset.Release}, {"--released", dataset.Released}, {"--label", dataset.Label},
	} {
		if one.text == "" {
			missing = append(missing, one.flag)
		}
	}
	return missing
}

// writable says what is missing before a dataset can be written.
func (w ImportOptions) writable(dataset datasets.Dataset) error {
	if missing := unsaid(dataset); len(missing) > 0 {
		return refuseImport("a dataset needs %s: the file does not say it", strings.Join(missing, ", "))
	}
	for _, name := range w.targets() {
		if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return refuseImport("%s is there already, and nothing is overwritten: name another folder", name)
		}
	}
	return nil
}

// targets are the files that are written.
func (w ImportOptions) targets() []string {
	return []string{filepath.Join(w.Write, "dataset.yaml"), filepath.Join(w.Write, w.File)}
}

// write puts the description and a copy of the file into their folder.
func (w ImportOptions) write(content source.Content, report *ImportReport) error {
	for i, text := range []source.Content{strings.NewReader(report.Proposed), content} {
		name := w.targets()[i]
		if err := writeNew(name, text); err != nil {
			return err
		}
		report.Written = append(report.Written, name)
	}
	return nil
}

// writeNew writes a file that is not there yet, and the folders on the way to it.
func writeNew(name string, content source.Content) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err = io.Copy(file, io.NewSectionReader(content, 0, content.Size()))
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
