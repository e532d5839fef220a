package chart

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// rugFigure is a tartan rug: areas across, indicators down, in each cell the number and the shape of its verdict on a
// tint. Where the areas do not fit beside each other they are set in blocks below each other.
var rugFigure = figure{
	height: func(spec scorecard.Chart, width vg.Length) vg.Length {
		if gridEmpty(spec) {
			return emptyHeight
		}
		return layRug(spec, width).height(spec)
	},
	draw:     drawRug,
	describe: describeRug,
	table:    rugTable,
}

func gridEmpty(spec scorecard.Chart) bool {
	return spec.Grid == nil || len(spec.Grid.Rows) == 0 || len(spec.Grid.Columns) == 0
}

// rug is the layout.
type rug struct {
	names   []string
	heights []vg.Length
	left    vg.Length // width of the words; zero where they stand above the cells
	cell    vg.Length
	across  int // areas in a block
	blocks  int
	heads   []string // names of the areas, set upwards
	head    vg.Length
	key     []keyPiece
	keyRoom vg.Length
}

const (
	rugCell  = vg.Length(40) // height of a cell: the shape above, the number below
	rugHead  = vg.Length(110)
	rugShare = 0.24
)

func layRug(spec scorecard.Chart, width vg.Length) rug {
	layout := rug{}
	stands := width < breakPoint
	room := width * rugShare
	if stands {
		room = width
	}
	held := map[scorecard.Tone]bool{}
	for _, row := range spec.Grid.Rows {
		words := row.Label
		if row.Unit.Prefix != "" {
			words += ", " + row.Unit.Prefix
		}
		if row.Period != "" {
			words += ", " + row.Period
		}
		name := wrap(words, nameStyle, room-gutter)
		layout.names = append(layout.names, name)
		if stands {
			layout.heights = append(layout.heights, tall(name, nameStyle)+rugCell+8)
		} else {
			layout.left = max(layout.left, broad(name, nameStyle)+gutter)
			layout.heights = append(layout.heights, max(tall(name, nameStyle)+6, rugCell))
		}
		for _, cell := range row.Cells {
			layout.cell = max(layout.cell, measure(cellNumber(cell, row.Unit), bold(headStyle).Font)+4)
			if _, known := number(cell.Value); known {
				held[toneOr(cell.Tone)] = true
			}
		}
	}
	count := len(spec.Grid.Columns)
	layout.across = min(count, max(1, int((width-layout.left)/layout.cell)))
	layout.blocks = (count + layout.across - 1) / layout.across
	layout.across = (count + layout.blocks - 1) / layout.blocks
	layout.cell = min((width-layout.left)/vg.Length(layout.across), 90)
	for _, column := range spec.Grid.Columns {
		words := wrap(column.Label, bold(headStyle), rugHead)
		for limit := 2 * rugHead; tall(words, headStyle) > layout.cell-2 && strings.Contains(words, "\n"); limit *= 2 {
			words = wrap(column.Label, bold(headStyle), limit)
		}
		layout.heads = append(layout.heads, words)
		layout.head = max(layout.head, broad(words, bold(headStyle))+10)
	}
	layout.key, layout.keyRoom = flowKey(toneKey(held), width)
	return layout
}

func (r rug) height(scorecard.Chart) vg.Length {
	block := r.head + 14
	for _, height := range r.heights {
		block += height
	}
	return r.keyRoom + vg.Length(r.blocks)*block
}

// cellNumber is a figure as a cell prints it: without its unit, which the row's name and the table tell.
func cellNumber(cell scorecard.GridCell, unit scorecard.Unit) string {
	value, known := number(cell.Value)
	if !known {
		return absence(cell.Status)
	}
	return unit.Plain(value)
}

func drawRug(c draw.Canvas, spec scorecard.Chart) {
	if gridEmpty(spec) {
		lacking(c, large)
		return
	}
	layout := layRug(spec, c.Max.X-c.Min.X)
	for _, piece := range layout.key {
		piece.draw(c)
	}
	top := c.Max.Y - layout.keyRoom
	for first := 0; first < len(spec.Grid.Columns); first += layout.across {
		last := min(first+layout.across, len(spec.Grid.Columns))
		top = layout.block(c, spec, first, last, top) - 14
	}
}

// block draws some of the areas with all rows, and tells where it ends.
func (r rug) block(c draw.Canvas, spec scorecard.Chart, first, last int, top vg.Length) vg.Length {
	left := c.Min.X + r.left
	for i := first; i < last; i++ {
		style := headStyle
		if spec.Grid.Columns[i].Role == scorecard.FocusRole {
			style = strongStyle(small)
		}
		writeUp(c, style, left+r.cell*(vg.Length(i-first)+0.5), top-r.head+6, r.heads[i])
	}
	top -= r.head
	for i, row := range spec.Grid.Rows {
		c.StrokeLine2(draw.LineStyle{Color: line, Width: 1}, c.Min.X, top, c.Max.X, top)
		words := tall(r.names[i], nameStyle)
		y := top - r.heights[i]/2
		if r.left == 0 {
			write(c, nameStyle, c.Min.X+barIndent, top-3-words/2, r.names[i])
			y = top - words - 5 - rugCell/2
		} else {
			write(c, nameStyle, c.Min.X+barIndent, y, r.names[i])
		}
		for column := first; column < min(last, len(row.Cells)); column++ {
			x := left + r.cell*vg.Length(column-first)
			r.drawCell(c, row, row.Cells[column], spec.Grid.Columns[column].Role, x, y)
		}
		top -= r.heights[i]
	}
	return top
}

func (r rug) drawCell(c draw.Canvas, row scorecard.GridRow, cell scorecard.GridCell, role scorecard.Role, x, y vg.Length) {
	style := aligned(typeStyle(small, dark), draw.XCenter)
	if role == scorecard.FocusRole {
		style = aligned(strongStyle(small), draw.XCenter)
	}
	_, known := number(cell.Value)
	if known && tints[cell.Tone].name != "" {
		c.FillPolygon(tints[cell.Tone], box(x+1, x+r.cell-1, y, rugCell-3))
	}
	if !known || role == scorecard.EnglandRole {
		write(c, style, x+r.cell/2, y, cellNumber(cell, row.Unit))
		return
	}
	write(c, style, x+r.cell/2, y-8, cellNumber(cell, row.Unit))
	toneShape(c, vg.Point{X: x + r.cell/2, Y: y + 9}, toneOr(cell.Tone), 4.5)
}

// tints are the grounds of tested cells. They only repeat what the shape in each cell says.
var tints = map[scorecard.Tone]ink{
	scorecard.Better: teal.wash(0.2), scorecard.Worse: orange.wash(0.25), scorecard.Similar: muted.wash(0.1),
}

// toneShape is the shape of a verdict without the ring of paper around it.
func toneShape(c draw.Canvas, at vg.Point, tone scorecard.Tone, radius vg.Length) {
	switch tone {
	case scorecard.Better:
		disc(c, at, radius, dark, false)
	case scorecard.Worse:
		diamond(c, at, radius+1, dark, false)
	case scorecard.Similar:
		square(c, at, radius, dark, false)
	default:
		c.SetLineStyle(draw.LineStyle{Color: muted, Width: 1.3})
		c.Stroke(round(at, radius-1))
	}
}

// writeUp writes words that run upwards from y, centred on x.
func writeUp(c draw.Canvas, style text.Style, x, y vg.Length, words string) {
	lines := strings.Split(words, "\n")
	size := style.Font.Size
	start := x - pitch*size*vg.Length(len(lines)-1)/2 + middle*size
	for i, words := range lines {
		c.Push()
		c.Translate(vg.Point{X: start + pitch*size*vg.Length(i), Y: y})
		c.Rotate(math.Pi / 2)
		style.YAlign = draw.YBottom
		c.FillText(style, vg.Point{}, words)
		c.Pop()
	}
}

func describeRug(spec scorecard.Chart) []string {
	if gridEmpty(spec) {
		return []string{"Table of areas and indicators without figures."}
	}
	said := []string{fmt.Sprintf("Tartan rug: %s by %s; each cell holds a figure and the shape of its verdict against England.",
		indicatorCount(len(spec.Grid.Rows)), areas(len(spec.Grid.Columns)))}
	for _, row := range spec.Grid.Rows {
		var parts []string
		counts := map[scorecard.Tone]int{}
		for i, cell := range row.Cells {
			if i >= len(spec.Grid.Columns) {
				break
			}
			column := spec.Grid.Columns[i]
			if _, known := number(cell.Value); known && column.Role == scorecard.NeighbourRole {
				counts[toneOr(cell.Tone)]++
			}
			if column.Role == scorecard.FocusRole || column.Role == scorecard.EnglandRole {
				words := column.Label + " " + cellNumber(cell, row.Unit)
				if column.Role == scorecard.FocusRole {
					words += ", " + toneWords[toneOr(cell.Tone)]
				}
				parts = append(parts, words)
			}
		}
		for _, tone := range []scorecard.Tone{scorecard.Better, scorecard.Similar, scorecard.Worse, scorecard.None} {
			if counts[tone] > 0 {
				parts = append(parts, fmt.Sprintf("%d others %s", counts[tone], toneWords[tone]))
			}
		}
		said = append(said, row.Label+during(row.Period)+": "+strings.Join(parts, "; ")+".")
	}
	return said
}

func rugTable(spec scorecard.Chart) scorecard.DataTable {
	made := scorecard.DataTable{Heads: []string{"Measure", periodHead}}
	if gridEmpty(spec) {
		return made
	}
	for _, column := range spec.Grid.Columns {
		made.Heads = append(made.Heads, column.Label)
	}
	for _, row := range spec.Grid.Rows {
		cells := []string{row.Label, row.Period}
		for i := range spec.Grid.Columns {
			cell := scorecard.GridCell{}
			if i < len(row.Cells) {
				cell = row.Cells[i]
			}
			words := cellNumber(cell, row.Unit)
			if _, known := number(cell.Value); known {
				words = row.Unit.Format(*cell.Value)
				if spec.Grid.Columns[i].Role != scorecard.EnglandRole {
					words += " (" + strings.TrimSuffix(toneWords[toneOr(cell.Tone)], " than England") + ")"
					words = strings.Replace(words, "similar to England", "similar", 1)
				}
			}
			cells = append(cells, words)
		}
		made.Rows = append(made.Rows, cells)
	}
	return made
}
