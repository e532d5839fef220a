package seeds

import (
	"slices"
	"strings"
	"unicode"
)

// Likeness says how a text that is no known code is like an area.
type Likeness string

// The likenesses, the closest first.
const (
	// SameName is the area's own name, in whatever letters: names are never joined all the same.
	SameName Likeness = "name"
	// NearCode is the area's code but for one character. A sound code is never near another.
	NearCode Likeness = "code"
	// NearName is the area's name but for a letter or two, or for the words that publishers add to it.
	NearName Likeness = "near-name"
	// PartOfName is a longer name that holds the area's, and so most likely another area.
	PartOfName Likeness = "part"
)

// Lookalike is an area that a text could be mistaken for.
type Lookalike struct {
	Area     Area
	Likeness Likeness
}

// styles are words that publishers put around the name of an authority, or leave out.
var styles = []string{"the", "of", "and", "city", "county", "borough", "london", "royal", "council", "ua", "la", "cc", "upon", "ladu", "utla", "ltla"}

// spelling is the name of an area as it is compared: its words, and its words but for those of style.
type spelling struct {
	words []string
	plain string
}

func spell(name string) spelling {
	all := words(name)
	bare := slices.DeleteFunc(slices.Clone(all), func(word string) bool { return slices.Contains(styles, word) })
	return spelling{all, strings.Join(bare, " ")}
}

// LooksLike is the area in force that a text which is no code could be taken for, so that a fault can name it; of
// several that are equally like, the one with the longest name. The text is never joined to it.
func (a Areas) LooksLike(text string) (Lookalike, bool) {
	text = strings.TrimSpace(text)
	wanted := spell(text)
	if len(wanted.words) == 0 || areaCode.MatchString(text) {
		return Lookalike{}, false
	}
	best, rank := Lookalike{}, len(likenesses)
	for at, area := range a.list {
		if !area.Current() {
			continue
		}
		for i, like := range likenesses[:min(rank+1, len(likenesses))] {
			if !like.alike(text, wanted, area.Code, a.spelled[at]) {
				continue
			}
			if i < rank || len(area.Name) > len(best.Area.Name) {
				best, rank = Lookalike{area, like.name}, i
			}
			break
		}
	}
	return best, rank < len(likenesses)
}

var likenesses = []struct {
	name  Likeness
	alike func(text string, wanted spelling, code string, name spelling) bool
}{
	{SameName, func(_ string, wanted spelling, _ string, name spelling) bool {
		return slices.Equal(wanted.words, name.words)
	}},
	{NearCode, func(text string, _ spelling, code string, _ spelling) bool { return oneOff(text, code) }},
	{NearName, func(_ string, wanted spelling, _ string, name spelling) bool {
		return nearName(wanted.plain, name.plain)
	}},
	{PartOfName, func(_ string, wanted spelling, _ string, name spelling) bool { return holds(wanted.words, name.words) }},
}

// words is a name in lower case without punctuation.
func words(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// nearName compares names without the words of their style; a short name must be the same, a longer one may differ by a
// letter.
func nearName(a, b string) bool {
	return a != "" && b != "" && (a == b || len(a) > 5 && oneOff(a, b))
}

// holds says whether a longer name holds a shorter one word for word.
func holds(longer, shorter []string) bool {
	for i := 0; i+len(shorter) <= len(longer); i++ {
		if slices.Equal(longer[i:i+len(shorter)], shorter) {
			return true
		}
	}
	return false
}

// oneOff says whether two texts differ by one character: changed, added or left out.
func oneOff(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a == b || len(b)-len(a) > 1 {
		return false
	}
	start := 0
	for start < len(a) && a[start] == b[start] {
		start++
	}
	if len(a) == len(b) {
		return a[start+1:] == b[start+1:]
	}
	return a[start:] == b[start+1:]
}
