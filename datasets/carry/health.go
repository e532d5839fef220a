package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// healthDatasets lists what is carried from health and social care publishers.
func healthDatasets() []carried {
	return []carried{
		{
			id:      "nhs-ascof-employment",
			columns: values("learning_disability_percent", "mental_health_percent"),
			fill:    fillSocialCareOutcomes,
		},
		{
			id:      "ohid-long-term-condition",
			columns: values("overall_percent", "long_term_condition_percent"),
			fill:    fillLongTermCondition,
		},
	}
}

// paidEmployment maps the descriptions of the two measures, in both wordings the
// publisher has used, to columns. The measure's code is no guide: from 2023-24
// the code 1E means the satisfaction of carers.
var paidEmployment = map[string]string{
	"The proportion of adults with a learning disability in paid employment":                       "learning_disability_percent",
	"Proportion of adults with learning disabilities in paid employment":                           "learning_disability_percent",
	"The proportion of adults in contact with secondary mental health services in paid employment": "mental_health_percent",
	"Proportion of adults in contact with secondary mental health services in paid employment":     "mental_health_percent",
}

// socialCareMarkers are the marks of the social care outcomes file.
var socialCareMarkers = markers{"[c]": "c", "[x]": "x", "[z]": "z", "*": "c", "-": "x", "..": "x", "NA": "x"}

func fillSocialCareOutcomes(publishers string, into *table) error {
	path := filepath.Join(publishers, "employment-gap", "ascof_trend_2017-18_to_2023-24.csv")
	read, err := readRecords(path, "Year", "ONS Code", "Measure Group Description", "Measure_Value",
		"Disaggregation Level", "Measure Type")
	if err != nil {
		return err
	}
	return read.each(func(field func(string) string) error {
		columnName, wanted := paidEmployment[field("Measure Group Description")]
		area, isCarried := currentArea(field("ONS Code"))
		if !wanted || !isCarried || field("Disaggregation Level") != "Total" || field("Measure Type") != "Outcome" {
			return nil
		}
		period, err := dashedSplitYear(field("Year"))
		if err != nil {
			return err
		}
		at := place{area: area, period: period}
		return setColumns(into, at, field, map[string]string{"Measure_Value": columnName}, socialCareMarkers)
	})
}

// longTermCondition are the two rates that the commentary states for England.
var longTermCondition = map[string]string{
	"Employment rate of people aged 16 to 64":                                                      "overall_percent",
	"Employment rate of people aged 16 to 64 with a physical or mental long-term health condition": "long_term_condition_percent",
}

func fillLongTermCondition(publishers string, into *table) error {
	path := filepath.Join(publishers, "employment-gap", "england_published.csv")
	read, err := readRecords(path, "indicator", "area_code", "period", "value")
	if err != nil {
		return err
	}
	found := 0
	err = read.each(func(field func(string) string) error {
		columnName, wanted := longTermCondition[field("indicator")]
		if !wanted {
			return nil
		}
		found++
		period, err := dashedSplitYear(strings.Replace(field("period"), "/", "-", 1))
		if err != nil {
			return err
		}
		at := place{area: field("area_code"), period: period}
		return setColumns(into, at, field, map[string]string{"value": columnName}, statisticalMarkers)
	})
	if err == nil && found != len(longTermCondition) {
		return fmt.Errorf("%s: %d of %d rates found", path, found, len(longTermCondition))
	}
	return err
}
