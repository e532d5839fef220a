package seeds

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// kinds are the kinds of area of which no table is held, because they are many or redrawn every few years: their codes
// are known by the pattern that the Office for National Statistics gives them. Of a combined authority the table of areas
// holds those in force; this pattern knows the former ones too.
var kinds = map[string]*regexp.Regexp{
	"output-area":         regexp.MustCompile(`^[EWS]00[0-9]{6}$`),
	"lsoa":                regexp.MustCompile(`^[EW]01[0-9]{6}$`),
	"msoa":                regexp.MustCompile(`^[EW]02[0-9]{6}$`),
	"data-zone":           regexp.MustCompile(`^S01[0-9]{6}$`),
	"ward":                regexp.MustCompile(`^(E05|W05|S13|N08)[0-9]{6}$`),
	"constituency":        regexp.MustCompile(`^(E14|W07|S14|N0[56])[0-9]{6}$`),
	"metropolitan-county": regexp.MustCompile(`^E11[0-9]{6}$`),
	"combined-authority":  regexp.MustCompile(`^E47[0-9]{6}$`),
	"city-region":         regexp.MustCompile(`^(E61|N34|W42)[0-9]{6}$`),
	"itl-region":          regexp.MustCompile(`^TL[A-Z0-9]{1,3}$`),
	"nuts-region":         regexp.MustCompile(`^UK[A-Z0-9]{0,3}$`),
}

// Kinds lists the kinds of area that are known by the pattern of their codes, sorted.
func Kinds() []string { return slices.Sorted(maps.Keys(kinds)) }

// KindOf is the kind of area that has codes of this pattern; whether there is an area with this one, it does not say.
func KindOf(code string) (kind string, found bool) {
	for _, kind := range Kinds() {
		if kinds[kind].MatchString(code) {
			return kind, true
		}
	}
	return "", false
}

// IdentifyAlso is Identify, which it asks first, and beside it accepts codes of some kinds by their pattern. Such an area
// has its code and its kind as its type, and no name, parent or dates.
func (a Areas) IdentifyAlso(scheme Scheme, code string, also []string) (Area, bool) {
	if area, found := a.Identify(scheme, code); found {
		return area, true
	}
	code = strings.TrimSpace(code)
	for _, kind := range also {
		if pattern, known := kinds[kind]; known && pattern.MatchString(code) {
			return Area{Code: code, Type: kind}, true
		}
	}
	return Area{}, false
}
