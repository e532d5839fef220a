package scorecard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
	"levelfield/seeds"
)

// boardCharts are the charts that a board asks for, and those that its figures do not allow.
func (b *builder) boardCharts() (charts []Chart, undrawn []Term) {
	for i, asked := range b.in.Board.Charts {
		chart := Chart{ID: fmt.Sprintf("board-%d", i+1), Title: asked.Title, Note: asked.Note}
		reason := ""
		switch ChartKind(asked.Kind) {
		case StackedChart:
			chart = b.stacked(chart, asked)
		case DumbbellChart:
			chart = b.dumbbells(chart, asked)
		case SpineChart:
			chart = b.spine(chart, asked)
		case RugChart:
			chart = b.rug(chart, asked)
		case GapChart:
			chart = b.gapChart(chart, b.in.Definitions[asked.Indicators[0]])
		case MultiplesChart:
			chart = b.multiples(chart, asked)
		case SurvivalChart:
			chart = b.survival(chart, asked)
		case TilesChart:
			chart = b.tileMap(chart, b.in.Definitions[asked.Indicators[0]])
		case TimelineChart:
			chart = b.timeline(chart)
		case FunnelChart:
			chart, reason = b.funnel(chart, b.in.Definitions[asked.Indicators[0]])
		case ControlChart:
			chart, reason = b.control(chart, b.in.Definitions[asked.Indicators[0]])
		case GradientChart:
			chart, reason = b.gradient(chart, b.in.Definitions[asked.Indicators[0]])
		case BulletChart:
			chart, reason = b.bullets(chart, asked)
		}
		switch {
		case reason != "":
			undrawn = append(undrawn, Term{asked.Title, capital(strings.TrimSuffix(reason, ".")) + "."})
		case !chart.Empty():
			charts = append(charts, chart)
		}
	}
	return charts, undrawn
}

// manySources is the source line of a chart over several indicators.
const manySources = "Sources: as on each indicator's page."

// fewestRanged is the number of areas from which on a range and quarters say something of the country.
const fewestRanged = 20

// spine is one row an indicator: the focus area against England between the extremes of all authorities.
func (b *builder) spine(chart Chart, asked BoardChart) Chart {
	chart.Kind, chart.Series, chart.Source = SpineChart, b.named()[:1], manySources
	chart.Subtitle = fmt.Sprintf("The latest figure of each line, %s against %s and all upper-tier and unitary authorities", b.area(b.focus()), b.area(b.england()))
	for _, id := range asked.Indicators {
		definition := b.in.Definitions[id]
		latest, found := b.latest(id, "", "")
		if !found || !latest.HasValue() {
			continue
		}
		row := SpineRow{
			Label: definition.Short, Period: latest.Period.Short(), Unit: unitOf(definition), HigherIsBetter: higherIsBetter(definition),
			Tone: b.toneOf(definition, latest), Value: latest.Value, Status: latest.Status, England: b.elsewhere(latest, b.england()).Value,
		}
		if values := b.authorities(latest); len(values) >= fewestRanged {
			row.Lowest, row.Highest = &values[0], &values[len(values)-1]
			first, third := quantile(values, 0.25), quantile(values, 0.75)
			row.Quarters = [2]*float64{&first, &third}
		}
		chart.Spine = append(chart.Spine, row)
	}
	return chart
}

// higherIsBetter is a definition's direction; nil where it has none.
func higherIsBetter(definition indicators.Definition) *bool {
	if definition.Polarity == "neutral" {
		return nil
	}
	higher := definition.Polarity == "high"
	return &higher
}

// toneOf is the tone of a value's verdict against England; an older series has none.
func (b *builder) toneOf(definition indicators.Definition, v results.Value) Tone {
	verdict, judged := b.verdicts[comparisonKey{v.Key(), b.england()}]
	if !judged || closed(definition) {
		return None
	}
	return verdictChip(verdict).Tone
}

// authorities are the values of the authorities among which positions are counted, at the period of a value, ascending.
func (b *builder) authorities(of results.Value) []float64 {
	var values []float64
	for _, code := range b.in.Authorities {
		if v := b.elsewhere(of, code); v.HasValue() {
			values = append(values, *v.Value)
		}
	}
	slices.Sort(values)
	return values
}

// quantile is the value below which a share of ascending values lies (Hyndman and Fan 1996, definition 7).
func quantile(values []float64, share float64) float64 {
	position := share * float64(len(values)-1)
	below := int(position)
	if below+1 >= len(values) {
		return values[len(values)-1]
	}
	return values[below] + (position-float64(below))*(values[below+1]-values[below])
}

// rug is the focus area, England and the neighbours by indicators. A neighbour's cell has a verdict by the same rule as
// the focus area's, where the definition allows one.
func (b *builder) rug(chart Chart, asked BoardChart) Chart {
	chart.Kind, chart.Source, chart.Grid = RugChart, manySources, &Grid{}
	set := b.in.Project.Comparators.Neighbours
	chart.Subtitle = fmt.Sprintf("The latest figure of each line. %s", capital(b.in.SetNames[set]))
	codes := append([]string{b.focus(), b.england()}, b.in.Neighbours[set]...)
	for i, code := range codes {
		role := []Role{FocusRole, EnglandRole, NeighbourRole}[min(i, 2)]
		chart.Grid.Columns = append(chart.Grid.Columns, GridColumn{Label: b.area(code), Role: role})
	}
	for _, id := range asked.Indicators {
		definition := b.in.Definitions[id]
		latest, found := b.latest(id, "", "")
		if !found || !latest.HasValue() {
			continue
		}
		row := GridRow{Label: definition.Short, Period: latest.Period.Short(), Unit: unitOf(definition)}
		england := b.elsewhere(latest, b.england())
		for i, code := range codes {
			v := b.elsewhere(latest, code)
			cell := GridCell{Value: v.Value, Status: v.Status, Tone: None}
			switch {
			case i == 0:
				cell.Tone = b.toneOf(definition, latest)
			case i > 1 && comparedWithEngland(definition) && england.HasValue() && v.HasValue():
				verdict := stats.Compare(v.Estimate, england.Value, stats.Polarity(definition.Polarity))
				cell.Tone = verdictChip(results.Comparison{Outcome: verdict.Outcome}).Tone
			}
			row.Cells = append(row.Cells, cell)
		}
		chart.Grid.Rows = append(chart.Grid.Rows, row)
	}
	return chart
}

// comparedWithEngland says whether any area may be compared with England's published value as it is.
func comparedWithEngland(definition indicators.Definition) bool {
	how := definition.Compare.England
	return !closed(definition) && (how == nil || how.None == "" && how.Unknown == "" && !how.Bounded())
}

// gapChart is both ends of a breakdown in every period, for the focus area and England.
func (b *builder) gapChart(chart Chart, definition indicators.Definition) Chart {
	parts := b.twoEnds(definition)
	if len(parts) == 0 {
		return chart
	}
	chart.Kind, chart.Unit, chart.Source = GapChart, unitOf(definition), b.source(definition)
	chart.PartNames = [2]string{lowerFirst(categoryName(definition, parts[0].category)), lowerFirst(categoryName(definition, parts[1].category))}
	for _, area := range []struct {
		code string
		role Role
	}{{b.focus(), FocusRole}, {b.england(), EnglandRole}} {
		for _, part := range parts {
			chart.Series = append(chart.Series, b.partLine(definition, part, area.code, area.role))
		}
	}
	if len(chart.Series[0].Points) < 2 {
		return Chart{}
	}
	series := b.series(seriesKey{definition.ID, b.focus(), parts[0].breakdown, parts[0].category})
	chart.Breaks = breaksOf(definition, series)
	chart.Subtitle = fmt.Sprintf("%s, %s, %s, %s", definition.Short, unitWords(definition), whose(chart), span(series[0].Period, series[len(series)-1].Period))
	return chart
}

// partLine is one group's series in one area.
func (b *builder) partLine(definition indicators.Definition, of part, area string, role Role) Series {
	line := Series{Name: b.area(area), Role: role}
	for _, v := range b.series(seriesKey{definition.ID, area, of.breakdown, of.category}) {
		line.Points = append(line.Points, Point{
			Label: since(v.Period), X: v.Period.Year(), Y: v.Value, Status: v.Status, Provisional: slices.Contains(strings.Fields(v.Status), "p"),
		})
	}
	return line
}

// multiples are the trends of indicators as small charts.
func (b *builder) multiples(chart Chart, asked BoardChart) Chart {
	chart.Kind, chart.Source = MultiplesChart, manySources
	for _, id := range asked.Indicators {
		definition := b.in.Definitions[id]
		panel := b.trendChart(definition)
		if pointsWithValue(panel) < 2 {
			continue
		}
		panel.Title = definition.Short
		if unit := unitWords(definition); unit != "" && !strings.Contains(definition.Short, unit) {
			panel.Title += ", " + unit
		}
		panel.Subtitle, panel.Source = "", ""
		chart.Panels = append(chart.Panels, panel)
	}
	if len(chart.Panels) > 0 {
		chart.Subtitle = fmt.Sprintf("%s and %s; each chart has an axis of its own", b.area(b.focus()), b.area(b.england()))
	}
	return chart
}

// survival is one cohort followed through the indicators of its first, second, third year and so on: the newest cohort of
// which all are known.
func (b *builder) survival(chart Chart, asked BoardChart) Chart {
	definitions := make([]indicators.Definition, len(asked.Indicators))
	for i, id := range asked.Indicators {
		definitions[i] = b.in.Definitions[id]
	}
	slices.SortStableFunc(definitions, func(a, c indicators.Definition) int { return cmp.Compare(a.FollowUp, c.FollowUp) })
	last := definitions[len(definitions)-1]
	cohort, found := b.latest(last.ID, "", "")
	if !found || !cohort.HasValue() {
		return chart
	}
	chart.Kind, chart.Unit, chart.Source = SurvivalChart, unitOf(last), b.source(last)
	whole := 100.0
	for _, area := range []struct {
		code string
		role Role
	}{{b.focus(), FocusRole}, {b.england(), EnglandRole}} {
		line := Series{Name: b.area(area.code), Role: area.role, Points: []Point{{Label: "start", Y: &whole}}}
		for _, definition := range definitions {
			key := results.Key{Indicator: definition.ID, Area: area.code, Period: cohort.Period.Label}
			v := b.value(key)
			label := fmt.Sprintf("%d %s", definition.FollowUp, plural(definition.FollowUp, "year", "years"))
			line.Points = append(line.Points, Point{Label: label, X: float64(definition.FollowUp), Y: v.Value, Lower: v.Lower95, Upper: v.Upper95, Status: v.Status})
		}
		chart.Series = append(chart.Series, line)
	}
	chart.Subtitle = fmt.Sprintf("Share of those of %s that lasted, %s, %s and %s", cohort.Period.Words(), unitWords(last), b.area(b.focus()), b.area(b.england()))
	return chart
}

// timeline is the board's deliverables by the day they are due.
func (b *builder) timeline(chart Chart) Chart {
	chart.Kind, chart.Subtitle = TimelineChart, "By the day each is due, with its status as last recorded"
	chart.Source = "Source: the strategy, and progress as recorded since."
	newest := ""
	for _, p := range b.in.Results.Progress {
		if p.Kind != seeds.Deliverable || b.in.Board.Deliverables != "all" && p.Goal != b.in.Board.Deliverables {
			continue
		}
		word, shape := statusWord(p.Status)
		event := Event{Label: p.Title, Due: monthWords(p.Due), Status: word, Shape: shape, Group: p.Goal}
		if x, dated := yearOf(p.Due); dated {
			event.X = &x
		}
		newest = max(newest, p.AsOf)
		chart.Events = append(chart.Events, event)
	}
	if x, dated := yearOf(newest); dated {
		chart.Today = &Mark{Label: "Newest status: " + monthWords(newest), Value: &x}
	}
	return chart
}

// yearOf is a day or a month as a number of years: the end of a month, the day itself.
func yearOf(iso string) (float64, bool) {
	if day, err := time.Parse("2006-01-02", iso); err == nil {
		return float64(day.Year()) + float64(day.YearDay())/365.25, true
	}
	if month, err := time.Parse("2006-01", iso); err == nil {
		return float64(month.Year()) + float64(month.Month())/12, true
	}
	return 0, false
}
