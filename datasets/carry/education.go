package main

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
)

// educationDatasets lists the datasets carried from the Department for
// Education's own files, other than its local authority interactive tool.
func educationDatasets() []carried {
	return []carried{
		{
			id:      "dfe-neet",
			columns: values("cohort", "neet_percent", "not_known_percent", "neet_not_known_percent"),
			fill:    fillNeet,
		},
		{
			id:      "dfe-participation",
			columns: values("cohort", "participation_percent"),
			fill:    fillParticipation,
		},
		{
			id:         "dfe-care-leavers",
			categories: []string{"age"},
			columns:    values("care_leavers", "in_eet", "neet", "not_known"),
			fill:       fillCareLeavers,
		},
		{
			id:      "dfe-eyfsp-counts",
			columns: values("children", "good_level"),
			fill:    fillEarlyYearsCounts,
		},
		{
			id:         "dfe-level-3-by-19-counts",
			categories: []string{"free_school_meals"},
			columns:    values("cohort", "level_3"),
			fill:       fillLevel3Counts,
		},
	}
}

// firstNeetYear and lastNeetYear bound the yearly files of young people not in
// education, employment or training.
const (
	firstNeetYear = 2021
	lastNeetYear  = 2025
)

func fillNeet(publishers string, into *table) error {
	return fillNeetColumns(publishers, winterEnding, into, map[string]string{
		"Cohort_DJFavg":          "cohort",
		"NEET_percent":           "neet_percent",
		"Notknown_percent":       "not_known_percent",
		"NEET_not_known_percent": "neet_not_known_percent",
	})
}

func fillParticipation(publishers string, into *table) error {
	return fillNeetColumns(publishers, marchOf, into, map[string]string{
		"cohort_March": "cohort",
		"TOTAL_participating_in_education_and_training_percent": "participation_percent",
	})
}

// fillNeetColumns carries the named columns of every yearly file. One row of
// these files holds several dates, so each dataset says which one it means.
func fillNeetColumns(publishers string, period periodOf, into *table, columns map[string]string) error {
	for year := firstNeetYear; year <= lastNeetYear; year++ {
		path := filepath.Join(publishers, "dfe-neet-nccis", "neet_"+strconv.Itoa(year)+".csv")
		read, err := readRecords(path, "time_period", "geographic_level", "country_code", "region_code", "new_la_code")
		if err != nil {
			return err
		}
		for name := range columns {
			if _, ok := read.columns[name]; !ok {
				return fmt.Errorf("%s: no column %q", path, name)
			}
		}
		if err := read.each(func(field func(string) string) error {
			area, isCarried := levelArea(field)
			if !isCarried {
				return nil
			}
			when, err := period(field("time_period"))
			if err != nil {
				return err
			}
			return setColumns(into, place{area: area, period: when}, field, columns, statisticalMarkers)
		}); err != nil {
			return err
		}
	}
	return nil
}

// setColumns sets each of the publisher's columns under its name in the table.
func setColumns(into *table, at place, field func(string) string, columns map[string]string, known markers) error {
	for from, to := range columns {
		contents, err := known.parse(field(from))
		if err != nil {
			return fmt.Errorf("%s: %w", from, err)
		}
		if err := into.set(at, to, contents); err != nil {
			return err
		}
	}
	return nil
}

// levelArea finds the area of a row by its geographic level. Rows without a code
// (the 2021 file ends with two rows for demonstration) are not carried.
func levelArea(field func(string) string) (code string, isCarried bool) {
	switch field("geographic_level") {
	case "National":
		return currentArea(field("country_code"))
	case "Regional":
		return currentArea(field("region_code"))
	case "Local authority":
		return currentArea(field("new_la_code"))
	}
	return "", false
}

// careLeaverMarkers are the marks of the care leavers file. The publisher uses k
// for a figure that rounds to nought, which the service's letters write as low.
var careLeaverMarkers = markers{"c": "c", "x": "x", "z": "z", "k": "low", "low": "low"}

var careLeaverTotals = map[string]string{
	"Total": "care_leavers",
	"Total in education, employment or training":     "in_eet",
	"Total not in education, employment or training": "neet",
	"Total information not known":                    "not_known",
}

func fillCareLeavers(publishers string, into *table) error {
	path := filepath.Join(publishers, "dfe-ees-children-social-care", "la_care_leavers_activity.csv")
	read, err := readRecords(path, "time_period", "geographic_level", "country_code", "region_code",
		"new_la_code", "care_leaver_age", "breakdown", "care_leaver_count")
	if err != nil {
		return err
	}
	ages := map[string]string{"17 to 18 years": "17-18", "19 to 21 years": "19-21"}
	return read.each(func(field func(string) string) error {
		columnName, isTotal := careLeaverTotals[field("breakdown")]
		area, isCarried := levelArea(field)
		if !isTotal || !isCarried {
			return nil
		}
		age, ok := ages[field("care_leaver_age")]
		if !ok {
			return fmt.Errorf("age %q is not known here", field("care_leaver_age"))
		}
		period, err := splitYearEnding(field("time_period"))
		if err != nil {
			return err
		}
		at := place{area: area, period: period, categories: []string{age}}
		return setColumns(into, at, field, map[string]string{"care_leaver_count": columnName}, careLeaverMarkers)
	})
}

func fillEarlyYearsCounts(publishers string, into *table) error {
	path := filepath.Join(publishers, "dfe-ees-school-la", "EYFSP_APS_GLD_ELG_underlying_data_2013_2018.csv")
	columns := map[string]string{"number_of_children": "children", "gld_number": "good_level"}
	read, err := readRecords(path, "time_period", "geographic_level", "country_code", "region_code",
		"new_la_code", "characteristic", "number_of_children", "gld_number")
	if err != nil {
		return err
	}
	return read.each(func(field func(string) string) error {
		area, isCarried := levelArea(field)
		if !isCarried || field("characteristic") != "Total" {
			return nil
		}
		period, err := sixDigitYears(field("time_period"))
		if err != nil {
			return err
		}
		return setColumns(into, place{area: area, period: period}, field, columns, statisticalMarkers)
	})
}

// lastCohortOf19 is the last cohort of the Level 3 file that had turned 19. The
// file prints nought for later cohorts, which stands for "not yet", not for none.
const lastCohortOf19 = "2022"

func fillLevel3Counts(publishers string, into *table) error {
	path := filepath.Join(publishers, "dfe-attainment-age-19", "LA_Dashboard_2022_without_Scilly.csv")
	read, err := readRecords(path, "cohort_19_in", "number_in_ss_cohort", "region", "la_code_9", "gender", "fsm", "sen", "l3_by19")
	if err != nil {
		return err
	}
	groups := map[string]string{"ALL": "all", "Eligible for FSM": "eligible", "Not eligible for FSM": "not-eligible"}
	return read.each(func(field func(string) string) error {
		area, isCarried := level3Area(field("region"), field("la_code_9"))
		if !isCarried || field("gender") != "ALL" || field("sen") != "ALL" {
			return nil
		}
		group, ok := groups[field("fsm")]
		if !ok {
			return fmt.Errorf("free school meals group %q is not known here", field("fsm"))
		}
		period, err := splitYearEnding(field("cohort_19_in"))
		if err != nil {
			return err
		}
		at := place{area: area, period: period, categories: []string{group}}
		if err := setColumns(into, at, field, map[string]string{"number_in_ss_cohort": "cohort"}, statisticalMarkers); err != nil {
			return err
		}
		if field("cohort_19_in") > lastCohortOf19 {
			return into.set(at, "level_3", cell{status: "x"})
		}
		return setColumns(into, at, field, map[string]string{"l3_by19": "level_3"}, statisticalMarkers)
	})
}

// level3Area finds the area of a row in a file that prints codes for councils,
// names for regions, and ALL for the whole.
func level3Area(region, council string) (code string, isCarried bool) {
	if council != "ALL" {
		return currentArea(council)
	}
	if region == "ALL" {
		return england, true
	}
	code, isCarried = regionNames[strings.ToLower(region)]
	return code, isCarried
}

// regionNames are the regions' codes by name in lower case, since publishers
// differ on the capital of "The Humber".
var regionNames = map[string]string{
	"north east":               "E12000001",
	"north west":               "E12000002",
	"yorkshire and the humber": "E12000003",
	"east midlands":            "E12000004",
	"west midlands":            "E12000005",
	"east of england":          "E12000006",
	"london":                   "E12000007",
	"south east":               "E12000008",
	"south west":               "E12000009",
}
