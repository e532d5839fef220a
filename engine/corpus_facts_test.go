package engine

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"levelfield/datasets"
)

// withoutRows are the publishers' files that hold no rows of figures, with what they hold.
var withoutRows = map[string]string{
	"dwp-statxplore/example_a_query.json":                            "a question to Stat-Xplore; example_a_response.json is the answer",
	"dwp-statxplore/example_b_query.json":                            "a question to Stat-Xplore whose answer is not there",
	"dwp-statxplore/example_c_query.json":                            "a question to Stat-Xplore whose answer is not there",
	"ons-explore-local-statistics/children-in-relative-poverty.json": "words about the table beside it: titles, source, date and caveats",
	"ons-explore-local-statistics/employment-rate.json":              "words about the table beside it: titles, source, date and caveats",
	"ons-explore-local-statistics/gross-median-weekly-pay.json":      "words about the table beside it: titles, source, date and caveats",
}

// ours are the files of the shared data that no publisher wrote.
var ours = []string{"INDEX.md", "PROVENANCE.md", "published_values.csv"}

// TestCorpusIsWhole holds every file of the shared data to be described by a case or listed as one without rows.
func TestCorpusIsWhole(t *testing.T) {
	t.Parallel()
	root := corpusRoot(t)
	collection, faults := datasets.Load(os.DirFS("testdata"), "corpus")
	if len(faults) > 0 {
		t.Fatal(faults.Sorted())
	}
	left := map[string]int{}
	for _, dataset := range collection.Datasets {
		for _, file := range filesOf(dataset) {
			left[file]++
		}
	}
	described := len(left)
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || slices.Contains(ours, entry.Name()) {
			return err
		}
		name, err := filepath.Rel(root, path)
		name = filepath.ToSlash(name)
		why, listed := withoutRows[name]
		switch {
		case left[name] > 0 && listed:
			t.Errorf("%s is described, and listed as without rows (%s)", name, why)
		case left[name] == 0 && !listed:
			t.Errorf("%s is neither described in testdata/corpus nor listed as without rows", name)
		}
		delete(left, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, cases := range left {
		t.Errorf("%s is described by %d cases and is not there", name, cases)
	}
	for name := range withoutRows {
		if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(name))); err != nil {
			t.Errorf("%s is listed as without rows: %v", name, err)
		}
	}
	t.Logf("%d files described and %d without rows compared", described, len(withoutRows))
}

// filesOf are the files of a dataset, one or several.
func filesOf(dataset datasets.Dataset) []string {
	if len(dataset.Source.Files) > 0 {
		return dataset.Source.Files
	}
	return []string{dataset.Source.File}
}

// TestFactsHaveCases holds every fact of testdata/corpus/facts.csv to be shown: by a case that reads the file the fact is
// from, or by a test made by hand, which names the fact. The cases name no other facts.
func TestFactsHaveCases(t *testing.T) {
	t.Parallel()
	collection, faults := datasets.Load(os.DirFS("testdata"), "corpus")
	if len(faults) > 0 {
		t.Fatal(faults.Sorted())
	}
	shown := map[string][]string{} // the files of the cases that name a fact
	for _, dataset := range collection.Datasets {
		text, err := os.ReadFile(filepath.Join("testdata", "corpus", dataset.ID, "expected.json"))
		if err != nil {
			t.Fatal(err)
		}
		var want corpusFile
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatalf("%s: %v", dataset.ID, err)
		}
		for _, id := range want.Facts {
			shown[id] = append(shown[id], filesOf(dataset)...)
		}
	}
	file, err := os.Open(filepath.Join("testdata", "corpus", "facts.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	facts, err := csv.NewReader(file).ReadAll()
	if err != nil || len(facts) < 100 || !slices.Equal(facts[0], []string{"id", "section", "fact", "place"}) {
		t.Fatalf("got %d lines of facts (%v)", len(facts), err)
	}
	byHand, known := 0, map[string]bool{}
	for _, fact := range facts[1:] {
		id, place := fact[0], fact[3]
		if known[id] {
			t.Errorf("the fact %s stands twice", id)
		}
		known[id] = true
		if !strings.HasPrefix(place, "engine/") && !strings.HasPrefix(place, "datasets/") {
			if !slices.Contains(shown[id], place) {
				t.Errorf("no case that reads %s shows %s (%s)", place, id, fact[2])
			}
			continue
		}
		byHand++
		text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(place)))
		if err != nil || !strings.Contains(string(text), id) {
			t.Errorf("%s does not name %s (%v)", place, id, err)
		}
	}
	for id := range shown {
		if !known[id] {
			t.Errorf("cases show %s, which is no fact of facts.csv", id)
		}
	}
	t.Logf("%d facts, %d of them by hand, compared", len(known), byHand)
}
