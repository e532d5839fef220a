package fault

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Text writes the sorted list, one finding a line, and a last line that counts them.
func Text(w io.Writer, list List) error {
	for _, f := range list.Sorted() {
		if _, err := fmt.Fprintln(w, f.String()); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w, Count(list))
	return err
}

// Count is the list in one phrase: "2 faults, 1 warning".
func Count(list List) string {
	sorted := list.Sorted()
	return plural(len(sorted.Errors()), "fault") + ", " + plural(len(sorted.Warnings()), "warning")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// JSON writes the sorted list as one JSON array, an empty one for no findings.
func JSON(w io.Writer, list List) error {
	sorted := list.Sorted()
	if sorted == nil {
		sorted = List{}
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(sorted)
}

// Annotations writes the sorted list as workflow commands that continuous integration shows beside the line.
func Annotations(w io.Writer, list List) error {
	text := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, f := range list.Sorted() {
		place := "file=" + property.Replace(f.File)
		if f.Line > 0 {
			place += fmt.Sprintf(",line=%d", f.Line)
		}
		if f.Line > 0 && f.Column > 0 {
			place += fmt.Sprintf(",col=%d", f.Column)
		}
		if _, err := fmt.Fprintf(w, "::%s %s::%s\n", f.Severity, place, text.Replace(f.finding())); err != nil {
			return err
		}
	}
	return nil
}
