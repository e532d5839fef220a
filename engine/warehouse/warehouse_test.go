package warehouse_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/google/go-cmp/cmp"

	"levelfield/engine/fault"
	"levelfield/engine/warehouse"
)

func open(t *testing.T, options warehouse.Options) *warehouse.Session {
	t.Helper()
	session, err := warehouse.Open(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Error(err)
		}
	})
	return session
}

// lines are the rows of a CSV text without a heading; the first is row 2.
type lines struct {
	reader *csv.Reader
	row    int
}

func linesOf(text string) *lines {
	reader := csv.NewReader(strings.NewReader(text))
	reader.FieldsPerRecord = -1
	return &lines{reader: reader, row: 1}
}

// rowsOf are the rows of a CSV text in one part.
func rowsOf(text string) iter.Seq[warehouse.Rows] { return inParts(linesOf(text)) }

func inParts(parts ...warehouse.Rows) iter.Seq[warehouse.Rows] { return slices.Values(parts) }

func (l *lines) Next() (int, []string, error) {
	cells, err := l.reader.Read()
	l.row++
	return l.row, cells, err
}

func place(row int, column string) fault.Place {
	return fault.At("figures.csv", row, map[string]int{"n": 2, "x": 3}[column])
}

var columns = []warehouse.Column{
	{Name: "area", Type: warehouse.Text},
	{Name: "n", Type: warehouse.Integer, Markers: map[string]string{"c": "c", "-": "x"}, Status: "n_status"},
	{Name: "x", Type: warehouse.Number, Markers: map[string]string{"low": "low"}, Status: "status"},
	{Name: "status", Type: warehouse.Text},
}

func query(t *testing.T, session *warehouse.Session, text string) [][]string {
	t.Helper()
	rows, err := session.Strings(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestLoad(t *testing.T) {
	t.Parallel()
	session := open(t, warehouse.Options{})
	count, faults, err := session.Load(t.Context(), "odd \"name'", columns, rowsOf(
		"A,1,2.5,\nB,\"29,199\",\"1,234.5\",p\nC,c,low,p\nD, -7 ,-1e-3,\nE,,.5,e p\nF,-,,\n"), place)
	if err != nil || len(faults) > 0 || count != 6 {
		t.Fatalf("got %d, %v, %v, want 6 rows", count, faults, err)
	}
	want := [][]string{
		{"2", "A", "1", "2.5", "", ""}, {"3", "B", "29199", "1234.5", "p", ""}, {"4", "C", "", "", "p low", "c"},
		{"5", "D", "-7", "-0.001", "", ""}, {"6", "E", "", "0.5", "e p", ""}, {"7", "F", "", "", "", "x"},
	}
	text := "SELECT _row, area, n, x, status, n_status FROM " + warehouse.Identifier("odd \"name'") + " ORDER BY _row"
	if diff := cmp.Diff(want, query(t, session, text)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestLoadReportsEveryFault(t *testing.T) {
	t.Parallel()
	session := open(t, warehouse.Options{})
	_, faults, err := session.Load(t.Context(), "t", columns, rowsOf(
		"A,1.5,nan,\nB,1_000,inf,\nC,9223372036854775808,1e400,\nD,0x1f,\"1,23\",\nE,true,--1,\nF,1\nG,[z],1.2.3,\nH,1e3,.,\n"), place)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range faults {
		got = append(got, f.String())
	}
	correct := " (correct the cell, or give the column another type in dataset.yaml)"
	marker := " (if it is a marker, add it to source.markers in dataset.yaml)"
	none := " (where there is no figure, leave the cell empty or add a marker to source.markers in dataset.yaml)"
	want := []string{
		`figures.csv:7: row 7 has 2 cells, the dataset has 4 columns`,
		`figures.csv:2:2: n: row 2: read "1.5": not an integer (correct the cell, or say type: number in dataset.yaml)`,
		`figures.csv:3:2: n: row 3: read "1_000": not an integer` + correct,
		`figures.csv:4:2: n: row 4: read "9223372036854775808": too large for an integer of 64 bits (correct the cell)`,
		`figures.csv:5:2: n: row 5: read "0x1f": not an integer` + correct,
		`figures.csv:6:2: n: row 6: read "true": not an integer` + marker,
		`figures.csv:8:2: n: row 8: read "[z]": not an integer` + marker,
		`figures.csv:9:2: n: row 9: read "1e3": not an integer` + correct,
		`figures.csv:2:3: x: row 2: read "nan": not a number` + none,
		`figures.csv:3:3: x: row 3: read "inf": not a number` + none,
		`figures.csv:4:3: x: row 4: read "1e400": too large for a number (correct the cell)`,
		`figures.csv:5:3: x: row 5: read "1,23": not a number (a comma parts thousands, in threes; decimals follow a point)`,
		`figures.csv:6:3: x: row 6: read "--1": not a number` + correct,
		`figures.csv:8:3: x: row 8: read "1.2.3": not a number` + correct,
		`figures.csv:9:3: x: row 9: read ".": not a number` + marker,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestLoadCountsFaultsBeyondTheFirstHundred(t *testing.T) {
	t.Parallel()
	session := open(t, warehouse.Options{})
	_, faults, err := session.Load(t.Context(), "t", columns, rowsOf(strings.Repeat("A,many,1,\n", 150)+strings.Repeat("A\n", 102)), place)
	if err != nil {
		t.Fatal(err)
	}
	var counted []string
	for _, f := range faults {
		if strings.Contains(f.Message, "further") {
			counted = append(counted, f.Message)
		}
	}
	want := []string{"2 further rows have a wrong number of cells", "50 further cells are not an integer"}
	if diff := cmp.Diff(want, counted); diff != "" || len(faults) != 202 {
		t.Errorf("got %d faults, want 202 (-want +got):\n%s", len(faults), diff)
	}
}

func TestLoadStops(t *testing.T) {
	t.Parallel()
	session := open(t, warehouse.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := session.Load(ctx, "t", columns, rowsOf("A,1,1,\n"), place); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want cancelled", err)
	}
	if _, _, err := session.Load(t.Context(), "u", columns, inParts(broken{}), place); !errors.Is(err, errBroken) {
		t.Errorf("got %v, want %v", err, errBroken)
	}
}

// TestLoadInParts: parts of any number and size come to the table, faults and counts of the whole.
func TestLoadInParts(t *testing.T) {
	t.Parallel()
	var whole strings.Builder
	var parts []warehouse.Rows
	for part := range 40 {
		var text strings.Builder
		for line := range 7 * part {
			fmt.Fprintf(&text, "A%d,%d,%d.5,p\nB,c,low,\n", part, line, line)
			if line%5 == 4 {
				text.WriteString("C,many,1,\nD,1\n")
			}
		}
		next := linesOf(text.String())
		next.row = strings.Count(whole.String(), "\n") + 1
		parts = append(parts, next)
		whole.WriteString(text.String())
	}
	inOne, inMany := open(t, warehouse.Options{Threads: 1}), open(t, warehouse.Options{Threads: 3})
	count, faults, err := inOne.Load(t.Context(), "t", columns, rowsOf(whole.String()), place)
	if err != nil || count < 10_000 || len(faults) != 202 {
		t.Fatalf("whole: got %d rows, %d faults, %v, want more than 10,000 and 202", count, len(faults), err)
	}
	path := filepath.Join(t.TempDir(), "large.parquet")
	again, told, err := inMany.LoadLarge(t.Context(), "t", path, columns, inParts(parts...), place)
	if err != nil || again != count {
		t.Fatalf("in parts: got %d rows, %v, want %d", again, err, count)
	}
	if diff := cmp.Diff(faults, told); diff != "" {
		t.Errorf("faults (-whole +in parts):\n%s", diff)
	}
	if diff := cmp.Diff(query(t, inOne, "SELECT * FROM t"), query(t, inMany, "SELECT * FROM t")); diff != "" {
		t.Errorf("rows (-whole +in parts):\n%s", diff)
	}
}

// TestLoadStopsAtTheStatement: a table that is there already ends the reading of rows without an end.
func TestLoadStopsAtTheStatement(t *testing.T) {
	t.Parallel()
	session := open(t, warehouse.Options{Threads: 2})
	if err := session.Exec(t.Context(), "CREATE TABLE t (a INTEGER)"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := session.Load(t.Context(), "t", columns, inParts(endless{}, endless{}, endless{}), place); err == nil || !strings.Contains(err.Error(), "already exists") {
		t.Errorf("got %v, want that the table exists", err)
	}
	if rows := query(t, session, "SELECT count(*) FROM duckdb_views() WHERE NOT internal"); rows[0][0] != "0" {
		t.Errorf("got %s views left, want none", rows[0][0])
	}
}

type endless struct{}

func (endless) Next() (int, []string, error) { return 1, []string{"A", "1", "2", "p"}, nil }

var errBroken = errors.New("the file ends inside a cell")

type broken struct{}

func (broken) Next() (int, []string, error) { return 0, nil, errBroken }

func TestParquet(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "a [b] it's *")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	var files [][]byte
	for run := range 2 {
		session := open(t, warehouse.Options{Threads: 1 + run})
		if _, _, err := session.Load(t.Context(), "t", columns, rowsOf("A,1,2.5,\nB,c,,p\n"), place); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(folder, fmt.Sprintf("%d.parquet", run))
		if err := session.WriteParquet(t.Context(), "t", path); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, content)
		again := open(t, warehouse.Options{})
		if err := again.LoadParquet(t.Context(), "t", path); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(query(t, session, "SELECT * FROM t"), query(t, again, "SELECT * FROM t")); diff != "" {
			t.Errorf("table after Parquet (-want +got):\n%s", diff)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("got different bytes for equal tables, want equal ones")
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	secret := filepath.Join(folder, "secret.csv")
	if err := os.WriteFile(secret, []byte("a\n1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	session := open(t, warehouse.Options{Memory: "64MiB", Threads: 2, TempDir: filepath.Join(folder, "spill")})
	if err := session.Exec(t.Context(), "CREATE TABLE t AS SELECT i AS _row, hash(i)::VARCHAR AS a FROM range(3000000) AS r(i)"); err != nil {
		t.Fatal(err)
	}
	if err := session.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"SELECT * FROM read_csv(" + warehouse.Literal(secret) + ")",
		"SELECT * FROM " + warehouse.Literal(secret),
		"COPY t TO " + warehouse.Literal(filepath.Join(folder, "out.csv")),
		"ATTACH " + warehouse.Literal(filepath.Join(folder, "other.db")),
		"SET enable_external_access = true",
		"SET memory_limit = '8GiB'",
		"INSTALL httpfs",
		"LOAD httpfs",
	} {
		if err := session.Exec(t.Context(), statement); err == nil {
			t.Errorf("%s: got no error behind the lock, want one", statement)
		}
	}
	// About 100 MB of text sorted in 64 MiB has to spill, which the lock must not forbid.
	if err := session.Create(t.Context(), "sorted", "SELECT a, _row FROM t ORDER BY a"); err != nil {
		t.Errorf("spilling behind the lock: got %v, want none", err)
	}
}

func TestCreateStops(t *testing.T) {
	t.Parallel()
	session := open(t, warehouse.Options{Threads: 1})
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	started := time.Now()
	err := session.Create(ctx, "t", "SELECT count(*) AS n FROM range(100000000000) AS r(i) WHERE hash(i) % 3 = 1")
	if err == nil || time.Since(started) > 10*time.Second {
		t.Errorf("got %v after %v, want an error within seconds", err, time.Since(started))
	}
	if rows := query(t, session, "SELECT 1"); len(rows) != 1 {
		t.Errorf("got %v, want a session that goes on", rows)
	}
}

func TestArrow(t *testing.T) {
	t.Parallel()
	session := open(t, warehouse.Options{})
	if err := session.Create(t.Context(), "t", "SELECT i::DOUBLE / 2 AS v, CASE WHEN i % 2 = 0 THEN 'p' END AS f FROM range(5000) AS r(i)"); err != nil {
		t.Fatal(err)
	}
	records, err := session.Arrow(t.Context(), "SELECT * FROM t")
	if err != nil {
		t.Fatal(err)
	}
	defer warehouse.Release(records)
	rows, sum := 0, 0.0
	for _, record := range records {
		values, letters := record.Column(0).(*array.Float64), record.Column(1).(*array.String)
		for i := range int(record.NumRows()) {
			sum += values.Value(i)
			if letters.IsNull(i) != (rows%2 == 1) {
				t.Fatalf("row %d: got letters %q", rows, letters.Value(i))
			}
			rows++
		}
	}
	if want := 5000.0 * 4999 / 4; rows != 5000 || sum != want {
		t.Errorf("got %d rows with sum %v, want 5000 and %v", rows, sum, want)
	}
	if _, err := session.Arrow(t.Context(), "SELECT nothing"); err == nil {
		t.Error("got no error for a bad query, want one")
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	session := open(t, warehouse.Options{})
	tree, err := session.Parse(t.Context(), "sum(n) -- all")
	if err != nil || !bytes.Contains(tree, []byte(`"function_name":"sum"`)) || bytes.Contains(tree, []byte("all")) {
		t.Errorf("got %s, %v, want a tree without the comment", tree, err)
	}
	for expression, want := range map[string]warehouse.ParseError{
		"":                        {Message: "the expression is empty", Offset: -1},
		"n\x99":                   {Message: "the expression is not UTF-8 text", Offset: -1},
		" \n":                     {Message: "the expression is empty", Offset: -1},
		"n\x00":                   {Message: "the expression holds a null character", Offset: 1},
		strings.Repeat("n", 8001): {Message: "the expression is longer than 8000 bytes", Offset: -1},
		"n +* m ) 2":              {Message: `syntax error at or near ")"`, Offset: 7},
	} {
		_, err := session.Parse(t.Context(), expression)
		var got *warehouse.ParseError
		if !errors.As(err, &got) {
			t.Errorf("%.20q: got %v, want a parse error", expression, err)
			continue
		}
		if diff := cmp.Diff(want, *got); diff != "" {
			t.Errorf("%.20q (-want +got):\n%s", expression, diff)
		}
	}
}

func TestFunctions(t *testing.T) {
	t.Parallel()
	names, err := open(t, warehouse.Options{}).Functions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if found := strings.Join(names, " "); len(names) < 300 || !strings.Contains(found, "read_csv") || !strings.Contains(found, "sum") {
		t.Errorf("got %d functions, want at least 300 with read_csv and sum", len(names))
	}
}

func TestOpenRefusesBadLimits(t *testing.T) {
	t.Parallel()
	if session, err := warehouse.Open(t.Context(), warehouse.Options{Memory: "much"}); err == nil {
		t.Errorf("got %v, want an error", session)
	}
}

var _ io.Closer = (*warehouse.Session)(nil)
