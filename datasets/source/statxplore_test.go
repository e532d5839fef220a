package source_test

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// serveStatXplore serves rows as a cube of one dimension, their second column, and a measure for each other.
func serveStatXplore(t testing.TB, rows [][]string) (datasets.Source, source.Options) {
	type item map[string]any
	var items, measures []item
	cubes := item{}
	for i, heading := range rows[0] {
		var values []any
		for _, row := range rows[1:] {
			values = append(values, row[i])
		}
		if i == 1 {
			for _, value := range values {
				items = append(items, item{"type": "RecodeItem", "uris": []string{"str:value:X:C:1"}, "labels": []any{value}})
			}
			continue
		}
		measures = append(measures, item{"uri": "str:count:" + heading, "label": heading})
		cubes["str:count:"+heading] = item{"values": values, "precision": 0}
	}
	about := item{"measures": measures, "fields": []item{{"uri": "str:field", "label": rows[0][1], "items": items}}, "cubes": cubes, "annotationMap": item{}}
	return serveAPI(t, "statxplore", interfaces["statxplore"], func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.URL.Path != "/v1/table" || len(r.Header["Apikey"]) != 1 || r.Header["Apikey"][0] != "k3y-s3cret" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		encode(t, w, about)
	})
}

func TestStatXploreQuery(t *testing.T) {
	t.Parallel()
	query := interfaces["statxplore"]
	query.Dimensions = []datasets.Dimension{{Field: "str:field:X:A", Values: []string{"str:value:X:A:1", "str:value:X:A:2"}, Total: true}, {Field: "str:field:X:D"}}
	var got string
	received, err := asked(t, "statxplore", query, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got = r.URL.Path + " " + r.Header.Get("Content-Type") + " " + string(body)
		write(t, w, []byte(smallCube))
	})
	want := `/v1/table application/json {"database":"str:database:X","measures":["str:count:X:V"],"recodes":{"str:field:X:A":` +
		`{"map":[["str:value:X:A:1"],["str:value:X:A:2"]],"total":true}},"dimensions":[["str:field:X:A"],["str:field:X:D"]]}`
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("got %v, request (-want +got):\n%s", err, diff)
	}
	if received.Name != "remote.json" || strings.Contains(received.URL+string(received.Data), "k3y") {
		t.Errorf("got %s from %s, want a JSON file without the key", received.Name, received.URL)
	}
	_, err = asked(t, "statxplore", query, says(t, `{"message":"Unknown database"}`))
	wantError(t, err, "no cube came back: Unknown database")
	_, err = asked(t, "statxplore", query, fails(t, http.StatusForbidden, ""))
	wantError(t, err, "look whether the key in FIGURES_KEY is right")
}

// TestStatXploreCubeAsPublished decodes a cube as Stat-Xplore gave it. The figures are read off the nested values with
// jq: .cubes[].values[0][0][0], and so on.
func TestStatXploreCubeAsPublished(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "dwp-statxplore", "example_a_response.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("shared data not present: ../shared/data/dwp-statxplore")
	}
	rows, faults := opened(t, datasets.Source{Kind: "statxplore"}, source.Received{Name: "cube.json", Data: data},
		"National - Regional - LA - OAs code", "Month code", "Family Type", "Households on Universal Credit status", "Households on Universal Credit")
	if faults != "" || len(rows) != 240 {
		t.Fatalf("got %d rows and faults %q, want 10 areas by 4 months by 6 types", len(rows), faults)
	}
	for at, want := range map[int]string{
		0:   "E12000001|201805|Single, no child dependant|r|36393",
		4:   "E12000001|201805|Unknown or missing family type|V|0",
		5:   "E12000001|201805|Total|r|50001",
		239: "Total|201808|Total|r|855275",
	} {
		if _, got, _ := strings.Cut(rows[at], " "); got != want {
			t.Errorf("row %d: got %q, want %q", at+1, got, want)
		}
	}
}
