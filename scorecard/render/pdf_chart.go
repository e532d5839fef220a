package render

import (
	"slices"

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
		p.fail(chart.OnPDF(p.pdf, family, x, y, width, height, p.relabelled(spec)))
	}
}

// relabelled is a chart whose labels the document can set.
func (p *press) relabelled(spec scorecard.Chart) scorecard.Chart {
	set := p.meter.settable
	spec.Unit.Prefix, spec.Unit.Suffix = set(spec.Unit.Prefix), set(spec.Unit.Suffix)
	spec.PartNames = [2]string{set(spec.PartNames[0]), set(spec.PartNames[1])}
	spec.Series = slices.Clone(spec.Series)
	for i, series := range spec.Series {
		spec.Series[i].Name, spec.Series[i].Points = set(series.Name), slices.Clone(series.Points)
		for j, point := range series.Points {
			spec.Series[i].Points[j].Label, spec.Series[i].Points[j].Status = set(point.Label), set(point.Status)
		}
	}
	spec.Breaks = slices.Clone(spec.Breaks)
	for i := range spec.Breaks {
		spec.Breaks[i].Why = set(spec.Breaks[i].Why)
	}
	spec.Bars = slices.Clone(spec.Bars)
	for i, bar := range spec.Bars {
		spec.Bars[i].Label, spec.Bars[i].Status = set(bar.Label), set(bar.Status)
	}
	if spec.Reference != nil {
		spec.Reference = &scorecard.Mark{Label: set(spec.Reference.Label), Value: spec.Reference.Value}
	}
	spec.Pairs = slices.Clone(spec.Pairs)
	for i, pair := range spec.Pairs {
		spec.Pairs[i].Label, spec.Pairs[i].Period = set(pair.Label), set(pair.Period)
		spec.Pairs[i].Unit.Prefix, spec.Pairs[i].Unit.Suffix = set(pair.Unit.Prefix), set(pair.Unit.Suffix)
	}
	return spec
}

// fail keeps the first error of a pass.
func (p *press) fail(err error) {
	if p.err == nil && err != nil {
		p.err = err
	}
}
