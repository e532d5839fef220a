package datasets

import (
	"regexp"
	"strings"
)

// healthPublisher is the publisher of Fingertips.
const healthPublisher = "Office for Health Improvement and Disparities"

// healthLayouts are those of public health and of social care.
var healthLayouts = []recogniser{
	{"Fingertips", healthPublisher, headed("Indicator ID", "Area Code", "Time period", "Value"), fingertips},
	{"Fingertips, tidied", healthPublisher, headed("area_code", "area_name", "period", "value", "indicator", "measure", "unit", "significance"), tidiedFingertips},
	{"Adult Social Care Outcomes Framework", "NHS England", headed("ONS Code", "Measure Group", "Measure Type", "Disaggregation Level"), socialCareOutcomes},
}

// fingertips reads the 26 columns of the Office for Health Improvement and Disparities. Rows of a category type, such as
// deciles of deprivation, repeat England and are left out.
func fingertips(d *draft) {
	d.read()
	if d.choose("Indicator ID", "Indicator Name"); d.done() {
		return
	}
	if types := d.table.cellsOf("Category Type"); types.filled > 0 && types.filled < d.table.rows {
		layout := d.layout()
		if layout.Where == nil {
			layout.Where = map[string][]string{}
		}
		layout.Where["Category Type"] = []string{""}
		d.decide("source.layout.where.Category Type", "rows by category, such as %s, repeat an area and are left out", types.texts[0])
		d.reread()
	}
	d.area("Area Code", "ons")
	d.period("Time period")
	d.category("Sex", "Age")
	d.figureOf("Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit", "")
	for _, name := range []string{"Count", "Denominator"} {
		if d.table.cellsOf(name).filled > 0 {
			d.add(Column{Name: strings.ToLower(name), From: name, Role: "count", Type: "number"})
		}
	}
	d.decideOthers()
}

// tidiedFingertips reads a copy of Fingertips that others have tidied: the value alone, rounded, with its verdict.
func tidiedFingertips(d *draft) {
	d.read()
	if d.choose("indicator", "indicator"); d.done() {
		return
	}
	d.area("area_code", "ons")
	d.period("period")
	d.category("measure", "unit")
	d.figureOf("value", "", "", "")
	d.decideOthers()
}

// socialCareOutcomes reads the outcomes of adult social care, with a column of years or for one year.
func socialCareOutcomes(d *draft) {
	d.read()
	d.choose("Measure Group", "Measure Group Description")
	if d.choose("Measure Type", ""); d.done() {
		return
	}
	d.area("ONS Code", "ons")
	value := "Measure_Value"
	if !d.table.has(value) {
		value = "Measure Value"
	}
	if d.table.has("Year") {
		d.period("Year")
		if d.Dataset.Periods.Kind == "financial" {
			// The years of social care are financial ones.
			d.undecide("periods.kind")
		}
	} else {
		d.outcomeYear()
	}
	d.category("ASCOF Measure Code", "Disaggregation Level")
	d.figureOf(value, "", "", "")
	d.decideOthers()
}

// outcomeYear takes the year of a file of one year from its name, where 2021 stands for 2020-21.
func (d *draft) outcomeYear() {
	m := regexp.MustCompile(`(?:^|[^0-9])(\d\d)[-_]?(\d\d)(?:[^0-9]|$)`).FindStringSubmatch(d.sample.File)
	if m == nil {
		d.constantPeriod()
		return
	}
	d.constant("_period", "20"+m[1]+"/"+m[2])
	d.add(Column{Name: "period", From: "_period", Role: "period", Type: "text"})
	d.Dataset.Periods = Periods{Kind: "financial"}
	d.decide("source.layout.constants._period", "no column holds periods: 20%s/%s is taken from the name of the file", m[1], m[2])
}
