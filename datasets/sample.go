package datasets

import (
	"slices"
	"strconv"
	"strings"
)

// mostTexts is how many different texts of a column are remembered: periods and categories have fewer, and what has
// more is no category.
const mostTexts = 2000

// Sample is what is known of a file that nobody has described yet: its headings, and what stands below each.
type Sample struct {
	// File is the file's own name.
	File     string
	Headings []string
	// Cells are those of each heading.
	Cells []Cells
}

// Cells sum up what stands in a column.
type Cells struct {
	// Texts are the different texts, Words those that are no numbers, in the order of their first rows.
	Texts, Words []string
	// Filled is how many cells hold something, Numbers how many hold a number, and Whole how many a whole one.
	Filled, Numbers, Whole int

	known map[string]bool
}

// Add takes a cell in.
func (c *Cells) Add(text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	c.Filled++
	number, whole := isNumber(text)
	if number {
		c.Numbers++
	}
	if whole {
		c.Whole++
	}
	if c.known[text] || len(c.Texts) == mostTexts {
		return
	}
	if c.known == nil {
		c.known = map[string]bool{}
	}
	text = strings.Clone(text)
	c.known[text] = true
	c.Texts = append(c.Texts, text)
	if !number {
		c.Words = append(c.Words, text)
	}
}

// isNumber says whether a text is a number in digits, and whether it is a whole one.
func isNumber(text string) (number, whole bool) {
	plain := strings.ReplaceAll(text, ",", "")
	if strings.Trim(plain, "0123456789.+-eE") != "" || !strings.ContainsAny(plain, "0123456789") {
		return false, false
	}
	_, err := strconv.ParseFloat(plain, 64)
	return err == nil, err == nil && strings.Trim(plain, "0123456789+-") == ""
}

// column is the heading that equals a name, whatever the case of its letters, and the cells below it.
func (s Sample) column(name string) (heading string, cells Cells, found bool) {
	i := slices.IndexFunc(s.Headings, func(heading string) bool { return strings.EqualFold(heading, name) })
	if i < 0 {
		return "", Cells{}, false
	}
	return s.Headings[i], s.Cells[i], true
}

// has says whether every one of the headings is there.
func (s Sample) has(headings ...string) bool {
	for _, name := range headings {
		if !slices.Contains(s.Headings, name) {
			return false
		}
	}
	return true
}

// varies says whether a column holds more than one text.
func (s Sample) varies(heading string) bool {
	_, cells, found := s.column(heading)
	return found && len(cells.Texts) > 1
}

// markers are what publishers write in place of a figure, with the letters of the Government Statistical Service.
var markers = map[string]string{
	"c": "c", "x": "x", "z": "z", "u": "u", "low": "low", "k": "low", "~": "low", "*": "c", "[c]": "c", "[x]": "x", "[z]": "z", "[u]": "u", "[low]": "low",
	":": "x", "..": "x", "-": "x", ".": "z", "NULL": "x", "NA": "x", "N/A": "x", "na": "x", "n/a": "x",
}

// stated are the markers that say themselves what they mean.
var stated = []string{"c", "x", "z", "u", "low", "[c]", "[x]", "[z]", "[u]", "[low]"}

// mostMarker is the length of the longest text among numbers that is taken for a marker nobody knows.
const mostMarker = 3

// isFigure says whether a column holds figures: numbers, and markers in their place.
func (c Cells) isFigure() bool {
	for _, word := range c.Words {
		if _, known := markers[word]; !known && (len([]rune(word)) > mostMarker || c.Numbers == 0) {
			return false
		}
	}
	return c.Filled > 0
}
