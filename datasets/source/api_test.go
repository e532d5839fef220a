package source_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// serveAPI is a publisher's interface on this machine, with the query that is put to it.
func serveAPI(t testing.TB, kind string, query datasets.Query, handler http.HandlerFunc) (datasets.Source, source.Options) {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	secrets := func(name string) string { return map[string]string{"FIGURES_KEY": "k3y-s3cret"}[name] }
	return datasets.Source{Kind: kind, URL: server.URL + "/v1", Query: &query},
		source.Options{Client: server.Client(), AllowLoopback: true, Sleep: noSleep, Secrets: secrets}
}

// asked receives from an interface.
func asked(t *testing.T, kind string, query datasets.Query, handler http.HandlerFunc) (source.Received, error) {
	t.Helper()
	dataset := datasets.Dataset{ID: "remote", File: "datasets/remote/dataset.yaml"}
	var options source.Options
	dataset.Source, options = serveAPI(t, kind, query, handler)
	return source.Receive(t.Context(), dataset, options)
}

// opened reads every row of columns from what was received.
func opened(t *testing.T, from datasets.Source, received source.Received, columns ...string) (rows []string, faults string) {
	t.Helper()
	dataset := datasets.Dataset{ID: "remote", File: "d.yaml", Source: from}
	for i, heading := range columns {
		dataset.Columns = append(dataset.Columns, datasets.Column{Name: fmt.Sprintf("c%d", i), From: heading})
	}
	table, found := source.Open(dataset, received)
	if table == nil {
		return nil, found.Sorted().Error()
	}
	for {
		row, cells, err := table.Next()
		if err != nil {
			break
		}
		place := table.Place(row, fmt.Sprintf("c%d", len(columns)-1))
		rows = append(rows, fmt.Sprintf("%d:%d %s", place.Line, place.Column, strings.Join(cells, "|")))
	}
	found.Add(table.Faults()...)
	return rows, found.Sorted().Error()
}

func csvOf(t testing.TB, rows [][]string) []byte {
	var text bytes.Buffer
	if err := csv.NewWriter(&text).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

func says(t testing.TB, text string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		write(t, w, []byte(text))
	}
}

// fails is an answer with a status and a body.
func fails(t testing.TB, code int, text string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		write(t, w, []byte(text))
	}
}

// interfaces are queries that each kind answers with rows when its interface is sound.
var interfaces = map[string]datasets.Query{
	"ees":        {Dataset: "63629501"},
	"fingertips": {Indicators: []string{"93203"}, Parameters: map[string]string{"child_area_type_id": "502", "parent_area_type_id": "6"}},
	"nomis":      {Dataset: "NM_17_5", Parameters: map[string]string{"geography": "E06000034"}, Secret: "FIGURES_KEY"},
	"ons":        {Dataset: "employment-rate"},
	"statxplore": {
		Dataset: "str:database:X", Measures: []string{"str:count:X:V"}, Secret: "FIGURES_KEY",
		Dimensions: []datasets.Dimension{{Field: "str:field:X:A"}},
	},
}

// TestEveryInterfaceFails holds every interface to the same conduct when its publisher fails.
func TestEveryInterfaceFails(t *testing.T) {
	t.Parallel()
	problemDetails := `{"title":"There are errors","type":"https://example.org","status":400,"errors":[{"message":"Must be a level","code":"LevelNotFound","path":"criteria.and[0]","detail":{"value":"XX"}}]}`
	cases := []struct {
		name   string
		answer http.HandlerFunc
		want   []string
		asked  int64
	}{
		{"server error", fails(t, 500, "boom"), []string{"500 Internal Server Error", "asked 5 times: try again later"}, 5},
		{"too many", status(429, "Retry-After", "3600"), []string{"429 Too Many Requests", "asks to wait 1h0m0s"}, 1},
		{"quota", status(429, "Date", "Wed, 26 Mar 2025 09:30:00 GMT", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1742983200000"),
			[]string{"429 Too Many Requests", "asks to wait 30m0s"}, 1},
		{"quota in seconds", status(429, "Date", "Wed, 26 Mar 2025 09:30:00 GMT", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1742983200"),
			[]string{"429 Too Many Requests", "asks to wait 30m0s"}, 1},
		{"problem", fails(t, 400, problemDetails, "Content-Type", "application/problem+json"),
			[]string{"400 Bad Request: There are errors: Must be a level: criteria.and[0]: correct source.query of datasets/remote/dataset.yaml"}, 1},
		{"plain words", fails(t, 400, "Bad area type"), []string{"400 Bad Request: Bad area type"}, 1},
		{"page", fails(t, 404, "<html><body>Not here</body></html>"), []string{"404 Not Found: no reason is given"}, 1},
		{"key in the answer", fails(t, 403, `{"message":"key k3y-s3cret is unknown"}`), []string{"403 Forbidden: key"}, 1},
		{"error with success", says(t, `{"error":{"code":400,"message":"Invalid parameter","details":["geography"]}}`),
			[]string{"the publisher answered with an error: Invalid parameter: geography"}, 1},
		{"error as text", says(t, `{"error":"dataset not found"}`), []string{"the publisher answered with an error: dataset not found"}, 1},
		{"cut short", truncated(t), []string{"the connection ended before the file was whole", "asked 5 times"}, 5},
		{"web page", says(t, "<!doctype html><p>Maintenance"), []string{"asked 5 times"}, 5},
		{"redirect elsewhere", status(302, "Location", "https://elsewhere.example/figures"), []string{"redirects to another host"}, 1},
	}
	for kind, query := range interfaces {
		for _, c := range cases {
			t.Run(kind+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				handler, count := answers(t, c.answer)
				_, err := asked(t, kind, query, handler)
				wantError(t, err, append(c.want, "receive remote: fetch http://127.0.0.1:")...)
				if count.Load() != c.asked {
					t.Errorf("got %d requests, want %d", count.Load(), c.asked)
				}
				if err != nil && query.Secret != "" && strings.Contains(err.Error(), "k3y-s3cret") {
					t.Errorf("got the key in %q", err)
				}
			})
		}
	}
}

func TestNothingComesBack(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{
		"ees": "csv", "fingertips": "no figures came back", "nomis": "no figures came back", "ons": "no figures came back", "statxplore": "the answer is empty",
	} {
		query := interfaces[kind]
		if kind == "ees" {
			query.Endpoint, want = "query", "the answer is empty"
		}
		_, err := asked(t, kind, query, status(http.StatusNoContent))
		wantError(t, err, want)
		if _, err := asked(t, kind, query, says(t, "")); err == nil {
			t.Errorf("%s: got no error for an empty body", kind)
		}
	}
}

func TestWaitsAsLongAsAsked(t *testing.T) {
	t.Parallel()
	handler, count := answers(t, status(429, "Retry-After", "7"), says(t, "area,value\nA,1\n"))
	dataset := datasets.Dataset{ID: "remote"}
	var options source.Options
	dataset.Source, options = serveAPI(t, "ons", interfaces["ons"], handler)
	var waited pauses
	options.Sleep = waited.sleep
	received, err := source.Receive(t.Context(), dataset, options)
	if err != nil || string(received.Data) != "area,value\nA,1\n" || count.Load() != 2 {
		t.Errorf("got %q, %v after %d requests, want the file after 2", received.Data, err, count.Load())
	}
	if diff := cmp.Diff(pauses{7 * time.Second}, waited); diff != "" {
		t.Errorf("pauses (-want +got):\n%s", diff)
	}
}

// TestPublicAddresses looks where queries go when the definition gives no address: the error of a build without network
// names it.
func TestPublicAddresses(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{
		"ees": "https://api.education.gov.uk/statistics/v1/", "fingertips": "https://fingertips.phe.org.uk/api/",
		"nomis": "https://www.nomisweb.co.uk/api/v01/dataset/", "statxplore": "https://stat-xplore.dwp.gov.uk/webapi/rest/v1/",
		"ons": "https://raw.githubusercontent.com/ONSdigital/explore-local-statistics-data/main/",
	} {
		query := interfaces[kind]
		_, err := source.Receive(t.Context(), datasets.Dataset{ID: "d", Source: datasets.Source{Kind: kind, Query: &query}}, source.Options{})
		wantError(t, err, want+": "+source.ErrOffline.Error())
		if !source.Networked(kind) {
			t.Errorf("kind %q is not listed as one that fetches", kind)
		}
		_, err = source.Receive(t.Context(), datasets.Dataset{ID: "d", File: "d.yaml", Source: datasets.Source{Kind: kind}}, source.Options{})
		wantError(t, err, "d.yaml: source.query: is missing")
	}
	if source.Networked("csv") {
		t.Error("kind csv is listed as one that fetches")
	}
}

func TestIncompleteQueries(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind  string
		query datasets.Query
		want  string
	}{
		{"ees", datasets.Query{}, "source.query.dataset: is missing"},
		{"ees", datasets.Query{Dataset: "../secret"}, `source.query.dataset: "../secret" is no name`},
		{"ees", datasets.Query{Dataset: "1", Endpoint: "topic"}, `source.query.endpoint: is "topic" (use csv or query)`},
		{"fingertips", datasets.Query{Indicators: []string{"1"}}, "source.query.parameters.child_area_type_id: is missing"},
		{"fingertips", datasets.Query{Parameters: map[string]string{"child_area_type_id": "502", "parent_area_type_id": "6"}}, "source.query.indicators: is missing"},
		{"nomis", datasets.Query{Dataset: "NM_1_1"}, "source.query.parameters.geography: is missing"},
		{"nomis", datasets.Query{Dataset: "NM_1_1", Parameters: map[string]string{"uid": "0x1", "geography": "x"}}, "is a key in a file that others read"},
		{"nomis", datasets.Query{Dataset: "NM_1_1", Parameters: map[string]string{"geography": "x"}, Secret: "OTHER_KEY"}, "OTHER_KEY holds no key"},
		{"ons", datasets.Query{Dataset: "x", Endpoint: "query"}, "use topic, csv or observations"},
		{"ons", datasets.Query{Dataset: "x", Endpoint: "csv", Version: "3"}, "source.query.edition: is missing"},
		{"statxplore", datasets.Query{}, "source.query.dataset: is missing"},
		{"statxplore", datasets.Query{Dataset: "x"}, "source.query.measures: is missing"},
		{"statxplore", datasets.Query{Dataset: "x", Measures: []string{"y"}}, "source.query.dimensions: is missing"},
		{"statxplore", datasets.Query{Dataset: "x", Measures: []string{"y"}, Dimensions: []datasets.Dimension{{Field: "z"}}}, "source.query.secret: is missing"},
	} {
		handler, count := answers(t, status(http.StatusTeapot))
		_, err := asked(t, c.kind, c.query, handler)
		wantError(t, err, c.want)
		if count.Load() != 0 {
			t.Errorf("%s: got %d requests, want none", c.want, count.Load())
		}
	}
}

// TestKeysStayWithThePublisher gives a definition that would send the key to another host, and in the clear.
func TestKeysStayWithThePublisher(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"https://elsewhere.example/v1", "http://stat-xplore.dwp.gov.uk/webapi/rest/v1"} {
		query := interfaces["statxplore"]
		from := datasets.Source{Kind: "statxplore", URL: address, Query: &query}
		options := source.Options{Client: &http.Client{}, Sleep: noSleep, Secrets: func(string) string { return "k3y-s3cret" }}
		_, err := source.Receive(t.Context(), datasets.Dataset{ID: "d", File: "d.yaml", Source: from}, options)
		wantError(t, err, "d.yaml: source.url: is not the publisher's, to whom alone a key is sent")
	}
}
