package chart

import (
	"slices"
	"strings"
)

// The shorthand of the Government Statistical Service, for marks beside values and in place of missing ones. Status
// texts hold its letters, space-separated.

// absence is what stands in place of a value: the status in brackets, [x] (not available) where none is given.
func absence(status string) string {
	if shown := markers(status); shown != "" {
		return shown
	}
	return "[x]"
}

// markers are the letters of a status in brackets: "p r" is "[p] [r]".
func markers(status string) string {
	letters := strings.Fields(status)
	for i, letter := range letters {
		letters[i] = "[" + strings.Trim(letter, "[]") + "]"
	}
	return strings.Join(letters, " ")
}

// provisionalStatus says whether a status says that the value is provisional.
func provisionalStatus(status string) bool { return slices.Contains(strings.Fields(status), "p") }
