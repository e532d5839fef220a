package durable_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"levelfield/engine/archive/durable"
)

func TestAcceptedPathsStayInTheFolder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		path := rapid.StringMatching(`[a.:/\\ é]{0,8}`).Draw(t, "path")
		if durable.CheckPath(path) != nil {
			return
		}
		if !filepath.IsLocal(filepath.FromSlash(path)) || strings.ContainsAny(path, `:\`) {
			t.Errorf("path %q was accepted", path)
		}
	})
}

func TestCheckName(t *testing.T) {
	t.Parallel()
	for name, good := range map[string]bool{
		"dfe-neet": true, "neet 2025.csv": true, ".hidden": true, "Größe.csv": true,
		"": false, ".": false, "..": false, "a/b": false, `a\b`: false, "a:b": false, "a?b": false,
		"a\nb": false, "a\x00b": false, "a.": false, "a ": false, "a\xffb": false,
	} {
		if err := durable.CheckName(name); (err == nil) != good {
			t.Errorf("name %q: got %v, want accepted: %v", name, err, good)
		}
	}
}

func TestTreeIsWrittenAndCompared(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "above", "tree")
	files := []durable.File{{Path: "z"}, {Path: "b/c/d.txt", Data: []byte("d")}, {Path: "b/a.txt", Data: []byte("a")}}
	var counted []int
	if err := durable.WriteTree(folder, files, func(written int) { counted = append(counted, written) }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{1, 2, 3}, counted); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
	if err := durable.AddFile(folder, durable.File{Path: "list", Data: []byte("l")}); err != nil {
		t.Fatal(err)
	}
	entries, err := durable.Describe(files, "list")
	if err != nil {
		t.Fatal(err)
	}
	// sha256sum (GNU coreutils 9) of nothing, of "a" and of "d", no newline.
	want := []durable.Entry{
		{Path: "b/a.txt", SHA256: "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb", Bytes: 1},
		{Path: "b/c/d.txt", SHA256: "18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4", Bytes: 1},
		{Path: "z", SHA256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Bytes: 0},
	}
	if diff := cmp.Diff(want, entries); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	problems, err := durable.Compare(folder, entries, "list")
	if err != nil || len(problems) > 0 {
		t.Errorf("got problems %q and error %v, want none", problems, err)
	}
	problems, err = durable.Compare(folder, entries[1:])
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"b/a.txt: not listed", "list: not listed"}, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if err := durable.WriteTree(folder, files, nil); !os.IsExist(err) {
		t.Errorf("write over a tree: got %v, want that it exists", err)
	}
	if err := durable.AddFile(folder, files[0]); !os.IsExist(err) {
		t.Errorf("add a file that is there: got %v, want that it exists", err)
	}
}

func TestCompareFollowsNoLink(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "tree")
	files := []durable.File{{Path: "a", Data: []byte("a")}, {Path: "b", Data: []byte("a")}}
	if err := durable.WriteTree(folder, files, nil); err != nil {
		t.Fatal(err)
	}
	entries, err := durable.Describe(files)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(folder, "b")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("a", filepath.Join(folder, "b")); err != nil {
		t.Skipf("no links here: %v", err)
	}
	problems, err := durable.Compare(folder, entries)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"b: not a regular file"}, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	link := folder + "-link"
	if err := os.Symlink(folder, link); err != nil {
		t.Fatal(err)
	}
	if _, err := durable.Compare(link, entries); err == nil {
		t.Error("a link to a folder was compared")
	}
}

func TestWriteFileReplaces(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "CURRENT")
	// A crash may have left the waiting file behind.
	if err := os.WriteFile(path+".new", []byte("half wri"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"one\n", "two\n"} {
		if err := durable.WriteFile(path, []byte(want)); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != want {
			t.Errorf("got %q and %v, want %q", got, err, want)
		}
	}
	if _, err := os.Lstat(path + ".new"); !os.IsNotExist(err) {
		t.Errorf("the waiting file: got %v, want it gone", err)
	}
	for range 2 {
		if err := durable.Remove(path); err != nil {
			t.Errorf("remove: %v", err)
		}
	}
}

func TestMakeFolderRefusesAFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := durable.MakeFolder(path); err == nil {
		t.Error("a file was taken for a folder")
	}
}
