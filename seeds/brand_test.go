package seeds

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestContrast has its numbers from the definition in WCAG 2.2: black on white is 21, and #767676 on white is the
// well-known grey that just passes 4.5.
func TestContrast(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		first, second string
		want          float64
	}{
		{"#000000", "#FFFFFF", 21}, {"#FFFFFF", "#000000", 21}, {"#767676", "#ffffff", 4.54}, {"#12436D", "#FFFFFF", 10.2}, {"#F46A25", "#FFFFFF", 3.0},
	} {
		if got := Contrast(test.first, test.second); math.Abs(got-test.want) > 0.05 {
			t.Errorf("got contrast %.2f of %s and %s, want %.2f", got, test.first, test.second, test.want)
		}
	}
}

func TestBrandFaults(t *testing.T) {
	t.Parallel()
	text, faults := readFile(Files(), "project/levelfield.yaml")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	areas, _ := LoadAreas(Files(), "areas.csv")
	neighbours, _ := LoadNeighbours(Files(), "neighbours.csv", areas)
	load := func(brand string) (Project, []string) {
		project, faults := LoadProject(fstest.MapFS{"levelfield.yaml": {Data: []byte(string(text) + brand)}}, "levelfield.yaml", areas, neighbours)
		var got []string
		for _, f := range faults.Sorted() {
			_, words, _ := strings.Cut(f.String(), ": ")
			got = append(got, words)
		}
		return project, got
	}
	_, got := load("\nbrand: {name: Elsewhere Council, mark: ELSEWHERE, accent: \"#3399FF\", second: orange}\n")
	want := []string{
		`brand.mark: has 9 letters (a mark has at most 6: write the whole name under name)`,
		`brand.accent: #3399FF has a contrast of 2.7 on #F4F6F8, and text needs 4.5 (take a darker shade, such as #2673BF)`,
		`brand.second: is "orange" (write a colour as #12436D)`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults differ (-want +got):\n%s", diff)
	}
	if got := Contrast("#2673BF", SoftGround); got < textContrast {
		t.Errorf("got a hint of contrast %.2f, want 4.5", got)
	}
	if _, got := load("\nbrand: {mark: EC}\n"); len(got) != 1 || !strings.Contains(got[0], "has a mark and no name") {
		t.Errorf("got %v, want a mark without a name refused", got)
	}
	project, got := load("\nbrand: {name: Elsewhere Council, mark: EC, accent: \"#5B2A86\", second: \"#C8501E\"}\n")
	if len(got) > 0 || project.Brand.Accent != "#5B2A86" {
		t.Errorf("got %v and %+v, want a sound brand", got, project.Brand)
	}
}

func TestColoursOnDarkPaperCanBeRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		colour := "#" + strings.ToUpper(rapid.StringMatching(`[0-9a-f]{6}`).Draw(t, "colour"))
		if got := Contrast(OnDark(colour), DarkGround); got < textContrast {
			t.Fatalf("got %.2f for %s made of %s, want 4.5", got, OnDark(colour), colour)
		}
	})
	if got := OnDark(""); got != "" {
		t.Errorf("got %q of no colour, want none", got)
	}
}
