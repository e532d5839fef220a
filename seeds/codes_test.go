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

func areasWithCodes(t *testing.T) Areas {
	t.Helper()
	areas, faults := LoadAreas(Files(), "areas.csv")
	areas, more := LoadAreaCodes(Files(), "area_codes.csv", areas)
	if len(faults)+len(more) > 0 {
		t.Fatal(faults, more)
	}
	return areas
}

func TestIdentify(t *testing.T) {
	t.Parallel()
	areas := areasWithCodes(t)
	for _, c := range []struct {
		scheme     Scheme
		code, want string
	}{
		{ONS, "E06000034", "E06000034"},
		{ONS, "E06000034 ", "E06000034"}, // business demography, sheets of 2021 to 2023
		{ONS, "E08000016", "E08000016"},  // former codes are known as they stand
		{ONS, "883", ""},
		{ONS, "TLH32", ""},
		{ONS, "Thurrock", ""},
		{DfE, "883", "E06000034"},
		{DfE, " 970", "E92000001"},
		{DfE, "E06000034", ""},
		{ITL, "UKH32", "E06000034"},
		{ITL, "TLH32", "E06000034"},
		{ITL, "UK0", "E92000001"},
		{ITL, "UKX", "E92000001"},
		{ITL, "TLE33", "E08000038"},
		{ITL, "UKI31", ""}, // Camden and the City of London
		{ITL, "UKK30", ""}, // Cornwall and the Isles of Scilly
		{ITL, "", ""},
		{Nomis, "ladu:Thurrock", "E06000034"},
		{Nomis, "country:England", "E92000001"},
		{Nomis, "Thurrock", ""},
		{Nomis, "User Defined Geography:Essex, Southend-on-Sea and Thurrock - from dn81838", ""},
		{"nobody", "E06000034", ""},
	} {
		got, found := areas.Identify(c.scheme, c.code)
		if got.Code != c.want || found != (c.want != "") {
			t.Errorf("%s %q: got %q, want %q", c.scheme, c.code, got.Code, c.want)
		}
	}
}

// TestRenamed holds the rule against the codes that the publishers' notes call obsolete and replaced by one code for
// the same area; Dorset lost Christchurch, so it is none of them.
func TestRenamed(t *testing.T) {
	t.Parallel()
	areas := areasWithCodes(t)
	got := map[string]string{}
	for _, area := range areas.All() {
		if code, renamed := areas.Renamed(area.Code); renamed {
			got[area.Code] = code
		}
	}
	want := map[string]string{
		"E06000048": "E06000057", "E08000016": "E08000038", "E08000019": "E08000039", "E08000020": "E08000037",
		"E10000002": "E06000060", "E10000023": "E06000065", "E10000027": "E06000066",
		"E07000097": "E07000242", "E07000100": "E07000240", "E07000101": "E07000243", "E07000104": "E07000241",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("codes that only changed (-want +got):\n%s", diff)
	}
}

func TestLooksLike(t *testing.T) {
	t.Parallel()
	areas := areasWithCodes(t)
	for text, want := range map[string]string{
		"Thurrock":           "E06000034 name",
		" thurrock":          "E06000034 name",
		"Thurrock Council":   "E06000034 near-name",
		"Thurock":            "E06000034 near-name",
		"ladu:Thurrock":      "E06000034 near-name",
		"Bristol":            "E06000023 near-name",
		"Kingston upon Hull": "E06000010 near-name",
		"E0600034":           "E06000034 code",
		"e06000034":          "E06000034 code",
		"EO6000034":          "E06000034 code",
		"E05000034":          "", // a ward's code is no slip of a council's
		"User Defined Geography:Essex, Southend-on-Sea and Thurrock - from dn81838": "E06000033 part",
		"Essex, Southend-on-Sea and Thurrock":                                       "E06000033 part",
		"South East Midlands":                                                       "E12000004 part",
		"Atlantis":                                                                  "",
		"":                                                                          "",
		"-":                                                                         "",
	} {
		found, _ := areas.LooksLike(text)
		got := strings.TrimSpace(found.Area.Code + " " + string(found.Likeness))
		if got != want {
			t.Errorf("%q: got %q (%s), want %q", text, got, found.Area.Name, want)
		}
	}
}

func TestAreaCodeFaults(t *testing.T) {
	t.Parallel()
	areas := areasWithCodes(t)
	text := "scheme,code,area\nitl,TLH32,E06000034\nitl,TLH32,E06000034\nlau,TLH32,E06000034\nnuts,TLH32,E06000034\nitl,TLH3,Essex\n"
	_, faults := LoadAreaCodes(fstest.MapFS{"codes.csv": {Data: []byte(text)}}, "codes.csv", areas)
	want := `codes.csv:3:5: code: "TLH32" stands twice (keep one of the two)
codes.csv:4:1: scheme: is "lau" (use one of: itl, nomis, nuts)
codes.csv:5:6: code: "TLH32" is no code of the scheme nuts (a code looks like UKH32)
codes.csv:6:10: area: no area "Essex" (use a code of the table of areas)`
	if diff := cmp.Diff(want, faults.Error()); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// TestAreaCodesAgreeWithPublishers: the figures of a region's code are those of the area, in every year, in the file
// that holds both.
func TestAreaCodesAgreeWithPublishers(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(shared(t, "data/ons-explore-local-statistics"), "gross-disposable-household-income-per-head.csv"))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	figures := map[string]map[string]string{}
	for _, record := range records[1:] {
		code, when, figure := record[0], record[4], record[5]
		if figures[code] == nil {
			figures[code] = map[string]string{}
		}
		figures[code][when] = figure
	}
	former := map[string]string{"E08000038": "E08000016", "E08000039": "E08000019"} // the file has the codes of before 2025
	compared := 0
	areas := areasWithCodes(t)
	for code, area := range areas.foreign[ITL] {
		if !strings.HasPrefix(code, "TL") {
			continue
		}
		if old := former[area]; old != "" {
			area = old
		}
		if diff := cmp.Diff(figures[area], figures[code]); diff != "" || len(figures[code]) != 27 {
			t.Errorf("%s and %s, %d years:\n%s", code, area, len(figures[code]), diff)
		}
		compared++
	}
	if compared != 127 {
		t.Errorf("compared %d codes, want 127", compared)
	}
}
