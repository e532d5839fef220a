package render

import (
	"fmt"

	"levelfield/scorecard"
)

// boardCharts prints the charts that stand over several lines.
func (p *press) boardCharts() {
	var charts []scorecard.Chart
	for _, spec := range p.model.Charts {
		if !empty(spec) {
			charts = append(charts, spec)
		}
	}
	if len(charts) == 0 {
		return
	}
	p.section("", "Several lines together")
	for _, spec := range charts {
		p.chart(spec, 1)
	}
}

// goals prints goal after goal: what can be said, the tables, and the charts of the front lines that belong to it.
func (p *press) goals() {
	shown := map[string]bool{}
	for _, goal := range p.model.Goals {
		p.section(goal.Code, goal.Title)
		if goal.Say != "" {
			p.paragraph(leadType, goal.Say)
			p.y += 2
		}
		if !holds(goal) {
			p.paragraph(leadType, "This board holds no line for this goal.")
		}
		for _, table := range goal.Tables {
			p.table(p.cardTable(table))
			p.table(missingTable(table.Missing))
		}
		for _, page := range p.frontPages() {
			if !shown[page.Card.Indicator] && lists(goal, page.Card.Indicator) {
				shown[page.Card.Indicator] = true
				p.indicatorCharts(page)
			}
		}
	}
	begun := false
	for _, page := range p.frontPages() {
		if shown[page.Card.Indicator] {
			continue
		}
		if !begun {
			p.section("", "Other lines in charts")
			begun = true
		}
		p.indicatorCharts(page)
	}
}

// lists says whether an indicator stands in a goal's tables.
func lists(goal scorecard.Goal, indicator string) bool {
	for _, table := range goal.Tables {
		for _, card := range table.Cards {
			if card.Indicator == indicator {
				return true
			}
		}
	}
	return false
}

// holds says whether a goal has anything to show.
func holds(goal scorecard.Goal) bool {
	for _, table := range goal.Tables {
		if len(table.Cards)+len(table.Missing) > 0 {
			return true
		}
	}
	return goal.Say != ""
}

// frontPages are the pages of the front lines that have a chart, in the order of the front table.
func (p *press) frontPages() []scorecard.Page {
	pages := map[string]scorecard.Page{}
	for _, page := range p.model.Pages {
		if len(packCharts(page)) > 0 {
			pages[page.Card.Indicator] = page
		}
	}
	var found []scorecard.Page
	for _, card := range p.model.Front {
		if page, known := pages[card.Indicator]; known {
			found = append(found, page)
			delete(pages, card.Indicator)
		}
	}
	return found
}

// packCharts are the charts of an indicator that the pack prints: over time, and among the neighbours.
func packCharts(page scorecard.Page) []scorecard.Chart {
	var charts []scorecard.Chart
	for _, spec := range page.Charts {
		if (spec.Kind == scorecard.TrendChart || spec.Kind == scorecard.BarsChart) && !empty(spec) {
			charts = append(charts, spec)
		}
	}
	return charts
}

// indicatorCharts prints the charts of one front line under its name and its sentences.
func (p *press) indicatorCharts(page scorecard.Page) {
	charts := packCharts(page)
	lead := p.stack([]part{
		{words: page.Card.Basis, face: smallType},
		{words: joined(" ", page.Lead...), face: face{9.2, false, darkInk}, gap: 1},
	}, textWidth, false, 0)
	const spacing, sectionHead = 3.0, 25.0
	above := p.subsectionHeight(page.Card.Short) + lead.height + spacing
	scale, height, fit := p.together(charts, pageBottom-p.y-above)
	if !fit && p.y > pageTop+sectionHead {
		scale, height, fit = p.together(charts, bodyHeight-above)
	}
	if !fit {
		scale, height = 1, p.chartHeight(charts[0], 1)
	}
	p.subsection("", page.Card.Short, min(bodyHeight, lead.height+spacing+height), true)
	p.flow(lead)
	p.y += spacing
	for _, spec := range charts {
		p.chart(spec, scale)
	}
}

// promised is what the strategy promised for its first year, with the status on record.
func (p *press) promised() {
	rows := deliverables(p.model)
	if len(rows) == 0 {
		return
	}
	p.section("", "What was promised for year one")
	p.paragraph(leadType, "The status is the strategy’s own account at the date shown, unless later progress was recorded. "+
		"A deliverable that is only listed was named for the year, and nothing more is on record.")
	titles := map[string]string{}
	for _, goal := range p.model.Goals {
		titles[goal.Code] = goal.Title
	}
	var order []string
	byGoal := map[string][]scorecard.Milestone{}
	for _, row := range rows {
		if len(byGoal[row.Goal]) == 0 {
			order = append(order, row.Goal)
		}
		byGoal[row.Goal] = append(byGoal[row.Goal], row)
	}
	for _, goal := range order {
		title := titles[goal]
		if title == "" {
			title = fmt.Sprintf("Goal %s", goal)
		}
		p.table(milestoneTable(goal, title, byGoal[goal]))
	}
}

// since is the table of the board's lines then and now.
func (p *press) since() {
	if len(p.model.Since) == 0 {
		return
	}
	p.section("", "Since the strategy began")
	p.paragraph(leadType, "From the last period before the strategy began to the latest. A change whose 95% interval includes zero is not established; "+
		"one without an interval was not tested.")
	p.y += 2
	p.table(p.sinceTable(p.model.Since))
}
