package warehouse_test

import (
	"fmt"
	"strings"
	"testing"

	"levelfield/engine/warehouse"
)

// TestWritingsOfNumbers tells what to do about figures that people write in ways which could mean something else.
func TestWritingsOfNumbers(t *testing.T) {
	t.Parallel()
	spreadsheet := "an error of a spreadsheet (correct the formula, or ask the publisher; where it stands for no figure, add it to source.markers in dataset.yaml)"
	date := "a date (a spreadsheet may have made it of a figure such as 3-4: enter the figure again, in a cell of text)"
	comma := "not a number (a comma parts thousands, in threes; decimals follow a point)"
	spaces := "not a number (write it without spaces, or with commas between thousands)"
	mark := "not a number (a mark beside a figure belongs in a status column of its own)"
	unit := func(plain string) string {
		return "not a number (write " + plain + ": the unit is said in the indicator, and not in the cell)"
	}
	session := open(t, warehouse.Options{})
	columns := []warehouse.Column{{Name: "x", Type: warehouse.Number, Markers: map[string]string{"c": "c"}, Status: "status"}}
	for i, c := range []struct{ cell, want string }{
		{"#N/A", spreadsheet}, {"#DIV/0!", spreadsheet}, {"#NAME?", spreadsheet},
		{"45%", unit("45")}, {"-4.5 %", unit("-4.5")}, {"£1,200", unit("1,200")}, {"12 €", unit("12")}, {"-$3", unit("-3")},
		{"2024-04-03", date}, {"03/04/2024", date}, {"3-Apr", date}, {"Apr-24", date},
		{"1,23", comma}, {"12,34,567", comma}, {"1,2345", comma}, {"1,", comma},
		{"1 234", spaces}, {"12\u00a0345", spaces}, {"855 [p]", mark}, {"7*", mark}, {"1.5r", mark},
		{"(855)", "not a number (a number below nought is written with a minus: -855)"},
		{"\u2212855", "not a number (its minus is the character U+2212: write it with the hyphen of the keyboard)"},
		{"1e18", ""}, {"1.0000001e18", "too large for a number (correct the cell)"},
	} {
		_, faults, err := session.Load(t.Context(), fmt.Sprintf("t%d", i), columns, rowsOf(`"`+c.cell+"\"\n"), place)
		want := ""
		if c.want != "" {
			want = fmt.Sprintf("figures.csv:2:3: x: row 2: read %q: %s", c.cell, c.want)
		}
		if got := faults.Error(); err != nil || got != want {
			t.Errorf("got %q and %v, want %q", got, err, want)
		}
	}
}

// TestLongCellsAreCut keeps of a cell as long as its file no more than a message shows.
func TestLongCellsAreCut(t *testing.T) {
	t.Parallel()
	session := open(t, warehouse.Options{})
	_, faults, err := session.Load(t.Context(), "t", columns, rowsOf("A,"+strings.Repeat("é", 1<<20)+",1,\n"), place)
	if want := `read "` + strings.Repeat("é", 80) + `…": not an integer`; err != nil || len(faults) != 1 || !strings.Contains(faults[0].Message, want) {
		t.Errorf("got %.300v and %v, want a message with 80 characters of the cell", faults, err)
	}
}
