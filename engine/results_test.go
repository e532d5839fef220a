package engine_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine"
	"levelfield/engine/archive/durable"
	"levelfield/engine/publish"
	"levelfield/engine/stats"
)

// TestContract runs the shared check of the contract over the built-in publication.
func TestContract(t *testing.T) {
	t.Parallel()
	script := shared(t, "checks/contract.py")
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 not present: " + err.Error())
	}
	said, err := exec.Command(python, script, builtIn(t).out).CombinedOutput()
	if err != nil {
		t.Errorf("checks/contract.py: %v\n%s", err, said)
	}
	lines := strings.Split(strings.TrimSpace(string(said)), "\n")
	t.Log(lines[len(lines)-1])
}

// TestEqualInputEqualBytes builds the project again: elsewhere, with another state folder, at another time, on another
// number of threads.
func TestEqualInputEqualBytes(t *testing.T) {
	t.Parallel()
	first := builtIn(t)
	folder := t.TempDir()
	again := filepath.Join(folder, "again")
	_, err := engine.Build(context.Background(), engine.Options{
		Out: again, State: filepath.Join(folder, "elsewhere"), Now: time.Date(2031, 2, 3, 4, 5, 6, 7, time.UTC), Version: "test", Threads: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	want, got := hashes(t, first.out), hashes(t, again)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the two publications differ (-first +second):\n%s", diff)
	}
	for _, file := range []string{"domain-4/pack.pdf", "skills/pack.pdf", "data/results.parquet", "manifest.json"} {
		if want[file] == "" {
			t.Errorf("got no %s, want it among the files compared", file)
		}
	}
}

// hashes are the contents of a folder by path.
func hashes(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(folder, path)
		found[filepath.ToSlash(relative)] = durable.Sum(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestEveryValueKeepsItsRules holds each row of results.csv against what the contract says in words.
func TestEveryValueKeepsItsRules(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	snapshots := snapshotsOf(t, b.out)
	faults := 0
	for i := range b.results.rows {
		row := b.results.at(i)
		for _, wrong := range slices.Concat(numberFaults(row), statusFaults(row), sourceFaults(row, snapshots)) {
			if faults++; faults <= 20 {
				t.Errorf("results.csv:%d %s %s %s: %s", i+2, row.text("indicator"), row.text("area"), row.text("period"), wrong)
			}
		}
	}
	if faults > 20 {
		t.Errorf("and %d more", faults-20)
	}
}

// aboveTheWhole names indicators whose publisher prints shares of more than a hundred per cent.
var aboveTheWhole = map[string]string{"september-guarantee": "100.02 and 100.21 for Thurrock, as FIGURES.md section 6 tells"}

var numberColumns = []string{"numerator", "denominator", "value", "lower95", "upper95", "lower998", "upper998"}

// numberFaults are what is wrong with a row's numbers: their form, their order, and that they belong together.
func numberFaults(row record) []string {
	var faults []string
	numbers := map[string]float64{}
	for _, column := range numberColumns {
		text := row.text(column)
		if text == "" {
			continue
		}
		value, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
			faults = append(faults, column+" is "+text)
			continue
		}
		if strconv.FormatFloat(value, 'f', -1, 64) != text && strconv.FormatFloat(value, 'g', -1, 64) != text {
			faults = append(faults, column+" is not in its shortest form: "+text)
		}
		numbers[column] = value
	}
	_, lower := numbers["lower95"]
	_, upper := numbers["upper95"]
	if lower != upper {
		faults = append(faults, "one 95% limit without the other")
	}
	if row.text("unit") == "%" && !strings.Contains(row.text("method"), "derived") && aboveTheWhole[row.text("indicator")] == "" {
		for _, column := range numberColumns[2:] {
			if numbers[column] < 0 || numbers[column] > 100 {
				faults = append(faults, column+" is no percentage: "+row.text(column))
			}
		}
	}
	numerator, counted := numbers["numerator"]
	if method := row.text("method"); strings.HasPrefix(method, "Wilson") {
		want := 100 * numerator / numbers["denominator"]
		workedBack := strings.Contains(method, "worked back")
		switch {
		case counted == workedBack:
			faults = append(faults, "a count that is worked back is not data: "+method)
		case counted && math.Abs(want-numbers["value"]) > limitTolerance:
			faults = append(faults, "value is not numerator over denominator")
		case counted && (numbers["lower998"] > numbers["lower95"] || numbers["upper998"] < numbers["upper95"]):
			faults = append(faults, "99.8% limits inside the 95% limits")
		}
	}
	return faults
}

// statusFaults are what is wrong with a row's status: letters out of order, or numbers where there is no value.
func statusFaults(row record) []string {
	var faults []string
	if got := strings.Fields(row.text("status")); !slices.IsSortedFunc(got, func(a, b string) int {
		order := strings.Fields("c x z u low p r e b")
		return slices.Index(order, a) - slices.Index(order, b)
	}) {
		faults = append(faults, "status letters out of order: "+row.text("status"))
	}
	if row.text("value") != "" {
		return faults
	}
	for _, column := range []string{"numerator", "lower95", "upper95", "lower998", "upper998"} {
		if row.text(column) != "" {
			faults = append(faults, column+" stands without a value")
		}
	}
	return faults
}

// sourceFaults are what is wrong with where a row comes from.
func sourceFaults(row record, snapshots map[string]string) []string {
	var faults []string
	if row.text("value") == "" && stillToCome.MatchString(row.text("reason")) {
		return nil
	}
	datasets, kept := strings.Fields(row.text("dataset")), strings.Fields(row.text("snapshot"))
	if row.text("value") == "" && len(kept) == 0 {
		return nil // still to be fetched, or to be filled in
	}
	if len(datasets) == 0 || len(datasets) != len(kept) {
		return []string{"datasets " + row.text("dataset") + " with snapshots " + row.text("snapshot")}
	}
	for i, id := range datasets {
		if !strings.HasPrefix(snapshots[id], kept[i]) || len(kept[i]) < 12 {
			faults = append(faults, "the manifest knows no snapshot "+kept[i]+" of "+id)
		}
	}
	return faults
}

func snapshotsOf(t *testing.T, out string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(out, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest publish.Manifest
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	snapshots := map[string]string{}
	for _, dataset := range manifest.Datasets {
		snapshots[dataset.ID] = dataset.Snapshot
	}
	return snapshots
}

// stillToCome are the reasons of rows that rest on no file yet: figures to be fetched, and templates to be filled in.
var stillToCome = regexp.MustCompile(`^(not fetched yet: |nothing is filled in yet: |made of .*, of which no figure is held$)`)

// TestEveryComparisonRestsOnItsValues holds comparisons.csv against results.csv: the comparator's value is the one
// there, and a verdict is what the 95% limits say.
func TestEveryComparisonRestsOnItsValues(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	for i := range b.comparisons.rows {
		row := b.comparisons.at(i)
		key := valueKey{row.text("indicator"), row.text("area"), row.text("period"), row.text("breakdown"), row.text("category")}
		own := b.value(t, key)
		name := strings.Join([]string{key.indicator, key.category, "against", row.text("comparator")}, " ")
		if rank, ranked := row.number("rank"); ranked {
			if of, _ := row.number("of"); rank < 1 || rank > of {
				t.Errorf("%s: got position %v of %v", name, rank, of)
			}
		}
		if row.text("comparator") != england {
			continue
		}
		key.area = england
		theirs, held := b.results.value(key)
		if held && theirs.text("value") != row.text("comparator_value") {
			t.Errorf("%s: got the comparator value %s, results.csv has %s", name, row.text("comparator_value"), theirs.text("value"))
		}
		holdVerdict(t, name, row, own)
	}
}

// holdVerdict holds an outcome against the limits: inside is similar, outside is not, and no interval is no verdict.
func holdVerdict(t *testing.T, name string, row, own record) {
	t.Helper()
	lower, hasLower := own.number("lower95")
	upper, hasUpper := own.number("upper95")
	reference, hasReference := row.number("comparator_value")
	inside := hasLower && hasUpper && hasReference && lower <= reference && reference <= upper
	tested := hasLower && hasUpper && hasReference
	switch outcome := row.text("outcome"); outcome {
	case stats.Similar:
		if !inside {
			t.Errorf("%s: got similar, but %v is outside %v to %v", name, reference, lower, upper)
		}
	case stats.Better, stats.Best, stats.Worse, stats.Worst, stats.Higher, stats.Lower:
		if inside || !tested {
			t.Errorf("%s: got %s, but %v is not outside %v to %v", name, outcome, reference, lower, upper)
		}
	case stats.Position:
		if tested || row.text("reason") == "" {
			t.Errorf("%s: got position with an interval or without a reason", name)
		}
	case stats.CannotCompare, stats.NotCompared:
		if row.text("reason") == "" {
			t.Errorf("%s: got %s without a reason", name, outcome)
		}
	default:
		t.Errorf("%s: got the outcome %q", name, outcome)
	}
}
