package source_test

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

//go:embed testdata/json/*.txtar
var cases embed.FS

func serveJSON(t testing.TB, rows [][]string) (datasets.Source, source.Options) {
	var records []map[string]string
	for _, row := range rows[1:] {
		record := map[string]string{}
		for i, cell := range row {
			record[rows[0][i]] = cell
		}
		records = append(records, record)
	}
	text, err := json.Marshal(map[string]any{"result": map[string]any{"count": len(records), "records": records}})
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"datasets/conformance/figures.json": {Data: text}}
	return datasets.Source{Kind: "json", File: "figures.json", Path: "result.records"}, source.Options{Files: files}
}

const smallCube = `{"measures":[{"uri":"m","label":"Count"}],
"fields":[{"label":"Area","items":[{"uris":["a:E1"],"labels":["One"]},{"labels":["Total"]}]},{"label":"Month","items":[{"uris":["d:1","d:2"],"labels":["Jan","Feb"]}]}],
"cubes":{"m":{"values":[[12.0],[0.0]],"precision":0}},"annotationMap":{"V":"nil or negligible"}}`

// TestJSONCases decodes the files of testdata/json: each holds the columns, the path, the document, and the rows and faults
// that must come of it, every row with the place of its last cell.
func TestJSONCases(t *testing.T) {
	t.Parallel()
	names, err := cases.ReadDir("testdata/json")
	if err != nil || len(names) == 0 {
		t.Fatalf("got %d cases and %v", len(names), err)
	}
	for _, entry := range names {
		text, err := cases.ReadFile(path.Join("testdata/json", entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		part := map[string]string{}
		for _, file := range txtar.Parse(text).Files {
			part[file.Name] = strings.TrimSuffix(string(file.Data), "\n")
		}
		t.Run(entry.Name(), func(t *testing.T) {
			t.Parallel()
			for _, mark := range []string{"", "\xEF\xBB\xBF"} {
				from := datasets.Source{Kind: "json", File: "f.json", Path: part["path"]}
				rows, faults := opened(t, from, source.Received{Data: []byte(mark + part["file"])}, strings.Split(part["columns"], "\n")...)
				if diff := cmp.Diff(part["rows"], strings.Join(rows, "\n")); diff != "" {
					t.Errorf("rows (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff(part["faults"], faults); diff != "" {
					t.Errorf("faults (-want +got):\n%s", diff)
				}
			}
		})
	}
}

// FuzzJSON holds the decoder of records and cubes to its promises on any bytes: it ends, its rows have the right number of
// cells and go down the file, and a row's place is in the file.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{
		`[{"area":"A","value":1}]`, `{"result":{"records":[{"area":{"code":"A"},"value":null}]}}`, smallCube, `[1,[2],{}]`, `{"area":"A`, `[{"area":"\ud800","area":1}]`,
		`{"fields":[{"items":[{}]}],"measures":[{"uri":"m"}],"cubes":{"m":{"values":[1]}}}`, "[]", "", `[{"a":{"b":{"c":[{}]}}}]`,
	} {
		f.Add([]byte(seed), "")
	}
	f.Add([]byte(`{"result":{"records":[{"area":"A","value":1}]}}`), "result.records")
	f.Fuzz(func(t *testing.T, data []byte, path string) {
		dataset := datasets.Dataset{ID: "fuzz", File: "d.yaml", Source: datasets.Source{Kind: "json", File: "f.json", Path: path}}
		dataset.Columns = []datasets.Column{{Name: "area"}}
		if strings.Contains(string(data), "fields") {
			dataset.Columns = []datasets.Column{{Name: "area", From: "Count"}}
		}
		table, faults := source.Open(dataset, source.Received{Data: data})
		if table == nil {
			if len(faults.Errors()) == 0 {
				t.Fatal("no table and no fault")
			}
			return
		}
		rows := 0
		for last := 0; ; rows++ {
			row, cells, err := table.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || row <= last || len(cells) != 1 {
				t.Fatalf("got row %d after %d, cells %q, %v", row, last, cells, err)
			}
			if place := table.Place(row, "area"); place.Line < 1 || place.Column < 1 {
				t.Fatalf("row %d has its value at %v", row, place)
			}
			last = row
		}
		if rows == 0 && len(table.Faults()) == 0 {
			t.Error("no row and no fault")
		}
	})
}

func TestJSONNamesWithoutEnd(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range 17000 {
		fmt.Fprintf(&text, `,{"n%d":1}`, i)
	}
	from := datasets.Source{Kind: "json", File: "f.json"}
	_, faults := opened(t, from, source.Received{Data: []byte("[" + text.String()[1:] + "]")}, "n1")
	if want := "f.json:1:1: the records have more than 16384 different names (look whether source.path of d.yaml leads to the right list)"; faults != want {
		t.Errorf("got faults %q, want %q", faults, want)
	}
	deep := strings.Repeat(`{"a":`, 3000) + "1" + strings.Repeat("}", 3000)
	rows, faults := opened(t, from, source.Received{Data: []byte(`[{"area":"A","deep":` + deep + `}]`)}, "area")
	if len(rows) != 1 || faults != "" {
		t.Errorf("deep: got rows %q and faults %q, want one row", rows, faults)
	}
	_, faults = opened(t, from, source.Received{Data: []byte(strings.Repeat("[", 20000) + strings.Repeat("]", 20000))}, "area")
	if !strings.Contains(faults, "exceeded max depth") {
		t.Errorf("too deep: got faults %q, want the depth named", faults)
	}
}

// TestFormatsAtAnAddress fetches files whose format the ending of their address says.
func TestFormatsAtAnAddress(t *testing.T) {
	t.Parallel()
	for ending, data := range map[string][]byte{
		".json":    []byte(`[{"area":"A","value":1}]`),
		".parquet": textParquet(t, [][]string{{"area", "value"}, {"A", "1"}}),
	} {
		var from datasets.Source
		received, err := fetched(t, func(w http.ResponseWriter, _ *http.Request) { write(t, w, data) }, func(d *datasets.Dataset, _ *source.Options) {
			d.Source.URL = strings.Replace(d.Source.URL, ".csv", ending, 1)
			from = d.Source
		})
		if err != nil {
			t.Fatal(err)
		}
		rows, faults := opened(t, from, received, "area", "value")
		if len(rows) != 1 || !strings.HasSuffix(rows[0], " A|1") || faults != "" {
			t.Errorf("%s: got rows %q and faults %q, want one row", ending, rows, faults)
		}
	}
}
