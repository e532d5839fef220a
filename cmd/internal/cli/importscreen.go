package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"levelfield/engine"
)

// The most of each kind that one screen names.
const (
	mostUnknown    = 6
	mostFigures    = 8
	mostCategories = 8
	mostChoices    = 40
)

// importScreen is what a file holds, on one screen of eighty columns.
type importScreen struct {
	report engine.ImportReport
	// focus is the name of the project's area.
	focus string
	text  screenText
}

// aboveFaults is the first part of the screen: what the file is and what stands in it.
func aboveFaults(report engine.ImportReport, focus string) string {
	s := importScreen{report: report, focus: focus}
	s.what()
	switch {
	case len(report.Choices) > 0:
		s.choices()
	case report.Rows > 0:
		s.contents()
		s.changes()
	case report.Dataset != "" || report.Proposed != "":
		s.text.line("rows", "none")
	}
	return s.text.String()
}

// belowFaults is the second part: what a person has to decide, and the proposed dataset.yaml.
func belowFaults(report engine.ImportReport) string {
	s := importScreen{report: report}
	if report.Kept != "" {
		s.text.line("kept", "%s", report.Kept)
	}
	s.text.list("decide", report.Decide)
	if len(report.Unsaid) > 0 && len(report.Written) == 0 {
		s.text.line("to say", "%s: the file does not say it", strings.Join(report.Unsaid, ", "))
	}
	switch {
	case len(report.Written) > 0:
		s.text.line("written", "%s", strings.Join(report.Written, ", "))
	case report.Proposed != "":
		fmt.Fprintf(&s.text, "\ndataset.yaml\n%s", marked(report.Proposed, linesOf(report.Decide)))
	}
	return s.text.String()
}

// what says what the file is.
func (s *importScreen) what() {
	r := s.report
	s.text.line("file", "%s", r.File)
	if r.Dataset != "" {
		s.text.line("dataset", "%s", r.Dataset)
	}
	if r.Format != "" {
		s.text.line("format", "%s", r.Format)
	}
	if r.Layout != "" {
		s.text.line("layout", "%s", r.Layout)
	}
	if r.Is != "" {
		s.text.line("is", "%s", r.Is)
	}
	if r.Like != "" {
		s.text.line("like", "the dataset %s: --dataset %s tells what is new and what is revised", r.Like, r.Like)
	}
	switch {
	case r.Sheets > 1 && r.Sheet != "":
		s.text.line("sheet", "%s, of %d", r.Sheet, r.Sheets)
	case r.Sheets > 1:
		s.text.line("sheets", "%d", r.Sheets)
	}
}

// choices lists what one has to be chosen of, each with what it holds.
func (s *importScreen) choices() {
	s.text.line("choose", "%s", choiceWords(s.report.Choose))
	options := s.report.Choices
	width := 0
	for _, one := range options {
		width = max(width, min(len([]rune(one.Text)), 28))
	}
	for i, one := range options {
		if i == mostChoices {
			fmt.Fprintf(&s.text, "  and %s more: a part of one's text names those that hold it\n", thousands(len(options)-i))
			break
		}
		fmt.Fprintf(&s.text, "%s\n", cut(fmt.Sprintf("  %-*s  %s", width, one.Text, one.Holds), screenWidth, len([]rune(one.Text))+2))
	}
}

func choiceWords(of string) string {
	switch of {
	case "sheet":
		return "a table, with --sheet"
	case "member":
		return "a file of the archive, with --member"
	}
	return fmt.Sprintf("one %s, with --where", of)
}

// contents says what stands in the rows.
func (s *importScreen) contents() {
	r := s.report
	s.text.line("rows", "%s", thousands(r.Rows))
	s.text.line("areas", "%s; %s: %s, England: %s", known(r.Areas), s.focus, rowsOf(r.Areas.Focus), rowsOf(r.Areas.England))
	s.unknown()
	if r.Periods.Count > 0 {
		periods := r.Periods.First
		if r.Periods.Count > 1 {
			between := "to"
			if strings.Contains(r.Periods.First, " to ") {
				between = "…"
			}
			periods = fmt.Sprintf("%d, %s %s %s", r.Periods.Count, r.Periods.First, between, r.Periods.Last)
		}
		s.text.line("periods", "%s", periods)
	}
	var categories, figures []string
	for _, one := range r.Categories {
		named := strings.Join(one.First, " · ")
		if one.Count > len(one.First) {
			named += " …"
		}
		categories = append(categories, cut(fmt.Sprintf("%s  %s: %s", one.Column, thousands(one.Count), named), screenWidth-labelWidth, 0))
	}
	for _, one := range r.Figures {
		if one.Cells == 0 {
			figures = append(figures, one.Column+"  none")
			continue
		}
		figures = append(figures, fmt.Sprintf("%s  %s, from %s to %s", one.Column, thousands(one.Cells), figure(one.Least), figure(one.Most)))
	}
	s.text.list("categories", shortened(categories, mostCategories, "column"))
	s.text.list("figures", shortened(figures, mostFigures, "column"))
	s.text.list("markers", markersOf(r))
}

func known(areas engine.ImportedAreas) string {
	text := fmt.Sprintf("%s known", thousands(areas.Known))
	if n := len(areas.Unknown); n > 0 {
		text += fmt.Sprintf(", %s not known", thousands(n))
	}
	return text
}

// unknown lists the codes that could be mistaken for an area, and counts the others.
func (s *importScreen) unknown() {
	var near, others []engine.UnknownArea
	for _, one := range s.report.Areas.Unknown {
		if one.Near != "" && len(near) < mostUnknown {
			near = append(near, one)
		} else {
			others = append(others, one)
		}
	}
	for _, one := range near {
		s.text.line("", "%q is not known (%s): %s", one.Code, rowsOf(one.Rows), one.Near)
	}
	if len(others) == 0 {
		return
	}
	rows := 0
	var first []string
	for i, one := range others {
		rows += one.Rows
		if i < 3 {
			code := strconv.Quote(one.Code)
			if one.Code == "" {
				code = "an empty cell"
			}
			first = append(first, code)
		}
	}
	more := "not known"
	if len(near) > 0 {
		more = "and " + thousands(len(others)) + " more"
	}
	if len(others) > len(first) {
		more += ", such as"
	} else {
		more += ":"
	}
	s.text.line("", "%s %s (%s)", more, strings.Join(first, ", "), rowsOf(rows))
}

// markersOf counts the letters, each column's behind its name.
func markersOf(report engine.ImportReport) []string {
	var lines []string
	before := ""
	for _, marker := range report.Markers {
		part := fmt.Sprintf("%s %s", marker.Letter, thousands(marker.Rows))
		if marker.Column == before {
			lines[len(lines)-1] += ", " + part
			continue
		}
		before = marker.Column
		lines = append(lines, marker.Column+"  "+part)
	}
	if len(lines) == 0 {
		return []string{"none"}
	}
	return shortened(lines, mostFigures, "column")
}

// changes tells what differs from the release before, column by column.
func (s *importScreen) changes() {
	if s.report.Against != "" {
		s.text.line("against", "%s", s.report.Against)
	}
	if s.report.Held != "" {
		s.text.line("changes", "%s", s.report.Held)
	}
	var lines []string
	for _, changes := range s.report.Compared {
		if len(changes.Missing) > 0 {
			lines = append(lines, fmt.Sprintf("%s  not compared, since the figures held have no column %s", changes.Column, strings.Join(changes.Missing, ", ")))
			continue
		}
		lines = append(lines, fmt.Sprintf("%s  %s new, %s revised, %s withdrawn", changes.Column, thousands(changes.New), thousands(changes.Revised), thousands(changes.Withdrawn)))
		for _, cell := range changes.Cells {
			lines = append(lines, changed(cell))
		}
	}
	s.text.list("changes", lines)
}

// changed is one cell that is not what it was.
func changed(cell engine.ChangedCell) string {
	place := ""
	if cell.Row > 0 {
		place = fmt.Sprintf(" (row %d)", cell.Row)
	}
	key := strings.Join(cell.Key, ", ")
	if cell.Kind == "withdrawn" {
		return fmt.Sprintf("  %s: %s withdrawn%s", key, cell.Before, place)
	}
	moved := ""
	if cell.StandardErrors > 0 {
		moved = fmt.Sprintf(", %.1f standard errors", cell.StandardErrors)
	}
	return fmt.Sprintf("  %s: %s → %s%s%s", key, cell.Before, cell.After, moved, place)
}

// shortened is a list cut after so many, with how many more there are.
func shortened(lines []string, most int, noun string) []string {
	if len(lines) <= most+1 {
		return lines
	}
	return append(slices.Clone(lines[:most]), "and "+counted(len(lines)-most, "more "+noun))
}

func rowsOf(n int) string {
	if n == 1 {
		return "1 row"
	}
	return thousands(n) + " rows"
}
