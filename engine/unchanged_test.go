package engine_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine"
)

// TestRefreshLooksAgainOnlyWhereItHasTo: after a refresh that found nothing, the next imports nothing and says the same; any
// change of what it rests on, and any damage of the publication, makes it look again.
func TestRefreshLooksAgainOnlyWhereItHasTo(t *testing.T) {
	t.Parallel()
	folder, options := small(t)
	options.Out = filepath.Join(t.TempDir(), "out")
	var steps []string
	options.Progress = func(step string) { steps = append(steps, step) }
	refresh := func() engine.Report {
		t.Helper()
		steps = nil
		report, err := engine.Refresh(t.Context(), options)
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	if report := refresh(); report.Nothing {
		t.Fatal("got that nothing is new before the first publication")
	}
	remembered := refresh()
	if !remembered.Nothing || len(steps) > 0 {
		t.Fatalf("got %+v after the steps %v, want that nothing is new without looking", remembered, steps)
	}
	if err := os.Remove(filepath.Join(options.State, "refreshed.json")); err != nil {
		t.Fatal(err)
	}
	looked := refresh()
	if len(steps) == 0 {
		t.Fatal("did not look again without a record")
	}
	if diff := cmp.Diff(looked, remembered); diff != "" {
		t.Errorf("what is remembered differs from what is seen (-seen +remembered):\n%s", diff)
	}
	for _, change := range []struct {
		what    string
		do      func(t *testing.T)
		nothing bool
	}{
		{"a figure", func(t *testing.T) {
			replaced(t, folder, "datasets/business/figures.csv", "E06000033,2024,855,", "E06000033,2024,856,")
		}, false},
		{"a definition", func(t *testing.T) { replaced(t, folder, "indicators/births.yaml", "title: Business", "title: New") }, false},
		{"another day", func(*testing.T) { options.Now = options.Now.AddDate(0, 0, 1) }, true},
		{"a damaged page", func(t *testing.T) {
			if err := os.WriteFile(filepath.Join(options.Out, "index.html"), []byte("spoilt"), 0o644); err != nil {
				t.Fatal(err)
			}
		}, false},
		{"a publication that is gone", func(t *testing.T) {
			if err := os.RemoveAll(options.Out); err != nil {
				t.Fatal(err)
			}
		}, false},
		{"a record of something else", func(t *testing.T) {
			if err := os.WriteFile(filepath.Join(options.State, "refreshed.json"), []byte("{"), 0o644); err != nil {
				t.Fatal(err)
			}
		}, true},
	} {
		change.do(t)
		if report := refresh(); len(steps) == 0 || report.Nothing != change.nothing {
			t.Errorf("%s: got steps %v and nothing new: %t, want that it looks and %t", change.what, steps, report.Nothing, change.nothing)
		}
		if report := refresh(); len(steps) > 0 || !report.Nothing {
			t.Errorf("%s: got steps %v afterwards, want that nothing is new without looking", change.what, steps)
		}
	}
}
