package datasets_test

import (
	"encoding/json"
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

// faultyDatasets are changes of a sound dataset, and the faults that they make.
var faultyDatasets = map[string]struct {
	old, new string
	want     []string
}{
	"sound":              {"", "", nil},
	"no such day":        {"2026-05-13", "2026-02-30", []string{`4:11: released: "2026-02-30" is not a day of the calendar`}},
	"a file without one": {", file: figures.csv", "", []string{`7:9: source: kind csv needs a file`}},
	"a path that climbs": {"figures.csv", "../../secret.csv", []string{`7:27: source.file: "../../secret.csv" leads out of the dataset's folder (name a file inside the folder)`}},
	"two areas": {"name: period, role: period", "name: period, role: area", []string{
		`11:3: columns: 0 columns have the role period, exactly one must`, `11:3: columns: 2 columns have the role area, exactly one must`}},
	"a column twice":       {"name: percent", "name: area", []string{`13:12: columns[2].name: the column "area" stands twice`}},
	"an unknown key":       {"key: [area, period]", "key: [area, year]", []string{`14:13: key[1]: no column "year"`}},
	"a status of nothing":  {"role: value, type: number", "role: status, type: text", []string{`13:27: columns[2].role: the status column "percent" does not say of which column`}},
	"a check of no column": {"series: current", "checks: [{rule: range, column: share, minimum: 0, level: warn}]\nseries: current", []string{`15:32: checks[0].column: no column "share"`}},
	"a misspelt rule":      {"series: current", "checks: [{rule: rang, column: percent, level: warn}]\nseries: current", []string{`15:17: checks[0].rule: is "rang" (use one of: range, unique, inside-interval, completeness, parts-sum, england-row, parent-range, duplicate-place, unit, obsolete-area, freshness, previous-release, agreement)`}},
	"checks without what their rules need": {"series: current", `checks:
  - {rule: range, column: percent, level: warn}
  - {rule: range, minimum: 0, level: warn}
  - {rule: range, column: percent, minimum: 2, maximum: 1, level: warn}
  - {rule: range, column: area, minimum: 0, level: warn}
  - {rule: parts-sum, whole: percent, level: warn}
  - {rule: unit, level: warn}
  - {rule: inside-interval, column: percent, level: warn}
  - {rule: parent-range, column: period, level: warn}
  - {rule: agreement, column: percent, with: other/percent, level: warn}
series: current`, []string{
		`16:5: checks[0]: the rule range needs a minimum or a maximum`,
		`17:5: checks[1]: the rule range needs column`,
		`18:45: checks[2].minimum: is above the maximum`,
		`19:27: checks[3].column: the column "area" holds no numbers`,
		`20:5: checks[4]: the rule parts-sum needs parts`,
		`21:5: checks[5]: the rule unit needs column`,
		`22:37: checks[6].column: the column "percent" has no lower and no upper column`,
		`23:34: checks[7].column: the rule parent-range is for columns of the role value: a count of the whole lies outside those of its parts`,
		`24:5: checks[8]: the rule agreement needs why`,
	}},
	"earlier releases": {"series: current", `earlier:
  - {release: The year before, released: 2025-05-13, file: before.csv, from: {percent: "%"}}
  - {release: The future, released: 2026-06-01, file: ../after.csv}
  - {release: No file, released: 2025-05-13, from: {share: "%"}, periods: {kind: calendar, form: sortable, months: Mar}}
series: current`, []string{
		`17:37: earlier[1].released: is 2026-06-01, and the current release is of 2026-05-13`,
		`17:55: earlier[1].file: "../after.csv" leads out of the dataset's folder (name a file inside the folder)`,
		`18:5: earlier[2]: kind csv needs a file`,
		`18:34: earlier[2].released: 2025-05-13 is the day of another release too`,
		`18:60: earlier[2].from.share: no column "share"`,
		`18:75: earlier[2].periods: months has no use where the form is sortable`,
	}},
	"patterns that are none": {"file: figures.csv", `file: figures.csv, layout: {footer: ["/note(/", "/"], where: {a: ["/[/"]}}`, []string{
		"7:58: source.layout.footer[0]: /note(/ is not a regular expression: missing closing ): `note(` (see the syntax of RE2)",
		"7:87: source.layout.where.a[0]: /[/ is not a regular expression: missing closing ]: `[` (see the syntax of RE2)",
	}},
	"a day in words":             {"2026-05-13", "13 May 2026", []string{`4:11: released: "13 May 2026" has the wrong form (write it as 2025-11-20)`}},
	"several files":              {"file: figures.csv", `files: [a.csv, b.csv]`, nil},
	"a file and several":         {"file: figures.csv", `file: figures.csv, files: [a.csv, b.csv]`, []string{`7:47: source.files: several files are of kind csv, and stand in the place of file`}},
	"one of several that climbs": {"file: figures.csv", `files: [a.csv, ../b.csv]`, []string{`7:36: source.files[1]: "../b.csv" leads out of the dataset's folder (name a file inside the folder)`}},
	"a word that is no kind":     {"kind: instant", "kind: day", []string{`8:17: periods.kind: is "day" (use one of: calendar, academic, financial, quarter, month, months, rolling, pooled, instant, term, tax, week)`}},
}

func TestLoadTellsEveryFaultOfADataset(t *testing.T) {
	t.Parallel()
	for name, test := range faultyDatasets {
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

// TestFaultyDatasetsStayKnown tells a dataset that is faulty from one that is not there.
func TestFaultyDatasetsStayKnown(t *testing.T) {
	t.Parallel()
	collection, _ := datasets.Load(fstest.MapFS{"datasets/gigabit/dataset.yaml": {Data: []byte("title: 1\n")}}, "datasets")
	if _, sound := collection.Lookup("gigabit"); sound || !collection.Known("gigabit") || collection.Known("broadband") {
		t.Errorf("got sound %v and known %v, want a dataset that is known to be faulty", sound, collection.Known("gigabit"))
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
		if len(dataset.CarriedFrom) == 0 && !dataset.Template {
			t.Errorf("%s does not say which file its figures were carried from", dataset.ID)
		}
	}
}

// TestDatasetsAreReadBackFromJSON holds every built-in dataset to be what it is after it has been kept as JSON, which is how
// the archive keeps descriptions.
func TestDatasetsAreReadBackFromJSON(t *testing.T) {
	t.Parallel()
	collection, _ := datasets.Load(datasets.Files(), ".")
	for _, dataset := range collection.Datasets {
		text, err := json.MarshalIndent(dataset, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		again, faults := datasets.Read("dataset.json", text)
		again.ID, again.File, again.Folder = dataset.ID, dataset.File, dataset.Folder
		if diff := cmp.Diff(dataset, again); diff != "" || len(faults) > 0 {
			t.Errorf("%s: got %v (-want +got):\n%s", dataset.ID, faults, diff)
		}
	}
}
