package render

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"levelfield/engine/period"
	"levelfield/engine/results"
	"levelfield/engine/stats"
)

// rights are those of the built-in project.
var rights = Rights{Licence: "Open Government Licence v3.0", Attribution: "Contains public sector information licensed under the Open Government Licence v3.0."}

func number(v float64) *float64 { return &v }

// sampleSet has a value with limits, one that is missing, a comparison, a trend and a promise.
func sampleSet() results.Set {
	year := func(label string) period.Period {
		return period.Period{Label: label, Start: label + "-01-01", End: label + "-12-31", Kind: period.Calendar}
	}
	return results.Set{
		Values: results.Values{{
			{Indicator: "neet", Area: "E06000034", AreaName: "Thurrock", AreaType: "unitary authority", Period: year("2025"), Denominator: number(5150),
				Estimate: stats.Estimate{Value: number(3.8), Lower95: number(3.3113), Upper95: number(4.3577), Method: "Wilson score, derived", Warnings: []string{"worked back", "rounded"}},
				Unit:     "%", Dataset: "dfe-neet", Snapshot: "ab12"},
			{Indicator: "births", Area: "E06000034", AreaName: "King’s Lynn, \"and\" West", AreaType: "district", Period: year("2024"),
				Estimate: stats.Missing("x", "not published"), Unit: "%"},
			{Indicator: "births", Area: "E06000034", AreaName: "Thurrock", AreaType: "unitary authority", Period: year("2023"), Numerator: number(1000000), Denominator: number(1e21),
				Estimate: stats.Estimate{Value: number(0.00000012), Method: "published"}, Unit: "%", Dataset: "ons"},
		}},
		Comparisons: []results.Comparison{{Key: results.Key{Indicator: "neet", Area: "E06000034", Period: "2025"}, Comparator: "E92000001",
			ComparatorValue: number(3.4), ComparatorHigh: number(5.6), Rank: 112, Of: 153, Outcome: "cannot-compare", Rule: "bounded", Reason: "between 3.4 and 5.6"}},
		Trends:   []results.Trend{{Indicator: "neet", Area: "E06000034", Trend: stats.Trend{From: "2021", To: "2025", Points: 5, Statistic: number(36.8), Outcome: stats.GettingWorse, Rule: stats.RuleRecent}}},
		Progress: []results.Progress{{ID: "4A/deliverable/kickstart", Goal: "4A", Kind: "deliverable", Title: "Kickstart, scheme", Due: "2023-06-30", Status: "listed", AsOf: "2022-07"}},
	}
}

func TestDataWritesTheTables(t *testing.T) {
	t.Parallel()
	files, err := Data(sampleSet(), rights)
	if err != nil {
		t.Fatal(err)
	}
	// The headers are those of the contract with the readers of the files; TestHeadersKeepTheContract reads it.
	want := map[string]string{
		"data/results.csv": `indicator,area,area_name,area_type,period,period_start,period_end,breakdown,category,numerator,denominator,value,lower95,upper95,lower998,upper998,unit,method,status,reason,warnings,dataset,snapshot
births,E06000034,Thurrock,unitary authority,2023,2023-01-01,2023-12-31,,,1000000,1000000000000000000000,0.00000012,,,,,%,published,,,,ons,
births,E06000034,"King’s Lynn, ""and"" West",district,2024,2024-01-01,2024-12-31,,,,,,,,,,%,,x,not published,,,
neet,E06000034,Thurrock,unitary authority,2025,2025-01-01,2025-12-31,,,,5150,3.8,3.3113,4.3577,,,%,"Wilson score, derived",,,worked back; rounded,dfe-neet,ab12
`,
		"data/comparisons.csv": `indicator,area,period,breakdown,category,comparator,comparator_value,comparator_low,comparator_high,rank,of,outcome,rule,reason
neet,E06000034,2025,,,E92000001,3.4,,5.6,112,153,cannot-compare,bounded,between 3.4 and 5.6
`,
		"data/trends.csv": `indicator,area,breakdown,category,from,to,points,outcome,statistic,rule
neet,E06000034,,,2021,2025,5,getting-worse,36.8,recent
`,
		"data/progress.csv": `id,goal,kind,title,due,status,as_of,owner,evidence
4A/deliverable/kickstart,4A,deliverable,"Kickstart, scheme",2023-06-30,listed,2022-07,,
`,
	}
	got := map[string]string{}
	var paths []string
	for _, file := range files {
		paths = append(paths, file.Path)
		if strings.HasSuffix(file.Path, ".csv") {
			got[file.Path] = string(file.Data)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the tables differ (-want +got):\n%s", diff)
	}
	wantPaths := []string{"data/results.csv", "data/comparisons.csv", "data/trends.csv", "data/progress.csv", "data/csv-metadata.json"}
	if diff := cmp.Diff(wantPaths, paths); diff != "" {
		t.Errorf("the files differ (-want +got):\n%s", diff)
	}
}

func TestDataLeavesItsInputAlone(t *testing.T) {
	t.Parallel()
	set := sampleSet()
	if _, err := Data(set, rights); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sampleSet(), set); diff != "" {
		t.Errorf("the set was changed:\n%s", diff)
	}
}

func TestHeadersKeepTheContract(t *testing.T) {
	t.Parallel()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		root = filepath.Dir(root)
	}
	contract, err := os.ReadFile(filepath.Join(root, "..", "shared", "checks", "contract.py"))
	if err != nil {
		t.Skip("shared data not present: ", err)
	}
	for _, table := range []csvTable{resultsTable, comparisonsTable, trendsTable, progressTable} {
		header, err := table.encode(func(func([]string, error) bool) {})
		if err != nil {
			t.Fatal(err)
		}
		want := "'" + table.name + "': '" + strings.TrimSpace(string(header)) + "'"
		if !strings.Contains(string(contract), want) {
			t.Errorf("the contract does not hold %s", want)
		}
	}
}

func TestMetadataDescribesEveryColumn(t *testing.T) {
	t.Parallel()
	data, err := columnMetadata(rights, resultsTable, progressTable)
	if err != nil {
		t.Fatal(err)
	}
	var group struct {
		Licence map[string]string `json:"dc:license"`
		Rights  string            `json:"dc:rights"`
		Tables  []struct {
			URL    string `json:"url"`
			Schema struct {
				Columns []struct{ Name, Titles, Datatype string }
				Key     []string `json:"primaryKey"`
			} `json:"tableSchema"`
		} `json:"tables"`
	}
	if err := json.Unmarshal(data, &group); err != nil {
		t.Fatal(err)
	}
	if group.Rights != "Open Government Licence v3.0. "+rights.Attribution {
		t.Errorf("rights: got %q", group.Rights)
	}
	// Another licence has no address that is known.
	if other, err := columnMetadata(Rights{Licence: "Ours", Attribution: "By us."}); err != nil || strings.Contains(string(other), "nationalarchives") || !strings.Contains(string(other), "Ours. By us.") {
		t.Errorf("another licence: got %v and %s", err, other)
	}
	if group.Licence["@id"] == "" || len(group.Tables) != 2 || group.Tables[0].URL != "results.csv" {
		t.Fatalf("got %+v", group)
	}
	for i, column := range group.Tables[0].Schema.Columns {
		if want := resultsTable.columns[i].name; column.Name != want || column.Titles != want || column.Datatype == "" {
			t.Errorf("column %d: got %+v, want the name and title %s", i, column, want)
		}
	}
}

func TestSuppressedNumbersAreRefused(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*results.Value){
		"suppressed": func(v *results.Value) { v.Status = "p c" },
		"infinite":   func(v *results.Value) { v.Value = number(math.Inf(1)) },
		"no number":  func(v *results.Value) { v.Upper998 = number(math.NaN()) },
	} {
		set := sampleSet()
		spoil(&set.Values[0][0])
		if _, err := Data(set, rights); err == nil || !strings.Contains(err.Error(), "neet, E06000034, 2025") {
			t.Errorf("%s: got %v, want an error that names the row", name, err)
		}
	}
}

func TestNumbersParseBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.Float64().Draw(t, "number")
		text, finite := plainNumber(&want)
		if !finite {
			t.Fatalf("%v: got not finite", want)
		}
		if strings.ContainsAny(text, "eE") {
			t.Fatalf("got %q, want no exponent", text)
		}
		if got, err := strconv.ParseFloat(text, 64); err != nil || got != want {
			t.Fatalf("got %v and %v from %q, want %v", got, err, text, want)
		}
	})
	if text, _ := plainNumber(number(math.Copysign(0, -1))); text != "0" {
		t.Errorf("got %q for negative zero, want 0", text)
	}
}

func TestModelReadsBack(t *testing.T) {
	t.Parallel()
	model := sample(t)
	saved, err := saveModel(model)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadModel(saved)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(model, again); diff != "" {
		t.Errorf("the model changed on the way (-saved +read):\n%s", diff)
	}
}

func TestReadModelRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"version":"1","id":"a"} {}`:      "something after the model",
		`{"version":"99","id":"a"}`:        `it is of version "99"`,
		`{"version":"99","other":"a"}`:     `it is of version "99"`,
		`{"id":"a"}`:                       `it is of version ""`,
		`{"version":"1","colour":"red"}`:   `unknown field "colour"`,
		`{"version":"1","tiles":"none"}`:   "tiles: is a string, where a saved model has a list",
		`{"version":"1"`:                   "ends in the middle of a saved model",
		`<html>`:                           "invalid character",
		`{"version":"1","id":"a"}trailing`: "something after the model",
	} {
		if _, err := ReadModel([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
}
