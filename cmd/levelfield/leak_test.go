package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"levelfield/cmd/internal/cli"
)

// protectedCopy is a copy of testdata/protected, a project whose only dataset has a policy. In 2024 two counts are small: 4 of 59
// in Belfairs and 3 of 47 others. Each is covered by one more: 613 of 2,903 in Blenheim Park, and 1,087 of 4,591 men.
func protectedCopy(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "project")
	if err := os.CopyFS(folder, os.DirFS("testdata/protected")); err != nil {
		t.Fatal(err)
	}
	return folder
}

// hiddenNumbers are the numbers of the hidden rows as any output could write them: counts, cohorts, shares, limits and rates
// worked out by hand from figures.csv, and the gaps that are made of them.
var hiddenNumbers = []string{
	`1,?087`, `4,?591`, `2,?903`, `613`, // a cover's count or cohort
	`6\.77966`, `6\.38297`, `21\.1160`, `23\.6767`, `67\.7966`, `211\.160`, // 4/59, 3/47, 613/2903, 1087/4591, and per thousand
	`6\.8%`, `6\.4%`, `21\.1%`, `23\.7%`, // the same as a page prints them
	`2\.4980`, `19\.7918`, // 1231/4703 − 1087/4591 and 1231/4703 − 3/47, in points
}

// TestNoFileTellsAHiddenNumber looks for every hidden number in everything that a build, a refresh, an explanation and the
// coverage write: the publication with its PDF, the runs in the state folder, standard output, standard error and the log. The
// internal edition has each of them, so that the search can find them. Nor may a hash of the figures be told, by which a reader
// could try which small counts they hold.
func TestNoFileTellsAHiddenNumber(t *testing.T) {
	t.Parallel()
	project := protectedCopy(t)
	out, internal := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "internal")
	var told strings.Builder
	for _, args := range [][]string{
		{"build", "--out", out}, {"refresh", "--out", out, "--log", "json"}, {"coverage", "--json"}, {"coverage"}, {"check", "--disclosure", "--quiet", "--json"},
		{"explain", "enrolled", "--area", "E05002211", "--period", "2024"}, {"explain", "enrolled", "--category", "sex=men", "--period", "2024", "--json"},
		{"explain", "gap-of-men", "--period", "2024"}, {"explain", "enrolled", "--json"},
	} {
		stdout, stderr, code := run(cli.Process{}, append(args, "--project", project)...)
		if code != 0 {
			t.Fatalf("%v: got exit code %d, want 0: %s", args, code, stderr)
		}
		if args[0] != "check" { // it tells whoever holds the figures what is the matter with them
			told.WriteString(stdout + stderr)
		}
	}
	texts := readableFiles(t, out)
	for name, text := range readableFiles(t, filepath.Join(project, ".levelfield", "runs")) {
		texts["runs/"+name] = text
	}
	texts["what the commands printed"] = told.String()
	if len(texts) < 20 {
		t.Fatalf("looked into %d files, want a whole publication", len(texts))
	}
	for name, text := range texts {
		for _, number := range hiddenNumbers {
			if found := wholeNumber(number).FindString(text); found != "" {
				t.Errorf("%s tells %q, which is hidden", name, found)
			}
		}
		// The state folder holds the file itself, and is nobody's to read but the council's.
		if private := strings.HasSuffix(name, "/sources.json"); !private && strings.Contains(text, hashOf(t, project)) {
			t.Errorf("%s tells the hash of a file whose small counts could be tried by it", name)
		}
	}
	if _, stderr, code := run(cli.Process{}, "build", "--internal", "--project", project, "--out", internal); code != 0 {
		t.Fatalf("build --internal: got exit code %d, want 0: %s", code, stderr)
	}
	marked := readableFiles(t, internal)
	all := ""
	for name, text := range marked {
		all += text
		if page := filepath.Ext(name); (page == ".html" || page == ".pdf" || page == ".svg" || page == ".json") && !strings.Contains(text, "INTERNAL") && name != "manifest.json" {
			t.Errorf("%s of the internal edition is not marked", name)
		}
	}
	for _, number := range hiddenNumbers {
		if !wholeNumber(number).MatchString(all) {
			t.Errorf("the internal edition does not tell %s: the search could not find it either", number)
		}
	}
}

// wholeNumber finds a number that is no part of a longer one or of a hash.
func wholeNumber(number string) *regexp.Regexp {
	if strings.Contains(number, `\.`) {
		return regexp.MustCompile(`(?:^|[^0-9.])` + number) // its digits go on
	}
	return regexp.MustCompile(`(?:^|[^0-9a-f.,−-]|,)` + number + `(?:[^0-9a-f]|$)`)
}

// readableFiles are the texts of all files below a folder; that of a PDF as pdftotext reads it, where it is installed.
func readableFiles(t *testing.T, folder string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		file := filepath.Join(folder, name)
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if filepath.Ext(name) == ".pdf" {
			program, missing := exec.LookPath("pdftotext")
			if missing != nil {
				return nil
			}
			if text, err = exec.CommandContext(t.Context(), program, "-layout", file, "-").Output(); err != nil {
				return err
			}
			for i, page := range strings.Split(strings.TrimSuffix(string(text), "\f"), "\f") {
				if strings.Contains(folder, "internal") && !strings.Contains(page, "INTERNAL") {
					t.Errorf("page %d of %s of the internal edition is not marked", i+1, name)
				}
			}
		}
		texts[filepath.ToSlash(name)] = string(text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// hashOf is as much of the hash of the project's figures as any output prints of one.
func hashOf(t *testing.T, project string) string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(project, ".levelfield", "snapshots", "learners"))
	if err != nil || len(entries) != 1 {
		t.Fatalf("got %d snapshots (%v), want one", len(entries), err)
	}
	return entries[0].Name()[:12]
}

// TestPublicationIsTheSameWhateverIsHidden holds that nothing of a hidden count is in a publication in any form, compressed or
// drawn: with other small counts, behind which others hide, every file but the manifest is the same, byte for byte.
func TestPublicationIsTheSameWhateverIsHidden(t *testing.T) {
	t.Parallel()
	first, second := protectedCopy(t), protectedCopy(t)
	figures := filepath.Join(second, "datasets", "learners", "figures.csv")
	for old, changed := range map[string]string{
		"E05002211,2024,all,4,59": "E05002211,2024,all,2,59", "E05002212,2024,all,613,2903": "E05002212,2024,all,615,2903",
		"E06000033,2024,other,3,47": "E06000033,2024,other,1,47", "E06000033,2024,men,1087,4591": "E06000033,2024,men,1089,4591",
	} {
		if err := replace(figures, old, changed); err != nil {
			t.Fatal(err)
		}
	}
	one, two := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "out")
	built(t, first, one)
	built(t, second, two)
	compared := 0
	err := fs.WalkDir(os.DirFS(one), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		a, err := os.ReadFile(filepath.Join(one, name))
		if err != nil {
			return err
		}
		b, err := os.ReadFile(filepath.Join(two, name))
		if err != nil {
			return err
		}
		if compared++; !bytes.Equal(a, b) {
			t.Errorf("%s is not the same where only hidden counts differ", name)
		}
		return nil
	})
	if err != nil || compared < 20 {
		t.Fatalf("compared %d files (%v), want a whole publication", compared, err)
	}
}
