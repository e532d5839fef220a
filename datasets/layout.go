package datasets

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/yamldoc"
)

// Layout says how a file departs from one row of headings with the figures right below it. Where a text is matched, one
// between slashes, such as /^Table 1\.1/, is a regular expression (RE2) and any other stands for itself.
//
// Headings that begin with an underscore come from the layout and not from the file: _sheet is the name of the sheet,
// _file that of the file among several, _period and _value come from PeriodsAcross, and Blocks, Constants and FirstOf name
// their own. A heading that stands several times is picked by its place among its equals, as in "notes#2"; "#1" is the
// first column without a heading.
type Layout struct {
	// Encoding is how text is written; without it, UTF-8.
	Encoding string `json:"encoding,omitempty" jsonschema:"enum=utf-8,enum=utf-16,enum=windows-1252"`
	// Member names the file inside a zip archive that holds several.
	Member string `json:"member,omitempty"`
	// Members name several files of delimited text inside a zip archive, whose rows follow each other in this order.
	Members []string `json:"members,omitempty"`
	// Sheets are the sheets of a workbook that hold the rows; needed where it has more than one.
	Sheets []string `json:"sheets,omitempty"`
	// LaterSheetsWin says that of rows with the same key in several sheets, or files, the one in the last stands.
	LaterSheetsWin bool `json:"later_sheets_win,omitempty"`
	// SkipRows are the rows above the headings. Without it, the headings are the first row that has those which the
	// dataset names.
	SkipRows int `json:"skip_rows,omitempty" jsonschema:"minimum=0"`
	// HeadingRows is over how many rows the headings run, 1 if not given; their texts are joined with " | ", and one
	// above merged cells counts for each.
	HeadingRows int `json:"heading_rows,omitempty" jsonschema:"minimum=0,maximum=10"`
	// UnitRows are the rows between headings and figures.
	UnitRows int `json:"unit_rows,omitempty" jsonschema:"minimum=0,maximum=100"`
	// Footer ends the figures: at a row whose first filled cell matches one of these, or, for the word blank, at an empty
	// row. When the headings stand again further down, figures follow again.
	Footer []string `json:"footer,omitempty"`
	// Ragged is what becomes of rows with too few or too many cells: a fault if not given; pad fills short ones up; skip
	// leaves all of them out and warns.
	Ragged string `json:"ragged,omitempty" jsonschema:"enum=fault,enum=pad,enum=skip"`
	// Blocks are rows that give a value to every row beneath them.
	Blocks []Block `json:"blocks,omitempty"`
	// Fill are headings whose empty cells repeat the one above.
	Fill []string `json:"fill,omitempty"`
	// Constants are columns with the same text in every row, by their headings.
	Constants map[string]string `json:"constants,omitempty"`
	// Replace changes whole cells of a column, by its heading: the text of a cell, or a pattern that it matches, to another
	// text. A cell's own text goes before patterns, and of these the first as they sort.
	Replace map[string]map[string]string `json:"replace,omitempty"`
	// FirstOf makes a column of the first filled cell among others.
	FirstOf map[string][]string `json:"first_of,omitempty"`
	// Where keeps the rows in which each of these columns matches one of its texts; Except leaves out those in which any
	// does.
	Where  map[string][]string `json:"where,omitempty"`
	Except map[string][]string `json:"except,omitempty"`
	// PeriodsAcross turns columns of periods into rows: each row of the file becomes one a period.
	PeriodsAcross []Across `json:"periods_across,omitempty"`
}

// Block is a kind of row that gives a value to every row beneath it, until the next of its kind: the text of its second
// filled cell, or, in a row with one, what the brackets of the pattern catch.
type Block struct {
	// Row is what the row's first filled cell says.
	Row string `json:"row" jsonschema:"minLength=1"`
	// As is the heading under which the value is found.
	As string `json:"as" jsonschema:"pattern=^_[a-z0-9_]+$"`
}

// Across is a group of columns that hold one figure for several periods.
type Across struct {
	// Headings is the pattern of their headings; what its brackets catch is the period, without brackets all of it.
	Headings string `json:"headings" jsonschema:"pattern=^/.+/$"`
	// As is the heading under which the figure is found, _value if not given.
	As string `json:"as,omitempty" jsonschema:"pattern=^_[a-z0-9_]+$"`
}

// patterns are the texts of a layout that may be regular expressions, by the paths at which they stand.
func (l Layout) patterns() map[string]string {
	found := map[string]string{"member": l.Member}
	for part, texts := range map[string][]string{"members": l.Members, "sheets": l.Sheets, "footer": l.Footer} {
		for i, text := range texts {
			found[fmt.Sprintf("%s[%d]", part, i)] = text
		}
	}
	for part, columns := range map[string]map[string][]string{"where": l.Where, "except": l.Except} {
		for heading, texts := range columns {
			for i, text := range texts {
				found[fmt.Sprintf("%s.%s[%d]", part, heading, i)] = text
			}
		}
	}
	for i, block := range l.Blocks {
		found[fmt.Sprintf("blocks[%d].row", i)] = block.Row
	}
	for i, across := range l.PeriodsAcross {
		found[fmt.Sprintf("periods_across[%d].headings", i)] = across.Headings
	}
	return found
}

// inspectLayout says which patterns of a layout, which stands at path, are none.
func inspectLayout(document yamldoc.Document[Dataset], layout Layout, path string) fault.List {
	var faults fault.List
	patterns := layout.patterns()
	for _, part := range slices.Sorted(maps.Keys(patterns)) {
		text := patterns[part]
		if len(text) < 2 || text[0] != '/' || text[len(text)-1] != '/' {
			continue
		}
		if _, err := regexp.Compile(text[1 : len(text)-1]); err != nil {
			at := path + "." + part
			message := strings.TrimPrefix(err.Error(), "error parsing regexp: ")
			faults.Add(document.At(at).Errorf(at, "%s is not a regular expression: %s", text, message).Hint("see the syntax of RE2"))
		}
	}
	return faults
}
