package scorecard

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"levelfield/engine/results"
	"levelfield/indicators"
	"levelfield/seeds"
)

// tileMap is the small areas of the focus area on a map: by their boundaries, or else on a map of tiles. It shows those of
// the first kind of which every area has a place, for a map with a hole would hide what lies there.
func (b *builder) tileMap(chart Chart, definition indicators.Definition) Chart {
	for _, group := range b.within(definition) {
		bounded := !slices.ContainsFunc(group.values, func(v results.Value) bool { return len(b.in.Boundaries[v.Area]) == 0 })
		placed := !slices.ContainsFunc(group.values, func(v results.Value) bool { _, known := b.in.TilePlaces[v.Area]; return !known })
		low, high := group.ends()
		if !placed && !bounded || low == nil || *low.Value == *high.Value {
			continue
		}
		kind, unit, when := kindNames[group.kind], unitOf(definition), group.values[0].Period
		chart.Unit, chart.Source = unit, b.source(definition)
		chart.Subtitle = fmt.Sprintf("%s, %s, %s. The %s of %s", definition.Short, unitWords(definition), when.Words(), kind[1], b.area(b.focus()))
		note := fmt.Sprintf("Each square is one %s, about where it lies. Small areas differ by chance too.", kind[0])
		if bounded {
			chart.Kind, chart.Shapes = MapChart, b.shapes(group)
			note = "The largest areas are not those with the most people. Small areas differ by chance too."
		} else {
			chart.Kind, chart.Tiles = TilesChart, b.tilesOf(group)
		}
		chart.Title = cmp.Or(chart.Title, between(group, unit))
		chart.Classes = classes(*low.Value, *high.Value, unit.Decimals)
		if whole := b.value(results.Key{Indicator: definition.ID, Area: b.focus(), Period: when.Label}); whole.HasValue() {
			chart.Reference = &Mark{Label: b.area(b.focus()), Value: whole.Value}
			chart.Subtitle += fmt.Sprintf("; the whole of it %s", unit.Format(*whole.Value))
		}
		chart.Note = cmp.Or(chart.Note, note)
		if strings.Contains(group.values[0].Status, "p") {
			chart.Note += " The figures are provisional [p]."
		}
		break
	}
	return chart
}

// tilesOf are the tiles of small areas.
func (b *builder) tilesOf(group smallValues) []AreaTile {
	var tiles []AreaTile
	for _, v := range group.values {
		place := b.in.TilePlaces[v.Area]
		tiles = append(tiles, AreaTile{Label: v.AreaName, Column: place[0], Row: place[1], Value: v.Value, Status: withoutProvisional(v)})
	}
	return tiles
}

// shapes are the outlines of small areas on a plane of equal areas.
func (b *builder) shapes(group smallValues) []MapShape {
	south, north := 90.0, -90.0
	west, east := 180.0, -180.0
	for _, v := range group.values {
		for _, ring := range b.in.Boundaries[v.Area] {
			for _, point := range ring {
				west, east = math.Min(west, point[0]), math.Max(east, point[0])
				south, north = math.Min(south, point[1]), math.Max(north, point[1])
			}
		}
	}
	plane := equalArea((south + north) / 2)
	left, bottom := plane([2]float64{west, south})
	right, top := plane([2]float64{east, north})
	fine := math.Max(right-left, top-bottom) / finest
	var shapes []MapShape
	for _, v := range group.values {
		shape := MapShape{Label: v.AreaName, Value: v.Value, Status: withoutProvisional(v)}
		for _, ring := range b.in.Boundaries[v.Area] {
			if simple := simplified(ring, plane, fine); len(simple) >= 4 {
				shape.Rings = append(shape.Rings, simple)
			}
		}
		shapes = append(shapes, shape)
	}
	return shapes
}

// finest is how many steps of detail a map has across: a step is then about half a point of a drawing 720 points wide.
const finest = 1400

// equalArea is the cylindrical projection of equal areas that keeps shapes true at a latitude (Snyder 1987, Map
// projections: a working manual, US Geological Survey professional paper 1395, section 10): x = λ cos φ₀,
// y = sin φ / cos φ₀, in degrees of longitude at that latitude.
func equalArea(latitude float64) func([2]float64) (x, y float64) {
	const degree = math.Pi / 180
	scale := math.Cos(latitude * degree)
	return func(point [2]float64) (x, y float64) {
		return point[0] * scale, math.Sin(point[1]*degree) / scale / degree
	}
}

// simplified is a ring on the plane without the points that lie nearer than a distance to the line that is left (Douglas
// and Peucker 1973), rounded to a tenth of that distance.
func simplified(ring seeds.Ring, plane func([2]float64) (x, y float64), fine float64) [][2]float64 {
	points := make([][2]float64, len(ring))
	for i, point := range ring {
		points[i][0], points[i][1] = plane(point)
	}
	keep := make([]bool, len(points))
	far := farthest(points, 0, len(points)-1)
	keep[0], keep[far], keep[len(points)-1] = true, true, true
	spans := [][2]int{{0, far}, {far, len(points) - 1}}
	for len(spans) > 0 {
		span := spans[len(spans)-1]
		spans = spans[:len(spans)-1]
		if middle := farthest(points, span[0], span[1]); span[1]-span[0] > 1 && offLine(points[middle], points[span[0]], points[span[1]]) > fine {
			keep[middle] = true
			spans = append(spans, [2]int{span[0], middle}, [2]int{middle, span[1]})
		}
	}
	step := math.Pow10(int(math.Floor(math.Log10(math.Max(fine, 1e-9) / 10))))
	var kept [][2]float64
	for i, point := range points {
		if keep[i] {
			kept = append(kept, [2]float64{math.Round(point[0]/step) * step, math.Round(point[1]/step) * step})
		}
	}
	return kept
}

// farthest is the point between two others that lies farthest from the line through them.
func farthest(points [][2]float64, from, to int) int {
	best, most := from, -1.0
	for i := from + 1; i < to; i++ {
		if distance := offLine(points[i], points[from], points[to]); distance > most {
			best, most = i, distance
		}
	}
	return best
}

// offLine is the distance of a point from the line through two others, or from their place where they are one.
func offLine(point, from, to [2]float64) float64 {
	dx, dy := to[0]-from[0], to[1]-from[1]
	if length := math.Hypot(dx, dy); length > 0 {
		return math.Abs(dx*(point[1]-from[1])-dy*(point[0]-from[0])) / length
	}
	return math.Hypot(point[0]-from[0], point[1]-from[1])
}

// withoutProvisional is a value's status without the letter that a map says once for all tiles.
func withoutProvisional(v results.Value) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(v.Status), func(letter string) bool { return letter == "p" && v.HasValue() }), " ")
}

// ends are the lowest and the highest value; nil where there is none.
func (s smallValues) ends() (low, high *results.Value) {
	for i, v := range s.values {
		if !v.HasValue() {
			continue
		}
		if low == nil || *v.Value < *low.Value {
			low = &s.values[i]
		}
		if high == nil || *v.Value > *high.Value {
			high = &s.values[i]
		}
	}
	return low, high
}

// mostClasses is how many classes of lightness a reader can tell apart on a map.
const mostClasses = 4

// classes are ranges of equal width between round numbers that hold the values from low to high.
func classes(low, high float64, decimals int) []Class {
	least := math.Pow10(-decimals)
	for power := math.Pow10(int(math.Floor(math.Log10(high-low)))) / 10; ; power *= 10 {
		for _, factor := range []float64{1, 2, 2.5, 3, 4, 5, 6, 8} {
			step := factor * power
			from := math.Floor(low/step+1e-9) * step
			count := int(math.Floor((high-from)/step+1e-9)) + 1
			if math.Abs(step/least-math.Round(step/least)) > 1e-6 || count > mostClasses { // limits are printed without rounding
				continue
			}
			var list []Class
			for i := range count {
				list = append(list, Class{From: from + float64(i)*step, To: from + float64(i+1)*step})
			}
			return list
		}
	}
}
