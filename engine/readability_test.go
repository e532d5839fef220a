package engine_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"levelfield/scorecard"
)

// What the sentences of the built-in boards are held to, in words. Plain-English guidance asks for 15 to 20 on average; the
// longest are those that name a group of people in full and give a figure with its interval, and authors' reasons.
const (
	medianWords  = 20
	longestWords = 40
)

var sentenceEnd = regexp.MustCompile(`([.!?])\s+([A-Z“"0-9£])`)

// sentencesOf are the sentences of a text.
func sentencesOf(text string) []string {
	var sentences []string
	for _, sentence := range strings.Split(sentenceEnd.ReplaceAllString(strings.TrimSpace(text), "$1\n$2"), "\n") {
		if sentence != "" {
			sentences = append(sentences, sentence)
		}
	}
	return sentences
}

// TestSentencesAreFoundOneByOne holds the measure itself: decimals, places and brackets do not end a sentence.
func TestSentencesAreFoundOneByOne(t *testing.T) {
	t.Parallel()
	got := sentencesOf("In 2023, 58.1% (53.2% to 63.0%) held one: lower than England, 67.4%. It is 1st of 3. 79 of 167 did. “No” is a word.")
	want := []string{"In 2023, 58.1% (53.2% to 63.0%) held one: lower than England, 67.4%.", "It is 1st of 3.", "79 of 167 did.", "“No” is a word."}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestSentencesAreShort measures every generated sentence of the built-in boards: the openings of the pages, what stands
// under "needs focus" and "doing well", what is said of each goal, and the words on chance.
func TestSentencesAreShort(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	var lengths []int
	for id, model := range builtIn(t).boards {
		for _, text := range generated(model) {
			for _, sentence := range sentencesOf(text) {
				if seen[sentence] {
					continue
				}
				seen[sentence] = true
				words := len(strings.Fields(sentence))
				lengths = append(lengths, words)
				if words > longestWords {
					t.Errorf("%s: got %d words, want %d at most: %s", id, words, longestWords, sentence)
				}
			}
		}
	}
	if len(lengths) < 300 {
		t.Fatalf("got %d sentences, want those of every page", len(lengths))
	}
	slices.Sort(lengths)
	median := lengths[len(lengths)/2]
	t.Logf("%d sentences: median %d words, nine in ten at most %d, longest %d", len(lengths), median, lengths[len(lengths)*9/10], lengths[len(lengths)-1])
	if median > medianWords {
		t.Errorf("got a median of %d words, want %d at most", median, medianWords)
	}
}

// generated are the texts of a model that were made of results.
func generated(model scorecard.Model) []string {
	texts := []string{model.Chance}
	for _, page := range model.Pages {
		texts = append(texts, page.Lead...)
	}
	for _, highlight := range append(slices.Clone(model.NeedsFocus), model.DoingWell...) {
		texts = append(texts, highlight.Sentence)
	}
	for _, goal := range model.Goals {
		texts = append(texts, goal.Say)
	}
	for _, target := range model.Targets {
		texts = append(texts, target.Sentences...)
	}
	return texts
}
