package warehouse_test

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"levelfield/engine/warehouse"
)

// cells gives each cell as a row of a text, an integer and a number.
type cells struct {
	texts []string
	row   int
}

func (c *cells) Next() (int, []string, error) {
	if c.row == len(c.texts) {
		return 0, nil, io.EOF
	}
	c.row++
	cell := c.texts[c.row-1]
	return c.row, []string{cell, cell, cell, ""}, nil
}

// FuzzCells loads any cells, a line each, into columns with markers: each is the figure that is written there, or a marker,
// or empty, or a fault with a next step; none is two of these.
func FuzzCells(f *testing.F) {
	for _, seed := range []string{
		"1\n-7\n29,199\n1e3\n.5\n\"\n", "c\n-\nlow\n c \n[c]\n1 c\n", "45%\n£12\n#N/A\nNaN\n1e400\n9223372036854775808\n1,23\n(5)\n−5\n1 234\n2023-04-01\n12-Mar\n",
		"\xff\n\u00a05\n٣\n1_000\n0x1f\n+1\n--1\n1.\n-\n,\n1,,000\n",
	} {
		f.Add(seed)
	}
	session, err := warehouse.Open(f.Context(), warehouse.Options{Threads: 1})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = session.Close() })
	f.Fuzz(func(t *testing.T, text string) {
		texts := strings.Split(text, "\n")
		count, faults, err := session.Load(t.Context(), "t", columns, inParts(&cells{texts: texts}), place)
		if err != nil || count != len(texts) {
			t.Fatalf("got %d rows and %v, want %d", count, err, len(texts))
		}
		told := map[string]bool{}
		for _, one := range faults {
			told[one.Path+" "+strconv.Itoa(one.Line)] = true
			if message := one.String(); !utf8.ValidString(message) || len(message) > 1000 || one.Next == "" && one.Line > 0 {
				t.Errorf("got the fault %q, want a short text with a next step", message)
			}
		}
		rows := query(t, session, "SELECT n, x, n_status, status, area FROM t ORDER BY _row")
		if err := session.Drop(t.Context(), "t"); err != nil {
			t.Fatal(err)
		}
		if len(texts) > 50 {
			return
		}
		for i, cell := range texts {
			at := " " + strconv.Itoa(i+1)
			holdCell(t, cell, rows[i][0], rows[i][2], told["n"+at], []string{"c", "-"})
			holdCell(t, cell, rows[i][1], rows[i][3], told["x"+at], []string{"low"})
			if rows[i][4] != cell && !told["area"+at] {
				t.Errorf("%q: got the text %q", cell, rows[i][4])
			}
		}
	})
}

// holdCell holds what a cell has become to what stands there.
func holdCell(t *testing.T, cell, figure, status string, told bool, markers []string) {
	t.Helper()
	text := strings.TrimSpace(cell)
	marked := slices.Contains(markers, text)
	if told == (figure != "" || text == "" || marked) || (status != "") != marked || marked && figure != "" {
		t.Errorf("%q: got the figure %q, the status %q and a fault: %v", cell, figure, status, told)
	}
	if figure == "" {
		return
	}
	got, err := strconv.ParseFloat(figure, 64)
	want, wrong := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
	if err != nil || wrong != nil || got != want {
		t.Errorf("%q: got the figure %q", cell, figure)
	}
}
