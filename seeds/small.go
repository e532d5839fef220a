package seeds

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"levelfield/engine/fault"
)

var (
	smallColumns = []string{"code", "name", "type", "parent"}
	lifeColumns  = []string{"valid_from", "valid_to"}
)

// Small is the small areas that a project names, by code.
func (a Areas) Small() []Area {
	var list []Area
	for _, area := range a.small {
		list = append(list, area)
	}
	slices.SortFunc(list, func(x, y Area) int { return strings.Compare(x.Code, y.Code) })
	return list
}

// Inside says whether an area is a part of another, by its parents.
func (a Areas) Inside(area Area, whole string) bool {
	seen := map[string]bool{}
	for area.Parent != "" && !seen[area.Parent] {
		if area.Parent == whole {
			return true
		}
		seen[area.Parent] = true
		area, _ = a.Lookup(area.Parent)
	}
	return false
}

// LoadSmallAreas adds the wards, neighbourhoods and other small areas that a project names to the areas that are known:
// code, name, type (one of [Kinds]) and parent, an area that is known, and in two further columns that may be left out the first
// and the last day on which the area was in force. One that is a part of another
// stands below it. A file that is not there adds none.
func LoadSmallAreas(fsys fs.FS, path string, areas Areas) (Areas, fault.List) {
	if _, err := fs.Stat(fsys, path); errors.Is(err, fs.ErrNotExist) {
		return areas, nil
	}
	rows, faults := readTable(fsys, path, smallColumns, lifeColumns...)
	areas.small = map[string]Area{}
	for _, read := range rows {
		area := Area{
			Code: read.get("code"), Name: read.get("name"), Type: read.get("type"), Parent: read.get("parent"),
			ValidFrom: read.get("valid_from"), ValidTo: read.get("valid_to"),
		}
		wrong := lifeFaults(read)
		if pattern, known := kinds[area.Type]; !known {
			wrong.Add(read.faultf("type", "is %q", area.Type).Hint("use one of: %s", strings.Join(Kinds(), ", ")))
		} else if !pattern.MatchString(area.Code) {
			wrong.Add(read.faultf("code", "is %q, which is no code of the type %s", area.Code, area.Type))
		}
		if area.Name == "" {
			wrong.Add(read.faultf("name", "is empty"))
		}
		if _, found := areas.Lookup(area.Parent); !found {
			wrong.Add(read.faultf("parent", "no area %q", area.Parent).Hint("name the authority or region that holds the area, or a small area whose row stands above"))
		}
		if _, twice := areas.Lookup(area.Code); twice {
			wrong.Add(read.faultf("code", "%q stands twice, or is an area that every project knows", area.Code).Hint("keep one of the two"))
		}
		if faults.Add(wrong...); len(wrong) == 0 {
			areas.small[area.Code] = area
		}
	}
	return areas, faults
}
