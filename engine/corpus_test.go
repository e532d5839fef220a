package engine

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/datasets"
	"levelfield/datasets/source"
	"levelfield/engine/fault"
	"levelfield/engine/quality"
	"levelfield/engine/warehouse"
)

// corpusFile is what a publisher's file comes to when it has been typed and checked. Every number is read from the file
// by another program than ours.
type corpusFile struct {
	// Oracle says what the numbers were read with.
	Oracle string `json:"oracle"`
	Rows   int    `json:"rows"`
	// Areas is how many known areas there are, Unknown how many codes that are none.
	Areas   int `json:"areas"`
	Unknown int `json:"unknown"`
	// Periods are counted, with the first and the last by the day on which they end.
	Periods ImportedPeriods `json:"periods"`
	// Markers are the rows with each letter in each status column, by the column that the status belongs to.
	Markers map[string]map[string]int `json:"markers"`
	// Cells are rows: the texts of some columns as the warehouse holds them, which together single the row out.
	Cells []map[string]string `json:"cells"`
	// Places are where those rows stand: file and line, or sheet and row; "" where nothing is said.
	Places []string `json:"places"`
	// Warnings are parts of the messages, each of which must be told once; no others may be.
	Warnings []string `json:"warnings"`
	// Facts are the ids in facts.csv of what the case shows of publishers' files.
	Facts []string `json:"facts"`
}

// corpusTally is what all cases have read.
type corpusTally struct{ cases, rows, cells, markers atomic.Int64 }

// TestCorpus imports the publishers' files as they were shipped, each described by a dataset.yaml of testdata/corpus, down
// to typed and checked rows. A new case is a new folder there.
func TestCorpus(t *testing.T) {
	t.Parallel()
	root := corpusRoot(t)
	collection, faults := datasets.Load(os.DirFS("testdata"), "corpus")
	if len(faults) > 0 || len(collection.Datasets) == 0 {
		t.Fatalf("the descriptions have faults, or there are none:\n%v", faults.Sorted())
	}
	project, faults := Load(BuiltIn())
	if len(faults.Errors()) > 0 {
		t.Fatal(faults)
	}
	var tally corpusTally
	files := map[string]bool{}
	t.Run("files", func(t *testing.T) {
		for _, dataset := range collection.Datasets {
			for _, file := range filesOf(dataset) {
				files[file] = true
			}
			t.Run(dataset.ID, func(t *testing.T) {
				t.Parallel()
				want := readCorpusCase(t, dataset.ID)
				// The file lies under the folder of the shared data, and not beside its description.
				dataset.Folder = "."
				testCorpusFile(t, project, root, dataset, want, &tally)
			})
		}
	})
	t.Logf("%d files in %d cases: %d rows, %d cells, %d markers compared", len(files), tally.cases.Load(), tally.rows.Load(), tally.cells.Load(), tally.markers.Load())
}

// corpusRoot is the folder of the publishers' files; without it the test is skipped.
func corpusRoot(t *testing.T) string {
	t.Helper()
	root := filepath.Join("..", "..", "shared", "data")
	if _, err := os.Stat(root); err != nil {
		t.Skip("shared data not present: ../shared/data")
	}
	return root
}

func readCorpusCase(t *testing.T, id string) corpusFile {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "corpus", id, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want corpusFile
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if want.Oracle == "" || want.Rows == 0 || len(want.Cells) == 0 {
		t.Fatalf("%s: a case names its oracle, its rows and at least one row's cells", id)
	}
	return want
}

func testCorpusFile(t *testing.T, project Project, root string, dataset datasets.Dataset, want corpusFile, tally *corpusTally) {
	ctx := t.Context()
	session, err := warehouse.Open(ctx, warehouse.Options{Threads: 1, TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = session.Close() }()
	received, err := source.Receive(ctx, dataset, source.Options{Files: os.DirFS(root)})
	if err != nil {
		t.Fatal(err)
	}
	in := importer{project: &project, session: session}
	read, err := in.load(ctx, dataset, received, tableOf(dataset.ID))
	if err != nil {
		t.Fatal(err)
	}
	if read.table == nil {
		t.Fatalf("got no table: %v", read.faults)
	}
	found, err := quality.Context{Areas: project.Areas}.Check(ctx, session, dataset, tableOf(dataset.ID), read.table.Place)
	if err != nil {
		t.Fatal(err)
	}
	read.faults.Add(found...)
	holdWarnings(t, read.faults, want.Warnings)
	areas := areasOf(read.typed, "", "")
	got := corpusFile{Rows: read.rows, Areas: areas.Known, Unknown: len(areas.Unknown), Periods: periodsOf(read.typed), Markers: map[string]map[string]int{}}
	counted, err := in.markers(ctx, dataset)
	if err != nil {
		t.Fatal(err)
	}
	for _, marker := range counted {
		if got.Markers[marker.Column] == nil {
			got.Markers[marker.Column] = map[string]int{}
		}
		got.Markers[marker.Column][marker.Letter] = marker.Rows
		tally.markers.Add(int64(marker.Rows))
	}
	same := corpusFile{Rows: want.Rows, Areas: want.Areas, Unknown: want.Unknown, Periods: want.Periods, Markers: want.Markers}
	if same.Markers == nil {
		same.Markers = map[string]map[string]int{}
	}
	if diff := cmp.Diff(same, got); diff != "" {
		t.Errorf("what the file holds (-want +got), by %s:\n%s", want.Oracle, diff)
	}
	for i, cells := range want.Cells {
		place := ""
		if i < len(want.Places) {
			place = want.Places[i]
		}
		holdCells(t, session, dataset, read.table.Place, cells, place)
	}
	tally.cases.Add(1)
	tally.rows.Add(int64(read.rows))
	tally.cells.Add(int64(read.rows * len(dataset.Columns)))
}

// holdWarnings holds the faults to be the warnings that are expected, and no others.
func holdWarnings(t *testing.T, faults fault.List, want []string) {
	t.Helper()
	left := slices.Clone(want)
	for _, f := range faults.Sorted() {
		at := slices.IndexFunc(left, func(part string) bool { return strings.Contains(f.String(), part) })
		if f.Severity != fault.Warning || at < 0 {
			t.Errorf("got the fault: %.400s", f.String())
			continue
		}
		left = slices.Delete(left, at, at+1)
	}
	for _, part := range left {
		t.Errorf("got no warning with %q, want one", part)
	}
}

// holdCells holds exactly one row to have the cells, and it to stand at a place of the file.
func holdCells(t *testing.T, session *warehouse.Session, dataset datasets.Dataset, place func(int, string) fault.Place, cells map[string]string, at string) {
	t.Helper()
	conditions := []string{"true"}
	for _, name := range slices.Sorted(maps.Keys(cells)) {
		if _, is := dataset.Column(name); !is {
			t.Errorf("%v: no column %s in the dataset", cells, name)
			return
		}
		conditions = append(conditions, fmt.Sprintf("coalesce(%s::VARCHAR, '') = %s", warehouse.Identifier(name), warehouse.Literal(cells[name])))
	}
	rows, err := session.Strings(t.Context(), "SELECT _row FROM "+warehouse.Identifier(tableOf(dataset.ID))+" WHERE "+strings.Join(conditions, " AND "))
	if err != nil {
		t.Error(err)
		return
	}
	if len(rows) != 1 {
		t.Errorf("got %d rows with %v, want one", len(rows), cells)
		return
	}
	var row int
	if _, err := fmt.Sscan(rows[0][0], &row); err != nil {
		t.Error(err)
	}
	last := dataset.Columns[len(dataset.Columns)-1].Name
	if got := place(row, last).String(); at != "" && got != at && !strings.HasPrefix(got, at+":") {
		t.Errorf("%v: got the row at %s, want %s", cells, got, at)
	}
}
