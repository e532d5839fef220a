package yamldoc

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// paper is a type with everything that definitions are made of.
type paper struct {
	Title string              `json:"title"`
	Empty string              `json:"empty,omitempty"`
	Words []string            `json:"words,omitempty"`
	Names map[string]string   `json:"names,omitempty"`
	Lists map[string][]string `json:"lists,omitempty"`
	Parts []part              `json:"parts,omitempty"`
	Inner *part               `json:"inner,omitempty"`
}

type part struct {
	Name  string   `json:"name"`
	Low   *float64 `json:"low,omitempty"`
	Kept  bool     `json:"kept,omitempty"`
	Count int      `json:"count,omitempty"`
}

// TestEncodeIsReadBack: texts that YAML reads as something else, or breaks at, come back as they were.
func TestEncodeIsReadBack(t *testing.T) {
	t.Parallel()
	low := -0.5
	texts := []string{
		"plain", "", " ", "no", "Yes", "null", "~", "1", "1.0", "2025-11-20", "012", "0x1F", "1e3", ".5", "- a", "a: b", "a #b", "#b", "*", "&a", "!a", "%", "@", "`",
		"[c]", "{}", "a,b", `a"b`, `a'b`, `/^Table 1\.1/`, `a\`, "two\nlines", "tab\there", "£ per week – gross", "é", "trailing ", "|", ">", "?", ":", "-", "..", ".", "=", "<<", "inf", ".nan",
	}
	want := paper{
		Title: "A title", Words: texts, Names: map[string]string{}, Lists: map[string][]string{"short": {"a", "b"}, "empty text": {""}},
		Parts: []part{{Name: "one", Low: &low, Kept: true, Count: 3}, {Name: "two"}}, Inner: &part{Name: "three"},
	}
	for _, text := range texts {
		want.Names[text] = text
	}
	encoded, err := Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	got, faults := Decode[paper]("paper.yaml", encoded)
	if len(faults) > 0 {
		t.Fatalf("got faults: %v\n%s", faults, encoded)
	}
	if diff := cmp.Diff(want, got.Value); diff != "" {
		t.Errorf("-want +got:\n%s\n%s", diff, encoded)
	}
}

func TestEncodePutsShortThingsOnOneLine(t *testing.T) {
	t.Parallel()
	encoded, err := Encode(paper{
		Title: "A title: with a colon", Words: []string{"a", `/^\d$/`}, Lists: map[string][]string{"where": {"National", "2021"}},
		Parts: []part{{Name: "one", Count: 2}}, Inner: &part{Name: "no"},
	})
	if err != nil {
		t.Fatal(err)
	}
	const want = `title: "A title: with a colon"
words: [a, '/^\d$/']
lists: {where: [National, "2021"]}
parts:
  - {name: one, count: 2}
inner: {name: "no"}
`
	if diff := cmp.Diff(want, string(encoded)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
