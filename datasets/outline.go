package datasets

import (
	"regexp"
	"slices"
	"strings"
)

// outline is how a sheet is laid out, as far as its first rows show.
type outline struct {
	// titles are the rows above the headings.
	titles []Row
	// headings are the rows of headings, units those between them and the figures, body those below.
	headings, units, body []Row
	// figures says how many columns hold numbers.
	figures int
}

// mostAbove is how many rows are tried as headings, and mostBelow how many rows below are held against each.
const (
	mostAbove = 60
	mostBelow = 30
)

var yearLike = regexp.MustCompile(`^(19|20)\d\d$`)

// outlineOf finds the row of headings: the one that says most of what stands below it and is not like it.
func outlineOf(sheet Sheet) (found outline, is bool) {
	head := sheet.Head
	best, most := -1, 0
	for h := range head[:min(len(head), mostAbove)] {
		below := head[h+1:]
		score := contrast(head[h], below[:min(len(below), mostBelow)])
		if score > most {
			best, most = h, score
		}
	}
	if best < 0 || best+1 == len(head) {
		return found, false
	}
	first := best
	for first > 0 && joins(head[first-1], head[first]) {
		first--
	}
	last := best + 1
	for last < len(head)-1 && last < best+3 && isUnits(head[last], head[last+1:]) {
		last++
	}
	found = outline{titles: head[:first], headings: head[first : best+1], units: head[best+1 : last], body: head[last:]}
	for at := range widest(found.body) {
		if kind := kindOf(at, found.body); kind == "number" {
			found.figures++
		}
	}
	return found, true
}

// contrast counts the columns that a row names, twice those of which it is not like the rows below. A row with a code is
// none of headings, and neither is one with a single text above several columns.
func contrast(row Row, below []Row) int {
	if slices.ContainsFunc(row.Cells, func(cell string) bool { return gssCode.MatchString(strings.TrimSpace(cell)) }) {
		return 0
	}
	if len(row.filled()) == 1 && !yearLike.MatchString(row.first()) {
		return 0
	}
	score := 0
	for at := range widest(below) {
		cell := ""
		if at < len(row.Cells) {
			cell = strings.TrimSpace(row.Cells[at])
		}
		kind := kindOf(at, below)
		number, _, _ := isNumber(cell)
		switch {
		case kind == "":
		case cell == "" && kind == "number":
			score--
		case cell == "", number && !yearLike.MatchString(cell):
		case yearLike.MatchString(cell) && kind == "number" && !yearsBelow(at, below):
			score += 2
		case kind != "text" && !number:
			score += 2
		default:
			score++
		}
	}
	return score
}

// gssCode is a code of the Office for National Statistics.
var gssCode = regexp.MustCompile(`^[A-Z]\d{8}$`)

// kindOf says what most of the filled cells of a column are: number, code or text; nothing where most are empty.
func kindOf(at int, rows []Row) string {
	numbers, codes, texts := 0, 0, 0
	for _, row := range rows {
		if at >= len(row.Cells) {
			continue
		}
		cell := strings.TrimSpace(row.Cells[at])
		number, _, _ := isNumber(cell)
		_, marker := markers[cell]
		switch {
		case cell == "":
		case number || marker:
			numbers++
		case gssCode.MatchString(cell):
			codes++
		default:
			texts++
		}
	}
	switch {
	case numbers+codes+texts == 0:
		return ""
	case codes >= numbers && codes >= texts:
		return "code"
	case numbers >= texts:
		return "number"
	}
	return "text"
}

// yearsBelow says whether the cells of a column look like years themselves.
func yearsBelow(at int, rows []Row) bool {
	return !slices.ContainsFunc(rows, func(r Row) bool {
		return at < len(r.Cells) && strings.TrimSpace(r.Cells[at]) != "" && !yearLike.MatchString(strings.TrimSpace(r.Cells[at]))
	})
}

func widest(rows []Row) int {
	width := 0
	for _, row := range rows {
		width = max(width, len(row.Cells))
	}
	return width
}

// joins says whether a row above headings is part of them: it names several columns in words, and some of them stand
// several times or not at all in the row below.
func joins(above, row Row) bool {
	filled := above.filled()
	if len(filled) < 2 || row.Number-above.Number > 2 || len(filled) == 2 && filled[1] == 1 && len(row.filled()) > 4 {
		return false
	}
	for _, at := range filled {
		if number, _, _ := isNumber(above.Cells[at]); number && !yearLike.MatchString(strings.TrimSpace(above.Cells[at])) {
			return false
		}
	}
	known := map[string]bool{}
	missing := false
	for _, at := range filled {
		missing = missing || at >= len(row.Cells) || strings.TrimSpace(row.Cells[at]) == ""
	}
	for _, text := range row.texts() {
		if text != "" && known[text] {
			return true
		}
		known[text] = true
	}
	return missing && len(filled) < len(row.filled())
}

// isUnits says whether a row below headings holds units: words where the rows below hold numbers.
func isUnits(row Row, below []Row) bool {
	words := 0
	for _, at := range row.filled() {
		cell := strings.TrimSpace(row.Cells[at])
		number, _, _ := isNumber(cell)
		if _, marker := markers[cell]; number || marker || gssCode.MatchString(cell) {
			return false
		}
		if kindOf(at, below[:min(len(below), mostBelow)]) == "number" {
			words++
		}
	}
	return words > 1
}

// title is what stands above the headings, or nothing.
func (o outline) title() string {
	for _, row := range o.titles {
		if text := squeezed(row.first()); len(text) > 3 {
			return text
		}
	}
	return ""
}
