package datasets

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// referenceLayouts are files that hold no figures: lookups of areas, lists of neighbours, and what is said of other files.
// Those with a column of areas can be described as a dataset of categories; of the others only what they are is told.
var referenceLayouts = []recogniser{
	{"Stat-Xplore query", benefitPublisher, topNames("database", "measures", "dimensions"), told(
		"a query of Stat-Xplore and not its answer", "source.query",
		"send it to the interface and import what comes back, or put its database, measures and dimensions here, with source.kind: statxplore")},
	{"Explore Local Statistics, metadata", "Office for National Statistics", topNames("ess-beta-metadata"), told(
		"the metadata of a topic of Explore Local Statistics and not its figures", "title",
		"title, release, released and notes of the dataset of the topic's csv are taken from here: label, sourceOrg, sourceDate, caveats")},
	{"JSON without records", "", func(s Sample) bool { return s.Source.Kind == "json" && len(s.Sheets) == 0 }, jsonWithoutRecords},
	{"Explore Education Statistics, metadata", educationPublisher, headed("col_name", "col_type", "label", "indicator_unit"), educationMeta},
	{"local authority interactive tool, dictionary", educationPublisher, headed("Measure_code", "Measure_short", "Polarity", "Year_Type"), told(
		"the dictionary of the measures of the interactive tool and not their figures", "periods.kind",
		"Measure_short is the Short Desc of the figures; Year_Type says which kind of year a label means, y_axis_name the unit, Last Update when it was released")},
	{"Explore Local Statistics, manifest", "Office for National Statistics", headed("slug", "topic", "subTopic", "dataset", "include"), told(
		"the list of the topics of Explore Local Statistics and not their figures", "source.file", "import the csv of a topic")},
	{"Fingertips, indicators", healthPublisher, headed("IndicatorID", "Polarity", "BenchmarkComparisonMethod"), told(
		"a list of indicators with their polarity and method and not their figures", "source.file", "polarity belongs into the file of an indicator; import the figures by IndicatorID from Fingertips")},
	{"nearest neighbours, wide", "Office for National Statistics", headed("AREACD", "1", "2", "3", "20"), neighbourList(`/^(\d+)$/`, "AREACD", "ons")},
	{"statistical neighbours", educationPublisher, headed("SN1", "SN2", "SN10"), neighbourList(`/^SN(\d+)$/`, "LA num", "dfe")},
	{"statistical neighbours", educationPublisher, headed("SN_1", "SN_2", "SN_10"), neighbourList(`/^SN_(\d+)$/`, "old_la_code", "dfe")},
	{"clusters of areas", "Office for National Statistics", headed("AREACD", "AREANM", "Global", "Economic", "Demographic"), areaList("a classification of areas", "AREACD", "ons")},
	{"interactive tool, codes", educationPublisher, headed("LA Number", "LA Name", "Region", "Type"), areaList("a list of authorities", "LA Number", "dfe")},
	{"Fingertips, areas", healthPublisher, headed("AreaCode", "AreaName", "Level", "HierarchyType"), areaList("a list of areas", "AreaCode", "ons")},
	{"lookup of areas", "Office for National Statistics", isLookup, areaLookup},
}

// topNames knows a JSON document by names at its top.
func topNames(names ...string) func(Sample) bool {
	return func(s Sample) bool {
		return !slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(s.Names, name) })
	}
}

// told says what a file is and which part of a dataset.yaml it is for.
func told(is, part, text string) func(*draft) {
	return func(d *draft) { d.isNot(is, part, "%s", text) }
}

func jsonWithoutRecords(d *draft) {
	d.Unread = true
	names := strings.Join(d.sample.Names, ", ")
	if names == "" {
		d.isNot("JSON without records", "source.path", "no list of records was found")
		return
	}
	d.isNot("JSON without records", "source.path", "no list of records was found below %s", names)
}

// educationMeta says of which file it describes the columns.
func educationMeta(d *draft) {
	name := strings.TrimSuffix(d.sample.File, ".csv")
	d.isNot("the description of the columns of another file and not its figures", "columns",
		"import %s.csv; of the columns named here a Filter is a category, and an Indicator a count or a value", strings.TrimSuffix(name, ".meta"))
}

// noFigures says what a file of areas is, and that its dataset holds categories alone.
func (d *draft) noFigures(is string) {
	d.Is = is + ", not figures"
	d.decide("columns", "it is %s: the columns are categories, and no measure can be made of them", is)
}

// neighbourList reads a row for each area whose neighbours stand across, the nearest first.
func neighbourList(headings, area, codes string) func(*draft) {
	return func(d *draft) {
		layout := d.layout()
		layout.PeriodsAcross = []Across{{Headings: headings, As: "_neighbour"}}
		if d.read(); d.done() {
			return
		}
		d.area(area, codes)
		d.constantYear()
		d.add(Column{Name: "rank", From: "_period", Role: "category", Type: "text"})
		d.add(Column{Name: "neighbour", From: "_neighbour", Role: "category", Type: "text"})
		d.noFigures("a list of neighbours of areas")
		d.decideOthers()
	}
}

// areaList reads a row for each area with what is said of it.
func areaList(is, area, codes string) func(*draft) {
	return func(d *draft) {
		if d.read(); d.done() {
			return
		}
		d.area(area, codes)
		d.constantPeriod()
		for _, name := range d.table.names {
			if name != area && name != "_period" && name != "_sheet" && d.table.cellsOf(name).varies() {
				d.add(Column{Name: columnName(name), From: name, Role: "category", Type: "text"})
			}
		}
		d.noFigures(is)
		d.decideOthers()
	}
}

// lookupCode is the heading of codes of the Open Geography portal: LSOA21CD.
var lookupCode = regexp.MustCompile(`^[A-Z]+(\d\d)CD$`)

// isLookup knows a lookup by its columns of codes, with their names beside them.
func isLookup(s Sample) bool {
	if len(s.Sheets) != 1 || len(s.Sheets[0].Head) == 0 {
		return false
	}
	headings := s.Sheets[0].Head[0]
	for _, heading := range headings.texts() {
		if lookupCode.MatchString(heading) && headings.has(strings.TrimSuffix(heading, "CD")+"NM") {
			return true
		}
	}
	return false
}

// areaLookup reads a lookup of the Open Geography portal: the first codes are the areas, the others what they lie in.
func areaLookup(d *draft) {
	if d.read(); d.done() {
		return
	}
	var codes []string
	year := ""
	for _, name := range d.table.names {
		if m := lookupCode.FindStringSubmatch(name); m != nil {
			codes = append(codes, name)
			year = max(year, "20"+m[1])
		}
	}
	d.area(codes[0], "ons")
	d.constant("_period", year)
	d.add(Column{Name: "period", From: "_period", Role: "period", Type: "text"})
	d.Dataset.Periods = Periods{Kind: "calendar"}
	d.decide("source.layout.constants._period", "a lookup has no period: %s is the year of its codes", year)
	for _, name := range codes {
		d.add(Column{Name: columnName(strings.TrimSuffix(name, "CD") + "_code"), From: name, Role: "category", Type: "text"})
	}
	is := "a list of areas"
	if len(codes) > 1 {
		is = fmt.Sprintf("a lookup of areas (%s)", strings.Join(codes, " to "))
	}
	d.noFigures(is)
	d.decideOthers()
}
