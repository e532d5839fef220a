package datasets

import (
	"fmt"
	"slices"
	"strings"
)

// shares are parts of headings whose figures are no counts, even where every one is a whole number.
var shares = []string{"percent", "pct", "rate", "ratio", "average", "avg", "mean", "score", "share", "index", "median"}

// totals are the texts that stand for everyone.
var totals = []string{"total", "all", "persons", "all ages"}

// add appends a column; a heading that equals the name is not repeated.
func (p *Proposal) add(column Column) {
	if column.From == column.Name {
		column.From = ""
	}
	name := column.Name
	for n := 2; slices.ContainsFunc(p.Dataset.Columns, func(c Column) bool { return c.Name == column.Name }); n++ {
		column.Name = fmt.Sprintf("%s_%d", name, n)
		if column.From == "" {
			column.From = name
		}
	}
	p.Dataset.Columns = append(p.Dataset.Columns, column)
}

// guess makes a column of figures or a category of what stands below a heading; a column that is empty, or says the same
// in every row, is left out.
func (p *Proposal) guess(heading string, cells Cells) {
	if !cells.isFigure() {
		if len(cells.Texts) > 1 {
			p.add(Column{Name: columnName(heading), From: heading, Role: "category", Type: "text", Total: total(cells)})
		}
		return
	}
	column := Column{Name: columnName(heading), From: heading, Role: "count", Type: "integer"}
	share := slices.ContainsFunc(shares, func(part string) bool { return strings.Contains(strings.ToLower(heading), part) })
	if share || cells.Whole < cells.Numbers {
		column.Role, column.Type = "value", "number"
	}
	p.add(column)
}

// categories adds those of the headings that hold several texts.
func (p *Proposal) categories(sample Sample, headings ...string) {
	for _, name := range headings {
		if heading, cells, found := sample.column(name); found && sample.varies(name) {
			p.add(Column{Name: columnName(heading), From: heading, Role: "category", Type: "text", Total: total(cells)})
		}
	}
}

// limits adds the limits of a value where the file has both.
func (p *Proposal) limits(sample Sample, of, lower, upper string) {
	_, low, _ := sample.column(lower)
	_, high, _ := sample.column(upper)
	if low.Filled > 0 && high.Filled > 0 {
		p.add(Column{Name: of + "_lower", From: lower, Role: "lower", Type: "number", Of: of})
		p.add(Column{Name: of + "_upper", From: upper, Role: "upper", Type: "number", Of: of})
	}
}

// statuses reads the markers that stand in place of figures. A figure with markers and no status of its own is given an
// empty one, since a marker has to go somewhere.
func (p *Proposal) statuses(sample Sample) {
	for _, column := range slices.Clone(p.Dataset.Columns) {
		if column.Type == "text" {
			continue
		}
		heading := column.From
		if heading == "" {
			heading = column.Name
		}
		_, cells, _ := sample.column(heading)
		for _, word := range cells.Words {
			p.marker(column, word)
		}
		figure := column.Role == "count" || column.Role == "value"
		if len(cells.Words) > 0 && figure && p.Dataset.StatusOf(column.Name) == "" {
			layout := p.layout()
			layout.Constants = map[string]string{"_status": ""}
			p.add(Column{Name: column.Name + "_status", From: "_status", Role: "status", Type: "text", Of: column.Name})
		}
	}
}

func (p *Proposal) marker(column Column, word string) {
	letter, known := markers[word]
	if !known {
		p.decide(fmt.Sprintf("source.markers: %q stands among the figures of %s, and has to be given a letter", word, column.Name))
		return
	}
	if p.Dataset.Source.Markers == nil {
		p.Dataset.Source.Markers = map[string]string{}
	}
	p.Dataset.Source.Markers[word] = letter
	if !slices.Contains(stated, word) {
		p.decide(fmt.Sprintf("source.markers: %q is read as %s", word, letter))
	}
}

func total(cells Cells) string {
	for _, text := range cells.Texts {
		if slices.Contains(totals, strings.ToLower(text)) {
			return text
		}
	}
	return ""
}

// columnName makes a heading a name: small letters, digits and underscores.
func columnName(heading string) string {
	var name strings.Builder
	for _, r := range strings.ToLower(heading) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			name.WriteRune(r)
		} else if text := name.String(); text != "" && !strings.HasSuffix(text, "_") {
			name.WriteByte('_')
		}
	}
	text := strings.TrimRight(name.String(), "_")
	if text == "" || text[0] < 'a' {
		return "column_" + text
	}
	return text
}
