package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// mapFigure is a map of small areas by their boundaries: classes differ in lightness, each area has a number, and the list
// below says what every number stands for. An area too small for its number is in the list all the same.
var mapFigure = figure{
	height: func(spec scorecard.Chart, width vg.Length) vg.Length {
		if tilesEmpty(asTiles(spec)) {
			return emptyHeight
		}
		return layMap(spec, width).height()
	},
	draw:     drawMap,
	describe: func(spec scorecard.Chart) []string { return mapWords(describeTiles(asTiles(spec))) },
	table:    func(spec scorecard.Chart) scorecard.DataTable { return tilesTable(asTiles(spec)) },
}

// asTiles is the specification with its shapes as tiles, which hold the same figures.
func asTiles(spec scorecard.Chart) scorecard.Chart {
	spec.Tiles = nil
	for _, shape := range spec.Shapes {
		spec.Tiles = append(spec.Tiles, scorecard.AreaTile{Label: shape.Label, Value: shape.Value, Status: shape.Status})
	}
	return spec
}

// mapWords are the words of a map of tiles, said of a map.
func mapWords(said []string) []string {
	if len(said) == 1 {
		return []string{"Map without figures."}
	}
	said[0] = "Map of " + said[0][len("Map of tiles, one for each of "):]
	return said
}

// mapped is the layout of a map.
type mapped struct {
	left, bottom, scale float64   // of the plane
	wide, high          vg.Length // of the drawing
	list                []string
	columns             int
	column, listHeight  vg.Length
	key                 []keyPiece
	keyRoom             vg.Length
}

func (m mapped) height() vg.Length { return m.keyRoom + m.high + m.listHeight + 8 }

// highestMap is how high a map may be beside its width.
const highestMap = 0.8

func layMap(spec scorecard.Chart, width vg.Length) mapped {
	x, y := nothing(), nothing()
	for _, shape := range spec.Shapes {
		for _, ring := range shape.Rings {
			for i := range ring {
				x.include(&ring[i][0])
				y.include(&ring[i][1])
			}
		}
	}
	layout := mapped{columns: 1, column: width}
	if across, up := x.high-x.low, y.high-y.low; across > 0 && up > 0 {
		layout.scale = math.Min(width.Points()-2, highestMap*width.Points()) / up
		layout.scale = math.Min(layout.scale, (width.Points()-2)/across)
		layout.left, layout.bottom = x.low, y.low
		layout.wide, layout.high = vg.Length(across*layout.scale), vg.Length(up*layout.scale)
	}
	if width >= breakPoint {
		layout.columns, layout.column = 3, width/3
	}
	for i, tile := range sortedTiles(asTiles(spec)) {
		layout.list = append(layout.list, wrap(fmt.Sprintf("%d %s %s", i+1, tile.Label, tileNumber(tile, spec.Unit)), headStyle, layout.column-10))
	}
	for column := range layout.columns {
		high := vg.Length(14)
		for _, words := range layout.inColumn(column) {
			high += tall(words, headStyle) + 3
		}
		layout.listHeight = max(layout.listHeight, high)
	}
	layout.key, layout.keyRoom = classKey(spec, width)
	return layout
}

// inColumn is the part of the list that stands in a column, from the top downwards.
func (m mapped) inColumn(column int) []string {
	size := (len(m.list) + m.columns - 1) / m.columns
	return m.list[min(column*size, len(m.list)):min((column+1)*size, len(m.list))]
}

func drawMap(c draw.Canvas, spec scorecard.Chart) {
	if tilesEmpty(asTiles(spec)) {
		lacking(c, large)
		return
	}
	width := c.Max.X - c.Min.X
	layout := layMap(spec, width)
	for _, piece := range layout.key {
		piece.draw(c)
	}
	top := c.Max.Y - layout.keyRoom
	origin := vg.Point{X: c.Min.X + (width-layout.wide)/2, Y: top - layout.high}
	at := func(point [2]float64) vg.Point {
		return vg.Point{X: origin.X + vg.Length((point[0]-layout.left)*layout.scale), Y: origin.Y + vg.Length((point[1]-layout.bottom)*layout.scale)}
	}
	edge := draw.LineStyle{Color: muted, Width: 0.8}
	var labels []mapLabel
	for _, shape := range ordered(spec) {
		var path vg.Path
		for _, ring := range shape.Rings {
			for i, point := range ring {
				if i == 0 {
					path.Move(at(point))
				} else {
					path.Line(at(point))
				}
			}
			path.Close()
		}
		ground, words := shapeInk(spec, shape)
		if len(path) > 0 {
			c.SetColor(ground)
			c.Fill(path)
			c.SetLineStyle(edge)
			c.Stroke(path)
		}
		labels = append(labels, mapLabel{inside(shape, at), words})
	}
	numberAreas(c, labels)
	for column := range layout.columns {
		y := top - layout.high - 10
		for _, words := range layout.inColumn(column) {
			high := tall(words, headStyle)
			write(c, typeStyle(small, dark), c.Min.X+barIndent+layout.column*vg.Length(column), y-high/2, words)
			y -= high + 3
		}
	}
}

// ordered are the shapes in the order of their names, which is that of their numbers.
func ordered(spec scorecard.Chart) []scorecard.MapShape {
	shapes := slices.Clone(spec.Shapes)
	slices.SortStableFunc(shapes, func(a, b scorecard.MapShape) int { return cmp.Compare(a.Label, b.Label) })
	return shapes
}

// shapeInk is the ground of an area, and the ink of its number.
func shapeInk(spec scorecard.Chart, shape scorecard.MapShape) (ground, words ink) {
	if value, known := number(shape.Value); known {
		if class, found := classOf(spec, value); found {
			return classInk(class, min(len(spec.Classes), len(classShares)))
		}
	}
	return paper, dark
}

// room is a place inside an area, with the width that is free there.
type room struct {
	at    vg.Point
	width vg.Length
}

// mapLabel is where an area's number stands, and in which ink.
type mapLabel struct {
	room
	words ink
}

// inside is the place inside an area that lies farthest from its edges, of those in the middle of a level stretch.
func inside(shape scorecard.MapShape, at func([2]float64) vg.Point) room {
	reach := nothing()
	for _, ring := range shape.Rings {
		for i := range ring {
			reach.include(&ring[i][1])
		}
	}
	var best room
	clear := vg.Length(-1)
	const cuts = 12
	for cut := 1; cut < cuts; cut++ {
		y := reach.low + (reach.high-reach.low)*float64(cut)/cuts
		crossings := crossed(shape.Rings, 1, y)
		for i := 1; i < len(crossings); i += 2 {
			left, right := at([2]float64{crossings[i-1], y}), at([2]float64{crossings[i], y})
			x := (crossings[i-1] + crossings[i]) / 2
			nearest := (right.X - left.X) / 2
			for _, edge := range crossed(shape.Rings, 0, x) {
				nearest = min(nearest, vg.Length(math.Abs(float64(at([2]float64{x, edge}).Y-left.Y))))
			}
			if nearest > clear {
				best, clear = room{vg.Point{X: (left.X + right.X) / 2, Y: left.Y}, right.X - left.X}, nearest
			}
		}
	}
	return best
}

// crossed is where rings cross a straight line, ascending: the level one at a height (axis 1), or the upright one at a
// width (axis 0).
func crossed(rings [][][2]float64, axis int, level float64) []float64 {
	var crossings []float64
	for _, ring := range rings {
		for i := 1; i < len(ring); i++ {
			a, b := ring[i-1], ring[i]
			if (a[axis] > level) != (b[axis] > level) {
				crossings = append(crossings, a[1-axis]+(level-a[axis])/(b[axis]-a[axis])*(b[1-axis]-a[1-axis]))
			}
		}
	}
	slices.Sort(crossings)
	return crossings
}

// numberAreas writes each area's number where it fits into the area and touches no other.
func numberAreas(c draw.Canvas, labels []mapLabel) {
	var taken []vg.Point
	for i, label := range labels {
		words := strconv.Itoa(i + 1)
		style := aligned(bold(typeStyle(small, label.words)), draw.XCenter)
		crowded := slices.ContainsFunc(taken, func(other vg.Point) bool {
			return math.Abs(float64(other.X-label.at.X)) < 20 && math.Abs(float64(other.Y-label.at.Y)) < 15
		})
		if label.width < measure(words, style.Font)+4 || crowded {
			continue
		}
		taken = append(taken, label.at)
		write(c, style, label.at.X, label.at.Y, words)
	}
}
