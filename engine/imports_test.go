package engine_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// room is one package of the house: the rooms it may import, the libraries it may use, and why.
type room struct {
	path      string
	layer     int
	libraries []string
	why       string
}

// rooms are the layers of ARCHITECTURE.md. A room imports only rooms of lower layers, and of its own layer those that
// it names.
var rooms = []room{
	{"engine/fault", 0, nil, "everything reports through it, so it knows nobody"},
	{"engine/period", 0, nil, "every room speaks of periods"},
	{"engine/stats", 0, []string{"gonum.org/v1/gonum"}, "numbers in, numbers out: no I/O, no Arrow, no YAML, no clock"},
	{"engine/disclosure", 0, nil, "what must not be told: numbers and relations in, hidden rows out, without a word about indicators"},
	{"engine/archive/durable", 0, []string{"golang.org/x/sys", "golang.org/x/sync"}, "crash-safe writing, shared by archive and publish"},
	{"engine/yamldoc", 1, []string{"go.yaml.in/yaml/v4", "github.com/santhosh-tekuri/jsonschema/v6", "github.com/invopop/jsonschema", "golang.org/x/text"}, "the only room with a YAML library"},
	{"engine/results", 1, nil, "types only"},
	{"engine/statstable", 1, nil, "methods by name on the columns of a CSV: a reader in, a writer out, nothing else of the world"},
	{"engine/warehouse", 1, []string{"github.com/marcboeker/go-duckdb", "github.com/apache/arrow/go/v17"}, "the only room with the DuckDB driver"},
	{"seeds", 2, nil, "what all grows from"},
	{"indicators", 2, nil, "what an indicator is"},
	{"datasets", 2, nil, "what a dataset is"},
	{"engine/archive", 2, []string{"github.com/apache/arrow/go/v17"}, "snapshots, runs and the results as Parquet"},
	{"datasets/source", 3, []string{"github.com/cenkalti/backoff/v5", "golang.org/x/text", "github.com/apache/arrow/go/v17"}, "where rows come from"},
	{"engine/quality", 3, nil, "checks on data, through the warehouse"},
	{"engine/aggregate", 3, nil, "pure: trees in, SQL out"},
	{"engine/measure", 3, []string{"github.com/apache/arrow/go/v17"}, "Arrow in, results out"},
	{"scorecard", 3, nil, "decisions and words: nothing is drawn"},
	{"datasets/source/sourcetest", 4, []string{"github.com/google/go-cmp", "github.com/rogpeppe/go-internal"}, "the suite that every kind of source passes"},
	{"scorecard/chart", 4, []string{"gonum.org/v1/plot", "codeberg.org/go-pdf/fpdf", "codeberg.org/go-fonts", "golang.org/x/image"}, "draws, on one canvas interface"},
	{"scorecard/render", 5, []string{"codeberg.org/go-pdf/fpdf", "codeberg.org/go-fonts", "github.com/yuin/goldmark", "gonum.org/v1/plot", "golang.org/x/image"}, "sees only the model"},
	{"engine/publish", 5, []string{"github.com/google/renameio/v2", "github.com/gofrs/flock", "golang.org/x/sys"}, "stages and switches; knows no content"},
	{"engine/schedule", 5, nil, "release calendar; reads no clock"},
	{"datasets/carry", 7, []string{"github.com/google/renameio/v2"}, "a program of its own: publishers' files in, by their descriptions, tidy figures out"},
	{"engine", 6, nil, "the pipeline as one readable call"},
	{"cmd/internal/preview", 6, []string{"github.com/fsnotify/fsnotify"}, "watches folders and shows editions on loopback; how one is built is a function that it is given"},
	{"cmd/internal/cli", 7, []string{"github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/term"}, "flags in, one engine call, text out"},
	{"cmd/levelfield", 8, nil, "exits"},
}

// cgo are the rooms that need a C compiler; all others build without one.
var cgo = []string{"engine/warehouse", "engine/quality", "engine", "datasets/carry", "cmd/internal/cli", "cmd/levelfield"}

func TestEveryRoomImportsOnlyRoomsBelowIt(t *testing.T) {
	t.Parallel()
	known := map[string]room{}
	for _, r := range rooms {
		known[r.path] = r
	}
	for folder, imports := range importsOf(t, false) {
		r, listed := known[folder]
		if !listed {
			t.Errorf("the package %s stands in no layer: add it to the table with its reason", folder)
			continue
		}
		for _, imported := range imports {
			below, ours := strings.CutPrefix(imported, "levelfield/")
			switch {
			case ours && known[below].layer >= r.layer:
				t.Errorf("%s (layer %d, %s) imports %s (layer %d)", folder, r.layer, r.why, below, known[below].layer)
			case ours && slices.Contains(cgo, below) && !slices.Contains(cgo, folder):
				t.Errorf("%s must build without a C compiler and imports %s, which needs one", folder, below)
			case !ours && strings.Contains(strings.Split(imported, "/")[0], ".") && !allowed(r, imported):
				t.Errorf("%s uses %s, which is not among its libraries %v", folder, imported, r.libraries)
			}
		}
	}
}

func TestNothingBelowTheEngineReadsEnvironmentOrClockOrLogs(t *testing.T) {
	t.Parallel()
	exempt := []string{"cmd/levelfield", "cmd/internal/cli", "cmd/internal/preview", "engine", "datasets/carry", "datasets/source/sourcetest"}
	for folder, imports := range importsOf(t, false) {
		if slices.Contains(exempt, folder) {
			continue
		}
		for _, banned := range []string{"log", "log/slog"} {
			if slices.Contains(imports, banned) {
				t.Errorf("%s imports %s: rooms return what they have to say", folder, banned)
			}
		}
	}
	for folder, text := range sourcesOf(t) {
		if slices.Contains(exempt, folder) {
			continue
		}
		for _, banned := range []string{"time.Now(", "os.Getenv(", "os.LookupEnv(", "os.Exit(", "fmt.Print", "panic("} {
			if strings.Contains(text, banned) {
				t.Errorf("%s contains %s", folder, banned)
			}
		}
	}
}

func allowed(r room, imported string) bool {
	return slices.ContainsFunc(r.libraries, func(library string) bool { return imported == library || strings.HasPrefix(imported, library+"/") })
}

// importsOf are the imports of every package of the module, by folder.
func importsOf(t *testing.T, tests bool) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	eachGoFile(t, tests, func(folder, file string) {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatalf("parse %s: %v", file, err)
		}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatalf("parse %s: %v", file, err)
			}
			if !slices.Contains(found[folder], imported) {
				found[folder] = append(found[folder], imported)
			}
		}
		if found[folder] == nil {
			found[folder] = []string{}
		}
	})
	if len(found) < 15 {
		t.Fatalf("found %d packages, expected the whole house", len(found))
	}
	return found
}

// sourcesOf is the text of every package without its comments' lines, by folder.
func sourcesOf(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	eachGoFile(t, false, func(folder, file string) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if !strings.HasPrefix(strings.TrimSpace(line), "//") {
				found[folder] += line
			}
		}
	})
	return found
}

func eachGoFile(t *testing.T, tests bool, visit func(folder, file string)) {
	t.Helper()
	root := ".."
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || strings.HasPrefix(entry.Name(), ".") && entry.Name() != ".."):
			return filepath.SkipDir
		case entry.IsDir() || path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") && !tests:
			return nil
		}
		relative, err := filepath.Rel(root, filepath.Dir(file))
		if err != nil {
			return err
		}
		visit(filepath.ToSlash(relative), file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
