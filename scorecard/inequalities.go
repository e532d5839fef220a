package scorecard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"levelfield/engine/results"
	"levelfield/indicators"
)

// Inequalities are the gaps between groups of people, and between places, as far as figures are held.
type Inequalities struct {
	Groups []InequalityGroup `json:"groups"`
	// Within are the lines that have figures of small areas inside the focus area.
	Within []WithinLine `json:"within,omitempty"`
	// Missing are gaps that are defined and hold no figure, with the reason.
	Missing []Highlight `json:"missing,omitempty"`
}

// InequalityGroup is the gaps along one grouping.
type InequalityGroup struct {
	Title string `json:"title"`
	Say   string `json:"say,omitempty"`
	// Gaps are between two groups; Tables hold groupings of three groups and more.
	Gaps   []Inequality `json:"gaps,omitempty"`
	Charts []Chart      `json:"charts,omitempty"`
	Tables []DataTable  `json:"tables,omitempty"`
}

// Inequality is one gap with both ends. Of the ends the first is the group that the gap is about, the second the one
// that it is set against.
type Inequality struct {
	Indicator string    `json:"indicator"`
	Short     string    `json:"short"`
	Basis     string    `json:"basis"`
	Period    string    `json:"period"`
	Names     [2]string `json:"names"`
	Focus     [2]string `json:"focus"`
	England   [2]string `json:"england"`
	// Gap is the difference between the ends with its interval, or the reason for none; EnglandGap is England's.
	Gap        Figure `json:"gap"`
	EnglandGap string `json:"england_gap"`
	Trend      Chip   `json:"trend"`
	Older      bool   `json:"older,omitempty"`
}

// WithinLine is how far the small areas of one kind lie apart.
type WithinLine struct {
	Indicator string `json:"indicator"`
	Short     string `json:"short"`
	Period    string `json:"period"`
	// Areas are how many of which kind; Low and High the lowest and highest with their names, both empty where there are
	// too many for one to mean anything, or where the publisher rules the comparison out.
	Areas string `json:"areas"`
	Low   string `json:"low,omitempty"`
	High  string `json:"high,omitempty"`
	Whole string `json:"whole"`
}

// groupings are the groupings of people as headings, in the order of the page. A grouping that stands here in no line is
// one of things, such as types of course: it is not an inequality.
var groupings = []struct{ id, title string }{
	{"disadvantage", "By disadvantage"},
	{"free-school-meals", "By free school meals"},
	{"special-educational-needs", "By special educational needs"},
	{"ethnicity", "By ethnic group"},
	{"sex", "Between women and men, girls and boys"},
	{"age", "By age"},
	{"disability", "By disability"},
	{"care", "By care"},
	{"deprivation", "By deprivation"},
}

// betweenMeasures heads the gaps between two figures that are indicators of their own.
const betweenMeasures = "Between two groups measured apart"

// inequalities gathers every gap of the definitions.
func (b *builder) inequalities() Inequalities {
	var all Inequalities
	for _, grouping := range groupings {
		group := b.inequalityGroup(grouping.id)
		group.Title = grouping.title
		if len(group.Gaps)+len(group.Tables) > 0 {
			all.Groups = append(all.Groups, group)
		}
	}
	apart := InequalityGroup{
		Title: betweenMeasures,
		Say:   "Each end is an indicator of its own. Where the two come from different sources, their periods and ages differ a little: the indicator’s page says how.",
	}
	var pairs []Pair
	for _, id := range b.defined() {
		definition := b.in.Definitions[id]
		d := gap(definition)
		if d == nil || d.Of != "" || definition.Money {
			continue
		}
		one, pair, held := b.gapOf(definition)
		if !held {
			all.Missing = append(all.Missing, Highlight{id, definition.Short, cmp.Or(b.without[id], b.noGap(definition))})
			continue
		}
		apart.Gaps = append(apart.Gaps, one)
		if !one.Older {
			pairs = append(pairs, pair)
		}
	}
	if len(apart.Gaps) > 0 {
		sortGaps(apart.Gaps)
		apart.Charts = b.gapPairs("gaps-apart", "Each group beside the one it is set against", [2]string{"the group named", "the group it is set against"}, pairs)
		all.Groups = append(all.Groups, apart)
	}
	all.Within = b.withinLines()
	return all
}

// noGap is why a gap has no figure for the focus area.
func (b *builder) noGap(definition indicators.Definition) string {
	if latest, found := b.latest(definition.ID, "", ""); found && latest.Reason != "" {
		return latest.Reason
	}
	return "no figure is held for " + b.area(b.focus())
}

// inequalityGroup is everything that is held along one grouping.
func (b *builder) inequalityGroup(grouping string) InequalityGroup {
	var group InequalityGroup
	var pairs []Pair
	var ends [2]string
	told := map[string]bool{}
	keep := func(one Inequality, pair Pair) {
		group.Gaps = append(group.Gaps, one)
		if !one.Older {
			pairs, ends = append(pairs, pair), one.Names
		}
	}
	for _, id := range b.defined() {
		definition := b.in.Definitions[id]
		if d := gap(definition); d != nil && d.Of != "" && d.Breakdown == grouping {
			if one, pair, held := b.gapOf(definition); held {
				told[d.Of] = true
				keep(one, pair)
			}
		}
	}
	for _, id := range b.defined() {
		definition := b.in.Definitions[id]
		parts := slices.DeleteFunc(b.categories(definition), func(p part) bool { return p.breakdown != grouping })
		switch {
		case len(parts) == 2 && !told[id]:
			if one, pair, held := b.gapBetween(definition, parts); held {
				keep(one, pair)
			}
		case len(parts) > 2:
			group.Tables = append(group.Tables, b.groupTable(definition, parts))
		}
	}
	sortGaps(group.Gaps)
	group.Charts = b.gapPairs("gaps-"+grouping, "Both ends of each gap", ends, pairs)
	if len(group.Charts) == 1 && len(group.Charts[0].Pairs) == 1 {
		only := group.Charts[0].Pairs[0]
		group.Charts[0].Title = bothEnds(only.Label, ends, only) + " " + dated(only.Period)
	}
	return group
}

// sortGaps puts older series last, and gaps otherwise in the order of their names.
func sortGaps(gaps []Inequality) {
	slices.SortStableFunc(gaps, func(a, c Inequality) int {
		if a.Older != c.Older {
			if a.Older {
				return 1
			}
			return -1
		}
		return strings.Compare(a.Short, c.Short)
	})
}

// gapOf is a gap that is an indicator, or false where either end or the gap is not held.
func (b *builder) gapOf(definition indicators.Definition) (Inequality, Pair, bool) {
	latest, found := b.latest(definition.ID, "", "")
	if !found || !latest.HasValue() {
		return Inequality{}, Pair{}, false
	}
	d := gap(definition)
	first, second := b.sides(*d, latest)
	if !first.HasValue() || !second.HasValue() {
		return Inequality{}, Pair{}, false
	}
	england := b.elsewhere(latest, b.england())
	firstEngland, secondEngland := b.sides(*d, england)
	of := b.in.Definitions[first.Indicator]
	unit := unitOf(definition)
	one := Inequality{
		Indicator: definition.ID, Short: definition.Short, Basis: basis(definition), Period: latest.Period.Short(), Names: b.sideNames(*d), Older: closed(definition),
		Focus:   [2]string{figure(second, unitOf(b.in.Definitions[second.Indicator])).Text, figure(first, unitOf(of)).Text},
		England: [2]string{figure(secondEngland, unitOf(b.in.Definitions[second.Indicator])).Text, figure(firstEngland, unitOf(of)).Text},
		Gap:     figure(latest, unit), EnglandGap: figure(england, unit).Text,
	}
	if !latest.HasInterval() {
		one.Gap.Reason = noInterval(definition)
	}
	if trend, tested := b.trends[seriesKey{indicator: definition.ID, area: b.focus()}]; tested && !one.Older {
		one.Trend = trendChip(trend)
	}
	return one, Pair{
		Label: definition.Short, Period: latest.Period.Words(), Unit: unitOf(of),
		Focus: [2]*float64{second.Value, first.Value}, England: [2]*float64{secondEngland.Value, firstEngland.Value},
	}, true
}

// sides are the two values of a difference at the area and period of its value.
func (b *builder) sides(d indicators.Difference, of results.Value) (first, second results.Value) {
	if of.Indicator == "" {
		return results.Value{}, results.Value{}
	}
	first, second = b.operand(d.Of, d.Breakdown, d.First, of), b.operand(d.Of, d.Breakdown, d.Second, of)
	if d.Periods == "calendar-with-financial" && len(of.Period.Start) >= len("2006") {
		key := results.Key{Indicator: d.First, Area: of.Area, Period: of.Period.Start[:len("2006")]}
		first = b.value(key)
	}
	return first, second
}

// sideNames are the two groups of a difference: the second, which the gap is about, then the first.
func (b *builder) sideNames(d indicators.Difference) [2]string {
	if of, known := b.in.Definitions[d.Of]; known {
		return [2]string{categoryName(of, d.Second), categoryName(of, d.First)}
	}
	return [2]string{b.in.Definitions[d.Second].Short, b.in.Definitions[d.First].Short}
}

// gapBetween is the gap between the two categories of a grouping of which no indicator is made.
func (b *builder) gapBetween(definition indicators.Definition, parts []part) (Inequality, Pair, bool) {
	pair, held := b.pair(definition, definition.Short, parts)
	if !held {
		return Inequality{}, Pair{}, false
	}
	unit, apart := unitOf(definition), changeUnit(definition)
	text := func(value *float64) string { return orMarker(value, unit) }
	first, _ := b.latest(definition.ID, parts[0].breakdown, parts[0].category)
	one := Inequality{
		Indicator: definition.ID, Short: definition.Short, Basis: basis(definition), Period: first.Period.Short(), Older: closed(definition),
		Names:   [2]string{categoryName(definition, parts[0].category), categoryName(definition, parts[1].category)},
		Focus:   [2]string{text(pair.Focus[0]), text(pair.Focus[1])},
		England: [2]string{text(pair.England[0]), text(pair.England[1])},
		Gap:     Figure{Text: apart.Format(*pair.Focus[1] - *pair.Focus[0]), Reason: "not tested"}, EnglandGap: "[x]",
	}
	if pair.England[0] != nil && pair.England[1] != nil {
		one.EnglandGap = apart.Format(*pair.England[1] - *pair.England[0])
	}
	return one, pair, true
}

// gapPairs draws the percentages among the pairs, so that one scale fits all of them; a score has its figures in the table.
func (b *builder) gapPairs(id, title string, names [2]string, pairs []Pair) []Chart {
	pairs = slices.DeleteFunc(slices.Clone(pairs), func(p Pair) bool { return p.Unit.Suffix != "%" })
	if len(pairs) == 0 {
		return nil
	}
	for i := range pairs {
		pairs[i].Label = strings.TrimSuffix(pairs[i].Label, ", gap") // the picture shows its ends
	}
	slices.SortStableFunc(pairs, func(a, c Pair) int { return strings.Compare(a.Label, c.Label) })
	return []Chart{{
		Kind: DumbbellChart, ID: id, Title: title, Unit: pairs[0].Unit, Pairs: pairs, PartNames: [2]string{lowerFirst(names[0]), lowerFirst(names[1])}, Series: b.named(),
		Subtitle: fmt.Sprintf("%%. Each line joins two groups; %s above, %s below", b.area(b.focus()), b.area(b.england())),
		Source:   "Sources: as on each indicator's page.",
	}}
}

// groupTable is every group of one grouping beside England's.
func (b *builder) groupTable(definition indicators.Definition, parts []part) DataTable {
	unit := unitOf(definition)
	table := DataTable{
		Caption: definition.Short, Heads: []string{"Group", "Period", b.area(b.focus()), "95% interval", b.area(b.england())}, Numeric: []bool{false, false, true, true, true},
		Note: basis(definition) + ".",
	}
	for _, p := range parts {
		v, found := b.latest(definition.ID, p.breakdown, p.category)
		if !found {
			continue
		}
		f := figure(v, unit)
		table.Rows = append(table.Rows, []string{categoryName(definition, p.category), v.Period.Words(), f.Text, f.Interval, figure(b.elsewhere(v, b.england()), unit).Text})
	}
	if strings.Join(columnTexts(table, 3), "") == "" {
		drop(&table, 3)
	}
	return table
}

// withinLines are the indicators with small areas inside the focus area.
func (b *builder) withinLines() []WithinLine {
	var lines []WithinLine
	for _, id := range b.defined() {
		definition := b.in.Definitions[id]
		unit := unitOf(definition)
		for _, group := range b.within(definition) {
			held := slices.DeleteFunc(slices.Clone(group.values), func(v results.Value) bool { return !v.HasValue() })
			if len(held) < 2 {
				continue
			}
			line := WithinLine{
				Indicator: id, Short: definition.Short, Period: held[0].Period.Words(), Areas: thousands(float64(len(held))) + " " + kindNames[group.kind][1],
				Whole: figure(b.elsewhere(held[0], b.focus()), unit).Text,
			}
			if len(held) <= mostDrawn {
				low := slices.MinFunc(held, func(a, c results.Value) int { return cmp.Compare(*a.Value, *c.Value) })
				high := slices.MaxFunc(held, func(a, c results.Value) int { return cmp.Compare(*a.Value, *c.Value) })
				line.Low = unit.Format(*low.Value) + " " + low.AreaName
				line.High = unit.Format(*high.Value) + " " + high.AreaName
			}
			lines = append(lines, line)
		}
	}
	return lines
}
