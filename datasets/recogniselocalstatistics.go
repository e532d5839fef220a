package datasets

import (
	"slices"
	"strings"
)

// localStatisticsLayouts are those of Explore Local Statistics, the present one and the one before it.
var localStatisticsLayouts = []recogniser{
	{"Explore Local Statistics", "Office for National Statistics", headed("areacd", "geography", "indicator", "period", "observation", "lci_95"), localStatistics},
	{"Explore Local Statistics, integrated data", "Office for National Statistics", headed("AREACD", "Variable Name", "Indicator", "Period", "Observation Status"), integratedData},
}

// localStatistics reads the topics of the Office for National Statistics: one figure a row, several indicators a file.
func localStatistics(d *draft) {
	d.read()
	if d.choose("indicator", "indicator"); d.done() {
		return
	}
	d.area("areacd", "ons")
	d.period("period")
	d.daysOfYears("period")
	d.category("measure", "unit")
	d.figureOf("observation", "lci_95", "uci_95", "status")
	d.decideOthers()
}

// integratedData reads the layout of sixteen columns of 2023 and 2024, in which limits can be words.
func integratedData(d *draft) {
	d.read()
	if d.choose("Indicator", "Indicator"); d.done() {
		return
	}
	d.area("AREACD", "ons")
	labels := d.table.cellsOf("Period").texts
	if parts, whole := partYears(labels); len(parts) > 0 && len(whole) > 0 {
		layout := d.layout()
		layout.Except = map[string][]string{"Period": {`/P\d+M$/`}}
		d.decide("source.layout.except", "parts of a year stand among whole ones and are left out, such as %s", parts[0])
		d.reread()
	}
	d.period("Period")
	d.academicDigits()
	d.category("Measure", "Unit")
	value := "Observation"
	if !d.table.has(value) {
		value = "Value"
	}
	d.figureOf(value, "Lower Confidence Interval (95%)", "Upper Confidence Interval (95%)", "Observation Status")
	d.decideOthers()
}

// figureOf adds the one figure of a row as value, with its limits and its status where the file has them.
func (d *draft) figureOf(heading, lower, upper, status string) {
	d.add(Column{Name: "value", From: heading, Role: "value", Type: "number"})
	d.limits("value", lower, upper)
	if d.table.has(status) {
		d.add(Column{Name: "value_status", From: status, Role: "status", Type: "text", Of: "value"})
	}
}

// partYears parts labels of months from those of whole years.
func partYears(labels []string) (parts, whole []string) {
	for _, label := range labels {
		if strings.HasSuffix(label, "M") && strings.Contains(label, "/P") {
			parts = append(parts, label)
		} else {
			whole = append(whole, label)
		}
	}
	return parts, whole
}

// daysOfYears asks what is meant where labels are days, no two of one year, that move from year to year: a survey's
// reference day stands for its month or its year.
func (d *draft) daysOfYears(heading string) {
	if d.Dataset.Periods.Kind != "instant" {
		return
	}
	labels := d.table.cellsOf(heading).texts
	var years, days []string
	for _, label := range labels {
		if len(label) < 10 || slices.Contains(years, label[:4]) {
			return
		}
		years = append(years, label[:4])
		if !slices.Contains(days, label[5:]) {
			days = append(days, label[5:])
		}
	}
	if len(days) > 1 {
		d.decide("periods.kind", "the days move from year to year, such as %s and %s: kind month or calendar, with form date, makes them comparable", labels[0], labels[len(labels)-1])
	}
}
