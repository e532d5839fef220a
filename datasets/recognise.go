package datasets

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Proposal is a description of a file that a recogniser makes from what stands in it.
type Proposal struct {
	// Layout names the publisher's layout.
	Layout string
	// Is says what the file is, where it holds no figures; Unread that nobody knows what to make of it.
	Is     string
	Unread bool
	// Dataset is complete but for the words that stand in no file: release, released, label, and often the title. It has
	// no columns where the file cannot be read as a dataset.
	Dataset Dataset
	// Decide are the parts of Dataset that a person has to look at.
	Decide []Decision
	// Choose is what has to be chosen before the file can be read; nil when nothing has.
	Choose *Choice
}

// Decision is a part of a dataset.yaml that a recogniser could only guess, by its path.
type Decision struct{ Part, Text string }

// Choice is one of several things that a file holds.
type Choice struct {
	// Of is what is chosen: sheet, member, or the heading of a column.
	Of      string
	Options []Option
}

// Option is a sheet, a file of an archive or a text of a column, with what it holds as far as that is known.
type Option struct {
	Text  string `json:"text"`
	Holds string `json:"holds,omitempty"`
}

// recogniser knows one layout: knows says whether a file has it, propose describes the file.
type recogniser struct {
	layout, publisher string
	knows             func(Sample) bool
	propose           func(*draft)
}

// recognisers are the layouts that are known, the more telling ones first; the last takes any file that holds rows.
func recognisers() []recogniser {
	return slices.Concat(referenceLayouts, localStatisticsLayouts, educationLayouts, healthLayouts, benefitLayouts, nomisLayouts, businessLayouts, otherLayouts)
}

// Layouts lists the layouts that [Recognise] knows.
func Layouts() []string {
	var names []string
	for _, one := range recognisers() {
		if !slices.Contains(names, one.layout) {
			names = append(names, one.layout)
		}
	}
	return names
}

// ErrUnread is that the file cannot be opened as what it looks like: who opened it knows why.
var ErrUnread = errors.New("the file cannot be read")

// Recognise knows a file's layout and proposes how to describe it. The error is a choice that the file does not offer, or
// [ErrUnread].
func Recognise(sample Sample) (Proposal, error) {
	if len(sample.Members) > 0 {
		choice := &Choice{Of: "member"}
		for _, name := range sample.Members {
			choice.Options = append(choice.Options, Option{Text: name})
		}
		return Proposal{Layout: "archive", Choose: choice}, nil
	}
	for _, one := range recognisers() {
		if !one.knows(sample) {
			continue
		}
		d := &draft{sample: sample, Proposal: Proposal{Layout: one.layout, Dataset: Dataset{
			Publisher: one.publisher, Source: sample.Source, Aggregates: "published", Series: "current",
		}}}
		// What parts the cells is found again by the headings that the dataset names.
		d.Dataset.Source.Delimiter = ""
		if layout := sample.Source.Layout; layout != nil {
			copied := *layout
			d.Dataset.Source.Layout = &copied
		}
		d.startBelowTitles()
		if !d.opens() {
			return Proposal{}, ErrUnread
		}
		one.propose(d)
		if !d.done() && len(d.Dataset.Columns) > 0 {
			d.finish()
		}
		return d.Proposal, d.err
	}
	return Proposal{Is: "a file that holds no rows", Unread: true}, nil
}

// opens says whether the rows of a file can be reached as far as it is known; of several sheets, none has been chosen yet.
func (d *draft) opens() bool {
	if d.sample.Rows == nil || len(d.sample.Sheets) != 1 {
		return true
	}
	headings, _ := d.sample.Rows(d.sample.reading(d.Dataset))
	return headings != nil
}

// draft is a proposal in the making.
type draft struct {
	Proposal
	sample Sample
	// sheets are those that are read; table is what stands in them, read by readBy.
	sheets []Sheet
	table  table
	readBy string
	// across are the headings that became periods; marked says that labels of periods carry letters.
	across []*regexp.Regexp
	marked bool
	err    error
}

// startBelowTitles passes over the titles of the only sheet of a workbook while its columns are not known yet.
func (d *draft) startBelowTitles() {
	if len(d.sample.Sheets) != 1 || !d.sample.isBook() {
		return
	}
	if line, is := outlineOf(d.sample.Sheets[0]); is && len(line.titles) > 0 {
		d.layout().SkipRows = line.headings[0].Number - 1
	}
}

// done says that a choice or an error ends the proposal.
func (d *draft) done() bool { return d.err != nil || d.Choose != nil }

// layout is the layout of the proposed source, made when it is first asked for.
func (d *draft) layout() *Layout {
	if d.Dataset.Source.Layout == nil {
		d.Dataset.Source.Layout = &Layout{}
	}
	return d.Dataset.Source.Layout
}

// decide notes a part that a person has to look at.
func (d *draft) decide(part, format string, args ...any) {
	one := Decision{part, fmt.Sprintf(format, args...)}
	if !slices.Contains(d.Decide, one) {
		d.Decide = append(d.Decide, one)
	}
}

// undecide takes back what was noted of a part.
func (d *draft) undecide(part string) {
	d.Decide = slices.DeleteFunc(d.Decide, func(one Decision) bool { return one.Part == part })
}

// isNot says that the file holds no figures, what it is and what can be done with it.
func (d *draft) isNot(is, part, format string, args ...any) {
	d.Is = is
	d.decide(part, format, args...)
}

// reread reads the rows under the layout as it is now, unless it is as it was.
func (d *draft) reread() {
	// A source of definitions can always be written.
	by, _ := json.Marshal(d.Dataset.Source)
	if string(by) != d.readBy {
		d.table, d.readBy = d.sample.tableOf(d.Dataset), string(by)
	}
}

// read reads the rows that a person has chosen under the layout as far as it is known.
func (d *draft) read() {
	if len(d.sample.Where) == 0 || d.sample.Rows == nil {
		d.reread()
		return
	}
	headings, _ := d.sample.Rows(d.sample.reading(d.Dataset))
	file := newTable(headings)
	chosen := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(d.sample.Where)) {
		heading, _, found := file.column(name)
		if !found {
			heading, _, found = file.column(name + " name")
		}
		if !found {
			d.err = fmt.Errorf("no column has the heading %q: the headings are %s", name, strings.Join(file.names, ", "))
			return
		}
		chosen[heading] = append(chosen[heading], d.sample.Where[name]...)
	}
	all := d.Dataset
	layout := *d.layout()
	layout.Where = maps.Clone(layout.Where)
	if layout.Where == nil {
		layout.Where = map[string][]string{}
	}
	maps.Copy(layout.Where, chosen)
	d.Dataset.Source.Layout = &layout
	if d.reread(); d.table.rows > 0 {
		return
	}
	offered := d.sample.tableOf(all)
	for _, heading := range slices.Sorted(maps.Keys(chosen)) {
		d.err = missed(heading, chosen[heading][0], offered.cellsOf(heading).texts)
	}
}

// missed is the error for a choice that leaves no row: it names the texts that hold what was asked for, or else the first.
func missed(heading, wanted string, texts []string) error {
	const enough = 12
	var near []string
	for _, text := range texts {
		if strings.Contains(strings.ToLower(text), strings.ToLower(wanted)) {
			near = append(near, text)
		}
	}
	if near == nil {
		near = texts
	}
	if len(near) > enough {
		near = append(slices.Clone(near[:enough]), fmt.Sprintf("and %d more", len(near)-enough))
	}
	return fmt.Errorf("no row has the %s %q: there are %s", heading, wanted, strings.Join(near, ", "))
}

// choose asks for one text of a column where it holds several, unless rows were chosen by it already. told is the column
// that says in words what each text stands for, from which the dataset has its title; "" for none.
func (d *draft) choose(name, told string) {
	heading, below, found := d.table.column(name)
	if !found || d.done() {
		return
	}
	if below.varies() && len(d.layout().Where[heading]) == 0 {
		d.Choose = &Choice{Of: heading}
		held := d.sample.told(d.Dataset, heading, told)
		for _, text := range below.texts {
			d.Choose.Options = append(d.Choose.Options, Option{text, held[text]})
		}
		return
	}
	names := d.table.cellsOf(told)
	if len(names.texts) > 0 && d.Dataset.Title == "" {
		d.Dataset.Title = squeezed(names.texts[0])
	}
	if len(names.texts) > 1 && len(below.texts) == 1 {
		d.decide("source.layout.where."+heading, "%s is told in several ways: %s in row %d, %s in row %d", below.texts[0],
			quotedShort(names.texts[0]), names.rows[names.texts[0]], quotedShort(names.texts[1]), names.rows[names.texts[1]])
	}
}

// finish gives the dataset its statuses, key and checks.
func (d *draft) finish() {
	d.statuses()
	set := &d.Dataset
	set.Key = []string{"area", "period"}
	for _, category := range set.Role("category") {
		set.Key = append(set.Key, category.Name)
	}
	if _, repeated := d.keyedBy(set.headings("category")).needed(set.headings("category")); repeated > 0 {
		d.decide("key", "no column tells %s apart from another", plural(repeated, "row", "rows"))
	}
	set.Checks = []Check{{Rule: "unique", Level: "error"}}
	for _, value := range set.Role("value") {
		if slices.ContainsFunc(set.Columns, func(c Column) bool { return c.Of == value.Name && c.Role != "status" }) {
			set.Checks = append(set.Checks, Check{Rule: "inside-interval", Column: value.Name, Level: "warn"})
		}
	}
	if len(set.Role("value"))+len(set.Role("count")) == 0 && d.Is == "" {
		d.decide("columns", "no column of figures was found among %s", strings.Join(d.table.names, ", "))
	}
	if set.Areas == nil {
		set.Areas = &Areas{Codes: "ons"}
	}
	if d.sample.isBook() && set.Source.Layout != nil {
		// The names of the columns find the headings of a sheet, wherever the next release has them.
		set.Source.Layout.SkipRows = 0
	}
	if layout := set.Source.Layout; layout != nil && isEmpty(*layout) {
		set.Source.Layout = nil
	}
}

// headings are those of the columns of a role.
func (d Dataset) headings(role string) []string {
	var headings []string
	for _, column := range d.Role(role) {
		headings = append(headings, column.heading())
	}
	return headings
}
