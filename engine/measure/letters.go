package measure

import "strings"

// statusOrder is the order in which GSS letters are printed, the gravest first.
var statusOrder = []string{"c", "x", "z", "u", "low", "p", "r", "e", "b"}

// orderLetters puts status letters in order, each once.
func orderLetters(letters string) string {
	present := map[string]bool{}
	for _, letter := range strings.FieldsFunc(letters, func(r rune) bool { return r == ' ' || r == ',' }) {
		present[letter] = true
	}
	var ordered []string
	for _, letter := range statusOrder {
		if present[letter] {
			ordered = append(ordered, letter)
		}
	}
	return strings.Join(ordered, " ")
}

// reasonFor puts the gravest of the status letters into words.
func reasonFor(letters string) string {
	words := map[string]string{
		"c":   "suppressed by the publisher to protect confidentiality",
		"x":   "not available",
		"z":   "not applicable",
		"u":   "too unreliable to publish",
		"low": "rounds to zero and was not published as a number",
	}
	for _, letter := range strings.Fields(letters) {
		if word, known := words[letter]; known {
			return word
		}
	}
	return "not available"
}
