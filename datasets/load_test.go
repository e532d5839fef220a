package datasets_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
)

const sound = `title: Gigabit
publisher: Ofcom
release: January 2026
released: 2026-05-13
label: official
licence: {name: Open Government Licence v3.0, attribution: Ofcom}
source: {kind: csv, file: figures.csv}
periods: {kind: instant}
aggregates: published
columns:
  - {name: area, role: area, type: text}
  - {name: period, role: period, type: text}
  - {name: percent, role: value, type: number}
key: [area, period]
series: current
`

func TestLoadTellsEveryFaultOfADataset(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		old, new string
		want     []string
	}{
		"sound":              {"", "", nil},
		"no such day":        {"2026-05-13", "2026-02-30", []string{`4:11: released: "2026-02-30" is not a day of the calendar`}},
		"a file without one": {", file: figures.csv", "", []string{`7:9: source: kind csv needs a file`}},
		"a path that climbs": {"figures.csv", "../../secret.csv", []string{`7:27: source.file: "../../secret.csv" leads out of the dataset's folder`}},
		"two areas": {"name: period, role: period", "name: period, role: area", []string{
			`11:3: columns: 0 columns have the role period, exactly one must`, `11:3: columns: 2 columns have the role area, exactly one must`}},
		"a column twice":         {"name: percent", "name: area", []string{`11:3: columns: the column "area" stands twice`}},
		"an unknown key":         {"key: [area, period]", "key: [area, year]", []string{`14:6: key: no column "year"`}},
		"a status of nothing":    {"role: value, type: number", "role: status, type: text", []string{`11:3: columns: the status column "percent" does not say of which column`}},
		"a check of no column":   {"series: current", "checks: [{rule: range, column: share, level: warn}]\nseries: current", []string{`15:9: checks: no column "share"`}},
		"a misspelt rule":        {"series: current", "checks: [{rule: rang, column: percent, level: warn}]\nseries: current", []string{`15:17: checks[0].rule: is "rang" (use one of: range, unique, inside-interval, completeness, parts-sum, england-row, parent-range, duplicate-place, unit, obsolete-area, freshness, previous-release)`}},
		"a word that is no kind": {"kind: instant", "kind: day", []string{`8:17: periods.kind: is "day" (use one of: calendar, academic, financial, quarter, month, months, rolling, pooled, instant, term, tax, week)`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(sound, test.old, test.new, 1)
			_, faults := datasets.Load(fstest.MapFS{"datasets/gigabit/dataset.yaml": {Data: []byte(text)}, "datasets/notes.txt": {}}, "datasets")
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

func TestBuiltInDatasetsAreSoundAndSayWhoseTheyAre(t *testing.T) {
	t.Parallel()
	collection, faults := datasets.Load(datasets.Files(), ".")
	if len(faults) > 0 || len(collection.Datasets) < 30 {
		t.Fatalf("got %d datasets and the faults %s", len(collection.Datasets), faults.Error())
	}
	for _, dataset := range collection.Datasets {
		if !strings.Contains(dataset.Licence.Attribution, "Open Government Licence v3.0") {
			t.Errorf("%s: the attribution %q does not name the licence", dataset.ID, dataset.Licence.Attribution)
		}
		if len(dataset.CarriedFrom) == 0 {
			t.Errorf("%s does not say which file its figures were carried from", dataset.ID)
		}
	}
}
