package seeds

import (
	"errors"
	"io/fs"
	"strconv"

	"levelfield/engine/fault"
)

var tileColumns = []string{"code", "column", "row"}

// mostTiles is the largest column or row of a map of tiles: beyond it, no tile could be read.
const mostTiles = 40

// Tiles are the places of areas on a map of tiles: column and row by code, both from 0 at the top left.
type Tiles map[string][2]int

// LoadTiles reads the places of areas on a map of tiles: code, column and row, from 0 at the top left to 40. Of two small
// areas of one type none may stand on the other. A file that is not there places none.
func LoadTiles(fsys fs.FS, path string, areas Areas) (Tiles, fault.List) {
	tiles := Tiles{}
	if _, err := fs.Stat(fsys, path); errors.Is(err, fs.ErrNotExist) {
		return tiles, nil
	}
	rows, faults := readTable(fsys, path, tileColumns)
	type place struct {
		kind string
		at   [2]int
	}
	taken := map[place]string{}
	for _, read := range rows {
		code := read.get("code")
		var wrong fault.List
		area, known := areas.Lookup(code)
		if !known {
			wrong.Add(read.faultf("code", "no area %q", code).Hint("name the small area in areas.csv first"))
		}
		if _, twice := tiles[code]; twice {
			wrong.Add(read.faultf("code", "%q stands twice", code).Hint("keep one of the two"))
		}
		var at [2]int
		for i, column := range tileColumns[1:] {
			number, err := strconv.Atoi(read.get(column))
			if err != nil || number < 0 || number > mostTiles {
				wrong.Add(read.faultf(column, "is %q", read.get(column)).Hint("write a whole number from 0 to %d", mostTiles))
			}
			at[i] = number
		}
		if other, held := taken[place{area.Type, at}]; held && len(wrong) == 0 {
			wrong.Add(read.faultf("column", "%s stands on the tile of %s", area.Name, other).Hint("give it another column or row"))
		}
		if faults.Add(wrong...); len(wrong) == 0 {
			tiles[code] = at
			taken[place{area.Type, at}] = area.Name
		}
	}
	return tiles, faults
}
