package yamldoc

import (
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// printer words what the validator says in English.
var printer = message.NewPrinter(language.BritishEnglish)

// nearest is the candidate within two edits of name, and within half of its letters, or none: of a shorter name nearly
// every candidate is near.
func nearest(name string, candidates []string) string {
	best, bestDistance := "", min(3, len(name)/2+1)
	for _, candidate := range candidates {
		if distance := edits(name, candidate); distance < bestDistance {
			best, bestDistance = candidate, distance
		}
	}
	return best
}

// edits is the Levenshtein distance between a and b.
func edits(a, b string) int {
	previous := make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		current := make([]int, len(b)+1)
		current[0] = i
		for j := 1; j <= len(b); j++ {
			substitute := previous[j-1]
			if a[i-1] != b[j-1] {
				substitute++
			}
			current[j] = min(substitute, previous[j]+1, current[j-1]+1)
		}
		previous = current
	}
	return previous[len(b)]
}
