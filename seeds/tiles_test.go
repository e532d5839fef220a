package seeds

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestEveryWardHasATile reads the built-in project's map of tiles.
func TestEveryWardHasATile(t *testing.T) {
	t.Parallel()
	areas, _ := LoadAreas(Files(), "areas.csv")
	areas, _ = LoadSmallAreas(Files(), "project/areas.csv", areas)
	tiles, faults := LoadTiles(Files(), "project/tiles.csv", areas)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, area := range areas.Small() {
		if _, placed := tiles[area.Code]; area.Type == "ward" && !placed {
			t.Errorf("got no tile of %s, want one of every ward", area.Name)
		}
	}
	if west, east := tiles["E05002229"], tiles["E05002233"]; west[0] >= east[0] {
		t.Errorf("got Aveley in column %d and Corringham in %d, want west to the left", west[0], east[0])
	}
}

func TestTilesHaveFaultsWithTheirPlaces(t *testing.T) {
	t.Parallel()
	areas, _ := LoadAreas(Files(), "areas.csv")
	areas, _ = LoadSmallAreas(Files(), "project/areas.csv", areas)
	text := "code,column,row\n" +
		"E05002229,0,0\n" +
		"E05002230,0,0\n" +
		"E05002231,-1,99\n" +
		"E05002229,3,3\n" +
		"E05999999,4,4\n" +
		"E05002232,one,2\n"
	tiles, faults := LoadTiles(fstest.MapFS{"tiles.csv": {Data: []byte(text)}}, "tiles.csv", areas)
	var got []string
	for _, f := range faults.Sorted() {
		got = append(got, f.String())
	}
	want := []string{
		`tiles.csv:3:11: column: Belhus stands on the tile of Aveley and Uplands (give it another column or row)`,
		`tiles.csv:4:11: column: is "-1" (write a whole number from 0 to 40)`,
		`tiles.csv:4:14: row: is "99" (write a whole number from 0 to 40)`,
		`tiles.csv:5:1: code: "E05002229" stands twice (keep one of the two)`,
		`tiles.csv:6:1: code: no area "E05999999" (name the small area in areas.csv first)`,
		`tiles.csv:7:11: column: is "one" (write a whole number from 0 to 40)`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults differ (-want +got):\n%s", diff)
	}
	if len(tiles) != 1 {
		t.Errorf("got %v, want the one sound tile", tiles)
	}
	if none, faults := LoadTiles(fstest.MapFS{}, "tiles.csv", areas); len(none)+len(faults) != 0 {
		t.Errorf("got %v and %v of no file, want nothing", none, faults)
	}
}
