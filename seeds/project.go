package seeds

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"levelfield/engine/fault"
	"levelfield/engine/yamldoc"
)

var month = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)

// Comparators is what the focus area is held against: two areas, and a set of neighbours.
type Comparators struct {
	England    string `json:"england" jsonschema:"minLength=1"`
	Region     string `json:"region,omitempty"`
	Neighbours string `json:"neighbours,omitempty"` // the name of a set
}

// Licence is the licence of the figures and the words that it asks for.
type Licence struct {
	Name        string `json:"name" jsonschema:"minLength=1"`
	Attribution string `json:"attribution" jsonschema:"minLength=1"`
}

// Project is what levelfield.yaml says.
type Project struct {
	Title         string      `json:"title" jsonschema:"minLength=1"`
	StrategyLine  string      `json:"strategy_line" jsonschema:"minLength=1"` // printed under the title
	StrategyBegan string      `json:"strategy_began"`                         // month, such as 2022-07: baselines end by it
	Focus         string      `json:"focus" jsonschema:"minLength=1"`         // the code of the area in question
	Comparators   Comparators `json:"comparators"`
	Licence       Licence     `json:"licence"`
	Boards        []string    `json:"boards" jsonschema:"minItems=1"` // ids, in the order of the first page
	Brand         Brand       `json:"brand,omitempty"`
}

// LoadProject reads levelfield.yaml and holds its codes and its set against areas and neighbours.
func LoadProject(fsys fs.FS, path string, areas Areas, neighbours Neighbours) (Project, fault.List) {
	text, faults := readFile(fsys, path)
	if len(faults) > 0 {
		return Project{}, faults
	}
	doc, faults := yamldoc.Decode[Project](path, text)
	if len(faults.Errors()) > 0 {
		return doc.Value, faults
	}
	project := doc.Value
	for _, named := range []struct{ path, code string }{
		{"focus", project.Focus},
		{"comparators.england", project.Comparators.England},
		{"comparators.region", project.Comparators.Region},
	} {
		if _, found := areas.Lookup(named.code); named.code != "" && !found {
			faults.Add(doc.At(named.path).Errorf(named.path, "no area %q", named.code).Hint("use a code of the table of areas, such as E06000034"))
		}
	}
	if set := project.Comparators.Neighbours; set != "" {
		at := doc.At("comparators.neighbours")
		switch {
		case !neighbours.Has(set):
			faults.Add(at.Errorf("comparators.neighbours", "no set %q", set).Hint("use one of: %s", strings.Join(neighbours.Sets(), ", ")))
		case len(neighbours.Of(set, project.Focus)) == 0:
			faults.Add(at.Errorf("comparators.neighbours", "the set %q leaves out %s", set, project.Focus).Hint("use another set"))
		}
	}
	if !month.MatchString(project.StrategyBegan) {
		faults.Add(doc.At("strategy_began").Errorf("strategy_began", "is %q", project.StrategyBegan).Hint("write the month as 2022-07"))
	}
	faults.Add(inspectBrand(doc)...)
	for i, board := range project.Boards {
		if at := fmt.Sprintf("boards[%d]", i); slices.Index(project.Boards, board) != i {
			faults.Add(doc.At(at).Errorf(at, "%q stands twice", board).Hint("keep one of the two"))
		}
	}
	return project, faults
}
