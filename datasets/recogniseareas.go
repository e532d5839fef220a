package datasets

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// areaColumn is a column whose cells are codes of areas.
type areaColumn struct {
	heading, codes string
	// texts is how many different codes it has, known how many of them are of a known area.
	texts, known int
	filled       int
}

// schemeHints are parts of a heading without which a number of three digits is no code of the Department for Education.
var schemeHints = regexp.MustCompile(`(?i)(^|[^a-z])(la|lad|utla)([ _]?(num|number|code|no))?([^a-z]|$)|local[ _]authority|old_la_code|dfe`)

var (
	dfeDigits  = regexp.MustCompile(`^\d{3}$`)
	regionText = regexp.MustCompile(`^(UK|TL)[A-Z0-9]{0,3}$`)
)

// areaColumns are the columns whose cells are codes, the finest areas first.
func (d *draft) areaColumns() []areaColumn {
	var found []areaColumn
	for i, name := range d.table.names {
		below := d.table.cells[i]
		for _, scheme := range []struct {
			codes   string
			pattern *regexp.Regexp
		}{{"ons", gssCode}, {"itl", regionText}, {"dfe", dfeDigits}} {
			if scheme.codes == "dfe" && !schemeHints.MatchString(name) {
				continue
			}
			one := areaColumn{heading: name, codes: scheme.codes, filled: below.filled}
			for _, text := range below.texts {
				if !scheme.pattern.MatchString(text) {
					continue
				}
				one.texts++
				if _, known := d.sample.Area(scheme.codes, text); known {
					one.known++
				}
			}
			// Titles and footnotes stand in columns of codes too.
			coded := 2*one.texts > len(below.texts) || one.texts > 20
			if scheme.codes != "ons" {
				coded = coded && 2*one.known > one.texts
			}
			if coded && one.texts > 0 {
				found = append(found, one)
				break
			}
		}
	}
	slices.SortStableFunc(found, func(a, b areaColumn) int {
		if (a.codes == "dfe") != (b.codes == "dfe") {
			return strings.Compare(b.codes, a.codes)
		}
		return b.texts - a.texts
	})
	return found
}

// findArea adds the column of areas: one of codes, or the first filled of several, or names that are given their codes.
func (d *draft) findArea() {
	columns := d.areaColumns()
	switch {
	case len(columns) == 0:
		d.areaByName()
	case len(columns) > 1 && columns[0].filled < d.table.rows && columns[1].codes == columns[0].codes && columns[1].filled > columns[0].filled:
		var names []string
		for _, one := range columns {
			if one.codes == columns[0].codes {
				names = append(names, one.heading)
			}
		}
		d.layout().FirstOf = map[string][]string{"_area": names}
		d.area("_area", columns[0].codes)
		d.decide("source.layout.first_of", "the area of a row is the first code among %s", strings.Join(names, ", "))
	default:
		d.area(columns[0].heading, columns[0].codes)
		if len(columns) > 1 && columns[0].codes == "ons" {
			d.decide("columns[0].from", "the areas are those of %q; there are codes in %s too", columns[0].heading, quotedList(headingsOf(columns[1:])))
		}
	}
}

func headingsOf(columns []areaColumn) []string {
	var headings []string
	for _, one := range columns {
		headings = append(headings, one.heading)
	}
	return headings
}

func quotedList(texts []string) string {
	var quoted []string
	for _, text := range texts {
		quoted = append(quoted, fmt.Sprintf("%q", text))
	}
	return strings.Join(quoted, ", ")
}

// areaByName finds a column of names and gives those of one known area their codes, for a person to look at: names are
// never joined unseen.
func (d *draft) areaByName() {
	best, most := "", 0
	for i, name := range d.table.names {
		known := 0
		for _, text := range d.table.cells[i].texts {
			if codes, _ := d.codesOf(text); len(codes) > 0 {
				known++
			}
		}
		if known > most {
			best, most = name, known
		}
	}
	if best == "" {
		d.constant("_area", "")
		d.area("_area", "ons")
		d.decide("source.layout.constants._area", "no column holds codes or names of areas: say the code of the area that every row is of")
		return
	}
	d.area(best, "ons")
	d.nameAreas(best)
}

// nameAreas replaces the names of a column by codes, each as far as one area has it. Kinds of areas of which none is
// known are left out by what Nomis writes before their names.
func (d *draft) nameAreas(heading string) {
	below := d.table.cellsOf(heading)
	codes, known := map[string]string{}, map[string]bool{}
	types := d.typesOf(below.texts)
	var unnamed, kinds []string
	for _, text := range below.texts {
		several, kind := d.codesOf(text)
		if len(several) > 1 {
			several = slices.DeleteFunc(slices.Clone(several), func(code string) bool { return !types[code[:3]] })
		}
		if len(several) == 1 {
			codes[text] = several[0]
			known[kind] = true
			continue
		}
		unnamed = append(unnamed, text)
		if !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	d.replace(heading, codes)
	for _, kind := range kinds {
		if kind != "" && !known[kind] {
			layout := d.layout()
			if layout.Except == nil {
				layout.Except = map[string][]string{}
			}
			layout.Except[heading] = append(layout.Except[heading], "/^"+regexp.QuoteMeta(kind)+":/")
		}
	}
	d.decide("source.layout.replace."+heading, "the file holds no codes: %d of its names are given that of the area with the name", len(codes))
	if len(unnamed) > 0 {
		d.decide("areas.others", "%s given no code and left out; the first is %q", plural(len(unnamed), "name is", "names are"), unnamed[0])
		d.Dataset.Areas.Others = "drop"
	}
}

// replace changes whole cells of a column.
func (d *draft) replace(heading string, texts map[string]string) {
	if len(texts) == 0 {
		return
	}
	layout := d.layout()
	if layout.Replace == nil {
		layout.Replace = map[string]map[string]string{}
	}
	layout.Replace[heading] = texts
}

// prefixed is how Nomis writes an area: its kind, a colon and its name, sometimes with a code before it.
var prefixed = regexp.MustCompile(`^([a-z]+\d*|User Defined Geography):(?:(UK[A-Z0-9]{1,3}|[A-Z]\d{8}) )?(.+)$`)

// plural is a number with the word that it asks for.
func plural(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, several)
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// codesOf are the codes of the areas that a text names: by a name, or by what Nomis writes before it. A name that only
// holds that of an area is another area.
func (d *draft) codesOf(text string) (codes []string, kind string) {
	text = squeezed(text)
	m := prefixed.FindStringSubmatch(text)
	if m == nil {
		return d.sample.Named(text), ""
	}
	for _, scheme := range []string{"itl", "ons"} {
		if code, is := d.sample.Area(scheme, m[2]); is {
			return []string{code}, m[1]
		}
	}
	if m[2] != "" || !slices.Contains(nomisKinds, m[1]) {
		return nil, m[1]
	}
	return d.sample.Named(m[3]), m[1]
}

// typesOf are the first three characters of the codes of names that one area alone has: so are those known that a region
// shares with a combined authority.
func (d *draft) typesOf(names []string) map[string]bool {
	types := map[string]bool{}
	for _, name := range names {
		if codes, _ := d.codesOf(name); len(codes) == 1 {
			types[codes[0][:3]] = true
		}
	}
	return types
}

// decideOthers looks at the codes that are of no known area. Those of a kind that is known by the pattern of its codes are
// kept, as areas of their own; rows of others are left out, and where nothing is kept, a person has to say what the
// areas are.
func (d *draft) decideOthers() {
	var unknown []string
	kept := 0
	areas := d.Dataset.Areas
	d.reread()
	below := d.table.cellsOf(d.Dataset.Role("area")[0].heading())
	for _, text := range below.texts {
		_, known := d.sample.Area(areas.Codes, text)
		kind, patterned := d.sample.Kind(text)
		switch {
		case known:
			kept++
		case patterned:
			kept++
			if !slices.Contains(areas.Also, kind) {
				areas.Also = append(areas.Also, kind)
			}
		default:
			unknown = append(unknown, text)
		}
	}
	slices.Sort(areas.Also)
	if areas.Others == "drop" {
		return
	}
	if without := d.table.rows - below.filled; without > 0 && kept > 0 {
		areas.Others = "drop"
		d.decide("areas.others", "%s without a code %s left out", plural(without, "row", "rows"), isAre(without))
	}
	if len(unknown) == 0 {
		return
	}
	areas.Others = "drop"
	if kept == 0 {
		d.decide("areas.codes", "none of the codes is of an area that is known here; the first is %q", unknown[0])
		return
	}
	many := plural(len(unknown), "code that is", "codes that are")
	if len(below.texts) == mostTexts {
		many = "codes that are"
	}
	d.decide("areas.others", "rows with %s not known are left out, and those with %d kept; the first is %q", many, kept, unknown[0])
}
