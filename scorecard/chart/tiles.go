package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// tilesFigure is a map of tiles: one square a small area, so that a large and empty one weighs no more than a small and
// crowded one. The classes differ in lightness, and every tile carries its number. Where tiles are too small for names they
// carry numbers that a list below explains.
var tilesFigure = figure{
	height: func(spec scorecard.Chart, width vg.Length) vg.Length {
		if tilesEmpty(spec) {
			return emptyHeight
		}
		return layTiles(spec, width).height()
	},
	draw:     drawTiles,
	describe: describeTiles,
	table:    tilesTable,
}

func tilesEmpty(spec scorecard.Chart) bool {
	return !slices.ContainsFunc(spec.Tiles, func(tile scorecard.AreaTile) bool { _, known := number(tile.Value); return known })
}

// tileMap is the layout.
type tileMap struct {
	columns, rows int
	wide, high    vg.Length // of a tile with its gap
	named         bool      // tiles carry names
	numbered      bool      // tiles carry their figures
	names         []string
	list          []string // where they do not
	listHeight    vg.Length
	key           []keyPiece
	keyRoom       vg.Length
}

const tileGap = vg.Length(3)

// classShares are how strongly the classes are inked, from the lowest values: neighbours differ by 1.3 times or more in
// contrast, and text holds 4.5:1 on each.
var classShares = []float64{0.08, 0.3, 0.45, 1}

func layTiles(spec scorecard.Chart, width vg.Length) tileMap {
	layout := tileMap{columns: 1, rows: 1}
	for _, tile := range spec.Tiles {
		layout.columns = max(layout.columns, tile.Column+1)
		layout.rows = max(layout.rows, tile.Row+1)
	}
	layout.wide = min(width/vg.Length(layout.columns), 118)
	layout.named, layout.numbered = true, true
	deepest := vg.Length(0)
	for _, tile := range spec.Tiles {
		name := wrapTight(tile.Label, headStyle, layout.wide-tileGap-8)
		layout.names = append(layout.names, name)
		layout.named = layout.named && broad(name, headStyle) <= layout.wide-tileGap-6
		layout.numbered = layout.numbered && measure(tileNumber(tile, spec.Unit), bold(headStyle).Font) <= layout.wide-tileGap-4
		deepest = max(deepest, tall(name, headStyle))
	}
	layout.high = deepest + 34
	if layout.named = layout.named && layout.numbered && layout.high <= 1.2*layout.wide; !layout.named {
		layout.high = 46
		for i, tile := range sortedTiles(spec) {
			words := wrap(fmt.Sprintf("%d %s %s", i+1, tile.Label, tileNumber(tile, spec.Unit)), headStyle, width-4)
			layout.list = append(layout.list, words)
			layout.listHeight += tall(words, headStyle) + 3
		}
		layout.listHeight += 12
	}
	layout.key, layout.keyRoom = classKey(spec, width)
	return layout
}

func (t tileMap) height() vg.Length {
	return t.keyRoom + vg.Length(t.rows)*t.high + t.listHeight + 4
}

// wrapTight is wrap that may break after a hyphen too.
func wrapTight(words string, style text.Style, width vg.Length) string {
	const hinge = "-\u200b "
	wrapped := wrap(strings.ReplaceAll(words, "-", hinge), style, width)
	return strings.NewReplacer(hinge, "-", "-\u200b\n", "-\n", "-\u200b", "-").Replace(wrapped)
}

// sortedTiles are the tiles in the order of their names.
func sortedTiles(spec scorecard.Chart) []scorecard.AreaTile {
	tiles := slices.Clone(spec.Tiles)
	slices.SortStableFunc(tiles, func(a, b scorecard.AreaTile) int { return cmp.Compare(a.Label, b.Label) })
	return tiles
}

func tileNumber(tile scorecard.AreaTile, unit scorecard.Unit) string {
	value, known := number(tile.Value)
	if !known {
		return absence(tile.Status)
	}
	return strings.TrimSpace(bare(unit).Format(value) + " " + markers(tile.Status))
}

// classOf is the class of a value, and whether there is one.
func classOf(spec scorecard.Chart, value float64) (int, bool) {
	for i, class := range spec.Classes[:min(len(spec.Classes), len(classShares))] {
		last := i == len(spec.Classes)-1
		if value >= class.From && (value < class.To || last && value <= class.To) {
			return i, true
		}
	}
	return 0, false
}

// classInk is the ground of a class, and the ink of the text on it.
func classInk(class, classes int) (ground, words ink) {
	share := classShares[len(classShares)-1]
	if classes > 1 {
		share = classShares[class*(len(classShares)-1)/(classes-1)]
	}
	if share == 1 {
		return navy, paper
	}
	return navy.wash(share), dark
}

func classKey(spec scorecard.Chart, width vg.Length) ([]keyPiece, vg.Length) {
	var pieces []keyPiece
	classes := spec.Classes[:min(len(spec.Classes), len(classShares))]
	for i, class := range classes {
		words := bare(spec.Unit).Format(class.From) + " to under " + spec.Unit.Format(class.To)
		if i == len(classes)-1 {
			words = bare(spec.Unit).Format(class.From) + " to " + spec.Unit.Format(class.To)
		}
		ground, _ := classInk(i, len(classes))
		pieces = append(pieces, keyPiece{words: words, style: typeStyle(small, dark), sample: func(c draw.Canvas, x, y vg.Length) {
			tileBox(c, ground, box(x+2, x+keySample-8, y, 15))
		}})
	}
	return flowKey(pieces, width)
}

// tileBox fills a tile and draws its edge, which keeps the lightest ones apart from paper.
func tileBox(c draw.Canvas, ground ink, corners []vg.Point) {
	c.FillPolygon(ground, corners)
	c.SetLineStyle(draw.LineStyle{Color: muted, Width: 1})
	c.Stroke(polygon(corners))
}

func drawTiles(c draw.Canvas, spec scorecard.Chart) {
	if tilesEmpty(spec) {
		lacking(c, large)
		return
	}
	layout := layTiles(spec, c.Max.X-c.Min.X)
	for _, piece := range layout.key {
		piece.draw(c)
	}
	indices := map[string]int{}
	for i, tile := range sortedTiles(spec) {
		indices[tile.Label] = i + 1
	}
	top := c.Max.Y - layout.keyRoom
	for i, tile := range spec.Tiles {
		x, y := c.Min.X+layout.wide*vg.Length(tile.Column), top-layout.high*(vg.Length(tile.Row)+0.5)
		ground, words := paper, dark
		if value, known := number(tile.Value); known {
			if class, found := classOf(spec, value); found {
				ground, words = classInk(class, min(len(spec.Classes), len(classShares)))
			}
		}
		tileBox(c, ground, box(x+1, x+layout.wide-tileGap+1, y, layout.high-tileGap))
		centre := x + layout.wide/2
		name := layout.names[i]
		if !layout.named {
			name = strconv.Itoa(indices[tile.Label])
		}
		style := aligned(typeStyle(small, words), draw.XCenter)
		if !layout.numbered {
			write(c, bold(style), centre, y, name)
			continue
		}
		write(c, style, centre, y+9, name)
		write(c, bold(style), centre, y-layout.high/2+14, tileNumber(tile, spec.Unit))
	}
	y := top - layout.high*vg.Length(layout.rows) - 10
	for _, words := range layout.list {
		high := tall(words, headStyle)
		write(c, typeStyle(small, dark), c.Min.X+barIndent, y-high/2, words)
		y -= high + 3
	}
}

func describeTiles(spec scorecard.Chart) []string {
	if tilesEmpty(spec) {
		return []string{"Map of tiles without figures."}
	}
	said := []string{fmt.Sprintf("Map of tiles, one for each of %s.", areas(len(spec.Tiles)))}
	tiles := slices.DeleteFunc(sortedTiles(spec), func(tile scorecard.AreaTile) bool { _, known := number(tile.Value); return !known })
	slices.SortStableFunc(tiles, func(a, b scorecard.AreaTile) int { return cmp.Compare(*a.Value, *b.Value) })
	low, high := tiles[0], tiles[len(tiles)-1]
	said = append(said, fmt.Sprintf("From %s in %s to %s in %s.", spec.Unit.Format(*low.Value), low.Label, spec.Unit.Format(*high.Value), high.Label))
	classes := spec.Classes[:min(len(spec.Classes), len(classShares))]
	for i, class := range classes {
		var held []string
		for _, tile := range tiles {
			if found, known := classOf(spec, *tile.Value); known && found == i {
				held = append(held, tile.Label)
			}
		}
		if len(held) > 0 {
			said = append(said, fmt.Sprintf("%s to %s: %s.", bare(spec.Unit).Format(class.From), spec.Unit.Format(class.To), strings.Join(held, ", ")))
		}
	}
	var missing []string
	for _, tile := range sortedTiles(spec) {
		if _, known := number(tile.Value); !known {
			missing = append(missing, tile.Label+" "+absence(tile.Status))
		}
	}
	return append(said, tail(spec, missing)...)
}

func tilesTable(spec scorecard.Chart) scorecard.DataTable {
	head := spec.Unit.Words
	if head == "" {
		head = "Value"
	}
	made := scorecard.DataTable{Heads: []string{"Area", head}}
	for _, tile := range sortedTiles(spec) {
		made.Rows = append(made.Rows, []string{tile.Label, tileNumber(tile, spec.Unit)})
	}
	return made
}
