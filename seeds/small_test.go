package seeds

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestSmallAreasAreKnownBesideTheOthers reads the built-in project's wards and neighbourhoods. The counts are those of the
// publisher's lookup: 20 wards of 2022, 100 LSOAs of 2021 and 2 of 2011 that are no more.
func TestSmallAreasAreKnownBesideTheOthers(t *testing.T) {
	t.Parallel()
	areas, faults := LoadAreas(Files(), "areas.csv")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	before := len(areas.All())
	areas, faults = LoadSmallAreas(Files(), "project/areas.csv", areas)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	count := map[string]int{}
	for _, area := range areas.Small() {
		count[area.Type]++
	}
	if count["ward"] != 20 || count["lsoa"] != 102 || len(areas.All()) != before {
		t.Errorf("got %v beside %d areas, want 20 wards and 102 LSOAs beside %d", count, len(areas.All()), before)
	}
	ward, found := areas.Identify(ONS, "E05002247 ")
	if !found || ward.Name != "Tilbury St Chads" || ward.Parent != "E06000034" {
		t.Errorf("got %+v, want Tilbury St Chads of Thurrock", ward)
	}
	if _, found := areas.Identify(ONS, "E05000650"); found {
		t.Error("a ward that the project does not name is known")
	}
}

func TestSmallAreasHaveFaultsWithTheirPlaces(t *testing.T) {
	t.Parallel()
	areas, _ := LoadAreas(Files(), "areas.csv")
	text := "code,name,type,parent,valid_from,valid_to\n" +
		"E05000001,Castle,ward,E06000034,,\n" +
		"E05000001,Castle,ward,E06000034,,\n" +
		"E01000001,Castle 001A,ward,E06000034,,\n" +
		"E05000002,,ward,E06000034,,\n" +
		"E05000003,Bridge,parish,E06000034,,\n" +
		"E05000004,Bridge,ward,Thurrock,,\n" +
		"E05000005,Ford,ward,E06000034,2024,\n" +
		"E05000006,Ford,ward,E06000034,2024-05-02,2019-05-01\n" +
		"E01000002,Ford 001A,lsoa,E05000007,,\n" +
		"E05000007,Mill,ward,E06000034,2019-05-02,2024-05-01\n" +
		"E01000003,Mill 001A,lsoa,E05000007,,\n"
	areas, faults := LoadSmallAreas(fstest.MapFS{"areas.csv": {Data: []byte(text)}}, "areas.csv", areas)
	var got []string
	for _, f := range faults.Sorted() {
		got = append(got, f.String())
	}
	want := []string{
		`areas.csv:3:1: code: "E05000001" stands twice, or is an area that every project knows`,
		`areas.csv:4:1: code: is "E01000001", which is no code of the type ward`,
		`areas.csv:5:11: name: is empty`,
		`areas.csv:6:18: type: is "parish"`,
		`areas.csv:7:23: parent: no area "Thurrock"`,
		`areas.csv:8:31: valid_from: is "2024" (write the day as 2025-04-01)`,
		`areas.csv:9:42: valid_to: is before valid_from`,
		`areas.csv:10:26: parent: no area "E05000007" (name the authority or region that holds the area, or a small area whose row stands above)`,
	}
	if !slices.EqualFunc(got, want, func(got, want string) bool { return strings.HasPrefix(got, want) }) {
		t.Errorf("got %q, want %q", got, want)
	}
	if small := areas.Small(); len(small) != 3 || small[2].ValidFrom != "2019-05-02" || small[2].ValidTo != "2024-05-01" || small[0].Parent != "E05000007" {
		t.Errorf("got the small areas %+v, want the three sound ones", small)
	}
	if same, faults := LoadSmallAreas(fstest.MapFS{}, "areas.csv", areas); len(faults) > 0 || len(same.Small()) != 3 {
		t.Errorf("a project without the file: got %v, want no fault and nothing changed", faults)
	}
}
