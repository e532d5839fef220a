package seeds

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestAreaCounts holds the table against the structure of English local government in April 2025: 63 unitary
// authorities with the Isles of Scilly, 21 counties, 36 metropolitan districts, 32 London boroughs and the City of
// London; 164 districts.
func TestAreaCounts(t *testing.T) {
	t.Parallel()
	areas := load(t).areas
	got := map[string]int{}
	for _, area := range areas.All() {
		if area.Current() && strings.HasPrefix(area.Code, "E") {
			got[area.Type]++
		}
	}
	want := map[string]int{
		Country: 1, Region: 9, LondonPart: 2, Unitary: 63, County: 21, Metropolitan: 36, LondonBorough: 33, District: 164,
		CombinedAuthority: 15,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("English areas in force (-want +got):\n%s", diff)
	}
	if got := len(areas.UpperTier()); got != 153 {
		t.Errorf("got %d upper-tier authorities, want 153", got)
	}
}

func TestUpperTierHierarchy(t *testing.T) {
	t.Parallel()
	areas := load(t).areas
	for _, area := range areas.UpperTier() {
		parent, found := areas.Lookup(area.Parent)
		if !found || parent.Type != Region || !parent.Current() {
			t.Errorf("%s: got the parent %q, want a region in force", area.Name, area.Parent)
		}
		if again, found := areas.Resolve(area.DfeCode); !found || again.Code != area.Code {
			t.Errorf("%s: code %q resolves to %q, want %s", area.Name, area.DfeCode, again.Code, area.Code)
		}
	}
	for _, area := range areas.All() {
		if parent, _ := areas.Lookup(area.Parent); area.Type == District && parent.Type != County {
			t.Errorf("%s: got a parent of the type %q, want a county", area.Name, parent.Type)
		}
		if !area.Current() && len(areas.Successors(area.Code)) == 0 {
			t.Errorf("%s %s is no more and has no successor in force", area.Code, area.Name)
		}
	}
}

func TestSuccessors(t *testing.T) {
	t.Parallel()
	areas := load(t).areas
	for code, want := range map[string]string{
		"E06000034": "E06000034",           // Thurrock, never changed
		"E10000002": "E06000060",           // Buckinghamshire
		"E10000006": "E06000063 E06000064", // Cumbria
		"E10000009": "E06000059",           // Dorset
		"E10000021": "E06000061 E06000062", // Northamptonshire
		"E10000023": "E06000065",           // North Yorkshire
		"E10000027": "E06000066",           // Somerset
		"E07000190": "E06000066",           // Taunton Deane, by way of Somerset West and Taunton
		"E06000028": "E06000058",           // Bournemouth
		"E08000016": "E08000038",           // Barnsley
		"E08000019": "E08000039",           // Sheffield
		"E08000020": "E08000037",           // Gateshead
		"X00000000": "",
	} {
		if got := strings.Join(areas.Successors(code), " "); got != want {
			t.Errorf("successors of %s: got %q, want %q", code, got, want)
		}
	}
}

func TestResolve(t *testing.T) {
	t.Parallel()
	areas := load(t).areas
	for dfe, want := range map[string]string{
		"883": "E06000034", "970": "E92000001", "985": "E12000006", "987": "E13000001",
		"370": "E08000038", "815": "E06000065", "825": "E06000060", "929": "E06000057", // kept through a change
		"837": "E06000028", "909": "E10000006", "928": "E10000021", // given up with the authority
		"000": "",
	} {
		if got, _ := areas.Resolve(dfe); got.Code != want {
			t.Errorf("code %s: got %q, want %q", dfe, got.Code, want)
		}
	}
}

// TestSuccessorsEnd: a table whose successors run in a circle still ends.
func TestSuccessorsEnd(t *testing.T) {
	t.Parallel()
	circle := "code,name,type,parent,valid_from,valid_to,successor,dfe_code\n" +
		"E06000001,A,unitary,,,2020-03-31,E06000002,\nE06000002,B,unitary,,,2020-03-31,E06000001,\n"
	areas, faults := LoadAreas(fstest.MapFS{"areas.csv": {Data: []byte(circle)}}, "areas.csv")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if got := areas.Successors("E06000001"); len(got) != 0 {
		t.Errorf("got %v, want none in force", got)
	}
}

// column reads two columns of a publisher's CSV file as pairs.
func column(t *testing.T, path, key, value string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range records[0] {
		at[name] = i
	}
	pairs := map[string]string{}
	for _, record := range records[1:] {
		pairs[strings.TrimSpace(record[at[key]])] = strings.TrimSpace(record[at[value]])
	}
	return pairs
}

// TestAreasAgreeWithPublishers: oracles are the Department for Education's care leavers file (codes and regions) and
// the Office for National Statistics' county lookup of April 2023.
func TestAreasAgreeWithPublishers(t *testing.T) {
	t.Parallel()
	data := shared(t, "data")
	areas := load(t).areas
	leavers := filepath.Join(data, "dfe-ees-children-social-care", "la_care_leavers_activity.csv")
	compared := 0
	for code, dfe := range column(t, leavers, "new_la_code", "old_la_code") {
		if area, found := areas.Lookup(code); code != "" && (!found || area.DfeCode != dfe) {
			t.Errorf("%s: got the code %q, want %q", code, area.DfeCode, dfe)
		}
		compared++
	}
	for code, region := range column(t, leavers, "new_la_code", "region_code") {
		area, _ := areas.Lookup(code)
		if within := map[string]string{"E13000001": "E12000007", "E13000002": "E12000007"}[region]; within != "" {
			region = within
		}
		if code != "" && area.Parent != region {
			t.Errorf("%s: got the region %q, want %q", code, area.Parent, region)
		}
		compared++
	}
	for district, county := range column(t, filepath.Join(data, "ons-geography", "LTLA-UTLA_Apr23_Lookup_England-Wales.csv"), "LTLA23CD", "UTLA23CD") {
		area, found := areas.Lookup(district)
		if !found || (district != county && area.Parent != county) {
			t.Errorf("%s: got %+v, want the county %s", district, area, county)
		}
		compared++
	}
	if compared < 600 {
		t.Errorf("compared %d codes, want at least 600", compared)
	}
}
