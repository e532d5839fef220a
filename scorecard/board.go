package scorecard

// Board is one scorecard: whom it is for, which goals and indicators it shows, in which order. The field comments are
// what an author reads in the schema.
type Board struct {
	// ID is the file's name without its extension; File its path.
	ID   string `json:"-"`
	File string `json:"-"`

	Title string `json:"title" jsonschema:"minLength=1"`
	Short string `json:"short,omitempty"`
	// Kicker is the small line above the title.
	Kicker   string   `json:"kicker" jsonschema:"minLength=1"`
	Audience string   `json:"audience,omitempty"`
	Goals    []string `json:"goals" jsonschema:"minItems=1"`
	// Front lists the indicators of the first page, the strongest first.
	Front    []string  `json:"front,omitempty"`
	Sections []Section `json:"sections" jsonschema:"minItems=1"`
	// Charts are the board's own charts, over several indicators.
	Charts []BoardChart `json:"charts,omitempty"`
	// Missing are things that the strategy names and nobody has published: rows of their own, marked [x].
	Missing []Gap `json:"missing,omitempty"`
	// Deliverables is "all", or the one goal whose deliverables the board shows.
	Deliverables string `json:"deliverables,omitempty"`
}

// Section is one table of a board: of a goal, or of one statement of the strategy that it answers.
type Section struct {
	Goal string `json:"goal,omitempty"`
	// Statement is the id of the statement; its title heads the table's part of the board.
	Statement  string   `json:"statement,omitempty"`
	Title      string   `json:"title" jsonschema:"minLength=1"`
	Indicators []string `json:"indicators,omitempty"`
}

// BoardChart is a chart of several indicators: the parts of a stacked bar, the gaps of a dumbbell chart, the rows of a
// spine chart or a rug, the small charts of multiples, the years of a survival curve. A gap over time and a map of tiles
// have one indicator, and a timeline of the board's deliverables has none.
type BoardChart struct {
	Kind       string   `json:"kind" jsonschema:"enum=stacked,enum=dumbbell,enum=spine,enum=rug,enum=gap,enum=multiples,enum=survival,enum=tiles,enum=timeline"`
	Title      string   `json:"title" jsonschema:"minLength=1"`
	Note       string   `json:"note,omitempty"`
	Indicators []string `json:"indicators,omitempty"`
}

// chartIndicators are the fewest and the most indicators of each kind of board chart; the most is 0 for any number.
var chartIndicators = map[ChartKind][2]int{
	StackedChart: {2, 2}, DumbbellChart: {2, 0}, SpineChart: {2, 0}, RugChart: {2, 0}, GapChart: {1, 1}, MultiplesChart: {2, 0},
	SurvivalChart: {2, 0}, TilesChart: {1, 1}, TimelineChart: {0, 0},
}

// Gap is a row for something that no figure is held for.
type Gap struct {
	Section string `json:"section" jsonschema:"minLength=1"`
	What    string `json:"what" jsonschema:"minLength=1"`
	Why     string `json:"why" jsonschema:"minLength=1"`
}
