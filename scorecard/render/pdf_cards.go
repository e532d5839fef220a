package render

import (
	"unicode/utf8"

	"levelfield/scorecard"
)

// toneInk is the colour of a verdict; its word and its shape say the same.
func toneInk(tone scorecard.Tone) inkColour {
	switch tone {
	case scorecard.Better:
		return betterInk
	case scorecard.Similar:
		return similarInk
	case scorecard.Worse:
		return worseInk
	default:
		return mutedInk
	}
}

// definitionPlace names the target of an indicator's definition.
func definitionPlace(indicator string) string { return "definition " + indicator }

// frontTable is the table of the strongest lines, with their history and their place among the neighbours as
// drawings.
func (p *press) frontTable(cards []scorecard.Card) printedTable {
	t := printedTable{columns: []printedColumn{
		{"Indicator", 37, false}, {p.model.Area, 21, true}, {"Period", 23, false}, {"England", 16, true},
		{"Against England", 25, false}, {"Recent trend", 22, false}, {"History", 17, false}, {"Among neighbours", 19, false},
	}}
	for _, card := range cards {
		row := p.cardRow(card)
		row.cells = append(row.cells, verdictParts(card), trendParts(card.Trend), chartParts(card.Spark), chartParts(card.Strip))
		t.rows = append(t.rows, row)
	}
	return t
}

// cardTable is the table of a goal: the neighbours' median and the change since the strategy began take the place of
// the drawings.
func (p *press) cardTable(from scorecard.Table) printedTable {
	t := printedTable{title: from.Title, columns: []printedColumn{
		{"Indicator", 34, false}, {p.model.Area, 21, true}, {"Period", 22, false}, {"England", 16, true},
		{"Neighbours’ median", 19, true}, {"Against England", 25, false}, {"Recent trend", 20, false}, {"Since the strategy began", 23, true},
	}}
	for _, card := range from.Cards {
		row := p.cardRow(card)
		neighbours := shortMedian(row.aside("Neighbours", card.Neighbours))
		change := row.asideChange(card.Change)
		row.cells = append(row.cells, append(figureParts(neighbours, cellType), part{words: card.RegionNote, face: smallType}), verdictParts(card), trendParts(card.Trend), changeParts(change))
		t.rows = append(t.rows, row)
	}
	return t
}

// cardRow is the first four cells of a card: name, value, period and England.
func (p *press) cardRow(card scorecard.Card) printedRow {
	row := printedRow{follows: card.Follows}
	value := row.aside(p.model.Area, card.Value)
	england := row.aside("England", card.England)
	row.cells = [][]part{nameParts(card), figureParts(value, valueType), periodParts(card), figureParts(england, cellType)}
	return row
}

// longReason is from how many signs on a reason would fill a narrow cell, and goes into the row's note instead.
const longReason = 30

// aside moves a long reason out of a figure's cell into the note of the row.
func (r *printedRow) aside(whose string, figure scorecard.Figure) scorecard.Figure {
	if utf8.RuneCountInString(figure.Reason) >= longReason {
		r.note = joined(" · ", r.note, whose+": "+figure.Reason)
		figure.Reason = ""
	}
	return figure
}

func (r *printedRow) asideChange(change scorecard.Since) scorecard.Since {
	if utf8.RuneCountInString(change.Reason) >= longReason {
		r.note = joined(" · ", r.note, "Since the strategy began: "+change.Reason)
		change.Reason = ""
	}
	return change
}

// missingTable lists what the strategy names and nobody has published.
func missingTable(missing []scorecard.Term) printedTable {
	t := printedTable{columns: []printedColumn{{"Named in the strategy, not published", 62, false}, {"", 12, false}, {"Why", 106, false}}}
	for _, term := range missing {
		t.rows = append(t.rows, printedRow{cells: [][]part{
			{{words: term.Term, face: cellBold}}, {{words: "[x]", face: cellType}}, {{words: term.Text, face: cellType}},
		}})
	}
	return t
}

func nameParts(card scorecard.Card) []part {
	return []part{
		{words: card.Short, face: linkType, link: definitionPlace(card.Indicator)},
		{words: card.Basis, face: smallType, gap: 0.4},
	}
}

// figureParts is a number with its marker, and below it the interval or the reason for having none.
func figureParts(figure scorecard.Figure, f face) []part {
	return []part{
		{words: joined(" ", figure.Text, figure.Marker), face: f},
		{words: figure.Interval, face: smallType},
		{words: figure.Reason, face: smallType},
	}
}

func periodParts(card scorecard.Card) []part {
	return []part{{words: card.Period, face: cellType}, {words: card.Age, face: smallType}}
}

// verdictParts is the verdict against England, framed where one was reached, with the position below.
func verdictParts(card scorecard.Card) []part {
	parts := chipParts(card.Verdict)
	parts = append(parts, part{words: card.Position, face: smallType, gap: 0.3})
	if card.Verdict.Override != nil {
		parts = append(parts, part{words: "the test by itself: " + card.Verdict.Override.Tested, face: smallType})
	}
	if card.Target != nil {
		parts = append(parts, part{words: "Target " + card.Target.Period + ": " + card.Target.Status.Word, face: smallType, gap: 0.3})
	}
	return parts
}

func chipParts(chip scorecard.Chip) []part {
	framed := chip.Tone != scorecard.None && chip.Tone != ""
	return []part{{words: chip.Word, shape: chip.Shape, framed: framed, face: face{cellType.size, framed, toneInk(chip.Tone)}}}
}

// trendParts is a trend as arrow and words, without a frame: a frame is a verdict's.
func trendParts(chip scorecard.Chip) []part {
	return []part{{words: chip.Word, shape: chip.Shape, face: face{cellType.size, false, toneInk(chip.Tone)}}}
}

func chartParts(spec scorecard.Chart) []part {
	if spec.Empty() {
		return nil
	}
	return []part{{chart: &spec, gap: 0.2}}
}

// changeParts is the change since the baseline with its interval and England's change, or the reason for none.
func changeParts(change scorecard.Since) []part {
	parts := []part{{words: change.Change, face: cellType}, {words: change.Interval, face: smallType}, {words: change.Reason, face: smallType}}
	if change.England != "" && change.Change != "" {
		parts = append(parts, part{words: "England " + change.England, face: smallType})
	}
	return parts
}

// sinceTable is every line of the board then and now.
func (p *press) sinceTable(rows []scorecard.Since) printedTable {
	t := printedTable{columns: []printedColumn{
		{"Indicator", 56, false}, {"Baseline", 32, true}, {"Latest", 32, true}, {"Change", 34, true}, {"England", 26, true},
	}}
	for _, row := range rows {
		t.rows = append(t.rows, printedRow{cells: [][]part{
			{{words: row.Short, face: linkType, link: definitionPlace(row.Indicator)}},
			{{words: row.First, face: cellType}, {words: row.From, face: smallType}},
			{{words: row.Last, face: cellBold}, {words: row.To, face: smallType}},
			{{words: row.Change, face: cellBold}, {words: row.Interval, face: smallType}, {words: row.Reason, face: smallType}},
			{{words: row.England, face: cellType}},
		}})
	}
	return t
}

// quoted is words in quotation marks.
func quoted(words string) string {
	if words == "" {
		return ""
	}
	return "“" + words + "”"
}
