package source_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

func serveONS(t testing.TB, rows [][]string) (datasets.Source, source.Options) {
	return serveAPI(t, "ons", interfaces["ons"], func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/employment-rate/employment-rate.csv" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		write(t, w, csvOf(t, rows))
	})
}

// onsInterface speaks the protocol of the beta interface for one dataset with one version.
func onsInterface(t testing.TB, observations string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		here := "http://" + r.Host
		switch r.URL.RequestURI() {
		case "/v1/datasets/wellbeing":
			write(t, w, []byte(`{"links":{"latest_version":{"href":"`+here+`/v1/datasets/wellbeing/editions/time-series/versions/4"}}}`))
		case "/v1/datasets/wellbeing/editions/time-series/versions/4":
			write(t, w, []byte(`{"state":"published","downloads":{"csv":{"href":"`+here+`/downloads/wellbeing.csv","size":"77"}}}`))
		case "/downloads/wellbeing.csv":
			write(t, w, []byte("v4_1,Data Marking,yyyy-yy,Time,administrative-geography,Geography\n7.5,,2022-23,2022-23,E06000034,Thurrock\n,.,2021-22,2021-22,E06000034,Thurrock\n"))
		case "/v1/datasets/wellbeing/editions/time-series/versions/4/observations?geography=E06000034&time=%2A":
			write(t, w, []byte(observations))
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}
}

func TestONSNewestVersion(t *testing.T) {
	t.Parallel()
	received, err := asked(t, "ons", datasets.Query{Dataset: "wellbeing", Endpoint: "csv"}, onsInterface(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	rows, faults := opened(t, datasets.Source{Kind: "ons"}, received, "administrative-geography", "Data Marking", "v4_1")
	if diff := cmp.Diff([]string{"2:1 E06000034||7.5", "3:1 E06000034|.|"}, rows); diff != "" || faults != "" {
		t.Errorf("rows (-want +got):\n%s\nfaults %s", diff, faults)
	}
}

func TestONSObservations(t *testing.T) {
	t.Parallel()
	const whole = `{"dimensions":{"geography":{"option":{"href":"x","id":"E06000034"}}},"limit":10000,"offset":0,"total_observations":2,"unit_of_measure":"",
"observations":[{"dimensions":{"time":{"href":"x","id":"2021-22","label":"2021-22"}},"metadata":{"Data Marking":"."},"observation":""},
{"dimensions":{"time":{"href":"x","id":"2022-23","label":"2022-23"}},"metadata":{"Data Marking":""},"observation":7.50}]}`
	query := datasets.Query{
		Dataset: "wellbeing", Endpoint: "observations", Edition: "time-series", Version: "4",
		Parameters: map[string]string{"time": "*", "geography": "E06000034"},
	}
	received, err := asked(t, "ons", query, onsInterface(t, whole))
	want := "geography,geography label,time,time label,Data Marking,observation\nE06000034,,2021-22,2021-22,.,\nE06000034,,2022-23,2022-23,,7.50\n"
	if err != nil || string(received.Data) != want {
		t.Errorf("got %q and %v, want %q", received.Data, err, want)
	}
	_, err = asked(t, "ons", query, onsInterface(t, strings.Replace(whole, `observations":2`, `observations":12000`, 1)))
	wantError(t, err, "2 observations came of 12000: ask for fewer")
	_, err = asked(t, "ons", query, onsInterface(t, `{"observations":[],"total_observations":0}`))
	wantError(t, err, "no figures came back: correct source.query.parameters")
}

func TestONSLinksStayWithThePublisher(t *testing.T) {
	t.Parallel()
	query := datasets.Query{Dataset: "wellbeing", Endpoint: "csv"}
	for _, link := range []string{"https://elsewhere.example/x", "file:///etc/passwd", "http://10.0.0.1/x", "http://static.ons.gov.uk/x"} {
		_, err := asked(t, "ons", query, says(t, `{"links":{"latest_version":{"href":"`+link+`"}}}`))
		wantError(t, err, "it names an address that is not the publisher's")
	}
	_, err := asked(t, "ons", query, says(t, `{"links":{}}`))
	wantError(t, err, "the dataset names no latest version")
	query.Edition, query.Version = "time-series", "1"
	_, err = asked(t, "ons", query, says(t, `{"downloads":{"xls":{"href":"x"}}}`))
	wantError(t, err, "the version offers no CSV")
}
