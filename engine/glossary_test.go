package engine_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"levelfield/scorecard"
)

// vocabulary are the technical words that pages use, in small letters, with the term of the glossary that explains each. It is
// a list of its own: the glossary looks for other texts to decide what a board needs.
var vocabulary = []struct {
	word, term string
	// nowhere says that the built-in boards do not use the word.
	nowhere bool
}{
	{"95% interval", "95% interval", false},
	{"confidence interval", "95% interval", true},
	{"99.8%", "At 95%, at 99.8%", false},
	{"at 95%", "At 95%, at 99.8%", false},
	{"significant", "Significant", false},
	{"recent trend", "Recent trend", false},
	{"not tested", "Not tested", false},
	{"cannot be compared", "Cannot be compared", false},
	{"verdict", "Verdict", false},
	{"similar to england", "Better, similar, worse", false},
	{"no judgement", "Higher, lower", false},
	{"median", "Neighbours' median", false},
	{"statistical neighbours", "Statistical neighbours", false},
	{"percentage points", "Points", false},
	{" points", "Points", false},
	{"baseline", "Since the strategy began", false},
	{"rounded", "Rounding", false},
	{"rounding", "Rounding", false},
	{"gap", "Gap", false},
	{"worked back", "Worked back", false},
	{"modelled", "Modelled", false},
	{"survey", "Survey, sample, estimate", false},
	{"sampled", "Survey, sample, estimate", false},
	{"numerator", "Numerator and denominator", false},
	{"denominator", "Numerator and denominator", false},
	{"cohort", "Cohort", false},
	{"derivation", "Derived", false},
	{"derived", "Derived", false},
	{"standard deviation", "Index, standard deviation", false},
	{"index of", "Index, standard deviation", false},
	{"wilson", "Wilson, Newcombe, MOVER, Byar and others", false},
	{"newcombe", "Wilson, Newcombe, MOVER, Byar and others", false},
	{"coefficient of variation", "Wilson, Newcombe, MOVER, Byar and others", false},
	{"half-width", "Wilson, Newcombe, MOVER, Byar and others", false},
	{"cash terms", "Cash terms", false},
	{"accredited official statistics", "Accredited official statistics", false},
	{"official statistics in development", "Official statistics", false},
	{"management information", "Management information", false},
	{"superseded", "Superseded, discontinued, suspended", false},
	{"discontinued", "Superseded, discontinued, suspended", false},
	{"suspended", "Superseded, discontinued, suspended", false},
	{"break in the series", "Break in the series", false},
	{"percentile", "Percentile", true},
	{"tolerance", "Tolerance", true},
	{"route to green", "Route to green", true},
	{"slope index", "Slope and relative index of inequality", true},
	{"[c]", "[c]", false},
	{"[x]", "[x]", false},
	{"[p]", "[p]", false},
	{"[e]", "[e]", false},
	{"[u]", "[u]", false},
}

// TestEveryTechnicalWordStandsInTheGlossary goes through every page of every board.
func TestEveryTechnicalWordStandsInTheGlossary(t *testing.T) {
	t.Parallel()
	b := builtIn(t)
	used := map[string]bool{}
	for id, model := range b.boards {
		for _, page := range pagesOf(t, filepath.Join(b.out, id)) {
			// What the glossary itself says, on the page that holds it, does not count.
			blocks := slices.DeleteFunc(htmlText(t, page), func(block string) bool {
				return slices.ContainsFunc(model.Glossary, func(term scorecard.Term) bool { return block == term.Text })
			})
			text := strings.ToLower(strings.Join(blocks, "\n"))
			for _, v := range vocabulary {
				if !strings.Contains(text, v.word) {
					continue
				}
				used[v.word] = true
				if !slices.ContainsFunc(model.Glossary, func(term scorecard.Term) bool { return term.Term == v.term }) {
					t.Errorf("%s says %q, and the glossary of %s has no %q", filepath.Base(page), v.word, id, v.term)
				}
			}
		}
	}
	for _, v := range vocabulary {
		if used[v.word] == v.nowhere {
			t.Errorf("%q: got used %v, want %v: the list would hold nothing", v.word, used[v.word], !v.nowhere)
		}
	}
}

// TestTheGlossaryExplainsInShortWords: no text of it is longer than a paragraph, and none explains a word by itself.
func TestTheGlossaryExplainsInShortWords(t *testing.T) {
	t.Parallel()
	for id, model := range builtIn(t).boards {
		seen := map[string]bool{}
		for _, term := range model.Glossary {
			if seen[term.Term] {
				t.Errorf("%s: %q stands twice", id, term.Term)
			}
			seen[term.Term] = true
			for _, sentence := range sentencesOf(term.Text) {
				if words := len(strings.Fields(sentence)); words > longestWords {
					t.Errorf("%s, %s: got a sentence of %d words: %s", id, term.Term, words, sentence)
				}
			}
		}
	}
}

// pagesOf are the HTML files of a folder, but for the one file that holds them all again.
func pagesOf(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var pages []string
	for _, entry := range entries {
		if name := entry.Name(); strings.HasSuffix(name, ".html") && name != "scorecard.html" {
			pages = append(pages, filepath.Join(folder, name))
		}
	}
	return pages
}
