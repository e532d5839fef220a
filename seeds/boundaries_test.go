package seeds

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestBoundaries(t *testing.T) {
	t.Parallel()
	areas, _ := LoadAreas(Files(), "areas.csv")
	areas, _ = LoadSmallAreas(Files(), "project/areas.csv", areas)
	load := func(text string) (Boundaries, []string) {
		found, faults := LoadBoundaries(fstest.MapFS{"boundaries.geojson": {Data: []byte(text)}}, "boundaries.geojson", areas)
		var got []string
		for _, f := range faults.Sorted() {
			got = append(got, f.String())
		}
		return found, got
	}
	const square = `[[0.2,51.4],[0.3,51.4],[0.3,51.5],[0.2,51.4]]`
	found, faults := load(`{"type":"FeatureCollection","features":[
		{"type":"Feature","properties":{"FID":1,"WD22CD":"E05002229","WD22NM":"Aveley and Uplands"},"geometry":{"type":"Polygon","coordinates":[` + square + `]}},
		{"type":"Feature","properties":{"WD22CD":"E05002230"},"geometry":{"type":"MultiPolygon","coordinates":[[` + square + `],[` + square + `]]}},
		{"type":"Feature","properties":{"WD22CD":"E05999999"},"geometry":null}]}`)
	if len(faults) > 0 || len(found) != 2 || len(found["E05002230"]) != 2 || found["E05002229"][0][1] != [2]float64{0.3, 51.4} {
		t.Errorf("got %v and %v, want the rings of two wards", found, faults)
	}
	_, faults = load(`{"type":"FeatureCollection","features":[
		{"properties":{"code":"E05002229"},"geometry":{"type":"Polygon","coordinates":[[[556000,180000],[557000,180000],[557000,181000],[556000,180000]]]}},
		{"properties":{"code":"E05002230"},"geometry":{"type":"Point","coordinates":[0.2,51.4]}},
		{"properties":{"code":"E05002231"},"geometry":{"type":"Polygon","coordinates":[[[0.2,51.4],[0.3,51.4],[0.3,51.5],[0.25,51.5]]]}},
		{"properties":{"code":"E05002232"},"geometry":{"type":"Polygon","coordinates":[` + square + `]}},
		{"properties":{"code":"E05002232"},"geometry":{"type":"Polygon","coordinates":[` + square + `]}},
		{"properties":{"code":"E05002233"},"geometry":null}]}`)
	const export = "export polygons with longitude and latitude (WGS 84, EPSG:4326)"
	want := []string{
		`boundaries.geojson: features[0]: E05002229: 556000, 180000 is no longitude and latitude (the file may hold British National Grid: ` + export + `)`,
		`boundaries.geojson: features[1]: E05002230: is a Point, not a polygon (` + export + `)`,
		`boundaries.geojson: features[2]: E05002231: a ring is not closed (` + export + `)`,
		`boundaries.geojson: features[4]: "E05002232" stands twice (keep one of the two)`,
		`boundaries.geojson: features[5]: E05002233: has no geometry (` + export + `)`,
	}
	if diff := cmp.Diff(want, faults); diff != "" {
		t.Errorf("faults differ (-want +got):\n%s", diff)
	}
	for text, want := range map[string]string{
		`{"type":"Topology"}`: `boundaries.geojson:1:1: is no GeoJSON feature collection (export the boundaries as GeoJSON)`,
		`{"type":"FeatureCollection","features":[{"properties":{"code":"X1"}}]}`: `boundaries.geojson: features: none of 1 names an area that is known (one property of each must hold the code of an area of areas.csv)`,
	} {
		if _, faults := load(text); len(faults) != 1 || faults[0] != want {
			t.Errorf("got %v, want %s", faults, want)
		}
	}
	if none, faults := LoadBoundaries(fstest.MapFS{}, "boundaries.geojson", areas); len(none)+len(faults) != 0 {
		t.Errorf("got %v and %v of no file, want nothing", none, faults)
	}
}
