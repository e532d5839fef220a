package cli

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// screenWidth is the width of a terminal that nobody has widened; labelWidth that of the words before each line.
const (
	screenWidth = 80
	labelWidth  = 12
)

// screenText is text of lines with a label, wrapped to the width of a screen.
type screenText struct{ strings.Builder }

// line adds a line behind its label; what does not fit goes on below it.
func (t *screenText) line(label, format string, args ...any) {
	for i, part := range wrapped(fmt.Sprintf(format, args...), screenWidth-labelWidth) {
		if i > 0 {
			label = ""
		}
		fmt.Fprintf(t, "%s\n", strings.TrimRight(fmt.Sprintf("%-*s%s", labelWidth, label, part), " "))
	}
}

// list adds lines of which the first has the label.
func (t *screenText) list(label string, lines []string) {
	for _, line := range lines {
		t.line(label, "%s", line)
		label = ""
	}
}

// wrapped breaks a text at its spaces; a word that is longer than the width stays whole. The spaces at the beginning stand
// before every line.
func wrapped(text string, width int) []string {
	margin := text[:len(text)-len(strings.TrimLeft(text, " "))]
	var lines []string
	line := margin
	for _, word := range strings.SplitAfter(strings.TrimLeft(text, " "), " ") {
		if len([]rune(line))+len([]rune(strings.TrimRight(word, " "))) > width && strings.TrimSpace(line) != "" {
			lines = append(lines, strings.TrimRight(line, " "))
			line = margin + "  "
		}
		line += word
	}
	return append(lines, strings.TrimRight(line, " "))
}

// cut is a text that ends before the width, but not before keep characters of it.
func cut(text string, width, keep int) string {
	runes := []rune(text)
	width = max(width, keep)
	if len(runes) <= width {
		return strings.TrimRight(text, " ")
	}
	return strings.TrimRight(string(runes[:width-1]), " ") + "…"
}

// thousands is a whole number with its thousands parted.
func thousands(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0 && digits[at-1] != '-'; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// figure is a number as a person reads it: six digits, and thousands parted.
func figure(number float64) string {
	text := strconv.FormatFloat(number, 'f', -1, 64)
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(number, 'g', 6, 64), 64); err == nil && strings.Contains(text, ".") {
		text = strconv.FormatFloat(rounded, 'f', -1, 64)
	}
	whole, fraction, _ := strings.Cut(text, ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n == 0 {
		return text
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return thousands(n) + fraction
}

// decidedLine is the line that a decision is about.
var decidedLine = regexp.MustCompile(`^line (\d+):`)

// linesOf are the lines of the proposed text that decisions are about.
func linesOf(decisions []string) []int {
	var lines []int
	for _, one := range decisions {
		if m := decidedLine.FindStringSubmatch(one); m != nil {
			n, _ := strconv.Atoi(m[1])
			lines = append(lines, n)
		}
	}
	return lines
}

// mostAlike is how long a list of lines of one kind may be; of a longer one the first and the last are shown.
const mostAlike = 30

// marked is the text of a dataset.yaml, to be copied as it stands, with a comment at the lines that are to be decided. Of a
// long run of lines with one indent the middle is left out, but for what is decided.
func marked(text string, decided []int) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	var b strings.Builder
	hidden := 0
	for i, line := range lines {
		first, last := run(lines, i)
		inside := last-first > mostAlike && i >= first+mostAlike/2 && i < last-2
		if inside && !slices.Contains(decided, i+1) {
			hidden++
			continue
		}
		if hidden > 0 {
			fmt.Fprintf(&b, "%s# … %s: --write and --json have them all\n", strings.Repeat(" ", indentOf(lines[i-1])), counted(hidden, "more line"))
			hidden = 0
		}
		if slices.Contains(decided, i+1) {
			line += fmt.Sprintf("  # line %d", i+1)
		}
		fmt.Fprintln(&b, line)
	}
	return b.String()
}

// run is where the lines with the indent of one begin, and where they have ended; a line without indent stands alone.
func run(lines []string, at int) (first, last int) {
	if indentOf(lines[at]) == 0 {
		return at, at + 1
	}
	first, last = at, at+1
	for first > 0 && indentOf(lines[first-1]) == indentOf(lines[at]) {
		first--
	}
	for last < len(lines) && indentOf(lines[last]) == indentOf(lines[at]) {
		last++
	}
	return first, last
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
