package scorecard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"levelfield/engine/results"
	"levelfield/indicators"
)

// page is everything about one indicator, which stands in a part of the board.
func (b *builder) page(definition indicators.Definition, part Goal) Page {
	page := Page{
		Card: b.card(definition), Dataset: definition.Dataset, Lead: b.lead(definition), Definition: b.definition(definition),
		Goal: part.Code, GoalLabel: part.Label, GoalTitle: part.Title,
		Commentary: b.commentary(definition), Route: b.routeWords(definition),
	}
	for _, id := range definition.Beside {
		if partner, known := b.in.Definitions[id]; known {
			page.Beside = append(page.Beside, b.card(partner))
		}
	}
	latest, found := b.latest(definition.ID, "", "")
	if found {
		page.Warnings = warnings(definition, latest)
		page.Charts = append(b.charts(definition, latest), b.withinCharts(definition)...)
		page.History = b.history(definition)
		page.Others = append(b.others(definition, latest), b.withinTables(definition)...)
		if targets, several := b.targetTable(definition); several {
			page.Others = append(page.Others, targets)
		}
	}
	return page
}

// warnings are the value's warnings as sentences, without the reason for having no interval, which stands elsewhere.
func warnings(definition indicators.Definition, v results.Value) []string {
	noInterval := indicators.Published{Interval: "complete-count"}.NoInterval()
	if p := definition.Measure.Published; p != nil {
		noInterval = p.NoInterval()
	}
	var sentences []string
	for _, warning := range v.Warnings {
		if warning == noInterval || strings.HasPrefix(warning, "no limits:") {
			continue
		}
		sentences = append(sentences, capital(strings.TrimSuffix(warning, "."))+".")
	}
	return sentences
}

// history is the table of every period, newest first.
func (b *builder) history(definition indicators.Definition) DataTable {
	unit := unitOf(definition)
	focus, england := b.area(b.focus()), b.area(b.england())
	table := DataTable{
		Caption: fmt.Sprintf("%s: every period held", definition.Short),
		Heads:   []string{"Period", focus, "95% interval", "Count", wholeHead(definition), england, "Status"},
		Numeric: []bool{false, true, true, true, true, true, false},
		Note:    definition.Notes,
	}
	series := b.series(seriesKey{indicator: definition.ID, area: b.focus()})
	counts := false
	for i := len(series) - 1; i >= 0; i-- {
		v := series[i]
		f := figure(v, unit)
		row := []string{v.Period.Words(), f.Text, f.Interval, "", "", figure(b.elsewhere(v, b.england()), unit).Text, statusWords(v)}
		switch {
		case v.Numerator != nil:
			row[3], counts = thousands(*v.Numerator), true
		case v.WorkedBack != nil:
			row[3], counts = thousands(*v.WorkedBack)+" [e]", true
		}
		if v.Denominator != nil {
			row[4], counts = thousands(*v.Denominator), true
		}
		table.Rows = append(table.Rows, row)
	}
	switch {
	case !counts:
		drop(&table, 3, 4)
	case definition.Measure.Mean != nil, definition.Measure.Quantile != nil:
		drop(&table, 3)
	}
	if definition.Money {
		table.Caption += ", in the money of each year"
	}
	if intervals := columnTexts(table, 2); strings.Join(intervals, "") == "" {
		drop(&table, 2)
	}
	if last := len(table.Heads) - 1; strings.Join(columnTexts(table, last), "") == "" {
		drop(&table, last)
	}
	return table
}

// wholeHead is the heading of what a count is held against.
func wholeHead(definition indicators.Definition) string {
	switch {
	case definition.Measure.ISR != nil:
		return "Expected"
	case definition.Measure.Mean != nil, definition.Measure.Quantile != nil:
		return "Values"
	}
	return "Out of"
}

// columnTexts is one column of a table's rows.
func columnTexts(table DataTable, at int) []string {
	texts := make([]string, len(table.Rows))
	for i, row := range table.Rows {
		texts[i] = row[at]
	}
	return texts
}

// drop takes columns out of a table; the positions ascend.
func drop(table *DataTable, columns ...int) {
	for i := len(columns) - 1; i >= 0; i-- {
		at := columns[i]
		table.Heads = slices.Delete(table.Heads, at, at+1)
		table.Numeric = slices.Delete(table.Numeric, at, at+1)
		for r := range table.Rows {
			table.Rows[r] = slices.Delete(table.Rows[r], at, at+1)
		}
	}
}

// statusWords is the shorthand of a value with the reason where there is no value.
func statusWords(v results.Value) string {
	if !v.HasValue() {
		return v.Reason
	}
	return marker(v.Status)
}

// others are the tables of breakdowns: both ends of each, with England's.
func (b *builder) others(definition indicators.Definition, latest results.Value) []DataTable {
	parts := b.categories(definition)
	if len(parts) == 0 {
		return nil
	}
	unit := unitOf(definition)
	table := DataTable{
		Caption: definition.Short + ", by group",
		Heads:   []string{"Group", "Period", b.area(b.focus()), "95% interval", b.area(b.england()), "Position (1st is best)"},
		Numeric: []bool{false, false, true, true, true, false},
	}
	row := func(name string, v results.Value) {
		f := figure(v, unit)
		verdict := b.verdicts[comparisonKey{v.Key(), b.england()}]
		table.Rows = append(table.Rows, []string{name, v.Period.Words(), f.Text, f.Interval, figure(b.elsewhere(v, b.england()), unit).Text, b.place(definition, verdict)})
	}
	row(cmp.Or(definition.Says.Names["everyone"], "Everyone"), latest)
	for _, p := range parts {
		if v, found := b.latest(definition.ID, p.breakdown, p.category); found {
			row(categoryName(definition, p.category), v)
		}
	}
	if strings.Join(columnTexts(table, 3), "") == "" {
		drop(&table, 3)
	}
	table.Note = b.newerSuppressed(definition, parts)
	return []DataTable{table}
}

// definition is the summary list of a page.
func (b *builder) definition(definition indicators.Definition) []Term {
	var terms []Term
	add := func(term, text string) {
		if text != "" {
			terms = append(terms, Term{term, strings.TrimSpace(text)})
		}
	}
	add("What it counts", definition.Definition)
	add("Why it is here", b.why(definition))
	add("How it is worked out", b.method(definition))
	add("The two ends as a ratio", b.relativeIndex(definition))
	add("Which way is better", capital(polarities[definition.Polarity])+". "+definition.PolarityReason)
	add("Care needed", definition.Caveats)
	for _, sentence := range breakWords(definition) {
		add("Break in the series", sentence)
	}
	if d, known := b.in.Datasets[definition.Dataset]; known {
		add("Source", fmt.Sprintf("%s: %s, %s. %s; %s. %s", d.Publisher, d.Title, d.Release, capital(b.releasedOn(d)), labelWords(d.Label), d.Licence.Attribution))
		add("Next release", b.announced(d.NextRelease))
		add("What the period means", d.Periods.Meaning)
	}
	if definition.Dataset == "" {
		add("Source", b.derivedFrom(definition))
	}
	if definition.Fetch != nil {
		add("What to fetch", fetchWords(*definition.Fetch))
	}
	return terms
}

// announced is the day or month of the next release as its publisher gave it, with a word where it lies before the newest
// figures of the project.
func (b *builder) announced(next string) string {
	for _, form := range []string{"2 January 2006", "January 2006"} {
		day, err := time.Parse(form, next)
		if err != nil {
			continue
		}
		if form == "January 2006" {
			day = day.AddDate(0, 1, -1)
		}
		if day.Format(time.DateOnly) < b.in.AsOf {
			return next + ", which has passed: these figures are of the release before"
		}
	}
	return next
}

// relativeIndex is the relative index of inequality that stands beside a slope, or "".
func (b *builder) relativeIndex(definition indicators.Definition) string {
	slope := definition.Measure.Slope
	if slope == nil {
		return ""
	}
	v, found := b.latest(definition.ID, slope.Breakdown, results.RelativeIndex)
	if !found || !v.HasValue() {
		return ""
	}
	const decimals = 2
	unit := Unit{Decimals: decimals}
	text := unit.Format(*v.Value)
	if interval := intervalWords(v, unit); interval != "" {
		text += " (" + interval + ")"
	}
	return text + ", the last end over the first: the relative index of inequality."
}

// derivedFrom names the indicators that a difference, a ratio, a slope or an index is made of.
func (b *builder) derivedFrom(definition indicators.Definition) string {
	d, by := definition.Measure.Pair(), "minus"
	if definition.Measure.Relative != nil {
		by = "over"
	}
	if slope := definition.Measure.Slope; slope != nil {
		return fmt.Sprintf("Derived from %q over %d groups.", b.in.Definitions[slope.Of].Title, len(slope.Order))
	}
	if index := definition.Measure.Composite; index != nil {
		var parts []string
		for _, part := range index.Parts {
			parts = append(parts, fmt.Sprintf("%q (%s)", b.in.Definitions[part.Indicator].Title, part.Period))
		}
		return "An index of " + names(parts) + "."
	}
	if pooled := definition.Measure.Pooled; pooled != nil {
		return fmt.Sprintf("%q, the counts of %d years added up.", b.in.Definitions[pooled.Of].Title, pooled.Years)
	}
	if share := definition.Measure.Share; share != nil {
		of := b.in.Definitions[share.Of]
		return fmt.Sprintf("Derived from %q: the share of %s, over their share of the population.", of.Title, lowerFirst(categoryName(of, share.Group)))
	}
	if d == nil {
		return ""
	}
	if of, known := b.in.Definitions[d.Of]; known {
		return fmt.Sprintf("Derived from %q, %s %s %s.", of.Title, lowerFirst(categoryName(of, d.First)), by, lowerFirst(categoryName(of, d.Second)))
	}
	return fmt.Sprintf("Derived from %q %s %q.", b.in.Definitions[d.First].Title, by, b.in.Definitions[d.Second].Title)
}

// fetchSource is where figures are fetched, and what its ids are ids of.
type fetchSource struct{ publisher, one, many string }

var fetchSources = map[string]fetchSource{
	"fingertips": {"Fingertips, Office for Health Improvement and Disparities", "indicator", "indicators"},
	"nomis":      {"Nomis, Office for National Statistics", "dataset", "datasets"},
	"ees":        {"Explore Education Statistics, Department for Education", "release", "releases"},
	"statxplore": {"Stat-Xplore, Department for Work and Pensions", "database", "databases"},
	"ons":        {"the Office for National Statistics", "dataset", "datasets"},
	"local":      {"the council and its partners, who alone hold it", "", ""},
}

// fetchWords says what is to be fetched and where from.
func fetchWords(fetch indicators.Fetch) string {
	text := strings.TrimSpace(fetch.What)
	if from, known := fetchSources[fetch.Kind]; known {
		text += " From " + from.publisher
		switch {
		case len(fetch.IDs) == 1 && from.one != "":
			text += ": " + from.one + " " + fetch.IDs[0]
		case len(fetch.IDs) > 1 && from.many != "":
			text += ": " + from.many + " " + names(fetch.IDs)
		}
		text += "."
	}
	if !fetch.Checked && len(fetch.IDs) > 0 {
		text += " The ids have not been checked against the publisher yet."
	}
	return text
}

// why is the rationale with the statements of the strategy that the indicator speaks to.
func (b *builder) why(definition indicators.Definition) string {
	var statements []string
	for _, id := range definition.EvidenceFor {
		if statement, known := b.in.Strategy.Statement(id); known {
			statements = append(statements, statement.Title)
		}
	}
	text := definition.Rationale
	if len(statements) > 0 {
		text += " In the strategy: " + strings.Join(statements, "; ") + "."
	}
	return strings.TrimSpace(text)
}

// method is how the latest value came about.
func (b *builder) method(definition indicators.Definition) string {
	latest, found := b.latest(definition.ID, "", "")
	if !found || latest.Method == "" {
		return ""
	}
	text := latest.Method + "."
	if d := definition.Measure.Difference; d != nil && !latest.HasInterval() {
		text = "One value minus the other: " + b.ends(definition, latest) + ". " + d.Basis
	}
	if index := definition.Measure.Composite; index != nil {
		text += " " + index.Why
	}
	if definition.Measure.Proportion != nil {
		text += " Nobody was sampled: the interval shows how much such a figure varies by chance from year to year."
	}
	if definition.Measure.Quantile != nil && latest.Denominator != nil {
		text += " Found among " + thousands(*latest.Denominator) + " single values; a limit is one of these, chosen by its rank."
	}
	if !latest.HasInterval() {
		text += " " + capital(noInterval(definition)) + "."
		if p := definition.Measure.Published; p != nil {
			text += " " + p.Why
		}
	}
	return text
}
