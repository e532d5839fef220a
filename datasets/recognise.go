package datasets

import (
	"fmt"
	"slices"
	"strings"
)

// Proposal is a description of a file that a recogniser makes from its headings.
type Proposal struct {
	// Layout names the publisher's layout.
	Layout string
	// Dataset is complete but for the words that stand in no file: title, release, released and label.
	Dataset Dataset
	// Decide are the lines that a person has to look at, each with the field that it is about.
	Decide []string
	// Choose is the heading of a column of which one text has to be chosen, with Choices, where there are several.
	Choose  string
	Choices []string
}

// recogniser knows a layout by its headings.
type recogniser struct {
	layout, publisher string
	headings          []string
	propose           func(Sample, *Proposal)
}

// recognisers are the layouts that are known, the more telling headings first.
var recognisers = []recogniser{
	{"Explore Local Statistics", "Office for National Statistics", []string{"areacd", "geography", "indicator", "period", "observation"}, localStatistics},
	{"Explore Education Statistics", "Department for Education", []string{"time_period", "time_identifier", "geographic_level"}, educationStatistics},
	{"Fingertips", "Office for Health Improvement and Disparities", []string{"Indicator ID", "Area Code", "Time period", "Value"}, fingertips},
	{"tidy", "", []string{"area", "period"}, tidy},
}

// Layouts lists the layouts that [Recognise] knows.
func Layouts() []string {
	var names []string
	for _, one := range recognisers {
		names = append(names, one.layout)
	}
	return names
}

// Recognise knows a file's layout by its headings and proposes how to describe it.
func Recognise(sample Sample) (Proposal, bool) {
	for _, one := range recognisers {
		if !sample.has(one.headings...) {
			continue
		}
		proposal := Proposal{Layout: one.layout, Dataset: Dataset{
			Publisher: one.publisher, Source: Source{Kind: "csv", File: sample.File}, Areas: &Areas{Codes: "ons"},
			Aggregates: "published", Series: "current",
		}}
		one.propose(sample, &proposal)
		proposal.finish(sample)
		return proposal, true
	}
	return Proposal{}, false
}

// localStatistics reads the topics of the Office for National Statistics: one figure a row, several indicators a file.
func localStatistics(sample Sample, p *Proposal) {
	p.choose(sample, "indicator", "indicator")
	p.add(Column{Name: "area", From: "areacd", Role: "area", Type: "text"})
	p.add(Column{Name: "period", Role: "period", Type: "text"})
	p.categories(sample, "measure", "unit")
	p.add(Column{Name: "value", From: "observation", Role: "value", Type: "number"})
	p.limits(sample, "value", "lci_95", "uci_95")
	if sample.has("status") {
		p.add(Column{Name: "value_status", From: "status", Role: "status", Type: "text", Of: "value"})
	}
	p.periods(sample, "period")
}

// educationIdentity are the headings of Explore Education Statistics that say where and when, and are no filters.
var educationIdentity = []string{"country_", "region_", "old_la_", "new_la_", "la_", "lad_", "pcon_", "opportunity_area_", "geographic_level", "time_", "local_authority", "version"}

// educationStatistics reads the underlying data of the Department for Education: filters, then figures.
func educationStatistics(sample Sample, p *Proposal) {
	layout := p.layout()
	var codes []string
	for _, name := range []string{"lad_code", "new_la_code", "region_code", "country_code"} {
		if sample.has(name) {
			codes = append(codes, name)
		}
	}
	layout.FirstOf = map[string][]string{"_area": codes}
	if _, levels, _ := sample.column("geographic_level"); len(levels.Texts) > 0 {
		read := []string{"National", "Regional", "Local authority", "Local authority district"}
		kept := slices.DeleteFunc(slices.Clone(levels.Texts), func(level string) bool { return !slices.Contains(read, level) })
		if len(kept) > 0 && len(kept) < len(levels.Texts) {
			layout.Where = map[string][]string{"geographic_level": kept}
		}
	}
	p.add(Column{Name: "area", From: "_area", Role: "area", Type: "text"})
	p.add(Column{Name: "period", From: "time_period", Role: "period", Type: "text"})
	p.add(Column{Name: "time_identifier", Role: "time-identifier", Type: "text"})
	for i, heading := range sample.Headings {
		identity := slices.ContainsFunc(educationIdentity, func(start string) bool { return strings.HasPrefix(heading, start) })
		if !identity && heading != "" {
			p.guess(heading, sample.Cells[i])
		}
	}
	_, labels, _ := sample.column("time_period")
	_, identifiers, _ := sample.column("time_identifier")
	periods, decide := identifiedPeriods(labels.Texts, identifiers.Texts)
	p.Dataset.Periods = periods
	p.decide(decide)
}

// fingertips reads the 26 columns of the Office for Health Improvement and Disparities. Rows of a category type, such as
// deciles of deprivation, repeat England and are left out.
func fingertips(sample Sample, p *Proposal) {
	p.choose(sample, "Indicator ID", "Indicator Name")
	p.add(Column{Name: "area", From: "Area Code", Role: "area", Type: "text"})
	p.add(Column{Name: "period", From: "Time period", Role: "period", Type: "text"})
	p.categories(sample, "Sex", "Age")
	if _, types, found := sample.column("Category Type"); found && types.Filled > 0 {
		layout := p.layout()
		layout.Where = map[string][]string{"Category Type": {""}}
		p.decide("source.layout.where: rows of England by category are left out")
	}
	p.add(Column{Name: "value", From: "Value", Role: "value", Type: "number"})
	p.limits(sample, "value", "Lower CI 95.0 limit", "Upper CI 95.0 limit")
	for _, name := range []string{"Count", "Denominator"} {
		if _, cells, found := sample.column(name); found && cells.Filled > 0 {
			p.add(Column{Name: strings.ToLower(name), From: name, Role: "count", Type: "number"})
		}
	}
	p.periods(sample, "Time period")
}

// tidy reads the project's own layout: area and period, then categories, figures, and their limits and statuses.
func tidy(sample Sample, p *Proposal) {
	p.add(Column{Name: "area", Role: "area", Type: "text"})
	p.add(Column{Name: "period", Role: "period", Type: "text"})
	for i, heading := range sample.Headings {
		switch of, part := partOf(sample, heading); {
		case heading == "" || slices.Contains([]string{"area", "period", "area_name", "name"}, heading):
		case part == "status":
			p.add(Column{Name: columnName(heading), From: heading, Role: "status", Type: "text", Of: columnName(of)})
		case part != "":
			p.add(Column{Name: columnName(heading), From: heading, Role: part, Type: "number", Of: columnName(of)})
		default:
			p.guess(heading, sample.Cells[i])
		}
	}
	p.periods(sample, "period")
}

// partOf says of which column a heading such as rate_lower or rate_status is a part.
func partOf(sample Sample, heading string) (of, part string) {
	for _, ending := range []struct{ text, part string }{
		{"_status", "status"}, {"_lower", "lower"}, {"_upper", "upper"}, {"_lower95", "lower"}, {"_upper95", "upper"},
	} {
		if of, is := strings.CutSuffix(heading, ending.text); is && sample.has(of) {
			return of, ending.part
		}
	}
	return "", ""
}

// choose asks for one text of a column where it holds several, and titles the dataset by the column of names.
func (p *Proposal) choose(sample Sample, heading, titled string) {
	if _, cells, found := sample.column(heading); found && len(cells.Texts) > 1 {
		p.Choose, p.Choices = heading, cells.Texts
	}
	if _, names, found := sample.column(titled); found && len(names.Texts) == 1 {
		p.Dataset.Title = names.Texts[0]
	}
}

func (p *Proposal) periods(sample Sample, heading string) {
	_, labels, _ := sample.column(heading)
	periods, decide := periodsOf(labels.Texts)
	p.Dataset.Periods = periods
	p.decide(decide)
}

func (p *Proposal) decide(line string) {
	if line != "" && !slices.Contains(p.Decide, line) {
		p.Decide = append(p.Decide, line)
	}
}

// layout is the layout of the proposed source, made when it is first asked for.
func (p *Proposal) layout() *Layout {
	if p.Dataset.Source.Layout == nil {
		p.Dataset.Source.Layout = &Layout{}
	}
	return p.Dataset.Source.Layout
}

// finish gives the dataset its statuses, key and checks.
func (p *Proposal) finish(sample Sample) {
	p.statuses(sample)
	d := &p.Dataset
	d.Key = []string{"area", "period"}
	for _, category := range d.Role("category") {
		d.Key = append(d.Key, category.Name)
	}
	d.Checks = []Check{{Rule: "unique", Level: "error"}}
	for _, value := range d.Role("value") {
		if slices.ContainsFunc(d.Columns, func(c Column) bool { return c.Of == value.Name && c.Role != "status" }) {
			d.Checks = append(d.Checks, Check{Rule: "inside-interval", Column: value.Name, Level: "warn"})
		}
	}
	if len(d.Role("value"))+len(d.Role("count")) == 0 {
		p.decide(fmt.Sprintf("columns: no column of figures was found among %s", strings.Join(sample.Headings, ", ")))
	}
}
