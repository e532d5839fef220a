package stats_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// readElsewhere are the files of the reference that a test of another package reads.
var readElsewhere = map[string]string{
	"suppression_case_leaky.csv": "engine/disclosure reads it",
	"suppression_case_safe.csv":  "engine/disclosure reads it",
}

// TestEveryVectorIsRead: no file of the reference is left out by a test of this package.
func TestEveryVectorIsRead(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(shared(t, "vectors"), "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d files of the reference and %v", len(files), err)
	}
	tests, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var written strings.Builder
	for _, test := range tests {
		text, err := os.ReadFile(test)
		if err != nil {
			t.Fatal(err)
		}
		written.Write(text)
	}
	read := 0
	for _, file := range files {
		name := filepath.Base(file)
		if _, elsewhere := readElsewhere[name]; elsewhere {
			continue
		}
		if !strings.Contains(written.String(), `"vectors/`+name+`"`) {
			t.Errorf("%s: got no test that reads it, want one", name)
		}
		read++
	}
	t.Logf("%d files of the reference are read", read)
}
