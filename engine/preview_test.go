package engine_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"levelfield/engine"
	"levelfield/engine/fault"
)

// small is a copy of the commands' small project, with the options to build it.
func small(t testing.TB) (folder string, options engine.Options) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "project")
	if err := os.CopyFS(folder, os.DirFS(filepath.Join("..", "cmd", "levelfield", "testdata", "project"))); err != nil {
		t.Fatal(err)
	}
	return folder, engine.Options{
		Project: os.DirFS(folder), State: filepath.Join(folder, ".levelfield"), Now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Version: "test",
	}
}

// replaced replaces a text that stands once in a file of a project.
func replaced(t testing.TB, folder, file, before, after string) {
	t.Helper()
	name := filepath.Join(folder, filepath.FromSlash(file))
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(text), before) != 1 {
		t.Fatalf("%s: %q does not stand there once", file, before)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(text), before, after, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// changes are edits of the small project, one after the other, as an author makes them.
var changes = []struct{ what, file, before, after string }{
	{"the words of a definition", "indicators/births.yaml", "title: ", "title: New "},
	{"an expression", "indicators/births.yaml", "numerator: births", "numerator: births * 2"},
	{"a figure", "datasets/business/figures.csv", "E06000033,2024,855,", "E06000033,2024,856,"},
	{"a board", "boards/economy.yaml", "title: Work and", "title: Our work and"},
	{"a date of release", "datasets/business/dataset.yaml", "2025-11-20", "2025-11-21"},
}

// TestPreviewShowsWhatABuildWouldPublish: after each change, what was kept from before and what was made anew come to the
// very files of a build that begins from nothing.
func TestPreviewShowsWhatABuildWouldPublish(t *testing.T) {
	t.Parallel()
	folder, options := small(t)
	var preview engine.Preview
	defer func() {
		if err := preview.Close(); err != nil {
			t.Error(err)
		}
	}()
	compare := func(what string) {
		edition, err := preview.Build(t.Context(), options)
		if err != nil {
			t.Fatalf("after a change of %s: %v", what, err)
		}
		whole := options
		whole.Out, whole.State = filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "state")
		if _, err := engine.Build(t.Context(), whole); err != nil {
			t.Fatal(err)
		}
		count := 0
		err = filepath.WalkDir(whole.Out, func(name string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() || entry.Name() == "manifest.json" {
				return err
			}
			relative, err := filepath.Rel(whole.Out, name)
			if err != nil {
				return err
			}
			want, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			count++
			got, found, err := edition.File(filepath.ToSlash(relative))
			if err != nil || !found || string(got) != string(want) {
				t.Errorf("after a change of %s: %s is %d bytes (found: %t, %v), and a build writes %d others", what, relative, len(got), found, err, len(want))
			}
			return nil
		})
		if err != nil || count < 15 {
			t.Fatalf("compared %d files: %v", count, err)
		}
	}
	compare("nothing")
	for _, change := range changes {
		replaced(t, folder, change.file, change.before, change.after)
		compare(change.what)
	}
	if _, err := os.Stat(options.State); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want that a preview leaves no state", err)
	}
}

// TestPreviewPicksOtherRanks: another quantile of the same values, of which the aggregated dataset says nothing, is shown as a build
// would show it.
func TestPreviewPicksOtherRanks(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	writeTxtar(t, folder, "testdata/pipeline/quantiles.txtar")
	options := engine.Options{Project: os.DirFS(folder), Now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Version: "test"}
	var preview engine.Preview
	defer func() {
		if err := preview.Close(); err != nil {
			t.Error(err)
		}
	}()
	shown := ""
	for range 2 {
		edition, err := preview.Build(t.Context(), options)
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := edition.File("data/results.csv")
		if err != nil {
			t.Fatal(err)
		}
		whole := options
		whole.Out, whole.State = filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "state")
		if _, err := engine.Build(t.Context(), whole); err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join(whole.Out, "data", "results.csv"))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) || string(got) == shown {
			t.Errorf("got %d bytes of results, want the %d of a build, and others than before", len(got), len(want))
		}
		if shown == "" {
			replaced(t, folder, "indicators/upper-pay.yaml", "p: 0.75", "p: 0.25")
		}
		shown = string(got)
	}
}

// TestPreviewTellsFaultsAndGoesOn: a faulty definition and a faulty figure are told with their places, all at once, and
// when they are put right the next edition is there.
func TestPreviewTellsFaultsAndGoesOn(t *testing.T) {
	t.Parallel()
	folder, options := small(t)
	var preview engine.Preview
	defer func() { _ = preview.Close() }()
	if _, err := preview.Build(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	replaced(t, folder, "indicators/births.yaml", "polarity: ", "polarity: up")
	replaced(t, folder, "datasets/business/figures.csv", "E06000033,2024,855,", "E06000033,2024,many,")
	_, err := preview.Build(t.Context(), options)
	var faults fault.List
	if !errors.As(err, &faults) || len(faults.Errors()) < 2 {
		t.Fatalf("got %v, want the faults of both files", err)
	}
	replaced(t, folder, "indicators/births.yaml", "polarity: up", "polarity: ")
	replaced(t, folder, "datasets/business/figures.csv", "E06000033,2024,many,", "E06000033,2024,857,")
	edition, err := preview.Build(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	results, _, err := edition.File("data/results.csv")
	if err != nil || !strings.Contains(string(results), ",857,") {
		t.Errorf("the new figure is not in the results: %v", err)
	}
}

// TestPreviewTellsWhatIsNoFault: an error that is of no file is told as it is, first and again, and is over when its cause is.
func TestPreviewTellsWhatIsNoFault(t *testing.T) {
	t.Parallel()
	_, options := small(t)
	var preview engine.Preview
	defer func() { _ = preview.Close() }()
	early := options
	early.AsOf = "2001-01-01"
	for range 2 {
		if edition, err := preview.Build(t.Context(), early); err == nil || !strings.Contains(err.Error(), "no dataset has figures") {
			t.Errorf("got %v and %v, want why there is nothing to show", edition, err)
		}
	}
	if _, err := preview.Build(t.Context(), options); err != nil {
		t.Errorf("got %v when there are figures again", err)
	}
}

// BenchmarkPreviewOfAChange is from a change of one figure of the small project to the page that shows it.
func BenchmarkPreviewOfAChange(b *testing.B) {
	folder, options := small(b)
	var preview engine.Preview
	defer func() { _ = preview.Close() }()
	figures := []string{"E06000033,2024,855,", "E06000033,2024,856,"}
	for b.Loop() {
		replaced(b, folder, "datasets/business/figures.csv", figures[0], figures[1])
		figures[0], figures[1] = figures[1], figures[0]
		edition, err := preview.Build(b.Context(), options)
		if err != nil {
			b.Fatal(err)
		}
		if _, found, err := edition.File("economy/births.html"); !found || err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPreviewOfTheBuiltIn is a change of nothing but words in the largest project there is.
func BenchmarkPreviewOfTheBuiltIn(b *testing.B) {
	var preview engine.Preview
	defer func() { _ = preview.Close() }()
	options := benchmarkOptions(b)
	if _, err := preview.Build(b.Context(), options); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		options.Edition += "x"
		edition, err := preview.Build(b.Context(), options)
		if err != nil {
			b.Fatal(err)
		}
		if _, found, err := edition.File("domain-4/index.html"); !found || err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPreviewOfOneChange is from one change of the largest project there is to the board that shows it.
func BenchmarkPreviewOfOneChange(b *testing.B) {
	folder := filepath.Join(b.TempDir(), "project")
	if _, err := engine.NewProject(folder); err != nil {
		b.Fatal(err)
	}
	options := benchmarkOptions(b)
	options.Project = os.DirFS(folder)
	var preview engine.Preview
	defer func() { _ = preview.Close() }()
	if _, err := preview.Build(b.Context(), options); err != nil {
		b.Fatal(err)
	}
	const definition = "indicators/4A/neet-or-not-known.yaml"
	for _, change := range []struct{ what, file, before, after string }{
		{"words", definition, "short: NEET or not known, ", "short: Not known or NEET, "},
		{"judgement", definition, "polarity: low", "polarity: high"},
		{"expression", definition, "denominator: cohort", "denominator: cohort * 1"},
		{"figure", "datasets/dfe-neet/figures.csv", "E06000034,Dec 2024 to Feb 2025,all,5150", "E06000034,Dec 2024 to Feb 2025,all,5151"},
		{"board", "boards/skills.yaml", "title: Adult skills\nshort", "title: Our adult skills\nshort"},
	} {
		b.Run(change.what, func(b *testing.B) {
			before, after := change.before, change.after
			for b.Loop() {
				replaced(b, folder, change.file, before, after)
				before, after = after, before
				edition, err := preview.Build(b.Context(), options)
				if err != nil {
					b.Fatal(err)
				}
				if _, found, err := edition.File("domain-4/index.html"); !found || err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
