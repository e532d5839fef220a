package scorecard

import "strings"

// longest is how many words a sentence may have before the verdict at its end becomes one of its own: a reader who is not at
// home in figures loses a longer one.
const longest = 35

// within puts the verdict behind the opening of a sentence, or after it where the two together would be too long.
func within(opening, verdict string) string {
	first, rest, more := strings.Cut(verdict, ". ")
	if len(strings.Fields(opening+first)) > longest {
		first = apart(first)
	}
	if more {
		rest = ". " + rest
	}
	return opening + first + rest + "."
}

// apart is the end of a sentence as a sentence of its own.
func apart(verdict string) string {
	switch {
	case strings.HasPrefix(verdict, ", against "):
		england, place, placed := strings.Cut(strings.TrimPrefix(verdict, ", against "), " in England: ")
		if placed && strings.Contains(place, "est of ") {
			place = "the " + place // the lowest of 151, the joint 3rd highest of 151
		}
		if placed {
			return ". Against " + england + " in England, that is " + place
		}
		return ". England's figure is " + strings.TrimSuffix(england, " in England")
	case strings.HasPrefix(verdict, ", similar "), strings.HasPrefix(verdict, ": higher "), strings.HasPrefix(verdict, ": lower "):
		return ". It is " + verdict[2:]
	case strings.HasPrefix(verdict, "; no figure"):
		return ". No figure" + strings.TrimPrefix(verdict, "; no figure")
	}
	return verdict
}

// workedBack ends an opening that says that a count was worked back, or makes that a sentence of its own where the opening
// would be too long.
func workedBack(opening string) (whole, note string) {
	if whole = opening + "; " + workedBackWords + ")"; len(strings.Fields(whole)) <= longest {
		return whole, ""
	}
	return opening + ")", " " + capital(workedBackWords) + "."
}

const workedBackWords = "the count is worked back from a published percentage"
