package datasets

import (
	"slices"
	"strconv"
	"strings"
)

// mostTexts is how many different texts of a column are remembered: periods and categories have fewer, and what has
// more is no category.
const mostTexts = 2000

// cells sum up what stands below a heading.
type cells struct {
	// texts are the different texts, words those that are no numbers, in the order of their first rows.
	texts, words []string
	// rows says in which row each of the texts stands first.
	rows map[string]int
	// filled is how many cells hold something, numbers how many hold a number, and whole how many a whole one.
	filled, numbers, whole int
	// marked is how many cells hold a marker in the place of a figure.
	marked int
	// high is the greatest number.
	high float64
}

// add takes the cell of a row in.
func (c *cells) add(row int, text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	c.filled++
	number, whole, value := isNumber(text)
	if number && (c.numbers == 0 || value > c.high) {
		c.high = value
	}
	switch {
	case whole:
		c.whole++
		c.numbers++
	case number:
		c.numbers++
	default:
		if _, known := markers[text]; known {
			c.marked++
		}
	}
	if _, known := c.rows[text]; known || len(c.texts) == mostTexts {
		return
	}
	if c.rows == nil {
		c.rows = map[string]int{}
	}
	text = strings.Clone(text)
	c.rows[text] = row
	c.texts = append(c.texts, text)
	if !number {
		c.words = append(c.words, text)
	}
}

// varies says whether the column holds more than one text.
func (c cells) varies() bool { return len(c.texts) > 1 }

// isNumber says whether a text is a number in digits, and whether it is a whole one.
func isNumber(text string) (number, whole bool, value float64) {
	plain := strings.ReplaceAll(text, ",", "")
	if strings.Trim(plain, "0123456789.+-eE") != "" || !strings.ContainsAny(plain, "0123456789") {
		return false, false, 0
	}
	value, err := strconv.ParseFloat(plain, 64)
	return err == nil, err == nil && strings.Trim(plain, "0123456789+-") == "", value
}

// markers are what publishers write in place of a figure, with the letters of the Government Statistical Service.
var markers = map[string]string{
	"c": "c", "x": "x", "z": "z", "u": "u", "low": "low", "k": "low", "~": "low", "*": "c", "[c]": "c", "[x]": "x", "[z]": "z", "[u]": "u", "[low]": "low",
	":": "x", "..": "x", "-": "x", ".": "z", "!": "x", "NULL": "x", "NA": "x", "N/A": "x", "na": "x", "n/a": "x",
}

// stated are the markers that say themselves what they mean.
var stated = []string{"c", "x", "z", "u", "low", "[c]", "[x]", "[z]", "[u]", "[low]"}

// mostMarker is the length of the longest text among numbers that is taken for a marker nobody knows.
const mostMarker = 3

// mostStrays is one in how many cells may be words that are no marker: titles and notes stand in columns of figures too.
const mostStrays = 50

// isFigure says whether a column holds figures: numbers, and markers in their place.
func (c cells) isFigure() bool {
	strays := c.filled - c.numbers - c.marked
	for _, word := range c.words {
		if _, known := markers[word]; !known && (len([]rune(word)) > mostMarker && strays*mostStrays > c.numbers || c.numbers == 0) {
			return false
		}
	}
	return c.filled > 0 && (c.numbers > 0 || c.filled == c.marked)
}

// isStatus says whether a column holds nothing but letters and markers.
func (c cells) isStatus() bool {
	return c.filled > 0 && !slices.ContainsFunc(c.texts, func(text string) bool {
		_, known := markers[text]
		return !known && !slices.Contains([]string{"p", "r", "e", "b"}, strings.Trim(text, "[]"))
	})
}

// table is what stands below the headings of a file, as a layout reads it.
type table struct {
	// names call the columns as a dataset.yaml does: their headings, those that stand several times with their number.
	names []string
	cells []cells
	rows  int
	// gap is the first row below an empty one, 0 where none is empty.
	gap int
}

// newTable is a table of these headings without rows.
func newTable(headings []string) table {
	times, met := map[string]int{}, map[string]int{}
	for _, heading := range headings {
		times[heading]++
	}
	t := table{cells: make([]cells, len(headings))}
	for _, heading := range headings {
		met[heading]++
		name := heading
		if heading == "" || times[heading] > 1 {
			name += "#" + strconv.Itoa(met[heading])
		}
		t.names = append(t.names, name)
	}
	return t
}

// at is the place of a heading, whatever the case of its letters, -1 when it is not there.
func (t table) at(name string) int {
	if at := slices.Index(t.names, name); at >= 0 {
		return at
	}
	return slices.IndexFunc(t.names, func(heading string) bool { return strings.EqualFold(heading, name) })
}

// column is the heading that equals a name, and the cells below it.
func (t table) column(name string) (heading string, below cells, found bool) {
	at := t.at(name)
	if at < 0 {
		return "", cells{}, false
	}
	return t.names[at], t.cells[at], true
}

// cellsOf are the cells below a heading, none for one that is not there.
func (t table) cellsOf(name string) cells {
	_, below, _ := t.column(name)
	return below
}

// has says whether every one of the headings is there.
func (t table) has(names ...string) bool {
	for _, name := range names {
		if t.at(name) < 0 {
			return false
		}
	}
	return true
}
