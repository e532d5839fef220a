package warehouse

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"levelfield/engine/fault"
)

// refused is the fault of a cell that does not fit its column.
func refused(column Column, cell refusal, place Place) fault.Fault {
	at := place(cell.row, column.Name)
	problem, hint := cell.problem, ""
	known, is := writingOf(cell.cell)
	switch {
	case column.Type == Text:
		hint = "save the file as UTF-8"
	case problem == tooLarge || problem == tooLong:
		hint = "correct the cell"
	case is:
		hint = known.hint(cell.cell)
		problem = cmp.Or(known.problem, problem)
	}
	found := at.Errorf(column.Name, "row %d: read %q: %s", at.Line, fault.Short(cell.cell), problem)
	switch {
	case hint != "":
		return found.Hint("%s", hint)
	case strings.ContainsAny(cell.cell, "0123456789"):
		return found.Hint("correct the cell, or give the column another type in dataset.yaml")
	case column.Status == "":
		return found.Hint("if it is a marker, add it to source.markers and give %s a status column in dataset.yaml", column.Name)
	}
	return found.Hint("if it is a marker, add it to source.markers in dataset.yaml")
}

// writing is a way of writing figures that is not read, since it could mean something else, with what to do about it.
type writing struct {
	form *regexp.Regexp
	// problem says what it is, where that is more than that it is no number.
	problem string
	hint    func(cell string) string
}

const digitsForm = `[-+]?[0-9][0-9,]*(?:\.[0-9]+)?`

// writings are told apart in this order.
var writings = []writing{
	{regexp.MustCompile(`^#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|BLOCKED!|FIELD!|GETTING_DATA)$`), "an error of a spreadsheet",
		always("correct the formula, or ask the publisher; where it stands for no figure, add it to source.markers in dataset.yaml")},
	{regexp.MustCompile(`(?i)^[-+]?(?:nan|inf|infinity)$`), "",
		always("where there is no figure, leave the cell empty or add a marker to source.markers in dataset.yaml")},
	{regexp.MustCompile(`^` + digitsForm + ` ?[%‰]$`), "", withoutSign},
	{regexp.MustCompile(`^[-+]?[£€$¥] ?` + digitsForm + `$|^` + digitsForm + ` ?[£€$¥]$`), "", withoutSign},
	{regexp.MustCompile(`^(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/.][0-9]{1,2}[/.](?:[0-9]{4}|[0-9]{2})|[0-9]{1,2}[- ][A-Za-z]{3}(?:[- ][0-9]{2,4})?|[A-Za-z]{3}-[0-9]{2,4})$`), "a date",
		always("a spreadsheet may have made it of a figure such as 3-4: enter the figure again, in a cell of text")},
	{regexp.MustCompile(`^\(` + digitsForm + `\)$`), "", func(cell string) string {
		return "a number below nought is written with a minus: -" + strings.Trim(cell, "()")
	}},
	{regexp.MustCompile(`^[−–—]` + digitsForm + `$`), "", func(cell string) string {
		return fmt.Sprintf("its minus is the character U+%04X: write it with the hyphen of the keyboard", []rune(cell)[0])
	}},
	{regexp.MustCompile(`^` + digitsForm + `(?:[ \x{00A0}\x{202F}][0-9]{3})+$`), "", always("write it without spaces, or with commas between thousands")},
	{regexp.MustCompile(`^[-+]?[0-9]+,[0-9]*$|^[-+]?[0-9][0-9,]*,[0-9,]*(?:\.[0-9]+)?$`), "", always("a comma parts thousands, in threes; decimals follow a point")},
	{regexp.MustCompile(`^[-+]?[0-9]+\.[0-9]+$`), "", always("correct the cell, or say type: number in dataset.yaml")},
	{regexp.MustCompile(`^` + digitsForm + ` ?(?:\(?\[?[A-Za-z]{1,4}\]?\)?|[*†‡!~]+)$`), "", always("a mark beside a figure belongs in a status column of its own")},
}

func writingOf(cell string) (writing, bool) {
	cell = strings.TrimSpace(cell)
	at := slices.IndexFunc(writings, func(w writing) bool { return w.form.MatchString(cell) })
	if at < 0 {
		return writing{}, false
	}
	return writings[at], true
}

func always(hint string) func(string) string { return func(string) string { return hint } }

// withoutSign is the next step for a figure with a sign of its unit.
func withoutSign(cell string) string {
	return fmt.Sprintf("write %s: the unit is said in the indicator, and not in the cell", strings.TrimSpace(strings.NewReplacer("%", "", "‰", "", "£", "", "€", "", "$", "", "¥", "").Replace(cell)))
}
