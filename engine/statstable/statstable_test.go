package statstable_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"levelfield/engine/fault"
	"levelfield/engine/statstable"
)

// options are those of the flags of an example; second tables come from the second text.
func options(t *testing.T, m statstable.Method, flags, second string) statstable.Options {
	t.Helper()
	given := map[string]string{}
	words := strings.Fields(flags)
	for i := 0; i < len(words); i++ {
		name := strings.TrimPrefix(words[i], "--")
		at := slices.IndexFunc(m.Takes, func(o statstable.Option) bool { return o.Name == name })
		if at < 0 {
			t.Fatalf("%s: got the flag %q, want one that it takes", m.Name, words[i])
		}
		if given[name] = "true"; !m.Takes[at].Switch {
			i++
			given[name] = words[i]
		}
	}
	o, err := m.Options(given, func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(second)), nil })
	if err != nil {
		t.Fatalf("%s %s: %v", m.Name, flags, err)
	}
	return o
}

// ran is what a method makes of a table.
func ran(t *testing.T, m statstable.Method, flags, second, table string) statstable.Output {
	t.Helper()
	read, err := m.Read("table.csv", strings.NewReader(table))
	if err != nil {
		t.Fatalf("%s: %v", m.Name, err)
	}
	out, err := m.Run(read, options(t, m, flags, second))
	if err != nil {
		t.Fatalf("%s: %v", m.Name, err)
	}
	return out
}

// records are the output as CSV, read again.
func records(t interface {
	Helper()
	Fatal(...any)
}, out statstable.Output) [][]string {
	t.Helper()
	var written bytes.Buffer
	if err := out.CSV(&written); err != nil {
		t.Fatal(err)
	}
	read, err := csv.NewReader(&written).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// TestEveryMethodIsWhole runs each entry on its own example: the words of its help are there, one function takes its rows,
// the columns that it promises are those that it fills, and some row has a value and some has a reason.
func TestEveryMethodIsWhole(t *testing.T) {
	t.Parallel()
	for _, m := range statstable.Methods() {
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			functions := 0
			for _, is := range []bool{m.Row != nil, m.Each != nil, m.Group != nil} {
				if is {
					functions++
				}
			}
			if functions != 1 || m.Short == "" || m.Long == "" || m.Example == "" {
				t.Fatalf("got %d functions, Short %q, Long %q, Example %q, want one function and all words", functions, m.Short, m.Long, m.Example)
			}
			for _, c := range m.Reads {
				if c.Is == "" {
					t.Errorf("column %s: got no words for the help", c.Name)
				}
			}
			for _, o := range m.Takes {
				if o.Usage == "" || o.File == nil && !o.Switch && len(o.Choices) == 0 && (o.Is == "" || o.Valid == nil) {
					t.Errorf("option %s: got %+v, want words for its help and, of a number, what it may be", o.Name, o)
				}
			}
			out := ran(t, m, m.ExampleFlags, m.ExampleSecond, m.Example)
			if want := m.Adds; !slices.Equal(out.Header[len(out.Header)-len(want):], want) {
				t.Fatalf("got the header %v, want it to end with %v", out.Header, want)
			}
			whole, reasons := 0, 0
			for i, record := range records(t, out)[1:] {
				if len(out.Rows[i]) != len(out.Header) {
					t.Fatalf("row %d: got %d cells, want %d", i+1, len(out.Rows[i]), len(out.Header))
				}
				status, reason := slices.Index(out.Header, "status"), slices.Index(out.Header, "reason")
				if status < 0 || reason < 0 {
					t.Fatalf("got the header %v, want status and reason in it", out.Header)
				}
				if record[status] == "" {
					whole++
				} else if record[reason] != "" {
					reasons++
				}
			}
			if whole == 0 || reasons == 0 {
				t.Errorf("example: got %d rows with a value and %d with a reason, want some of each", whole, reasons)
			}
			var text bytes.Buffer
			if err := out.JSON(&text); err != nil || !json.Valid(text.Bytes()) {
				t.Errorf("JSON: got %v and %s, want valid JSON", err, text.Bytes())
			}
		})
	}
}

// FuzzRead holds every reader to a table or faults with a place, and never both.
func FuzzRead(f *testing.F) {
	for _, m := range statstable.Methods() {
		f.Add(m.Name, m.Example)
	}
	f.Add("rate", "\xEF\xBB\xBFx,n\r\n1,2\r\n")
	f.Add("rate", "x,n\n\"1,000\",1e400\n-,\"\n")
	f.Add("rate", "x;n\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		m, is := statstable.Find(name)
		if !is {
			return
		}
		table, err := m.Read("t.csv", strings.NewReader(text))
		var faults fault.List
		switch {
		case err == nil && table == nil, err != nil && table != nil:
			t.Fatalf("got %v and %v, want a table or faults", table, err)
		case err != nil && (!errors.As(err, &faults) || faults[0].File != "t.csv"):
			t.Fatalf("got %v, want faults of the file", err)
		case err != nil:
			return
		}
		given, err := m.Options(nil, nil)
		if err != nil {
			return // it needs an option
		}
		out, err := m.Run(table, given)
		if err != nil {
			return
		}
		for _, record := range records(t, out)[1:] {
			for i, cell := range record {
				if name := out.Header[i]; slices.Contains(m.Adds, name) && (cell == "NaN" || strings.HasSuffix(cell, "Inf")) {
					t.Errorf("%s: got %s, want a number or nothing", name, cell)
				}
			}
		}
	})
}
