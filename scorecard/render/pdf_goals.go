package render

import (
	"slices"

	"levelfield/scorecard"
)

// boardCharts prints the charts that stand over several lines.
func (p *press) boardCharts() {
	var charts []scorecard.Chart
	for _, spec := range p.model.Charts {
		if !spec.Empty() {
			charts = append(charts, spec)
		}
	}
	if len(charts)+len(p.model.Undrawn) == 0 {
		return
	}
	room := 0.0
	if len(charts) > 0 {
		room = p.chartHeight(charts[0], 1)
	}
	p.follow("", "Several lines together", room)
	for _, spec := range charts {
		p.chart(spec, 1)
	}
	for _, left := range p.model.Undrawn {
		p.paragraph(leadType, "Not drawn: "+left.Term+". "+left.Text)
	}
}

// goals prints goal after goal: what can be said, the tables, and the charts of the front lines that belong to it.
func (p *press) goals() {
	shown := map[string]bool{}
	for _, goal := range p.model.Goals {
		p.follow(goal.Code, goal.Title, 0)
		if statement := ownStatement(goal); statement != "" {
			p.paragraph(bodyType, statement)
			p.y += 1.5
		}
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

// packKinds are the kinds of chart that the pack prints of an indicator: over time, both ends of a gap, and among the
// neighbours.
var packKinds = map[scorecard.ChartKind]bool{
	scorecard.TrendChart: true, scorecard.DumbbellChart: true, scorecard.BarsChart: true, scorecard.StackedChart: true,
	scorecard.GapChart: true,
}

// packCharts are the charts of an indicator that the pack prints, in their order.
func packCharts(page scorecard.Page) []scorecard.Chart {
	var charts []scorecard.Chart
	for _, spec := range page.Charts {
		if packKinds[spec.Kind] && !spec.Empty() {
			charts = append(charts, spec)
		}
	}
	return charts
}

// indicatorCharts prints the charts of one front line under its name, its figures and its sentences, on one page.
func (p *press) indicatorCharts(page scorecard.Page) {
	charts := withoutRepeats(packCharts(page))
	lead := p.stack([]part{
		{words: page.Card.Basis, face: smallType},
		{words: p.figuresOf(page.Card), face: cellBold, gap: 1},
		{words: joined(" ", page.Lead...), face: face{9.2, false, darkInk}, gap: 1},
	}, textWidth, false, 0)
	const spacing = 3.0
	above := p.subsectionHeight(page.Card.Short) + lead.height + spacing
	left := pageBottom - p.y
	scale, height, fit := p.together(charts, left-above)
	// Right under the heading of a section nothing goes to the next page: the heading would stand alone.
	under := p.y <= pageTop+sectionRoom
	if !fit && !under {
		left = bodyHeight + subsectionGap // which the top of a page does without
		scale, height, fit = p.together(charts, left-above)
	}
	if !fit {
		scale, height = 1, p.chartHeight(charts[0], 1)
	}
	p.subsection("", page.Card.Short, min(left-p.subsectionHeight(page.Card.Short), lead.height+spacing+height), true)
	p.flow(lead)
	p.y += spacing
	for _, spec := range charts {
		p.chart(spec, scale)
	}
}

// withoutRepeats takes away the source of a chart where the next one below it names the same.
func withoutRepeats(charts []scorecard.Chart) []scorecard.Chart {
	charts = slices.Clone(charts)
	for i := range charts[:len(charts)-1] {
		if charts[i].Source == charts[i+1].Source {
			charts[i].Source = ""
		}
	}
	return charts
}

// figuresOf is a line with the area's figure and those that it is held against.
func (p *press) figuresOf(card scorecard.Card) string {
	figure := func(whose string, of scorecard.Figure) string {
		if of.Text == "" {
			return ""
		}
		return joined(" ", whose, of.Text, of.Marker)
	}
	return joined(" · ", figure(p.model.Area, card.Value), figure("England", card.England), card.RegionNote, figure("Neighbours’ median", card.Neighbours))
}
