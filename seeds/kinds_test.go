package seeds

import "testing"

// TestIdentifyAlso: a kind is accepted by the pattern of its codes where it is named, and nowhere else; areas of the table
// stay what they are.
func TestIdentifyAlso(t *testing.T) {
	t.Parallel()
	areas := areasWithCodes(t)
	for _, c := range []struct {
		scheme     Scheme
		code       string
		also       []string
		want, kind string
	}{
		{ONS, "E05002236", []string{"ward"}, "E05002236", "ward"}, // Grays Thurrock
		{ONS, " S13002516 ", []string{"lsoa", "ward"}, "S13002516", "ward"},
		{ONS, "E01015921", []string{"lsoa"}, "E01015921", "lsoa"},
		{ONS, "E14000995", []string{"constituency"}, "E14000995", "constituency"},
		{ONS, "E47000010", []string{"combined-authority"}, "E47000010", "combined-authority"}, // North East, until 2018
		{ONS, "E06000034", []string{"ward"}, "E06000034", Unitary},
		{ITL, "TLH3", []string{"itl-region"}, "TLH3", "itl-region"},
		{ITL, "TLH32", []string{"itl-region"}, "E06000034", Unitary},
		{ONS, "TLH32", []string{"itl-region"}, "TLH32", "itl-region"},
		{ONS, "E05002236", nil, "", ""},
		{ONS, "E05002236", []string{"lsoa"}, "", ""},
		{ONS, "E0500223", []string{"ward"}, "", ""},
		{ONS, "Grays Thurrock", Kinds(), "", ""},
		{ONS, "E06000099", Kinds(), "", ""}, // a unitary authority that there is none of
		{ONS, "", Kinds(), "", ""},
		{ONS, "E05002236", []string{"parish"}, "", ""},
	} {
		got, found := areas.IdentifyAlso(c.scheme, c.code, c.also)
		if got.Code != c.want || got.Type != c.kind || found != (c.want != "") {
			t.Errorf("%s %q with %q: got %q, a %q, want %q, a %q", c.scheme, c.code, c.also, got.Code, got.Type, c.want, c.kind)
		}
	}
}

// TestKindsAreApart: no code of the table has the pattern of a kind, but for combined authorities, which the table holds
// too; and no two kinds share a pattern.
func TestKindsAreApart(t *testing.T) {
	t.Parallel()
	for _, area := range areasWithCodes(t).All() {
		if kind, is := KindOf(area.Code); is && kind != area.Type {
			t.Errorf("%s is a %s and has the pattern of a %s", area.Code, area.Type, kind)
		}
	}
	for code, want := range map[string]string{
		"E00080000": "output-area", "W01000001": "lsoa", "E02003300": "msoa", "S01006506": "data-zone", "N08000101": "ward",
		"N06000001": "constituency", "E11000001": "metropolitan-county", "E61000001": "city-region", "TLH": "itl-region", "UK": "nuts-region",
	} {
		if got, _ := KindOf(code); got != want {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
		fits := 0
		for _, kind := range Kinds() {
			if kinds[kind].MatchString(code) {
				fits++
			}
		}
		if fits != 1 {
			t.Errorf("%s: got %d kinds, want one", code, fits)
		}
	}
	if got, is := KindOf("E06000034"); is {
		t.Errorf("E06000034: got the kind %q, want none", got)
	}
}
