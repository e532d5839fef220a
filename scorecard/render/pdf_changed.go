package render

import "levelfield/scorecard"

// changed prints what the board shows now and did not show at the release before; nothing where nothing changed.
func (p *press) changed() {
	changed := p.model.Changed
	if changed == nil || len(changed.New)+len(changed.Revised)+len(changed.Verdicts)+len(changed.Added)+len(changed.Gone) == 0 {
		return
	}
	p.follow("", "What changed since the release before", 0)
	p.paragraph(leadType, "Figures are compared as they are printed. A figure that is no longer shown, or whose data is protected, is not printed from before.")
	p.y += 2
	if len(changed.Verdicts) > 0 {
		p.table(p.turnedTable(changed.Verdicts))
	}
	if len(changed.New) > 0 {
		p.table(p.changedTable("New figures", "Newest before", changed.New))
	}
	if len(changed.Revised) > 0 {
		p.table(p.changedTable("Revised figures", "Before", changed.Revised))
	}
	for _, lines := range []struct {
		opening string
		found   []scorecard.Highlight
	}{{"New here", changed.Added}, {"Left", changed.Gone}} {
		for _, line := range lines.found {
			p.paragraph(face{9.2, false, darkInk}, joined(": ", lines.opening, line.Short, line.Sentence))
		}
	}
}

// changedTable is figures that are new or read otherwise, each with the one before it.
func (p *press) changedTable(heading, before string, figures []scorecard.ChangedFigure) printedTable {
	t := printedTable{columns: []printedColumn{{heading, 62, false}, {"Area", 32, false}, {"Period", 34, false}, {before, 24, true}, {"Now", 28, true}}}
	for _, one := range figures {
		then := one.Then
		if then == "" {
			then = "–"
		}
		t.rows = append(t.rows, printedRow{cells: [][]part{
			{{words: one.Short, face: linkType, link: definitionPlace(one.Indicator)}},
			{{words: one.Area, face: cellType}},
			{{words: one.Period, face: cellType}},
			{{words: then, face: cellType}},
			{{words: one.Now, face: cellBold}, {words: one.Why, face: smallType}},
		}})
	}
	return t
}

// turnedTable is verdicts and trends that turned.
func (p *press) turnedTable(turned []scorecard.ChangedVerdict) printedTable {
	t := printedTable{columns: []printedColumn{{"Verdicts and trends that turned", 66, false}, {"What turned", 34, false}, {"Before", 40, false}, {"Now", 40, false}}}
	for _, one := range turned {
		t.rows = append(t.rows, printedRow{cells: [][]part{
			{{words: one.Short, face: linkType, link: definitionPlace(one.Indicator)}},
			{{words: one.What, face: cellType}},
			chipParts(one.Then),
			chipParts(one.Now),
		}})
	}
	return t
}
