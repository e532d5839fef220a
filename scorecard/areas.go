package scorecard

import (
	"slices"
	"strings"

	"levelfield/indicators"
)

// Compared is every line of a board for the focus area, England, the region and the neighbours.
type Compared struct {
	// Areas head the columns, the focus area first.
	Areas []ComparedArea `json:"areas"`
	Parts []ComparedPart `json:"parts"`
	// Set is the set of neighbours in words.
	Set string `json:"set"`
}

// ComparedArea is one column. Role says how it is marked.
type ComparedArea struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Role Role   `json:"role"`
}

// ComparedPart is the lines of one part of the board.
type ComparedPart struct {
	Code  string         `json:"code"`
	Title string         `json:"title"`
	Lines []ComparedLine `json:"lines"`
}

// ComparedLine is one indicator with the figure of each area, in the order of the columns: formatted, "[c]" where it is
// suppressed, "[x]" where none is held, and "" where the measure has no figure for such areas.
type ComparedLine struct {
	Indicator string `json:"indicator"`
	Short     string `json:"short"`
	Unit      string `json:"unit"`
	Period    string `json:"period"`
	// Older marks a series that goes on no more.
	Older   bool     `json:"older,omitempty"`
	Figures []string `json:"figures"`
	// Place is the focus area's place among the neighbours and itself, "3rd of 11"; 1st is best, or highest where the
	// measure carries no judgement. It is "" where a place would mislead, as on the board: totals, gaps, older series, and a
	// figure known elsewhere only within bounds.
	Place string `json:"place,omitempty"`
}

// compared is the board's table of areas; nil where it has no line with a figure.
func (b *builder) compared(goals []Goal) *Compared {
	set := b.in.Project.Comparators.Neighbours
	table := Compared{Set: b.in.SetNames[set]}
	add := func(code string, role Role) {
		known := slices.ContainsFunc(table.Areas, func(a ComparedArea) bool { return a.Code == code })
		if code != "" && !known {
			table.Areas = append(table.Areas, ComparedArea{code, b.area(code), role})
		}
	}
	add(b.focus(), FocusRole)
	add(b.england(), EnglandRole)
	add(b.region(), RegionRole)
	for _, code := range b.in.Neighbours[set] {
		add(code, NeighbourRole)
	}
	for _, goal := range goals {
		part := ComparedPart{Code: goal.Code, Title: goal.Title}
		for _, cards := range goal.Tables {
			for _, card := range cards.Cards {
				repeated := slices.ContainsFunc(part.Lines, func(l ComparedLine) bool { return l.Indicator == card.Indicator })
				if line, held := b.comparedLine(b.in.Definitions[card.Indicator], table.Areas); held && !repeated {
					part.Lines = append(part.Lines, line)
				}
			}
		}
		if len(part.Lines) > 0 {
			table.Parts = append(table.Parts, part)
		}
	}
	if len(table.Parts) == 0 {
		return nil
	}
	return &table
}

// comparedLine is an indicator's row at the focus area's latest period, or false where it holds no figure.
func (b *builder) comparedLine(definition indicators.Definition, areas []ComparedArea) (ComparedLine, bool) {
	latest, found := b.latest(definition.ID, "", "")
	if !found || !latest.HasValue() {
		return ComparedLine{}, false
	}
	line := ComparedLine{
		Indicator: definition.ID, Short: definition.Short, Unit: definition.Unit, Period: latest.Period.Short(), Older: closed(definition),
	}
	unit := unitOf(definition)
	unit.Suffix = strings.TrimPrefix(unit.Suffix, " points")
	for _, area := range areas {
		v := b.elsewhere(latest, area.Code)
		text := figure(v, unit).Text
		if mark := marker(v.Status); v.HasValue() && mark != "" {
			text += " " + mark
		}
		line.Figures = append(line.Figures, text)
	}
	if !unranked(definition) {
		if chart := b.barsChart(definition, latest); len(chart.Bars) > 2 {
			line.Place = placeOf(chart.Bars) + " of " + thousands(float64(len(chart.Bars)))
		}
	}
	return line, true
}
