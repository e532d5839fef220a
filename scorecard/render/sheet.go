package render

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"levelfield/scorecard"
	"levelfield/scorecard/chart"
)

// placing says where a page stands, and so where its links lead.
type placing int

const (
	// onSite pages link to one another.
	onSite placing = iota
	// inFile pages are all parts of one file, and link to its anchors.
	inFile
)

// sheet is one HTML file while its parts are made: it gives out ids that are unique in the file and knows where an
// indicator is found from here.
type sheet struct {
	placing placing
	area    string
	pages   map[string]bool
	ids     map[string]bool
}

func newSheet(model scorecard.Model, placing placing) *sheet {
	s := &sheet{placing: placing, area: model.Area, pages: map[string]bool{}, ids: map[string]bool{"top": true, "main": true}}
	for _, page := range model.Pages {
		s.pages[page.Card.Indicator] = true
	}
	if placing == inFile {
		for _, page := range model.Pages {
			s.ids[anchor(page.Card.Indicator)] = true
		}
	}
	return s
}

// anchor is the id of an indicator's part of the single file.
func anchor(indicator string) string { return "indicator-" + indicator }

// href leads to an indicator's page, or is empty where it has none on this board.
func (s *sheet) href(indicator string) string {
	switch {
	case !s.pages[indicator]:
		return ""
	case s.placing == inFile:
		return "#" + anchor(indicator)
	}
	return indicator + ".html"
}

var notInID = regexp.MustCompile(`[^a-z0-9]+`)

// id makes an id from words, and a different one each time it is asked.
func (s *sheet) id(words string) string {
	base := strings.Trim(notInID.ReplaceAllString(strings.ToLower(words), "-"), "-")
	if base == "" || base[0] < 'a' {
		base = "part-" + base
	}
	id := base
	for n := 2; s.taken(id); n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	for _, suffix := range drawingSuffixes {
		s.ids[id+suffix] = true
	}
	return id
}

// drawingSuffixes are what a drawing puts behind its id for the parts inside it.
var drawingSuffixes = []string{"", "-t", "-d", "-narrow-t", "-narrow-d"}

func (s *sheet) taken(id string) bool {
	return slices.ContainsFunc(drawingSuffixes, func(suffix string) bool { return s.ids[id+suffix] })
}

// draw draws a chart under an id of this file, or nothing where there is nothing to draw.
func (s *sheet) draw(spec scorecard.Chart, svg func(scorecard.Chart) (string, error)) (template.HTML, error) {
	if spec.Empty() {
		return "", nil
	}
	spec.ID = s.id(spec.ID)
	drawing, err := svg(spec)
	if err != nil {
		return "", fmt.Errorf("draw %s: %w", spec.ID, err)
	}
	return template.HTML(drawing), nil
}

// cardRow is one indicator in a table of cards.
type cardRow struct {
	scorecard.Card
	Href         string
	Spark, Strip template.HTML
	// Blank marks a line for which nothing is held anywhere: its reason takes the whole row.
	Blank bool
	// Apart is a long reason for having no figure, in the place of the trend, the change and the drawings, of which there
	// is none either: in the figure's own cell it would be a column of single words.
	Apart string
	// Headline marks in a goal's table a line that the front table holds too.
	Headline bool
	// Scale names the ends of the strip where they are not worse and better.
	Scale string
}

// undrawn says whether nothing is known of a line's course: no history, no place, no trend and no change.
func (r cardRow) undrawn() bool {
	return r.Spark == "" && r.Strip == "" && untested(r.Trend) && r.Change.Change == ""
}

// cardTable is a table of cards.
type cardTable struct {
	ID      string
	Caption string
	Area    string
	Rows    []cardRow
	Missing []scorecard.Term
}

func (s *sheet) cardTable(caption string, cards []scorecard.Card, missing []scorecard.Term) (cardTable, error) {
	table := cardTable{ID: s.id("table " + caption), Caption: caption, Area: s.area, Missing: missing}
	for _, card := range cards {
		row := cardRow{Card: card, Href: s.href(card.Indicator), Blank: card.Period == "" && card.Value.Reason != ""}
		var err error
		if row.Spark, err = s.draw(card.Spark, chart.SVG); err != nil {
			return table, err
		}
		if row.Strip, err = s.draw(card.Strip, chart.SVG); err != nil {
			return table, err
		}
		if !row.Blank && row.undrawn() && utf8.RuneCountInString(card.Value.Reason) >= longReason {
			row.Apart, row.Value.Reason = card.Value.Reason, ""
		}
		if row.Strip != "" && card.Strip.HigherIsBetter == nil {
			row.Scale = "lower ← → higher"
		}
		table.Rows = append(table.Rows, row)
	}
	return table, nil
}

// cell is one cell of a data table.
type cell struct {
	Text    string
	Numeric bool
	Label   string
}

// dataTable is a table of text, ready for the page.
type dataTable struct {
	ID      string
	Caption string
	Note    string
	Heads   []cell
	Rows    [][]cell
	// Sorts says that a reader may put the rows in another order.
	Sorts bool
}

// foldedRows is how many rows a table may have before it is folded away: more would part a page in two.
const foldedRows = 40

// Folded says whether the table is folded away until somebody asks for it.
func (t dataTable) Folded() bool { return len(t.Rows) > foldedRows }

func (s *sheet) dataTable(from scorecard.DataTable) dataTable {
	table := dataTable{ID: s.id("table " + from.Caption), Caption: from.Caption, Note: from.Note, Sorts: !from.Fixed}
	numeric := func(column int) bool { return column < len(from.Numeric) && from.Numeric[column] }
	for column, head := range from.Heads {
		table.Heads = append(table.Heads, cell{Text: head, Numeric: numeric(column)})
	}
	for _, row := range from.Rows {
		cells := make([]cell, len(row))
		for column, text := range row {
			cells[column] = cell{Text: text, Numeric: numeric(column)}
			if column < len(from.Heads) {
				cells[column].Label = from.Heads[column]
			}
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

// figure is one chart on a page, with its words and its data.
type figure struct {
	ID    string
	Chart scorecard.Chart
	// Wide and Narrow are the same drawing for a screen and for a telephone; the stylesheet shows one of them.
	Wide, Narrow template.HTML
	Table        dataTable
	// File is the chart as a file of its own, where the page may link to one.
	File string
}

func (s *sheet) figures(charts []scorecard.Chart) ([]figure, error) {
	var figures []figure
	for _, spec := range charts {
		drawn := figure{ID: s.id("figure " + spec.ID), Chart: spec, Table: s.dataTable(chart.Table(spec))}
		var err error
		if drawn.Wide, err = s.draw(spec, chart.SVG); err != nil {
			return nil, err
		}
		if drawn.Narrow, err = s.draw(spec, chart.NarrowSVG); err != nil {
			return nil, err
		}
		if s.placing == onSite {
			drawn.File = "charts/" + spec.ID + ".svg"
		}
		figures = append(figures, drawn)
	}
	return figures, nil
}
