package seeds

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"levelfield/engine/fault"
)

// Ring is one closed line of a boundary: longitude and latitude in degrees (WGS 84), the first point also the last.
type Ring [][2]float64

// Boundaries are the rings of areas by code, islands and holes among them.
type Boundaries map[string][]Ring

// largestBoundaries is how long a file of boundaries may be: the wards of a whole county, generalised to 20 metres, take a
// tenth of it.
const largestBoundaries = 64 << 20

// feature is one area of a GeoJSON file (RFC 7946).
type feature struct {
	Properties map[string]any `json:"properties"`
	Geometry   *struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	} `json:"geometry"`
}

// LoadBoundaries reads a GeoJSON collection of polygons (RFC 7946). An area is told by the one property whose value is the
// code of an area that is known; features of other areas are passed over, since publishers' files hold whole countries. A
// file that is not there holds none.
func LoadBoundaries(fsys fs.FS, path string, areas Areas) (Boundaries, fault.List) {
	found := Boundaries{}
	var faults fault.List
	about, err := fs.Stat(fsys, path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return found, nil
	case err == nil && about.Size() > largestBoundaries:
		faults.Add(fault.At(path, 0, 0).Errorf("", "has %d MiB", about.Size()>>20).Hint("export generalised boundaries of the project's own small areas"))
		return found, faults
	}
	text, faults := readFile(fsys, path)
	if len(faults) > 0 {
		return found, faults
	}
	var collection struct {
		Type     string    `json:"type"`
		Features []feature `json:"features"`
	}
	if err := json.Unmarshal(text, &collection); err != nil || collection.Type != "FeatureCollection" {
		faults.Add(fault.At(path, 1, 1).Errorf("", "is no GeoJSON feature collection").Hint("export the boundaries as GeoJSON"))
		return found, faults
	}
	for i, one := range collection.Features {
		code := namedArea(one.Properties, areas)
		if code == "" {
			continue
		}
		part := fmt.Sprintf("features[%d]", i)
		if _, twice := found[code]; twice {
			faults.Add(fault.At(path, 0, 0).Errorf(part, "%q stands twice", code).Hint("keep one of the two"))
			continue
		}
		rings, wrong, hint := ringsOf(one)
		if wrong != "" {
			faults.Add(fault.At(path, 0, 0).Errorf(part, "%s: %s", code, wrong).Hint("%s", hint))
			continue
		}
		found[code] = rings
	}
	if len(found) == 0 && len(faults) == 0 {
		faults.Add(fault.At(path, 0, 0).Errorf("features", "none of %d names an area that is known", len(collection.Features)).
			Hint("one property of each must hold the code of an area of areas.csv"))
	}
	return found, faults
}

// namedArea is the code of a known area that a feature names, in the order of the properties' names.
func namedArea(properties map[string]any, areas Areas) string {
	var names []string
	for name := range properties {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if code, text := properties[name].(string); text {
			if area, known := areas.Lookup(code); known {
				return area.Code
			}
		}
	}
	return ""
}

// ringsOf are the rings of a feature, or what is wrong with it and what to do.
func ringsOf(one feature) (rings []Ring, wrong, hint string) {
	const export = "export polygons with longitude and latitude (WGS 84, EPSG:4326)"
	if one.Geometry == nil {
		return nil, "has no geometry", export
	}
	var polygons [][]Ring
	var err error
	switch one.Geometry.Type {
	case "Polygon":
		var polygon []Ring
		err = json.Unmarshal(one.Geometry.Coordinates, &polygon)
		polygons = append(polygons, polygon)
	case "MultiPolygon":
		err = json.Unmarshal(one.Geometry.Coordinates, &polygons)
	default:
		return nil, fmt.Sprintf("is a %s, not a polygon", one.Geometry.Type), export
	}
	if err != nil {
		return nil, "its coordinates cannot be read", export
	}
	for _, polygon := range polygons {
		for _, ring := range polygon {
			if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
				return nil, "a ring is not closed", export
			}
			for _, point := range ring {
				if point[0] < -180 || point[0] > 180 || point[1] < -90 || point[1] > 90 {
					return nil, fmt.Sprintf("%g, %g is no longitude and latitude", point[0], point[1]),
						"the file may hold British National Grid: " + export
				}
			}
			rings = append(rings, ring)
		}
	}
	if len(rings) == 0 {
		return nil, "has no ring", export
	}
	return rings, "", ""
}
