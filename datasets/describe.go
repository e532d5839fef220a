package datasets

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/yamldoc"
)

// plain is a text that YAML reads as text without quotation marks.
var plain = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_ ./()'-]*$`)

// words are those that YAML reads as something else than text.
var words = []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}

// Read reads the text of a dataset.yaml, as Load does for every one of a project.
func Read(file string, text []byte) (Dataset, fault.List) {
	document, faults := yamldoc.Decode[Dataset](file, text)
	if len(faults.Errors()) == 0 {
		faults.Add(inspect(document)...)
	}
	return document.Value, faults
}

// Describe writes a proposed dataset as the text of its dataset.yaml. Fields that a proposal never has are not written,
// and neither are those that are empty.
func Describe(d Dataset) []byte {
	var b bytes.Buffer
	line := func(key, text string) {
		if text != "" {
			fmt.Fprintf(&b, "%s: %s\n", key, quoted(text))
		}
	}
	line("title", d.Title)
	line("publisher", d.Publisher)
	line("release", d.Release)
	line("released", d.Released)
	line("label", d.Label)
	fmt.Fprintf(&b, "licence:\n  name: %s\n  attribution: %s\n", quoted(d.Licence.Name), quoted(d.Licence.Attribution))
	describeSource(&b, d.Source)
	periods := []string{"kind", d.Periods.Kind}
	if d.Periods.Form != "" {
		periods = append(periods, "form", d.Periods.Form)
	}
	fmt.Fprintf(&b, "periods: %s\n", flow(periods...))
	if d.Areas != nil {
		fmt.Fprintf(&b, "areas: %s\n", flow("codes", d.Areas.Codes, "others", d.Areas.Others))
	}
	line("aggregates", d.Aggregates)
	b.WriteString("columns:\n")
	for _, c := range d.Columns {
		fmt.Fprintf(&b, "  - %s\n", flow("name", c.Name, "from", c.From, "role", c.Role, "type", c.Type, "of", c.Of, "total", c.Total))
	}
	fmt.Fprintf(&b, "key: %s\n", list(d.Key))
	b.WriteString("checks:\n")
	for _, c := range d.Checks {
		fmt.Fprintf(&b, "  - %s\n", flow("rule", c.Rule, "column", c.Column, "level", c.Level))
	}
	line("series", d.Series)
	return b.Bytes()
}

func describeSource(b *bytes.Buffer, s Source) {
	fmt.Fprintf(b, "source:\n  kind: %s\n  file: %s\n", s.Kind, quoted(s.File))
	if layout := s.Layout; layout != nil {
		b.WriteString("  layout:\n")
		if layout.Encoding != "" {
			fmt.Fprintf(b, "    encoding: %s\n", layout.Encoding)
		}
		if layout.Constants != nil {
			fmt.Fprintf(b, "    constants: {_status: \"\"}\n")
		}
		describeLists(b, "first_of", layout.FirstOf)
		describeLists(b, "where", layout.Where)
	}
	if len(s.Markers) > 0 {
		b.WriteString("  markers:\n")
		for _, marker := range slices.Sorted(maps.Keys(s.Markers)) {
			fmt.Fprintf(b, "    %s: %s\n", quoted(marker), quoted(s.Markers[marker]))
		}
	}
}

func describeLists(b *bytes.Buffer, name string, lists map[string][]string) {
	if len(lists) == 0 {
		return
	}
	fmt.Fprintf(b, "    %s:\n", name)
	for _, key := range slices.Sorted(maps.Keys(lists)) {
		fmt.Fprintf(b, "      %s: %s\n", quoted(key), list(lists[key]))
	}
}

// flow writes pairs of key and text in braces, without those whose text is empty.
func flow(pairs ...string) string {
	var parts []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			parts = append(parts, pairs[i]+": "+quoted(pairs[i+1]))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func list(texts []string) string {
	var parts []string
	for _, text := range texts {
		parts = append(parts, quoted(text))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// quoted is a text as YAML reads it back: in the quotation marks of JSON, unless it needs none.
func quoted(text string) string {
	if plain.MatchString(text) && !strings.HasSuffix(text, " ") && !slices.Contains(words, strings.ToLower(text)) {
		return text
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	// Text can always be written as JSON.
	_ = encoder.Encode(text)
	return strings.TrimSpace(b.String())
}
