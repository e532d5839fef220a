package datasets

import (
	"regexp"
	"slices"
	"strings"
)

// periodHints are parts of the headings of columns that hold periods.
var periodHints = regexp.MustCompile(`(?i)(^|[^a-z])(period|years?|date|time|month|quarter|fye|financial|cohort)([^a-z]|$)|time_period|timeperiod`)

// notPeriods are parts of the headings of columns that say something about a period, and of those that sort.
var notPeriods = regexp.MustCompile(`(?i)sortable|sort ?order|identifier|type|new data|update|_code$`)

// findPeriod adds the column of periods, or the year that stands above the headings or in the name of the file.
func (d *draft) findPeriod() {
	if d.acrossPeriods() || d.blockPeriods() {
		return
	}
	var candidates []string
	for i, name := range d.table.names {
		if periodHints.MatchString(name) && !notPeriods.MatchString(name) && d.table.cells[i].filled > d.table.rows/2 {
			candidates = append(candidates, name)
		}
	}
	best, fewest := "", 0
	for _, name := range candidates {
		labels := d.table.cellsOf(name).texts
		_, unread := mostRead(labels)
		if best == "" || len(unread) < fewest {
			best, fewest = name, len(unread)
		}
	}
	if best != "" && 2*fewest < len(d.table.cellsOf(best).texts) {
		d.period(best)
		return
	}
	d.constantPeriod()
}

// period adds the column of periods, and reads its labels.
func (d *draft) period(heading string) {
	d.add(Column{Name: "period", From: heading, Role: "period", Type: "text"})
	d.readPeriods(d.table.cellsOf(heading).texts)
}

// readPeriods finds how labels are written and what they mean.
func (d *draft) readPeriods(labels []string) {
	periods, text := periodsOf(labels)
	if len(labels) > 0 && strings.HasPrefix(labels[0], "FYE") {
		periods.Kind, text = "financial", ""
	}
	d.Dataset.Periods = periods
	if text != "" {
		d.decide("periods.kind", "%s", text)
	}
}

// mostRead is the first form and kind that reads most labels, and the labels that it does not read.
func mostRead(labels []string) (Periods, []string) {
	var tried []Periods
	for _, form := range wholeForms {
		for _, kind := range wholeKinds {
			tried = append(tried, Periods{Kind: string(kind), Form: written(form)})
		}
	}
	return best(tried, labels)
}

// statedYear is a year, or two, as titles and names of files state them.
var statedYear = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)\d\d(?:[/-]\d\d)?)(?:[^0-9]|$)`)

// constantPeriod takes the period of a file without a column of them from its titles, its headings or its name.
func (d *draft) constantPeriod() {
	text, where := d.statedPeriod()
	d.constant("_period", text)
	d.add(Column{Name: "period", From: "_period", Role: "period", Type: "text"})
	d.Dataset.Periods = Periods{Kind: "calendar"}
	if text == "" {
		d.decide("source.layout.constants._period", "no column holds periods, and no title names one: say the period of every row")
		return
	}
	periods, _ := periodsOf([]string{text})
	d.Dataset.Periods = periods
	d.decide("source.layout.constants._period", "no column holds periods: %s is taken from %s", text, where)
}

func (d *draft) statedPeriod() (text, where string) {
	for _, sheet := range d.sheets {
		line, _ := outlineOf(sheet)
		for _, row := range line.titles {
			if m := statedYear.FindStringSubmatch(row.first()); m != nil {
				return m[1], "the title " + quotedShort(row.first())
			}
		}
	}
	if m := statedYear.FindStringSubmatch(d.sample.File); m != nil {
		return m[1], "the name of the file"
	}
	for _, name := range d.table.names {
		if m := statedYear.FindStringSubmatch(name); m != nil {
			return m[1], "the heading " + quotedShort(name)
		}
	}
	if len(d.sample.Released) > 4 {
		return d.sample.Released[:4], "the day of the release"
	}
	return "", ""
}

// quotedShort is a text in quotation marks, cut where it would fill a line.
func quotedShort(text string) string {
	text = squeezed(text)
	const most = 50
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return `"` + text + `"`
}

// acrossYear is a period in a heading, with what says that it ends there.
var acrossYear = regexp.MustCompile(`(?:FYE ?)?(?:19|20)\d\d(?:[/-](?:19|20)?\d\d)?`)

// marked are the letters in a heading that hold for the figures below it.
var marked = regexp.MustCompile(`\[(p|r)\]|\((prov(?:isional)?|rev(?:ised)?)\)`)

// stemGroup are the columns that hold one figure for several periods.
type stemGroup struct {
	before, after string
	headings      []string
	labels        []string
	// spaced says that spaces differ from heading to heading.
	spaced bool
}

// acrossPeriods turns years that stand across into rows.
func (d *draft) acrossPeriods() bool {
	groups := d.stemGroups()
	if len(groups) == 0 {
		return false
	}
	layout := d.layout()
	marks := map[string]string{}
	var labels []string
	for _, group := range groups {
		as := "_value"
		if len(groups) > 1 || group.before+group.after != "" {
			as = "_" + strings.TrimPrefix(columnName(group.before+" "+group.after), "column_")
		}
		across := Across{Headings: group.pattern(), As: as}
		if as == "_value" || as == "_" {
			across.As = ""
		}
		layout.PeriodsAcross = append(layout.PeriodsAcross, across)
		for i, label := range group.labels {
			if !slices.Contains(labels, label) {
				labels = append(labels, label)
			}
			if m := marked.FindStringSubmatch(group.headings[i]); m != nil {
				marks[label] = label + " [" + string((m[1] + m[2])[0]) + "]"
			}
		}
	}
	if len(marks) > 0 {
		d.replace("_period", marks)
		d.marked = true
	}
	d.add(Column{Name: "period", From: "_period", Role: "period", Type: "text"})
	d.readPeriods(labels)
	for _, group := range groups {
		d.across = append(d.across, regexp.MustCompile(strings.Trim(group.pattern(), "/")))
	}
	d.reread()
	return true
}

// pattern is the expression that finds the headings of the group and catches their periods.
func (g stemGroup) pattern() string {
	label := `\d{4}`
	switch first := g.labels[0]; {
	case strings.Contains(first, "/"):
		label += `/\d+`
	case strings.Contains(first, "-"):
		label += `-\d+`
	}
	if strings.HasPrefix(g.labels[0], "FYE") {
		label = "FYE ?" + label
	}
	loose := func(text string) string {
		quoted := regexp.QuoteMeta(strings.TrimSpace(text))
		if g.spaced {
			return strings.ReplaceAll(quoted, " ", " ?")
		}
		return quoted
	}
	before, after := loose(g.before), loose(g.after)
	if before != "" {
		before += " ?"
	}
	if after == "" && g.plain() {
		return "/^" + before + "(" + label + ")$/"
	}
	if after != "" {
		after = " ?" + after
	}
	return "/^" + before + "(" + label + ")" + after + "/"
}

// plain says whether nothing stands behind the periods.
func (g stemGroup) plain() bool {
	return !slices.ContainsFunc(g.headings, func(heading string) bool {
		return !regexp.MustCompile(`\d$`).MatchString(heading)
	})
}

// brackets are marks and notes in a heading, which change from year to year.
var brackets = regexp.MustCompile(`\s*(\[[^\]]*\]|\((?:prov|rev)[a-z]*\))`)

// stemGroups are the headings that are alike but for a period: of at least two periods in the file, or of one in each of
// several sheets.
func (d *draft) stemGroups() []stemGroup {
	var groups []stemGroup
	for _, sheet := range d.headingsBySheet() {
		for _, heading := range sheet {
			at := acrossYear.FindAllStringIndex(heading, -1)
			if len(at) != 1 {
				continue
			}
			label := heading[at[0][0]:at[0][1]]
			before := squeezed(brackets.ReplaceAllString(heading[:at[0][0]], ""))
			after := squeezed(brackets.ReplaceAllString(heading[at[0][1]:], ""))
			i := slices.IndexFunc(groups, func(g stemGroup) bool {
				return unspaced(g.before) == unspaced(before) && unspaced(g.after) == unspaced(after)
			})
			if i < 0 {
				groups = append(groups, stemGroup{before: before, after: after})
				i = len(groups) - 1
			}
			groups[i].spaced = groups[i].spaced || groups[i].before != before || groups[i].after != after
			if !slices.Contains(groups[i].labels, label) {
				groups[i].labels = append(groups[i].labels, label)
				groups[i].headings = append(groups[i].headings, heading)
			}
		}
	}
	return slices.DeleteFunc(groups, func(g stemGroup) bool { return len(g.labels) < 2 })
}

func unspaced(text string) string { return strings.ReplaceAll(text, " ", "") }

// headingsBySheet are the headings of every sheet that is read.
func (d *draft) headingsBySheet() [][]string {
	if len(d.sheets) < 2 {
		return [][]string{d.table.names}
	}
	var all [][]string
	for _, sheet := range d.sheets {
		if line, is := outlineOf(sheet); is {
			all = append(all, line.headings[len(line.headings)-1].texts())
		}
	}
	return all
}

// blockPeriods finds rows with a year alone, which is the period of the rows beneath it.
func (d *draft) blockPeriods() bool {
	var labels []string
	for _, sheet := range d.sheets {
		line, _ := outlineOf(sheet)
		for _, row := range line.body {
			if filled := row.filled(); len(filled) == 1 && yearLike.MatchString(row.first()) {
				labels = append(labels, row.first())
			}
		}
	}
	if len(labels) == 0 {
		return false
	}
	layout := d.layout()
	layout.Blocks = append(layout.Blocks, Block{Row: `/^((?:19|20)\d\d)$/`, As: "_year"})
	d.add(Column{Name: "period", From: "_year", Role: "period", Type: "text"})
	d.readPeriods(labels)
	d.reread()
	return true
}
