package source_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/datasets/source"
)

// eesTable speaks the protocol of a data set whose filters are all columns of a table but the last, and whose one
// indicator is the last; pages have three results.
func eesTable(t testing.TB, rows [][]string, bodies *[]string) http.HandlerFunc {
	type item map[string]any
	headings := rows[0]
	last := len(headings) - 1
	var filters []item
	ids := make([]map[string]string, last)
	for i, heading := range headings[:last] {
		ids[i] = map[string]string{}
		var options []item
		for _, row := range rows[1:] {
			if ids[i][row[i]] == "" {
				ids[i][row[i]] = heading[:1] + "-" + string(rune('a'+len(options)))
				options = append(options, item{"id": ids[i][row[i]], "label": row[i]})
			}
		}
		filters = append(filters, item{"id": "f" + heading, "label": heading, "options": options})
	}
	about := item{
		"filters": filters, "indicators": []item{{"id": "04nTr", "label": headings[last]}},
		"locations": []item{
			{"level": item{"code": "NAT", "label": "National"}, "options": []item{{"id": "2FmYX", "code": "E92000001", "label": "England"}}},
			{"level": item{"code": "LA", "label": "Local authority"}, "options": []item{{"id": "la1", "code": "E06000034", "oldCode": "883", "label": "Thurrock"}}},
		},
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/v1/data-sets/63629501/meta") {
			encode(t, w, about)
			return
		}
		var asked struct{ Page, PageSize int }
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Method != http.MethodPost || json.Unmarshal(body, &asked) != nil || asked.PageSize != 1000 {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if bodies != nil {
			*bodies = append(*bodies, r.URL.RequestURI()+" "+string(body))
		}
		const size = 3
		results := []item{}
		for i, row := range rows[1:] {
			if i/size != asked.Page-1 {
				continue
			}
			chosen := map[string]string{}
			for j, cell := range row[:last] {
				chosen["f"+headings[j]] = ids[j][cell]
			}
			results = append(results, item{
				"timePeriod": item{"code": "AY", "period": "2022/2023"}, "geographicLevel": "LA",
				"locations": item{"NAT": "2FmYX", "LA": "la1"}, "filters": chosen, "values": item{"04nTr": row[last]},
			})
		}
		encode(t, w, item{"paging": item{"page": asked.Page, "pageSize": 1000, "totalResults": len(rows) - 1, "totalPages": (len(rows) + size - 2) / size}, "warnings": []string{}, "results": results})
	}
}

func encode(t testing.TB, w io.Writer, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		t.Error(err)
	}
	write(t, w, text)
}

func serveEES(t testing.TB, rows [][]string) (datasets.Source, source.Options) {
	return serveAPI(t, "ees", datasets.Query{Dataset: "63629501", Endpoint: "query"}, eesTable(t, rows, nil))
}

var schools = [][]string{
	{"School type", "Sex", "Attendance"},
	{"Primary", "Total", "94.1"}, {"Primary", "Girls", "c"}, {"Secondary", "Total", "90.2"}, {"Secondary", "Girls", "low"},
}

// TestEESQuery asks by labels and reads labels back, over two pages.
func TestEESQuery(t *testing.T) {
	t.Parallel()
	var bodies []string
	received, err := asked(t, "ees", datasets.Query{
		Dataset: "63629501", Endpoint: "query", Version: "1.0", Indicators: []string{"attendance"},
		Periods: []string{"2022/2023 AY"}, Areas: []string{"LA E06000034"}, Filters: map[string][]string{"school type": {"Primary", "S-b"}},
	}, eesTable(t, schools, &bodies))
	if err != nil {
		t.Fatal(err)
	}
	const body = `/v1/data-sets/63629501/query?dataSetVersion=1.0 {"criteria":{"and":[{"timePeriods":{"in":[{"code":"AY","period":"2022/2023"}]}},` +
		`{"locations":{"in":[{"code":"E06000034","level":"LA"}]}},{"filters":{"in":["S-a","S-b"]}}]},"indicators":["04nTr"],"page":1,"pageSize":1000}`
	if diff := cmp.Diff([]string{body, strings.Replace(body, `"page":1`, `"page":2`, 1)}, bodies); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	const head = "time_period,time_identifier,geographic_level,area_code,area_name,country_code,country_name,la_code,la_name,School type,Sex,Attendance\n"
	const row = "2022/2023,AY,LA,E06000034,Thurrock,E92000001,England,E06000034,Thurrock,"
	want := head + row + "Primary,Total,94.1\n" + row + "Primary,Girls,c\n" + row + "Secondary,Total,90.2\n" + row + "Secondary,Girls,low\n"
	if diff := cmp.Diff(want, string(received.Data)); diff != "" {
		t.Errorf("figures (-want +got):\n%s", diff)
	}
}

func TestEESUnknownLabels(t *testing.T) {
	t.Parallel()
	_, err := asked(t, "ees", datasets.Query{
		Dataset: "63629501", Endpoint: "query", Indicators: []string{"Absence"}, Periods: []string{"2022"}, Areas: []string{"Thurrock"},
		Filters: map[string][]string{"Sex": {"Boys"}, "Ethnicity": {"Total"}},
	}, eesTable(t, schools, nil))
	wantError(t, err,
		`source.query.indicators[0]: the data set has no indicator "Absence" (it has: "Attendance")`,
		`source.query.periods[0]: "2022" is not a period and a code`,
		`source.query.areas[0]: "Thurrock" is not a level and a code`,
		`source.query.filters.Ethnicity: the data set has no filter "Ethnicity" (it has: "School type", "Sex")`,
		`source.query.filters.Sex: the filter has no option "Boys" (it has: "Total", "Girls")`)
}

func TestEESFailsInTheQuery(t *testing.T) {
	t.Parallel()
	sound := eesTable(t, schools, nil)
	for _, c := range []struct{ name, answer, want string }{
		{"nothing found", `{"paging":{"page":1,"totalResults":0,"totalPages":1},"warnings":[{"code":"QueryNoResults","message":"The query did not match any results"}],"results":[]}`,
			"no figures came back: The query did not match any results: correct source.query of"},
		{"fewer than counted", `{"paging":{"page":1,"totalResults":9,"totalPages":1},"results":[{"values":{}}]}`, "1 results came where totalResults says 9"},
		{"empty page", `{"paging":{"page":1,"totalResults":9,"totalPages":2},"results":[]}`, "0 results came where totalResults says 9"},
		{"no JSON", `{"paging":`, "the answer is not whole JSON (asked 5 times"},
		{"other shape", `{"paging":[],"results":{}}`, "the answer has another shape than documented"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := asked(t, "ees", datasets.Query{Dataset: "63629501", Endpoint: "query"}, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost {
					write(t, w, []byte(c.answer))
					return
				}
				sound(w, r)
			})
			wantError(t, err, c.want)
		})
	}
}

// TestEESFile fetches the whole data set, compressed in itself or on the way.
func TestEESFile(t *testing.T) {
	t.Parallel()
	const text = "time_period,value\n202223,c\n"
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	write(t, writer, []byte(text))
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	for name, handler := range map[string]http.HandlerFunc{
		"plain":      says(t, text),
		"compressed": says(t, packed.String()),
		"on the way": says(t, packed.String(), "Content-Encoding", "gzip"),
	} {
		received, err := asked(t, "ees", datasets.Query{Dataset: "63629501"}, handler)
		if err != nil || string(received.Data) != text || received.Name != "remote.csv" {
			t.Errorf("%s: got %q as %s and %v, want %q", name, received.Data, received.Name, err, text)
		}
	}
	_, err := asked(t, "ees", datasets.Query{Dataset: "63629501"}, says(t, packed.String()[:15]))
	wantError(t, err, "decompress")
}
