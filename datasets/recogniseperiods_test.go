package datasets

import (
	"strings"
	"testing"
)

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
func TestColumnNames(t *testing.T) {
	t.Parallel()
	for heading, want := range map[string]string{"Lower CI 95.0 limit": "lower_ci_95_0_limit", "16-17": "column_16_17", "%": "column_", "Sex": "sex"} {
		if got := columnName(heading); got != want {
			t.Errorf("%s: got %s, want %s", heading, got, want)
		}
	}
}
