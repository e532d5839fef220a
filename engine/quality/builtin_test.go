package quality_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/engine/quality"
	"levelfield/seeds"
)

// outOfForce are the built-in datasets that go on under the codes of councils that were split or merged: the Department
// for Education counts young people aged 19 where they lived years before, care leavers by the council that looked after them,
// and youth justice services outlive councils.
var outOfForce = map[string]string{
	"dfe-care-leavers":           "E10000009",
	"dfe-gcse-by-19":             "E06000028 E06000029",
	"dfe-higher-education-by-19": "E06000028 E06000029 E10000006 E10000009 E10000021",
	"dfe-level-2-by-19":          "E06000028 E06000029 E10000006 E10000009 E10000021",
	"dfe-level-3-by-19":          "E06000028 E06000029 E10000006 E10000009 E10000021",
	"dfe-level-3-by-19-counts":   "E10000009",
	"dfe-level-3-by-19-gap":      "E06000028 E06000029 E10000006 E10000009 E10000021",
	"yjb-cautioned-or-sentenced": "E10000006",
	"yjb-first-time-entrants":    "E10000009",
}

// TestBuiltInDatasetsPass holds the built-in figures against the rules that their dataset.yaml does not name. What it
// allows is known and explained above.
func TestBuiltInDatasetsPass(t *testing.T) {
	t.Parallel()
	collection, faults := datasets.Load(datasets.Files(), ".")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	beside := quality.Context{Areas: builtInAreas(t)}
	got := map[string]string{}
	for _, d := range collection.Datasets {
		text, err := fs.ReadFile(datasets.Files(), d.ID+"/"+d.Source.File)
		if err != nil {
			t.Fatal(err)
		}
		session := open(t)
		load(t, session, d, "example", string(text))
		d.Checks = further(d)
		found, err := beside.Check(t.Context(), session, d, "example", placeOf(d))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			if _, after, read := strings.Cut(f.Message, ": read "); read && strings.Contains(f.Message, "but the code ended") {
				got[d.ID] = strings.TrimSpace(got[d.ID] + " " + strings.Fields(after)[0])
				continue
			}
			t.Errorf("%s: got %s, want no finding", d.ID, f)
		}
	}
	if diff := cmp.Diff(outOfForce, got); diff != "" {
		t.Errorf("codes out of force (-want +got):\n%s", diff)
	}
}

// further are the rules that fit any dataset.
func further(d datasets.Dataset) []datasets.Check {
	var checks []datasets.Check
	for _, rule := range []string{"england-row", "duplicate-place", "obsolete-area"} {
		checks = append(checks, datasets.Check{Rule: rule, Level: "warn"})
	}
	for _, column := range d.Role("value") {
		checks = append(checks, datasets.Check{Rule: "parent-range", Column: column.Name, Level: "warn"})
		if strings.HasSuffix(column.Name, "_percent") {
			checks = append(checks, datasets.Check{Rule: "unit", Column: column.Name, Level: "warn"})
		}
	}
	return checks
}

func builtInAreas(t *testing.T) seeds.Areas {
	t.Helper()
	areas, faults := seeds.LoadAreas(seeds.Files(), "areas.csv")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return areas
}
