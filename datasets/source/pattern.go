package source

import (
	"regexp"
	"strings"

	"levelfield/engine/fault"
)

// pattern is a text of a layout: a regular expression between slashes, or words that stand for themselves.
type pattern struct {
	words      string
	expression *regexp.Regexp
}

// compile reads a text of a layout; part is where in the definition it stands.
func compile(place fault.Place, part, text string) (pattern, fault.List) {
	inner, opened := strings.CutPrefix(text, "/")
	inner, closed := strings.CutSuffix(inner, "/")
	if !opened || !closed {
		return pattern{words: strings.TrimSpace(text)}, nil
	}
	expression, err := regexp.Compile(inner)
	if err != nil {
		f := place.Errorf(part, "%s is not a regular expression: %v", text, err)
		return pattern{}, fault.List{f.Hint("see the syntax of RE2")}
	}
	return pattern{expression: expression}, nil
}

func compileAll(place fault.Place, part string, texts []string) ([]pattern, fault.List) {
	var patterns []pattern
	var faults fault.List
	for _, text := range texts {
		compiled, found := compile(place, part, text)
		patterns = append(patterns, compiled)
		faults.Add(found...)
	}
	return patterns, faults
}

// matches says whether the pattern fits a text without the spaces around it.
func (p pattern) matches(text string) bool {
	if p.expression != nil {
		return p.expression.MatchString(text)
	}
	return p.words == text
}

// caught is what the first brackets of the pattern catch in a text that fits, the whole match without brackets.
func (p pattern) caught(text string) (string, bool) {
	if p.expression == nil {
		return text, p.words == text
	}
	found := p.expression.FindStringSubmatch(text)
	switch {
	case found == nil:
		return "", false
	case len(found) > 1:
		return strings.TrimSpace(found[1]), true
	}
	return strings.TrimSpace(found[0]), true
}

func anyMatches(patterns []pattern, text string) bool {
	for _, p := range patterns {
		if p.matches(text) {
			return true
		}
	}
	return false
}
