package source_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/datasets/source"
	"levelfield/datasets/source/sourcetest"
	"levelfield/engine/fault"
)

// conforming is every kind whose files are delimited text, and conformingRows every other, with the way to serve a file
// in it; a new kind adds its line to one of them.
var conforming = map[string]sourcetest.Serve{
	"csv":  serveCSV,
	"http": serveHTTP,
}

var conformingRows = map[string]sourcetest.ServeRows{
	"ees":        serveEES,
	"fingertips": serveFingertips,
	"json":       serveJSON,
	"nomis":      serveNomis,
	"ods":        serveODS,
	"ons":        serveONS,
	"parquet":    serveParquet,
	"statxplore": serveStatXplore,
	"xlsx":       serveXLSX,
}

func TestConformance(t *testing.T) {
	t.Parallel()
	for _, kind := range source.Kinds() {
		serve, isText := conforming[kind]
		serveRows, isRows := conformingRows[kind]
		switch {
		case isText:
			t.Run(kind, func(t *testing.T) { t.Parallel(); sourcetest.Conformance(t, serve) })
		case isRows:
			t.Run(kind, func(t *testing.T) { t.Parallel(); sourcetest.ConformanceRows(t, serveRows) })
		default:
			t.Errorf("kind %q is not held to a conformance suite", kind)
		}
	}
}

func TestKindsAreListed(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{"csv", "ees", "fingertips", "http", "json", "nomis", "ods", "ons", "parquet", "statxplore", "xlsx"}, source.Kinds()); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
}

func serveCSV(_ testing.TB, figures []byte) (datasets.Source, source.Options) {
	files := fstest.MapFS{"datasets/conformance/figures.csv": {Data: figures}}
	return datasets.Source{Kind: "csv", File: "figures.csv"}, source.Options{Files: files}
}

func serveHTTP(t testing.TB, figures []byte) (datasets.Source, source.Options) {
	return serveHandler(t, func(w http.ResponseWriter, _ *http.Request) { write(t, w, figures) })
}

func serveHandler(t testing.TB, handler http.HandlerFunc) (datasets.Source, source.Options) {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return datasets.Source{Kind: "http", URL: server.URL + "/figures.csv"},
		source.Options{Client: server.Client(), AllowLoopback: true, Sleep: noSleep}
}

func write(t testing.TB, w io.Writer, data []byte) {
	if _, err := w.Write(data); err != nil {
		t.Logf("the client went away: %v", err)
	}
}

func TestFaultsOfDefinitions(t *testing.T) {
	t.Parallel()
	client := http.DefaultClient
	for _, c := range []struct {
		name    string
		source  datasets.Source
		options source.Options
		want    string
	}{
		{"unknown kind", datasets.Source{Kind: "ftp"}, source.Options{}, `d.yaml: source.kind: is "ftp" (use one of: ` + strings.Join(source.Kinds(), ", ") + ")"},
		{"file not there", datasets.Source{Kind: "csv", File: "figures.csv"}, source.Options{Files: fstest.MapFS{}},
			"d.yaml: source.file: datasets/d/figures.csv is not there (put the file there, or correct its name)"},
		{"file outside", datasets.Source{Kind: "csv", File: "../figures.csv"}, source.Options{Files: fstest.MapFS{}},
			`d.yaml: source.file: "../figures.csv" leads out of the dataset's folder (name a file inside the folder)`},
		{"scheme", datasets.Source{Kind: "http", URL: "file:///etc/passwd"}, source.Options{Client: client},
			"d.yaml: source.url: is not an address that can be fetched (write https://host/path, without a user name)"},
		{"user name", datasets.Source{Kind: "http", URL: "https://user:secret@example.org/x"}, source.Options{Client: client},
			"d.yaml: source.url: is not an address that can be fetched (write https://host/path, without a user name)"},
	} {
		dataset := datasets.Dataset{ID: "d", File: "d.yaml", Folder: "datasets/d", Source: c.source}
		_, err := source.Receive(t.Context(), dataset, c.options)
		var faults fault.List
		if !errors.As(err, &faults) {
			t.Errorf("%s: got %v, want faults", c.name, err)
			continue
		}
		if got := faults.Error(); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	if table, faults := source.Open(datasets.Dataset{File: "d.yaml"}, source.Received{}); table != nil || len(faults) != 1 {
		t.Errorf("open of an unknown kind: got %v and %v, want no table and one fault", table, faults)
	}
}

// TestBuiltInFigures reads every file of the built-in project, whole and without a fault.
func TestBuiltInFigures(t *testing.T) {
	t.Parallel()
	project := os.DirFS(filepath.Join("..", ".."))
	collection, faults := datasets.Load(project, "datasets")
	if len(faults) > 0 {
		t.Logf("datasets left out:\n%v", faults.Sorted())
	}
	if len(collection.Datasets) == 0 {
		t.Fatal("no dataset loads")
	}
	for _, dataset := range collection.Datasets {
		if dataset.Source.Kind != "csv" {
			continue
		}
		received, err := source.Receive(t.Context(), dataset, source.Options{Files: project})
		if err != nil {
			t.Error(err)
			continue
		}
		table, faults := source.Open(dataset, received)
		if table == nil {
			t.Error(faults)
			continue
		}
		rows, last := 0, 0
		for {
			row, _, err := table.Next()
			if err != nil {
				break
			}
			rows, last = rows+1, row
		}
		faults.Add(table.Faults()...)
		if len(faults) > 0 {
			t.Errorf("%s: got faults, want none:\n%v", dataset.ID, faults)
		}
		// A template may hold its headings and no row yet.
		if lines := strings.Count(string(received.Data), "\n"); rows != lines-1 || rows > 0 && last != lines {
			t.Errorf("%s: got %d rows, the last at line %d, want a row for each of %d lines below the headings", dataset.ID, rows, last, lines-1)
		}
	}
}

// FuzzDelimited holds the decoder to its promises on any bytes: it ends, its rows have the right number of cells, its
// rows go down the file, and a row's place is at the row.
func FuzzDelimited(f *testing.F) {
	for _, seed := range []string{
		"area,value\nA,1\n", "\xEF\xBB\xBFarea,value\r\n\"A\nB\",1\r\n", "area,value\nA\nB,1,2\n", "area,area\n", "value,area\n\"x", "", "\"\n\"", "area,value\rA,1\r",
	} {
		f.Add([]byte(seed), ",")
	}
	f.Add([]byte("area;value\nA;1\n"), ";")
	f.Fuzz(func(t *testing.T, data []byte, delimiter string) {
		dataset := datasets.Dataset{ID: "fuzz", File: "d.yaml", Source: datasets.Source{Kind: "csv", File: "figures.csv", Delimiter: delimiter}}
		dataset.Columns = []datasets.Column{{Name: "area"}, {Name: "value"}}
		table, faults := source.Open(dataset, source.Received{Data: data})
		if table == nil {
			if len(faults.Errors()) == 0 {
				t.Fatal("no table and no fault")
			}
			return
		}
		rows := 0
		for last := 1; ; rows++ {
			row, cells, err := table.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || row <= last || len(cells) != 2 || slices.Contains(cells, "\x00") {
				t.Fatalf("got row %d after %d, cells %q, %v", row, last, cells, err)
			}
			if place := table.Place(row, "value"); place.Line < row || place.Column < 1 {
				t.Fatalf("row %d has its value at %v", row, place)
			}
			last = row
		}
		if rows == 0 && len(table.Faults()) == 0 {
			t.Error("no row and no fault")
		}
	})
}
