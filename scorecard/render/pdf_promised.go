package render

// promised is what the strategy promised for its first year, with the status on record, and what it committed to.
func (p *press) promised() {
	rows := deliverables(p.model)
	if len(rows) == 0 {
		return
	}
	p.follow("", "What was promised for year one", 0)
	p.paragraph(leadType, promisedSay(p.model, rows))
	for _, group := range milestoneGroups(p.model, rows, "Deliverable") {
		p.table(milestoneTable(group))
	}
	p.commitments()
}

// commitments are the strategy's commitments: a list where no status is on record, and a table where there is one.
func (p *press) commitments() {
	if len(p.model.Commitments) == 0 {
		return
	}
	const lines = 40.0 // millimetres: the sentence and the first lines of a list
	p.subsection("", "What will be done differently: the strategy’s commitments", lines, true)
	groups := milestoneGroups(p.model, p.model.Commitments, "Commitment")
	say := unrecorded(p.model.Commitments)
	if say == "" {
		for _, group := range groups {
			p.table(milestoneTable(group))
		}
		return
	}
	p.paragraph(leadType, say)
	p.y += 3
	columns := newColumns(p)
	for _, group := range groups {
		block := p.commitmentList(group)
		columns.room(block.height)
		columns.flow(block)
	}
	columns.close()
}

func (p *press) commitmentList(group milestoneGroup) stacked {
	parts := []part{{words: joined(" ", group.Code, group.Title), face: cellBold, keep: true}}
	for _, row := range group.Rows {
		parts = append(parts, part{words: "• " + row.Title, face: cellType, gap: 0.6})
	}
	return p.stack(parts, halfWidth, false, 0)
}

// milestoneTable is the deliverables or commitments of one goal with the status that is on record.
func milestoneTable(group milestoneGroup) printedTable {
	title := group.Title
	if title == "" {
		title = "Goal " + group.Code
	}
	t := printedTable{code: group.Code, title: title, unlisted: true, columns: []printedColumn{
		{group.What, 70, false}, {"Due", 24, false}, {"Status", 36, false}, {"In the words of the record", 50, false},
	}}
	for _, row := range group.Rows {
		t.rows = append(t.rows, milestoneCells(row))
	}
	return t
}

func milestoneCells(row milestoneRow) printedRow {
	return printedRow{cells: [][]part{
		{{words: row.Title, face: cellType}, {words: row.Owner, face: smallType, gap: 0.4}},
		{{words: british(row.Due), face: cellType}},
		{{words: row.Status, shape: row.Shape, face: cellBold}},
		{{words: quoted(row.Quoted), face: cellType}, {words: row.Origin, face: smallType, gap: 0.4}},
	}}
}

// since is the table of the board's lines then and now.
func (p *press) since() {
	if len(p.model.Since) == 0 {
		return
	}
	p.follow("", "Since the strategy began", 0)
	p.paragraph(leadType, "From the last period before the strategy began to the latest, worked out before rounding. A change whose 95% interval "+
		"includes zero is not established; one without an interval was not tested.")
	p.y += 2
	p.table(p.sinceTable(p.model.Since))
}
