package stats_test

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"levelfield/engine/stats"
)

// tolerance is the relative error allowed against an oracle printed to 17 digits.
const tolerance = 1e-9

// confidences of the exported methods, as the oracles print them.
const (
	confidence95  = 0.95
	confidence998 = 0.998
)

// row is one line of a CSV by the names of its header.
type row map[string]string

// number reads a cell; the second result is false for an empty cell, NA or NaN.
func (r row) number(t testing.TB, name string) (float64, bool) {
	t.Helper()
	cell, present := r[name]
	if !present {
		t.Fatalf("column %q: got none, want one", name)
	}
	if cell == "" || cell == "NA" || cell == "NaN" {
		return math.NaN(), false
	}
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		t.Fatalf("column %q: %v", name, err)
	}
	return v, true
}

// must is number for cells that are always there.
func (r row) must(t testing.TB, name string) float64 {
	t.Helper()
	v, ok := r.number(t, name)
	if !ok {
		t.Fatalf("column %q: got no number, want one", name)
	}
	return v
}

// pointer is number with nil for an absent one.
func (r row) pointer(t testing.TB, name string) *float64 {
	t.Helper()
	v, ok := r.number(t, name)
	if !ok {
		return nil
	}
	return &v
}

// readCSV reads a file with a header.
func readCSV(t testing.TB, path string) []row {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
	header := records[0]
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	rows := make([]row, 0, len(records)-1)
	for _, record := range records[1:] {
		r := row{}
		for i, name := range header {
			r[name] = record[i]
		}
		rows = append(rows, r)
	}
	return rows
}

// shared finds a file of the shared data folder beside the repository, or skips.
func shared(t testing.TB, name string) string {
	t.Helper()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if parent := filepath.Dir(root); parent != root {
			root = parent
			continue
		}
		t.Fatal("got no go.mod above the test, want one")
	}
	path := filepath.Join(root, "..", "shared", filepath.FromSlash(name))
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("shared data not present: %s", name)
	}
	return path
}

// near reports whether two numbers agree to the tolerance, relative to the larger. The
// absolute floor only lets a true zero stand against a rounding remainder.
func near(got, want float64) bool {
	const zero = 1e-300
	return math.Abs(got-want) <= tolerance*math.Max(math.Abs(got), math.Abs(want))+zero
}

// wantNumber checks one optional number.
func wantNumber(t testing.TB, what string, got *float64, want float64) {
	t.Helper()
	if got == nil {
		t.Errorf("%s: got none, want %v", what, want)
		return
	}
	if !near(*got, want) {
		t.Errorf("%s: got %v, want %v", what, *got, want)
	}
}

// limitsAt picks the limits of an oracle's confidence level.
func limitsAt(e stats.Estimate, confidence float64) (stats.Limits, bool) {
	switch {
	case near(confidence, confidence95):
		return e.At95(), true
	case near(confidence, confidence998):
		return e.At998(), true
	}
	return stats.Limits{}, false
}

// pointer returns a pointer to v.
func pointer(v float64) *float64 { return &v }
