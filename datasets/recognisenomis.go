package datasets

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const nomisPublisher = "Office for National Statistics, by Nomis"

// nomisLayouts are what Nomis gives for a query: a workbook, text with the areas across, or a table of a census.
var nomisLayouts = []recogniser{
	{"Nomis query, workbook", nomisPublisher, isNomisBook, nomisBook},
	{"Nomis query, areas across", nomisPublisher, isNomisAcross, nomisAcross},
	{"Nomis census table", nomisPublisher, headed("date", "geography", "geography code"), nomisCensus},
}

// isNomisBook knows a workbook by its second line.
func isNomisBook(s Sample) bool {
	return len(s.Sheets) == 1 && len(s.Sheets[0].Head) > 2 && strings.Contains(s.Sheets[0].Head[1].first(), "[from Nomis")
}

// nomisBook reads a workbook of a query: lines of a name and its value, headings over one row or two, and the same again
// for every further period; footnotes at the end.
func nomisBook(d *draft) {
	d.sheets = d.sample.Sheets
	sheet := d.sample.Sheets[0]
	line, is := outlineOf(sheet)
	if !is {
		d.Unread = true
		d.isNot("a query of Nomis without figures", "source.layout", "no row of headings with rows below it was found")
		return
	}
	layout := d.layout()
	if n := len(line.headings); n > 1 {
		layout.HeadingRows = n
	}
	blocks := nomisBlocks(line)
	for _, name := range blocks {
		layout.Blocks = append(layout.Blocks, Block{Row: name, As: "_" + columnName(name)})
	}
	layout.Footer = []string{"blank"}
	layout.SkipRows = line.headings[0].Number - 1
	if d.read(); d.done() {
		return
	}
	d.Dataset.Title = capital(sheet.Head[0].first())
	d.area(d.table.names[0], "nomis")
	d.nomisPeriods(blocks)
	for _, name := range blocks {
		if name != "date" {
			d.category("_" + columnName(name))
		}
	}
	d.nomisFigures()
	d.decideOthers()
}

// nomisBlocks are the names of the lines above the headings that say something of the rows below.
func nomisBlocks(line outline) []string {
	var names []string
	for _, row := range line.titles {
		name := row.first()
		if filled := row.filled(); len(filled) == 2 && filled[0] == 0 && filled[1] == 1 && name != "confidence" {
			names = append(names, name)
		}
	}
	return names
}

// nomisPeriods reads the line of dates. Years of a survey that begin every quarter overlap, and are rolling ones.
func (d *draft) nomisPeriods(blocks []string) {
	if !slices.Contains(blocks, "date") {
		d.constantPeriod()
		return
	}
	d.period("_date")
	if d.Dataset.Periods.Form == "month-range" {
		d.Dataset.Periods.Kind = "rolling"
	}
}

// nomisFigures adds each figure with its flags and its half-width.
func (d *draft) nomisFigures() {
	d.nomisMarkers()
	last := ""
	for _, heading := range d.table.names[1:] {
		label, part, _ := cutLast(heading, " | ")
		below := d.table.cellsOf(heading)
		switch {
		case strings.HasPrefix(heading, "_") || below.filled == 0:
		case part == "Flags":
			d.nomisFlags(heading, last)
		case part == "conf" || part == "Conf":
			d.add(Column{Name: last + "_half_width", From: heading, Role: "value", Type: "number"})
		case below.isFigure():
			last = d.figure(columnName(nomisCell.ReplaceAllString(label, "")), heading)
		}
	}
}

// nomisCell is the number of a cell of a table before what it holds.
var nomisCell = regexp.MustCompile(`^T\d+[a-z]?:\d+ `)

// capital is a text that begins with a capital letter.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// cutLast cuts a text at the last of a mark.
func cutLast(text, mark string) (before, after string, found bool) {
	at := strings.LastIndex(text, mark)
	if at < 0 {
		return text, "", false
	}
	return text[:at], text[at+len(mark):], true
}

// nomisLetters are the letters for the flags of Nomis, by its footnotes: not available, unreliable, below 500.
var nomisLetters = map[string]string{"!": "x", "*": "u", "~": "low", "-": "x"}

func (d *draft) nomisFlags(heading, of string) {
	d.add(Column{Name: of + "_status", From: heading, Role: "status", Type: "text", Of: of})
	letters := map[string]string{}
	for _, text := range d.table.cellsOf(heading).texts {
		if letter := nomisLetters[text]; letter != "" {
			letters[text] = letter
		}
	}
	d.replace(heading, letters)
}

// nomisMarkers says what the marks among the figures mean.
func (d *draft) nomisMarkers() {
	for _, below := range d.table.cells {
		for _, word := range below.words {
			if letter := nomisLetters[word]; letter != "" && below.isFigure() {
				d.mark(word, letter)
			}
		}
	}
	if len(d.Dataset.Source.Markers) > 0 {
		d.decide("source.markers", "! is read as x (not available), * as u (unreliable), ~ as low (below 500) and - as x, by the footnotes of Nomis")
	}
}

// nomisKinds are the kinds of areas that Nomis writes before a name and that are areas of the name here.
var nomisKinds = []string{"", "ladu", "lad", "laua", "ltla", "utla", "ualad", "gor", "rgn", "region", "country", "ctry", "uacounty"}

// acrossArea is a heading of an area.
var acrossArea = regexp.MustCompile(`^[a-z]+\d*:.+$`)

func isNomisAcross(s Sample) bool {
	return len(s.Sheets) == 1 && len(s.Sheets[0].Head) > 0 && s.Sheets[0].Head[0].first() == "Cell" &&
		slices.ContainsFunc(s.Sheets[0].Head[0].texts(), acrossArea.MatchString)
}

// nomisAcross reads text whose areas stand across, each followed by its flags and its half-width.
func nomisAcross(d *draft) {
	layout := d.layout()
	layout.PeriodsAcross = []Across{{Headings: "/" + acrossArea.String() + "/"}}
	if d.read(); d.done() {
		return
	}
	d.area("_period", "ons")
	d.nameAreas("_period")
	d.constantYear()
	d.nomisMarkers()
	d.category("Cell")
	d.add(Column{Name: "value", From: "_value", Role: "count", Type: "integer"})
	d.decide("source.layout.periods_across", "the half-widths that stand behind each area have one heading and are not read")
}

// constantYear is a period that stands in the name of the file, under a name that leaves _period to what stands across.
func (d *draft) constantYear() {
	text, where := d.statedPeriod()
	d.constant("_year", text)
	d.add(Column{Name: "period", From: "_year", Role: "period", Type: "text"})
	d.Dataset.Periods = Periods{Kind: "calendar"}
	if text == "" {
		d.decide("source.layout.constants._year", "no column holds periods, and no title names one: say the period of every row")
		return
	}
	d.decide("source.layout.constants._year", "no column holds periods: %s is taken from %s", text, where)
}

// nomisCensus reads a table of a census, whose headings repeat what it is about.
func nomisCensus(d *draft) {
	if d.read(); d.done() {
		return
	}
	d.area("geography code", "ons")
	d.period("date")
	for _, heading := range d.table.names {
		if slices.Contains([]string{"date", "geography", "geography code"}, heading) {
			continue
		}
		if below := d.table.cellsOf(heading); below.isFigure() {
			label, _, _ := strings.Cut(heading, "; measures:")
			if _, rest, found := strings.Cut(label, ": "); found {
				label = rest
			}
			d.figure(columnName(label), heading)
			continue
		}
		d.category(heading)
	}
	d.decideOthers()
}
