package chart

import (
	"fmt"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"levelfield/scorecard"
)

// multiplesFigure is small line charts side by side, each with its own axis, two in a row where the width allows.
var multiplesFigure = figure{
	height: func(spec scorecard.Chart, width vg.Length) vg.Length {
		if spec.Empty() {
			return emptyHeight
		}
		var sum vg.Length
		for _, row := range panelRows(spec, width) {
			sum += row.height
		}
		return sum
	},
	draw:     drawMultiples,
	describe: describeMultiples,
	table:    multiplesTable,
}

const (
	panelGap    = vg.Length(28)
	panelHeight = vg.Length(190)
)

// panelRow is one row of small charts.
type panelRow struct {
	panels []scorecard.Chart
	wide   vg.Length // of a panel
	head   vg.Length
	height vg.Length
}

// panelTitle is a panel's title in the lines that its width asks for.
func panelTitle(panel scorecard.Chart, wide vg.Length) string {
	return wrap(panel.Title, bold(nameStyle), wide-4)
}

func panelRows(spec scorecard.Chart, width vg.Length) []panelRow {
	inRow := 1
	if width >= breakPoint {
		inRow = 2
	}
	wide := (width - panelGap*vg.Length(inRow-1)) / vg.Length(inRow)
	var rows []panelRow
	for first := 0; first < len(spec.Panels); first += inRow {
		row := panelRow{panels: spec.Panels[first:min(first+inRow, len(spec.Panels))], wide: wide}
		body := panelHeight
		for _, panel := range row.panels {
			row.head = max(row.head, tall(panelTitle(panel, wide), nameStyle)+8)
			panel.Breaks = drawnBreaks(panel)
			data := readTrend(panel)
			if data.values.empty() {
				continue
			}
			axis, _ := trendAxis(data.values, panel.Unit)
			high := max(panelHeight, endLabels(data, axis, wide).room())
			if len(panel.Breaks) > 0 {
				high += placeReasons(panel, wide, across(layTrend(data, wide), wide)).height
			}
			body = max(body, high)
		}
		row.height = row.head + body + 18
		rows = append(rows, row)
	}
	return rows
}

func drawMultiples(c draw.Canvas, spec scorecard.Chart) {
	if spec.Empty() {
		lacking(c, large)
		return
	}
	top := c.Max.Y
	for _, row := range panelRows(spec, c.Max.X-c.Min.X) {
		for i, panel := range row.panels {
			left := c.Min.X + vg.Length(i)*(row.wide+panelGap)
			name := panelTitle(panel, row.wide)
			write(c, bold(nameStyle), left+barIndent, top-tall(name, nameStyle)/2-2, name)
			body := c
			body.Rectangle = vg.Rectangle{Min: vg.Point{X: left, Y: top - row.height + 18}, Max: vg.Point{X: left + row.wide, Y: top - row.head}}
			drawTrend(body, panel)
		}
		top -= row.height
	}
}

func describeMultiples(spec scorecard.Chart) []string {
	if spec.Empty() {
		return []string{"Small line charts without figures."}
	}
	said := []string{fmt.Sprintf("%d small line charts.", len(spec.Panels))}
	for i, panel := range spec.Panels {
		said = append(said, fmt.Sprintf("%d: %s.", i+1, panel.Title))
		said = append(said, describeTrend(panel)[1:]...)
	}
	return said
}

func multiplesTable(spec scorecard.Chart) scorecard.DataTable {
	made := scorecard.DataTable{Heads: []string{"Measure", periodHead}}
	columns := map[string]int{}
	for _, panel := range spec.Panels {
		table := seriesTable(panel)
		for _, head := range table.Heads[1:] {
			if _, held := columns[head]; !held {
				columns[head] = len(made.Heads)
				made.Heads = append(made.Heads, head)
			}
		}
	}
	for _, panel := range spec.Panels {
		table := seriesTable(panel)
		for _, cells := range table.Rows {
			row := make([]string, len(made.Heads))
			row[0], row[1] = panel.Title, cells[0]
			for i, head := range table.Heads[1:] {
				row[columns[head]] = cells[i+1]
			}
			made.Rows = append(made.Rows, row)
		}
	}
	return made
}
