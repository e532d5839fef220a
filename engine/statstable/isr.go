package statstable

import (
	"fmt"
	"strings"

	"levelfield/engine/stats"
)

var isr = Method{
	Name:  "isr",
	Short: "The indirectly standardised ratio or rate of each group",
	Long: `The events of each group against those that it would have at the rates of a reference population, from a row for each age band:
as a ratio, 100 or 1 for "as expected", or as a rate, the ratio times the crude rate of the reference. Limits are those of the
observed count, exact under 10 and Byar's from 10 (Breslow and Day 1987). The reference is taken as known.

Bands are matched by their label, never by their place. A band that the reference does not have is a fault; a band of the
reference without a row in a group is told in reason. Missing counts are not taken for 0.`,
	Reads: []Column{
		{Name: "group", Is: "the group"},
		{Name: "band", Is: "the age band"},
		{Name: "x", Number: true, Is: "the count of events"},
		{Name: "n", Number: true, Is: "the population of the band"},
	},
	By: "group",
	Takes: []Option{
		{Name: "reference", Usage: "the `file` with the reference population: a CSV with band, x and n", Required: true, File: []Column{
			{Name: "band", Is: "the age band"},
			{Name: "x", Number: true, Is: "the count of events in the reference"},
			{Name: "n", Number: true, Is: "its population"},
		}},
		{Name: "as", Usage: "what is given", Choices: []string{"ratio", "rate"}},
		aboveNought("ratio-of", 1, "what a ratio of one is written as: 100 for a standardised mortality ratio"),
		aboveNought("per", 100000, "the number of people that a rate is for"),
	},
	Adds:          Usual("observed", "expected"),
	Example:       "group,band,x,n\nMedway,0-64,12,40000\nMedway,65+,30,9000\nSlough,0-64,,40000\nSlough,65+,2,9000\n",
	ExampleFlags:  "--reference england.csv --ratio-of 100",
	ExampleSecond: "band,x,n\n0-64,15000,45000000\n65+,31000,10000000\n",
	Check:         checkReference,
	Group:         indirect,
}

// checkReference finds bands that the reference lacks, has twice or gives without figures.
func checkReference(t *Table, o Options) []Finding {
	reference := o.Table("reference")
	known := map[string]bool{}
	var found []Finding
	for _, r := range reference.Rows() {
		band := r.Text("band")
		switch {
		case known[band]:
			found = append(found, Finding{Row: &r, Column: "band", Message: fmt.Sprintf("%q stands twice", band)})
		case r.Number("x") == nil || r.Number("n") == nil || r.Float("x") < 0 || r.Float("n") <= 0:
			found = append(found, Finding{Row: &r, Column: "band", Message: fmt.Sprintf("%q has no rate", band), Next: "give its events x and its population n"})
		}
		known[band] = true
	}
	told := map[string]bool{}
	for _, r := range t.Rows() {
		if band := r.Text("band"); !known[band] && !told[band] {
			told[band] = true
			found = append(found, Finding{Row: &r, Column: "band", Message: fmt.Sprintf("%q is no band of %s", band, reference.File), Next: "label bands alike in both files"})
		}
	}
	return found
}

// indirect is the ratio or rate of one group.
func indirect(rows []Row, o Options) []Cell {
	reference := o.Table("reference").Rows()
	row := map[string]Row{}
	var count, population float64
	for _, r := range reference {
		row[r.Text("band")] = r
		count, population = count+r.Float("x"), population+r.Float("n")
	}
	if band, twice := firstTwice(rows, "band"); twice {
		return append([]Cell{{}, {}}, Cells(stats.Missing(stats.StatusUnavailable, "the band "+band+" stands twice"))...)
	}
	matched := make([]Row, len(rows))
	observed := 0.0
	for i, r := range rows {
		matched[i] = row[r.Text("band")]
		observed += r.Float("x")
		delete(row, r.Text("band"))
	}
	expected, reason := stats.Expected(Floats(rows, "n"), Floats(matched, "x"), Floats(matched, "n"))
	e := stats.Missing(stats.StatusUnavailable, reason)
	switch {
	case reason != "":
		return append([]Cell{Number(&observed), {}}, Cells(e)...)
	case o.Word("as") == "rate":
		e = stats.ISRate(observed, expected, count, population, o.Float("per"))
	default:
		e = stats.ISRatio(observed, expected, o.Float("ratio-of"))
	}
	if e.HasValue() && len(row) > 0 {
		e.Warnings = append(e.Warnings, "no row for the reference's "+strings.Join(without(reference, row), ", "))
	}
	return append([]Cell{Number(&observed), Number(&expected)}, Cells(e)...)
}

// without are the bands that are left, in the order of the reference.
func without(reference []Row, left map[string]Row) []string {
	var bands []string
	for _, r := range reference {
		if _, is := left[r.Text("band")]; is {
			bands = append(bands, r.Text("band"))
		}
	}
	return bands
}
