package cli

import (
	"fmt"
	"strconv"
	"strings"

	"levelfield/engine"
)

// mostUnknown is how many unknown areas are printed one by one.
const mostUnknown = 10

// describeImport is what a file holds, on one screen; focus is the name of the project's area.
func describeImport(report engine.ImportReport, focus string) string {
	var b strings.Builder
	line := func(what, format string, args ...any) {
		fmt.Fprintf(&b, "%-10s%s\n", what, fmt.Sprintf(format, args...))
	}
	line("file", "%s", report.File)
	if report.Dataset != "" {
		line("dataset", "%s", report.Dataset)
	}
	if report.Layout != "" {
		line("layout", "%s", report.Layout)
	}
	if len(report.Choices) > 0 {
		line("choose", "%s", report.Choose)
		for _, choice := range report.Choices {
			line("", "%s", choice)
		}
		return b.String()
	}
	if report.Rows == 0 {
		line("rows", "none")
		return b.String()
	}
	line("rows", "%d", report.Rows)
	line("areas", "%s; %s: %s, England: %s", known(report.Areas), focus, counted(report.Areas.Focus, "row"), counted(report.Areas.England, "row"))
	for i, unknown := range report.Areas.Unknown {
		if i == mostUnknown {
			line("", "and %d more that are not known", len(report.Areas.Unknown)-i)
			break
		}
		near := ""
		if unknown.Near != "" {
			near = ": " + unknown.Near
		}
		line("", "%q is not known (%s)%s", unknown.Code, counted(unknown.Rows, "row"), near)
	}
	if report.Periods.Count > 0 {
		line("periods", "%d, %s to %s", report.Periods.Count, report.Periods.First, report.Periods.Last)
	}
	line("markers", "%s", markersOf(report))
	describeChanges(line, report)
	for i, decide := range report.Decide {
		what := ""
		if i == 0 {
			what = "decide"
		}
		line(what, "%s", decide)
	}
	switch {
	case len(report.Written) > 0:
		line("written", "%s", strings.Join(report.Written, ", "))
	case report.Proposed != "":
		fmt.Fprintf(&b, "\ndataset.yaml\n%s\n", indent("  ", report.Proposed))
	}
	return b.String()
}

func known(areas engine.ImportedAreas) string {
	text := fmt.Sprintf("%d known", areas.Known)
	if n := len(areas.Unknown); n > 0 {
		text += fmt.Sprintf(", %d not known", n)
	}
	return text
}

// markersOf counts the letters, each column's behind its name.
func markersOf(report engine.ImportReport) string {
	var parts []string
	before := ""
	for _, marker := range report.Markers {
		part := fmt.Sprintf("%s %d", marker.Letter, marker.Rows)
		if marker.Column != before {
			part, before = marker.Column+": "+part, marker.Column
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}

// describeChanges tells what differs from the figures held, column by column.
func describeChanges(line func(what, format string, args ...any), report engine.ImportReport) {
	if report.Held != "" {
		line("changes", "%s", report.Held)
	}
	for i, changes := range report.Compared {
		what := ""
		if i == 0 {
			what = "changes"
		}
		if len(changes.Missing) > 0 {
			line(what, "%s: not compared, since the figures held have no column %s", changes.Column, strings.Join(changes.Missing, ", "))
			continue
		}
		line(what, "%s: %d new, %d revised, %d withdrawn", changes.Column, changes.New, changes.Revised, changes.Withdrawn)
		for _, cell := range changes.Cells {
			place := ""
			if cell.Row > 0 {
				place = fmt.Sprintf(" (row %d)", cell.Row)
			}
			if cell.Kind == "withdrawn" {
				line("", "  %s: %s withdrawn%s", strings.Join(cell.Key, ", "), cell.Before, place)
				continue
			}
			moved := strconv.FormatFloat(cell.Move, 'g', 6, 64)
			if cell.StandardErrors > 0 {
				moved += fmt.Sprintf(", %.1f standard errors", cell.StandardErrors)
			}
			line("", "  %s: %s, was %s, moved by %s%s", strings.Join(cell.Key, ", "), cell.After, cell.Before, moved, place)
		}
	}
}
