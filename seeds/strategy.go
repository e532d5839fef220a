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

// The kinds of statement, in the order in which pages show them.
const (
	Aim         = "aim"
	Ambition    = "ambition"
	Means       = "means"
	Challenge   = "challenge"
	Commitment  = "commitment"
	Deliverable = "deliverable"
)

// The states of a deliverable or commitment. Listed means named and nothing more; an empty status means not recorded.
const (
	Listed   = "listed"
	UnderWay = "under-way"
	Done     = "done"
)

// Domain is the goal of statements that belong to the whole domain and to no single goal.
const Domain = "domain"

var (
	statuses = []string{Listed, UnderWay, Done}

	// monthOrDay is how the date of a status is written: 2022-07 or 2022-07-31.
	monthOrDay = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$`)
)

// Goal is one goal of the strategy.
type Goal struct {
	ID    string `json:"id" jsonschema:"pattern=^[0-9A-Za-z-]+$"`
	Title string `json:"title" jsonschema:"minLength=1"`
	Short string `json:"short" jsonschema:"minLength=1"` // the title in a few words, for tables
}

// Statement is one thing that the strategy says. Due, Status, Quoted, StatusAsOf and Source belong to deliverables.
type Statement struct {
	ID         string `json:"id" jsonschema:"pattern=^[0-9A-Za-z-]+/[a-z]+/[a-z0-9-]+$"` // goal/kind/name
	Kind       string `json:"kind" jsonschema:"enum=aim,enum=ambition,enum=means,enum=challenge,enum=commitment,enum=deliverable"`
	Goal       string `json:"goal"` // a goal's id, or domain
	Title      string `json:"title" jsonschema:"minLength=1"`
	Text       string `json:"text,omitempty"`                                                     // the statement again, in plain words
	Due        string `json:"due,omitempty"`                                                      // ISO date
	Status     string `json:"status,omitempty" jsonschema:"enum=listed,enum=under-way,enum=done"` // only what the strategy's words say
	Quoted     string `json:"quoted,omitempty"`                                                   // those words
	StatusAsOf string `json:"status_as_of,omitempty"`                                             // month or day when they were written
	Source     string `json:"source,omitempty"`
	Gap        string `json:"gap,omitempty"` // why no published figure answers it, and what would
}

// Strategy is a strategy, or one domain of it, as data.
type Strategy struct {
	Title      string      `json:"title" jsonschema:"minLength=1"`
	Short      string      `json:"short,omitempty"`
	Domain     string      `json:"domain,omitempty"`
	Period     string      `json:"period,omitempty"`
	Goals      []Goal      `json:"goals" jsonschema:"minItems=1"`
	Statements []Statement `json:"statements"`
}

// Statement is the statement with the id.
func (s Strategy) Statement(id string) (Statement, bool) {
	i := slices.IndexFunc(s.Statements, func(statement Statement) bool { return statement.ID == id })
	if i < 0 {
		return Statement{}, false
	}
	return s.Statements[i], true
}

// Goal is the goal with the id.
func (s Strategy) Goal(id string) (Goal, bool) {
	i := slices.IndexFunc(s.Goals, func(goal Goal) bool { return goal.ID == id })
	if i < 0 {
		return Goal{}, false
	}
	return s.Goals[i], true
}

// Of is the statements of one goal, or of the domain, and one kind, in the order of the file.
func (s Strategy) Of(goal, kind string) []Statement {
	var part []Statement
	for _, statement := range s.Statements {
		if statement.Goal == goal && statement.Kind == kind {
			part = append(part, statement)
		}
	}
	return part
}

// LoadStrategy reads a strategy. Ids are unique and made of the statement's goal, kind and name.
func LoadStrategy(fsys fs.FS, path string) (Strategy, fault.List) {
	text, faults := readFile(fsys, path)
	if len(faults) > 0 {
		return Strategy{}, faults
	}
	doc, faults := yamldoc.Decode[Strategy](path, text)
	if len(faults.Errors()) > 0 {
		return doc.Value, faults
	}
	goals := map[string]bool{}
	for i, goal := range doc.Value.Goals {
		at := fmt.Sprintf("goals[%d].id", i)
		switch {
		case goals[goal.ID]:
			faults.Add(doc.At(at).Errorf(at, "%q stands twice", goal.ID).Hint("keep one of the two"))
		case goal.ID == Domain:
			faults.Add(doc.At(at).Errorf(at, "%q is the goal of statements without one", Domain).Hint("use another id"))
		}
		goals[goal.ID] = true
	}
	seen := map[string]bool{}
	for i, statement := range doc.Value.Statements {
		faults.Add(statementFaults(doc, i, goals)...)
		if at := fmt.Sprintf("statements[%d].id", i); seen[statement.ID] {
			faults.Add(doc.At(at).Errorf(at, "%q stands twice", statement.ID).Hint("keep one of the two"))
		}
		seen[statement.ID] = true
	}
	return doc.Value, faults
}

// statementFaults is what the schema cannot say about the statement at i.
func statementFaults(doc yamldoc.Document[Strategy], i int, goals map[string]bool) fault.List {
	var faults fault.List
	statement := doc.Value.Statements[i]
	at := func(field string) string { return fmt.Sprintf("statements[%d].%s", i, field) }
	if statement.Goal != Domain && !goals[statement.Goal] {
		faults.Add(doc.At(at("goal")).Errorf(at("goal"), "no goal %q", statement.Goal).Hint("use the id of a goal above, or %s", Domain))
	}
	if prefix := statement.Goal + "/" + statement.Kind + "/"; !strings.HasPrefix(statement.ID, prefix) {
		faults.Add(doc.At(at("id")).Errorf(at("id"), "is %q", statement.ID).Hint("its goal and kind make it begin with %s", prefix))
	}
	if statement.Due != "" && !isoDate.MatchString(statement.Due) {
		faults.Add(doc.At(at("due")).Errorf(at("due"), "is %q", statement.Due).Hint("write the day as 2023-06-30"))
	}
	if statement.StatusAsOf != "" && !monthOrDay.MatchString(statement.StatusAsOf) {
		faults.Add(doc.At(at("status_as_of")).Errorf(at("status_as_of"), "is %q", statement.StatusAsOf).Hint("write 2022-07 or 2022-07-31"))
	}
	if statement.Status != "" && (statement.StatusAsOf == "" || statement.Source == "") {
		faults.Add(doc.At(at("status")).Errorf(at("status"), "has no date or no source").Hint("add status_as_of and source"))
	}
	return faults
}
