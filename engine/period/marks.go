package period

import (
	"regexp"
	"strings"
)

var (
	markedForm = regexp.MustCompile(`^(.*\S)\s*[\[(]\s*([^\[\]()]+?)\s*[\])]$`)
	noteMark   = regexp.MustCompile(`^notes? ?\d+(, ?\d+)*$`)
)

// mark is what stands in brackets behind a label: a letter of the status, or only a word.
type mark struct{ letter, note string }

var marks = map[string]mark{
	"p": {letter: "p"}, "prov": {letter: "p"}, "provisional": {letter: "p"},
	"r": {letter: "r"}, "rev": {letter: "r"}, "revised": {letter: "r"},
	"final": {note: "final"}, "ot": {note: "outturn"}, "outturn": {note: "outturn"},
}

// withoutMarks takes the marks off the end of a label. A mark that is not known stays, and is told apart: some forms end
// with brackets of their own.
func withoutMarks(label string) (text, letters, note, unknown string) {
	for {
		m := markedForm.FindStringSubmatch(label)
		if m == nil {
			return label, letters, note, ""
		}
		word := strings.ToLower(strings.TrimSuffix(m[2], "."))
		known, found := marks[word]
		if noteMark.MatchString(word) {
			known, found = mark{note: word}, true
		}
		if !found {
			return label, letters, note, m[2]
		}
		label = m[1]
		if known.letter != "" && !strings.Contains(letters, known.letter) {
			letters = strings.TrimSpace(known.letter + " " + letters)
		}
		note = joined(known.note, note)
	}
}
