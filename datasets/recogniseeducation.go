package datasets

import (
	"slices"
	"strings"
)

// educationPublisher is the publisher of these layouts.
const educationPublisher = "Department for Education"

// educationLayouts are those of the Department for Education.
var educationLayouts = []recogniser{
	{"Explore Education Statistics, NEET by local authority", educationPublisher, headed("time_period", "time_identifier", "Cohort_DJFavg", "NEET_not_known_percent"), neetByAuthority},
	{"Explore Education Statistics", educationPublisher, headed("time_period", "time_identifier", "geographic_level"), educationStatistics},
	{"Explore Education Statistics, table tool", educationPublisher, headed("location", "location_code", "geographic_level", "time_period"), tableTool},
	{"local authority interactive tool", educationPublisher, headed("Short Desc", "Data item", "Years", "LA Number", "Values"), interactiveTool},
	{"attainment by age 19, dashboard", educationPublisher, headed("cohort_19_in", "la_code_9", "l3_by19"), attainmentDashboard},
}

// educationIdentity are the headings of Explore Education Statistics that say where and when, and are no filters.
var educationIdentity = []string{"country_", "region_", "old_la_", "new_la_", "la_", "lad_", "pcon_", "opportunity_area_", "geographic_level", "time_", "local_authority"}

// educationStatistics reads the underlying data of the Department for Education: filters, then figures.
func educationStatistics(d *draft) {
	if !d.educationPlaces() {
		return
	}
	d.add(Column{Name: "period", From: "time_period", Role: "period", Type: "text"})
	d.add(Column{Name: "time_identifier", Role: "time-identifier", Type: "text"})
	d.educationColumns()
	periods, text := identifiedPeriods(d.table.cellsOf("time_period").texts, d.table.cellsOf("time_identifier").texts)
	d.Dataset.Periods = periods
	if text != "" {
		d.decide("periods.kind", "%s", text)
	}
}

// educationPlaces reads the rows of the levels whose codes are read, and of one kind of figure.
func (d *draft) educationPlaces() bool {
	if d.read(); d.done() {
		return false
	}
	layout := d.layout()
	var codes []string
	for _, name := range []string{"lad_code", "new_la_code", "region_code", "country_code"} {
		if d.table.has(name) {
			codes = append(codes, name)
		}
	}
	layout.FirstOf = map[string][]string{"_area": codes}
	d.educationLevels()
	d.reread()
	if d.choose("data_type", ""); d.done() {
		return false
	}
	d.area("_area", "ons")
	return true
}

// educationLevels keeps the levels whose codes are read, and leaves out rows that would be taken for another area: those
// of a level without its code, and regions of which two have one code.
func (d *draft) educationLevels() {
	layout := d.layout()
	levels := d.table.cellsOf("geographic_level").texts
	read := []string{"National", "Regional", "Local authority", "Local authority district"}
	codeless, twice := d.educationNames()
	if len(twice) > 0 {
		read = slices.DeleteFunc(read, func(level string) bool { return level == "Regional" })
	}
	kept := slices.DeleteFunc(slices.Clone(levels), func(level string) bool { return !slices.Contains(read, level) })
	if len(kept) > 0 && len(kept) < len(levels) {
		if layout.Where == nil {
			layout.Where = map[string][]string{}
		}
		layout.Where["geographic_level"] = kept
	}
	if len(twice) > 0 {
		d.decide("source.layout.where.geographic_level", "regions are left out: %s stand under one code", strings.Join(twice, " and "))
	}
	for _, column := range []string{"region_name", "la_name"} {
		if names := codeless[column]; len(names) > 0 {
			if layout.Except == nil {
				layout.Except = map[string][]string{}
			}
			layout.Except[column] = names
			d.decide("source.layout.except."+column, "rows of %s have no code of their own, would be read as England, and are left out", quotedList(names))
		}
	}
}

// educationNames are the names in rows that have a level and not its code, by their column, and those of regions that
// share a code.
func (d *draft) educationNames() (codeless map[string][]string, twice []string) {
	headings, rows := d.sample.Rows(d.sample.reading(d.Dataset))
	t := newTable(headings)
	level, code := t.at("geographic_level"), map[string]int{"region_name": t.at("region_code"), "la_name": t.at("new_la_code")}
	if level < 0 {
		return nil, nil
	}
	of := map[string]string{"Regional": "region_name", "Local authority": "la_name"}
	without, with := map[string][]string{}, map[string]string{}
	for _, row := range rows {
		column := of[row[level]]
		name := t.at(column)
		if name < 0 || code[column] < 0 || row[name] == "" {
			continue
		}
		text, own := strings.Clone(row[name]), strings.Clone(row[code[column]])
		switch before := with[column+own]; {
		case own == "" && !slices.Contains(without[column], text):
			without[column] = append(without[column], text)
		case own != "" && column == "region_name" && before != "" && before != text:
			twice = append(twice, before, text)
		}
		if own != "" {
			with[column+own] = text
			with[column+text] = text
		}
	}
	for column, names := range without {
		without[column] = slices.DeleteFunc(names, func(name string) bool { return with[column+name] != "" })
	}
	slices.Sort(twice)
	return without, slices.Compact(twice)
}

func (d *draft) educationColumns() {
	var texts, figures []string
	for _, heading := range d.table.names {
		identity := slices.ContainsFunc(educationIdentity, func(start string) bool { return strings.HasPrefix(heading, start) })
		switch below := d.table.cellsOf(heading); {
		case identity || heading == "_area" || strings.HasPrefix(heading, "#"):
		case below.isFigure():
			figures = append(figures, heading)
		case below.varies():
			texts = append(texts, heading)
		}
	}
	// Some filters are numbers: an age, a year group.
	apart := d.numbersThatTell(texts, figures)
	d.category(append(texts, apart...)...)
	for _, heading := range figures {
		if !slices.Contains(apart, heading) {
			d.figure(columnName(heading), heading)
		}
	}
	d.decideOthers()
}

// academicDigits reads six digits that nothing completes as school years, for a person to confirm.
func (d *draft) academicDigits() {
	if d.Dataset.Periods.Form != "six-digits" {
		return
	}
	d.Dataset.Periods.Kind = "academic"
	d.undecide("periods.kind")
	column := d.Dataset.Role("period")[0].heading()
	d.decide("periods.kind", "%q is read as of the kind academic and could be of the kind financial", d.table.cellsOf(column).texts[0])
}

// neetByAuthority reads the yearly files of young people not in education, employment or training, whose calendar year
// is a winter.
func neetByAuthority(d *draft) {
	if !d.educationPlaces() {
		return
	}
	d.add(Column{Name: "period", From: "time_period", Role: "period", Type: "text"})
	d.add(Column{Name: "time_identifier", Role: "time-identifier", Type: "text"})
	d.educationColumns()
	d.Dataset.Periods = Periods{
		Kind: "months", Form: "time-identifier", Names: "end", Months: "Dec to Feb",
		Meaning: "Average of December, January and February; the publisher labels it by the year in which it ends.",
	}
	d.decide("periods.months", "NEET and not known are of December to February; participation in the same row is of March, and the September Guarantee of the autumn before")
}

// tableTool reads what the table tool of Explore Education Statistics gives: one column of places, and no identifier of
// the six digits.
func tableTool(d *draft) {
	if d.read(); d.done() {
		return
	}
	d.area("location_code", "ons")
	d.period("time_period")
	d.academicDigits()
	for _, heading := range d.table.names {
		if !slices.Contains([]string{"location", "location_code", "geographic_level", "time_period"}, heading) {
			d.guess(heading)
		}
	}
	d.decideOthers()
}

// interactiveTool reads the local authority interactive tool: every measure in one long table, by the Department's own
// numbers of authorities. What the label of a year means differs from measure to measure.
func interactiveTool(d *draft) {
	d.read()
	if d.choose("Short Desc", "Data item"); d.done() {
		return
	}
	d.area("LA Number", "dfe")
	d.period("Years")
	d.add(Column{Name: "value", From: "Values", Role: "value", Type: "number"})
	labels := d.table.cellsOf("Years").texts
	if d.Dataset.Periods.Kind == "calendar" && len(labels) > 0 {
		d.undecide("periods.kind")
		d.decide("periods.kind", "%q is read as the calendar year: the tool's dictionary says under Year_Type which it is; of a school year, kind academic, form year and names end", labels[0])
	}
	d.decideOthers()
}

// attainmentDashboard reads the dashboard of attainment by age 19. Cohorts that had not turned 19 hold zeros in the place
// of figures: those are no figures, and their rows are left out.
func attainmentDashboard(d *draft) {
	if d.read(); d.done() {
		return
	}
	layout := d.layout()
	layout.Except = map[string][]string{}
	if slices.Contains(d.table.cellsOf("la_code_9").texts, "ALL") {
		layout.Except["la_code_9"] = []string{"ALL"}
		d.decide("source.layout.except.la_code_9", "regions stand under the code ALL, which tells them apart by name only, and are left out")
	}
	if young := d.zeroCohorts(); len(young) > 0 {
		layout.Except["cohort_19_in"] = young
		d.decide("source.layout.except.cohort_19_in", "every figure of the cohorts %s is 0: they had not turned 19, and the zeros stand in the place of figures", strings.Join(young, ", "))
	}
	d.reread()
	d.area("la_code_9", "ons")
	d.add(Column{Name: "period", From: "cohort_19_in", Role: "period", Type: "text"})
	d.Dataset.Periods = Periods{Kind: "academic", Form: "year", Names: "end", Meaning: "School year in which the cohort turned 19; the file labels it by the year in which it ends."}
	d.category("gender", "fsm", "sen")
	d.figure("cohort", "number_in_ss_cohort")
	for _, heading := range d.table.names {
		if strings.HasPrefix(heading, "l2_") || strings.HasPrefix(heading, "l3_") {
			d.guess(heading)
		}
	}
	d.decideOthers()
}

// zeroCohorts are the cohorts that have nothing but zeros.
func (d *draft) zeroCohorts() []string {
	headings, rows := d.sample.Rows(d.sample.reading(d.Dataset))
	t := newTable(headings)
	cohort, figure := t.at("cohort_19_in"), t.at("l3_by19")
	if cohort < 0 || figure < 0 {
		return nil
	}
	var cohorts []string
	reached := map[string]bool{}
	for _, row := range rows {
		if !slices.Contains(cohorts, row[cohort]) {
			cohorts = append(cohorts, strings.Clone(row[cohort]))
		}
		if row[figure] != "0" && row[figure] != "" {
			reached[row[cohort]] = true
		}
	}
	return slices.DeleteFunc(cohorts, func(one string) bool { return reached[one] })
}
