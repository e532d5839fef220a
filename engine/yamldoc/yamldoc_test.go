package yamldoc_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"levelfield/engine/fault"
	"levelfield/engine/yamldoc"
)

// recipe is a document with every kind of part that the project's own documents have.
type recipe struct {
	Title    string            `json:"title" jsonschema:"minLength=1"`
	Course   string            `json:"course,omitempty" jsonschema:"enum=starter,enum=main,enum=pudding"`
	Code     string            `json:"code,omitempty" jsonschema:"pattern=^[0-9]{3}$"`
	Serves   int               `json:"serves,omitempty"`
	Rating   *float64          `json:"rating,omitempty"`
	Salt     float64           `json:"salt,omitempty" jsonschema:"exclusiveMinimum=0,exclusiveMaximum=1"`
	Heat     int               `json:"heat,omitempty" jsonschema:"minimum=1,maximum=9"`
	Vegan    bool              `json:"vegan,omitempty"`
	Tags     []string          `json:"tags,omitempty"`
	Steps    []step            `json:"steps" jsonschema:"minItems=1"`
	Replaces map[string]string `json:"replaces,omitempty"`
}

type step struct {
	Do      string `json:"do" jsonschema:"minLength=1"`
	Minutes int    `json:"minutes,omitempty"`
}

const sound = `# a comment
title: Leek and potato soup
course: starter
code: "012"
serves: 4
rating: 4.50
vegan: true
tags: [soup, 'yes', 2020-01-02]
steps:
  - do: Chop the leeks
    minutes: 10
  - {do: Simmer}
replaces:
  butter: oil
`

func TestDecode(t *testing.T) {
	t.Parallel()
	document, faults := yamldoc.Decode[recipe]("soup.yaml", []byte(sound))
	if len(faults) > 0 {
		t.Fatalf("got faults, want none:\n%v", faults)
	}
	want := recipe{
		Title: "Leek and potato soup", Course: "starter", Code: "012", Serves: 4, Rating: new(4.5), Vegan: true,
		Tags: []string{"soup", "yes", "2020-01-02"}, Steps: []step{{"Chop the leeks", 10}, {"Simmer", 0}}, Replaces: map[string]string{"butter": "oil"},
	}
	if diff := cmp.Diff(want, document.Value); diff != "" {
		t.Errorf("value (-want +got):\n%s", diff)
	}
	if document.File != "soup.yaml" {
		t.Errorf("got file %q, want soup.yaml", document.File)
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	document, faults := yamldoc.Decode[recipe]("soup.yaml", []byte(sound))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, c := range []struct {
		path, want string
		has        bool
	}{
		{"", "soup.yaml:2:1", true},
		{"title", "soup.yaml:2:8", true},
		{"title#key", "soup.yaml:2:1", true},
		{"tags[1]", "soup.yaml:8:14", true},
		{"steps", "soup.yaml:10:3", true},
		{"steps[0].minutes", "soup.yaml:11:14", true},
		{"steps[0].minutes#key", "soup.yaml:11:5", true},
		{"steps[1].minutes", "soup.yaml:12:5", false},
		{"steps[7].do", "soup.yaml:10:3", false},
		{"tags[9]", "soup.yaml:8:7", false},
		{"replaces.butter", "soup.yaml:14:11", true},
		{"nothing.of.the.kind", "soup.yaml:2:1", false},
	} {
		if got := document.At(c.path).String(); got != c.want {
			t.Errorf("At(%q): got %s, want %s", c.path, got, c.want)
		}
		if got := document.Has(c.path); got != c.has {
			t.Errorf("Has(%q): got %v, want %v", c.path, got, c.has)
		}
	}
}

func TestBytesAreKept(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"CRLF":            strings.ReplaceAll(sound, "\n", "\r\n"),
		"byte order mark": "\uFEFF" + sound,
		"document start":  "---\n" + sound,
		"document end":    sound + "...\n",
	} {
		document, faults := yamldoc.Decode[recipe]("soup.yaml", []byte(text))
		if len(faults) > 0 || document.Value.Title != "Leek and potato soup" || len(document.Value.Steps) != 2 {
			t.Errorf("%s: got %+v and faults %v, want the recipe and no fault", name, document.Value, faults)
		}
	}
}

// TestBad reads every file of testdata/bad: a document, and all the faults that it has.
func TestBad(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob(filepath.Join("testdata", "bad", "*.txtar"))
	if err != nil || len(archives) == 0 {
		t.Fatalf("got %d cases and %v, want some", len(archives), err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			archive := txtar.Parse(text)
			if len(archive.Files) != 2 {
				t.Fatalf("got %d files, want a document and its faults", len(archive.Files))
			}
			_, faults := yamldoc.Decode[recipe](archive.Files[0].Name, archive.Files[0].Data)
			var told strings.Builder
			for _, f := range faults.Sorted() {
				told.WriteString(f.String() + "\n")
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), told.String()); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestJSONSchema(t *testing.T) {
	t.Parallel()
	first, err := yamldoc.JSONSchema[recipe]()
	if err != nil {
		t.Fatal(err)
	}
	second, err := yamldoc.JSONSchema[recipe]()
	if err != nil || string(first) != string(second) {
		t.Errorf("got another schema the second time (%v), want the same bytes", err)
	}
	var schema struct {
		Definitions map[string]struct {
			Required             []string `json:"required"`
			AdditionalProperties *bool    `json:"additionalProperties"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(first, &schema); err != nil {
		t.Fatal(err)
	}
	whole := schema.Definitions["recipe"]
	if diff := cmp.Diff([]string{"title", "steps"}, whole.Required); diff != "" {
		t.Errorf("required (-want +got):\n%s", diff)
	}
	if whole.AdditionalProperties == nil || *whole.AdditionalProperties {
		t.Error("the schema allows unknown keys, want none")
	}
}

// FuzzDecode holds Decode to its promise on any bytes: it returns, with faults that have a place in the file or with a
// value that has none.
func FuzzDecode(f *testing.F) {
	archives, err := filepath.Glob(filepath.Join("testdata", "bad", "*.txtar"))
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range archives {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(txtar.Parse(text).Files[0].Data)
	}
	f.Add([]byte(sound))
	f.Add([]byte("{a: &a [*a]}"))
	f.Add([]byte("? [a]\n: b\n"))
	f.Add([]byte("<<: {title: x}\nsteps: [{do: !!str 1}]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		document, faults := yamldoc.Decode[recipe]("soup.yaml", text)
		for _, found := range faults {
			if found.Place.File != "soup.yaml" || found.Line < 1 || found.Column < 1 || found.Message == "" || found.Severity != fault.Error {
				t.Errorf("got fault %+v, want one with a place and a message", found)
			}
		}
		if len(faults) == 0 && (document.Value.Title == "" || len(document.Value.Steps) == 0) {
			t.Errorf("got %+v without a fault, want what is required", document.Value)
		}
	})
}
