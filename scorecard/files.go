package scorecard

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/yamldoc"
)

//go:embed boards/*.yaml
var files embed.FS

// Files are the boards of the built-in project, in the folder boards.
func Files() fs.FS { return files }

// Boards is every board of a project, sorted by id, with the places of their parts.
type Boards struct {
	Boards    []Board
	documents map[string]yamldoc.Document[Board]
}

// At is the place of a part of a board, for faults that the plan finds.
func (b Boards) At(id, part string) fault.Place { return b.documents[id].At(part) }

// Known says whether there is a board with an id, be it faulty.
func (b Boards) Known(id string) bool { _, found := b.documents[id]; return found }

// LoadBoards reads every .yaml file of the folder. A faulty one is left out and reported.
func LoadBoards(fsys fs.FS, folder string) (Boards, fault.List) {
	boards := Boards{documents: map[string]yamldoc.Document[Board]{}}
	var faults fault.List
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		faults.Add(fault.At(folder, 0, 0).Errorf("", "cannot be read: %v", err).Hint("a project needs at least one board"))
	}
	for _, entry := range entries {
		if path.Ext(entry.Name()) != ".yaml" {
			continue
		}
		id, file := strings.TrimSuffix(entry.Name(), ".yaml"), path.Join(folder, entry.Name())
		text, err := fs.ReadFile(fsys, file)
		if err != nil {
			boards.documents[id] = yamldoc.Document[Board]{File: file}
			faults.Add(fault.At(file, 0, 0).Unread(err))
			continue
		}
		document, found := yamldoc.Decode[Board](file, text)
		if len(found.Errors()) == 0 {
			found.Add(inspect(document)...)
		}
		faults.Add(found...)
		if len(found.Errors()) > 0 {
			boards.documents[id] = yamldoc.Document[Board]{File: file}
			continue
		}
		document.Value.ID, document.Value.File = id, file
		boards.documents[id] = document
		boards.Boards = append(boards.Boards, document.Value)
	}
	slices.SortFunc(boards.Boards, func(a, b Board) int { return strings.Compare(a.ID, b.ID) })
	return boards, faults
}

// inspect holds each section to one goal or one statement, and each chart to as many indicators as its kind shows.
func inspect(document yamldoc.Document[Board]) fault.List {
	var faults fault.List
	for i, section := range document.Value.Sections {
		if (section.Goal == "") == (section.Statement == "") {
			part := fmt.Sprintf("sections[%d]", i)
			faults.Add(document.At(part).Errorf(part, "needs either a goal or a statement"))
		}
	}
	for i, chart := range document.Value.Charts {
		part, count, want := fmt.Sprintf("charts[%d].indicators", i), len(chart.Indicators), chartIndicators[ChartKind(chart.Kind)]
		if ChartKind(chart.Kind) == TimelineChart {
			if count > 0 {
				faults.Add(document.At(part).Errorf(part, "has %d: a timeline shows the board's deliverables", count).Hint("leave indicators out"))
			}
			continue
		}
		if count < want[0] || want[1] > 0 && count > want[1] {
			faults.Add(document.At(part).Errorf(part, "has %d, and %s chart shows %s", count, withArticle(chart.Kind), countWords(want)))
		}
	}
	return faults
}

// countWords says how many indicators a kind of chart shows.
func countWords(want [2]int) string {
	switch {
	case want[1] == want[0] && want[0] == 1:
		return "one"
	case want[1] == want[0]:
		return inWords(want[0])
	}
	return inWords(want[0]) + " or more"
}

// withArticle is the name of a kind of chart behind its article; spc is spelt out by letters.
func withArticle(kind string) string {
	if ChartKind(kind) == ControlChart {
		return "an " + kind
	}
	return "a " + kind
}
