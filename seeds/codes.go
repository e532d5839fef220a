package seeds

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"levelfield/engine/fault"
)

// Scheme is whose codes a publisher gives its areas.
type Scheme string

// The schemes. ITL stands for the European regions (NUTS: UKH32) and the international ones that followed them (TLH32).
const (
	ONS Scheme = "ons"
	DfE Scheme = "dfe"
	ITL Scheme = "itl"
)

var (
	codeColumns = []string{"scheme", "code", "area"}
	regionCode  = map[string]*regexp.Regexp{
		"nuts": regexp.MustCompile(`^UK[0-9A-Z]{0,3}$`),
		"itl":  regexp.MustCompile(`^TL[0-9A-Z]{1,3}$`),
	}
)

// Identify is the area that a code of the scheme means, spaces around it aside. A name is no code: it finds nothing.
func (a Areas) Identify(scheme Scheme, code string) (Area, bool) {
	code = strings.TrimSpace(code)
	switch scheme {
	case ONS:
		return a.Lookup(code)
	case DfE:
		return a.Resolve(code)
	case ITL:
		return a.Lookup(a.byITL[code])
	}
	return Area{}, false
}

// Renamed is the code in force of an area that changed its code and kept its boundary, over any number of changes. An
// area that was split, or joined with others, has none, and neither has one in force.
func (a Areas) Renamed(code string) (string, bool) {
	seen := map[string]bool{}
	for !seen[code] {
		seen[code] = true
		area, found := a.Lookup(code)
		if !found {
			return "", false
		}
		if area.Current() {
			return code, len(seen) > 1
		}
		if len(area.Successors) != 1 || !a.wholly(area) {
			return "", false
		}
		code = area.Successors[0]
	}
	return "", false
}

// wholly says whether the one successor of a former area took all of it and nothing else: it is of the same tier, no
// other area of that tier went to it, and all districts of a county went with it.
func (a Areas) wholly(former Area) bool {
	successor := former.Successors[0]
	if next, _ := a.Lookup(successor); next.UpperTier() != former.UpperTier() {
		return false
	}
	for _, other := range a.list {
		if other.Code == former.Code || other.Current() {
			continue
		}
		joins := slices.Contains(other.Successors, successor)
		switch {
		case joins && other.UpperTier() == former.UpperTier():
			return false
		case other.Parent == former.Code && other.ValidTo == former.ValidTo && !joins:
			return false
		case other.Parent == former.Code && !slices.Contains(a.Successors(other.Code), successor):
			return false
		}
	}
	return true
}

// LoadAreaCodes reads a table of codes that other publishers give to areas, and returns the areas with them.
func LoadAreaCodes(fsys fs.FS, path string, areas Areas) (Areas, fault.List) {
	rows, faults := readTable(fsys, path, codeColumns)
	areas.byITL = map[string]string{}
	for _, read := range rows {
		scheme, code, area := read.get("scheme"), read.get("code"), read.get("area")
		pattern, known := regionCode[scheme]
		switch {
		case !known:
			faults.Add(read.faultf("scheme", "is %q", scheme).Hint("use nuts or itl"))
		case !pattern.MatchString(code):
			faults.Add(read.faultf("code", "%q is no code of the scheme %s", code, scheme).Hint("a code looks like UKH32 (nuts) or TLH32 (itl)"))
		case areas.byITL[code] != "":
			faults.Add(read.faultf("code", "%q stands twice", code).Hint("keep one of the two"))
		default:
			if _, found := areas.Lookup(area); !found {
				faults.Add(read.faultf("area", "no area %q", area).Hint("use a code of the table of areas"))
				continue
			}
			areas.byITL[code] = area
		}
	}
	return areas, faults
}
