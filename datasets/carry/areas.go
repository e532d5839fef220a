package main

import (
	"path/filepath"
	"strings"
)

const (
	england       = "E92000001"
	unitedKingdom = "K02000001"
)

// successors are codes that the publishers' own notes call obsolete and replaced
// by one code for the same council's area. A council that was split, or joined
// with another, keeps its old code: its figures describe another area.
var successors = map[string]string{
	"E06000048": "E06000057", // Northumberland, 2013
	"E08000016": "E08000038", // Barnsley, 2025
	"E08000019": "E08000039", // Sheffield, 2025
	"E08000020": "E08000037", // Gateshead, 2013
	"E10000002": "E06000060", // Buckinghamshire, 2020
	"E10000023": "E06000065", // North Yorkshire, 2023
	"E10000027": "E06000066", // Somerset, 2023
}

// currentArea returns the code in use for an area, and whether the area is one
// that is carried: England, a region, or an upper-tier or unitary authority.
func currentArea(code string) (current string, isCarried bool) {
	code = strings.TrimSpace(code)
	if successor, ok := successors[code]; ok {
		code = successor
	}
	if code == england {
		return code, true
	}
	for _, kind := range []string{"E12", "E06", "E08", "E09", "E10"} {
		if strings.HasPrefix(code, kind) {
			return code, true
		}
	}
	return code, false
}

// toolRegions are the numbers that the Department for Education's local authority
// interactive tool gives to England and the regions (la_code_list.xlsx). Inner
// and outer London (987 and 988) are not regions and are left out.
var toolRegions = map[string]string{
	"970": england,
	"980": "E12000001", // North East
	"981": "E12000002", // North West
	"982": "E12000003", // Yorkshire and The Humber
	"983": "E12000004", // East Midlands
	"984": "E12000005", // West Midlands
	"985": "E12000006", // East of England
	"986": "E12000007", // London
	"989": "E12000008", // South East
	"990": "E12000009", // South West
}

// educationAreas maps the Department for Education's three-digit numbers to
// current codes, from the department's files that print both.
func educationAreas(publishers string) (map[string]string, error) {
	areas := map[string]string{}
	for number, code := range toolRegions {
		areas[number] = code
	}
	printed := []struct{ path, number, code string }{
		{"dfe-ees-school-la/EYFSP_APS_GLD_ELG_underlying_data_2013_2018.csv", "old_la_code", "new_la_code"},
		{"dfe-attainment-age-19/LA_Dashboard_2022_without_Scilly.csv", "la_code_3", "la_code_9"},
		{"dfe-ees-children-social-care/la_care_leavers_activity.csv", "old_la_code", "new_la_code"},
	}
	for _, file := range printed {
		read, err := readRecords(filepath.Join(publishers, file.path), file.number, file.code)
		if err != nil {
			return nil, err
		}
		for _, fields := range read.rows {
			number := strings.TrimSpace(read.field(fields, file.number))
			if code, isCarried := currentArea(read.field(fields, file.code)); isCarried && number != "" {
				areas[number] = code
			}
		}
	}
	return areas, nil
}
