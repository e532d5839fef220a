package datasets

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// otherLayouts are those of no publisher: the project's own, and any file with a row of headings.
var otherLayouts = []recogniser{
	{layout: "tidy", knows: isTidy, propose: tidy},
	{layout: "not known", knows: func(s Sample) bool { return len(s.Sheets) > 0 }, propose: generic},
}

// isTidy knows the project's own layout, whose areas are codes.
func isTidy(s Sample) bool {
	return headed("area", "period")(s) && !headed("area_code")(s)
}

// tidy reads the project's own layout: area and period, then categories, figures, and their limits and statuses.
func tidy(d *draft) {
	if d.read(); d.done() {
		return
	}
	d.area("area", "ons")
	d.period("period")
	for _, heading := range d.table.names {
		switch of, part := d.partOf(heading); {
		case strings.HasPrefix(heading, "#") || slices.Contains([]string{"area", "period", "area_name", "name"}, heading):
		case part == "status":
			d.add(Column{Name: columnName(heading), From: heading, Role: "status", Type: "text", Of: columnName(of)})
		case part != "":
			d.add(Column{Name: columnName(heading), From: heading, Role: part, Type: "number", Of: columnName(of)})
		default:
			d.guess(heading)
		}
	}
	d.decideOthers()
}

// partOf says of which column a heading such as rate_lower or rate_status is a part.
func (d *draft) partOf(heading string) (of, part string) {
	for _, ending := range []struct{ text, part string }{
		{"_status", "status"}, {"_lower", "lower"}, {"_upper", "upper"}, {"_lower95", "lower"}, {"_upper95", "upper"},
	} {
		if of, is := strings.CutSuffix(heading, ending.text); is && d.table.has(of) {
			return of, ending.part
		}
	}
	return "", ""
}

// generic describes a file that nobody knows by what stands in it. Every line that is a guess is told.
func generic(d *draft) {
	if !d.openTable() {
		return
	}
	d.genericColumns()
}

// openTable chooses the sheets and finds their headings; it says whether there is a table to go on with.
func (d *draft) openTable() bool {
	chosen, found := d.chooseSheets()
	if !found {
		return false
	}
	line := chosen.lines[0]
	d.headingsAt(line)
	if d.read(); d.done() {
		return false
	}
	for _, name := range []string{"indicator", "indicator_name", "indicator name", "measure group", "measure", "metric", "variable", "statistic", "series"} {
		d.choose(name, name)
	}
	if d.Dataset.Title == "" {
		d.Dataset.Title = d.sample.titleOf(chosen)
	}
	return !d.done()
}

// headingsAt states where the headings are, where the file does not begin with them.
func (d *draft) headingsAt(line outline) {
	if n := len(line.headings); n > 1 {
		d.layout().HeadingRows = n
	}
	if n := len(line.units); n > 0 {
		d.layout().UnitRows = n
	}
	if len(line.titles) > 0 {
		d.layout().SkipRows = line.headings[0].Number - 1
		if d.Dataset.Source.Kind == "csv" {
			d.decide("source.layout.skip_rows", "the headings are taken to begin in row %d: %s", line.headings[0].Number, quotedShort(strings.Join(line.headings[0].texts(), " ")))
		}
	}
}

// genericColumns says what every column is by its heading and by what stands in it.
func (d *draft) genericColumns() {
	// Rows that are periods, and headings that are, have to be known before names among the rest are.
	d.findPeriod()
	d.findArea()
	slices.SortStableFunc(d.Dataset.Columns, func(a, b Column) int { return strings.Compare(a.Role, b.Role) })
	d.footer()
	d.decideOthers()
	d.keepAreas()
	var figures []string
	var categories []string
	for _, heading := range d.table.names {
		below := d.table.cellsOf(heading)
		switch {
		case d.uses(heading) || below.filled == 0 || d.table.cells[0].filled == 0 && heading == "_sheet":
		case heading == "_sheet", heading == "_period", aside.MatchString(heading):
		case below.isFigure(), limitRole(heading) == "status" && below.isStatus():
			figures = append(figures, heading)
		case below.varies():
			categories = append(categories, heading)
		}
	}
	d.genericCategories(categories, figures)
	d.genericFigures(figures)
	for _, heading := range categories {
		if below := d.table.cellsOf(heading); !d.uses(heading) && 2*below.numbers > below.filled {
			d.decide("columns", "%q is left out: it holds numbers and words, such as %q in row %d", heading, below.words[0], below.rows[below.words[0]])
		}
	}
	if d.Layout == "not known" && len(d.Dataset.Role("value"))+len(d.Dataset.Role("count")) > 0 {
		d.decide("columns", "the columns are told by what stands in them: look whether each is what its role says")
	}
}

// keepAreas sums up the rows whose areas are kept: notes and totals without a code stand in columns of figures too.
func (d *draft) keepAreas() {
	if d.Dataset.Areas.Others != "drop" {
		return
	}
	column, codes := d.Dataset.Role("area")[0].heading(), d.Dataset.Areas.Codes
	kept := d.sample.tableWhere(d.Dataset, column, func(code string) bool {
		_, known := d.sample.Area(codes, code)
		return known || gssCode.MatchString(code)
	})
	if kept.rows > 0 {
		d.table = kept
	}
}

// aside are headings of columns that are about a row and no part of what it says.
var aside = regexp.MustCompile(`(?i)^(objectid|fid|globalid|notes?|footnotes?|significance|recent trend|.*_note)(#\d+)?$`)

// uses says whether a heading has its column already, became a period, or is one of several that an area is taken from.
func (d *draft) uses(heading string) bool {
	if slices.ContainsFunc(d.Dataset.Columns, func(c Column) bool { return c.heading() == heading }) {
		return true
	}
	if slices.ContainsFunc(d.across, func(p *regexp.Regexp) bool { return p.MatchString(heading) }) {
		return true
	}
	for _, headings := range d.layout().FirstOf {
		if slices.Contains(headings, heading) {
			return true
		}
	}
	return false
}

// footer ends the figures at the first empty row, where none of the rows below it is of an area.
func (d *draft) footer() {
	if d.table.gap == 0 || d.Dataset.Source.Kind == "csv" || len(d.layout().Blocks) > 0 {
		return
	}
	heading := d.Dataset.Role("area")[0].heading()
	for _, row := range d.table.cellsOf(heading).rows {
		if row >= d.table.gap {
			text := ""
			for known, at := range d.table.cellsOf(heading).rows {
				if at == row {
					text = known
				}
			}
			if _, is := d.sample.Area(d.Dataset.Areas.Codes, text); is || gssCode.MatchString(text) {
				return
			}
		}
	}
	d.layout().Footer = []string{"blank"}
	d.reread()
}

// limitNames are parts of the headings of limits.
var limitNames = []struct {
	role    string
	pattern *regexp.Regexp
}{
	{"lower", regexp.MustCompile(`(?i)(^|[^a-z])(lower|lci|lcl|ll|ci_?low)([^a-z]|$)|^lower|_lower`)},
	{"upper", regexp.MustCompile(`(?i)(^|[^a-z])(upper|uci|ucl|ul|ci_?(upp|high))([^a-z]|$)|^upper|_upper`)},
	{"status", regexp.MustCompile(`(?i)(^|[^a-z])(status|flags?|markers?|suppress(ed|ion))([^a-z]|$)`)},
}

// limitRole is what a heading makes of a column beside a figure, "" for a figure of its own.
func limitRole(heading string) string {
	for _, one := range limitNames {
		if one.pattern.MatchString(heading) {
			return one.role
		}
	}
	return ""
}

// genericFigures adds the figures; a limit or a status belongs to the figure before it.
func (d *draft) genericFigures(headings []string) {
	last := ""
	var fractions []string
	for _, heading := range headings {
		if d.uses(heading) {
			continue
		}
		below := d.table.cellsOf(heading)
		switch role := limitRole(heading); {
		case role == "status" && last != "" && below.isStatus():
			d.letters(heading, last)
		case (role == "lower" || role == "upper") && last != "":
			d.add(Column{Name: columnName(heading), From: heading, Role: role, Type: "number", Of: last})
		default:
			last = d.figure(strings.TrimPrefix(columnName(heading), "_"), heading)
			if percentHeading.MatchString(heading) && below.numbers > 0 && below.high <= 1 && below.whole < below.numbers {
				fractions = append(fractions, last)
			}
		}
	}
	d.decideFractions(fractions)
}

// letters adds the status of a figure, its markers as letters.
func (d *draft) letters(heading, of string) {
	d.add(Column{Name: of + "_status", From: heading, Role: "status", Type: "text", Of: of})
	letters := map[string]string{}
	for _, text := range d.table.cellsOf(heading).texts {
		letter, known := markers[text]
		if !known {
			letter = strings.Trim(text, "[]")
		}
		if letter != text {
			letters[text] = letter
		}
	}
	d.replace(heading, letters)
}

// decideFractions asks for what is a percentage by its heading and never above 1.
func (d *draft) decideFractions(names []string) {
	if len(names) == 0 {
		return
	}
	which := names[0]
	if n := len(names) - 1; n > 0 {
		which += fmt.Sprintf(" and %d more", n)
	}
	d.decide(d.partOfColumn(names[0]), "%s: a percentage by its heading and never above 1, so a fraction, to be multiplied by 100 in a measure", which)
}

var percentHeading = regexp.MustCompile(`(?i)percent|per_cent|per cent|%|proportion|share`)

// partOfColumn is the path of a column of the dataset.
func (d *draft) partOfColumn(name string) string {
	at := slices.IndexFunc(d.Dataset.Columns, func(c Column) bool { return c.Name == name })
	return "columns[" + itoa(at) + "]"
}
