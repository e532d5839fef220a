package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// localStatisticsFolder holds the files of Explore Local Statistics, in which the
// Office for National Statistics gathers its own and other publishers' figures
// in one layout; olderFolder holds files of its earlier layout.
const (
	localStatisticsFolder = "ons-explore-local-statistics"
	olderFolder           = "ons-explore-local-statistics-older"
)

// A localSeries is one indicator of one topic file, and where it goes.
type localSeries struct {
	file        string // the topic, which is the file's name without .csv
	indicator   string
	column      string
	category    string   // empty in a dataset without a category column
	withLimits  bool     // the publisher's 95% interval goes to the limit columns
	provisional []string // periods that the publisher's notes call provisional
}

// localStatistics describes a dataset made from topic files.
type localStatistics struct {
	id       string
	category string
	period   periodOf
	extra    []string // areas carried beside England, regions and authorities
	older    bool
	series   []localSeries
}

// limitsOf names the two limit columns of a value column.
func limitsOf(columnName string) (lower, upper string) {
	stem := strings.TrimSuffix(columnName, "_percent")
	if columnName == "weekly_pay" {
		return "lower", "upper"
	}
	return stem + "_lower", stem + "_upper"
}

// localStatisticsDatasets lists the datasets carried from Explore Local Statistics.
func localStatisticsDatasets() []carried {
	var datasets []carried
	for _, spec := range slices.Concat(educationTopics(), workTopics(), moneyTopics()) {
		datasets = append(datasets, spec.dataset())
	}
	return datasets
}

func educationTopics() []localStatistics {
	return []localStatistics{
		{id: "dfe-gcse-by-19", period: isoSplitYear, series: []localSeries{
			{file: "gcses-in-english-and-maths", indicator: "GCSEs in English and Maths", column: "english_and_maths_percent"},
		}},
		{id: "dfe-absence", category: "group", period: isoSplitYear, series: []localSeries{
			{file: "persistent-absences-for-all-pupils", indicator: "Persistent absences for all pupils", column: "persistent_absence_percent", category: "all"},
			{file: "persistent-absences-for-pupils-eligible-for-free-school-meals", indicator: "Persistent absences for pupils eligible for free school meals", column: "persistent_absence_percent", category: "free-school-meals"},
		}},
		{id: "dfe-absence-looked-after", period: isoSplitYear, series: []localSeries{
			{file: "persistent-absences-for-pupils-looked-after-by-local-authorities", indicator: "Persistent absences for pupils looked after by local authorities", column: "persistent_absence_percent"},
		}},
		{id: "dfe-further-education", period: isoSplitYear, series: []localSeries{
			{file: "further-education-and-skills-participation", indicator: "Further education and skills participation", column: "participation_rate"},
			{file: "further-education-and-skills-learner-achievements", indicator: "Further education and skills learner achievements", column: "achievement_rate"},
		}},
		{id: "dfe-apprenticeships", period: isoSplitYear, series: []localSeries{
			{file: "apprenticeships", indicator: "Apprenticeship starts (England)", column: "starts_rate"},
			{file: "apprenticeships", indicator: "Apprenticeship achievements (England)", column: "achievements_rate"},
		}},
	}
}

func workTopics() []localStatistics {
	return []localStatistics{
		{id: "ons-qualifications", period: isoCalendarYear, series: []localSeries{
			{file: "qualifications-level-3-or-above", indicator: "Level 3 or above qualifications (Great Britain)", column: "level_3_percent", withLimits: true},
			{file: "qualifications-none-gb", indicator: "No qualifications", column: "no_qualifications_percent", withLimits: true},
		}},
		{id: "ons-qualifications-nvq", period: plainCalendarYear, older: true, series: []localSeries{
			{file: "level3plus_IDS_2023-05", indicator: "Aged 16 to 64 years level 3 or above qualifications", column: "level_3_percent", withLimits: true},
		}},
		{id: "ons-employment", period: isoCalendarYear, series: []localSeries{
			{file: "employment-rate", indicator: "Employment rate", column: "employment_percent", withLimits: true},
			{file: "employment-rate", indicator: "Economically inactive", column: "inactive_percent", withLimits: true},
		}},
		{id: "ons-long-term-sick", period: plainCalendarYear, older: true, series: []localSeries{
			{file: "inactive-long-term-sick_IDS_2024-06", indicator: "Proportion of people who are economically inactive, who are economically inactive due to long term sickness", column: "long_term_sick_percent"},
		}},
		{id: "ons-claimant-count", period: isoCalendarYear, series: []localSeries{
			{file: "claimant-count", indicator: "Claimant Count", column: "claimant_percent"},
		}},
	}
}

func moneyTopics() []localStatistics {
	latestLowIncome := []string{"2024/25"}
	return []localStatistics{
		{id: "dwp-low-income", period: isoSplitYear, extra: []string{unitedKingdom}, series: []localSeries{
			{file: "children-in-relative-poverty", indicator: "Children in relative poverty before housing costs", column: "before_housing_costs_percent", provisional: latestLowIncome},
			{file: "children-in-relative-poverty", indicator: "Children in relative poverty after housing costs", column: "after_housing_costs_percent", provisional: latestLowIncome},
		}},
		{id: "ons-weekly-pay", period: referenceMonth, series: []localSeries{
			{file: "gross-median-weekly-pay", indicator: "Gross median weekly pay", column: "weekly_pay", withLimits: true, provisional: []string{"2025-04"}},
		}},
		{id: "ons-household-income", period: isoCalendarYear, series: []localSeries{
			{file: "gross-disposable-household-income-per-head", indicator: "Gross disposable household income", column: "income_per_head", provisional: []string{"2023"}},
		}},
		{id: "ofcom-gigabit", period: isoInstant, series: []localSeries{
			{file: "gigabit-capable-broadband", indicator: "Gigabit capable broadband", column: "gigabit_percent"},
		}},
	}
}

func (spec localStatistics) dataset() carried {
	made := carried{id: spec.id}
	if spec.category != "" {
		made.categories = []string{spec.category}
	}
	for _, series := range spec.series {
		if slices.ContainsFunc(made.columns, func(c column) bool { return c.name == series.column }) {
			continue
		}
		made.columns = append(made.columns, column{name: series.column})
		if series.withLimits {
			lower, upper := limitsOf(series.column)
			made.columns = append(made.columns, column{name: lower, limit: true}, column{name: upper, limit: true})
		}
	}
	made.fill = func(publishers string, into *table) error {
		for _, series := range spec.series {
			if err := spec.carry(publishers, series, into); err != nil {
				return err
			}
		}
		return nil
	}
	return made
}

// layout names the columns of a topic file.
type layout struct {
	area, indicator, period, value, lower, upper, status, note string
}

var presentLayout = layout{"areacd", "indicator", "period", "observation", "lci_95", "uci_95", "status", "notes"}

// olderLayout is the earlier heading. The value's heading varies by file.
func olderLayout(value string) layout {
	return layout{"AREACD", "Indicator", "Period", value, "Lower Confidence Interval (95%)",
		"Upper Confidence Interval (95%)", "Observation Status", "Notes"}
}

func (spec localStatistics) read(publishers, file string) (records, layout, error) {
	if !spec.older {
		path := filepath.Join(publishers, localStatisticsFolder, file+".csv")
		read, err := readRecords(path, presentLayout.names()...)
		return read, presentLayout, err
	}
	path := filepath.Join(publishers, olderFolder, file+".csv")
	heads := olderLayout("Observation")
	read, err := readRecords(path, heads.names()...)
	if err != nil {
		heads = olderLayout("Value")
		read, err = readRecords(path, heads.names()...)
	}
	return read, heads, err
}

func (l layout) names() []string {
	return []string{l.area, l.indicator, l.period, l.value, l.lower, l.upper, l.status, l.note}
}

func (spec localStatistics) carry(publishers string, series localSeries, into *table) error {
	read, heads, err := spec.read(publishers, series.file)
	if err != nil {
		return err
	}
	rows := 0
	err = read.each(func(field func(string) string) error {
		area, isCarried := currentArea(field(heads.area))
		if field(heads.indicator) != series.indicator || (!isCarried && !slices.Contains(spec.extra, area)) {
			return nil
		}
		rows++
		return spec.carryRow(heads, field, area, series, into)
	})
	if err == nil && rows == 0 {
		return fmt.Errorf("%s: no row of indicator %q", series.file, series.indicator)
	}
	return err
}

func (spec localStatistics) carryRow(heads layout, field func(string) string, area string, series localSeries, into *table) error {
	period, err := spec.period(field(heads.period))
	if err != nil {
		return err
	}
	at := place{area: area, period: period}
	if spec.category != "" {
		at.categories = []string{series.category}
	}
	value, err := localValue(field(heads.value), field(heads.status), field(heads.note))
	if err != nil {
		return err
	}
	if value.number != "" && slices.Contains(series.provisional, period) {
		value.status = strings.TrimSpace(value.status + " p")
	}
	if err := into.set(at, series.column, value); err != nil || !series.withLimits {
		return err
	}
	lower, upper := limitsOf(series.column)
	for columnName, text := range map[string]string{lower: field(heads.lower), upper: field(heads.upper)} {
		limit, err := limitMarkers.parse(text)
		if err != nil {
			return err
		}
		if err := into.set(at, columnName, cell{number: limit.number}); err != nil {
			return err
		}
	}
	return nil
}

// localMarkers are the texts that stand in value cells: na in the earlier layout.
var localMarkers = markers{"c": "c", "x": "x", "z": "z", "low": "low", "na": "x"}

// limitMarkers are the texts that stand in limit cells of the earlier layout.
var limitMarkers = markers{"na": "", "low": ""}

// unreliable is the note that the publisher writes beside an estimate from three
// to nine people, in place of a status.
const unreliable = "Estimate and confidence interval unreliable"

// localValue joins the value with the status column and the note.
func localValue(text, status, note string) (cell, error) {
	value, err := localMarkers.parse(text)
	if err != nil {
		return cell{}, err
	}
	switch status = strings.TrimSpace(status); status {
	case "":
	case "c", "x", "z", "u", "low":
		value.status = status
	default:
		return cell{}, fmt.Errorf("status %q is not known here", status)
	}
	if value.status == "" && value.number != "" && strings.HasPrefix(note, unreliable) {
		value.status = "u"
	}
	return value, nil
}
