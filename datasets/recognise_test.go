package datasets

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sampleOf makes a sample of lines parted by bars, the headings first.
func sampleOf(lines ...string) Sample {
	sample := Sample{File: "figures.csv", Headings: strings.Split(lines[0], "|")}
	sample.Cells = make([]Cells, len(sample.Headings))
	for _, line := range lines[1:] {
		for i, cell := range strings.Split(line, "|") {
			sample.Cells[i].Add(cell)
		}
	}
	return sample
}

func TestRecogniseReadsPeriods(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		labels []string
		want   Periods
		decide string
	}{
		{[]string{"2022-01-01/P1Y"}, Periods{Kind: "calendar", Form: "start-duration"}, ""},
		{[]string{"2022-08-01/P1Y"}, Periods{Kind: "academic", Form: "start-duration"}, ""},
		{[]string{"2022-01-01/P3Y"}, Periods{Kind: "pooled", Form: "start-duration"}, ""},
		{[]string{"2023", "2024"}, Periods{Kind: "calendar"}, "is read as the calendar year"},
		{[]string{"2022/23"}, Periods{Kind: "financial"}, "could be of the kind academic"},
		{[]string{"2014 - 16", "2015 - 17"}, Periods{Kind: "pooled", Form: "pooled-years"}, ""},
		{[]string{"2023-Q1"}, Periods{Kind: "quarter"}, ""},
		{[]string{"Jul 2022 to Jun 2023"}, Periods{Kind: "rolling"}, ""},
		{[]string{"2023", "2024", "soon"}, Periods{Kind: "calendar"}, `no one form reads every label, such as "soon"`},
		{nil, Periods{Kind: "calendar"}, "no one form reads every label: there are none"},
	} {
		got, decide := periodsOf(c.labels)
		if got != c.want || !strings.Contains(decide, c.decide) || (decide == "") != (c.decide == "") {
			t.Errorf("%q: got %+v, %q, want %+v, %q", c.labels, got, decide, c.want, c.decide)
		}
	}
}

func TestRecogniseReadsIdentifiedPeriods(t *testing.T) {
	t.Parallel()
	for identifier, want := range map[string]string{
		"Academic year": "academic", "Financial year": "financial", "Autumn term": "term", "Tax year": "tax",
	} {
		if got, decide := identifiedPeriods([]string{"202021"}, []string{identifier}); got.Kind != want || decide != "" {
			t.Errorf("%s: got %s, %q, want %s", identifier, got.Kind, decide, want)
		}
	}
}

func TestRecogniseToldByHeadings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ headings, want string }{
		{"areacd|areanm|geography|indicator|period|observation", "Explore Local Statistics"},
		{"time_period|time_identifier|geographic_level|country_code|number", "Explore Education Statistics"},
		{"Indicator ID|Indicator Name|Area Code|Time period|Value", "Fingertips"},
		{"area|period|rate", "tidy"},
		{"place|year|number", ""},
		{"", ""},
	} {
		proposal, known := Recognise(sampleOf(c.headings))
		if known != (c.want != "") || proposal.Layout != c.want {
			t.Errorf("%s: got %q, want %q", c.headings, proposal.Layout, c.want)
		}
	}
}

// TestDescribeIsReadBack: what is proposed and written is what is read.
func TestDescribeIsReadBack(t *testing.T) {
	t.Parallel()
	proposal, known := Recognise(sampleOf("time_period|time_identifier|geographic_level|new_la_code|country_code|Sex: all|total number|percent",
		"202021|Academic year|National||E92000001|Total|12|3.5", "202021|Academic year|Local authority|E06000034|E92000001|No, \"none\"|c|-",
		"202021|Academic year|School|E06000034|E92000001|true|12|1"))
	if !known {
		t.Fatal("got no proposal")
	}
	want := proposal.Dataset
	want.Title, want.Publisher, want.Release, want.Released, want.Label = `Quotes " and: colons`, "no", "2024", "2025-11-20", "official"
	want.Licence = Licence{Name: "Open Government Licence v3.0", Attribution: "Source: a publisher."}
	want.Areas.Others = "drop"
	want.Source.Layout.Encoding = "windows-1252"
	got, faults := Read("dataset.yaml", Describe(want))
	if len(faults) > 0 {
		t.Errorf("got faults: %v\n%s", faults, Describe(want))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if !cmp.Equal(want.Source.Layout.Where, map[string][]string{"geographic_level": {"National", "Local authority"}}) {
		t.Errorf("levels: got %v, want those whose codes are read", want.Source.Layout.Where)
	}
	if len(proposal.Decide) != 1 || !strings.Contains(proposal.Decide[0], `"-" is read as x`) {
		t.Errorf("decide: got %q, want the marker that says nothing itself", proposal.Decide)
	}
}

func TestColumnNames(t *testing.T) {
	t.Parallel()
	for heading, want := range map[string]string{"Lower CI 95.0 limit": "lower_ci_95_0_limit", "16-17": "column_16_17", "%": "column_", "Sex": "sex"} {
		if got := columnName(heading); got != want {
			t.Errorf("%s: got %s, want %s", heading, got, want)
		}
	}
}
