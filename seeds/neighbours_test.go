package seeds

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestThurrockNeighbours(t *testing.T) {
	t.Parallel()
	b := load(t)
	if diff := cmp.Diff([]string{"dfe-2025", "ons-demographic", "ons-economic", "ons-global"}, b.neighbours.Sets()); diff != "" {
		t.Errorf("sets (-want +got):\n%s", diff)
	}
	var names []string
	for _, code := range b.neighbours.Of("dfe-2025", "E06000034") {
		area, _ := b.areas.Lookup(code)
		names = append(names, area.Name)
	}
	want := []string{
		"Swindon", "Bexley", "Havering", "Medway", "North Northamptonshire", "Bedford", "West Northamptonshire", "Dudley",
		"Lincolnshire", "Suffolk",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("Thurrock (-want +got):\n%s", diff)
	}
	if got := b.neighbours.Of("ons-global", "E06000034")[:5]; strings.Join(got, " ") != "E09000016 E06000035 E07000066 E09000004 E06000062" {
		t.Errorf("the nearest five of all indicators: got %v", got)
	}
	if got := b.neighbours.Of("no-such-set", "E06000034"); got != nil {
		t.Errorf("a set that does not exist: got %v, want none", got)
	}
}

// TestNeighboursComplete: every upper-tier authority has ten neighbours of the Department's, all of them upper-tier
// and in force, and twenty of each set of the Office's.
func TestNeighboursComplete(t *testing.T) {
	t.Parallel()
	b := load(t)
	for _, area := range b.areas.UpperTier() {
		alike := b.neighbours.Of("dfe-2025", area.Code)
		if len(alike) != 10 {
			t.Errorf("%s: got %d neighbours, want 10", area.Name, len(alike))
		}
		for _, code := range alike {
			if other, _ := b.areas.Lookup(code); !other.UpperTier() || !other.Current() {
				t.Errorf("%s: neighbour %s is no upper-tier authority in force", area.Name, code)
			}
		}
		for _, set := range b.neighbours.Sets()[1:] {
			if got := len(b.neighbours.Of(set, area.Code)); got != 20 {
				t.Errorf("%s in %s: got %d neighbours, want 20", area.Name, set, got)
			}
		}
	}
}

// TestNeighboursAgreeWithPublishers compares every cell of the publishers' four files.
func TestNeighboursAgreeWithPublishers(t *testing.T) {
	t.Parallel()
	data := shared(t, "data/neighbours")
	b := load(t)
	compared := 0
	for rank := 1; rank <= 10; rank++ {
		for dfe, other := range column(t, filepath.Join(data, "dfe-sn_model_2025_wide.csv"), "old_la_code", "SN_"+strconv.Itoa(rank)) {
			area, _ := b.areas.Resolve(dfe)
			want, _ := b.areas.Resolve(other)
			if got := b.neighbours.Of("dfe-2025", area.Code)[rank-1]; got != want.Code {
				t.Errorf("%s, rank %d: got %s, want %s", area.Name, rank, got, want.Code)
			}
			compared++
		}
	}
	for rank := 1; rank <= 20; rank++ {
		for _, set := range []string{"demographic", "economic", "global"} {
			for code, want := range column(t, filepath.Join(data, "ons-"+set+"-neighbours.csv"), "AREACD", strconv.Itoa(rank)) {
				if !strings.HasPrefix(code, "E") || want == "" {
					continue
				}
				if got := b.neighbours.Of("ons-"+set, code); len(got) < rank || got[rank-1] != want {
					t.Errorf("%s in %s, rank %d: got %v, want %s", code, set, rank, got, want)
				}
				compared++
			}
		}
	}
	if want := 20775; compared != want {
		t.Errorf("compared %d cells, want %d", compared, want)
	}
}
