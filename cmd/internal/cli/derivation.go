package cli

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"levelfield/engine"
	"levelfield/engine/results"
)

// describe is an explanation as text, its operands indented below it. nameOf gives the name of an area.
func describe(e engine.Explanation, nameOf func(code string) string) string {
	d := &description{}
	d.linef("%s", e.Title)
	d.linef("%s", valueLine(e.Value))
	d.part("Definition", e.Definition, "("+e.File+", measure: "+e.Kind+")")
	d.part("Inputs", inputLines(e)...)
	d.part("Formula", e.Formula...)
	d.part("Method", methodLines(e)...)
	d.part("Caveats", e.Value.Warnings...)
	if e.Statement != "" {
		d.part("SQL", strings.Split(strings.TrimRight(e.Statement, "\n"), "\n")...)
	}
	d.part("Dataset", datasetLines(e.Dataset)...)
	d.part("Rows", rowLines(e)...)
	d.part("Compared", comparisonLines(e.Verdicts, nameOf)...)
	d.part("Recent trend", trendLines(e.Trend)...)
	for i, operand := range e.Operands {
		d.linef("\n%s\n%s", strings.ToUpper(operandName(e, i)[:1])+operandName(e, i)[1:], indent("  ", describe(operand, nameOf)))
	}
	return d.text.String()
}

// description is text in parts, each under its heading.
type description struct{ text strings.Builder }

func (d *description) linef(format string, args ...any) {
	fmt.Fprintf(&d.text, format+"\n", args...)
}

// part is a heading with lines below it; without lines there is no part.
func (d *description) part(heading string, lines ...string) {
	if len(lines) == 0 {
		return
	}
	d.linef("\n%s", heading)
	for _, line := range lines {
		d.linef("%s", strings.TrimRight("  "+line, " "))
	}
}

// valueLine names a value and says what it is.
func valueLine(v results.Value) string {
	name := []string{v.Indicator, v.AreaName + " (" + v.Area + ")", v.Period.Label}
	if v.Breakdown != "" {
		name = append(name, v.Breakdown+"="+v.Category)
	}
	line := strings.Join(name, " · ") + ": "
	if !v.HasValue() {
		return line + strings.TrimSpace("["+v.Status+"] "+v.Reason)
	}
	line += inUnit(number(v.Value), v.Unit)
	if v.HasInterval() {
		line += fmt.Sprintf(" (95%% limits %s to %s)", number(v.Lower95), number(v.Upper95))
	}
	if v.Status != "" {
		line += " [" + v.Status + "]"
	}
	return line
}

// operandName is what the i-th operand is to the value: a side of a difference, or a part of an index.
func operandName(e engine.Explanation, i int) string {
	if e.Kind == "composite" {
		return fmt.Sprintf("part %d", i+1)
	}
	return []string{"first", "second"}[min(i, 1)]
}

// inUnit is a number with its unit as it is written: 3.8%, £724.3, 16 percentage points.
func inUnit(number, unit string) string {
	switch unit {
	case "%":
		return number + unit
	case "£":
		return unit + number
	}
	return number + " " + unit
}

// number is a number in the shortest form that reads back as the same number.
func number(n *float64) string {
	if n == nil {
		return "unknown"
	}
	return strconv.FormatFloat(*n, 'f', -1, 64)
}

func inputLines(e engine.Explanation) []string {
	var lines []string
	for _, input := range e.Inputs {
		line := input.Path + ": " + input.Expression + " = "
		switch {
		case input.Counted && input.Value != nil:
			line = fmt.Sprintf("%s: %s of each row, %s values", input.Path, input.Expression, number(input.Value))
		case input.Withheld:
			line += "not told"
		case input.Value != nil:
			line += number(input.Value)
		case input.Missing != "":
			line += "missing [" + input.Missing + "]"
		default:
			line += "missing"
		}
		if input.Flags != "" {
			line += " [" + input.Flags + "]"
		}
		lines = append(lines, line)
	}
	for i, operand := range e.Operands {
		lines = append(lines, operandName(e, i)+": "+valueLine(operand.Value))
	}
	return lines
}

func methodLines(e engine.Explanation) []string {
	var lines []string
	for _, line := range []string{e.Value.Method, e.Source} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func datasetLines(d *engine.ExplainedDataset) []string {
	if d == nil {
		return nil
	}
	lines := []string{
		d.ID + ": " + d.Title,
		d.Publisher + ", " + d.Release + ", released " + day(d.Released),
		d.Licence,
		"file " + d.File,
	}
	if d.Snapshot != "" {
		lines = append(lines, "snapshot "+d.Snapshot)
	}
	return lines
}

// rowLines are the rows, each with the sheet, or the file among several, that it stands in.
func rowLines(e engine.Explanation) []string {
	if e.Withheld != "" {
		return []string{e.Withheld + ": --internal"}
	}
	var lines []string
	for _, row := range e.Rows {
		cells := make([]string, len(row.Cells))
		for i, cell := range row.Cells {
			cells[i] = cell[0] + "=" + cell[1]
		}
		of := ""
		if _, sheet, has := strings.Cut(row.File, "!"); has {
			of = " of " + sheet
		} else if e.Dataset != nil && path.Base(row.File) != path.Base(e.Dataset.File) {
			of = " of " + row.File
		}
		lines = append(lines, fmt.Sprintf("row %d%s: %s", row.Row, of, strings.Join(cells, ", ")))
	}
	return lines
}

func comparisonLines(verdicts []results.Comparison, nameOf func(code string) string) []string {
	var lines []string
	for _, verdict := range verdicts {
		line := "with " + verdict.Comparator
		if name := nameOf(verdict.Comparator); name != "" {
			line = "with " + name
		}
		if verdict.ComparatorValue != nil {
			line += " (" + number(verdict.ComparatorValue) + ")"
		}
		line += ": " + verdict.Outcome
		if verdict.Of > 0 && verdict.Rank > 0 {
			line += fmt.Sprintf(", %d of %d", verdict.Rank, verdict.Of)
		}
		if verdict.Rule != "" {
			line += ", by " + verdict.Rule
		}
		if verdict.Reason != "" {
			line += ": " + verdict.Reason
		}
		lines = append(lines, line)
	}
	return lines
}

func trendLines(trend *results.Trend) []string {
	if trend == nil {
		return nil
	}
	line := trend.Outcome
	if trend.Points > 0 {
		line += fmt.Sprintf(", %s to %s, %s", trend.From, trend.To, counted(trend.Points, "point"))
	}
	if trend.Statistic != nil {
		line += ", chi-square " + number(trend.Statistic)
	}
	if trend.Reason != "" {
		line += ": " + trend.Reason
	}
	return []string{line}
}
