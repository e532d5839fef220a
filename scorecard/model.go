// Package scorecard makes the decisions and chooses the words: from the rows of a run, the definitions and a board it
// builds a [Model], in which every figure is formatted, every verdict is a word with a shape, and every sentence
// claims only what the tests support. Nothing is drawn here: charts are specifications with their data, and renderers
// see only the Model, which saves to JSON and replays into any format.
//
// [Build] is the way in. model.go and chart.go are the types; words.go and sentences.go choose words; card.go, page.go
// and summary.go assemble.
package scorecard

// ModelVersion names the shape of the saved model; it changes when a saved model of before can no longer be read.
const ModelVersion = "1"

// Model is one board, ready to be rendered.
type Model struct {
	Version string `json:"version"`
	ID      string `json:"id"`
	Title   string `json:"title"`
	Kicker  string `json:"kicker"`
	Edition string `json:"edition,omitempty"`
	// Internal is the notice that stands on every page of the internal edition; empty in the public one.
	Internal string `json:"internal,omitempty"`
	// Area is the focus area's name and Code its code.
	Area string `json:"area"`
	Code string `json:"code"`
	// AsOf is the newest release date the figures rest on (2006-01-02), and Meta the header's small print.
	AsOf string   `json:"as_of"`
	Meta []string `json:"meta"`

	Tiles []Tile `json:"tiles"`
	// Counts are the lines by how they stand: a count for each part of the board, and the whole board's behind them.
	Counts []Count `json:"counts,omitempty"`
	// Facts are short facts about the board: how many lines are live, closed and without a figure, the oldest headline.
	Facts []string `json:"facts,omitempty"`
	// Chance says how many verdicts would look different by chance alone.
	Chance     string      `json:"chance,omitempty"`
	NeedsFocus []Highlight `json:"needs_focus"`
	DoingWell  []Highlight `json:"doing_well"`

	// Front is the table of the strongest lines, Goals the rest of the board, goal by goal.
	Front []Card `json:"front"`
	Goals []Goal `json:"goals"`
	// Since is the table "since the strategy began".
	Since []Since `json:"since"`
	// Charts are the board's own charts, such as the stacked bars of NEET and not known.
	Charts []Chart `json:"charts"`
	// Undrawn are charts that the board asks for and that the figures do not allow, with the reason.
	Undrawn []Term `json:"undrawn,omitempty"`
	Pages   []Page `json:"pages"`
	// Compared is every line for every area of the comparison; nil in a model that has none.
	Compared *Compared `json:"compared,omitempty"`
	// Changed is what is otherwise than at the release before; nil in a model that does not say.
	Changed *Changed `json:"changed,omitempty"`

	Deliverables []Milestone `json:"deliverables"`
	Commitments  []Milestone `json:"commitments"`
	// Targets are what was set for the board's indicators, Commentary what was written about their latest figures, each where
	// the project has any.
	Targets    []Target     `json:"targets,omitempty"`
	Commentary []Commentary `json:"commentary,omitempty"`
	Sources    []Source     `json:"sources"`
	Glossary   []Term       `json:"glossary"`
	// Attribution is the licence line that stands on every page.
	Attribution string `json:"attribution"`
	// Brand is the council's own look, where it has one.
	Brand *Brand `json:"brand,omitempty"`
	// Siblings are the other boards of the publication.
	Siblings []Link `json:"siblings"`
	// SignOff is whether the board was signed as it stands; nil where the project asks for no sign-off.
	SignOff *SignOff `json:"sign_off,omitempty"`
}

// Tone is the colour family of a verdict; the word and the shape say the same without it.
type Tone string

// The tones.
const (
	Better  Tone = "better"
	Similar Tone = "similar"
	Worse   Tone = "worse"
	None    Tone = "none"
)

// Tile is one large number of the summary.
type Tile struct {
	Number string `json:"number"`
	Shape  string `json:"shape,omitempty"`
	Label  string `json:"label"`
}

// Highlight is one line of "needs focus" or "doing well".
type Highlight struct {
	Indicator string `json:"indicator"`
	Short     string `json:"short"`
	Sentence  string `json:"sentence"`
}

// Chip is a verdict as word, shape and tone, with the reason where there is none.
type Chip struct {
	Outcome string `json:"outcome"`
	Word    string `json:"word"`
	Shape   string `json:"shape"`
	Tone    Tone   `json:"tone"`
	Reason  string `json:"reason,omitempty"`
	// Override is the judgement that the chip shows in the place of what the test found; nil for the test's own word.
	Override *Override `json:"override,omitempty"`
}

// Figure is a formatted number: its text ("3.8%", "[x]"), its 95% interval ("3.3 to 4.4") or the reason for none, and
// the GSS shorthand that belongs to it ("[p]").
type Figure struct {
	Text     string `json:"text"`
	Interval string `json:"interval,omitempty"`
	Reason   string `json:"reason,omitempty"`
	Marker   string `json:"marker,omitempty"`
}

// Card is one indicator in a table.
type Card struct {
	Indicator string `json:"indicator"`
	Short     string `json:"short"`
	Title     string `json:"title"`
	// Basis is population, polarity and label: "Residents · lower is better · management information".
	Basis string `json:"basis"`
	// Period is in words, Age how long ago it ended: "9 months old".
	Period  string `json:"period"`
	Age     string `json:"age"`
	Value   Figure `json:"value"`
	England Figure `json:"england"`
	Region  Figure `json:"region"`
	// RegionNote is the region's figure with its name, for tables: "Region 4,314"; empty where there is none.
	RegionNote string `json:"region_note,omitempty"`
	Neighbours Figure `json:"neighbours"` // the median; Reason holds "10 of 10"
	Verdict    Chip   `json:"verdict"`
	// Position is "81st of 152"; it carries no verdict.
	Position string `json:"position,omitempty"`
	Trend    Chip   `json:"trend"`
	// Change since the baseline, with England's beside it.
	Change Since `json:"change"`
	// Target is what was set for the indicator and how it stands against it; nil where nothing was.
	Target *Target `json:"target,omitempty"`
	Spark  Chart   `json:"spark"`
	Strip  Chart   `json:"strip"`
	// Follows marks a card that is shown because another one is never shown without it.
	Follows bool `json:"follows,omitempty"`
}

// Since is one row of the table "since the strategy began".
type Since struct {
	Indicator string `json:"indicator"`
	Short     string `json:"short"`
	From      string `json:"from"`
	To        string `json:"to"`
	First     string `json:"first"`
	Last      string `json:"last"`
	Change    string `json:"change"`
	Interval  string `json:"interval,omitempty"`
	England   string `json:"england,omitempty"`
	Reason    string `json:"reason,omitempty"`
}

// Goal is one part of the board with its tables: a goal, or a statement of the strategy that the board answers.
type Goal struct {
	Code string `json:"code"`
	// Label is the code with what it is a code of: "Goal 4A", "Aim 3".
	Label string `json:"label"`
	Title string `json:"title"`
	// Statement is the strategy's own title of the goal, or what the statement says.
	Statement string  `json:"statement"`
	Say       string  `json:"say"`
	Tables    []Table `json:"tables"`
	// Milestones are the goal's year-one deliverables.
	Milestones []Milestone `json:"milestones"`
}

// Table is a titled list of cards, with rows for what nobody has published.
type Table struct {
	Title   string `json:"title"`
	Cards   []Card `json:"cards"`
	Missing []Term `json:"missing,omitempty"`
}

// Page is everything about one indicator.
type Page struct {
	Card Card `json:"card"`
	// Dataset is the id of the source of the figures; "" for a measure made of others.
	Dataset string `json:"dataset,omitempty"`
	// Goal, GoalLabel and GoalTitle are the code, label and title of the part of the board that the indicator stands in.
	Goal      string `json:"goal"`
	GoalLabel string `json:"goal_label"`
	GoalTitle string `json:"goal_title"`
	// Lead is the opening paragraph, one sentence an entry.
	Lead   []string `json:"lead"`
	Charts []Chart  `json:"charts"`
	// History is the table of every period; Others the tables of breakdowns and neighbours.
	History DataTable   `json:"history"`
	Others  []DataTable `json:"others"`
	// Definition is the summary list: what it counts, why it is here, how it is worked out, care needed, source ...
	Definition []Term   `json:"definition"`
	Warnings   []string `json:"warnings,omitempty"`
	// Commentary is what was written about the indicator, on the newest figure first; Route says that a route to green is
	// asked for and not written.
	Commentary []Commentary `json:"commentary,omitempty"`
	Route      string       `json:"route,omitempty"`
	Beside     []Card       `json:"beside,omitempty"`
}

// DataTable is a table of formatted text with a caption; the first column heads each row.
type DataTable struct {
	Caption string     `json:"caption"`
	Heads   []string   `json:"heads"`
	Rows    [][]string `json:"rows"`
	Note    string     `json:"note,omitempty"`
	// Fixed says that the rows must stay in their order: their publisher rules out ranking them.
	Fixed bool `json:"fixed,omitempty"`
	// Numeric marks the columns that align right.
	Numeric []bool `json:"numeric,omitempty"`
}

// Milestone is a deliverable or commitment with its recorded status: the strategy's word at its date, unless later
// progress was recorded.
type Milestone struct {
	ID       string `json:"id"`
	Goal     string `json:"goal"`
	Title    string `json:"title"`
	Due      string `json:"due,omitempty"`
	Status   string `json:"status"`
	Shape    string `json:"shape"`
	AsOf     string `json:"as_of,omitempty"`
	Quoted   string `json:"quoted,omitempty"`
	Owner    string `json:"owner,omitempty"`
	Evidence string `json:"evidence,omitempty"`
}

// Term is a word with its meaning.
type Term struct {
	Term string `json:"term"`
	Text string `json:"text"`
}

// Source is one dataset behind the board.
type Source struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Publisher   string `json:"publisher"`
	Release     string `json:"release"`
	Released    string `json:"released"`
	NextRelease string `json:"next_release,omitempty"`
	Label       string `json:"label"`
	Licence     string `json:"licence"`
	Attribution string `json:"attribution"`
	Snapshot    string `json:"snapshot"`
	// Protected says that this edition hides some of its figures.
	Protected bool `json:"protected,omitempty"`
}

// Brand is the council's name, its mark and its colours as #RRGGBB, on light and on dark paper; what is empty keeps the
// house colours.
type Brand struct {
	Name       string `json:"name,omitempty"`
	Mark       string `json:"mark,omitempty"`
	Accent     string `json:"accent,omitempty"`
	Second     string `json:"second,omitempty"`
	DarkAccent string `json:"dark_accent,omitempty"`
	DarkSecond string `json:"dark_second,omitempty"`
}

// Link is another board.
type Link struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}
