package datasets_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/engine/period"
)

func TestPeriodsAndAreasOfADataset(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		periods string
		want    []string
	}{
		"a winter":                {"{kind: months, form: year, names: end, months: Dec to Feb}", nil},
		"a cohort":                {"{kind: academic, form: year, names: end}", nil},
		"a pool":                  {"{kind: pooled, form: sortable, years: 3}", nil},
		"another year":            {"{kind: academic, form: six-digits, shift: -1}", nil},
		"an identifier":           {"{kind: term, form: time-identifier}", nil},
		"a year of two":           {"{kind: academic, form: year}", []string{`8:10: periods: a single year can be the one in which an academic year starts or the one in which it ends: say names: start or names: end`}},
		"no months":               {"{kind: months, form: year}", []string{`8:10: periods: a single year does not say which part of it is meant: say months, such as months: Dec to Feb`}},
		"months over the year":    {"{kind: months, form: year, months: Dec to Feb}", []string{`8:10: periods: Dec to Feb lies in two years: say names: start or names: end for the one in the label`}},
		"no month":                {"{kind: months, form: year, names: end, months: Foo to Feb}", []string{`8:10: periods: months is "Foo to Feb": write it as Dec to Feb, or Mar for a single month`}},
		"months of nothing":       {"{kind: calendar, months: Mar}", []string{`8:10: periods: months has no use where the form is written`}},
		"an identifier of no use": {"{kind: term}", []string{`11:3: columns: the time identifier "identifier" has no use without form: time-identifier in periods`}},
		"a form misspelt": {"{kind: term, form: time-identifer}", []string{
			`8:29: periods.form: is "time-identifer" (use one of: written, date, dash-years, month, month-digits, month-range, pooled-years, six-digits, slash-years, sortable, start-duration, time-identifier, year, year-ending)`}},
		"areas": {"{kind: term, form: time-identifier}\nareas: {codes: dfe, also: [ward, lsoa], successors: map, others: drop}", nil},
		"areas misspelt": {"{kind: term, form: time-identifier}\nareas: {codes: gss, successors: join, others: ignore, also: [parish]}", []string{
			`9:16: areas.codes: is "gss" (use one of: ons, dfe, itl, nomis)`, `9:33: areas.successors: is "join" (use one of: keep, map)`, `9:47: areas.others: is "ignore" (use one of: fault, drop)`,
			`9:62: areas.also[0]: is "parish" (use one of: city-region, combined-authority, constituency, data-zone, itl-region, lsoa, metropolitan-county, msoa, nuts-region, output-area, ward)`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(sound, "{kind: instant}", test.periods, 1)
			if strings.Contains(test.periods, "kind: term") {
				text = strings.Replace(text, "  - {name: percent,", "  - {name: identifier, role: time-identifier, type: text}\n  - {name: percent,", 1)
			}
			_, faults := datasets.Load(fstest.MapFS{"datasets/gigabit/dataset.yaml": {Data: []byte(text)}}, "datasets")
			var got []string
			for _, f := range faults.Sorted() {
				got = append(got, strings.TrimPrefix(f.String(), "datasets/gigabit/dataset.yaml:"))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("faults differ (-want +got):\n%s", diff)
			}
		})
	}
}

// TestEveryFormCanBeStated: the forms that a dataset.yaml may name are those that labels are read by.
func TestEveryFormCanBeStated(t *testing.T) {
	t.Parallel()
	for _, form := range period.Forms() {
		text := strings.Replace(sound, "{kind: instant}", "{kind: instant, form: "+string(form)+"}", 1)
		_, faults := datasets.Load(fstest.MapFS{"datasets/gigabit/dataset.yaml": {Data: []byte(text)}}, "datasets")
		if strings.Contains(faults.Error(), "periods.form") {
			t.Errorf("the form %s is not in the schema: %s", form, faults.Error())
		}
	}
}
