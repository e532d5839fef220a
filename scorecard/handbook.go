package scorecard

import (
	"slices"
	"strings"

	"levelfield/seeds"
)

// Handbook is what stands behind all boards of a publication: what of the strategy is measured, and how each figure is
// made and how good it is.
type Handbook struct {
	Version string `json:"version"`
	// Strategy is its title with the domain; Area the focus area's name.
	Strategy    string `json:"strategy"`
	Area        string `json:"area"`
	AsOf        string `json:"as_of"`
	Attribution string `json:"attribution"`
	// Boards are those of the publication, in its order.
	Boards []Link `json:"boards"`
	// Internal is the notice of the internal edition.
	Internal string `json:"internal,omitempty"`

	Coverage Coverage `json:"coverage"`
	// Parts are the goals with their statements, the whole domain's first.
	Parts    []CoveredPart   `json:"parts"`
	Methods  []MethodGroup   `json:"methods"`
	Datasets []DatasetRecord `json:"datasets"`
	// Inequalities, Promised and Changed are over all boards; Definitions are all indicators in the order of their titles.
	Inequalities Inequalities       `json:"inequalities"`
	Promised     []PromisedGoal     `json:"promised"`
	Changed      Changed            `json:"changed"`
	Definitions  []DefinitionRecord `json:"definitions"`
	Glossary     []Term             `json:"glossary"`
	// SignOff is the mark of a publication of which a board is a draft; nil where none is.
	SignOff *SignOff `json:"sign_off,omitempty"`
	// Pages are the pages of indicators, by id: "board/indicator.html"; Shorts their names.
	Pages  map[string]string `json:"pages"`
	Shorts map[string]string `json:"shorts"`
}

// CoveredPart is a goal, or the domain, with its statements by kind.
type CoveredPart struct {
	Code  string        `json:"code,omitempty"`
	Title string        `json:"title"`
	Kinds []CoveredKind `json:"kinds"`
}

// CoveredKind is the statements of one kind.
type CoveredKind struct {
	Kind       string             `json:"kind"`
	Statements []CoveredStatement `json:"statements"`
}

// CoveredStatement is a statement with its recorded status as word and shape.
type CoveredStatement struct {
	Covered
	Word  string `json:"word,omitempty"`
	Shape string `json:"shape,omitempty"`
}

// MethodGroup is the indicators of a goal, by the first goal of each.
type MethodGroup struct {
	Code    string         `json:"code"`
	Title   string         `json:"title"`
	Entries []MethodRecord `json:"entries"`
}

// MethodRecord says of one indicator where it is from, how it is made and what is the matter with it.
type MethodRecord struct {
	Indicator string `json:"indicator"`
	Title     string `json:"title"`
	Basis     string `json:"basis"`
	// Dataset is the id of the record of its dataset; "" for one made of others, or without figures.
	Dataset string `json:"dataset,omitempty"`
	Source  string `json:"source"`
	// Latest is the period of the newest figure with its age.
	Latest   string   `json:"latest"`
	Method   string   `json:"method"`
	Breaks   []string `json:"breaks,omitempty"`
	Care     string   `json:"care,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
	// Hidden says how many figures are suppressed or missing, and by whom.
	Hidden string `json:"hidden"`
}

// DefinitionRecord says what one indicator counts.
type DefinitionRecord struct {
	Indicator string   `json:"indicator"`
	Title     string   `json:"title"`
	Short     string   `json:"short"`
	Goals     []string `json:"goals"`
	Basis     string   `json:"basis"`
	Unit      string   `json:"unit"`
	What      string   `json:"what"`
	// Held says whether a figure for the focus area is held.
	Held bool `json:"held"`
}

// DatasetRecord says of one dataset what it is and what it was held against.
type DatasetRecord struct {
	Source
	Period   string   `json:"period,omitempty"`
	Series   string   `json:"series,omitempty"`
	Rows     string   `json:"rows"` // "1,234 rows"
	Checks   []string `json:"checks"`
	Warnings []string `json:"warnings,omitempty"`
	// Indicators are those that rest on it.
	Indicators []string `json:"indicators"`
}

// RowsNotTold stands for the number of rows of a dataset whose counts may not be told.
const RowsNotTold = -1

// DatasetQuality is what a run found of a dataset.
type DatasetQuality struct {
	Rows     int
	Warnings []string
}

// NewHandbook makes the handbook of a run; the models say on which board an indicator has its page.
func NewHandbook(in Input, models []Model) Handbook {
	b := newBuilder(in)
	in.Index = b.Index
	book := Handbook{
		Version: ModelVersion, Strategy: strings.Trim(in.Strategy.Title+": "+in.Strategy.Domain, ": "), Area: b.area(b.focus()), AsOf: in.AsOf,
		Attribution: in.Project.Licence.Attribution, Coverage: Cover(in), Pages: map[string]string{}, Shorts: map[string]string{},
	}
	if in.Internal {
		book.Internal = InternalNotice
	}
	for _, model := range models {
		book.Boards = append(book.Boards, Link{model.ID, model.Title})
		for _, page := range model.Pages {
			if _, known := book.Pages[page.Card.Indicator]; !known {
				book.Pages[page.Card.Indicator] = model.ID + "/" + page.Card.Indicator + ".html"
			}
		}
	}
	for id, definition := range in.Definitions {
		book.Shorts[id] = definition.Short
	}
	book.Parts = parts(in.Strategy, book.Coverage)
	book.Methods = b.methods()
	book.Datasets = b.datasetRecords()
	book.Inequalities = b.inequalities()
	book.Promised = b.promised(book.Coverage)
	book.Changed = mergeChanged(models)
	book.Definitions = b.definitionRecords()
	book.Glossary = b.wholeGlossary()
	book.SignOff = draftAmong(models)
	return book
}

// definitionRecords are all indicators in the order of their titles.
func (b *builder) definitionRecords() []DefinitionRecord {
	var records []DefinitionRecord
	for _, id := range b.defined() {
		definition := b.in.Definitions[id]
		records = append(records, DefinitionRecord{
			Indicator: id, Title: definition.Title, Short: definition.Short, Goals: definition.Goals, Basis: basis(definition), Unit: definition.Unit,
			What: definition.Definition, Held: b.holds(id, b.focus()),
		})
	}
	slices.SortStableFunc(records, func(a, c DefinitionRecord) int {
		return strings.Compare(strings.ToLower(a.Title), strings.ToLower(c.Title))
	})
	return records
}

// parts are the covered statements by goal and kind.
func parts(strategy seeds.Strategy, coverage Coverage) []CoveredPart {
	list := []CoveredPart{{Title: "The whole domain"}}
	for _, goal := range strategy.Goals {
		list = append(list, CoveredPart{Code: goal.ID, Title: goal.Short})
	}
	for i := range list {
		for _, kind := range []string{seeds.Aim, seeds.Ambition, seeds.Means, seeds.Challenge, seeds.Commitment, seeds.Deliverable} {
			found := CoveredKind{Kind: kind}
			for _, covered := range coverage.Statements {
				own := covered.Goal == list[i].Code || i == 0 && covered.Goal == seeds.Domain
				if !own || covered.Kind != kind {
					continue
				}
				statement := CoveredStatement{Covered: covered}
				if covered.Status != "" {
					statement.Word, statement.Shape = statusWord(covered.Status)
				}
				found.Statements = append(found.Statements, statement)
			}
			if len(found.Statements) > 0 {
				list[i].Kinds = append(list[i].Kinds, found)
			}
		}
	}
	return slices.DeleteFunc(list, func(part CoveredPart) bool { return len(part.Kinds) == 0 })
}
