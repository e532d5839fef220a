package main

import (
	"os"
	"path/filepath"
	"testing"
)

// asNobodyEnv makes a process started by the tests one of a user that owns nothing, where the tests run as one that may read
// everything.
const asNobodyEnv = "LEVELFIELD_TEST_AS_NOBODY"

// onDisk does something with the path of the figures.
func onDisk(change func(t *testing.T, path string)) func(t *testing.T, folder, figures string) {
	return func(t *testing.T, folder, figures string) {
		t.Helper()
		change(t, filepath.Join(folder, filepath.FromSlash(figures)))
	}
}

// instead puts something into the place of a file.
func instead(make func(path string) error) func(t *testing.T, path string) {
	return func(t *testing.T, path string) {
		t.Helper()
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
		if err := make(path); err != nil {
			t.Skipf("it cannot be made here: %v", err)
		}
	}
}

// inProject does something with a file of the project.
func inProject(name string, change func(t *testing.T, path string)) func(t *testing.T, folder, figures string) {
	return func(t *testing.T, folder, _ string) {
		t.Helper()
		change(t, filepath.Join(folder, "project", filepath.FromSlash(name)))
	}
}

// moved is a link to where the file, or the folder, now lies, outside the project.
func moved(t *testing.T, path string) {
	t.Helper()
	outside := filepath.Join(t.TempDir(), filepath.Base(path))
	if err := os.Rename(path, outside); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, path); err != nil {
		t.Skipf("links cannot be made here: %v", err)
	}
}

func emptyFolder(path string) error { return os.Mkdir(path, 0o755) }

func nothing(string) error { return nil }

// huge makes a file ten gigabytes long, of which nearly all is a hole.
func huge(t *testing.T, path string) {
	t.Helper()
	if err := os.Truncate(path, 10<<30); err != nil {
		t.Fatal(err)
	}
}

// closed takes everybody's permission to read a file away.
func closed(t *testing.T, path string) {
	t.Helper()
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
}
