package seeds

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"levelfield/engine/fault"
)

// Scheme is whose codes a publisher gives its areas.
type Scheme string

// The schemes. ITL stands for the European regions (NUTS: UKH32) and the international ones that followed them (TLH32).
// Nomis stands for the labels of workbooks that its website makes, which have a kind of area before a name, and no code:
// ladu:Thurrock. Such a label is looked up whole, in a table of them, and never by its name.
const (
	ONS   Scheme = "ons"
	DfE   Scheme = "dfe"
	ITL   Scheme = "itl"
	Nomis Scheme = "nomis"
)

var codeColumns = []string{"scheme", "code", "area"}

// foreignCode is what the codes of a scheme of the table look like, and the scheme that finds them.
var foreignCode = map[string]struct {
	scheme  Scheme
	pattern *regexp.Regexp
	like    string
}{
	"nuts":  {ITL, regexp.MustCompile(`^UK[0-9A-Z]{0,3}$`), "UKH32"},
	"itl":   {ITL, regexp.MustCompile(`^TL[0-9A-Z]{1,3}$`), "TLH32"},
	"nomis": {Nomis, regexp.MustCompile(`^[a-z]+[0-9]*:.+$`), "ladu:Thurrock"},
}

// Identify is the area that a code of the scheme means, spaces around it aside. A name is no code: it finds nothing.
func (a Areas) Identify(scheme Scheme, code string) (Area, bool) {
	code = strings.TrimSpace(code)
	switch scheme {
	case ONS:
		return a.Lookup(code)
	case DfE:
		return a.Resolve(code)
	}
	return a.Lookup(a.foreign[scheme][code])
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
	areas.foreign = map[Scheme]map[string]string{}
	for _, read := range rows {
		scheme, code, area := read.get("scheme"), read.get("code"), read.get("area")
		kind, known := foreignCode[scheme]
		switch {
		case !known:
			faults.Add(read.faultf("scheme", "is %q", scheme).Hint("use one of: %s", strings.Join(slices.Sorted(maps.Keys(foreignCode)), ", ")))
		case !kind.pattern.MatchString(code):
			faults.Add(read.faultf("code", "%q is no code of the scheme %s", code, scheme).Hint("a code looks like %s", kind.like))
		case areas.foreign[kind.scheme][code] != "":
			faults.Add(read.faultf("code", "%q stands twice", code).Hint("keep one of the two"))
		default:
			if _, found := areas.Lookup(area); !found {
				faults.Add(read.faultf("area", "no area %q", area).Hint("use a code of the table of areas"))
				continue
			}
			if areas.foreign[kind.scheme] == nil {
				areas.foreign[kind.scheme] = map[string]string{}
			}
			areas.foreign[kind.scheme][code] = area
		}
	}
	return areas, faults
}
