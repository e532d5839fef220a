package scorecard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"levelfield/engine/results"
	"levelfield/engine/stats"
	"levelfield/indicators"
)

// charts are the charts of one page: the trend, both ends of a breakdown, and the neighbours.
func (b *builder) charts(definition indicators.Definition, latest results.Value) []Chart {
	var charts []Chart
	if trend := b.trendChart(definition); pointsWithValue(trend) > 1 {
		charts = append(charts, trend)
	}
	if ends := b.endsOverTime(b.whole(definition)); !ends.Empty() {
		ends.ID = definition.ID + "-ends"
		charts = append(charts, ends)
	}
	if gap(definition) != nil {
		return charts
	}
	if how := definition.Compare.England; how != nil && how.Unknown != "" {
		return append(charts, b.withUnknown(definition, how.Unknown))
	}
	if bars := b.barsChart(definition, latest); len(bars.Bars) > 1 {
		charts = append(charts, bars)
	}
	return charts
}

// endsOverTime are both ends of a breakdown in every period, or in the latest where fewer than three are held: between two,
// a picture of a gap's course would draw a change that no test made.
func (b *builder) endsOverTime(definition indicators.Definition) Chart {
	ends := b.endsChart(definition)
	if len(ends.Pairs) == 0 {
		return ends
	}
	over := b.gapChart(Chart{Title: ends.Title}, definition)
	if len(over.Series) == 0 || pairedPeriods(over) < joinable {
		return ends
	}
	return over
}

// pairedPeriods counts the periods in which both groups of the focus area have a value.
func pairedPeriods(chart Chart) int {
	held := map[float64]int{}
	for _, series := range chart.Series {
		for _, point := range series.Points {
			if series.Role == FocusRole && point.Y != nil {
				held[point.X]++
			}
		}
	}
	both := 0
	for _, count := range held {
		if count == 2 {
			both++
		}
	}
	return both
}

// whole is the indicator whose breakdown a gap is made of; any other definition is itself.
func (b *builder) whole(definition indicators.Definition) indicators.Definition {
	if d := gap(definition); d != nil && d.Of != "" {
		return b.in.Definitions[d.Of]
	}
	return definition
}

// withUnknown shows the neighbours by both parts, the indicator and what is not known: alone, a low value may only mean
// that much is not known.
func (b *builder) withUnknown(definition indicators.Definition, unknown string) Chart {
	chart := Chart{
		ID: definition.ID + "-neighbours", Title: fmt.Sprintf("%s and %s, side by side", definition.Says.Noun, lowerFirst(b.in.Definitions[unknown].Says.Noun)),
		Note: "In the order of both parts together. Where much is not known, some of it belongs to the first part.",
	}
	return b.stacked(chart, BoardChart{Indicators: []string{definition.ID, unknown}})
}

func pointsWithValue(chart Chart) int {
	n := 0
	for _, series := range chart.Series {
		for _, point := range series.Points {
			if point.Y != nil && series.Role == FocusRole {
				n++
			}
		}
	}
	return n
}

// trendChart is the focus area over time with its interval, England, and England's upper bound where it has one.
func (b *builder) trendChart(definition indicators.Definition) Chart {
	chart := Chart{
		Kind: TrendChart, ID: definition.ID + "-trend", Title: b.trendTitle(definition), Unit: unitOf(definition),
		Source: b.source(definition),
	}
	chart.Series = append(chart.Series, b.line(definition, definition.ID, b.focus(), FocusRole))
	england := b.line(definition, definition.ID, b.england(), EnglandRole)
	if len(england.Points) > 0 && definition.Measure.Count == nil {
		chart.Series = append(chart.Series, england)
	}
	if how := definition.Compare.England; how != nil && how.Bounded() {
		chart.Series = append(chart.Series, b.upperBound(definition, how))
	}
	if line, held := b.targetLine(definition); held {
		chart.Series = append(chart.Series, line)
	}
	series := b.series(seriesKey{indicator: definition.ID, area: b.focus()})
	chart.Breaks = breaksOf(definition, series)
	chart.Note = b.suppressedPeriods(seriesKey{indicator: definition.ID, area: b.focus()})
	if len(series) > 0 {
		chart.Subtitle = fmt.Sprintf("%s, %s, %s, %s", definition.Short, unitWords(definition), whose(chart), span(series[0].Period, series[len(series)-1].Period))
	}
	if definition.Money {
		chart.Subtitle += ", in cash terms"
		chart.Note = strings.TrimSpace(chart.Note + " In the money of each year, so part of what rises is prices. Change is judged as a ratio to England's.")
	}
	return chart
}

// whose names the areas of a chart that has a figure of each: "Thurrock and England".
func whose(chart Chart) string {
	var areas []string
	for _, series := range chart.Series {
		held := slices.ContainsFunc(series.Points, func(p Point) bool { return p.Y != nil })
		if held && (series.Role == FocusRole || series.Role == EnglandRole) && !slices.Contains(areas, series.Name) {
			areas = append(areas, series.Name)
		}
	}
	return names(areas)
}

// breaksOf are the breaks between the periods of a series; the same reason is written out once.
func breaksOf(definition indicators.Definition, series []results.Value) []Divide {
	var breaks []Divide
	for i := 1; i < len(series); i++ {
		if why := definition.Separates(series[i-1].Period, series[i].Period); why != "" {
			if n := len(breaks); n > 0 && breaks[n-1].Why == why {
				why = "Those periods end here."
			}
			breaks = append(breaks, Divide{X: (series[i-1].Period.Year() + series[i].Period.Year()) / 2, Why: why})
		}
	}
	return breaks
}

// upperBound is the line above which England's value cannot lie.
func (b *builder) upperBound(definition indicators.Definition, how *indicators.Comparator) Series {
	if len(how.Bounds) == 2 {
		return b.line(definition, how.Bounds[1], b.england(), UpperBoundRole)
	}
	line := b.line(definition, definition.ID, b.england(), UpperBoundRole)
	for i, v := range b.series(seriesKey{indicator: definition.ID, area: b.england()}) {
		key := v.Key()
		key.Indicator = how.Unknown
		open := b.value(key)
		line.Points[i].Lower, line.Points[i].Upper = nil, nil
		if v.HasValue() && open.HasValue() {
			sum := *v.Value + *open.Value
			line.Points[i].Y = &sum
		} else {
			line.Points[i].Y = nil
		}
	}
	return line
}

// joinable is the least number of points that a line may join: between two, it would draw a change that no test made.
const joinable = 3

// line is one area's series; points on either side of a break are not joined.
func (b *builder) line(definition indicators.Definition, indicator, area string, role Role) Series {
	line := Series{Name: b.area(area), Role: role}
	series := b.series(seriesKey{indicator: indicator, area: area})
	for i, v := range series {
		point := Point{Label: since(v.Period), X: v.Period.Year(), Y: v.Value, Lower: v.Lower95, Upper: v.Upper95, Status: v.Status}
		point.Provisional = slices.Contains(strings.Fields(v.Status), "p")
		if i > 0 {
			point.GapBefore = definition.Separates(series[i-1].Period, v.Period) != "" ||
				v.Period.Year()-series[i-1].Period.Year() > 1.5
		}
		line.Points = append(line.Points, point)
	}
	if len(series) < joinable {
		for i := 1; i < len(line.Points); i++ {
			line.Points[i].GapBefore = true
		}
	}
	return line
}

// trendTitle is the message of a trend chart: what the test over recent periods found, and the verdict on the latest.
func (b *builder) trendTitle(definition indicators.Definition) string {
	latest, found := b.latest(definition.ID, "", "")
	if !found || !latest.HasValue() {
		return definition.Says.Noun + ": no figure is held"
	}
	unit := unitOf(definition)
	key := seriesKey{indicator: definition.ID, area: b.focus()}
	trend := b.trends[key]
	verdict := b.verdicts[comparisonKey{latest.Key(), b.england()}]
	if definition.Measure.Count != nil {
		verdict = results.Comparison{} // a total depends on the size of the area
	}
	first, last := b.pointAt(key, trend.From), b.pointAt(key, trend.To)
	have, be := "has", "is"
	if definition.Says.Plural {
		have, be = "have", "are"
	}
	if closed(definition) {
		be = was(definition)
	}
	ending := beside(verdict, *latest.Value)
	switch trend.Outcome {
	case stats.GettingBetter, stats.GettingWorse, stats.Increasing, stats.Decreasing:
		if trend.Rule == stats.RuleRecentRatio {
			return fmt.Sprintf("%s %s %s against England's since %s", definition.Says.Noun, have, moved(trend, "risen", "fallen"), since(first.Period))
		}
		if first.HasValue() && last.HasValue() && closed(definition) {
			return fmt.Sprintf("%s %s from %s %s to %s %s", definition.Says.Noun, moved(trend, "rose", "fell"),
				unit.Format(*first.Value), dated(since(first.Period)), unit.Format(*last.Value), dated(since(last.Period)))
		}
		if first.HasValue() && last.HasValue() {
			return fmt.Sprintf("%s %s %s since %s, from %s to %s", definition.Says.Noun, have, moved(trend, "risen", "fallen"), since(first.Period), unit.Format(*first.Value), unit.Format(*last.Value))
		}
	case stats.NoSignificantChange:
		against := ""
		if trend.Rule == stats.RuleRecentRatio {
			against = " against England's"
		}
		title := fmt.Sprintf("%s %s not changed significantly%s since %s", definition.Says.Noun, have, against, since(first.Period))
		if closed(definition) {
			title = fmt.Sprintf("%s did not change significantly%s from %s to %s", definition.Says.Noun, against, since(first.Period), since(last.Period))
		}
		if ending != "" {
			title += ", and " + be + ending
			if closed(definition) {
				title += " " + dated(since(latest.Period))
			}
		}
		return title
	}
	if ending != "" {
		return fmt.Sprintf("%s %s%s %s: %s", definition.Says.Noun, was(definition), ending, dated(since(latest.Period)), unit.Format(*latest.Value)+englandIs(verdict, unit))
	}
	return fmt.Sprintf("%s: %s %s%s", definition.Says.Noun, unit.Format(*latest.Value), dated(since(latest.Period)), englandIs(verdict, unit))
}

// beside says how a value that was tested stands beside England's; "" for one that was not.
func beside(verdict results.Comparison, value float64) string {
	switch verdict.Outcome {
	case stats.Similar:
		return " similar to England"
	case stats.Better, stats.Best, stats.Worse, stats.Worst, stats.Higher, stats.Lower:
		if verdict.ComparatorValue != nil && value > *verdict.ComparatorValue {
			return " higher than England"
		}
		return " lower than England"
	}
	return ""
}

func englandIs(verdict results.Comparison, unit Unit) string {
	if verdict.ComparatorValue == nil {
		return ""
	}
	return ", England " + unit.Format(*verdict.ComparatorValue)
}

// endsChart sets both ends of a breakdown beside England's, for the latest period.
func (b *builder) endsChart(definition indicators.Definition) Chart {
	parts := b.twoEnds(definition)
	if len(parts) == 0 {
		return Chart{}
	}
	pair, held := b.pair(definition, definition.Short, parts)
	if !held {
		return Chart{}
	}
	low, high := categoryName(definition, parts[0].category), categoryName(definition, parts[1].category)
	first, _ := b.latest(definition.ID, parts[0].breakdown, parts[0].category)
	return Chart{
		Kind: DumbbellChart, ID: definition.ID + "-ends", Title: bothEnds(definition.Says.Noun, [2]string{low, high}, pair) + " " + dated(since(first.Period)),
		Subtitle: fmt.Sprintf("%s and %s, %s", low, lowerFirst(high), unitWords(definition)), Source: b.source(definition),
		Unit: unitOf(definition), Pairs: []Pair{pair}, PartNames: [2]string{lowerFirst(low), lowerFirst(high)}, Series: b.named(),
	}
}

// bothEnds is the message of a picture of one gap: its two ends as they are, since the gap was not tested or stands beside.
func bothEnds(what string, groups [2]string, pair Pair) string {
	return fmt.Sprintf("%s: %s %s, %s %s", what, lowerFirst(groups[0]), pair.Unit.Format(*pair.Focus[0]), lowerFirst(groups[1]), pair.Unit.Format(*pair.Focus[1]))
}

// named names the two areas of a chart that has pairs instead of lines.
func (b *builder) named() []Series {
	return []Series{{Name: b.area(b.focus()), Role: FocusRole}, {Name: b.area(b.england()), Role: EnglandRole}}
}

// pair is one row of a dumbbell chart: the latest period in which both ends are held.
func (b *builder) pair(definition indicators.Definition, label string, parts []part) (Pair, bool) {
	first, heldFirst := b.latest(definition.ID, parts[0].breakdown, parts[0].category)
	second, heldSecond := b.latest(definition.ID, parts[1].breakdown, parts[1].category)
	if !heldFirst || !heldSecond || !first.HasValue() || !second.HasValue() || first.Period.Label != second.Period.Label {
		return Pair{}, false
	}
	return Pair{
		Label: label, Period: first.Period.Words(), Unit: unitOf(definition),
		Focus:   [2]*float64{first.Value, second.Value},
		England: [2]*float64{b.elsewhere(first, b.england()).Value, b.elsewhere(second, b.england()).Value},
	}, true
}

// barsChart ranks the focus area among its neighbours.
func (b *builder) barsChart(definition indicators.Definition, latest results.Value) Chart {
	set := b.set(definition)
	chart := Chart{
		Kind: BarsChart, ID: definition.ID + "-neighbours", Unit: unitOf(definition), Source: b.source(definition),
		Subtitle: fmt.Sprintf("%s, %s, %s. %s", definition.Short, unitWords(definition), latest.Period.Words(), capital(b.in.SetNames[set])),
	}
	if definition.Measure.Published != nil && definition.Measure.Published.Interval == "lost" {
		return Chart{}
	}
	missing := 0
	for _, code := range append([]string{b.focus()}, b.in.Neighbours[set]...) {
		v := b.elsewhere(latest, code)
		if !v.HasValue() {
			missing++
			continue
		}
		role := NeighbourRole
		if code == b.focus() {
			role = FocusRole
		}
		chart.Bars = append(chart.Bars, Bar{Label: b.area(code), Role: role, Value: v.Value, Lower: v.Lower95, Upper: v.Upper95, Status: v.Status})
	}
	sortBars(chart.Bars, definition.Polarity != "low")
	is := "is"
	if closed(definition) {
		is = "was"
	}
	chart.Title = fmt.Sprintf("%s %s %s of %d among its statistical neighbours", b.area(b.focus()), is, placeOf(chart.Bars), len(chart.Bars))
	chart.Note = "A position, not a test."
	if missing > 0 {
		chart.Note += fmt.Sprintf(" %s %s no figure.", capital(inWords(missing)), plural(missing, "neighbour has", "neighbours have"))
	}
	if total(definition) {
		chart.Title, chart.Note = b.area(b.focus())+" beside its statistical neighbours", "A total depends on the size of the area."
		return chart
	}
	if england := b.elsewhere(latest, b.england()); england.HasValue() {
		chart.Reference = &Mark{Label: b.area(b.england()), Value: england.Value}
	}
	return chart
}

// placeOf is the focus area's place among sorted bars; equal values share the better place.
func placeOf(bars []Bar) string {
	own := slices.IndexFunc(bars, func(bar Bar) bool { return bar.Role == FocusRole })
	if own < 0 {
		return ""
	}
	first, ties := own, 0
	for i, bar := range bars {
		if *bar.Value == *bars[own].Value {
			first = min(first, i)
			ties++
		}
	}
	if ties > 1 {
		return "joint " + ordinal(first+1)
	}
	return ordinal(first + 1)
}

// sortBars puts the best (or for no judgement the highest) first; equal values in the order of their names.
func sortBars(bars []Bar, highestFirst bool) {
	slices.SortStableFunc(bars, func(a, c Bar) int {
		order := cmp.Compare(*a.Value, *c.Value)
		if highestFirst {
			order = -order
		}
		return cmp.Or(order, cmp.Compare(a.Label, c.Label))
	})
}

func (b *builder) source(definition indicators.Definition) string {
	d, known := b.in.Datasets[definition.Dataset]
	if !known {
		return "Source: derived from the figures named under Source below."
	}
	return fmt.Sprintf("Source: %s, %s, %s; %s.", d.Publisher, d.Title, b.releasedOn(d), labelWords(d.Label))
}

func unitWords(definition indicators.Definition) string { return definition.Unit }
