package datasets

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// shares are parts of headings whose figures are no counts, even where every one is a whole number.
var shares = []string{"percent", "per cent", "pct", "%", "proportion", "rate", "ratio", "average", "avg", "mean", "score", "share", "index", "median", "rank", "decile"}

// totals are the texts that stand for everyone.
var totals = []string{"total", "all", "persons", "all ages", "all people"}

func isEmpty(layout Layout) bool { return reflect.ValueOf(layout).IsZero() }

// taken are names that the aggregated table uses beside its categories.
var taken = regexp.MustCompile(`^(area|period|rows|first_row|[vmf]_\d+)$`)

// add appends a column; a heading that equals the name is not repeated.
func (d *draft) add(column Column) string {
	name := column.Name
	if column.Role == "category" && taken.MatchString(name) {
		column.Name += "_category"
	}
	for n := 2; slices.ContainsFunc(d.Dataset.Columns, func(c Column) bool { return c.Name == column.Name }); n++ {
		column.Name = fmt.Sprintf("%s_%d", name, n)
	}
	if column.From == "" {
		column.From = name
	}
	if column.From == column.Name {
		column.From = ""
	}
	d.Dataset.Columns = append(d.Dataset.Columns, column)
	return column.Name
}

// heading is what a proposed column is called in the file.
func (c Column) heading() string {
	if c.From != "" {
		return c.From
	}
	return c.Name
}

// area adds the column of areas, whose codes are of a scheme.
func (d *draft) area(heading, codes string) {
	d.add(Column{Name: "area", From: heading, Role: "area", Type: "text"})
	d.Dataset.Areas = &Areas{Codes: codes}
}

// guess makes a column of figures or a category of what stands below a heading; a column that is empty, or says the same
// in every row, is left out.
func (d *draft) guess(heading string) {
	below := d.table.cellsOf(heading)
	switch {
	case below.isFigure():
		d.figure(columnName(heading), heading)
	case below.varies():
		d.category(heading)
	}
}

// category adds a category where its column holds several texts.
func (d *draft) category(names ...string) {
	for _, name := range names {
		if heading, below, found := d.table.column(name); found && below.varies() {
			d.add(Column{Name: columnName(heading), From: heading, Role: "category", Type: "text", Total: total(below)})
		}
	}
}

// figure adds a column of figures: a count where all are whole and the heading speaks of no share.
func (d *draft) figure(name, heading string) string {
	below := d.table.cellsOf(heading)
	column := Column{Name: name, From: heading, Role: "count", Type: "integer"}
	share := slices.ContainsFunc(shares, func(part string) bool { return strings.Contains(strings.ToLower(heading), part) })
	if share || below.whole < below.numbers {
		column.Role, column.Type = "value", "number"
	}
	return d.add(column)
}

// limits adds the limits of a value where the file has both.
func (d *draft) limits(of, lower, upper string) {
	low, high := d.table.cellsOf(lower), d.table.cellsOf(upper)
	if low.numbers > 0 && high.numbers > 0 {
		d.add(Column{Name: of + "_lower", From: lower, Role: "lower", Type: "number", Of: of})
		d.add(Column{Name: of + "_upper", From: upper, Role: "upper", Type: "number", Of: of})
	}
}

// statuses reads the markers that stand in place of figures. A figure with markers and no status of its own is given an
// empty one, since a marker has to go somewhere.
func (d *draft) statuses() {
	for _, column := range slices.Clone(d.Dataset.Columns) {
		if column.Type == "text" {
			continue
		}
		below := d.table.cellsOf(column.heading())
		for _, word := range below.words {
			d.marker(column, word, below.rows[word])
		}
		figure := column.Role == "count" || column.Role == "value"
		if (len(below.words) > 0 || d.marked) && figure && d.Dataset.StatusOf(column.Name) == "" {
			d.status(column.Name)
		}
	}
}

// status gives a figure an empty status for what its markers say.
func (d *draft) status(of string) {
	d.constant("_status", "")
	d.add(Column{Name: of + "_status", From: "_status", Role: "status", Type: "text", Of: of})
}

// constant gives every row a column with the same text.
func (d *draft) constant(name, text string) {
	layout := d.layout()
	if layout.Constants == nil {
		layout.Constants = map[string]string{}
	}
	layout.Constants[name] = text
}

func (d *draft) marker(column Column, word string, row int) {
	if _, known := d.Dataset.Source.Markers[word]; known {
		return
	}
	letter, known := markers[word]
	switch {
	case !known && len([]rune(word)) > mostMarker:
		// A title or a note: where its row is read at all, the import tells its place.
		return
	case !known:
		d.decide("source.markers", "%q stands among the figures of %s, first in row %d, and has to be given a letter", word, column.Name, row)
		return
	}
	d.mark(word, letter)
	if !slices.Contains(stated, word) {
		d.decide("source.markers", "%q is read as %s, first in row %d of %s", word, letter, row, column.Name)
	}
}

// mark says what a marker means.
func (d *draft) mark(word, letter string) {
	if d.Dataset.Source.Markers == nil {
		d.Dataset.Source.Markers = map[string]string{}
	}
	d.Dataset.Source.Markers[word] = letter
}

func total(below cells) string {
	for _, text := range below.texts {
		if slices.Contains(totals, strings.ToLower(text)) {
			return text
		}
	}
	return ""
}

// columnName makes a heading a name: small letters, digits and underscores, short enough for a line.
func columnName(heading string) string {
	const most = 60
	var name strings.Builder
	for _, r := range strings.ToLower(heading) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			name.WriteRune(r)
		} else if text := name.String(); text != "" && !strings.HasSuffix(text, "_") {
			name.WriteByte('_')
		}
	}
	text := name.String()
	if len(text) > most {
		text = text[:most]
		if cut := strings.LastIndexByte(text, '_'); cut > most/2 {
			text = text[:cut]
		}
	}
	text = strings.TrimRight(text, "_")
	if text == "" || text[0] < 'a' {
		return "column_" + text
	}
	return text
}
