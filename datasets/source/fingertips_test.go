package source_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

func serveFingertips(t testing.TB, rows [][]string) (datasets.Source, source.Options) {
	return serveAPI(t, "fingertips", interfaces["fingertips"], func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/all_data/csv/by_indicator_id" || r.URL.RawQuery != "child_area_type_id=502&indicator_ids=93203&parent_area_type_id=6" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		write(t, w, csvOf(t, rows))
	})
}

// TestFingertipsBeyondAHundred asks for more indicators than one request may name; the newline inside a name and the
// missing last cell are the publisher's own.
func TestFingertipsBeyondAHundred(t *testing.T) {
	t.Parallel()
	query := interfaces["fingertips"]
	query.Indicators = nil
	for i := range 150 {
		query.Indicators = append(query.Indicators, fmt.Sprint(i))
	}
	var lengths []int
	received, err := asked(t, "fingertips", query, func(w http.ResponseWriter, r *http.Request) {
		ids := strings.Split(r.URL.Query().Get("indicator_ids"), ",")
		lengths = append(lengths, len(ids))
		write(t, w, fmt.Appendf(nil, "Indicator ID,Indicator Name,Value,Compared to goal\r\n%s,\"Two\nlines\",1.5\r\n", ids[0]))
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{100, 50}, lengths); diff != "" {
		t.Errorf("indicators a request (-want +got):\n%s", diff)
	}
	rows, faults := opened(t, datasets.Source{Kind: "fingertips"}, received, "Indicator ID", "Value")
	if diff := cmp.Diff([]string{"3:8 0|1.5", "5:8 100|1.5"}, rows); diff != "" || faults != "" {
		t.Errorf("rows (-want +got):\n%s\nfaults %s", diff, faults)
	}
}

func TestFingertipsProfile(t *testing.T) {
	t.Parallel()
	query := datasets.Query{Parameters: map[string]string{"child_area_type_id": "502", "parent_area_type_id": "6", "profile_id": "19"}}
	var path string
	_, err := asked(t, "fingertips", query, func(w http.ResponseWriter, r *http.Request) {
		path = r.URL.RequestURI()
		write(t, w, []byte("Indicator ID,Value\n"))
	})
	wantError(t, err, "look whether the indicators are published for child_area_type_id")
	if want := "/v1/all_data/csv/by_profile_id?child_area_type_id=502&parent_area_type_id=6&profile_id=19"; path != want {
		t.Errorf("got the request %s, want %s", path, want)
	}
}
