package render

import (
	"levelfield/scorecard"
	"levelfield/scorecard/chart"
)

// The faces around a chart.
var (
	chartTitleType    = face{10, true, darkInk}
	chartSubtitleType = face{8.4, false, mutedInk}
)

// chartGap is the white below a chart.
const chartGap = 4.0

// smallestScale is how far charts may shrink so that those of a line share a page: their text is then about 7 points high.
const smallestScale = 0.74

// chart prints a chart at a scale, with its message above and its source below, all on one page.
func (p *press) chart(spec scorecard.Chart, scale float64) {
	p.room(p.chartHeight(spec, scale))
	p.flow(p.chartHead(spec))
	p.y++
	height, width := p.picture(spec)
	p.draw(spec, pageLeft, p.y, width*scale, height*scale)
	p.y += height*scale + 1
	p.flow(p.chartFoot(spec))
	p.y += chartGap
}

func (p *press) chartHead(spec scorecard.Chart) stacked {
	return p.stack([]part{{words: spec.Title, face: chartTitleType}, {words: spec.Subtitle, face: chartSubtitleType}}, textWidth, false, 0)
}

func (p *press) chartFoot(spec scorecard.Chart) stacked {
	return p.stack([]part{{words: joined(" ", spec.Note, spec.Source), face: smallType}}, textWidth, false, 0)
}

// chartHeight is the height of a chart with its words.
func (p *press) chartHeight(spec scorecard.Chart, scale float64) float64 {
	height, _ := p.picture(spec)
	return p.chartHead(spec).height + height*scale + p.chartFoot(spec).height + 2
}

// together is the scale at which charts fit into a height below each other, with the height they then take, and
// whether they fit without becoming too small.
func (p *press) together(charts []scorecard.Chart, room float64) (scale, height float64, fit bool) {
	words, pictures := -chartGap, 0.0
	for _, spec := range charts {
		words += p.chartHeight(spec, 0) + chartGap
		pictures += p.chartHeight(spec, 1) - p.chartHeight(spec, 0)
	}
	scale = min(1, (room-words)/pictures)
	return scale, words + pictures*scale, scale >= smallestScale
}

// picture is the size at which a full chart is drawn: as wide as the text, unless that is higher than a page leaves.
func (p *press) picture(spec scorecard.Chart) (height, width float64) {
	natural, high, err := chart.Size(spec)
	if err != nil {
		p.fail(err)
		return 0, textWidth
	}
	height = textWidth * high / natural
	if limit := bodyHeight * 0.8; height > limit {
		return limit, textWidth * limit / height
	}
	return height, textWidth
}

// stackChart lays a small chart into a cell of a table.
func (p *press) stackChart(s *stacked, spec scorecard.Chart, width float64) {
	natural, high, err := chart.Size(spec)
	if err != nil {
		p.fail(err)
		return
	}
	height := width * high / natural
	s.add(height, func(x, y float64) { p.draw(spec, x, y, width, height) })
}

// draw puts the drawing itself on the page.
func (p *press) draw(spec scorecard.Chart, x, y, width, height float64) {
	if p.err == nil && height > 0 {
		p.fail(chart.OnPDF(p.pdf, family, x, y, width, height, inBrand(spec.Relabelled(p.meter.settable), p.model.Brand)))
	}
}

// fail keeps the first error of a pass.
func (p *press) fail(err error) {
	if p.err == nil && err != nil {
		p.err = err
	}
}
