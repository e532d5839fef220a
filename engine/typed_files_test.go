package engine_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestPublishersFilesAreTyped runs every project of testdata/typed on a publisher's file as downloaded: in place of
// figures.csv a case names, in a file called from, the one beside the repository that stands for it.
func TestPublishersFilesAreTyped(t *testing.T) {
	t.Parallel()
	base, err := txtar.ParseFile("testdata/pipeline-base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	cases, err := filepath.Glob("testdata/typed/*.txtar")
	if err != nil || len(cases) < 4 {
		t.Fatalf("got %d cases (%v), want those of testdata/typed", len(cases), err)
	}
	for _, file := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			project, want := projectOf(base, archive)
			figures, err := os.ReadFile(shared(t, strings.TrimSpace(string(project["datasets/figures/from"].Data))))
			if err != nil {
				t.Fatal(err)
			}
			project["datasets/figures/figures.csv"] = &fstest.MapFile{Data: figures}
			runPipeline(t, project, want)
		})
	}
}
