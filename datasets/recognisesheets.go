package datasets

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// tableGroup are sheets of one table: those of a publisher who gives every state of the boundaries a sheet of its own.
type tableGroup struct {
	name   string
	sheets []Sheet
	lines  []outline
}

// vintage is the letter by which the sheets of one table are told apart: Table 1.1a to Table 1.1d.
var vintage = regexp.MustCompile(`^(.*\d)[a-z]$`)

// besideTables are the names of sheets that say something of the others.
var besideTables = regexp.MustCompile(`(?i)^(cover|title|(table[ _]of[ _])?contents?|index|notes?|metadata|information|readme|glossary|.*definitions?)([ _]?(sheet|page))?$`)

// tables are the sheets that hold tables of figures, those of one table together; where no sheet holds figures, all that
// hold rows.
func (s Sample) tables() []tableGroup {
	var figures, others []tableGroup
	for _, sheet := range s.Sheets {
		line, is := outlineOf(sheet)
		if !is {
			continue
		}
		into := &figures
		if line.figures == 0 || besideTables.MatchString(sheet.Name) {
			into = &others
		}
		name := sheet.Name
		if m := vintage.FindStringSubmatch(name); m != nil {
			name = m[1]
		}
		at := slices.IndexFunc(*into, func(g tableGroup) bool { return g.name == name && alike(g.lines[0], line) })
		if at < 0 {
			*into = append(*into, tableGroup{name: name})
			at = len(*into) - 1
		}
		(*into)[at].sheets = append((*into)[at].sheets, sheet)
		(*into)[at].lines = append((*into)[at].lines, line)
	}
	for _, groups := range [][]tableGroup{figures, others} {
		for i, group := range groups {
			if len(group.sheets) == 1 {
				groups[i].name = group.sheets[0].Name
			}
		}
	}
	if len(figures) == 0 {
		return others
	}
	return figures
}

// alike says whether two sheets have the same headings but for the years in them.
func alike(a, b outline) bool {
	return slices.Equal(withoutYears(a), withoutYears(b))
}

var yearIn = regexp.MustCompile(`\b(19|20)\d\d([/-]\d\d)?\b`)

func withoutYears(o outline) []string {
	var texts []string
	for _, text := range o.headings[len(o.headings)-1].texts() {
		text = yearIn.ReplaceAllString(text, "#")
		if text != "#" || !slices.Contains(texts, "#") {
			texts = append(texts, text)
		}
	}
	return texts
}

// chooseSheets takes the sheets of the one table, or of that which a person has named, or asks for one.
func (d *draft) chooseSheets() (chosen tableGroup, found bool) {
	groups := d.sample.tables()
	if d.sample.Sheet != "" {
		if chosen, found = named(groups, d.sample.Sheet); !found {
			d.err = fmt.Errorf("no sheet with a table is called %q: there are %s", d.sample.Sheet, strings.Join(d.sample.groupNames(groups), ", "))
			return chosen, false
		}
	} else if len(groups) == 1 {
		chosen, found = groups[0], true
	}
	if found {
		d.take(chosen)
		return chosen, true
	}
	if len(groups) == 0 {
		d.Unread = true
		d.isNot("a file without a table", "source.layout", "no row of headings with rows below it was found")
		return chosen, false
	}
	d.Choose = &Choice{Of: "sheet"}
	for _, group := range groups {
		d.Choose.Options = append(d.Choose.Options, Option{group.name, group.areas(d.sample.Kind) + ": " + d.sample.titleOf(group)})
	}
	return chosen, false
}

// kindWords are kinds of areas in words.
var kindWords = map[string]string{
	"output-area": "output areas", "lsoa": "LSOAs", "msoa": "MSOAs", "data-zone": "data zones", "ward": "wards", "constituency": "constituencies",
}

// areas says in a word of which areas the first codes of a table are.
func (g tableGroup) areas(kindOf func(code string) (string, bool)) string {
	for _, row := range g.lines[0].body {
		for _, cell := range row.Cells {
			code := strings.TrimSpace(cell)
			// The first rows are often those of countries and regions, whatever the table is about.
			if !gssCode.MatchString(code) || code[0] == 'K' || code[1:3] == "92" || code[1:3] == "12" {
				continue
			}
			if kind, _ := kindOf(code); kindWords[kind] != "" {
				return kindWords[kind]
			}
			return "authorities"
		}
	}
	for _, row := range g.lines[0].body {
		if slices.ContainsFunc(row.Cells, func(cell string) bool { return gssCode.MatchString(strings.TrimSpace(cell)) }) {
			return "regions"
		}
	}
	return "no codes"
}

// take names the sheets in the layout, where the workbook has others.
func (d *draft) take(chosen tableGroup) {
	d.sheets = chosen.sheets
	switch {
	case len(d.sample.Sheets) == 1:
	case len(chosen.sheets) == 1:
		d.layout().Sheets = []string{chosen.sheets[0].Name}
	default:
		d.layout().Sheets = []string{"/^" + regexp.QuoteMeta(chosen.name) + "[a-z]$/"}
	}
}

// named is the group that a person means: by its name, by that of one of its sheets, or by the beginning of one alone.
func named(groups []tableGroup, wanted string) (tableGroup, bool) {
	var begins []tableGroup
	for _, group := range groups {
		if strings.EqualFold(group.name, wanted) {
			return group, true
		}
		for i, sheet := range group.sheets {
			if strings.EqualFold(sheet.Name, wanted) {
				return tableGroup{name: sheet.Name, sheets: group.sheets[i : i+1], lines: group.lines[i : i+1]}, true
			}
		}
		if strings.HasPrefix(strings.ToLower(group.name), strings.ToLower(wanted)) {
			begins = append(begins, group)
		}
	}
	if len(begins) == 1 {
		return begins[0], true
	}
	return tableGroup{}, false
}

func (s Sample) groupNames(groups []tableGroup) []string {
	var names []string
	for _, group := range groups {
		names = append(names, group.name)
	}
	return names
}

// titleOf is what a table is called above its headings, without its own number.
func (s Sample) titleOf(group tableGroup) string {
	title := group.lines[0].title()
	for _, name := range []string{group.sheets[0].Name, group.name} {
		title = strings.TrimPrefix(title, name)
	}
	title = tableNumber.ReplaceAllString(title, "")
	if len(group.sheets) > 1 {
		title = oneYear.ReplaceAllString(title, " by ")
	}
	return strings.Trim(title, " -–:.")
}

// oneYear is how the title of a sheet names the years that it holds of a table.
var oneYear = regexp.MustCompile(`(?i) for (19|20)\d\d(,? (and )?(19|20)\d\d)*( by)? `)

// tableNumber begins the title of a table: "Table 2:", "Table 1.1a -".
var tableNumber = regexp.MustCompile(`^Table \d+(\.\d+)*[a-z]?\s*[-–:.]`)
