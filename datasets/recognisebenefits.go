package datasets

import (
	"slices"
	"strings"
)

const benefitPublisher = "Department for Work and Pensions"

// benefitLayouts are those of the Department for Work and Pensions.
var benefitLayouts = []recogniser{
	{"Children in low income families", benefitPublisher, saying("Children in Low Income Families"), sheetTables},
	{"Stat-Xplore", benefitPublisher, isCube, statXplore},
}

// saying knows a workbook by the beginning of a text among the first rows of its first sheets.
func saying(text string) func(Sample) bool {
	return func(s Sample) bool {
		const enough, sheets = 15, 2
		if len(s.Sheets) < 2 {
			return false
		}
		return slices.ContainsFunc(s.Sheets[:sheets], func(sheet Sheet) bool {
			return slices.ContainsFunc(sheet.Head[:min(len(sheet.Head), enough)], func(r Row) bool {
				return strings.HasPrefix(strings.ToLower(squeezed(r.first())), strings.ToLower(text))
			})
		})
	}
}

// sheetTables reads a workbook of tables, one or several sheets each, whose columns are told by what stands in them.
func sheetTables(d *draft) {
	if d.openTable() {
		d.genericColumns()
	}
}

// isCube knows the response of Stat-Xplore by its columns in pairs: a label and its code, a figure and its status.
func isCube(s Sample) bool {
	if s.Source.Kind != "json" || s.Source.Path != "" || len(s.Sheets) != 1 {
		return false
	}
	headings := s.Sheets[0].Head[0].Cells
	return len(headings) > 3 && headings[1] == headings[0]+" code" && headings[len(headings)-1] == headings[len(headings)-2]+" status"
}

// statXplore reads a cube: a column of areas by code, one of months or years, categories by label, and figures, of which
// V marks what is nil or negligible.
func statXplore(d *draft) {
	if d.read(); d.done() {
		return
	}
	names := d.table.names
	area := slices.IndexFunc(names, func(name string) bool {
		label, is := strings.CutSuffix(name, " code")
		return is && d.table.has(label) && slices.ContainsFunc(d.table.cellsOf(name).texts, gssCode.MatchString)
	})
	if area < 0 {
		d.areaByName()
	} else {
		d.area(names[area], "ons")
	}
	when := slices.IndexFunc(names, func(name string) bool { return periodHints.MatchString(name) && d.table.has(name+" code") })
	if when >= 0 {
		d.period(names[when])
	} else {
		d.constantPeriod()
	}
	for i, name := range names {
		switch {
		case d.table.has(name+" code") && i+1 != area && i != when:
			d.category(name)
		case d.table.has(name + " status"):
			d.cubeFigure(name)
		}
	}
	d.decideOthers()
}

// cubeFigure adds a figure with its annotations, of which V is read as the letter for what rounds to nothing.
func (d *draft) cubeFigure(name string) {
	figure := d.figure(columnName(name), name)
	status := name + " status"
	d.add(Column{Name: figure + "_status", From: status, Role: "status", Type: "text", Of: figure})
	letters := map[string]string{}
	for _, text := range d.table.cellsOf(status).texts {
		var known []string
		for _, word := range strings.Fields(text) {
			if slices.Contains([]string{"p", "r"}, word) {
				known = append(known, word)
			}
			if word == "V" {
				known = append(known, "low")
			}
		}
		if letter := strings.Join(known, " "); letter != text {
			letters[text] = letter
		}
	}
	if d.replace(status, letters); len(letters) > 0 {
		d.decide("source.layout.replace."+status, "annotations are written as letters: V, nil or negligible, as low")
	}
}
