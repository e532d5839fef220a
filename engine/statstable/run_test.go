package statstable_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"levelfield/engine/statstable"
)

// found is a method that must be there.
func found(t *testing.T, name string) statstable.Method {
	t.Helper()
	m, is := statstable.Find(name)
	if !is {
		t.Fatalf("got no method %s, want one", name)
	}
	return m
}

// A row a group keeps the group, and of what is not read what its rows agree in; the groups stand in the order in which
// they first do. The header is the same whatever the rows hold.
func TestGroupsBecomeRows(t *testing.T) {
	t.Parallel()
	out := ran(t, found(t, "mean"), "", "", "region,group,pupil,v\nEast,b,1,2\nWest,a,2,3\nEast,b,3,4\nWest,a,4,5\n")
	want := []string{"region", "group", "pupil", "n", "sd", "value", "lower95", "upper95", "lower998", "upper998", "method", "status", "reason"}
	if diff := cmp.Diff(want, out.Header); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
	rows := records(t, out)
	if len(rows) != 3 || strings.Join(rows[1][:4], ",") != "East,b,,2" || strings.Join(rows[2][:4], ",") != "West,a,,2" {
		t.Errorf("got %v, want the groups b and a, with their regions and no pupil", rows)
	}
	alike := ran(t, found(t, "mean"), "", "", "region,group,pupil,v\nEast,b,1,2\n")
	if diff := cmp.Diff(want, alike.Header); diff != "" {
		t.Errorf("header of one row (-want +got):\n%s", diff)
	}
}

// What is computed replaces what stood under its name, and says so.
func TestAddedColumnsReplace(t *testing.T) {
	t.Parallel()
	out := ran(t, found(t, "proportion"), "", "", "value,x,n,note,status\n9,1,2,kept,old\n")
	if diff := cmp.Diff([]string{"value", "status"}, out.Replaced); diff != "" {
		t.Errorf("replaced (-want +got):\n%s", diff)
	}
	rows := records(t, out)
	if got := strings.Join(rows[1][:4], ","); got != "1,2,kept,0.5" {
		t.Errorf("got %s, want what was there without value and status, then the share", got)
	}
}

// Rows of other kinds than text keep their text to the letter, and numbers read in any of their written forms.
func TestCellsPassThrough(t *testing.T) {
	t.Parallel()
	out := ran(t, found(t, "rate"), "--per 1", "", "\xEF\xBB\xBFnote,x,n\r\n\" a, \"\"b\"\"\n c\", 1 ,\"2,000\"\r\n-0.50,+1e2,1000\r\n")
	rows := records(t, out)
	if rows[1][0] != " a, \"b\"\n c" || rows[1][1] != " 1 " || rows[1][2] != "2,000" || rows[1][3] != "0.0005" {
		t.Errorf("got %q, want the cells as they stood and 1 of 2000", rows[1])
	}
	if rows[2][0] != "-0.50" || rows[2][3] != "0.1" {
		t.Errorf("got %q, want the cells as they stood and 100 of 1000", rows[2])
	}
	var text bytes.Buffer
	if err := out.JSON(&text); err != nil || !strings.Contains(text.String(), `{"note": " a, \"b\"\n c", "x": " 1 ", "n": "2,000", "value": 0.0005, `) {
		t.Errorf("got %v and %s, want texts as texts and numbers as numbers", err, text.String())
	}
}

func TestOptionsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		method string
		given  map[string]string
		want   string
	}{
		{"proportion", map[string]string{"interval": "wald"}, `--interval is "wald", and is one of wilson, wilson-cc, clopper-pearson, jeffreys, mid-p`},
		{"proportion", map[string]string{"multiplier": "NaN"}, `--multiplier is "NaN", and is a number above 0`},
		{"proportion", map[string]string{"per": "1"}, "proportion takes no --per"},
		{"isr", nil, "isr needs --reference"},
		{"isr", map[string]string{"reference": "a.csv"}, "--reference cannot be read here"},
		{"sii", map[string]string{"transform": "true"}, "--transform needs --scale log or --scale logit"},
	} {
		_, err := found(t, c.method).Options(c.given, nil)
		var wrong statstable.OptionError
		if !errors.As(err, &wrong) || wrong.Error() != c.want {
			t.Errorf("%s %v: got %v, want %s", c.method, c.given, err, c.want)
		}
	}
	away := errors.New("away")
	_, err := found(t, "isr").Options(map[string]string{"reference": "a.csv"}, func(string) (io.ReadCloser, error) { return nil, away })
	if !errors.Is(err, away) {
		t.Errorf("a second table that cannot be opened: got %v, want %v", err, away)
	}
}

// full is a disk without room, and broken a pipe that breaks.
type (
	full   struct{}
	broken struct{}
)

func (full) Write([]byte) (int, error)  { return 0, io.ErrShortWrite }
func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestStreamsThatFail(t *testing.T) {
	t.Parallel()
	m := found(t, "rate")
	if _, err := m.Read("t.csv", broken{}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("read: got %v, want %v", err, io.ErrUnexpectedEOF)
	}
	out := ran(t, m, "", "", "x,n\n1,2\n")
	for name, write := range map[string]func(io.Writer) error{"CSV": out.CSV, "JSON": out.JSON} {
		if err := write(full{}); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s: got %v, want %v", name, err, io.ErrShortWrite)
		}
	}
}

// BenchmarkRows is the whole way of 100,000 rows: read, computed and written.
func BenchmarkRows(b *testing.B) {
	const rows = 100_000
	var text strings.Builder
	text.WriteString("area,x,n\n")
	for i := range rows {
		fmt.Fprintf(&text, "E%08d,%d,%d\n", i, i%50, 50+i%1000)
	}
	m, _ := statstable.Find("proportion")
	o, err := m.Options(nil, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		table, err := m.Read("t.csv", strings.NewReader(text.String()))
		if err != nil {
			b.Fatal(err)
		}
		out, err := m.Run(table, o)
		if err != nil {
			b.Fatal(err)
		}
		if err := out.CSV(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
