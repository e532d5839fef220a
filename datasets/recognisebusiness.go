package datasets

import "regexp"

// businessLayouts are those of workbooks and wide files of the Office for National Statistics and of other departments.
var businessLayouts = []recogniser{
	{"Business demography", "Office for National Statistics", saying("Business Demography"), calendarTables},
	{"Sub-regional fuel poverty", "Department for Energy Security and Net Zero", saying("Sub-regional Fuel Poverty"), sheetTables},
	{"Regional gross disposable household income", "Office for National Statistics", headed("NUTS level", "NUTS code", "Region name"), calendarTables},
	{"Indices of Deprivation", deprivationPublisher, headed("LSOA code (2011)", "Local Authority District code (2019)"), sheetTables},
	{"Indices of Deprivation, extract", deprivationPublisher, isDeprivation, sheetTables},
}

const deprivationPublisher = "Ministry of Housing, Communities and Local Government"

// calendarTables reads tables of a publication whose years are those of the calendar.
func calendarTables(d *draft) {
	sheetTables(d)
	if d.Dataset.Periods.Kind == "calendar" {
		d.undecide("periods.kind")
	}
}

// isDeprivation knows an extract of the Indices by its codes of areas of a year and its scores, ranks or deciles.
func isDeprivation(s Sample) bool {
	if len(s.Sheets) != 1 || s.Source.Kind != "csv" {
		return false
	}
	headings := s.Sheets[0].Head[0].texts()
	if len(headings) < 4 || !areaOfYear.MatchString(headings[0]) {
		return false
	}
	for _, heading := range headings[1:] {
		if deprivationHeading.MatchString(heading) {
			return true
		}
	}
	return false
}

var (
	areaOfYear         = regexp.MustCompile(`^(lsoa|ltla|utla|lad|msoa)\d\d_code$`)
	deprivationHeading = regexp.MustCompile(`(?i)^(imd|income|employment)[a-z0-9_]*(score|rank|decile|numerator)`)
)
