package seeds

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"levelfield/engine/fault"
)

// The types of area. The four upper-tier types together cover England once.
const (
	Country               = "country"
	CountryGroup          = "country-group"
	Region                = "region"
	LondonPart            = "london-part"
	Unitary               = "unitary"
	County                = "county"
	Metropolitan          = "metropolitan"
	LondonBorough         = "london-borough"
	District              = "district"
	CombinedAuthority     = "combined-authority"
	WelshAuthority        = "welsh-authority"
	ScottishCouncil       = "scottish-council"
	NorthernIrishDistrict = "northern-irish-district"
)

var (
	upperTierTypes = []string{Unitary, County, Metropolitan, LondonBorough}
	areaTypes      = append([]string{
		Country, CountryGroup, Region, LondonPart, District, CombinedAuthority, WelshAuthority, ScottishCouncil,
		NorthernIrishDistrict,
	}, upperTierTypes...)

	areaColumns = []string{"code", "name", "type", "parent", "valid_from", "valid_to", "successor", "dfe_code"}

	areaCode = regexp.MustCompile(`^[A-Z][0-9]{8}$`)
	isoDate  = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`)
	dfeCode  = regexp.MustCompile(`^[0-9]{3}$`)
)

// Area is a place with a code of the Government Statistical Service. Dates are ISO, inclusive, and empty when not
// known (ValidFrom) or still in force (ValidTo).
type Area struct {
	Code       string
	Name       string
	Type       string
	Parent     string // the region of an upper-tier authority, the county of a district
	ValidFrom  string
	ValidTo    string
	Successors []string // the areas that replaced it, one step on
	DfeCode    string   // three digits of the Department for Education, where it gives any
}

// Current says whether the area is still in force.
func (a Area) Current() bool { return a.ValidTo == "" }

// UpperTier says whether the area is an English upper-tier or unitary authority.
func (a Area) UpperTier() bool { return slices.Contains(upperTierTypes, a.Type) }

// Areas is every known area; the zero Areas knows none.
type Areas struct {
	list   []Area // by code
	byCode map[string]int
	byDfE  map[string]int
	// foreign are other publishers' codes for areas, by scheme, from LoadAreaCodes.
	foreign map[Scheme]map[string]string
	// small are the small areas that a project names, from LoadSmallAreas.
	small map[string]Area
	// spelled are the names of list, as LooksLike compares them.
	spelled []spelling
}

// All is every area that every project knows, current or not, by code.
func (a Areas) All() []Area { return slices.Clone(a.list) }

// Lookup is the area with the code, current or not, small or not.
func (a Areas) Lookup(code string) (Area, bool) {
	i, found := a.byCode[code]
	if !found {
		small, named := a.small[code]
		return small, named
	}
	return a.list[i], true
}

// UpperTier is the English upper-tier and unitary authorities in force, by code.
func (a Areas) UpperTier() []Area {
	var current []Area
	for _, area := range a.list {
		if area.UpperTier() && area.Current() {
			current = append(current, area)
		}
	}
	return current
}

// Successors is the codes in force today that took the place of the code, over any number of changes, sorted. A code
// still in force is its own only successor; an unknown code has none.
func (a Areas) Successors(code string) []string {
	var (
		current []string
		visit   func(string)
		seen    = map[string]bool{}
	)
	visit = func(code string) {
		area, found := a.Lookup(code)
		if !found || seen[code] {
			return
		}
		seen[code] = true
		if area.Current() {
			current = append(current, code)
		}
		for _, next := range area.Successors {
			visit(next)
		}
	}
	visit(code)
	slices.Sort(current)
	return current
}

// Resolve is the area with a three-digit code of the Department for Education. Where the Department kept a code when
// an area changed, the area in force is meant; a code never given to an area in force means the former one.
func (a Areas) Resolve(dfe string) (Area, bool) {
	i, found := a.byDfE[dfe]
	if !found {
		return Area{}, false
	}
	return a.list[i], true
}

// LoadAreas reads a table of areas. A parent or successor has to stand in the same table.
func LoadAreas(fsys fs.FS, path string) (Areas, fault.List) {
	rows, faults := readTable(fsys, path, areaColumns)
	areas := Areas{byCode: map[string]int{}, byDfE: map[string]int{}}
	places := map[string]row{}
	for _, read := range rows {
		area, wrong := areaOf(read)
		if _, twice := places[area.Code]; twice {
			wrong.Add(read.faultf("code", "%q stands twice", area.Code).Hint("keep one of the two"))
		}
		faults.Add(wrong...)
		if len(wrong) == 0 {
			places[area.Code] = read
			areas.list = append(areas.list, area)
		}
	}
	slices.SortFunc(areas.list, func(x, y Area) int { return strings.Compare(x.Code, y.Code) })
	for i, area := range areas.list {
		areas.byCode[area.Code] = i
		areas.spelled = append(areas.spelled, spell(area.Name))
	}
	for i, area := range areas.list {
		faults.Add(areas.linkFaults(area, places[area.Code])...)
		faults.Add(areas.indexDfE(i, places)...)
	}
	return areas, faults
}

// linkFaults is every parent and successor of area that is not in the table.
func (a Areas) linkFaults(area Area, read row) fault.List {
	var faults fault.List
	if _, found := a.Lookup(area.Parent); area.Parent != "" && !found {
		faults.Add(read.faultf("parent", "no area %q", area.Parent).Hint("add its row, or leave the parent empty"))
	}
	for _, successor := range area.Successors {
		if _, found := a.Lookup(successor); !found {
			faults.Add(read.faultf("successor", "no area %q", successor).Hint("add its row"))
		}
	}
	return faults
}

// indexDfE notes the three-digit code of the area at i: an area in force goes before a former one, and of two former
// ones the later.
func (a Areas) indexDfE(i int, places map[string]row) fault.List {
	area := a.list[i]
	if area.DfeCode == "" {
		return nil
	}
	known, found := a.byDfE[area.DfeCode]
	if !found {
		a.byDfE[area.DfeCode] = i
		return nil
	}
	other := a.list[known]
	switch {
	case area.Current() && other.Current():
		first, second := other, area
		if places[first.Code].line() > places[second.Code].line() {
			first, second = second, first
		}
		clash := places[second.Code].faultf("dfe_code", "%s is the code of %s as well", area.DfeCode, first.Name)
		return fault.List{clash.Hint("one area in force may have it")}
	case area.Current(), !other.Current() && area.ValidTo > other.ValidTo:
		a.byDfE[area.DfeCode] = i
	}
	return nil
}

// lifeFaults is what is wrong with the days between which an area is in force.
func lifeFaults(read row) fault.List {
	var faults fault.List
	from, to := read.get("valid_from"), read.get("valid_to")
	for _, column := range lifeColumns {
		if day := read.get(column); day != "" && !isoDate.MatchString(day) {
			faults.Add(read.faultf(column, "is %q", day).Hint("write the day as 2025-04-01"))
		}
	}
	if from != "" && to != "" && to < from {
		faults.Add(read.faultf("valid_to", "is before valid_from"))
	}
	return faults
}

// areaOf is the area in one row and what is wrong with it, links aside.
func areaOf(read row) (Area, fault.List) {
	area := Area{
		Code: read.get("code"), Name: read.get("name"), Type: read.get("type"), Parent: read.get("parent"),
		ValidFrom: read.get("valid_from"), ValidTo: read.get("valid_to"),
		Successors: strings.Fields(read.get("successor")), DfeCode: read.get("dfe_code"),
	}
	var faults fault.List
	if !areaCode.MatchString(area.Code) {
		faults.Add(read.faultf("code", "is %q", area.Code).Hint("a code is a capital letter and eight digits, such as E06000034"))
	}
	if area.Name == "" {
		faults.Add(read.faultf("name", "is empty"))
	}
	if !slices.Contains(areaTypes, area.Type) {
		faults.Add(read.faultf("type", "is %q", area.Type).Hint("use one of: %s", strings.Join(areaTypes, ", ")))
	}
	faults.Add(lifeFaults(read)...)
	if len(area.Successors) > 0 && area.Current() {
		faults.Add(read.faultf("successor", "an area in force has none").Hint("fill valid_to"))
	}
	if area.DfeCode != "" && !dfeCode.MatchString(area.DfeCode) {
		faults.Add(read.faultf("dfe_code", "is %q", area.DfeCode).Hint("a code has three digits, such as 883"))
	}
	return area, faults
}
