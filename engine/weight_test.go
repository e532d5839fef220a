package engine_test

import (
	"os"
	"path/filepath"
	"testing"
)

// What a reader on a telephone loads: a board with its style, and the file that holds a whole board.
const (
	heaviestBoard  = 600_000
	heaviestSingle = 6_000_000
	// manyIndicators is the size of a board that the limits are made for.
	manyIndicators = 60
)

// TestPagesWeighLittle: every board of the built-in project, one of sixty indicators and more among them.
func TestPagesWeighLittle(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	weight := func(path string) int {
		info, err := os.Stat(filepath.Join(b.out, filepath.FromSlash(path)))
		if err != nil {
			t.Fatal(err)
		}
		return int(info.Size())
	}
	most := 0
	for id, model := range b.boards {
		most = max(most, len(model.Pages))
		page, single := weight(id+"/index.html")+weight("style.css"), weight(id+"/scorecard.html")
		t.Logf("%s: %d indicators, %d bytes with its style, %d as one file", id, len(model.Pages), page, single)
		if page >= heaviestBoard {
			t.Errorf("%s weighs %d bytes with its style, want under %d", id, page, heaviestBoard)
		}
		if single >= heaviestSingle {
			t.Errorf("%s as one file weighs %d bytes, want under %d", id, single, heaviestSingle)
		}
	}
	if most < manyIndicators {
		t.Errorf("the largest board has %d indicators, want one of at least %d to weigh", most, manyIndicators)
	}
}
