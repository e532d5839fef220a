package source

import "testing"

// TestRuns counts values as Parquet's description of its hybrid of runs and packed bits does: the numbers 0 to 7, packed
// three bits wide, are its own example.
func TestRuns(t *testing.T) {
	t.Parallel()
	packed := []byte{0x03, 0b10001000, 0b11000110, 0b11111010}
	for _, test := range []struct {
		name   string
		data   []byte
		width  int
		wanted int
		held   int
	}{
		{"a packed group", packed, 3, 8, 8},
		{"fewer wanted than packed", packed, 3, 5, 5},
		{"more wanted than packed", packed, 3, 9, 8},
		{"a group cut short holds what its bytes hold", packed[:3], 3, 8, 5},
		{"a run of eight", []byte{0x10, 0x01}, 1, 8, 8},
		{"a run without its value", []byte{0x10}, 1, 8, 0},
		{"a run, then a group", append([]byte{0x10, 0x01}, packed...), 3, 16, 16},
		{"runs of nothing", []byte{0x00, 0x01, 0x00, 0x01}, 1, 1, 0},
		{"a header without an end", []byte{0xff, 0xff}, 1, 1, 0},
		{"nothing", nil, 1, 1, 0},
	} {
		if got := runs(test.data, test.width, test.wanted); got != test.held {
			t.Errorf("%s: got %d values, want %d", test.name, got, test.held)
		}
	}
}
