package source_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// nomisTable speaks the protocol of Nomis: pages of so many rows, each with RECORD_OFFSET and RECORD_COUNT.
func nomisTable(t testing.TB, table [][]string, perPage int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		offset, _ := strconv.Atoi(r.URL.Query().Get("recordoffset"))
		rows := [][]string{append(append([]string{}, table[0]...), "RECORD_OFFSET", "RECORD_COUNT")}
		for i, row := range table[1:] {
			if i >= offset && i < offset+perPage {
				rows = append(rows, append(append([]string{}, row...), fmt.Sprint(i), fmt.Sprint(len(table)-1)))
			}
		}
		write(t, w, csvOf(t, rows))
	}
}

func serveNomis(t testing.TB, rows [][]string) (datasets.Source, source.Options) {
	var long [][]string
	for i, row := range rows {
		last := len(row) - 1
		cells := append(append([]string{}, row[:last]...), "value", row[last])
		if i == 0 {
			cells = append(append([]string{}, row[:last]...), "MEASURES_NAME", "OBS_VALUE")
		}
		long = append(long, cells)
	}
	return serveAPI(t, "nomis", interfaces["nomis"], nomisTable(t, long, 3))
}

const survey = `DATE_NAME,GEOGRAPHY_CODE,MEASURES,MEASURES_NAME,OBS_VALUE,OBS_STATUS
Jan 2023-Dec 2023,E06000034,20599,Variable,75.9,A
Jan 2023-Dec 2023,E06000034,21001,Numerator,82000,A
Jan 2023-Dec 2023,E92000001,20599,Variable,75.7,A
Jan 2023-Dec 2023,E06000034,21002,Denominator,108000,A
Jan 2023-Dec 2023,E06000034,21003,Confidence,,!
Jan 2023-Dec 2023,E92000001,21001,Numerator,26500000,A
`

func table(t testing.TB, text string) [][]string {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestNomisPivot(t *testing.T) {
	t.Parallel()
	received, err := asked(t, "nomis", interfaces["nomis"], nomisTable(t, table(t, survey), 4))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(string(received.Data), "\n"); got != 7 {
		t.Errorf("got %d lines, want headings and 6 rows:\n%s", got, received.Data)
	}
	rows, faults := opened(t, datasets.Source{Kind: "nomis"}, received, "GEOGRAPHY_CODE", "Variable", "Denominator", "Confidence", "Confidence status", "Numerator")
	want := []string{"3:45 E06000034|75.9|108000||!|82000", "7:45 E92000001|75.7||||26500000"}
	if diff := cmp.Diff(want, rows); diff != "" || faults != "" {
		t.Errorf("rows (-want +got):\n%s\nfaults %s", diff, faults)
	}
	rows, _ = opened(t, datasets.Source{Kind: "nomis"}, received, "MEASURES_NAME", "OBS_VALUE")
	if len(rows) != 6 || rows[0] != "2:44 Variable|75.9" {
		t.Errorf("without pivot: got %q, want the rows as they came", rows)
	}
}

func TestNomisMeasureTwice(t *testing.T) {
	t.Parallel()
	text := "GEOGRAPHY_CODE,MEASURES_NAME,OBS_VALUE\nE06000034,Value,1\nE06000034,Value,2\n"
	_, faults := opened(t, datasets.Source{Kind: "nomis"}, source.Received{Name: "n.csv", Data: []byte(text)}, "GEOGRAPHY_CODE", "Value")
	if want := "n.csv:3: Value: stands twice for one observation, first in line 2 (select every dimension that varies)"; faults != want {
		t.Errorf("got faults %q, want %q", faults, want)
	}
}

func TestNomisTooManyMeasures(t *testing.T) {
	t.Parallel()
	text := "GEOGRAPHY_CODE,MEASURES_NAME,OBS_VALUE\nE06000034,Variable,1\n"
	for i := range 70 {
		text += fmt.Sprintf("F%d,m%d,2\n", i, i)
	}
	rows, faults := opened(t, datasets.Source{Kind: "nomis"}, source.Received{Name: "n.csv", Data: []byte(text)}, "Variable")
	if got := strings.Count(faults, "is more than the 64 that a table can have"); got != 7 || len(rows) != 64 {
		t.Errorf("got %d faults and rows %q, want 7 and 64 rows", got, rows)
	}
}

func TestNomisKeyAndSelection(t *testing.T) {
	t.Parallel()
	query := interfaces["nomis"]
	query.Secret = "FIGURES_KEY"
	query.Parameters = map[string]string{"geography": "TYPE424", "select": "geography_code,obs_value"}
	sound := nomisTable(t, [][]string{{"GEOGRAPHY_CODE", "OBS_VALUE"}, {"E06000034", "1"}}, 10)
	var uri string
	received, err := asked(t, "nomis", query, func(w http.ResponseWriter, r *http.Request) {
		uri = r.URL.RequestURI()
		sound(w, r)
	})
	want := "/v1/NM_17_5.data.csv?geography=TYPE424&select=geography_code%2Cobs_value%2Crecord_count&uid=k3y-s3cret"
	if err != nil || uri != want {
		t.Errorf("got the request %s and %v, want %s", uri, err, want)
	}
	if strings.Contains(received.URL+string(received.Data), "k3y") {
		t.Errorf("got the key in what was received: %s", received.URL)
	}
}

func TestNomisFails(t *testing.T) {
	t.Parallel()
	whole := table(t, survey)
	for _, c := range []struct {
		name  string
		after http.HandlerFunc
		want  string
	}{
		{"headings alone", says(t, "DATE_NAME,OBS_VALUE,RECORD_COUNT\n"), "no figures came back: correct the parameters"},
		{"a sentence", says(t, "Unknown measure 4711"), "no table came back: Unknown measure 4711"},
		{"no count", says(t, "DATE_NAME,OBS_VALUE\n2023,1\n"), "has no RECORD_COUNT"},
		{"count is no number", says(t, "OBS_VALUE,RECORD_COUNT\n1,many\n"), `RECORD_COUNT is "many"`},
		{"fewer than counted", pageOf(t, nomisTable(t, whole, 4), "headings"), "the rows end at 4, before RECORD_COUNT is reached"},
		{"more than counted", says(t, "OBS_VALUE,RECORD_COUNT\n1,1\n2,1\n"), "2 rows came where RECORD_COUNT says 1"},
		{"count changes", pageOf(t, nomisTable(t, whole, 4), "changed"), "the table had 6 rows and now has 5"},
		{"headings change", pageOf(t, nomisTable(t, whole, 4), "renamed"), "two pages of the table have different headings"},
		{"broken page", says(t, "OBS_VALUE,RECORD_COUNT\n\"1,1\n"), "the answer is not whole CSV"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := asked(t, "nomis", interfaces["nomis"], c.after)
			wantError(t, err, c.want)
		})
	}
}

// pageOf answers soundly for the first page and otherwise for those after it.
func pageOf(t testing.TB, first http.HandlerFunc, way string) http.HandlerFunc {
	later := map[string]string{
		"headings": "OBS_VALUE,RECORD_COUNT\n",
		"changed":  strings.ReplaceAll(survey[:strings.Index(survey, "\n")]+",RECORD_OFFSET,RECORD_COUNT\n", "\n", "\na,b,c,d,1,A,4,5\n"),
		"renamed":  "OBS_WORTH,RECORD_COUNT\n1,6\n2,6\n",
	}[way]
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("recordoffset") == "" {
			first(w, r)
			return
		}
		_, err := io.WriteString(w, later)
		if err != nil {
			t.Log(err)
		}
	}
}

// FuzzNomis holds the pivot to its promises on any bytes: it ends, its rows go down the file and have a place in it.
func FuzzNomis(f *testing.F) {
	for _, seed := range []string{survey, "MEASURES_NAME,OBS_VALUE\n", "A,MEASURES_NAME,OBS_VALUE\n1,Value,2\n1,Value,3\n\"", "MEASURES_NAME,OBS_VALUE,OBS_STATUS,RECORD_COUNT\na,1,,2\nb,2\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		dataset := datasets.Dataset{ID: "fuzz", File: "d.yaml", Source: datasets.Source{Kind: "nomis"}}
		dataset.Columns = []datasets.Column{{Name: "value", From: "Variable"}}
		table, faults := source.Open(dataset, source.Received{Name: "n.csv", Data: data})
		if table == nil {
			if len(faults.Errors()) == 0 {
				t.Fatal("no table and no fault")
			}
			return
		}
		for last := 0; ; {
			row, cells, err := table.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || row <= last || len(cells) != 1 || table.Place(row, "value").Line < row {
				t.Fatalf("got row %d after %d, cells %q at %v, %v", row, last, cells, table.Place(row, "value"), err)
			}
			last = row
		}
	})
}
